//! The program that the end-to-end tests run on a device: one verb for each thing that a run must carry faithfully.

use std::io::{copy, stdin, stdout, Write};
use std::os::unix::ffi::OsStringExt;
use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::time::Duration;

extern "C" {
    fn signal(number: i32, handler: usize) -> usize;
    fn isatty(fd: i32) -> i32;
    fn ioctl(fd: i32, request: std::ffi::c_ulong, ...) -> i32;
    fn fork() -> i32;
    fn setsid() -> i32;
}

const SIG_IGN: usize = 1;
const TIOCGWINSZ: std::ffi::c_ulong = 0x5413;

static CAUGHT: AtomicI32 = AtomicI32::new(0);

extern "C" fn catch(number: i32) {
    CAUGHT.store(number, SeqCst);
}

fn main() {
    let mut words = std::env::args_os().skip(1);
    let verb = words.next().unwrap_or_default();
    let rest: Vec<_> = words.collect();
    match verb.to_str().unwrap_or_default() {
        "exit" => std::process::exit(rest[0].to_str().unwrap().parse().unwrap()),
        "segv" => unsafe { std::ptr::read_volatile(8 as *const u8); },
        "abort" => std::process::abort(),
        "panic" => panic!("on purpose"),
        "hog" => { let mut all = Vec::new(); loop { all.push(vec![1u8; 8 << 20]); } }
        "cat" => { copy(&mut stdin().lock(), &mut stdout().lock()).unwrap(); }
        "both" => { println!("to stdout"); eprintln!("to stderr"); }
        "count" => count(),
        "echo" => rest.into_iter().for_each(|word| write_word(word.into_vec())),
        "env" => std::env::vars_os().for_each(|(k, v)| write_word([k.into_vec(), v.into_vec()].join(&b'='))),
        "folder" => println!("{}", std::env::current_dir().unwrap().display()),
        "name" => println!("{}", std::env::args().next().unwrap()),
        "terminal" => terminal(),
        "wait" => wait_for_signals(),
        "stubborn" => stubborn(),
        "flood" => flood(rest[0].to_str().unwrap().parse().unwrap()),
        _ => println!("counterpart"),
    }
}

fn write_word(mut word: Vec<u8>) {
    word.push(0);
    stdout().write_all(&word).unwrap();
}

/// Prints numbers for ever; ends as a C program would when nobody reads.
fn count() {
    unsafe { signal(13, 0) };
    for n in 1u64.. {
        println!("{n}");
    }
}

fn flood(bytes: usize) {
    let block: Vec<u8> = (0..65536u32).map(|i| (i * 31 >> 3) as u8).collect();
    let mut left = bytes;
    let mut out = stdout().lock();
    while left > 0 {
        let n = left.min(block.len());
        out.write_all(&block[..n]).unwrap();
        left -= n;
    }
}

fn terminal() {
    let yes = |fd| if unsafe { isatty(fd) } == 1 { "yes" } else { "no" };
    let mut size = [0u16; 4];
    unsafe { ioctl(1, TIOCGWINSZ, size.as_mut_ptr()) };
    println!("stdin {}, stdout {}, stderr {}, {} rows, {} columns", yes(0), yes(1), yes(2), size[0], size[1]);
}

/// Says which signal came, until one that ends it.
fn wait_for_signals() {
    for number in [1, 2, 3, 10, 12, 15] {
        unsafe { signal(number, catch as *const () as usize) };
    }
    println!("ready");
    loop {
        std::thread::sleep(Duration::from_millis(20));
        match CAUGHT.swap(0, SeqCst) {
            0 => {}
            15 => { println!("got SIGTERM"); std::process::exit(42) }
            number => println!("got {number}"),
        }
    }
}

/// Ignores what can be ignored, and has a grandchild in a session of its own that does the same.
fn stubborn() {
    for number in [1, 2, 3, 13, 15] {
        unsafe { signal(number, SIG_IGN) };
    }
    if unsafe { fork() } == 0 {
        unsafe { setsid() };
        if unsafe { fork() } != 0 {
            std::process::exit(0);
        }
    } else {
        println!("ready");
    }
    loop {
        std::thread::sleep(Duration::from_secs(60));
    }
}
