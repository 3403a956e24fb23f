//! Ferry's agent: the part of Ferry that runs on the device.
//!
//! It speaks frames (docs/reference/agent-protocol.md) over stdin and stdout, stores programs below its working folder,
//! checks what it stored, and runs them: with clean streams or a terminal, exact exit status, signals, and the promise that
//! nothing of the program stays behind when the connection breaks.
//!
//! Standard library only; what std lacks is declared by hand in `sys`. One thread, one `poll`. Compiles with Rust 1.70 and
//! later, for glibc and musl. Numbers of signals and options are those of Linux' generic ABI (x86, ARM, RISC-V).
//!
//! Read it from the bottom: `main`, then `run`, then whatever you want to know more about.

mod patch;

/// The few functions of libc that std does not offer. Only calls whose arguments are integers and pointers to bytes: structures
/// that differ between architectures and between 32- and 64-bit time do not appear.
mod sys {
    use std::os::raw::{c_char, c_int, c_short, c_uint, c_ulong, c_ushort, c_void};

    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct PollFd {
        pub fd: c_int,
        pub events: c_short,
        pub revents: c_short,
    }

    #[repr(C)]
    pub struct WindowSize {
        pub rows: c_ushort,
        pub columns: c_ushort,
        pub x_pixels: c_ushort,
        pub y_pixels: c_ushort,
    }

    pub const POLLIN: c_short = 1;
    pub const POLLOUT: c_short = 4;
    pub const POLLERR: c_short = 8;
    pub const POLLHUP: c_short = 16;
    pub const POLLNVAL: c_short = 32;

    pub const SIGHUP: c_int = 1;
    pub const SIGINT: c_int = 2;
    pub const SIGKILL: c_int = 9;
    pub const SIGTERM: c_int = 15;
    pub const SIGCHLD: c_int = 17;
    pub const SIGCONT: c_int = 18;
    pub const SIG_DFL: usize = 0;
    pub const SIG_IGN: usize = 1;
    pub const SIG_SETMASK: c_int = 2;

    pub const O_NONBLOCK: c_int = 0o4000;
    pub const O_CLOEXEC: c_int = 0o2_000_000;
    pub const O_NOCTTY: c_int = 0o400;
    pub const F_GETFL: c_int = 3;
    pub const F_SETFL: c_int = 4;
    pub const WUNTRACED: c_int = 2;
    pub const WCONTINUED: c_int = 8;
    pub const PR_SET_PDEATHSIG: c_int = 1;
    pub const PR_SET_CHILD_SUBREAPER: c_int = 36;
    pub const TIOCSWINSZ: c_ulong = 0x5414;
    pub const PROT_READ: c_int = 1;
    pub const PROT_WRITE: c_int = 2;
    pub const MAP_SHARED: c_int = 1;
    pub const IUTF8: u32 = 0o40_000;

    pub const ENOENT: c_int = 2;

    extern "C" {
        pub fn poll(fds: *mut PollFd, count: c_ulong, timeout: c_int) -> c_int;
        pub fn pipe2(fds: *mut c_int, flags: c_int) -> c_int;
        pub fn fcntl(fd: c_int, command: c_int, ...) -> c_int;
        pub fn ioctl(fd: c_int, request: c_ulong, ...) -> c_int;
        pub fn dup2(from: c_int, to: c_int) -> c_int;
        pub fn close(fd: c_int) -> c_int;
        pub fn fork() -> c_int;
        pub fn execve(path: *const c_char, argv: *const *const c_char, envp: *const *const c_char) -> c_int;
        pub fn _exit(code: c_int) -> !;
        pub fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
        pub fn kill(pid: c_int, signal: c_int) -> c_int;
        pub fn signal(signal: c_int, handler: usize) -> usize;
        pub fn sigprocmask(how: c_int, set: *const c_void, old: *mut c_void) -> c_int;
        pub fn prctl(option: c_int, ...) -> c_int;
        pub fn getpid() -> c_int;
        pub fn getppid() -> c_int;
        pub fn geteuid() -> c_uint;
        pub fn setsid() -> c_int;
        pub fn setpgid(pid: c_int, group: c_int) -> c_int;
        pub fn tcsetpgrp(fd: c_int, group: c_int) -> c_int;
        pub fn tcgetattr(fd: c_int, termios: *mut c_void) -> c_int;
        pub fn tcsetattr(fd: c_int, when: c_int, termios: *const c_void) -> c_int;
        pub fn grantpt(fd: c_int) -> c_int;
        pub fn unlockpt(fd: c_int) -> c_int;
        pub fn ptsname_r(fd: c_int, name: *mut c_char, size: usize) -> c_int;
        pub fn chdir(path: *const c_char) -> c_int;
        pub fn mmap(address: *mut c_void, length: usize, rights: c_int, flags: c_int, fd: c_int, offset: Offset) -> *mut c_void;
        pub fn munmap(address: *mut c_void, length: usize) -> c_int;
    }

    /// off_t: 64 bits everywhere but with glibc on 32-bit systems.
    #[cfg(all(target_env = "gnu", target_pointer_width = "32"))]
    type Offset = i32;
    #[cfg(not(all(target_env = "gnu", target_pointer_width = "32")))]
    type Offset = i64;
}

/// What ends a piece of work early.
mod trouble {
    use crate::frames::ERROR;
    use crate::link::Link;
    use std::io;

    /// Which part of the work failed; the client words its message by it.
    #[derive(Clone, Copy)]
    pub enum Part {
        Protocol = 1,
        Store = 2,
        Start = 3,
        Program = 4,
    }

    pub enum Trouble {
        /// The client is gone, or silent for too long.
        Lost,
        /// Something that the client is told about. `errno` is 0 when no system call failed.
        Failed { part: Part, errno: i32, text: String },
    }

    pub type Result<T> = std::result::Result<T, Trouble>;

    impl Trouble {
        /// Tells the client. What cannot be told, or leaves nobody knowing where the next frame begins, remains an error.
        pub fn tell(self, link: &mut Link) -> Result<()> {
            if let Trouble::Failed { part, errno, text } = &self {
                link.send(ERROR, &[&[*part as u8], &errno.to_le_bytes(), text.as_bytes()]);
            }
            match self {
                Trouble::Lost | Trouble::Failed { part: Part::Protocol, .. } => Err(self),
                _ => Ok(()),
            }
        }
    }

    pub fn failed<T>(part: Part, text: impl Into<String>) -> Result<T> {
        Err(Trouble::Failed { part, errno: 0, text: text.into() })
    }

    /// For `map_err`: what was attempted, followed by the system's own words.
    pub fn because(part: Part, attempt: impl Into<String>) -> impl FnOnce(io::Error) -> Trouble {
        move |error| Trouble::Failed {
            part,
            errno: error.raw_os_error().unwrap_or(0),
            text: format!("{}: {}", attempt.into(), words(&error)),
        }
    }

    /// "No space left on device" without std's " (os error 28)".
    fn words(error: &io::Error) -> String {
        let text = error.to_string();
        text.split(" (os error").next().unwrap_or(&text).to_string()
    }
}

/// Frames: a type byte, a length (u32, little endian), a payload. Inside payloads: integers are little endian, byte strings carry
/// a u32 length in front.
mod frames {
    use crate::trouble::{failed, Part, Result};

    pub const LONGEST: usize = 16 << 20;
    pub const HEAD: usize = 5;

