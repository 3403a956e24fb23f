//! Makes libnative.so, which needs libdeep.so, in its output folder.

use std::{env, fs, path::Path, process::Command};

fn main() {
    let out = env::var("OUT_DIR").unwrap();
    make(&out, "deep", "#[no_mangle] pub extern \"C\" fn deep() -> i32 { 40 }", &[]);
    let native = "extern \"C\" { fn deep() -> i32; } #[no_mangle] pub extern \"C\" fn native() -> i32 { unsafe { deep() + 2 } }";
    make(&out, "native", native, &["-L", &out, "-l", "dylib=deep"]);
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-link-search=native={out}");
    println!("cargo:rustc-link-lib=dylib=native");
}

fn make(folder: &str, name: &str, source: &str, more: &[&str]) {
    let file = Path::new(folder).join(format!("{name}.rs"));
    fs::write(&file, source).unwrap();
    let status = Command::new(env::var("RUSTC").unwrap())
        .args(["--crate-type", "cdylib", "--crate-name", name, "--target", &env::var("TARGET").unwrap(), "--out-dir", folder])
        .arg(format!("-Clinker={}", env::var("RUSTC_LINKER").unwrap()))
        .args(more)
        .arg(file)
        .status();
    assert!(status.unwrap().success());
}
