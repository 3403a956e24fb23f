use std::backtrace::Backtrace;

use crate::{ensure, Outcome};

pub fn unwind() -> Outcome {
    if cfg!(panic = "abort") {
        return aborts();
    }
    struct Held<'a>(&'a mut u32);
    impl Drop for Held<'_> {
        fn drop(&mut self) {
            *self.0 += 1;
        }
    }
    let mut let_go = 0;
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _held = Held(&mut let_go);
        std::panic::resume_unwind(Box::new(7u32));
    }));
    ensure(caught.is_err_and(|thrown| thrown.downcast_ref() == Some(&7u32)), "it was not caught")?;
    ensure(let_go == 1, "nothing was dropped on the way").map(|()| String::new())
}

/// With panic=abort a panic ends the program by SIGABRT. A fork shows it, since an emulator starts no program of a foreign machine.
fn aborts() -> Outcome {
    extern "C" {
        fn fork() -> i32;
        fn waitpid(process: i32, status: *mut i32, options: i32) -> i32;
    }
    let child = unsafe { fork() };
    if child == 0 {
        panic!("as it is to");
    }
    let mut status = 0;
    ensure(child > 0 && unsafe { waitpid(child, &mut status, 0) } == child, "there is no child")?;
    ensure(status & 0x7f == 6, &format!("the panic ended with status {status:#x}")).map(|()| "a panic aborts".to_string())
}

#[cfg(feature = "c")]
pub fn unwind_through_c() -> Outcome {
    extern "C-unwind" {
        fn through_c(callback: extern "C-unwind" fn(i32) -> i32, n: i32) -> i32;
    }
    extern "C-unwind" fn back(n: i32) -> i32 {
        if n > 40 {
            std::panic::resume_unwind(Box::new(n));
        }
        n + 1
    }
    ensure(unsafe { through_c(back, 40) } == 42, "C counts otherwise")?;
    if cfg!(panic = "abort") {
        return Ok("called, a panic aborts".to_string());
    }
    let caught = std::panic::catch_unwind(|| unsafe { through_c(back, 41) });
    ensure(caught.is_err_and(|thrown| thrown.downcast_ref() == Some(&41)), "it was not caught").map(|()| String::new())
}

#[cfg(not(feature = "c"))]
pub fn unwind_through_c() -> Outcome {
    Ok("not asked for".to_string())
}

pub fn backtrace() -> Outcome {
    let trace = innermost_of_the_trace(3);
    let found: Vec<_> = ["innermost_of_the_trace", "frames::backtrace", "matrix::main"].into_iter().filter(|name| trace.contains(name)).collect();
    ensure(found.len() == 3, &format!("of its functions only {found:?} are in\n{trace}")).map(|()| "with names".to_string())
}

#[inline(never)]
fn innermost_of_the_trace(depth: u32) -> String {
    if depth > 0 {
        // Not the last thing that it does: that would be a jump.
        let trace = innermost_of_the_trace(depth - 1);
        return std::hint::black_box(trace);
    }
    Backtrace::force_capture().to_string()
}
