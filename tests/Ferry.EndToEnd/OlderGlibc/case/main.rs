//! What a program of Rust asks of its C library: one line a thing.
use std::{cell::Cell, collections::HashMap, ffi::*, fs, io::*, net::*, process::Command, thread, time::*};

extern "C" {
    fn gnu_get_libc_version() -> *const c_char;
    fn atexit(handler: extern "C" fn()) -> c_int;
    fn pthread_atfork(prepare: Option<extern "C" fn()>, parent: Option<extern "C" fn()>, child: Option<extern "C" fn()>) -> c_int;
    fn fork() -> c_int;
    fn _exit(code: c_int) -> !;
    fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn stat(path: *const c_char, into: *mut c_void) -> c_int;
    fn lstat(path: *const c_char, into: *mut c_void) -> c_int;
    fn fstat(file: c_int, into: *mut c_void) -> c_int;
    fn mknod(path: *const c_char, mode: u32, device: u64) -> c_int;
    fn dlopen(name: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    fn sem_open(name: *const c_char, flags: c_int, ...) -> *mut c_void;
    fn shm_unlink(name: *const c_char) -> c_int;
    static environ: *const *const c_char;
}

struct Gone;
impl Drop for Gone {
    fn drop(&mut self) { println!("thread-local gone"); }
}
thread_local! { static LAST: Cell<Option<Gone>> = const { Cell::new(None) }; }

extern "C" fn at_exit() { println!("atexit"); }
extern "C" fn in_child() { unsafe { _exit(42) } }

fn main() {
    println!("glibc {}", unsafe { CStr::from_ptr(gnu_get_libc_version()) }.to_str().unwrap());
    println!("args {:?}", std::env::args().skip(1).collect::<Vec<_>>());
    let sums: Vec<u64> = (0..4).map(|n| thread::spawn(move || { LAST.set(Some(Gone)); n * n })).map(|t| t.join().unwrap()).collect();
    println!("threads {sums:?}");
    println!("map {}", HashMap::from([(1, "one")])[&1]);
    let here = fs::metadata("/proc/self/exe").unwrap();
    println!("metadata {} {}", here.is_file(), here.modified().unwrap() > UNIX_EPOCH);
    let mut room = [0u8; 256];
    let stats = unsafe { [stat(c"/".as_ptr(), room.as_mut_ptr().cast()), lstat(c"/proc/self/exe".as_ptr(), room.as_mut_ptr().cast()), fstat(0, room.as_mut_ptr().cast()), mknod(c"/no/such/folder".as_ptr(), 0o10600, 0)] };
    println!("stat {stats:?}");
    let caught = std::panic::catch_unwind(|| { std::panic::set_hook(Box::new(|_| {})); panic!("caught") });
    println!("unwound {}", caught.is_err());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let peer = thread::spawn(move || { let mut s = TcpStream::connect(at).unwrap(); s.write_all(b"ping").unwrap(); });
    let mut said = String::new();
    listener.accept().unwrap().0.read_to_string(&mut said).unwrap();
    peer.join().unwrap();
    println!("tcp {said}, names {}", ("localhost", 1).to_socket_addrs().is_ok());
    if std::env::var_os("NO_CHILDREN").is_none() {
        println!("spawn {:?}", Command::new("true").status().map(|s| s.code()));
    }
    println!("dlopen {}", unsafe { !dlsym(dlopen(c"libm.so.6".as_ptr(), 2), c"cos".as_ptr()).is_null() });
    println!("semaphores {}", unsafe { sem_open(c"/none".as_ptr(), 0).is_null() && shm_unlink(c"/none".as_ptr()) == -1 });
    println!("environ {}", unsafe { !(*environ).is_null() });
    unsafe {
        assert_eq!(pthread_atfork(None, None, Some(in_child)), 0);
        let child = fork();
        let mut status = 0;
        waitpid(child, &mut status, 0);
        println!("atfork {}", status >> 8);
        atexit(at_exit);
    }
    println!("slept {}", { let t = Instant::now(); thread::sleep(Duration::from_millis(5)); t.elapsed().as_millis() >= 5 });
}
