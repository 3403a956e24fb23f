extern "C" {
    fn far() -> i32;
}

fn main() {
    // SAFETY: build.rs made it with this signature.
    println!("far {}", unsafe { far() });
}
