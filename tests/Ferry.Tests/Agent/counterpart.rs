//! The program at the other end of the tests: does what its first argument says, and says what it sees.

use std::io::{BufRead, Read, Write};
use std::os::raw::{c_int, c_ulong};
use std::os::unix::ffi::OsStrExt;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

extern "C" {
    fn fork() -> c_int;
    fn setsid() -> c_int;
    fn getpid() -> c_int;
    fn kill(pid: c_int, signal: c_int) -> c_int;
    fn signal(signal: c_int, handler: usize) -> usize;
    fn isatty(fd: c_int) -> c_int;
    fn close(fd: c_int) -> c_int;
    fn ioctl(fd: c_int, request: c_ulong, ...) -> c_int;
    fn ptrace(request: c_int, ...) -> std::os::raw::c_long;
    fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn _exit(code: c_int) -> !;
}

static GOT: AtomicI32 = AtomicI32::new(0);

extern "C" fn note(signal: c_int) {
    GOT.store(signal, Ordering::SeqCst);
}

extern "C" fn give_up(_signal: c_int) {
    std::process::abort()
}

fn say(text: &str) {
    let mut out = std::io::stdout();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
}

fn forever() -> ! {
    loop {
        std::thread::sleep(Duration::from_secs(3600));
    }
}

fn size() -> (u16, u16) {
    let mut size = [0u16; 4];
    unsafe { ioctl(0, 0x5413, size.as_mut_ptr()) };
    (size[0], size[1])
}

fn next_signal() -> i32 {
    loop {
        match GOT.swap(0, Ordering::SeqCst) {
            0 => std::thread::sleep(Duration::from_millis(5)),
            got => return got,
        }
    }
}

