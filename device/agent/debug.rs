//! The program under gdbserver, whose protocol the client's debugger speaks: nothing listens here.
//!
//! gdbserver is started in the program's place, with two pipes as its stdin and stdout (its form `-`). It starts the program through a
//! wrapper, which is this agent again (`--become`): that puts the program's own streams in place, and becomes the program. What to
//! start stands in a file without a name, since gdbserver takes words apart. docs/decisions/0028-debugging.md.

use crate::frames::Fields;
use crate::link::set_nonblocking;
use crate::processes::{self, Report};
use crate::request::{Request, Start};
use crate::sys;
use crate::tracer;
use crate::trouble::{because, failed, Part, Result};
use crate::wire::{executable, Wire};
use std::ffi::{CString, OsStr};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

pub const BECOME: &str = "--become";
pub const SCOPE: &str = "/proc/sys/kernel/yama/ptrace_scope";

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

/// `ends` are the program's stdin, stdout and stderr, `reports` where the wrapper tells how it goes.
pub fn connect(request: &Request, wish: &Wish, ends: [&File; 3], reports: &File, on_terminal: bool) -> Result<(Server, Wire)> {
    let path = find(request, wish)?;
    may_trace()?;
    let cannot = || because(Part::Start, "cannot connect gdbserver");
    let (stdin, input) = processes::pipe().map_err(cannot())?;
    let (output, stdout) = processes::pipe().map_err(cannot())?;
    let (errors, stderr) = processes::pipe().map_err(cannot())?;
    [&input, &output, &errors].into_iter().for_each(set_nonblocking);
    let mut words = vec![text(&path), c("--once")];
    let mut process = 0;
    let description = if wish.attaches() {
        process = wish.process()?;
        fits(&path, Path::new(&format!("/proc/{process}/exe")))?;
        tracer::make_room(process);
        words.extend([c("--attach"), c("-"), c(&process.to_string())]);
        None
    } else {
        fits(&path, Path::new(OsStr::from_bytes(request.start.program.as_bytes())))?;
        let file = describe(&request.start).map_err(because(Part::Start, "cannot write down what to start"))?;
        words.extend([c("--wrapper"), own_path()?, c(BECOME)]);
        words.extend([&file, reports, ends[0], ends[1], ends[2]].iter().map(|file| c(&file.as_raw_fd().to_string())));
        words.extend([c(if on_terminal { "terminal" } else { "-" }), c("--"), c("-"), request.start.program.clone()]);
        Some(file)
    };
    let start = Start { program: text(&path), arguments: words, environment: environment(), folder: c("/") };
    Ok((Server { start, stdin, stdout, stderr, description }, Wire::new(input, output, errors, process)))
}

impl Server {
    /// What gdbserver must inherit under the numbers that its wrapper was told.
    pub fn keep_open(&self, others: [&File; 4]) {
        for file in others.into_iter().chain(&self.description) {
            unsafe { sys::fcntl(file.as_raw_fd(), sys::F_SETFD, 0) };
        }
    }
}

/// Where the kernel lets nobody trace, his own children included, gdbserver waits for ever for one that it tries it with.
fn may_trace() -> Result<()> {
    let scope = fs::read_to_string(SCOPE).map_or(0, |text| text.trim().parse().unwrap_or(0));
    // 2: whoever has CAP_SYS_PTRACE may; 3: nobody (Documentation/admin-guide/LSM/Yama.rst).
    if scope > 2 || (scope == 2 && unsafe { sys::geteuid() } != 0) {
        return failed(Part::Debugger, format!("the kernel lets {} debug there; {SCOPE} is {scope}", if scope == 2 { "only root" } else { "nobody" }));
    }
    Ok(())
}

/// A wide gdbserver knows narrow programs, but not the other way round.
fn fits(server: &Path, program: &Path) -> Result<()> {
    if width(server) == Some(32) && width(program) == Some(64) {
        return failed(Part::Debugger, format!("{} is a 32-bit program, and cannot debug 64-bit ones", server.display()));
    }
    Ok(())
}

/// EI_CLASS. None for what is no ELF file, or cannot be read.
fn width(path: &Path) -> Option<u32> {
    let mut head = [0; 5];
    File::open(path).ok()?.read_exact_at(&mut head, 0).ok()?;
    match head {
        [0x7f, b'E', b'L', b'F', class] => Some(32 * u32::from(class)),
        _ => None,
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
