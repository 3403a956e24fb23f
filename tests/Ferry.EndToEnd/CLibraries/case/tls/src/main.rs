//! Says with which OpenSSL it runs, and lets it hash.
use std::ffi::CStr;

extern "C" {
    fn SHA256(data: *const u8, size: usize, into: *mut u8) -> *mut u8;
}

fn main() {
    let version = unsafe { CStr::from_ptr(openssl_sys::OpenSSL_version(openssl_sys::OPENSSL_VERSION)) };
    let mut hash = [0u8; 32];
    unsafe { SHA256(b"abc".as_ptr(), 3, hash.as_mut_ptr()) };
    println!("{}", version.to_str().unwrap());
    println!("{}", hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
}
