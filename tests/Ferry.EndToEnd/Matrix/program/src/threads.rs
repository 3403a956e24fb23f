use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{mpsc, Arc, Condvar, Mutex};
use std::thread;

use crate::{ensure, Outcome};

pub fn threads() -> Outcome {
    let (send, receive) = mpsc::channel();
    let gate = Arc::new((Mutex::new(false), Condvar::new()));
    let all: Vec<_> = (0..8u64)
        .map(|i| {
            let (send, gate) = (send.clone(), gate.clone());
            thread::spawn(move || {
                let mut open = gate.0.lock().unwrap();
                while !*open {
                    open = gate.1.wait(open).unwrap();
                }
                send.send(i * i).unwrap();
            })
        })
        .collect();
    *gate.0.lock().unwrap() = true;
    gate.1.notify_all();
    drop(send);
    let sum: u64 = receive.iter().sum();
    all.into_iter().for_each(|one| one.join().unwrap());
    ensure(sum == 140, "a thread's word was lost").map(|()| "8 of them".to_string())
}

static DROPPED: AtomicU32 = AtomicU32::new(0);

struct Counted;

impl Drop for Counted {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::SeqCst);
    }
}

thread_local!(static KEPT: Counted = const { Counted });

pub fn destructors() -> Outcome {
    for _ in 0..5 {
        thread::spawn(|| KEPT.with(|_| ())).join().unwrap();
    }
    let dropped = DROPPED.load(Ordering::SeqCst);
    ensure(dropped == 5, &format!("{dropped} of 5 ran")).map(|()| "5 ran".to_string())
}

#[cfg(target_has_atomic = "64")]
pub fn atomics() -> Outcome {
    use std::sync::atomic::AtomicU64;
    // Over 32 bits, so that a torn write would show.
    static SUM: AtomicU64 = AtomicU64::new(u32::MAX as u64);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..10_000).for_each(|_| _ = SUM.fetch_add(0x1_0000_0001, Ordering::Relaxed)));
        }
    });
    let sum = SUM.compare_exchange(u32::MAX as u64 + 40_000 * 0x1_0000_0001, 0, Ordering::SeqCst, Ordering::SeqCst);
    ensure(sum.is_ok(), "an addition was lost").map(|()| String::new())
}

#[cfg(not(target_has_atomic = "64"))]
pub fn atomics() -> Outcome {
    Ok("this target has none".to_string())
}
