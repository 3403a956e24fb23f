//! A shared library with C's conventions, for programs in any language.

/// The answer. Its C name is `plugin_answer`.
#[no_mangle]
pub extern "C" fn plugin_answer() -> i32 {
    42
}