    // Client to agent.
    pub const HAVE: u8 = 0x01;
    pub const RUN: u8 = 0x02;
    pub const PUT: u8 = 0x03;
    pub const PUT_DATA: u8 = 0x04;
    pub const PUT_END: u8 = 0x05;
    pub const STDIN: u8 = 0x06;
    pub const STDIN_END: u8 = 0x07;
    pub const CLOSE_OUTPUT: u8 = 0x08;
    pub const SIGNAL: u8 = 0x09;
    pub const WINDOW: u8 = 0x0A;
    pub const SUSPEND: u8 = 0x0B;
    pub const RESUME: u8 = 0x0C;
    pub const PATCH: u8 = 0x0D;
    // Both ways.
    pub const PING: u8 = 0x40;
    // Agent to client.
    pub const MISSING: u8 = 0x81;
    pub const STORED: u8 = 0x82;
    pub const STARTED: u8 = 0x83;
    pub const STDOUT: u8 = 0x84;
    pub const STDERR: u8 = 0x85;
    pub const CREDIT: u8 = 0x86;
    pub const STOPPED: u8 = 0x87;
    pub const CONTINUED: u8 = 0x88;
    pub const EXIT: u8 = 0x89;
    pub const ERROR: u8 = 0x8A;

    pub struct Frame {
        pub kind: u8,
        pub payload: Vec<u8>,
    }

    /// Reads a payload from front to back; what is too short is the client's fault and ends the session.
    pub struct Fields<'a>(pub &'a [u8]);

    impl<'a> Fields<'a> {
        pub fn take(&mut self, count: usize) -> Result<&'a [u8]> {
            if count > self.0.len() {
                return failed(Part::Protocol, "a frame is shorter than its fields");
            }
            let (front, rest) = self.0.split_at(count);
            self.0 = rest;
            Ok(front)
        }

        pub fn number(&mut self, bytes: usize) -> Result<u64> {
            Ok(self.take(bytes)?.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
        }

        pub fn u8(&mut self) -> Result<u8> {
            Ok(self.number(1)? as u8)
        }

        pub fn u16(&mut self) -> Result<u16> {
            Ok(self.number(2)? as u16)
        }

        pub fn u32(&mut self) -> Result<u32> {
            Ok(self.number(4)? as u32)
        }

        pub fn u64(&mut self) -> Result<u64> {
            self.number(8)
        }

        pub fn bytes(&mut self) -> Result<&'a [u8]> {
            let length = self.u32()? as usize;
            self.take(length)
        }

        pub fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
            let count = self.u32()?;
            (0..count).map(|_| one(self)).collect() // a lying count ends at the first item that is not there
        }
    }
}

/// The connection to the client: stdin and stdout, never waiting in a read or write, with a heartbeat.
mod link {
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
        suspended: bool,
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
            Link { input, output, received: Vec::new(), taken: 0, outgoing: Vec::new(), sent: 0, last_heard: now, last_sent: now, suspended: false }
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

        /// Bytes that wait because the client does not read; while they are many, the program's output is left in its pipes.
        pub fn waiting(&self) -> usize {
            self.outgoing.len() - self.sent
        }

