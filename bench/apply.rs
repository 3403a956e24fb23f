//! apply OLD PATCH NEW: what the agent does with a patch, in a process of its own. Prints the milliseconds.
//! Files are read and written here where the agent maps them.

#[path = "../device/agent/patch.rs"]
mod patch;
#[path = "../device/agent/sha256.rs"]
mod sha256;

use std::time::Instant;
use std::{env, fs};

fn main() {
    let name = |n| env::args().nth(n).expect("apply OLD PATCH NEW");
    let begin = Instant::now();
    let (old, bytes) = (fs::read(name(1)).unwrap(), fs::read(name(2)).unwrap());
    let (header, body) = patch::header(&bytes).unwrap();
    let mut new = vec![0; header.new_length];
    patch::apply(&old, body, &mut new).unwrap();
    let mut sum = sha256::Sha256::new();
    sum.update(&new);
    assert!(sum.finish() == header.new_hash, "another file came out");
    fs::write(name(3), &new).unwrap();
    println!("{:.3}", begin.elapsed().as_secs_f64() * 1000.0);
}
