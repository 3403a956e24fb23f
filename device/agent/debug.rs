//! The program under gdbserver, whose protocol the client's debugger speaks: nothing listens here.
//!
//! gdbserver is started in the program's place, with two pipes as its stdin and stdout (its form `-`). It starts the program through a
//! wrapper, which is this agent again (`--become`): that puts the program's own streams in place, and becomes the program. What to
//! start stands in a file without a name, since gdbserver takes words apart. docs/decisions/0028-debugging.md.

use crate::frames::{self, Fields};
use crate::link::{is_temporary, set_nonblocking, Link};
use crate::processes::{self, Report};
use crate::request::{Request, Start};
use crate::sys;
use crate::trouble::{because, failed, Part, Result};
use std::ffi::CString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub const BECOME: &str = "--become";

/// What a debugger that does not read may leave here. The protocol takes turns: more than this is none.
const WIRE_LIMIT: usize = 1 << 20;
/// From the end of its input to gdbserver's own end.
const GRACE: Duration = Duration::from_secs(3);
const WORDS_LIMIT: usize = 8 << 10;

/// What the client wants besides the run.
pub struct Wish {
    /// gdbserver is the last of the files that were sent, not one of the device's.
    sent: bool,
    /// The process to attach to: its number, or the name of its program. Empty to start the program.
    process: String,
}

impl Wish {
    pub fn read(fields: &mut Fields) -> Result<Wish> {
        Ok(Wish { sent: fields.u8()? != 0, process: String::from_utf8_lossy(fields.bytes()?).into_owned() })
    }

    pub fn attaches(&self) -> bool {
        !self.process.is_empty()
    }

    /// Of several with that name, ours and others', none is guessed.
    fn process(&self) -> Result<i32> {
        if let Ok(number) = self.process.parse() {
            return if number > 1 && executable(number).is_some() { Ok(number) } else { failed(Part::Debugger, format!("there is no process {number} of ours")) };
        }
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let mut all = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let found: Vec<i32> = all.by_ref().filter(|number| executable(*number).map_or(false, |path| name_of(&path) == self.process)).collect();
        match found[..] {
            [only] => Ok(only),
            [] => failed(Part::Debugger, format!("no program called '{}' runs there", self.process)),
            _ => failed(Part::Debugger, format!("several programs called '{}' run there: {}", self.process, found.iter().map(i32::to_string).collect::<Vec<_>>().join(", "))),
        }
    }
}

/// None for processes that are not ours to look at.
fn executable(process: i32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{process}/exe")).ok()
}

/// A program that has been removed since is called "NAME (deleted)".
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(" (deleted)").unwrap_or(&name).to_string()
}

/// gdbserver's ends, and what it is started as.
pub struct Server {
    pub start: Start,
    pub stdin: File,
    pub stdout: File,
    pub stderr: File,
    /// Stays open in gdbserver, for the wrapper.
    description: Option<File>,
}

/// Our side of it.
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

/// `ends` are the program's stdin, stdout and stderr, `reports` where the wrapper tells how it goes.
pub fn connect(request: &Request, wish: &Wish, ends: [&File; 3], reports: &File, on_terminal: bool) -> Result<(Server, Wire)> {
    let path = find(request, wish)?;
    let cannot = || because(Part::Start, "cannot connect gdbserver");
    let (stdin, input) = processes::pipe().map_err(cannot())?;
    let (output, stdout) = processes::pipe().map_err(cannot())?;
    let (errors, stderr) = processes::pipe().map_err(cannot())?;
    [&input, &output, &errors].into_iter().for_each(set_nonblocking);
    let mut words = vec![text(&path), c("--once")];
    let mut process = 0;
    let description = if wish.attaches() {
        process = wish.process()?;
        words.extend([c("--attach"), c("-"), c(&process.to_string())]);
        None
    } else {
        let file = describe(&request.start).map_err(because(Part::Start, "cannot write down what to start"))?;
        words.extend([c("--wrapper"), own_path()?, c(BECOME)]);
        words.extend([&file, reports, ends[0], ends[1], ends[2]].iter().map(|file| c(&file.as_raw_fd().to_string())));
        words.extend([c(if on_terminal { "terminal" } else { "-" }), c("--"), c("-"), request.start.program.clone()]);
        Some(file)
    };
    let start = Start { program: text(&path), arguments: words, environment: environment(), folder: c("/") };
    let wire = Wire {
        input: Some(input),
        output: Some(output),
        errors: Some(errors),
        pending: Vec::new(),
        words: Vec::new(),
        told: false,
        end: Watcher::default(),
        patience: None,
        server: 0,
        process,
    };
    Ok((Server { start, stdin, stdout, stderr, description }, wire))
}