        /// The next frame if it has arrived already. Heartbeats are consumed here.
        pub fn take(&mut self) -> Result<Option<Frame>> {
            loop {
                let rest = &self.received[self.taken..];
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
            self.beat();
            let mut fds = vec![
                PollFd { fd: self.input.as_raw_fd(), events: sys::POLLIN, revents: 0 },
                PollFd { fd: self.output.as_raw_fd(), events: if self.waiting() > 0 { sys::POLLOUT } else { 0 }, revents: 0 },
            ];
            fds.extend_from_slice(others);
            let count = unsafe { sys::poll(fds.as_mut_ptr(), fds.len() as _, self.patience()) };
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
            BEAT.saturating_sub(self.last_sent.elapsed()).as_millis().clamp(100, 1000) as i32
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
}

/// SHA-256, FIPS 180-4.
mod sha256 {
    const K: [u32; 64] = [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
        0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
        0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
        0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
        0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
        0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    pub struct Sha256 {
        state: [u32; 8],
        block: [u8; 64],
        length: u64,
    }

    impl Sha256 {
        pub fn new() -> Sha256 {
            let state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
            Sha256 { state, block: [0; 64], length: 0 }
        }

        pub fn update(&mut self, mut data: &[u8]) {
            while !data.is_empty() {
                let filled = (self.length % 64) as usize;
                let count = data.len().min(64 - filled);
                self.block[filled..filled + count].copy_from_slice(&data[..count]);
                self.length += count as u64;
                data = &data[count..];
                if filled + count == 64 {
                    self.mix();
                }
            }
        }

        pub fn finish(mut self) -> [u8; 32] {
            let bits = self.length * 8;
            self.update(&[0x80]);
            while self.length % 64 != 56 {
                self.update(&[0]);
            }
            self.update(&bits.to_be_bytes());
            let mut digest = [0; 32];
            for (bytes, word) in digest.chunks_exact_mut(4).zip(self.state) {
                bytes.copy_from_slice(&word.to_be_bytes());
            }
            digest
        }

        fn mix(&mut self) {
            let mut w = [0u32; 64];
            for (word, bytes) in w.iter_mut().zip(self.block.chunks_exact(4)) {
                *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
            }
            for i in 16..64 {
                let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ w[i - 15] >> 3;
                let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ w[i - 2] >> 10;
                w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
            }
            let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = self.state;
            for (k, w) in K.iter().zip(w) {
                let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
                let t1 = h.wrapping_add(s1).wrapping_add(e & f ^ !e & g).wrapping_add(*k).wrapping_add(w);
                let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
                let t2 = s0.wrapping_add(a & b ^ a & c ^ b & c);
                (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(t2));
            }
            for (sum, word) in self.state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
                *sum = sum.wrapping_add(word);
            }
        }
    }
}

/// Inflate, RFC 1951: raw deflate data in, from a source of chunks; decompressed data out, 32 KiB at a time.
mod inflate {
    use crate::trouble::{failed, Part, Result};

    const WINDOW: usize = 32 << 10;
    const FAST_BITS: u32 = 9;

    pub type Source<'a> = dyn FnMut() -> Result<Option<Vec<u8>>> + 'a;
    pub type Sink<'a> = dyn FnMut(&[u8]) -> Result<()> + 'a;

    pub fn inflate(source: &mut Source, sink: &mut Sink) -> Result<()> {
        let mut bits = Bits { source, chunk: Vec::new(), at: 0, hold: 0, count: 0, padding: 0 };
        let mut output = Output { sink, window: vec![0; WINDOW], at: 0, wrapped: false };
        loop {
            let last = bits.take(1)? == 1;
            match bits.take(2)? {
                0 => stored(&mut bits, &mut output)?,
                1 => {
                    let mut lengths = [8; 288];
                    lengths[144..256].fill(9);
                    lengths[256..280].fill(7);
                    coded(&mut bits, &mut output, &Code::new(&lengths)?, &Code::new(&[5; 30])?)?;
                }
                2 => {
                    let (literals, distances) = code_tables(&mut bits)?;
                    coded(&mut bits, &mut output, &literals, &distances)?;
                }
                _ => return broken(),
            }
            if last {
                return output.flush();
            }
        }
    }

    fn broken<T>() -> Result<T> {
        failed(Part::Store, "the compressed data is broken")
    }

    struct Bits<'a, 'b> {
        source: &'a mut Source<'b>,
        chunk: Vec<u8>,
        at: usize,
        hold: u32,
        count: u32,
        /// Bits of zero put behind the end so that codes can be peeked at there; taking one of them is an error.
        padding: u32,
    }

    impl Bits<'_, '_> {
        fn byte(&mut self) -> Result<Option<u8>> {
            while self.at == self.chunk.len() {
                match (self.source)()? {
                    Some(chunk) => (self.chunk, self.at) = (chunk, 0),
                    None => return Ok(None),
                }
            }
            self.at += 1;
            Ok(Some(self.chunk[self.at - 1]))
        }

        /// At least `count` (16 at most) bits in `hold`, the next one lowest.
        fn peek(&mut self, count: u32) -> Result<u32> {
            while self.count < count {
                match if self.padding == 0 { self.byte()? } else { None } {
                    Some(byte) => self.hold |= u32::from(byte) << self.count,
                    None => self.padding += 8,
                }
                self.count += 8;
            }
            Ok(self.hold)
        }

        fn skip(&mut self, count: u32) -> Result<()> {
            self.hold >>= count;
            self.count -= count;
            if self.count < self.padding {
                return broken();
            }
            Ok(())
        }

        fn take(&mut self, count: u32) -> Result<u32> {
            let value = self.peek(count)? & ((1 << count) - 1);
            self.skip(count)?;
            Ok(value)
        }
    }

    struct Output<'a, 'b> {
        sink: &'a mut Sink<'b>,
        window: Vec<u8>,
        at: usize,
        wrapped: bool,
    }

    impl Output<'_, '_> {
        fn push(&mut self, byte: u8) -> Result<()> {
            self.window[self.at] = byte;
            self.at += 1;
            if self.at == WINDOW {
                self.flush()?;
                self.at = 0;
                self.wrapped = true;
            }
            Ok(())
        }

        fn repeat(&mut self, distance: usize, length: usize) -> Result<()> {
            if distance > WINDOW || distance > self.at && !self.wrapped {
                return broken();
            }
            for _ in 0..length {
                self.push(self.window[(self.at + WINDOW - distance) % WINDOW])?;
            }
            Ok(())
        }

        fn flush(&mut self) -> Result<()> {
            (self.sink)(&self.window[..self.at])
        }
    }

    /// A canonical Huffman code: short codes by one look into a table, longer ones bit by bit.
    struct Code {
        fast: [u16; 1 << FAST_BITS], // symbol << 4 | length, 0 for codes that are longer
        count: [u16; 16],
        symbols: Vec<u16>,
    }

    impl Code {
        fn new(lengths: &[u8]) -> Result<Code> {
            let mut code = Code { fast: [0; 1 << FAST_BITS], count: [0; 16], symbols: vec![0; lengths.len()] };
            lengths.iter().for_each(|length| code.count[*length as usize] += 1);
            code.count[0] = 0;
            let (mut next_code, mut next_index) = ([0u32; 16], [0u16; 16]);
            for bits in 1..16 {
                next_code[bits] = (next_code[bits - 1] + u32::from(code.count[bits - 1])) << 1;
                next_index[bits] = next_index[bits - 1] + code.count[bits - 1];
                if next_code[bits] + u32::from(code.count[bits]) > 1 << bits {
                    return broken(); // more codes than this many bits can tell apart
                }
            }
            for (symbol, length) in lengths.iter().enumerate().filter(|(_, length)| **length > 0) {
                let bits = *length as usize;
                code.symbols[next_index[bits] as usize] = symbol as u16;
                next_index[bits] += 1;
                let reversed = next_code[bits].reverse_bits() >> (32 - bits);
                next_code[bits] += 1;
                if *length as u32 > FAST_BITS {
                    continue;
                }
                for entry in (reversed as usize..1 << FAST_BITS).step_by(1 << bits) {
                    code.fast[entry] = (symbol as u16) << 4 | bits as u16;
                }
            }
            Ok(code)
        }

        fn decode(&self, bits: &mut Bits) -> Result<usize> {
            let hold = bits.peek(15)?;
            let entry = self.fast[hold as usize & ((1 << FAST_BITS) - 1)];
            if entry != 0 {
                bits.skip(u32::from(entry & 15))?;
                return Ok(usize::from(entry >> 4));
            }
            let (mut code, mut first, mut index) = (0i32, 0i32, 0i32);
            for length in 1..16 {
                code |= (hold >> (length - 1) & 1) as i32;
                let count = i32::from(self.count[length]);
                if code - count < first {
                    bits.skip(length as u32)?;
                    return Ok(usize::from(self.symbols[(index + code - first) as usize]));
                }
                index += count;
                first = (first + count) << 1;
                code <<= 1;
            }
            broken()
        }
    }

    fn stored(bits: &mut Bits, output: &mut Output) -> Result<()> {
        bits.skip(bits.count % 8)?;
        let length = bits.take(16)?;
        if bits.take(16)? != !length & 0xFFFF {
            return broken();
        }
        for _ in 0..length {
            let byte = bits.take(8)?;
            output.push(byte as u8)?;
        }
        Ok(())
    }

    fn code_tables(bits: &mut Bits) -> Result<(Code, Code)> {
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let literals = bits.take(5)? as usize + 257;
        let distances = bits.take(5)? as usize + 1;
        let mut lengths = [0; 19];
        for place in &ORDER[..bits.take(4)? as usize + 4] {
            lengths[*place] = bits.take(3)? as u8;
        }
        let code = Code::new(&lengths)?;
        let mut lengths: Vec<u8> = Vec::new();
        while lengths.len() < literals + distances {
            let (value, times) = match code.decode(bits)? {
                16 => match lengths.last() {
                    Some(last) => (*last, 3 + bits.take(2)?),
                    None => return broken(),
                },
                17 => (0, 3 + bits.take(3)?),
                18 => (0, 11 + bits.take(7)?),
                length => (length as u8, 1),
            };
            lengths.resize(lengths.len() + times as usize, value);
        }
        if lengths.len() > literals + distances || literals > 286 {
            return broken();
        }
        Ok((Code::new(&lengths[..literals])?, Code::new(&lengths[literals..])?))
    }

    fn coded(bits: &mut Bits, output: &mut Output, literals: &Code, distances: &Code) -> Result<()> {
        const LENGTHS: [(usize, u32); 29] = [
            (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1), (19, 2), (23, 2), (27, 2),
            (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4), (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0),
        ];
        loop {
            match literals.decode(bits)? {
                literal @ 0..=255 => output.push(literal as u8)?,
                256 => return Ok(()),
                symbol => {
                    let Some((base, extra)) = LENGTHS.get(symbol - 257) else { return broken() };
                    let length = base + bits.take(*extra)? as usize;
                    let symbol = distances.decode(bits)? as u32;
                    if symbol > 29 {
                        return broken();
                    }
                    // RFC 1951, 3.2.5: from the fifth on, every pair of distance codes has one extra bit more.
                    let extra = (symbol / 2).saturating_sub(1);
                    let base = if symbol < 2 { symbol } else { (2 | symbol & 1) << extra };
                    let distance = base + 1 + bits.take(extra)?;
                    output.repeat(distance as usize, length)?;
                }
            }
        }
    }
}

/// The programs on the device: `store/HASH/NAME`, each written beside, checked, synced and renamed.
mod store {
    use crate::frames::{Fields, MISSING, PUT_DATA, PUT_END, STORED};
    use crate::inflate::inflate;
    use crate::link::Link;
    use crate::patch;
    use crate::sha256::Sha256;
    use crate::sys;
    use crate::trouble::{because, failed, Part, Result};
    use std::ffi::OsStr;
    use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
    use std::io::{ErrorKind, Write};
    use std::os::fd::AsRawFd;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::{Path, PathBuf};

    /// Synced this often while writing, so that no single sync takes as long as a heartbeat may (SD cards write 1 MB/s at worst).
    const SYNC_EVERY: u64 = 4 << 20;

    /// A file of the store, as the client names it.
    pub struct Stored {
        pub hash: [u8; 32],
        pub path: PathBuf,
        pub size: u64,
        pub is_library: bool,
    }

    impl Stored {
        pub fn read(fields: &mut Fields) -> Result<Stored> {
            let mut hash = [0; 32];
            hash.copy_from_slice(fields.take(32)?);
            let name = fields.bytes()?;
            if name.is_empty() || name.len() > 255 || name == b"." || name == b".." || name.iter().any(|byte| *byte == b'/' || *byte == 0) {
                return failed(Part::Protocol, "a file name that is none");
            }
            let path = Path::new("store").join(hex(&hash)).join(OsStr::from_bytes(name));
            Ok(Stored { hash, path, size: fields.u64()?, is_library: fields.u8()? != 0 })
        }

        /// The hash was checked before the file got its name, and the folder lets nobody else write: the size is enough here.
        pub fn is_there(&self) -> bool {
            matches!(fs::symlink_metadata(&self.path), Ok(found) if found.is_file() && found.len() == self.size && is_ours(&found))
        }
    }

    fn is_ours(found: &fs::Metadata) -> bool {
        found.uid() == unsafe { sys::geteuid() }
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The working folder must belong to us alone: whoever could write there could run programs as us.
    pub fn check_folder() -> Result<()> {
        let found = fs::symlink_metadata(".").map_err(because(Part::Store, "cannot look at the agent's folder"))?;
        if !found.is_dir() || !is_ours(&found) || found.mode() & 0o022 != 0 {
            return failed(Part::Store, "the agent's folder can be written by others");
        }
        Ok(())
    }

    /// Receives one file. What is wrong with it is told at once, so that the client need not send the rest; the frames that belong to
    /// it are read to the end all the same, and the session can go on.
    pub fn put(link: &mut Link, payload: &[u8]) -> Result<()> {
        let mut fields = Fields(payload);
        let stored = Stored::read(&mut fields)?;
        let mode = fields.u32()?;
        let compressed = fields.u8()? != 0;
        let mut data = Data { link, ended: false };
        match receive(&stored, mode, compressed, &mut data) {
            Ok(()) => data.link.send(STORED, &[&stored.hash]),
            Err(trouble) => trouble.tell(data.link)?,
        }
        while data.next()?.is_some() {}
        Ok(())
    }

    /// Receives a file as a patch to one that is here. Where that is not so, or something else comes of it than was meant, the client is told
    /// that the old one is missing, and sends the new one whole.
    pub fn patch(link: &mut Link, payload: &[u8]) -> Result<()> {
        let mut fields = Fields(payload);
        let stored = Stored::read(&mut fields)?;
        let mode = fields.u32()?;
        let base = Stored::read(&mut fields)?;
        let mut data = Data { link, ended: false };
        match patched(&stored, &base, mode, &mut data) {
            Ok(true) => data.link.send(STORED, &[&stored.hash]),
            Ok(false) => data.link.send(MISSING, &[&base.hash]),
            Err(trouble) => trouble.tell(data.link)?,
        }
        while data.next()?.is_some() {}
        Ok(())
    }

    fn patched(stored: &Stored, base: &Stored, mode: u32, data: &mut Data) -> Result<bool> {
        if !base.is_there() {
            return Ok(false);
        }
        let mut bytes = Vec::new();
        while let Some(piece) = data.next()? {
            bytes.extend(piece);
        }
        let Ok((header, body)) = patch::header(&bytes) else { return Ok(false) };
        let fits = header.old_hash == base.hash && header.old_length as u64 == base.size;
        if !fits || header.new_hash != stored.hash || header.new_length as u64 != stored.size {
            return Ok(false);
        }
        let mut arrival = Arrival::create(stored)?;
        let old = Mapping::of(&File::open(&base.path).map_err(because(Part::Store, "cannot open the old program"))?, header.old_length, false)?;
        let new = arrival.whole(header.new_length)?;
        let applied = patch::apply(old.bytes(), body, new.bytes());
        arrival.sum.update(new.bytes());
        drop(new);
        let sum = std::mem::replace(&mut arrival.sum, Sha256::new()).finish();
        if applied.is_err() || sum != stored.hash {
            return Ok(false);
        }
        arrival.settle(mode).map_err(because(Part::Store, arrival.attempt()))?;
        Ok(true)
    }

    /// A file's bytes as memory: read and written by the page, and nothing of it is ours to hold.
    struct Mapping {
        start: *mut u8,
        length: usize,
    }

    impl Mapping {
        fn of(file: &File, length: usize, writable: bool) -> Result<Mapping> {
            if length == 0 {
                return Ok(Mapping { start: std::ptr::NonNull::dangling().as_ptr(), length });
            }
            let rights = sys::PROT_READ | if writable { sys::PROT_WRITE } else { 0 };
            let start = unsafe { sys::mmap(std::ptr::null_mut(), length, rights, sys::MAP_SHARED, file.as_raw_fd(), 0) };
            if start as isize == -1 {
                return Err(because(Part::Store, "cannot map a file into memory")(std::io::Error::last_os_error()));
            }
            Ok(Mapping { start: start.cast(), length })
        }

        #[allow(clippy::mut_from_ref)]
        fn bytes(&self) -> &mut [u8] {
            unsafe { std::slice::from_raw_parts_mut(self.start, self.length) }
        }
    }

    impl Drop for Mapping {
        fn drop(&mut self) {
            if self.length > 0 {
                unsafe { sys::munmap(self.start.cast(), self.length) };
            }
        }
    }

    /// The frames of one file.
    struct Data<'a> {
        link: &'a mut Link,
        ended: bool,
    }

    impl Data<'_> {
        fn next(&mut self) -> Result<Option<Vec<u8>>> {
            if self.ended {
                return Ok(None);
            }
            let frame = self.link.next()?;
            self.ended = frame.kind == PUT_END;
            match frame.kind {
                PUT_DATA => Ok(Some(frame.payload)),
                PUT_END => Ok(None),
                kind => failed(Part::Protocol, format!("frame 0x{kind:02x} inside a file")),
            }
        }
    }

    fn receive(stored: &Stored, mode: u32, compressed: bool, data: &mut Data) -> Result<()> {
        let mut arrival = Arrival::create(stored)?;
        if compressed {
            inflate(&mut || data.next(), &mut |piece| arrival.write(piece))?;
        }
        while let Some(piece) = data.next()? {
            if compressed {
                return failed(Part::Store, "data behind the end of the compressed data");
            }
            arrival.write(&piece)?;
        }
        arrival.finish(mode)
    }

    /// A file that is being received. Dropped before it is finished, it leaves nothing behind.
    struct Arrival<'a> {
        stored: &'a Stored,
        temporary: PathBuf,
        file: Option<File>,
        sum: Sha256,
        written: u64,
    }

