//! Linked against a library that the device does not have.
extern "C" {
    fn yaml_get_version_string() -> *const std::ffi::c_char;
}

fn main() {
    println!("{:?}", unsafe { std::ffi::CStr::from_ptr(yaml_get_version_string()) });
}
