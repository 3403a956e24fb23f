//! The few functions of libc that std does not offer. Only calls whose arguments are integers and pointers to bytes: structures
//! that differ between architectures and between 32- and 64-bit time do not appear (`FileSystem` does not).

use std::os::raw::{c_char, c_int, c_long, c_short, c_uint, c_ulong, c_ushort, c_void};

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

/// Bytes that the kernel may write, and how many it has.
#[repr(C)]
pub struct IoVec {
    pub base: *mut c_void,
    pub length: usize,
}

/// struct statvfs as far as it is the same everywhere: musl's own, glibc's with 64-bit numbers.
#[repr(C)]
#[derive(Default)]
pub struct FileSystem {
    pub block: c_ulong,
    pub fragment: c_ulong,
    pub blocks: u64,
    pub free: u64,
    pub available: u64,
    rest: [u64; 16],
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
pub const SIGSTOP: c_int = 19;
pub const SIGTTOU: c_int = 22;
pub const SIG_DFL: usize = 0;
pub const SIG_IGN: usize = 1;
pub const SIG_SETMASK: c_int = 2;

pub const O_NONBLOCK: c_int = 0o4000;
pub const O_CLOEXEC: c_int = 0o2_000_000;
pub const O_NOCTTY: c_int = 0o400;
pub const F_SETFD: c_int = 2;
pub const FD_CLOEXEC: c_int = 1;
pub const F_GETFL: c_int = 3;
pub const F_SETFL: c_int = 4;
pub const WALL: c_int = 0x4000_0000;
pub const WUNTRACED: c_int = 2;
pub const WCONTINUED: c_int = 8;
pub const PR_SET_PDEATHSIG: c_int = 1;
pub const PR_SET_CHILD_SUBREAPER: c_int = 36;
pub const PR_SET_PTRACER: c_int = 0x5961_6D61;
pub const PTRACE_CONT: c_int = 7;
pub const PTRACE_DETACH: c_int = 17;
pub const PTRACE_GETSIGINFO: c_int = 0x4202;
pub const PTRACE_GETREGSET: c_int = 0x4204;
pub const PTRACE_SEIZE: c_int = 0x4206;
pub const PTRACE_LISTEN: c_int = 0x4208;
pub const PTRACE_O_TRACECLONE: c_ulong = 8;
pub const PTRACE_EVENT_STOP: c_int = 128;
pub const NT_PRSTATUS: c_ulong = 1;
pub const TIOCSWINSZ: c_ulong = 0x5414;
pub const PROT_READ: c_int = 1;
pub const PROT_WRITE: c_int = 2;
pub const MAP_SHARED: c_int = 1;
pub const MAP_PRIVATE: c_int = 2;
pub const MAP_ANONYMOUS: c_int = 0x20;
pub const LOCK_SH: c_int = 1;
pub const LOCK_EX: c_int = 2;
pub const LOCK_NB: c_int = 4;
pub const IUTF8: u32 = 0o40_000;

pub const CLONE_NEWNS: c_int = 0x2_0000;
pub const CLONE_NEWUSER: c_int = 0x1000_0000;
pub const MS_BIND: c_ulong = 0x1000;
pub const MS_MOVE: c_ulong = 0x2000;
pub const MS_REC: c_ulong = 0x4000;
pub const MS_UNBINDABLE: c_ulong = 0x2_0000;
pub const MS_PRIVATE: c_ulong = 0x4_0000;

pub const ENOENT: c_int = 2;
pub const ENOSPC: c_int = 28;
pub const EPIPE: c_int = 32;

extern "C" {
    pub fn flock(fd: c_int, how: c_int) -> c_int;
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
    pub fn ptrace(request: c_int, ...) -> c_long;
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
    pub fn syncfs(fd: c_int) -> c_int;
    pub fn unshare(flags: c_int) -> c_int;
    pub fn mount(source: *const c_char, target: *const c_char, kind: *const c_char, flags: c_ulong, data: *const c_void) -> c_int;
    pub fn chroot(path: *const c_char) -> c_int;
    pub fn getegid() -> c_uint;
    pub fn chdir(path: *const c_char) -> c_int;
    pub fn mmap(address: *mut c_void, length: usize, rights: c_int, flags: c_int, fd: c_int, offset: Offset) -> *mut c_void;
    pub fn utime(path: *const c_char, times: *const c_void) -> c_int;
    #[cfg_attr(target_env = "gnu", link_name = "statvfs64")]
    pub fn statvfs(path: *const c_char, found: *mut FileSystem) -> c_int;
    pub fn munmap(address: *mut c_void, length: usize) -> c_int;
}

/// off_t: 64 bits everywhere but with glibc on 32-bit systems.
#[cfg(all(target_env = "gnu", target_pointer_width = "32"))]
type Offset = i32;
#[cfg(not(all(target_env = "gnu", target_pointer_width = "32")))]
type Offset = i64;