    impl Arrival<'_> {
        fn create(stored: &Stored) -> Result<Arrival<'_>> {
            make_folder(Path::new("store"))?;
            remove_leftovers();
            let temporary = Path::new("store").join(format!("{}.tmp", std::process::id()));
            let _ = fs::remove_file(&temporary); // of an earlier process with our number
            let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&temporary);
            let file = Some(file.map_err(because(Part::Store, format!("cannot create {}", temporary.display())))?);
            Ok(Arrival { stored, temporary, file, sum: Sha256::new(), written: 0 })
        }

        fn write(&mut self, data: &[u8]) -> Result<()> {
            let before = self.written;
            self.written += data.len() as u64;
            if self.written > self.stored.size {
                return failed(Part::Store, "more data arrived than was announced");
            }
            self.sum.update(data);
            let (attempt, Some(file)) = (self.attempt(), &mut self.file) else { return Ok(()) };
            let synced = file.write_all(data).and_then(|()| if before / SYNC_EVERY != self.written / SYNC_EVERY { file.sync_data() } else { Ok(()) });
            synced.map_err(because(Part::Store, attempt))
        }

        /// All of the file as memory. Its bytes are written first: a full disk is an error here, and the end of this process there.
        fn whole(&mut self, length: usize) -> Result<Mapping> {
            let (attempt, Some(file)) = (self.attempt(), &mut self.file) else { return failed(Part::Store, "no file to write") };
            let zeros = [0; 1 << 16];
            for at in (0..length).step_by(zeros.len()) {
                file.write_all(&zeros[..zeros.len().min(length - at)]).map_err(because(Part::Store, attempt.as_str()))?;
            }
            Mapping::of(file, length, true)
        }

        fn finish(mut self, mode: u32) -> Result<()> {
            let sum = std::mem::replace(&mut self.sum, Sha256::new()).finish();
            if self.written != self.stored.size || sum != self.stored.hash {
                return failed(Part::Store, format!("what arrived has SHA-256 {}, and {} bytes", hex(&sum), self.written));
            }
            self.settle(mode).map_err(because(Part::Store, self.attempt()))
        }

        fn attempt(&self) -> String {
            format!("cannot write {}", self.stored.path.display())
        }

        /// Synced and closed before it takes its name (a program open for writing cannot be started: ETXTBSY), the folders after.
        fn settle(&mut self, mode: u32) -> std::io::Result<()> {
            let Some(file) = self.file.take() else { return Ok(()) };
            file.set_permissions(Permissions::from_mode(mode & 0o777))?;
            file.sync_all()?;
            drop(file);
            let Some(folder) = self.stored.path.parent() else { return Ok(()) };
            if let Err(error) = DirBuilder::new().mode(0o700).create(folder) {
                if error.kind() != ErrorKind::AlreadyExists {
                    return Err(error);
                }
            }
            fs::rename(&self.temporary, &self.stored.path)?;
            File::open(folder)?.sync_all()?;
            File::open("store")?.sync_all()
        }
    }

    impl Drop for Arrival<'_> {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.temporary); // gone already when it was renamed
        }
    }

    fn make_folder(folder: &Path) -> Result<()> {
        match DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(because(Part::Store, format!("cannot make the folder {}", folder.display()))(error)),
            _ => match fs::symlink_metadata(folder) {
                Ok(found) if found.is_dir() && is_ours(&found) => Ok(()),
                _ => failed(Part::Store, format!("{} is not a folder of ours", folder.display())),
            },
        }
    }

    /// An agent that was killed leaves `store/PID.tmp` behind; the next one clears it away, unless that process still lives.
    fn remove_leftovers() {
        for entry in fs::read_dir("store").into_iter().flatten().flatten() {
            let name = entry.file_name();
            let Some(pid) = name.to_str().and_then(|name| name.strip_suffix(".tmp")).and_then(|pid| pid.parse::<i32>().ok()) else { continue };
            if pid > 0 && unsafe { sys::kill(pid, 0) } != 0 && std::io::Error::last_os_error().raw_os_error() == Some(3) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// What the client wants to be run, and how.
mod request {
    use crate::frames::Fields;
    use crate::store::Stored;
    use crate::sys::WindowSize;
    use crate::trouble::{failed, Part, Result};
    use std::ffi::CString;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::path::Path;

    const TERMINAL: u8 = 1;
    const STDERR_APART: u8 = 2;
    const STDIN_GIVEN: u8 = 4;

    pub struct Request {
        pub files: Vec<Stored>,
        pub program: CString,
        pub arguments: Vec<CString>,
        pub environment: Vec<CString>,
        pub folder: CString,
        pub terminal: Option<WindowSize>,
        pub stderr_apart: bool,
        pub stdin_given: bool,
    }

    impl Request {
        pub fn read(payload: &[u8]) -> Result<Request> {
            let mut fields = Fields(payload);
            let files = fields.list(Stored::read)?;
            let program = fields.bytes()?;
            let arguments = fields.list(|fields| text(fields.bytes()?))?;
            let given = fields.list(|fields| Ok(fields.bytes()?.to_vec()))?;
            let folder = fields.bytes()?;
            let library_folders = fields.list(|fields| Ok(fields.bytes()?.to_vec()))?;
            let flags = fields.u8()?;
            let size = WindowSize { rows: fields.u16()?, columns: fields.u16()?, x_pixels: 0, y_pixels: 0 };

            let here = std::env::current_dir().unwrap_or_default();
            let program = match files.first() {
                Some(first) if program.is_empty() => text(here.join(&first.path).as_os_str().as_bytes())?,
                None if program.is_empty() => return failed(Part::Protocol, "nothing to run"),
                _ => text(program)?,
            };
            // Users of services have a home that is not there.
            let home = std::env::var_os("HOME").filter(|home| Path::new(home).is_dir()).map_or(b"/".to_vec(), OsStringExt::into_vec);
            let folder = if folder.is_empty() { home } else { folder.to_vec() };
            let stored_libraries = files.iter().filter(|file| file.is_library).filter_map(|file| file.path.parent());
            let libraries = library_folders.into_iter().chain(stored_libraries.map(|folder| here.join(folder).into_os_string().into_vec()));
            Ok(Request {
                program,
                arguments,
                environment: environment(given, libraries.collect(), &folder)?,
                folder: text(&folder)?,
                terminal: if flags & TERMINAL != 0 { Some(size) } else { None },
                stderr_apart: flags & STDERR_APART != 0,
                stdin_given: flags & STDIN_GIVEN != 0,
                files,
            })
        }
    }

    fn text(bytes: &[u8]) -> Result<CString> {
        CString::new(bytes).or_else(|_| failed(Part::Protocol, "a zero byte inside a text"))
    }

    /// What the login gave us, overridden by what the client gives; libraries that were sent come before any that are here.
    fn environment(given: Vec<Vec<u8>>, mut libraries: Vec<Vec<u8>>, folder: &[u8]) -> Result<Vec<CString>> {
        let mut all: Vec<(Vec<u8>, Vec<u8>)> = std::env::vars_os().map(|(name, value)| (name.into_vec(), value.into_vec())).collect();
        set(&mut all, b"PWD", folder.to_vec());
        all.retain(|(name, _)| name != b"OLDPWD");
        for entry in given {
            match entry.iter().position(|byte| *byte == b'=') {
                Some(end) => set(&mut all, &entry[..end], entry[end + 1..].to_vec()),
                None => return failed(Part::Protocol, "an environment variable without '='"),
            }
        }
        if !libraries.is_empty() {
            libraries.extend(all.iter().filter(|(name, value)| name == b"LD_LIBRARY_PATH" && !value.is_empty()).map(|(_, value)| value.clone()));
            set(&mut all, b"LD_LIBRARY_PATH", libraries.join(&b':'));
        }
        all.into_iter().map(|(name, value)| text(&[&name[..], b"=", &value[..]].concat())).collect()
    }

    fn set(all: &mut Vec<(Vec<u8>, Vec<u8>)>, name: &[u8], value: Vec<u8>) {
        all.retain(|(other, _)| other != name);
        all.push((name.to_vec(), value));
    }
}

/// A pseudo-terminal: the program's side and ours.
mod terminal {
    use crate::sys::{self, WindowSize};
    use std::ffi::CStr;
    use std::fs::{File, OpenOptions};
    use std::io::{Error, Result};
    use std::os::fd::AsRawFd;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::OpenOptionsExt;
    use std::path::PathBuf;

    pub struct Terminal {
        pub master: File,
        /// Held open until the program has ended: with no slave open, reading the master fails with EIO.
        pub slave: File,
        pub name: PathBuf,
    }

    impl Terminal {
        pub fn open(size: &WindowSize) -> Result<Terminal> {
            let master = OpenOptions::new().read(true).write(true).custom_flags(sys::O_NOCTTY).open("/dev/ptmx")?;
            let mut name = [0u8; 128];
            let fd = master.as_raw_fd();
            // SAFETY: ptsname_r ends the name with a zero byte within the given size.
            let failed = unsafe { sys::grantpt(fd) != 0 || sys::unlockpt(fd) != 0 || sys::ptsname_r(fd, name.as_mut_ptr().cast(), name.len()) != 0 };
            if failed {
                return Err(Error::last_os_error());
            }
            let name = CStr::from_bytes_until_nul(&name).map_or(PathBuf::new(), |name| PathBuf::from(std::ffi::OsStr::from_bytes(name.to_bytes())));
            let slave = OpenOptions::new().read(true).write(true).custom_flags(sys::O_NOCTTY).open(&name)?;
            resize(&master, size);
            erase_whole_letters(&slave);
            Ok(Terminal { master, slave, name })
        }
    }

    pub fn resize(master: &File, size: &WindowSize) {
        unsafe { sys::ioctl(master.as_raw_fd(), sys::TIOCSWINSZ, size as *const WindowSize) };
    }

    /// IUTF8: backspace takes away a letter, not a byte. The input flags come first in every termios.
    fn erase_whole_letters(slave: &File) {
        let mut termios = [0u32; 64];
        unsafe {
            if sys::tcgetattr(slave.as_raw_fd(), termios.as_mut_ptr().cast()) == 0 {
                termios[0] |= sys::IUTF8;
                sys::tcsetattr(slave.as_raw_fd(), 0, termios.as_ptr().cast());
            }
        }
    }
}

/// The program's processes.
///
/// Between agent and program stands the *keeper*, a fork of the agent. It leads the program's session, and is its parent there:
/// without that the program's process group would be an orphaned one, to which Ctrl-Z means nothing. It waits for the program
/// and tells the agent through a pipe, which `poll` can watch (pidfds are too young for many devices).
mod processes {
    use crate::link::set_nonblocking;
    use crate::request::Request;
    use crate::sys;
    use crate::terminal::Terminal;
    use crate::trouble::{because, Part, Result};
    use std::ffi::CString;
    use std::fs::{self, File, OpenOptions};
    use std::io::{self, Read, Write};
    use std::os::fd::{AsRawFd, FromRawFd};
    use std::os::raw::c_char;
    use std::path::PathBuf;
    use std::time::{Duration, Instant};

    /// What the keeper tells: three numbers at a time, which a pipe carries whole.
    pub enum Report {
        Started { pid: i32 },
        NoFolder { errno: i32 },
        NoStart { errno: i32 },
        Stopped { signal: i32 },
        Continued,
        Exited { code: i32 },
        Killed { signal: i32, core: bool },
    }

    impl Report {
        fn numbers(&self) -> [i32; 3] {
            match *self {
                Report::Started { pid } => [0, pid, 0],
                Report::NoFolder { errno } => [1, errno, 0],
                Report::NoStart { errno } => [2, errno, 0],
                Report::Stopped { signal } => [3, signal, 0],
                Report::Continued => [4, 0, 0],
                Report::Exited { code } => [5, code, 0],
                Report::Killed { signal, core } => [6, signal, i32::from(core)],
            }
        }

        fn from_numbers(numbers: [i32; 3]) -> Report {
            match numbers {
                [0, pid, _] => Report::Started { pid },
                [1, errno, _] => Report::NoFolder { errno },
                [2, errno, _] => Report::NoStart { errno },
                [3, signal, _] => Report::Stopped { signal },
                [4, ..] => Report::Continued,
                [5, code, _] => Report::Exited { code },
                [_, signal, core] => Report::Killed { signal, core: core != 0 },
            }
        }

        /// wait(2)'s status word.
        fn from_status(status: i32) -> Report {
            match status & 0x7F {
                0 => Report::Exited { code: status >> 8 & 0xFF },
                _ if status & 0xFF == 0x7F => Report::Stopped { signal: status >> 8 & 0xFF },
                _ if status == 0xFFFF => Report::Continued,
                signal => Report::Killed { signal, core: status & 0x80 != 0 },
            }
        }

        fn write(&self, pipe: &mut File) {
            let bytes: Vec<u8> = self.numbers().iter().flat_map(|number| number.to_le_bytes()).collect();
            let _ = pipe.write_all(&bytes);
        }

        /// None when the keeper is gone.
        pub fn read(pipe: &mut File) -> Option<Report> {
            let mut bytes = [0; 12];
            pipe.read_exact(&mut bytes).ok()?;
            let number = |at: usize| i32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
            Some(Report::from_numbers([number(0), number(4), number(8)]))
        }
    }

    /// Our ends of everything that is connected to the program.
    pub struct Streams {
        pub reports: File,
        pub stdin: Option<File>,
        pub stdout: Option<File>,
        pub stderr: Option<File>,
        pub terminal: Option<Terminal>,
    }

    /// The program's ends.
    struct Ends {
        stdin: File,
        stdout: File,
        stderr: File,
        terminal: Option<PathBuf>,
    }

    /// (read end, write end), both closed on exec.
    fn pipe() -> io::Result<(File, File)> {
        let mut fds = [0; 2];
        match unsafe { sys::pipe2(fds.as_mut_ptr(), sys::O_CLOEXEC) } {
            0 => Ok(unsafe { (File::from_raw_fd(fds[0]), File::from_raw_fd(fds[1])) }),
            _ => Err(io::Error::last_os_error()),
        }
    }

    pub fn start(request: &Request) -> Result<Streams> {
        let (mut streams, ends, reports) = connect(request).map_err(because(Part::Start, "cannot connect the program's streams"))?;
        [&streams.stdin, &streams.stdout, &streams.stderr].into_iter().flatten().for_each(set_nonblocking);
        let agent = unsafe { sys::getpid() };
        // SAFETY: there is one thread, so the child may do anything.
        match unsafe { sys::fork() } {
            -1 => Err(because(Part::Start, "cannot fork")(io::Error::last_os_error())),
            0 => keep(agent, request, &ends, reports),
            _ => {
                if request.terminal.is_some() && !request.stderr_apart {
                    streams.stderr = None;
                }
                Ok(streams)
            }
        }
    }

    fn connect(request: &Request) -> io::Result<(Streams, Ends, File)> {
        let (reports, reports_end) = pipe()?;
        let (stderr, stderr_end) = pipe()?;
        if let Some(size) = &request.terminal {
            let terminal = Terminal::open(size)?;
            let ends = Ends {
                stdin: terminal.slave.try_clone()?,
                stdout: terminal.slave.try_clone()?,
                stderr: if request.stderr_apart { stderr_end } else { terminal.slave.try_clone()? },
                terminal: Some(terminal.name.clone()),
            };
            let (stdin, stdout) = (terminal.master.try_clone()?, terminal.master.try_clone()?);
            return Ok((Streams { reports, stdin: Some(stdin), stdout: Some(stdout), stderr: Some(stderr), terminal: Some(terminal) }, ends, reports_end));
        }
        let (stdout, stdout_end) = pipe()?;
        let (stdin_end, stdin) = if request.stdin_given {
            let (end, ours) = pipe()?;
            (end, Some(ours))
        } else {
            (File::open("/dev/null")?, None)
        };
        let ends = Ends { stdin: stdin_end, stdout: stdout_end, stderr: stderr_end, terminal: None };
        Ok((Streams { reports, stdin, stdout: Some(stdout), stderr: Some(stderr), terminal: None }, ends, reports_end))
    }

    /// The keeper's whole life. It ends by itself when the program does, and with the agent; nothing else ends it.
    fn keep(agent: i32, request: &Request, ends: &Ends, mut reports: File) -> ! {
        unsafe {
            sys::setsid();
            set_signals(sys::SIG_IGN);
            sys::signal(sys::SIGCHLD, sys::SIG_DFL);
            die_with_parent(agent);
        }
        // A session leader's first open of a terminal makes that its controlling terminal.
        let terminal = ends.terminal.as_ref().and_then(|name| OpenOptions::new().read(true).write(true).open(name).ok());
        let Ok((mut failure, failure_end)) = pipe() else { unsafe { sys::_exit(1) } };
        let keeper = unsafe { sys::getpid() };
        match unsafe { sys::fork() } {
            -1 => {
                Report::NoStart { errno: io::Error::last_os_error().raw_os_error().unwrap_or(0) }.write(&mut reports);
                unsafe { sys::_exit(1) }
            }
            0 => become_program(keeper, request, ends, terminal.as_ref(), failure_end),
            pid => {
                // Whatever we kept open here the program could never see closed.
                close_all_but(&[reports.as_raw_fd(), failure.as_raw_fd()]);
                match Report::read(&mut failure) {
                    Some(report) => report.write(&mut reports),
                    None => tell_how_it_goes(pid, &mut reports),
                }
                unsafe { sys::_exit(0) }
            }
        }
    }

    /// The open ones by /proc, since a thousand calls take longer on a small processor than all else that the keeper does.
    fn close_all_but(needed: &[i32]) {
        let listed = fs::read_dir("/proc/self/fd").map(|entries| entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect());
        for fd in listed.unwrap_or_else(|_| (0..1024).collect::<Vec<i32>>()).into_iter().filter(|fd| !needed.contains(fd)) {
            unsafe { sys::close(fd) };
        }
    }

    fn tell_how_it_goes(pid: i32, reports: &mut File) {
        Report::Started { pid }.write(reports);
        loop {
            let mut status = 0;
            if unsafe { sys::waitpid(pid, &mut status, sys::WUNTRACED | sys::WCONTINUED) } != pid {
                continue;
            }
            let report = Report::from_status(status);
            report.write(reports);
            if matches!(report, Report::Exited { .. } | Report::Killed { .. }) {
                return;
            }
        }
    }

    /// From fork to exec. `failure` closes when the exec succeeds; until then it can carry the reason why not.
    fn become_program(keeper: i32, request: &Request, ends: &Ends, terminal: Option<&File>, mut failure: File) -> ! {
        let (argv, envp) = (pointers(&request.arguments), pointers(&request.environment));
        unsafe {
            die_with_parent(keeper);
            sys::setpgid(0, 0);
            if let Some(terminal) = terminal {
                sys::tcsetpgrp(terminal.as_raw_fd(), sys::getpid());
            }
            for (end, fd) in [(&ends.stdin, 0), (&ends.stdout, 1), (&ends.stderr, 2)] {
                sys::dup2(end.as_raw_fd(), fd);
            }
            let folder_failed = sys::chdir(request.folder.as_ptr()) != 0;
            if !folder_failed {
                // As after a login: nothing ignored (Rust's std ignores SIGPIPE in the agent), nothing blocked.
                set_signals(sys::SIG_DFL);
                sys::sigprocmask(sys::SIG_SETMASK, [0u64; 16].as_ptr().cast(), std::ptr::null_mut());
                sys::execve(request.program.as_ptr(), argv.as_ptr(), envp.as_ptr());
            }
            let errno = io::Error::last_os_error().raw_os_error().unwrap_or(0);
            if folder_failed { Report::NoFolder { errno } } else { Report::NoStart { errno } }.write(&mut failure);
            sys::_exit(127)
        }
    }

    fn pointers(texts: &[CString]) -> Vec<*const c_char> {
        texts.iter().map(|text| text.as_ptr()).chain([std::ptr::null()]).collect()
    }

    unsafe fn set_signals(disposition: usize) {
        for signal in 1..=64 {
            sys::signal(signal, disposition); // refused for KILL, STOP and the C library's own
        }
    }

    unsafe fn die_with_parent(parent: i32) {
        sys::prctl(sys::PR_SET_PDEATHSIG, sys::SIGKILL as std::os::raw::c_ulong);
        if sys::getppid() != parent {
            sys::_exit(1); // it died before we asked
        }
    }

    /// Makes the agent the parent of every orphan below it, so that nothing escapes by forking twice; they are reaped by the kernel.
    pub fn adopt_orphans() {
        unsafe {
            sys::signal(sys::SIGCHLD, sys::SIG_IGN);
            sys::prctl(sys::PR_SET_CHILD_SUBREAPER, 1 as std::os::raw::c_ulong);
        }
    }

    /// Ends every process below the agent: asked politely first, killed within a second.
    pub fn end_all(group: i32) {
        let begin = Instant::now();
        for signal in [sys::SIGHUP, sys::SIGTERM, sys::SIGCONT] {
            signal_group(group, signal);
            signal_each(&descendants(), signal);
        }
        // Twice none: a process may hide from one walk by forking behind it.
        let mut walks_without = 0;
        while walks_without < 2 && begin.elapsed() < Duration::from_secs(10) {
            let left = descendants();
            walks_without = if left.is_empty() { walks_without + 1 } else { 0 };
            if begin.elapsed() > Duration::from_millis(800) {
                signal_group(group, sys::SIGKILL);
                signal_each(&left, sys::SIGKILL);
            }
            std::thread::sleep(Duration::from_millis(if left.is_empty() { 1 } else { 20 }));
        }
    }

    pub fn signal_group(group: i32, signal: i32) {
        if group > 1 {
            unsafe { sys::kill(-group, signal) };
        }
    }

    fn signal_each(processes: &[i32], signal: i32) {
        for pid in processes {
            unsafe { sys::kill(*pid, signal) };
        }
    }

    /// All living processes below this one, by /proc.
    fn descendants() -> Vec<i32> {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let mut others: Vec<(i32, i32)> = entries.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, parent_of(&entry.path())?))).collect();
        let mut found = vec![unsafe { sys::getpid() }];
        let mut at = 0;
        while at < found.len() {
            let parent = found[at];
            others.retain(|(pid, their_parent)| *their_parent != parent || { found.push(*pid); false });
            at += 1;
        }
        found.split_off(1)
    }

    /// proc(5), stat: "pid (name) state ppid …"; the name may hold anything, blanks and parentheses included.
    fn parent_of(process: &std::path::Path) -> Option<i32> {
        let stat = fs::read(process.join("stat")).ok()?;
        let end = stat.iter().rposition(|byte| *byte == b')')?;
        let mut words = std::str::from_utf8(&stat[end + 1..]).ok()?.split_ascii_whitespace();
        match words.next()? {
            "Z" | "X" => None,
            _ => words.next()?.parse().ok(),
        }
    }
}

