//! Uses a library, a proc macro that ran on the PC, and what a build script wrote there.

use macros::Fields;

#[derive(Fields)]
#[allow(dead_code)]
struct Reading {
    celsius: f32,
    humidity: f32,
}

fn main() {
    println!("{}", greet::greeting(std::env::consts::ARCH));
    println!("{}", include_str!(concat!(env!("OUT_DIR"), "/note.txt")));
    println!("a reading has the fields {}", Reading::FIELDS.join(", "));
}
