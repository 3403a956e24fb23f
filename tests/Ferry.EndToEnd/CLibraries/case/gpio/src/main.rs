//! What a program for a board's pins does first: it asks libgpiod which version it is, and for a chip that is not there.
use std::ffi::{c_char, c_void, CStr};

extern "C" {
    fn gpiod_version_string() -> *const c_char;
    fn gpiod_chip_open(path: *const c_char) -> *mut c_void;
}

fn main() {
    let version = unsafe { CStr::from_ptr(gpiod_version_string()) };
    let chip = unsafe { gpiod_chip_open(c"/dev/no-such-chip".as_ptr()) };
    println!("libgpiod {}, {}", version.to_str().unwrap(), if chip.is_null() { std::io::Error::last_os_error().to_string() } else { "a chip".into() });
}