/// The loop that stands between client and program while the program runs.
mod run {
    use crate::frames::{self, Fields, Frame};
    use crate::link::{is_temporary, Link};
    use crate::processes::{self, Report, Streams};
    use crate::request::Request;
    use crate::sys::{self, PollFd, WindowSize};
    use crate::terminal;
    use crate::trouble::{failed, Part, Result, Trouble};
    use std::fs::File;
    use std::io::{Read, Write};
    use std::os::fd::AsRawFd;

    /// The client may have this much of stdin on its way; more comes after a credit frame.
    const STDIN_CREDIT: usize = 64 << 10;
    /// With this much output waiting for the client, the rest stays in the program's pipes, and the program waits.
    const OUTPUT_LIMIT: usize = 256 << 10;
    /// The most that a pipe can hold: what a program that has ended may have left there.
    const PIPE_LIMIT: usize = 1 << 20;
    const END_OF_INPUT: u8 = 0x04; // Ctrl-D, as a terminal's way to say it

    struct Run<'a> {
        link: &'a mut Link,
        streams: Streams,
        group: i32,
        pending: Vec<u8>,
        stdin_ends: bool,
        freed: usize,
    }

    /// Runs a program to its end. Without the client no process of it stays.
    pub fn run(link: &mut Link, request: &Request) -> Result<()> {
        let streams = processes::start(request)?;
        let mut run = Run { link, streams, group: 0, pending: Vec::new(), stdin_ends: false, freed: 0 };
        let result = run.until_it_ends(request);
        match result {
            Ok(()) | Err(Trouble::Failed { part: Part::Start, .. }) => {}
            Err(_) => processes::end_all(run.group),
        }
        result
    }

    impl Run<'_> {
        fn until_it_ends(&mut self, request: &Request) -> Result<()> {
            loop {
                let mut fds = self.fds();
                self.link.wait(&mut fds)?;
                while let Some(frame) = self.link.take()? {
                    self.obey(&frame)?;
                }
                if fds[3].revents != 0 && self.hear(request)? {
                    return Ok(());
                }
                if fds[0].revents != 0 {
                    self.feed();
                }
                if fds[1].revents != 0 {
                    self.forward(frames::STDOUT);
                }
                if fds[2].revents != 0 {
                    self.forward(frames::STDERR);
                }
            }
        }

        fn fds(&self) -> [PollFd; 4] {
            let fd = |file: Option<&File>, events| PollFd { fd: file.map_or(-1, AsRawFd::as_raw_fd), events, revents: 0 };
            // A quick program writes before its keeper could say that it has started: the client hears of that first.
            let wanted = self.group != 0 && self.link.waiting() < OUTPUT_LIMIT;
            let output = |file: &'_ Option<File>| fd(file.as_ref().filter(|_| wanted), sys::POLLIN);
            [
                fd(self.streams.stdin.as_ref(), if self.pending.is_empty() { 0 } else { sys::POLLOUT }),
                output(&self.streams.stdout),
                output(&self.streams.stderr),
                fd(Some(&self.streams.reports), sys::POLLIN),
            ]
        }

        fn obey(&mut self, frame: &Frame) -> Result<()> {
            let mut fields = Fields(&frame.payload);
            match frame.kind {
                frames::STDIN => {
                    if self.pending.len() + frame.payload.len() > STDIN_CREDIT {
                        return failed(Part::Protocol, "more of stdin than there was credit for");
                    }
                    if self.streams.stdin.is_some() {
                        self.pending.extend_from_slice(&frame.payload);
                    }
                    self.feed();
                }
                frames::STDIN_END => {
                    self.stdin_ends = true;
                    self.feed();
                }
                frames::SIGNAL => processes::signal_group(self.group, fields.u32()? as i32),
                frames::WINDOW => {
                    let size = WindowSize { rows: fields.u16()?, columns: fields.u16()?, x_pixels: 0, y_pixels: 0 };
                    if let Some(terminal) = &self.streams.terminal {
                        terminal::resize(&terminal.master, &size);
                    }
                }
                // Our end closed, the program gets SIGPIPE as it would from `| head -1` on the device.
                frames::CLOSE_OUTPUT => match fields.u8()? {
                    1 => self.streams.stdout = None,
                    _ => self.streams.stderr = None,
                },
                kind => return failed(Part::Protocol, format!("frame 0x{kind:02x} while a program runs")),
            }
            Ok(())
        }

        /// Gives the program as much of its stdin as it takes now.
        fn feed(&mut self) {
            if self.stdin_ends && self.streams.terminal.is_some() {
                self.pending.push(END_OF_INPUT);
                self.stdin_ends = false;
            }
            let Some(stdin) = &mut self.streams.stdin else { return };
            match if self.pending.is_empty() { Ok(0) } else { stdin.write(&self.pending) } {
                Ok(count) => {
                    self.pending.drain(..count);
                    self.freed += count;
                }
                Err(error) if is_temporary(&error) => {}
                Err(_) => {
                    // The program has closed its stdin. What still comes is dropped, and no more is asked for.
                    self.streams.stdin = None;
                    self.pending.clear();
                }
            }
            if self.pending.is_empty() && self.stdin_ends {
                self.streams.stdin = None;
            }
            if self.freed > 0 && (self.pending.is_empty() || self.freed >= STDIN_CREDIT / 4) && !self.stdin_ends {
                self.link.send(frames::CREDIT, &[&(self.freed as u32).to_le_bytes()]);
                self.freed = 0;
            }
        }

        /// Passes on one chunk of output. False when there is no more for now.
        fn forward(&mut self, kind: u8) -> bool {
            let source = if kind == frames::STDOUT { &mut self.streams.stdout } else { &mut self.streams.stderr };
            let Some(file) = source else { return false };
            let mut chunk = [0; 32 << 10];
            match file.read(&mut chunk) {
                Ok(count) if count > 0 => {
                    self.link.send(kind, &[&chunk[..count]]);
                    true
                }
                Err(error) if is_temporary(&error) => false,
                _ => {
                    *source = None; // the end; of a terminal: EIO
                    false
                }
            }
        }

        /// Handles one report of the keeper. True when the program has ended.
        fn hear(&mut self, request: &Request) -> Result<bool> {
            match Report::read(&mut self.streams.reports) {
                Some(Report::Started { pid }) => {
                    self.group = pid;
                    self.link.send(frames::STARTED, &[&pid.to_le_bytes()]);
                }
                Some(Report::Stopped { signal }) => self.link.send(frames::STOPPED, &[&signal.to_le_bytes()]),
                Some(Report::Continued) => self.link.send(frames::CONTINUED, &[]),
                Some(Report::Exited { code }) => return Ok(self.end(0, code, false)),
                Some(Report::Killed { signal, core }) => return Ok(self.end(1, signal, core)),
                Some(Report::NoFolder { errno }) => return not_started(errno, format!("cannot enter {}", request.folder.to_string_lossy())),
                Some(Report::NoStart { errno }) => return not_started(errno, format!("cannot start {}", request.program.to_string_lossy())),
                None => return failed(Part::Program, "the program's keeper was killed"),
            }
            Ok(false)
        }

        /// Sends what the program has left in its pipes, without waiting for others that hold them open, and how it ended.
        fn end(&mut self, how: u8, value: i32, core: bool) -> bool {
            if let Some(terminal) = self.streams.terminal.take() {
                drop(terminal.slave);
            }
            for kind in [frames::STDOUT, frames::STDERR] {
                let limit = self.link.waiting() + PIPE_LIMIT;
                while self.link.waiting() < limit && self.forward(kind) {}
            }
            self.link.send(frames::EXIT, &[&[how], &value.to_le_bytes(), &[u8::from(core)]]);
            true
        }
    }

    fn not_started(errno: i32, attempt: String) -> Result<bool> {
        let error = std::io::Error::from_raw_os_error(errno);
        let Trouble::Failed { part, text, .. } = crate::trouble::because(Part::Start, attempt)(error) else { return Ok(false) };
        // The file was looked at a moment ago: it is not the file that is missing.
        let text = if errno == sys::ENOENT && text.starts_with("cannot start") { text + " (its loader or interpreter)" } else { text };
        Err(Trouble::Failed { part, errno, text })
    }
}

