//! Between the client's debugger and gdbserver: bytes, and what is done in the debugger's place when it has gone.

use crate::debug::SCOPE;
use crate::frames;
use crate::link::{is_temporary, Link};
use crate::packets::{packet, Watcher};
use crate::sys;
use crate::tracer::tracer_of;
use crate::trouble::{failed, Part, Result};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What a debugger that does not read may leave here. The protocol takes turns: more than this is none.
const WIRE_LIMIT: usize = 1 << 20;
/// From the end of its input to gdbserver's own end.
const GRACE: Duration = Duration::from_secs(3);
/// What lldb says when its user quits, even where it was attached to what is to go on. gdb has another packet for its `kill`.
const KILL: &[u8] = b"$k#6b";
const WORDS_LIMIT: usize = 8 << 10;

/// Our side of gdbserver.
pub struct Wire {
    input: Option<File>,
    output: Option<File>,
    errors: Option<File>,
    pending: Vec<u8>,
    words: Vec<u8>,
    told: bool,
    end: Watcher,
    /// When it is killed.
    patience: Option<Instant>,
    pub server: i32,
    /// What it is attached to, or 0.
    process: i32,
}

impl Wire {
    pub fn new(input: File, output: File, errors: File, process: i32) -> Wire {
        let (input, output, errors) = (Some(input), Some(output), Some(errors));
        Wire { input, output, errors, pending: Vec::new(), words: Vec::new(), told: false, end: Watcher::default(), patience: None, server: 0, process }
    }

    pub fn fds(&self, wanted: bool) -> [(i32, i16); 3] {
        let number = |file: &Option<File>| file.as_ref().map_or(-1, AsRawFd::as_raw_fd);
        let to_client = |file| if wanted { number(file) } else { -1 };
        [
            (number(&self.input), if self.pending.is_empty() { 0 } else { sys::POLLOUT }),
            (to_client(&self.output), sys::POLLIN),
            (to_client(&self.errors), sys::POLLIN),
        ]
    }

    /// From the client's debugger.
    pub fn take(&mut self, bytes: &[u8]) -> Result<()> {
        if self.pending.len() + bytes.len() > WIRE_LIMIT {
            return failed(Part::Protocol, "more for gdbserver than it takes");
        }
        if self.attaches() && bytes.ends_with(KILL) {
            self.close();
            return Ok(());
        }
        self.end.hear_client(bytes);
        self.pending.extend_from_slice(bytes);
        self.feed();
        Ok(())
    }

    pub fn feed(&mut self) {
        let Some(input) = &mut self.input else { return };
        match if self.pending.is_empty() { Ok(0) } else { input.write(&self.pending) } {
            Ok(count) => drop(self.pending.drain(..count)),
            Err(error) if is_temporary(&error) => {}
            // It has gone, and there is nobody to take leave of.
            Err(_) => self.input = None,
        }
    }

    /// The debugger has gone: gdbserver notices, and has its time to end.
    pub fn close(&mut self) {
        if self.attaches() && self.input.is_some() {
            self.take_leave();
        }
        self.input = None;
        self.pending.clear();
        self.patience = self.patience.or(Some(Instant::now() + GRACE));
    }

    /// A debugger that was killed has left its breakpoints in a process that is to go on, and gdbserver would leave them there, too. What the debugger
    /// would have said is said for it. The interrupt stops the process for gdbserver, which lets no SIGINT through to what it lets go of.
    fn take_leave(&mut self) {
        if self.end.runs {
            unsafe { sys::kill(self.process, sys::SIGINT) };
            self.listen(|end| end.runs);
        }
        if !self.end.runs && !self.end.left {
            let mut words: Vec<u8> = self.end.points.iter().flat_map(|point| packet(&[b"z", &point[..]].concat())).collect();
            words.extend(packet(format!("D;{:x}", self.process).as_bytes()));
            self.pending = words;
            self.feed();
            let all = self.end.answers + self.end.points.len() + 1;
            self.listen(|end| end.answers < all);
        }
    }

