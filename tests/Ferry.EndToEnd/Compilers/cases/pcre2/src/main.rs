use pcre2_sys::*;
use std::ptr::{null, null_mut};

// Look-behind and back-references, compiled by PCRE2's just-in-time compiler.
fn main() {
    let (pattern, subject) = (b"(?<=a)(b+)\\1", b"xxabbbby");
    unsafe {
        let (mut error, mut offset) = (0, 0);
        let code = pcre2_compile_8(pattern.as_ptr(), pattern.len(), 0, &mut error, &mut offset, null_mut());
        let jit = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE);
        let data = pcre2_match_data_create_from_pattern_8(code, null_mut());
        let count = pcre2_match_8(code, subject.as_ptr(), subject.len(), 0, 0, data, null::<u8>() as *mut _);
        let at = std::slice::from_raw_parts(pcre2_get_ovector_pointer_8(data), 4);
        println!("jit {jit} groups {count} at {at:?}");
    }
}
