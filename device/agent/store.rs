//! The programs on the device: `store/HASH/NAME`. How they come to lie there: `arrival.rs`.

use crate::arrival::{self, Arrival};
use crate::frames::{Fields, ARRIVED, MISSING, PUT_DATA, PUT_END, STORED};
use crate::inflate::inflate;
use crate::link::Link;
use crate::patch::{self, Header};
use crate::room;
use crate::sha256::Sha256;
use crate::shelf;
use crate::sys;
use crate::trouble::{because, failed, Part, Result, Trouble};
use std::cell::Cell;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A file of the store, as the client names it.
#[derive(Clone)]
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
        let (name, size) = (fields.bytes()?, fields.u64()?);
        Ok(Stored { is_library: fields.u8()? != 0, ..Stored::new(hash, name, size)? })
    }

    pub fn new(hash: [u8; 32], name: &[u8], size: u64) -> Result<Stored> {
        if name.is_empty() || name.len() > 255 || name == b"." || name == b".." || name.iter().any(|byte| *byte == b'/' || *byte == 0) {
            return failed(Part::Protocol, "a file name that is none");
        }
        let path = Path::new("store").join(hex(&hash)).join(OsStr::from_bytes(name));
        Ok(Stored { hash, path, size, is_library: false })
    }

    /// The hash was checked before the file got its name, and the folder lets nobody else write: the size is enough here.
    pub fn is_there(&self) -> bool {
        matches!(fs::symlink_metadata(&self.path), Ok(found) if found.is_file() && found.len() == self.size && is_ours(&found))
    }
}

pub fn is_ours(found: &fs::Metadata) -> bool {
    found.uid() == unsafe { sys::geteuid() }
}