    /// Hears gdbserver as long as there is a reason to.
    fn listen(&mut self, reason: impl Fn(&Watcher) -> bool) {
        let until = Instant::now() + GRACE / 2;
        while let (true, Some(output)) = (reason(&self.end) && Instant::now() < until, &self.output) {
            let mut ready = sys::PollFd { fd: output.as_raw_fd(), events: sys::POLLIN, revents: 0 };
            unsafe { sys::poll(&mut ready, 1, 50) };
            while let Some(bytes) = read(&mut self.output) {
                self.end.hear_server(&bytes);
            }
            self.feed();
        }
    }

    /// What gdbserver has to say, to the client. `all` once it has ended.
    pub fn forward(&mut self, link: &mut Link, all: bool) {
        while let Some(bytes) = read(&mut self.output) {
            self.end.hear_server(&bytes);
            link.send(frames::FROM_WIRE, &[&bytes]);
            if !all {
                break;
            }
        }
        while let Some(bytes) = read(&mut self.errors) {
            if self.words.len() < WORDS_LIMIT {
                self.words.extend_from_slice(&bytes);
            }
            link.send(frames::SERVER_WORDS, &[&bytes]);
        }
    }

    /// Asks a gdbserver that outlives its input once more, in words that it cannot ignore. How long to wait until then.
    pub fn keep_time(&mut self) -> Option<Duration> {
        let left = self.patience?.saturating_duration_since(Instant::now());
        if left.is_zero() && self.server > 1 {
            unsafe { sys::kill(self.server, sys::SIGKILL) };
            self.patience = None;
        }
        Some(left + Duration::from_millis(1))
    }

    /// True once: when gdbserver has started the program, or has attached itself ("Process … created; pid = 7", "Attached; pid = 7").
    pub fn becomes_ready(&mut self) -> bool {
        let is_ready = String::from_utf8_lossy(&self.words).contains("; pid = ");
        is_ready && !std::mem::replace(&mut self.told, true)
    }

    pub fn attaches(&self) -> bool {
        self.process != 0
    }

    /// The client knows that the program can be debugged.
    pub fn is_told(&self) -> bool {
        self.told
    }

    /// What runs in the process that it is attached to.
    pub fn executable(&self) -> PathBuf {
        if self.attaches() { executable(self.process).unwrap_or_default() } else { PathBuf::new() }
    }

    /// gdbserver never got as far as a program that a debugger could speak of.
    pub fn failure(&self) -> Option<String> {
        let words = String::from_utf8_lossy(&self.words);
        let kept: Vec<&str> = words.lines().filter(|line| !line.starts_with("stdin/stdout redirected") && *line != "Exiting").collect();
        if self.end.heard {
            return None;
        }
        Some(format!("gdbserver ended: {}{}", kept.join("; "), self.obstacle()))
    }

    /// Why nobody may look at a process that is there.
    fn obstacle(&self) -> String {
        if !self.attaches() {
            return String::new();
        }
        if let Some(tracer) = tracer_of(self.process) {
            let name = executable(tracer).map_or(String::new(), |path| format!(" ({})", path.display()));
            return format!("; process {tracer}{name} traces it already");
        }
        // 1: a process may look at its own children only, and gdbserver is not the parent of what it attaches to.
        let scope = fs::read_to_string(SCOPE).map_or(0, |text| text.trim().parse().unwrap_or(0));
        if scope > 0 { format!("; {SCOPE} is {scope}") } else { String::new() }
    }

    pub fn end(&self) -> Option<(u8, i32)> {
        self.end.end
    }
}

/// None when there is nothing now; what is at its end is closed.
fn read(source: &mut Option<File>) -> Option<Vec<u8>> {
    let mut chunk = vec![0; 32 << 10];
    match source.as_mut()?.read(&mut chunk) {
        Ok(0) => *source = None,
        Ok(count) => {
            chunk.truncate(count);
            return Some(chunk);
        }
        Err(error) if is_temporary(&error) => {}
        Err(_) => *source = None,
    }
    None
}

/// None for processes that are not ours to look at.
pub fn executable(process: i32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{process}/exe")).ok()
}
