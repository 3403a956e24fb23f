fn main() {
    counter::count();
    println!("counted {}", counter::count());
}
