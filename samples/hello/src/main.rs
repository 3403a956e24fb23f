//! Says where it runs. Its options show how a program may end, and that its streams arrive.

use std::io::{self, BufRead, IsTerminal, Write};
use std::time::Duration;
use std::{env, fs, panic, process, thread};

const USAGE: &str = "usage: hello [--exit N] [--segv] [--panic] [--sleep SECONDS] [--args WORD...]";

fn main() {
    let mut args = env::args_os().skip(1);
    let Some(option) = args.next() else { return greet() };
    let mut value = || args.next().and_then(|v| v.into_string().ok()).unwrap_or_default();
    match option.to_str() {
        Some("--exit") => process::exit(value().parse().unwrap_or(1)),
        Some("--segv") => segv(),
        Some("--panic") => panic!("as you wish"),
        Some("--sleep") => sleep(value().parse().unwrap_or(1.0)),
        Some("--args") => args.for_each(|word| println!("{word:?}")),
        _ => {
            eprintln!("{USAGE}");
            process::exit(2)
        }
    }
}

fn greet() {
    println!("Hello from {}, this is {}!", host(), env::consts::ARCH);
    println!("  kernel   {}", line_of("/proc/sys/kernel/osrelease"));
    println!("  model    {}", line_of("/proc/device-tree/model"));
    println!("  threads  {} of them add up to {}", 4, add_up(4));
    println!("  panics   are {}", if catches_panics() { "caught" } else { "fatal" });
    echo();
}

fn host() -> String {
    line_of("/proc/sys/kernel/hostname")
}

/// The first line of a small file of the system, without the NUL that the device tree's files end with.
fn line_of(path: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default().trim_end_matches('\0');
    if line.is_empty() { "unknown".into() } else { line.into() }
}

fn add_up(threads: u64) -> u64 {
    let each: Vec<_> = (1..=threads).map(|n| thread::spawn(move || n * n)).collect();
    each.into_iter().map(|t| t.join().unwrap()).sum()
}

fn catches_panics() -> bool {
    panic::set_hook(Box::new(|_| ()));
    let caught = panic::catch_unwind(|| panic!("only a test")).is_err();
    let _ = panic::take_hook();
    caught
}

/// What is piped in comes out again.
fn echo() {
    let input = io::stdin();
    if input.is_terminal() {
        return;
    }
    for line in input.lock().lines().map_while(Result::ok) {
        if writeln!(io::stdout(), "  stdin    {line}").is_err() {
            return;
        }
    }
}

fn segv() {
    // SAFETY: none; this is how to die of it. The address is read at run time, or the compiler knows better.
    let nowhere = std::hint::black_box(16 as *const u8);
    unsafe { nowhere.read_volatile() };
}

fn sleep(seconds: f64) {
    eprintln!("sleeping {seconds} s as process {}", process::id());
    thread::sleep(Duration::from_secs_f64(seconds));
    eprintln!("awake");
}
