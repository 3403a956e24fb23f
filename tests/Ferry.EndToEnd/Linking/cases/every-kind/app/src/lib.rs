use std::sync::atomic::{AtomicUsize, Ordering};

static CONSTRUCTED: AtomicUsize = AtomicUsize::new(0);

extern "C" fn construct(argc: std::ffi::c_int, argv: *const *const u8, envp: *const *const u8) {
    assert!(argc >= 1 && !argv.is_null() && !envp.is_null());
    CONSTRUCTED.fetch_add(1, Ordering::SeqCst);
}

#[used]
#[link_section = ".init_array"]
static CONSTRUCTOR: extern "C" fn(std::ffi::c_int, *const *const u8, *const *const u8) = construct;

/// How often the constructor ran before main.
pub fn constructed() -> usize {
    CONSTRUCTED.load(Ordering::SeqCst)
}

#[cfg(test)]
mod tests {
    #[test]
    fn constructors_run_once() {
        assert_eq!(super::constructed(), 1);
    }

    #[test]
    fn threads_have_their_own_thread_locals() {
        thread_local!(static HERE: std::cell::Cell<u32> = const { std::cell::Cell::new(1) });
        HERE.set(2);
        assert_eq!(std::thread::spawn(|| HERE.get()).join().unwrap(), 1);
        assert_eq!(HERE.get(), 2);
    }

    #[test]
    #[should_panic = "caught"]
    fn panics_unwind() {
        panic!("caught");
    }
}
