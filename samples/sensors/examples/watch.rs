//! The hottest zone, once a second: `ferry run --example watch -- 5`

use std::path::Path;
use std::{env, io, thread, time::Duration};

fn main() -> io::Result<()> {
    let times = env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(3);
    for n in 1..=times {
        let zones = sensors::temperatures(Path::new("/sys/class/thermal"))?;
        match zones.iter().max_by_key(|t| t.millidegrees) {
            Some(t) => println!("{n}: {:.1} °C", t.celsius()),
            None => println!("{n}: no sensors here"),
        }
        thread::sleep(Duration::from_secs(1));
    }
    Ok(())
}
