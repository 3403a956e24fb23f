use std::fs::{self, File};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::{ensure, told, Outcome};

/// 2106-02-07 06:28:17: neither signed nor unsigned 32 bits hold it.
const LATE: Duration = Duration::from_secs((1 << 32) + 1);

pub fn arithmetic() -> Outcome {
    let late = UNIX_EPOCH + LATE;
    ensure(told(late.duration_since(UNIX_EPOCH), "subtracting")? == LATE, "a late time is not what it was")?;
    ensure(SystemTime::now() < late, "it is later than that")?;
    let before = Instant::now();
    std::thread::sleep(Duration::from_millis(20));
    ensure(before.elapsed() >= Duration::from_millis(20), "sleep was too short").map(|()| "2106".to_string())
}

pub fn of_files() -> Outcome {
    let path = std::env::temp_dir().join(format!("matrix-time-{}", std::process::id()));
    let outcome = set_and_read(&path);
    told(fs::remove_file(path), "removing the file")?;
    outcome
}

/// std itself has 32-bit times on some targets: then it says so, and a time of 2037 must do.
fn set_and_read(path: &std::path::Path) -> Outcome {
    let file = told(File::create(path), "making a file")?;
    for (time, word) in [(LATE, "2106"), (Duration::from_secs((1 << 31) - 1), "2038")] {
        let time = UNIX_EPOCH + time;
        if file.set_modified(time).is_ok() {
            let read = told(fs::metadata(path).and_then(|metadata| metadata.modified()), "asking the time")?;
            return ensure(read == time, &format!("of {word} came back {read:?}")).map(|()| word.to_string());
        }
    }
    Err("no time can be set".to_string())
}
