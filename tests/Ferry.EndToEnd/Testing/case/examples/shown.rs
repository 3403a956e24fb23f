fn main() {
    println!("{}", trial::double(4));
}
