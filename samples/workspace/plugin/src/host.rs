//! Loads libplugin.so, from beside itself or from where the loader looks, and asks it.

use std::ffi::{c_char, c_int, c_void, CString};
use std::{env, process};

extern "C" {
    fn dlopen(file: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}
const RTLD_NOW: c_int = 2;

fn main() {
    let beside = env::current_exe().unwrap().with_file_name("libplugin.so");
    let candidates = [beside.to_string_lossy().into_owned(), "libplugin.so".into()];
    let Some(answer) = candidates.iter().find_map(|path| ask(path)) else {
        eprintln!("no libplugin.so here");
        process::exit(1)
    };
    println!("the plugin's answer is {answer}");
}

fn ask(path: &str) -> Option<i32> {
    let (path, name) = (CString::new(path).unwrap(), CString::new("plugin_answer").unwrap());
    // SAFETY: both are NUL-terminated, and plugin_answer has this signature.
    unsafe {
        let library = dlopen(path.as_ptr(), RTLD_NOW);
        let function = if library.is_null() { library } else { dlsym(library, name.as_ptr()) };
        (!function.is_null()).then(|| std::mem::transmute::<_, extern "C" fn() -> i32>(function)())
    }
}