impl Server {
    /// What gdbserver must inherit under the numbers that its wrapper was told.
    pub fn keep_open(&self, others: [&File; 4]) {
        for file in others.into_iter().chain(&self.description) {
            unsafe { sys::fcntl(file.as_raw_fd(), sys::F_SETFD, 0) };
        }
    }
}

impl Wire {
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
            Err(_) => self.close(),
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
        // 1: a process may look at its own children only, and gdbserver is not the parent of what it attaches to.
        let scope = fs::read_to_string("/proc/sys/kernel/yama/ptrace_scope").map_or(0, |text| text.trim().parse().unwrap_or(0));
        let hint = if self.attaches() && scope > 0 { format!("; /proc/sys/kernel/yama/ptrace_scope is {scope}") } else { String::new() };
        Some(format!("gdbserver ended: {}{hint}", kept.join("; ")))
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

/// The beginnings of the packets in one direction: `$`, the packet, `#` and two digits. Inside a packet `$` and `#` are escaped.
#[derive(Default)]
struct Packets {
    inside: bool,
    head: Vec<u8>,
}

impl Packets {
    const LONGEST_HEAD: usize = 40;

    fn each(&mut self, bytes: &[u8], mut see: impl FnMut(&[u8])) {
        for byte in bytes {
            match byte {
                b'$' => (self.inside, self.head) = (true, Vec::new()),
                b'#' if self.inside => {
                    self.inside = false;
                    see(&self.head);
                }
                _ if self.inside && self.head.len() < Packets::LONGEST_HEAD => self.head.push(*byte),
                _ => {}
            }
        }
    }
}

/// As the protocol wants it, an acknowledgement of what came before in front.
fn packet(words: &[u8]) -> Vec<u8> {
    let sum = words.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte));
    [b"+$", words, format!("#{sum:02x}").as_bytes()].concat()
}

/// What the protocol tells of the program (GDB's manual, "Stop Reply Packets" and "Packets").
#[derive(Default)]
struct Watcher {
    asked: Packets,
    answered: Packets,
    heard: bool,
    answers: usize,
    runs: bool,
    /// It was detached from, or killed.
    left: bool,
    /// What is inserted of breakpoints and watchpoints, as the packets Z and z name it.
    points: Vec<Vec<u8>>,
    end: Option<(u8, i32)>,
}

impl Watcher {
    fn hear_client(&mut self, bytes: &[u8]) {
        let (runs, left, points) = (&mut self.runs, &mut self.left, &mut self.points);
        self.asked.each(bytes, |head| match head.split_first() {
            Some((b'c' | b's' | b'C' | b'S', _)) => *runs = true,
            Some((b'v', _)) if head.starts_with(b"vCont;") => *runs = true,
            Some((b'D' | b'k', _)) => *left = true,
            Some((kind @ (b'Z' | b'z'), point)) => {
                let point = point.split(|byte| *byte == b';').next().unwrap_or_default();
                points.retain(|other| other != point);
                if *kind == b'Z' {
                    points.push(point.to_vec());
                }
            }
            _ => {}
        });
    }

    /// No other packets begin with these letters. `W` has an exit code, `X` a signal, in hexadecimal digits.
    fn hear_server(&mut self, bytes: &[u8]) {
        self.heard = true;
        let (runs, end, answers) = (&mut self.runs, &mut self.end, &mut self.answers);
        self.answered.each(bytes, |head| {
            *answers += 1;
            let Some((kind @ (b'T' | b'S' | b'W' | b'X'), rest)) = head.split_first() else { return };
            *runs = false;
            let digits = rest.iter().map_while(|byte| (*byte as char).to_digit(16)).fold(0, |sum, digit| (sum << 4 | digit as i32) & 0xFFFF);
            match kind {
                b'W' => *end = Some((0, digits & 0xFF)),
                b'X' => *end = Some((1, host_signal(digits))),
                _ => {}
            }
        });
    }
}

/// GDB numbers signals in its own way (include/gdb/signals.def); Linux' generic numbers from it, and 0 for what Linux has not.
fn host_signal(signal: i32) -> i32 {
    const LINUX: [i32; 31] = [0, 1, 2, 3, 4, 5, 6, 0, 8, 9, 7, 11, 31, 13, 14, 15, 23, 19, 20, 18, 17, 21, 22, 29, 24, 25, 26, 27, 28, 0, 10];
    match signal {
        0..=30 => LINUX[signal as usize],
        31 => 12,
        32 => 30,
        45..=75 => signal - 12, // SIGRT33 to SIGRT63
        77 => 32,
        78 => 64,
        _ => 0,
    }
}

