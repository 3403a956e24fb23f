fn main() {
    println!("bench counted {}", (0..1000u64).sum::<u64>());
}