fn main() {
    let raw: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let args: Vec<String> = raw.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let number = |at: usize| args.get(at).and_then(|arg| arg.parse::<i64>().ok()).unwrap_or(0);
    match args.get(1).map_or("", String::as_str) {
        "args" => raw.iter().for_each(|arg| say(&arg.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>())),
        "env" => {
            let value = std::env::var_os(&args[2]).map_or(b"(unset)".to_vec(), |value| value.as_bytes().to_vec());
            let _ = std::io::stdout().write_all(&value);
        }
        "folder" => say(&std::env::current_dir().unwrap().to_string_lossy()),
        "exe" => say(&std::env::current_exe().unwrap().to_string_lossy()),
        "read" => args[2..].iter().for_each(|path| say(&std::fs::read_to_string(path).unwrap_or_else(|error| error.kind().to_string()))),
        // PATH TEXT ...; a text of "-" removes, one that begins with ">" links to what follows.
        "write" => args[2..].chunks(2).for_each(|pair| match pair[1].as_str() {
            "-" => drop(std::fs::remove_file(&pair[0]).or_else(|_| std::fs::remove_dir_all(&pair[0]))),
            link if link.starts_with('>') => std::os::unix::fs::symlink(&link[1..], &pair[0]).unwrap(),
            text => {
                std::fs::create_dir_all(std::path::Path::new(&pair[0]).parent().unwrap()).unwrap();
                std::fs::write(&pair[0], text).unwrap();
            }
        }),
        "exit" => std::process::exit(number(2) as i32),
        // The last eight bytes of this program are a sum (FNV-1a) of all before them: one that was damaged ends with 98.
        "whole" => {
            let me = std::fs::read("/proc/self/exe").unwrap_or_default();
            let (content, sum) = me.split_at(me.len().saturating_sub(8));
            let found = content.iter().fold(0xcbf2_9ce4_8422_2325u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
            std::process::exit(if sum == found.to_le_bytes() { number(2) as i32 } else { 98 });
        }
        "die" => unsafe {
            signal(number(2) as c_int, 0);
            kill(getpid(), number(2) as c_int);
            std::thread::sleep(Duration::from_secs(10));
        },
        "both" => {
            say("to stdout");
            eprintln!("to stderr");
        }
        "cat" => drop(std::io::copy(&mut std::io::stdin(), &mut std::io::stdout())),
        "count" => {
            let mut all = Vec::new();
            let _ = std::io::stdin().read_to_end(&mut all);
            say(&all.len().to_string());
        }
        // Bytes that no two places have in common: place / 3 tells where something was lost.
        "pour" => {
            let _ = unsafe { signal(13, 0) };
            let mut out = std::io::stdout().lock();
            let (mut place, end) = (0u64, number(2) as u64);
            while place < end {
                let chunk: Vec<u8> = (place..end.min(place + 60_000)).map(|at| (at / 3 * 31 >> (8 * (at % 3))) as u8).collect();
                if out.write_all(&chunk).is_err() {
                    return;
                }
                place += chunk.len() as u64;
            }
        }
        "signals" => {
            for at in 2..args.len() {
                unsafe { signal(number(at) as c_int, note as extern "C" fn(c_int) as usize) };
            }
            say("ready");
            for _ in 2..args.len() {
                say(&format!("got {}", next_signal()));
            }
        }
        "dispositions" => {
            let status = std::fs::read_to_string("/proc/thread-self/status").unwrap_or_default();
            status.lines().filter(|line| line.starts_with("SigBlk")).for_each(say);
            say(&format!("TERM {} CHLD {} HUP {}", unsafe { signal(15, 0) }, unsafe { signal(17, 0) }, unsafe { signal(1, 0) }));
        }
        "terminal" => unsafe {
            let (rows, columns) = size();
            say(&format!("{} {} {} {rows}x{columns} {}", isatty(0), isatty(1), isatty(2), std::env::var("TERM").unwrap_or_default()));
            signal(28, note as extern "C" fn(c_int) as usize);
            say("ready");
            next_signal();
            let (rows, columns) = size();
            say(&format!("{rows}x{columns}"));
        },
        "lines" => {
            say("ready");
            for line in std::io::stdin().lock().lines() {
                say(&format!("line {}", line.unwrap_or_default()));
            }
            say("end");
        }
        "sleep" => {
            say("ready");
            forever()
        }
        // Everything that a program can do to survive: two forks, a session of its own, deaf to what can be ignored.
        "stubborn" => unsafe {
            for number in 1..32 {
                signal(number, 1);
            }
            if fork() == 0 {
                setsid();
                if fork() == 0 {
                    setsid();
                    if fork() == 0 {
                        say("ready");
                        forever()
                    }
                    forever()
                }
                _exit(0)
            }
            forever()
        },
        "polite" => unsafe {
            signal(15, note as extern "C" fn(c_int) as usize);
            signal(1, 1);
            say("ready");
            next_signal();
            let _ = std::fs::write(&args[2], "cleaned up");
        },
        // Ends while a grandchild holds its streams, or ("daemon") leaves one behind that holds none.
        "hold" | "daemon" => unsafe {
            say("before");
            if fork() == 0 {
                setsid();
                if args[1] == "daemon" {
                    (0..3).for_each(|fd| drop(close(fd) == 0));
                }
                std::thread::sleep(Duration::from_secs(number(2) as u64));
                _exit(0)
            }
            say("after");
            std::process::exit(3)
        },
        "stop" => unsafe {
            say("before");
            kill(getpid(), 20);
            say("after");
        },
        "close-stdin" => unsafe {
            close(0);
            say("closed");
            signal(15, note as extern "C" fn(c_int) as usize);
            say(&format!("got {}", next_signal()));
        },
        // In a thread with a name: reads at 32, after as many signals to itself as are asked for.
        "fault" => unsafe {
            signal(10, note as extern "C" fn(c_int) as usize);
            signal(11, 0);
            (0..number(2)).for_each(|_| drop(kill(getpid(), 10)));
            let _ = std::thread::Builder::new().name("worker".into()).spawn(|| std::ptr::read_volatile(32 as *const u8)).map(|worker| worker.join());
        },
        // Catches what its fault brings, and aborts.
        "caught-fault" => unsafe {
            signal(11, give_up as extern "C" fn(c_int) as usize);
            std::ptr::read_volatile(48 as *const u8);
        },
        // Traces a child of its own, which dies of a fault; prints how it saw it stop, and end.
        "tracer" => unsafe {
            let child = fork();
            if child == 0 {
                signal(11, 0);
                ptrace(0, 0 as c_ulong, 0 as c_ulong, 0 as c_ulong);
                kill(getpid(), 11);
                _exit(5)
            }
            let mut status = 0;
            waitpid(child, &mut status, 0);
            let stopped = status;
            ptrace(7, child, 0 as c_ulong, 11 as c_ulong);
            waitpid(child, &mut status, 0);
            say(&format!("{stopped:x} {:x}", status & 0x7f));
        },
        other => {
            eprintln!("unknown verb '{other}'");
            std::process::exit(99)
        }
    }
}