fn find(request: &Request, wish: &Wish) -> Result<PathBuf> {
    if wish.sent {
        let here = std::env::current_dir().unwrap_or_default();
        return request.files.last().map_or_else(|| failed(Part::Protocol, "no gdbserver was sent"), |file| Ok(here.join(&file.path)));
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = path.split(':').chain(["/usr/local/bin", "/usr/bin", "/opt/bin"]).filter(|folder| folder.starts_with('/'));
    let is_program = |file: &PathBuf| fs::metadata(file).map_or(false, |found| found.is_file() && found.permissions().mode() & 0o111 != 0);
    let found = folders.map(|folder| Path::new(folder).join("gdbserver")).find(is_program);
    found.map_or_else(|| failed(Part::Debugger, "there is no gdbserver"), Ok)
}

/// gdbserver gives the wrapper's words to a shell. Ferry keeps the agent in a folder of plain letters only.
fn own_path() -> Result<CString> {
    let path = std::env::current_exe().map_err(because(Part::Start, "cannot tell where the agent lies"))?;
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+@".contains(byte);
    match path.into_os_string().into_vec() {
        path if path.iter().all(is_plain) => text_of(path),
        path => failed(Part::Start, format!("gdbserver cannot start the agent as {}", String::from_utf8_lossy(&path))),
    }
}

/// The login's, with a shell that splits words as POSIX has it.
fn environment() -> Vec<CString> {
    let all = std::env::vars_os().filter(|(name, _)| name != "SHELL").map(|(name, value)| [name.into_vec(), value.into_vec()].join(&b'='));
    all.filter_map(|variable| CString::new(variable).ok()).chain([c("SHELL=/bin/sh")]).collect()
}

/// Program, folder, arguments and variables, in a file that nobody else can open.
fn describe(start: &Start) -> io::Result<File> {
    let path = format!("debug-{}.start", unsafe { sys::getpid() });
    let _ = fs::remove_file(&path);
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    fs::remove_file(&path)?;
    let mut bytes = (start.arguments.len() as u32).to_le_bytes().to_vec();
    let mut put = |text: &CString| {
        bytes.extend_from_slice(&(text.as_bytes().len() as u32).to_le_bytes());
        bytes.extend_from_slice(text.as_bytes());
    };
    put(&start.program);
    put(&start.folder);
    start.arguments.iter().chain(&start.environment).for_each(put);
    file.write_all_at(&bytes, 0)?;
    Ok(file)
}

fn read_back(file: &File) -> Result<Start> {
    let cannot = || because(Part::Start, "cannot read what to start");
    let mut bytes = vec![0; file.metadata().map_err(cannot())?.len() as usize];
    file.read_exact_at(&mut bytes, 0).map_err(cannot())?;
    let mut fields = Fields(&bytes);
    let count = fields.u32()?;
    let (program, folder) = (text_of(fields.bytes()?.to_vec())?, text_of(fields.bytes()?.to_vec())?);
    let arguments = (0..count).map(|_| text_of(fields.bytes()?.to_vec())).collect::<Result<_>>()?;
    let mut environment = Vec::new();
    while !fields.0.is_empty() {
        environment.push(text_of(fields.bytes()?.to_vec())?);
    }
    Ok(Start { program, arguments, environment, folder })
}

/// The wrapper's whole life: `--become DESCRIPTION REPORTS STDIN STDOUT STDERR terminal|- PROGRAM`. What it cannot do gdbserver tells, too,
/// but not why.
pub fn become_program(words: &[String]) -> i32 {
    let numbers: Vec<i32> = words.iter().take(5).filter_map(|word| word.parse().ok()).collect();
    let [description, reports, stdin, stdout, stderr] = numbers[..] else { return 127 };
    // SAFETY: gdbserver was started with these open, and nobody else uses them here.
    let (description, mut reports) = unsafe { (File::from_raw_fd(description), File::from_raw_fd(reports)) };
    let Ok(start) = read_back(&description) else { return 127 };
    for fd in [description.as_raw_fd(), reports.as_raw_fd(), stdin, stdout, stderr] {
        unsafe { sys::fcntl(fd, sys::F_SETFD, sys::FD_CLOEXEC) };
    }
    unsafe {
        for (from, to) in [(stdin, 0), (stdout, 1), (stderr, 2)] {
            sys::dup2(from, to);
        }
        if words.get(5).map(String::as_str) == Some("terminal") {
            sys::signal(sys::SIGTTOU, sys::SIG_IGN);
            sys::tcsetpgrp(0, sys::getpid());
        }
    }
    Report::Started { pid: unsafe { sys::getpid() } }.write(&mut reports);
    processes::execute(&start).write(&mut reports);
    127
}

fn c(word: &str) -> CString {
    CString::new(word).unwrap_or_default()
}

fn text(path: &Path) -> CString {
    CString::new(path.as_os_str().to_owned().into_vec()).unwrap_or_default()
}

fn text_of(bytes: Vec<u8>) -> Result<CString> {
    CString::new(bytes).or_else(|_| failed(Part::Protocol, "a zero byte inside a text"))
}
