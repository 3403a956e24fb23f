extern "C" {
    fn native() -> i32;
}

fn main() {
    // SAFETY: build.rs made it with this signature.
    println!("native {}", unsafe { native() });
}