pub fn hex(bytes: &[u8]) -> String {
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

/// Tells which of the files are not here, and what is here of each.
pub fn tell_missing(link: &mut Link, files: &[Stored]) {
    let missing = files.iter().filter(|file| !file.is_there());
    let bytes: Vec<u8> = missing.flat_map(|file| file.hash.into_iter().chain(arrival::there(file).to_le_bytes())).collect();
    link.send(MISSING, &[&bytes]);
}

/// Receives one file, or the rest of one. Where the beginning is not what the client took it for, it is told that all of it is missing. What is
/// wrong with it is told at once, so that the client need not send the rest; the frames that belong to it are read to the end all the same, and the
/// session can go on.
pub fn put(link: &mut Link, payload: &[u8]) -> Result<()> {
    let mut fields = Fields(payload);
    let stored = Stored::read(&mut fields)?;
    let mode = fields.u32()?;
    let compressed = fields.u8()? != 0;
    let from = fields.u64()?;
    let mut data = Data { link, ended: false, told: 0 };
    match receive(&stored, mode, compressed, from, &mut data) {
        Ok(true) => data.link.send(STORED, &[&stored.hash]),
        Ok(false) => data.link.send(MISSING, &[&stored.hash, &0u64.to_le_bytes()]),
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
    let mut data = Data { link, ended: false, told: 0 };
    match patched(&stored, &base, mode, &mut data) {
        Ok(true) => data.link.send(STORED, &[&stored.hash]),
        Ok(false) => data.link.send(MISSING, &[&base.hash, &0u64.to_le_bytes()]),
        Err(trouble) => trouble.tell(data.link)?,
    }
    while data.next()?.is_some() {}
    Ok(())
}

fn patched(stored: &Stored, base: &Stored, mode: u32, data: &mut Data) -> Result<bool> {
    let held = base.path.parent().and_then(shelf::hold);
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
    if !shelf::make_room(stored.size, Some(base)) {
        drop(held);
        return patched_in_memory(stored, base, mode, &header, body);
    }
    let mut arrival = Arrival::whole_or_nothing(stored)?;
    let old = Mapping::of(&File::open(&base.path).map_err(because(Part::Store, "cannot open the old program"))?, header.old_length, false)?;
    let new = arrival.whole(header.new_length)?;
    let applied = patch::apply(old.bytes(), body, new.bytes());
    arrival.count(new.bytes());
    drop(new);
    if applied.is_err() || arrival.wrong_sum().is_some() {
        return Ok(false);
    }
    arrival.settle(mode)?;
    Ok(true)
}

/// Where the old one and the new one do not fit side by side: the new one is made in memory, and checked; then the old one makes room for it. Where
/// there is no memory for that, the new one is sent whole.
fn patched_in_memory(stored: &Stored, base: &Stored, mode: u32, header: &Header, body: &[u8]) -> Result<bool> {
    if !room::is_in_memory(stored.size) {
        return Ok(false);
    }
    let Ok(new) = Mapping::of_nothing(header.new_length) else { return Ok(false) };
    let old = Mapping::of(&File::open(&base.path).map_err(because(Part::Store, "cannot open the old program"))?, header.old_length, false)?;
    let applied = patch::apply(old.bytes(), body, new.bytes());
    drop(old);
    let mut sum = Sha256::new();
    sum.update(new.bytes());
    if applied.is_err() || sum.finish() != stored.hash {
        return Ok(false);
    }
    let mut arrival = Arrival::whole_or_nothing(stored)?;
    for piece in new.bytes().chunks(1 << 16) {
        arrival.write(piece)?;
    }
    arrival.settle(mode)?;
    Ok(true)
}

/// A file's bytes as memory: read and written by the page, and nothing of it is ours to hold.
pub struct Mapping {
    start: *mut u8,
    length: usize,
}

impl Mapping {
    pub fn of(file: &File, length: usize, writable: bool) -> Result<Mapping> {
        let rights = sys::PROT_READ | if writable { sys::PROT_WRITE } else { 0 };
        Mapping::made(length, rights, sys::MAP_SHARED, file.as_raw_fd())
    }

    /// Memory that is no file's.
    fn of_nothing(length: usize) -> Result<Mapping> {
        Mapping::made(length, sys::PROT_READ | sys::PROT_WRITE, sys::MAP_PRIVATE | sys::MAP_ANONYMOUS, -1)
    }

    fn made(length: usize, rights: i32, flags: i32, file: i32) -> Result<Mapping> {
        if length == 0 {
            return Ok(Mapping { start: std::ptr::NonNull::dangling().as_ptr(), length });
        }
        let start = unsafe { sys::mmap(std::ptr::null_mut(), length, rights, flags, file, 0) };
        if start as isize == -1 {
            return Err(because(Part::Store, "cannot map a file into memory")(std::io::Error::last_os_error()));
        }
        Ok(Mapping { start: start.cast(), length })
    }

    #[allow(clippy::mut_from_ref)]
    pub fn bytes(&self) -> &mut [u8] {
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
    told: u64,
}

impl Data<'_> {
    /// Says how far we are, and asks for more.
    fn next_after(&mut self, written: u64) -> Result<Option<Vec<u8>>> {
        if written != self.told {
            self.told = written;
            self.link.send(ARRIVED, &[&written.to_le_bytes()]);
        }
        self.next()
    }

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

/// False when what was there of it is not what it was taken for.
fn receive(stored: &Stored, mode: u32, compressed: bool, from: u64, data: &mut Data) -> Result<bool> {
    let Some(mut arrival) = Arrival::from(stored, from)? else { return Ok(false) };
    match fill(&mut arrival, compressed, from, data) {
        Ok(()) => {}
        Err(Trouble::Lost) => {
            arrival.leave();
            return Err(Trouble::Lost);
        }
        Err(trouble) => return Err(trouble),
    }
    match arrival.wrong_sum() {
        None => arrival.settle(mode).map(|()| true),
        Some(_) if from > 0 => Ok(false),
        Some(words) => failed(Part::Store, words),
    }
}

fn fill(arrival: &mut Arrival, compressed: bool, from: u64, data: &mut Data) -> Result<()> {
    arrival.take_in(from, &mut || data.link.glance())?;
    if compressed {
        let written = Cell::new(from);
        let mut write = |piece: &[u8]| {
            arrival.write(piece)?;
            written.set(arrival.written());
            Ok(())
        };
        inflate(&mut || data.next_after(written.get()), &mut write)?;
    }
    while let Some(piece) = data.next_after(arrival.written())? {
        if compressed {
            return failed(Part::Store, "data behind the end of the compressed data");
        }
        arrival.write(&piece)?;
    }
    Ok(())
}

pub fn is_alive(pid: i32) -> bool {
    const ESRCH: i32 = 3;
    pid <= 0 || unsafe { sys::kill(pid, 0) } == 0 || std::io::Error::last_os_error().raw_os_error() != Some(ESRCH)
}
