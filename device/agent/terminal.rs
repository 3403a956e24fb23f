//! A pseudo-terminal: the program's side and ours.

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
