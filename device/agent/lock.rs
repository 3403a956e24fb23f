//! Whose turn it is: programs run beside each other, a benchmark that is measured has the device for itself.
//!
//! Two files, locked by flock(2), which ends with the process that holds it. Who runs anything holds ROOM: shared, or alone to
//! measure. Everybody comes to it through QUEUE, which who waits to measure holds alone: nobody else enters meanwhile, and the room
//! becomes empty. What they say is for those who wait.

use crate::frames::WAITING;
use crate::link::Link;
use crate::processes;
use crate::sys::{self, PollFd};
use crate::trouble::{because, Part, Result};
use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Seek, SeekFrom, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::time::{Duration, Instant};

const ROOM: &str = "measuring.lock";
const QUEUE: &str = "measuring.queue";
/// Who waits no longer than this says nothing of it.
const BLINK: Duration = Duration::from_millis(300);

/// What is waited for, as the client is told.
const MEASURED: u8 = 1;
const NEXT: u8 = 2;
const OTHERS: u8 = 3;

/// What this agent holds of the device.
pub struct Turn {
    room: Option<File>,
    alone: bool,
}

impl Turn {
    pub fn none() -> Turn {
        Turn { room: None, alone: false }
    }

    /// Waits for the device: for a part of it, or alone for the benchmark `name`. The client hears what it waits for.
    pub fn take(&mut self, link: &mut Link, alone: bool, name: &[u8]) -> Result<()> {
        if self.room.is_some() && self.alone == alone {
            return Ok(());
        }
        self.leave();
        match enter(link, alone, name) {
            // A device whose folder cannot be written to still runs programs; it measures nothing.
            Ok(None) => {}
            Ok(room) => (self.room, self.alone) = (room, alone),
            Err(trouble) => return Err(trouble),
        }
        Ok(())
    }

    pub fn leave(&mut self) {
        if let Some(room) = self.room.take().filter(|_| self.alone) {
            let _ = room.set_len(0);
        }
    }
}

fn enter(link: &mut Link, alone: bool, name: &[u8]) -> Result<Option<File>> {
    let (queue, room) = match (open(QUEUE), open(ROOM)) {
        (Ok(queue), Ok(room)) => (queue, room),
        (Err(error), _) | (_, Err(error)) if alone => return Err(because(Part::Store, "cannot lock the device")(error)),
        _ => return Ok(None),
    };
    let how = if alone { sys::LOCK_EX } else { sys::LOCK_SH };
    let mut wait = Wait { begin: Instant::now(), told: None };
    wait.until_locked(link, &queue, how, true)?;
    if alone {
        write(&queue, name);
    }
    wait.until_locked(link, &room, how, false)?;
    if alone {
        write(&room, format!("{} ", uptime()).as_bytes().iter().chain(name).copied().collect::<Vec<u8>>().as_slice());
        let _ = queue.set_len(0);
    } else if room.metadata().map_or(false, |status| status.len() > 0) {
        let _ = room.set_len(0); // of one who was killed while it measured
    }
    Ok(Some(room))
}

fn open(name: &str) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).mode(0o600).open(name)
}

fn write(mut file: &File, text: &[u8]) {
    let _ = file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).and_then(|_| file.write_all(text));
}

/// Seconds since the device was started: its calendar may be of 1970.
fn uptime() -> u64 {
    let text = fs::read_to_string("/proc/uptime").unwrap_or_default();
    text.split(['.', ' ']).next().and_then(|seconds| seconds.parse().ok()).unwrap_or(0)
}

struct Wait {
    begin: Instant,
    told: Option<(u8, Vec<u8>)>,
}

impl Wait {
    /// The wait is a child's, which shares the open file and so the lock: the kernel wakes it, and `poll` sees its end.
    fn until_locked(&mut self, link: &mut Link, file: &File, how: i32, in_queue: bool) -> Result<()> {
        while unsafe { sys::flock(file.as_raw_fd(), how | sys::LOCK_NB) } != 0 {
            let error = Error::last_os_error();
            if error.kind() == ErrorKind::Interrupted {
                continue;
            } else if error.kind() != ErrorKind::WouldBlock {
                return Err(because(Part::Store, "cannot lock the device")(error));
            }
            let ended = processes::wait_elsewhere(&[file.as_raw_fd()], || while unsafe { sys::flock(file.as_raw_fd(), how) } != 0 {})?;
            let mut fds = [PollFd { fd: ended.as_raw_fd(), events: sys::POLLIN, revents: 0 }];
            while fds[0].revents == 0 {
                // Afterwards only with the heartbeat: who waits is not to disturb the figures.
                link.at_most = BLINK.checked_sub(self.begin.elapsed()).map(|left| left + Duration::from_millis(1));
                let waited = link.wait(&mut fds);
                link.at_most = None;
                waited?;
                if fds[0].revents == 0 && self.begin.elapsed() >= BLINK {
                    self.tell(link, in_queue);
                }
            }
        }
        Ok(())
    }

    fn tell(&mut self, link: &mut Link, in_queue: bool) {
        let room = fs::read(ROOM).unwrap_or_default();
        let since = room.iter().position(|byte| *byte == b' ');
        let (what, seconds, name) = match since {
            Some(end) => {
                let begin = std::str::from_utf8(&room[..end]).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
                (MEASURED, uptime().saturating_sub(begin), room[end + 1..].to_vec())
            }
            None if in_queue => (NEXT, 0, fs::read(QUEUE).unwrap_or_default()),
            None => (OTHERS, 0, Vec::new()),
        };
        let now = Some((what, name));
        if self.told != now {
            if let Some((what, name)) = &now {
                link.send(WAITING, &[&[*what], &(seconds as u32).to_le_bytes(), name]);
            }
            self.told = now;
        }
    }
}
