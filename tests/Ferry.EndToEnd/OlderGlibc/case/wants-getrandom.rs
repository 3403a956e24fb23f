extern "C" {
    fn getrandom(into: *mut u8, size: usize, flags: u32) -> isize;
}

fn main() {
    let mut byte = 0;
    println!("{}", unsafe { getrandom(&mut byte, 1, 0) });
}
