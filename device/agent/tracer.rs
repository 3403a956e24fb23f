//! The *tracer*: a process beside the keeper, forked before it, that traces the program, so as to see what it dies of.
//!
//! It seizes the program's threads (ptrace(2), PTRACE_SEIZE), which thus stop before a signal is delivered to them, and when they make
//! threads; every signal is passed straight on, and stops of job control stay what they are. Of a signal that nothing catches, and that
//! tells of a fault, it first says what it sees (`fault.rs`). Children of the program are not traced. It ends with the program; should it
//! end before, the program goes on as if it had never been there, and that is what it does when stops become so many that they cost time.
//! Why so, and not otherwise: docs/decisions/0027-post-mortem.md.

use crate::fault::{self, Signals};
use crate::processes::{close_all_but, die_with_parent, pipe, set_signals};
use crate::sys;
use crate::wire::executable;
use std::fs::{self, File};
use std::io::{Read, Result, Write};
use std::os::fd::AsRawFd;
use std::os::raw::c_ulong;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Stops that are for free, and how many more each second may bring: of 20 µs each, a thousandth of the time.
const FREE_STOPS: f64 = 1000.0;
const STOPS_A_SECOND: f64 = 50.0;

/// A tracer that waits for its program, which it is to trace from its first instruction on.
pub struct Waiting {
    tracer: i32,
    pid: File,
    seized: File,
    /// What it says that it sees.
    pub faults: File,
}

/// Forks one, from the agent. None when there is none: the program then runs without.
pub fn fork() -> Option<Waiting> {
    let ((pid_end, pid), (seized, seized_end), (faults, told)) = (pipe().ok()?, pipe().ok()?, pipe().ok()?);
    let agent = unsafe { sys::getpid() };
    // SAFETY: there is one thread, so the child may do anything.
    match unsafe { sys::fork() } {
        -1 => None,
        0 => {
            unsafe {
                set_signals(sys::SIG_IGN);
                sys::signal(sys::SIGCHLD, sys::SIG_DFL);
                die_with_parent(agent);
            }
            // Whatever we kept open here the program, or the next client, could never see closed.
            close_all_but(&[pid_end.as_raw_fd(), seized_end.as_raw_fd(), told.as_raw_fd()]);
            let _ = trace(pid_end, seized_end, &told);
            unsafe { sys::_exit(0) }
        }
        tracer => Some(Waiting { tracer, pid, seized, faults }),
    }
}

impl Waiting {
    /// In the process that will be the program: returns when it is traced, or cannot be.
    pub fn begin(&self) {
        unsafe { sys::prctl(sys::PR_SET_PTRACER, self.tracer as c_ulong) }; // Yama lets ancestors trace, and who is named
        let _ = (&self.pid).write_all(&unsafe { sys::getpid() }.to_le_bytes());
        let _ = (&self.seized).read(&mut [0]);
    }
}

/// A process has one tracer: ours makes room for a debugger.
pub fn make_room(process: i32) {
    let Some(tracer) = tracer_of(process) else { return };
    // Whatever its build is: agents lie in one folder.
    let is_agent = |path: &PathBuf| path.file_name().map_or(false, |name| name.to_string_lossy().starts_with("agent"));
    let folder = std::env::current_exe().ok().and_then(|path| path.parent().map(Path::to_path_buf));
    let is_ours = executable(tracer).filter(is_agent).map_or(false, |path| path.parent() == folder.as_deref());
    if is_ours {
        unsafe { sys::kill(tracer, sys::SIGKILL) };
        let begin = Instant::now();
        while tracer_of(process) == Some(tracer) && begin.elapsed() < Duration::from_secs(2) {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// proc(5), status: "TracerPid:\t0" when there is none.
pub fn tracer_of(process: i32) -> Option<i32> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let tracer = status.lines().find_map(|line| line.strip_prefix("TracerPid:"))?.trim().parse().ok()?;
    if tracer > 0 { Some(tracer) } else { None }
}

fn trace(mut pid_end: File, mut seized: File, told: &File) -> Result<()> {
    let mut bytes = [0; 4];
    pid_end.read_exact(&mut bytes)?;
    let pid = i32::from_le_bytes(bytes);
    let options = sys::PTRACE_O_TRACECLONE;
    if unsafe { sys::ptrace(sys::PTRACE_SEIZE, pid, 0 as c_ulong, options) } != 0 {
        return Ok(());
    }
    seized.write_all(&[1])?;
    drop((seized, pid_end));
    Tracer { pid, told, stops: FREE_STOPS, last: Instant::now(), caught: None }.run();
    Ok(())
}

struct Tracer<'a> {
    pid: i32,
    told: &'a File,
    /// How many more stops may be.
    stops: f64,
    last: Instant,
    /// The last fault that the program caught: thread, signal, and what was seen. Rust's std catches a stack's overflow so, says it, and aborts.
    caught: Option<(i32, i32, Vec<u8>)>,
}

impl Tracer<'_> {
    fn run(&mut self) {
        loop {
            let mut status = 0;
            let thread = unsafe { sys::waitpid(-1, &mut status, sys::WALL) };
            if thread < 0 {
                return; // all have ended
            }
            if status & 0xFF != 0x7F {
                continue;
            }
            let (signal, event) = (status >> 8 & 0xFF, status >> 16);
            match event {
                0 => self.pass_on(thread, signal),
                sys::PTRACE_EVENT_STOP if is_of_job_control(signal) => resume(sys::PTRACE_LISTEN, thread, 0),
                // clone(2) makes processes, too; those are left alone, as children are.
                sys::PTRACE_EVENT_STOP if thread != self.pid && !Path::new(&format!("/proc/{}/task/{thread}", self.pid)).exists() => resume(sys::PTRACE_DETACH, thread, 0),
                _ => resume(sys::PTRACE_CONT, thread, 0),
            }
            if !self.may_go_on() {
                let _ = self.told.write_all(&0u32.to_le_bytes());
                return;
            }
        }
    }

    fn pass_on(&mut self, thread: i32, signal: i32) {
        if fault::TELLING.contains(&signal) {
            self.look(thread, signal);
        }
        resume(sys::PTRACE_CONT, thread, signal);
    }

    fn look(&mut self, thread: i32, signal: i32) {
        let signals = Signals::of(self.pid, thread);
        if signals.are_caught(signal) {
            self.caught = fault::seen(self.pid, thread, signal, true).map(|seen| (thread, signal, seen));
        } else if !signals.are_ignored(signal) {
            // While its handler runs, a signal is blocked.
            let before = self.caught.take().filter(|(other, earlier, _)| *other == thread && signals.are_blocked(*earlier));
            for seen in before.map(|(.., seen)| seen).into_iter().chain(fault::seen(self.pid, thread, signal, false)) {
                let _ = self.told.write_all(&[&(seen.len() as u32).to_le_bytes()[..], &seen].concat());
            }
        }
    }

    fn may_go_on(&mut self) -> bool {
        let now = Instant::now();
        let passed = (now - std::mem::replace(&mut self.last, now)).as_secs_f64();
        self.stops = FREE_STOPS.min(self.stops + passed * STOPS_A_SECOND) - 1.0;
        self.stops > 0.0
    }
}

fn is_of_job_control(signal: i32) -> bool {
    (sys::SIGSTOP..=sys::SIGTTOU).contains(&signal)
}

fn resume(how: i32, thread: i32, signal: i32) {
    unsafe { sys::ptrace(how, thread, 0 as c_ulong, signal as c_ulong) };
}
