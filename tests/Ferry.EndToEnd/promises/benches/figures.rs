//! As criterion does: compares with the figures of the last time, and leaves those of this one.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let folder = PathBuf::from(env::var_os("CRITERION_HOME").unwrap()).join("sum");
    let before = fs::read_to_string(folder.join("estimates.json")).unwrap_or("nothing".into());
    let sum: u64 = (0..1_000_000u64).map(std::hint::black_box).sum();
    println!("sum of {sum}, before: {before}");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("estimates.json"), sum.to_string()).unwrap();
}
