fn main() {
    println!("parser {}", std::env::args().skip(1).collect::<Vec<_>>().join(" "));
}
