use std::ffi::{c_char, c_int, CStr};

extern "C" {
    fn parts_calls() -> c_int;
    fn parts_root(x: f64) -> f64;
    fn parts_divide(a: u64, b: u64) -> u64;
    fn parts_missing(path: *const c_char) -> c_int;
    fn parts_format(into: *mut c_char, size: usize) -> c_int;
}

extern "C-unwind" {
    fn parts_with(callback: extern "C-unwind" fn(c_int) -> c_int, x: c_int) -> c_int;
}

extern "C-unwind" fn double(x: c_int) -> c_int {
    if x == 13 {
        panic!("thirteen");
    }
    x * 2
}

fn main() {
    let mut text = [0; 64];
    unsafe {
        println!("calls {} {}", parts_calls(), parts_calls());
        println!("other thread {}", std::thread::spawn(|| parts_calls()).join().unwrap());
        println!("root {}", parts_root(2.25));
        println!("divide {}", parts_divide(u64::MAX, 10));
        println!("errno {}", parts_missing(c"/no/such/file".as_ptr()));
        parts_format(text.as_mut_ptr(), text.len());
        println!("format {}", CStr::from_ptr(text.as_ptr()).to_str().unwrap());
        println!("callback {}", parts_with(double, 20));
        std::panic::set_hook(Box::new(|_| ()));
        println!("caught {}", std::panic::catch_unwind(|| parts_with(double, 13)).is_err());
    }
    #[cfg(feature = "cxx")]
    {
        extern "C" {
            fn words_longest(text: *const c_char) -> c_int;
        }
        println!("longest {} {}", unsafe { words_longest(c"one three two".as_ptr()) }, unsafe { words_longest(c"".as_ptr()) });
    }
}
