//! What is seen of a thread that a signal is about to kill: its registers, code and stack, and what is mapped where.
//! Handed on as the kernel says it; the client knows what it means.

use crate::sys;
use std::fs::{self, File};
use std::io::Read;
use std::os::raw::{c_ulong, c_void};
use std::os::unix::fs::FileExt;

/// Signals that tell of a fault in the program: ILL, TRAP, ABRT, BUS, FPE, SEGV, SYS.
pub const TELLING: [i32; 7] = [4, 5, 6, 7, 8, 11, 31];

const MOST_OF_STACK: usize = 64 << 10;
/// What is below the stack's end may be in use, too (x86's red zone).
const BELOW_STACK: u64 = 128;
const PAGE: u64 = 4096;
const MOST_OF_GUARD: u64 = 64;
const CODE_AROUND: u64 = 32;
const MOST_OF_MAPS: u64 = 1 << 20;
const MOST_OF_AUXV: u64 = 4096;

/// By the size of its general registers: bytes of one, and which of them are program counter and stack pointer (user_regs_struct).
const MACHINES: [(usize, usize, usize, usize); 5] = [(72, 4, 15, 13), (272, 8, 32, 31), (216, 8, 16, 19), (68, 4, 12, 15), (256, 8, 0, 2)];

/// A thread's signals, as proc(5) tells: a bit each.
pub struct Signals {
    blocked: u64,
    ignored: u64,
    caught: u64,
}

impl Signals {
    pub fn of(pid: i32, thread: i32) -> Signals {
        let status = fs::read(format!("/proc/{pid}/task/{thread}/status")).unwrap_or_default();
        let status = String::from_utf8_lossy(&status);
        let set = |name: &str| status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix(name)?.trim(), 16).ok()).unwrap_or(0);
        Signals { blocked: set("SigBlk:"), ignored: set("SigIgn:"), caught: set("SigCgt:") }
    }

    pub fn are_blocked(&self, signal: i32) -> bool {
        is_in(self.blocked, signal)
    }

    pub fn are_ignored(&self, signal: i32) -> bool {
        is_in(self.ignored, signal)
    }

    pub fn are_caught(&self, signal: i32) -> bool {
        is_in(self.caught, signal)
    }
}

fn is_in(set: u64, signal: i32) -> bool {
    set >> (signal - 1) & 1 != 0
}

/// The payload of a Fault frame; the thread is stopped by the signal. None when its registers are not to be had.
pub fn seen(pid: i32, thread: i32, signal: i32, caught: bool) -> Option<Vec<u8>> {
    let registers = registers(thread)?;
    let (_, width, counter, stack) = *MACHINES.iter().find(|machine| machine.0 == registers.len())?;
    let register = |index: usize| registers[index * width..][..width].iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    let memory = File::open(format!("/proc/{pid}/mem")).ok();
    let piece = |from: u64, length: usize| {
        let mut bytes = vec![0; length];
        let count = memory.as_ref().and_then(|memory| memory.read_at(&mut bytes, from).ok()).unwrap_or(0);
        bytes.truncate(count);
        (from, bytes)
    };
    let stack = register(stack);
    // A stack that has overflowed ends where nothing is mapped; what is known of it begins some pages above.
    let known = (0..MOST_OF_GUARD).map(|page| if page == 0 { stack } else { (stack & !(PAGE - 1)) + page * PAGE }).find(|from| !piece(*from, 8).1.is_empty());
    let pieces = [
        piece(register(counter).saturating_sub(CODE_AROUND) & !3, 2 * CODE_AROUND as usize),
        piece(stack.saturating_sub(BELOW_STACK), BELOW_STACK as usize),
        piece(known.unwrap_or(stack), MOST_OF_STACK),
    ];

    let mut payload = vec![u8::from(caught), std::mem::size_of::<usize>() as u8];
    payload.extend(signal.to_le_bytes());
    payload.extend(thread.to_le_bytes());
    let of_process = |file: &str, most: u64| if caught { Vec::new() } else { content(&format!("/proc/{pid}/{file}"), most) };
    for bytes in [content(&format!("/proc/{pid}/task/{thread}/comm"), 64), information(thread), registers, of_process("maps", MOST_OF_MAPS), of_process("auxv", MOST_OF_AUXV)] {
        put(&mut payload, &bytes);
    }
    payload.extend((pieces.len() as u32).to_le_bytes());
    for (from, bytes) in &pieces {
        payload.extend(from.to_le_bytes());
        put(&mut payload, bytes);
    }
    Some(payload)
}

fn put(payload: &mut Vec<u8>, bytes: &[u8]) {
    payload.extend((bytes.len() as u32).to_le_bytes());
    payload.extend(bytes);
}

fn content(path: &str, most: u64) -> Vec<u8> {
    let mut content = Vec::new();
    let _ = File::open(path).and_then(|file| file.take(most).read_to_end(&mut content));
    content
}

/// NT_PRSTATUS of ptrace: the general registers, in the program's own width.
fn registers(thread: i32) -> Option<Vec<u8>> {
    let mut bytes = vec![0u8; 512];
    let mut part = sys::IoVec { base: bytes.as_mut_ptr().cast::<c_void>(), length: bytes.len() };
    let failed = unsafe { sys::ptrace(sys::PTRACE_GETREGSET, thread, sys::NT_PRSTATUS, &mut part as *mut sys::IoVec) } != 0;
    bytes.truncate(part.length);
    Some(bytes).filter(|_| !failed)
}

/// siginfo_t, in the agent's own width.
fn information(thread: i32) -> Vec<u8> {
    let mut bytes = vec![0u8; 128];
    let failed = unsafe { sys::ptrace(sys::PTRACE_GETSIGINFO, thread, 0 as c_ulong, bytes.as_mut_ptr()) } != 0;
    if failed { Vec::new() } else { bytes }
}
