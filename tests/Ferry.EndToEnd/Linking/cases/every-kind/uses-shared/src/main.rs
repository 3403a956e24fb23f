fn main() {
    shared::count();
    println!("shared {}", shared::count());
}
