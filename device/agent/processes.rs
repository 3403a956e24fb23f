//! The program's processes.
//!
//! Between agent and program stands the *keeper*, a fork of the agent. It leads the program's session, and is its parent there:
//! without that the program's process group would be an orphaned one, to which Ctrl-Z means nothing. It waits for the program
//! and tells the agent through a pipe, which `poll` can watch (pidfds are too young for many devices).

use crate::debug::{self, Server};
use crate::link::set_nonblocking;
use crate::request::{Request, Start};
use crate::sys;
use crate::terminal::Terminal;
use crate::tracer::{self, Waiting};
use crate::trouble::{because, Part, Result};
use crate::view::View;
use crate::wire::Wire;
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
    /// The paths of the client's PC cannot be shown; the program is started without.
    NoView { errno: i32 },
    Stopped { signal: i32 },
    Continued,
    Exited { code: i32 },
    Killed { signal: i32, core: bool },
    /// gdbserver runs, which is going to start the program; its wrapper tells of that.
    Server { pid: i32 },
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
            Report::NoView { errno } => [7, errno, 0],
            Report::Server { pid } => [8, pid, 0],
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
            [7, errno, _] => Report::NoView { errno },
            [8, pid, _] => Report::Server { pid },
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

    pub fn write(&self, pipe: &mut File) {
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
    /// What the tracer sees; None when the program is not traced.
    pub faults: Option<File>,
    pub stdin: Option<File>,
    pub stdout: Option<File>,
    pub stderr: Option<File>,
    pub terminal: Option<Terminal>,
    pub wire: Option<Wire>,
}

/// The program's ends.
struct Ends {
    stdin: File,
    stdout: File,
    stderr: File,
    terminal: Option<PathBuf>,
    server: Option<Server>,
    tracer: Option<Waiting>,
}

