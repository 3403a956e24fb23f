use std::ffi::c_int;

extern "C" {
    fn atexit(handler: extern "C" fn()) -> c_int;
}

struct Says;

impl Drop for Says {
    fn drop(&mut self) {
        println!("thread-local dropped");
    }
}

thread_local!(static SAYS: Says = const { Says });

extern "C" fn at_exit() {
    println!("handler of the plugin");
}

#[no_mangle]
pub extern "C" fn plugin_call(value: c_int) -> c_int {
    unsafe { atexit(at_exit) };
    std::thread::spawn(|| SAYS.with(|_| ())).join().unwrap();
    value + 1
}
