//! As criterion's: without a harness, with arguments of its own, measures only when cargo bench says so.
use std::time::{Duration, Instant};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if !words.iter().any(|word| word == "--bench") {
        println!("Testing double\nSuccess");
        return;
    }
    let begin = Instant::now();
    while words.iter().any(|word| word == "--until-told") && !std::path::Path::new(&words[0]).exists() {
        std::thread::sleep(Duration::from_millis(20));
    }
    println!("double                  time:   [{} ns]", begin.elapsed().as_nanos());
}
