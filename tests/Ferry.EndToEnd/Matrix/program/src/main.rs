//! What a program may expect of a target, one line each: "NAME  ok" and what there is to say, or what went wrong.

mod files;
mod frames;
mod names;
mod network;
mod threads;
mod time;

type Outcome = Result<String, String>;

const CHECKS: [(&str, fn() -> Outcome); 12] = [
    ("threads", threads::threads),
    ("tls-destructors", threads::destructors),
    ("atomic64", threads::atomics),
    ("unwind", frames::unwind),
    ("unwind-c", frames::unwind_through_c),
    ("backtrace", frames::backtrace),
    ("files", files::files),
    ("tcp", network::tcp),
    ("dns", names::names),
    ("time", time::arithmetic),
    ("file-time", time::of_files),
    ("plugin", plugin),
];

fn main() {
    let mut failed = false;
    for (name, check) in CHECKS {
        let (word, text) = match std::panic::catch_unwind(check) {
            Ok(Ok(text)) => ("ok", text),
            Ok(Err(text)) => ("failed:", text),
            Err(_) => ("failed:", "it panicked".to_string()),
        };
        failed |= word != "ok";
        println!("{}", format!("{name:16} {word} {text}").trim_end());
    }
    std::process::exit(failed as i32);
}

#[cfg(feature = "plugin")]
fn plugin() -> Outcome {
    extern "C" {
        fn plugin_sum(n: u32) -> u32;
    }
    ensure(unsafe { plugin_sum(100) } == 5051, "the sum is wrong").map(|()| "linked".to_string())
}

#[cfg(not(feature = "plugin"))]
fn plugin() -> Outcome {
    Ok("not asked for".to_string())
}

fn ensure(condition: bool, what: &str) -> Result<(), String> {
    if condition { Ok(()) } else { Err(what.to_string()) }
}

fn told<T>(result: Result<T, impl std::fmt::Display>, what: &str) -> Result<T, String> {
    result.map_err(|e| format!("{what}: {e}"))
}
