//! Loads the plugin, calls it, unloads it, and says so at its own exit.

use std::ffi::{c_char, c_int, c_void, CString};

extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    fn dlclose(library: *mut c_void) -> c_int;
    fn dlerror() -> *const c_char;
    fn atexit(handler: extern "C" fn()) -> c_int;
}

const RTLD_NOW: c_int = 2;

extern "C" fn at_exit() {
    println!("handler of the loader");
}

fn main() {
    let path = CString::new(std::env::args().nth(1).unwrap()).unwrap();
    unsafe {
        atexit(at_exit);
        let library = dlopen(path.as_ptr(), RTLD_NOW);
        if library.is_null() {
            panic!("{:?}", std::ffi::CStr::from_ptr(dlerror()));
        }
        let call: extern "C" fn(c_int) -> c_int = std::mem::transmute(dlsym(library, c"plugin_call".as_ptr()));
        // In a thread of its own: thread-locals of the plugin keep it loaded as long as their thread lives.
        println!("called {}", std::thread::spawn(move || call(41)).join().unwrap());
        println!("closed {}", dlclose(library));
    }
}
