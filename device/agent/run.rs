//! The loop that stands between client and program while the program runs.

use crate::conditions;
use crate::frames::{self, Fields, Frame};
use crate::limit::Limit;
use crate::link::{is_temporary, Link};
use crate::memory::Memory;
use crate::processes::{self, Report, Streams};
use crate::request::Request;
use crate::results::Before;
use crate::sys::{self, PollFd, WindowSize};
use crate::terminal;
use crate::tracer::Waiting;
use crate::trouble::{failed, Part, Result, Trouble};
use crate::wire::Wire;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;

/// The client may have this much of stdin on its way; more comes after a credit frame.
const STDIN_CREDIT: usize = 64 << 10;
/// With this much output waiting for the client, the rest stays in the program's pipes, and the program waits.
const OUTPUT_LIMIT: usize = 256 << 10;
/// The most that a pipe can hold: what a program that has ended may have left there.
const PIPE_LIMIT: usize = 1 << 20;
/// Nobody saw how the program ended: its debugger ended it, or let it go.
const LET_GO: u8 = 2;
const END_OF_INPUT: u8 = 0x04; // Ctrl-D, as a terminal's way to say it

struct Run<'a> {
    link: &'a mut Link,
    streams: Streams,
    group: i32,
    pending: Vec<u8>,
    stdin_ends: bool,
    freed: usize,
    limit: Limit,
    measured: bool,
    /// Why the program does not see the paths of the client's PC.
    no_view: String,
    before: Option<&'a Before>,
    /// What the tracer has said so far.
    faults: Vec<u8>,
    memory: Memory,
}

/// Runs a program to its end. Without the client no process of it stays.
pub fn run(link: &mut Link, request: &Request, tracer: Option<Waiting>, before: Option<&Before>) -> Result<()> {
    if request.measured {
        conditions::tell(link, conditions::BEFORE);
        link.flush()?; // what is on its way is not measured
    }
    let streams = processes::start(request, tracer)?;
    let no_view = request.tree.as_ref().map_or(String::new(), |tree| tree.no_view.clone());
    let (limit, measured) = (Limit::of(request.time_limit), request.measured);
    let mut run = Run { link, streams, group: 0, pending: Vec::new(), stdin_ends: false, freed: 0, limit, measured, no_view, before, faults: Vec::new(), memory: Memory::now() };
    let result = run.until_it_ends(request);
    run.link.at_most = None;
    match result {
        Ok(()) => {}
        Err(Trouble::Failed { part: Part::Start, .. }) if run.streams.wire.is_none() => {}
        Err(_) => {
            run.let_go();
            processes::end_all(run.group);
        }
    }
    result
}

