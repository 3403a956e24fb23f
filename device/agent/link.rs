//! The connection to the client: stdin and stdout, never waiting in a read or write, with a heartbeat.

use crate::frames::{Fields, Frame, HEAD, LONGEST, PING, RESUME, SUSPEND};
use crate::sys::{self, PollFd};
use crate::trouble::{failed, Part, Result, Trouble};
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::os::fd::{AsRawFd, FromRawFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A cut network gives no end-of-file for hours; so each side sends something this often ...
const BEAT: Duration = Duration::from_secs(5);
/// ... and gives up when it heard nothing for this long.
const SILENCE: Duration = Duration::from_secs(20);

/// Set by SIGTERM, SIGINT and SIGHUP to the agent itself, which end a session like a broken connection.
static ASKED_TO_END: AtomicBool = AtomicBool::new(false);

extern "C" fn ask_to_end(_signal: i32) {
    ASKED_TO_END.store(true, Ordering::Relaxed);
}

pub struct Link {
    input: File,
    output: File,
    received: Vec<u8>,
    taken: usize,
    outgoing: Vec<u8>,
    sent: usize,
    last_heard: Instant,
    last_sent: Instant,
    /// The client said that it will be stopped (Ctrl-Z) and cannot send heartbeats until it is continued.
    pub suspended: bool,
    /// Whoever calls `wait` wants to be back after this long.
    pub at_most: Option<Duration>,
}

impl Link {
    pub fn open() -> Link {
        for signal in [sys::SIGTERM, sys::SIGINT, sys::SIGHUP] {
            unsafe { sys::signal(signal, ask_to_end as extern "C" fn(i32) as usize) };
        }
        // SAFETY: std has made sure at start-up that 0 and 1 are open; nobody else uses them here.
        let (input, output) = unsafe { (File::from_raw_fd(0), File::from_raw_fd(1)) };
        set_nonblocking(&input);
        set_nonblocking(&output);
        let now = Instant::now();
        Link { input, output, received: Vec::new(), taken: 0, outgoing: Vec::new(), sent: 0, last_heard: now, last_sent: now, suspended: false, at_most: None }
    }

    pub fn greet(&mut self, greeting: &[u8]) {
        self.outgoing.extend_from_slice(greeting);
    }

    pub fn send(&mut self, kind: u8, parts: &[&[u8]]) {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        self.outgoing.push(kind);
        self.outgoing.extend_from_slice(&(length as u32).to_le_bytes());
        parts.iter().for_each(|part| self.outgoing.extend_from_slice(part));
    }

    /// Until the client says something, without a heartbeat: nobody listens.
    pub fn sleep(&mut self) -> Result<()> {
        let mut input = PollFd { fd: self.input.as_raw_fd(), events: sys::POLLIN, revents: 0 };
        while self.unread().is_empty() {
            unsafe { sys::poll(&mut input, 1, -1) };
            if ASKED_TO_END.load(Ordering::Relaxed) {
                return Err(Trouble::Lost);
            }
            self.read_some()?;
        }
        (self.last_heard, self.last_sent) = (Instant::now(), Instant::now());
        Ok(())
    }

    /// What has been received, and is not taken yet.
    pub fn unread(&self) -> &[u8] {
        &self.received[self.taken..]
    }

    /// Another process has read in our place, and has left this.
    pub fn go_on_from(&mut self, unread: Vec<u8>) {
        (self.received, self.taken) = (unread, 0);
    }

    /// Bytes that wait because the client does not read; while they are many, the program's output is left in its pipes.
    pub fn waiting(&self) -> usize {
        self.outgoing.len() - self.sent
    }

    /// The next frame if it has arrived already. Heartbeats are consumed here.
    pub fn take(&mut self) -> Result<Option<Frame>> {
        loop {
            let rest = self.unread();
            if rest.len() < HEAD {
                return Ok(None);
            }
            let (kind, length) = (rest[0], Fields(&rest[1..]).u32()? as usize);
            if length > LONGEST {
                return failed(Part::Protocol, format!("a frame of {length} bytes"));
            }
            if rest.len() < HEAD + length {
                return Ok(None);
            }
            let payload = rest[HEAD..HEAD + length].to_vec();
            self.taken += HEAD + length;
            match kind {
                PING => {}
                SUSPEND => self.suspended = true,
                RESUME => self.suspended = false,
                _ => return Ok(Some(Frame { kind, payload })),
            }
        }
    }

    /// Waits for the next frame.
    pub fn next(&mut self) -> Result<Frame> {
        loop {
            self.beat();
            if let Some(frame) = self.take()? {
                return Ok(frame);
            }
            self.wait(&mut [])?;
        }
    }

    /// Sends all that waits, whatever the client does.
    pub fn flush(&mut self) -> Result<()> {
        while self.waiting() > 0 {
            self.wait(&mut [])?;
        }
        Ok(())
    }

    /// One turn of the loop: sleeps until something can be received or sent or one of `others` is ready, and does the
    /// receiving and sending.
    pub fn wait(&mut self, others: &mut [PollFd]) -> Result<()> {
        let patience = self.patience();
        self.turn(others, patience)
    }

    /// Receives and sends what can be without waiting: for work that takes longer than a heartbeat.
    pub fn glance(&mut self) -> Result<()> {
        self.turn(&mut [], 0)
    }

    fn turn(&mut self, others: &mut [PollFd], patience: i32) -> Result<()> {
        self.beat();
        let mut fds = vec![
            PollFd { fd: self.input.as_raw_fd(), events: sys::POLLIN, revents: 0 },
            PollFd { fd: self.output.as_raw_fd(), events: if self.waiting() > 0 { sys::POLLOUT } else { 0 }, revents: 0 },
        ];
        fds.extend_from_slice(others);
        let count = unsafe { sys::poll(fds.as_mut_ptr(), fds.len() as _, patience) };
        if ASKED_TO_END.load(Ordering::Relaxed) {
            return Err(Trouble::Lost);
        }
        if count < 0 {
            fds.iter_mut().for_each(|fd| fd.revents = 0); // EINTR
        }
        others.copy_from_slice(&fds[2..]);

        if fds[1].revents & (sys::POLLERR | sys::POLLHUP | sys::POLLNVAL) != 0 {
            return Err(Trouble::Lost);
        }
        if fds[1].revents & sys::POLLOUT != 0 {
            self.write_some()?;
        }
        if fds[0].revents != 0 {
            self.read_some()
        } else if !self.suspended && self.last_heard.elapsed() > SILENCE {
            Err(Trouble::Lost)
        } else {
            Ok(())
        }
    }

    fn patience(&self) -> i32 {
        let beat = BEAT.saturating_sub(self.last_sent.elapsed()).as_millis().clamp(100, 1000);
        self.at_most.map_or(beat, |limit| beat.min(limit.as_millis())) as i32
    }

    /// Bytes that wait are as good as a heartbeat, so none is added to them.
    fn beat(&mut self) {
        if self.waiting() == 0 && self.last_sent.elapsed() >= BEAT {
            self.last_sent = Instant::now();
            self.send(PING, &[]);
        }
    }

    fn read_some(&mut self) -> Result<()> {
        if self.taken > 0 {
            self.received.drain(..self.taken);
            self.taken = 0;
        }
        let mut chunk = [0; 32 << 10];
        match self.input.read(&mut chunk) {
            Ok(0) => Err(Trouble::Lost),
            Ok(count) => {
                self.received.extend_from_slice(&chunk[..count]);
                self.last_heard = Instant::now();
                Ok(())
            }
            Err(error) if is_temporary(&error) => Ok(()),
            Err(_) => Err(Trouble::Lost),
        }
    }

    fn write_some(&mut self) -> Result<()> {
        match self.output.write(&self.outgoing[self.sent..]) {
            Ok(count) => {
                self.sent += count;
                self.last_sent = Instant::now();
                if self.sent == self.outgoing.len() {
                    self.outgoing.clear();
                    self.sent = 0;
                } else if self.sent > 64 << 10 {
                    self.outgoing.drain(..self.sent);
                    self.sent = 0;
                }
                Ok(())
            }
            Err(error) if is_temporary(&error) => Ok(()),
            Err(_) => Err(Trouble::Lost),
        }
    }
}

pub fn is_temporary(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

pub fn set_nonblocking(file: &File) {
    unsafe {
        let flags = sys::fcntl(file.as_raw_fd(), sys::F_GETFL);
        sys::fcntl(file.as_raw_fd(), sys::F_SETFL, flags | sys::O_NONBLOCK);
    }
}
