//! Whether it was the lack of memory that killed a program: what the kernel has counted, and what its log says.

use crate::frames::KILLED;
use crate::link::Link;
use crate::sys;
use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;

const MOST_OF_LOG: usize = 4 << 20;

/// Processes that the kernel had killed for want of memory when the program started.
pub struct Memory {
    kills: Option<u64>,
    kills_in_group: Option<u64>,
}

impl Memory {
    pub fn now() -> Memory {
        Memory { kills: count("/proc/vmstat"), kills_in_group: own_group().and_then(|group| count(&format!("{group}/memory.events"))) }
    }

    /// Since then: killed by the kernel anywhere, and in our control group (2⁶⁴-1: not known); the kernel's own words on this one; what memory
    /// there is; and what the control group allows.
    pub fn tell(&self, link: &mut Link, pid: i32) {
        let now = Memory::now();
        let since = |before: Option<u64>, now: Option<u64>| before.zip(now).map_or(u64::MAX, |(before, now)| now.saturating_sub(before));
        let mut payload = Vec::new();
        payload.extend(since(self.kills, now.kills).to_le_bytes());
        payload.extend(since(self.kills_in_group, now.kills_in_group).to_le_bytes());
        let limit = own_group().and_then(|group| fs::read(format!("{group}/memory.max")).ok()).unwrap_or_default();
        for text in [log_line(pid).unwrap_or_default(), fs::read("/proc/meminfo").unwrap_or_default(), limit] {
            payload.extend((text.len() as u32).to_le_bytes());
            payload.extend(text);
        }
        link.send(KILLED, &[&payload]);
    }
}

/// "oom_kill 3" among other lines.
fn count(path: &str) -> Option<u64> {
    fs::read_to_string(path).ok()?.lines().find_map(|line| line.strip_prefix("oom_kill ")?.trim().parse().ok())
}

/// Our own control group, of version 2: "0::/user.slice/…".
fn own_group() -> Option<String> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    let path = groups.lines().find_map(|line| line.strip_prefix("0::"))?;
    Some(format!("/sys/fs/cgroup{path}"))
}

/// "Out of memory: Killed process 123 (name) total-vm:…", the last one of this process; many devices let only root read it.
fn log_line(pid: i32) -> Option<Vec<u8>> {
    let mut log = OpenOptions::new().read(true).custom_flags(sys::O_NONBLOCK).open("/dev/kmsg").ok()?;
    let wanted = format!("illed process {pid} (");
    let (mut found, mut total) = (None, 0);
    while let Some(record) = next(&mut log).filter(|_| total < MOST_OF_LOG) {
        total += record.len();
        let line = record.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if line.windows(wanted.len()).any(|part| part == wanted.as_bytes()) {
            let text = line.iter().position(|byte| *byte == b';').map_or(line, |start| &line[start + 1..]);
            found = Some(text.to_vec());
        }
    }
    found
}

/// One record a read. One that was overwritten meanwhile is an error, and the next read goes on behind it.
fn next(log: &mut File) -> Option<Vec<u8>> {
    let mut record = vec![0; 8 << 10];
    for _ in 0..8 {
        match log.read(&mut record) {
            Ok(count) if count > 0 => {
                record.truncate(count);
                return Some(record);
            }
            Err(error) if error.raw_os_error() == Some(sys::EPIPE) => {}
            _ => return None,
        }
    }
    None
}