use frames::Fields;
use link::Link;
use request::Request;
use store::Stored;
use trouble::{failed, Part, Result};

/// What the client waits for; no shell prints a zero byte. The build is set by whoever compiles the agent.
const GREETING: &str = "\0FERRY 1 ";
const BUILD: Option<&str> = option_env!("FERRY_AGENT_BUILD");

fn main() {
    // Ctrl-C in the terminal of whoever started us is not for us. (Under sshd we lead a session already, and this fails.)
    unsafe { sys::setsid() };
    processes::adopt_orphans();
    // Who starts us without a shell that could enter our folder names it.
    if let Some(folder) = std::env::args_os().nth(1) {
        if let Err(error) = std::env::set_current_dir(&folder) {
            eprintln!("cannot enter {}: {error}", folder.to_string_lossy());
            return;
        }
    }
    let mut link = Link::open();
    link.greet(format!("{GREETING}{}\n", BUILD.unwrap_or("-")).as_bytes());
    if let Err(trouble) = store::check_folder() {
        let _ = trouble.tell(&mut link);
    } else {
        while serve(&mut link).or_else(|trouble| trouble.tell(&mut link)).is_ok() {}
    }
    let _ = link.flush();
}

/// Answers one question of the client.
fn serve(link: &mut Link) -> Result<()> {
    let frame = link.next()?;
    match frame.kind {
        frames::HAVE => {
            let files = Fields(&frame.payload).list(Stored::read)?;
            tell_missing(link, &files);
        }
        frames::PUT => store::put(link, &frame.payload)?,
        frames::PATCH => store::patch(link, &frame.payload)?,
        frames::RUN => {
            let request = Request::read(&frame.payload)?;
            if request.files.iter().all(Stored::is_there) {
                return run::run(link, &request);
            }
            tell_missing(link, &request.files);
        }
        // On their way when the program ended.
        frames::STDIN..=frames::WINDOW => {}
        kind => return failed(Part::Protocol, format!("frame 0x{kind:02x} is unknown")),
    }
    Ok(())
}

fn tell_missing(link: &mut Link, files: &[Stored]) {
    let hashes: Vec<u8> = files.iter().filter(|file| !file.is_there()).flat_map(|file| file.hash).collect();
    link.send(frames::MISSING, &[&hashes]);
}
