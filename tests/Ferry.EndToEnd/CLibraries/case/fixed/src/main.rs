//! For static programs: threads, thread-locals with destructors, unwinding, randomness, 64-bit atomics, files, time, and the arguments.
use std::cell::RefCell;
use std::collections::HashMap;
use std::panic;
use std::sync::atomic::{AtomicU64, Ordering};

static COUNT: AtomicU64 = AtomicU64::new(1 << 40);
static DROPPED: AtomicU64 = AtomicU64::new(0);

struct Noisy;

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::SeqCst);
    }
}

thread_local!(static LOCAL: RefCell<Option<Noisy>> = const { RefCell::new(None) });

extern "C-unwind" fn through(function: extern "C-unwind" fn()) {
    function();
}

extern "C-unwind" fn fails() {
    panic!("as planned");
}

fn main() {
    let threads: Vec<_> = (0..4)
        .map(|_| {
            std::thread::spawn(|| {
                LOCAL.with(|local| *local.borrow_mut() = Some(Noisy));
                COUNT.fetch_add(1, Ordering::SeqCst)
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| assert!(thread.join().unwrap() >= 1 << 40));
    panic::set_hook(Box::new(|_| {}));
    let caught = panic::catch_unwind(|| through(fails)).is_err();
    // Its hasher is seeded by getrandom.
    let map: HashMap<&str, usize> = [("a", 1), ("b", 2)].into();
    let dir = std::env::temp_dir().join(format!("fixed-{}", std::process::id()));
    std::fs::write(&dir, "written").unwrap();
    let read = std::fs::read_to_string(&dir).unwrap();
    std::fs::remove_file(&dir).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).is_ok();
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    println!(
        "count {} dropped {} caught {caught} map {} read {read} time {now} arguments {arguments:?}",
        COUNT.load(Ordering::SeqCst) - (1 << 40) - 1,
        DROPPED.load(Ordering::SeqCst),
        map["a"] + map["b"],
    );
    println!("{}", std::backtrace::Backtrace::force_capture().to_string().contains("fixed::main"));
}
