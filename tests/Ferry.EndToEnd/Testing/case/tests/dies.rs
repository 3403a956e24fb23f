#[test]
fn dies() {
    unsafe { std::ptr::read_volatile(8 as *const u8) };
}
