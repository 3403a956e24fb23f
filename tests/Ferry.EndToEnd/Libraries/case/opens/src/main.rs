//! Loads the libraries that its arguments name, and says their numbers.

use std::ffi::{c_char, c_int, c_void, CString};

extern "C" {
    fn dlopen(file: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

fn main() {
    for name in std::env::args().skip(1) {
        let file = CString::new(name.clone()).unwrap();
        // SAFETY: NUL-terminated, and number has this signature.
        let number = unsafe {
            let library = dlopen(file.as_ptr(), 2);
            assert!(!library.is_null(), "{name} is not there");
            std::mem::transmute::<_, extern "C" fn() -> i32>(dlsym(library, c"number".as_ptr()))()
        };
        println!("{name} {number}");
    }
}
