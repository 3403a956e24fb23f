fn main() {
    println!("hello {}", std::env::args().count());
}