/// (read end, write end), both closed on exec.
pub fn pipe() -> io::Result<(File, File)> {
    let mut fds = [0; 2];
    match unsafe { sys::pipe2(fds.as_mut_ptr(), sys::O_CLOEXEC) } {
        0 => Ok(unsafe { (File::from_raw_fd(fds[0]), File::from_raw_fd(fds[1])) }),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Starts the program, traced (if it is to be) by the tracer that stands by, or by one of its own; or gdbserver, which starts and traces it.
pub fn start(request: &Request, tracer: Option<Waiting>) -> Result<Streams> {
    let is_traced = request.traced && request.debugged.is_none();
    let tracer = tracer.filter(|_| is_traced).or_else(|| if is_traced { tracer::fork() } else { None });
    let (mut streams, mut ends, reports) = connect(request, tracer).map_err(because(Part::Start, "cannot connect the program's streams"))?;
    if let Some(wish) = &request.debugged {
        let (server, wire) = debug::connect(request, wish, [&ends.stdin, &ends.stdout, &ends.stderr], &reports, ends.terminal.is_some())?;
        (ends.server, streams.wire) = (Some(server), Some(wire));
    }
    [&streams.stdin, &streams.stdout, &streams.stderr, &streams.faults].into_iter().flatten().for_each(set_nonblocking);
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

fn connect(request: &Request, tracer: Option<Waiting>) -> io::Result<(Streams, Ends, File)> {
    let (reports, reports_end) = pipe()?;
    let (stderr, stderr_end) = pipe()?;
    let faults = tracer.as_ref().map(|tracer| tracer.faults.try_clone()).transpose()?;
    if let Some(size) = &request.terminal {
        let terminal = Terminal::open(size)?;
        let ends = Ends {
            stdin: terminal.slave.try_clone()?,
            stdout: terminal.slave.try_clone()?,
            stderr: if request.stderr_apart { stderr_end } else { terminal.slave.try_clone()? },
            terminal: Some(terminal.name.clone()),
            tracer,
            server: None,
        };
        let (stdin, stdout) = (terminal.master.try_clone()?, terminal.master.try_clone()?);
        return Ok((Streams { reports, faults, stdin: Some(stdin), stdout: Some(stdout), stderr: Some(stderr), terminal: Some(terminal), wire: None }, ends, reports_end));
    }
    let (stdout, stdout_end) = pipe()?;
    let (stdin_end, stdin) = if request.stdin_given {
        let (end, ours) = pipe()?;
        (end, Some(ours))
    } else {
        (File::open("/dev/null")?, None)
    };
    let ends = Ends { stdin: stdin_end, stdout: stdout_end, stderr: stderr_end, terminal: None, tracer, server: None };
    Ok((Streams { reports, faults, stdin, stdout: Some(stdout), stderr: Some(stderr), terminal: None, wire: None }, ends, reports_end))
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
    match (&ends.server, &request.in_view) {
        (Some(server), _) => start_below(ends, terminal.as_ref(), None, &server.start, &mut reports),
        (None, Some((view, start))) => start_below(ends, terminal.as_ref(), Some(view), start, &mut reports),
        _ => {}
    }
    start_below(ends, terminal.as_ref(), None, &request.start, &mut reports);
    unsafe { sys::_exit(1) }
}

/// Ends with the program. Returns only when the program could not be given its view.
fn start_below(ends: &Ends, terminal: Option<&File>, view: Option<&View>, start: &Start, reports: &mut File) {
    let Ok((mut failure, failure_end)) = pipe() else { unsafe { sys::_exit(1) } };
    let keeper = unsafe { sys::getpid() };
    match unsafe { sys::fork() } {
        -1 => {
            Report::NoStart { errno: io::Error::last_os_error().raw_os_error().unwrap_or(0) }.write(reports);
            unsafe { sys::_exit(1) }
        }
        0 => become_program(keeper, view, start, ends, terminal, failure_end, reports),
        pid => {
            drop(failure_end);
            let report = Report::read(&mut failure);
            if let Some(report @ Report::NoView { .. }) = report {
                report.write(reports);
                unsafe { sys::waitpid(pid, &mut 0, 0) };
                return;
            }
            // Whatever we kept open here the program could never see closed.
            close_all_but(&[reports.as_raw_fd()]);
            match report {
                Some(report) => report.write(reports),
                None => tell_how_it_goes(pid, reports, ends.server.is_some()),
            }
            unsafe { sys::_exit(0) }
        }
    }
}

/// Does something that blocks in a process of its own, which has nothing open but `needed` and dies with this one. What is returned
/// reads as ended when it has.
pub fn wait_elsewhere(needed: &[i32], wait: impl FnOnce()) -> Result<File> {
    let (ended, end) = pipe().map_err(because(Part::Start, "cannot wait"))?;
    let agent = unsafe { sys::getpid() };
    // SAFETY: there is one thread, so the child may do anything.
    match unsafe { sys::fork() } {
        -1 => Err(because(Part::Start, "cannot fork")(io::Error::last_os_error())),
        0 => {
            unsafe {
                set_signals(sys::SIG_DFL);
                die_with_parent(agent);
            }
            close_all_but(&[needed, &[end.as_raw_fd()]].concat());
            wait();
            unsafe { sys::_exit(0) }
        }
        _ => Ok(ended),
    }
}

/// The open ones by /proc, since a thousand calls take longer on a small processor than all else that the keeper does.
pub fn close_all_but(needed: &[i32]) {
    let listed = fs::read_dir("/proc/self/fd").map(|entries| entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect());
    for fd in listed.unwrap_or_else(|_| (0..1024).collect::<Vec<i32>>()).into_iter().filter(|fd| !needed.contains(fd)) {
        unsafe { sys::close(fd) };
    }
}

fn tell_how_it_goes(pid: i32, reports: &mut File, is_server: bool) {
    if is_server { Report::Server { pid } } else { Report::Started { pid } }.write(reports);
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
fn become_program(keeper: i32, view: Option<&View>, start: &Start, ends: &Ends, terminal: Option<&File>, mut failure: File, reports: &File) -> ! {
    unsafe {
        die_with_parent(keeper);
        if let Some(Err(error)) = view.map(View::enter) {
            Report::NoView { errno: errno(&error) }.write(&mut failure);
            sys::_exit(127)
        }
        die_with_parent(keeper); // a user namespace makes the kernel forget it
        if let Some(tracer) = &ends.tracer {
            tracer.begin();
        }
        sys::setpgid(0, 0);
        if let Some(terminal) = terminal {
            sys::tcsetpgrp(terminal.as_raw_fd(), sys::getpid());
        }
        let own = [&ends.stdin, &ends.stdout, &ends.stderr];
        let streams = ends.server.as_ref().map_or(own, |server| {
            server.keep_open([own[0], own[1], own[2], reports]);
            [&server.stdin, &server.stdout, &server.stderr]
        });
        for (fd, end) in (0..).zip(streams) {
            sys::dup2(end.as_raw_fd(), fd);
        }
        execute(start).write(&mut failure);
        sys::_exit(127)
    }
}

/// Becomes the program; returns only with why not.
pub fn execute(start: &Start) -> Report {
    let (argv, envp) = (pointers(&start.arguments), pointers(&start.environment));
    unsafe {
        if sys::chdir(start.folder.as_ptr()) != 0 {
            return Report::NoFolder { errno: errno(&io::Error::last_os_error()) };
        }
        // As after a login: nothing ignored (Rust's std ignores SIGPIPE in the agent), nothing blocked.
        set_signals(sys::SIG_DFL);
        sys::sigprocmask(sys::SIG_SETMASK, [0u64; 16].as_ptr().cast(), std::ptr::null_mut());
        sys::execve(start.program.as_ptr(), argv.as_ptr(), envp.as_ptr());
        Report::NoStart { errno: errno(&io::Error::last_os_error()) }
    }
}

fn errno(error: &io::Error) -> i32 {
    error.raw_os_error().unwrap_or(0)
}

fn pointers(texts: &[CString]) -> Vec<*const c_char> {
    texts.iter().map(|text| text.as_ptr()).chain([std::ptr::null()]).collect()
}

pub unsafe fn set_signals(disposition: usize) {
    for signal in 1..=64 {
        sys::signal(signal, disposition); // refused for KILL, STOP and the C library's own
    }
}

pub unsafe fn die_with_parent(parent: i32) {
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

/// Leaves them to whoever would have them without us.
pub fn leave_orphans() {
    unsafe { sys::prctl(sys::PR_SET_CHILD_SUBREAPER, 0 as std::os::raw::c_ulong) };
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
