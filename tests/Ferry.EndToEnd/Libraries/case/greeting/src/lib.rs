#[no_mangle]
pub extern "C" fn number() -> i32 {
    1
}
