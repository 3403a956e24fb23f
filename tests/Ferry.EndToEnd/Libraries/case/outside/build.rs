//! Makes libfar.so in a folder that is none of cargo's.

use std::{env, fs, path::Path, process::Command};

fn main() {
    let folder = env::var("CARGO_MANIFEST_DIR").unwrap() + "/libraries";
    fs::create_dir_all(&folder).unwrap();
    make(&folder, "far", "#[no_mangle] pub extern \"C\" fn far() -> i32 { 7 }");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-link-search=native={folder}");
    println!("cargo:rustc-link-lib=dylib=far");
}

fn make(folder: &str, name: &str, source: &str) {
    let file = Path::new(folder).join(format!("{name}.rs"));
    fs::write(&file, source).unwrap();
    let status = Command::new(env::var("RUSTC").unwrap())
        .args(["--crate-type", "cdylib", "--crate-name", name, "--target", &env::var("TARGET").unwrap(), "--out-dir", folder])
        .arg(format!("-Clinker={}", env::var("RUSTC_LINKER").unwrap()))
        .arg(file)
        .status();
    assert!(status.unwrap().success());
}
