use std::cell::Cell;

thread_local!(static COUNT: Cell<u32> = const { Cell::new(0) });

pub fn count() -> u32 {
    COUNT.set(COUNT.get() + 1);
    COUNT.get()
}
