use std::{env, fs, path::PathBuf};

/// Brings a library that somebody else built, as many build scripts do.
fn main() {
    println!("cargo:rerun-if-env-changed=ZLIB");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    fs::copy(env::var_os("ZLIB").unwrap(), out.join("libz.a")).unwrap();
    println!("cargo:rustc-link-search=native={}", out.display());
    println!("cargo:rustc-link-lib=static=z");
}
