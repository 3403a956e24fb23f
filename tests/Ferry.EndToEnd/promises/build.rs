//! A build script that makes a file which a test reads while it runs.

use std::{env, fs, path::Path};

fn main() {
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("made.txt"), "made by the build script").unwrap();
    println!("cargo:rerun-if-changed=build.rs");
}
