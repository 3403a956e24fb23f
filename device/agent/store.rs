//! The programs on the device: `store/HASH/NAME`, each written beside, checked, synced and renamed.

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

pub fn make_folder(folder: &Path) -> Result<()> {
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
        if !is_alive(pid) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

pub fn is_alive(pid: i32) -> bool {
    const ESRCH: i32 = 3;
    pid <= 0 || unsafe { sys::kill(pid, 0) } == 0 || std::io::Error::last_os_error().raw_os_error() != Some(ESRCH)
}
