//! A shared library with a C interface that uses all of std: a thread, a panic that it catches, something that ends with the thread.

use std::cell::RefCell;

thread_local!(static CALLS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) });

#[no_mangle]
pub extern "C" fn plugin_sum(n: u32) -> u32 {
    let sum = std::thread::spawn(move || {
        (1..=n).for_each(|i| CALLS.with(|calls| calls.borrow_mut().push(i)));
        CALLS.with(|calls| calls.borrow().iter().sum::<u32>())
    });
    let caught = std::panic::catch_unwind(|| {
        if n > 3 {
            std::panic::resume_unwind(Box::new(n));
        }
    });
    sum.join().unwrap() + u32::from(caught.is_err())
}
