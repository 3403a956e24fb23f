//! Runs on the PC and leaves a note for the program.

use std::{env, fs, path::Path};

fn main() {
    let built_on = format!("{}, for {}", env::consts::ARCH, env::var("TARGET").unwrap());
    let note = greet::greeting("the build script on").replace('!', "") + " " + &built_on;
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap()).join("note.txt"), note).unwrap();
    println!("cargo:rerun-if-changed=build.rs");
}
