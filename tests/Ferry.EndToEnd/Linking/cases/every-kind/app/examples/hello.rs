fn main() {
    println!("hello from an example");
}
