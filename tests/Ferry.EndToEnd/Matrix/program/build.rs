use std::env::var;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if var("CARGO_FEATURE_PLUGIN").is_ok() {
        // TARGET-DIR/TRIPLE/PROFILE/build/matrix-HASH/out: libplugin.so lies in the folder of the profile.
        let out = var("OUT_DIR").unwrap();
        let profile = Path::new(&out).ancestors().nth(3).unwrap();
        println!("cargo:rustc-link-search=native={}", profile.display());
        println!("cargo:rustc-link-lib=dylib=plugin");
    }
    if var("CARGO_FEATURE_C").is_ok() {
        // src/frames.c, compiled.
        println!("cargo:rerun-if-env-changed=MATRIX_C");
        println!("cargo:rustc-link-arg-bins={}", var("MATRIX_C").expect("MATRIX_C names the object of src/frames.c"));
    }
}