impl Run<'_> {
    fn until_it_ends(&mut self, request: &Request) -> Result<()> {
        loop {
            let mut fds = self.fds();
            let server_patience = self.streams.wire.as_mut().and_then(Wire::keep_time);
            self.link.at_most = self.limit.patience().into_iter().chain(server_patience).min();
            self.link.wait(&mut fds)?;
            self.keep_time();
            while let Some(frame) = self.link.take()? {
                self.obey(&frame)?;
            }
            if fds[4].revents != 0 {
                self.hear_of_faults();
            }
            self.carry(&fds);
            if fds[3].revents != 0 && self.hear(request)? {
                return Ok(());
            }
            self.tell_of_server();
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

    /// The client is gone. gdbserver is given the time to take its breakpoints out of a process that goes on.
    fn let_go(&mut self) {
        let Some(wire) = &mut self.streams.wire else { return };
        wire.close();
        while let (true, Some(left)) = (wire.attaches(), wire.keep_time()) {
            let mut reports = [PollFd { fd: self.streams.reports.as_raw_fd(), events: sys::POLLIN, revents: 0 }];
            unsafe { sys::poll(reports.as_mut_ptr(), 1, left.as_millis() as i32) };
            if reports[0].revents != 0 && !matches!(Report::read(&mut self.streams.reports), Some(Report::Server { .. } | Report::Stopped { .. } | Report::Continued)) {
                return;
            }
        }
    }

    /// Its first process gets the signals even where it has left its group.
    fn keep_time(&mut self) {
        let counts = self.group != 0 && !self.link.suspended;
        let Some(signal) = self.limit.due(counts) else { return };
        if signal == sys::SIGTERM {
            self.link.send(frames::TIMED_OUT, &[]);
        }
        for signal in [signal, sys::SIGCONT] {
            processes::signal_group(self.group, signal);
            unsafe { sys::kill(self.group, signal) };
        }
    }

    /// Between the client's debugger and gdbserver.
    fn carry(&mut self, fds: &[PollFd]) {
        let Some(wire) = &mut self.streams.wire else { return };
        if fds[5].revents != 0 {
            wire.feed();
        }
        if fds[6].revents != 0 || fds[7].revents != 0 {
            wire.forward(self.link, false);
        }
    }

    /// When gdbserver has what a debugger can speak of.
    fn tell_of_server(&mut self) {
        let Some(wire) = &mut self.streams.wire else { return };
        if wire.attaches() && self.group == 0 {
            self.group = wire.server; // which gets the signals that are meant for the program: that is not ours
        }
        if self.group != 0 && wire.becomes_ready() {
            self.link.send(frames::STARTED, &[&self.group.to_le_bytes(), wire.executable().as_os_str().as_bytes()]);
        }
    }

    fn fds(&self) -> [PollFd; 8] {
        let fd = |file: Option<&File>, events| PollFd { fd: file.map_or(-1, AsRawFd::as_raw_fd), events, revents: 0 };
        // A quick program writes before its keeper could say that it has started: the client hears of that first.
        let told = self.streams.wire.as_ref().map_or(self.group != 0, Wire::is_told);
        let wanted = told && self.link.waiting() < OUTPUT_LIMIT;
        let output = |file: &'_ Option<File>| fd(file.as_ref().filter(|_| wanted), sys::POLLIN);
        let wire = self.streams.wire.as_ref().map_or([(-1, 0); 3], |wire| wire.fds(self.link.waiting() < OUTPUT_LIMIT)).map(|(fd, events)| PollFd { fd, events, revents: 0 });
        [
            fd(self.streams.stdin.as_ref(), if self.pending.is_empty() { 0 } else { sys::POLLOUT }),
            output(&self.streams.stdout),
            output(&self.streams.stderr),
            fd(Some(&self.streams.reports), sys::POLLIN),
            fd(self.streams.faults.as_ref(), sys::POLLIN),
            wire[0],
            wire[1],
            wire[2],
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
            frames::WIRE | frames::WIRE_END => match &mut self.streams.wire {
                Some(wire) if frame.kind == frames::WIRE => wire.take(&frame.payload)?,
                Some(wire) => wire.close(),
                None => return failed(Part::Protocol, "a debugger's words for a program without gdbserver"),
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

    /// The tracer lets no signal through before all that it has seen is written.
    fn hear_of_faults(&mut self) {
        let Some(faults) = &mut self.streams.faults else { return };
        let mut chunk = [0; 32 << 10];
        loop {
            match faults.read(&mut chunk) {
                Ok(count) if count > 0 => self.faults.extend_from_slice(&chunk[..count]),
                Err(error) if is_temporary(&error) => return,
                _ => break,
            }
        }
        self.streams.faults = None;
    }

    /// What is known of a death by a signal.
    fn tell_of_death(&mut self, signal: i32) {
        self.hear_of_faults();
        let mut rest = Fields(&self.faults);
        while let Ok(fault) = rest.bytes() {
            self.link.send(frames::FAULT, &[fault]);
        }
        if signal == sys::SIGKILL {
            self.memory.tell(self.link, self.group);
        }
    }

    /// Handles one report of the keeper. True when the program has ended.
    fn hear(&mut self, request: &Request) -> Result<bool> {
        match Report::read(&mut self.streams.reports) {
            Some(Report::Server { pid }) => {
                if let Some(wire) = &mut self.streams.wire {
                    wire.server = pid;
                }
            }
            // gdbserver says when it stands still; and a debugger may start it again.
            Some(Report::Started { pid }) if self.streams.wire.is_some() => self.group = pid,
            Some(Report::Started { pid }) => {
                self.group = pid;
                self.link.send(frames::STARTED, &[&pid.to_le_bytes(), self.no_view.as_bytes()]);
            }
            Some(Report::NoView { errno }) => self.no_view = std::io::Error::from_raw_os_error(errno).to_string(),
            Some(Report::Stopped { signal }) => self.link.send(frames::STOPPED, &[&signal.to_le_bytes()]),
            Some(Report::Continued) => self.link.send(frames::CONTINUED, &[]),
            Some(Report::Exited { .. } | Report::Killed { .. }) if self.streams.wire.is_some() => return self.end_debugging(),
            Some(Report::Exited { code }) => return Ok(self.end(0, code, false)),
            Some(Report::Killed { signal, core }) => return Ok(self.end(1, signal, core)),
            Some(Report::NoFolder { errno }) => return not_started(errno, format!("cannot enter {}", request.start.folder.to_string_lossy())),
            Some(Report::NoStart { errno }) => return not_started(errno, format!("cannot start {}", request.start.program.to_string_lossy())),
            None => return failed(Part::Program, "the program's keeper was killed"),
        }
        Ok(false)
    }

    /// gdbserver has ended. What it started and did not see to its end goes, too.
    fn end_debugging(&mut self) -> Result<bool> {
        let Some(wire) = &mut self.streams.wire else { return Ok(true) };
        wire.forward(self.link, true);
        if let Some(failure) = wire.failure() {
            return failed(Part::Debugger, failure);
        }
        let (how, value) = wire.end().unwrap_or((LET_GO, 0));
        if how == LET_GO && !wire.attaches() {
            processes::end_all(self.group);
        }
        Ok(self.end(how, value, false))
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
        if how == 1 {
            self.tell_of_death(value);
        }
        if self.limit.passed {
            processes::end_all(self.group);
        }
        if self.measured {
            conditions::tell(self.link, conditions::AFTER);
        }
        if let Some(before) = self.before {
            before.tell(self.link);
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
