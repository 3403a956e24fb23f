use std::ffi::{c_char, c_int, c_ulong, CStr};

extern "C" {
    fn zlibVersion() -> *const c_char;
    fn compress(into: *mut u8, length: *mut c_ulong, from: *const u8, size: c_ulong) -> c_int;
    fn uncompress(into: *mut u8, length: *mut c_ulong, from: *const u8, size: c_ulong) -> c_int;
}

fn main() {
    let text = b"one two three ".repeat(500);
    let (mut small, mut back) = (vec![0; text.len()], vec![0; text.len()]);
    let (mut short, mut long) = (small.len() as c_ulong, back.len() as c_ulong);
    unsafe {
        assert_eq!(compress(small.as_mut_ptr(), &mut short, text.as_ptr(), text.len() as c_ulong), 0);
        assert_eq!(uncompress(back.as_mut_ptr(), &mut long, small.as_ptr(), short), 0);
        println!("zlib {} same {} smaller {}", CStr::from_ptr(zlibVersion()).to_str().unwrap(), back == text, short < 100);
    }
}
