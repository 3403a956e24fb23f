#![allow(non_upper_case_globals, non_camel_case_types, dead_code)]
include!(concat!(env!("OUT_DIR"), "/gpiod.rs"));

fn main() {
    unsafe {
        println!("gpiod {}", std::ffi::CStr::from_ptr(gpiod_version_string()).to_str().unwrap().starts_with("1.6"));
        println!("no chip {}", gpiod_chip_open(c"/dev/no-chip".as_ptr()).is_null());
    }
    println!("pointers of {} bytes, here {}", std::mem::size_of::<when>(), std::mem::size_of::<usize>());
}
