//! A file on its way into the store. It grows under a name that is no program's, with a mode that nobody can start, and takes its own
//! name when all of it is there and its hash is right.
//!
//! `store/HASH.part` stays when the connection breaks, and the next Put goes on behind what it holds. One agent at a time writes there
//! (flock). Another that receives the same file meanwhile writes `store/PID.tmp`, as a patch does: with those nobody goes on.

use crate::sha256::Sha256;
use crate::shelf;
use crate::store::{hex, is_alive, is_ours, Mapping, Stored};
use crate::sys;
use crate::trouble::{because, failed, Part, Result};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Synced this often while writing, so that no single sync takes as long as a heartbeat may (SD cards write 1 MB/s at worst).
const SYNC_EVERY: u64 = 4 << 20;
/// A part that nobody goes on with for so long is cleared away.
const GIVEN_UP: Duration = Duration::from_secs(24 * 60 * 60);

/// Dropped before it is settled or left, it leaves nothing behind.
pub struct Arrival<'a> {
    stored: &'a Stored,
    place: PathBuf,
    file: Option<File>,
    /// Of a part. The file a second time: it must be closed for writing before it takes its name (a program open for writing cannot be
    /// started: ETXTBSY), and nobody else may have it until after that.
    lock: Option<File>,
    sum: Sha256,
    written: u64,
    is_over: bool,
}

/// How many bytes of it an interrupted Put has left for anybody to go on with.
pub fn there(stored: &Stored) -> u64 {
    let length = lock(&part_of(stored)).and_then(|part| part.metadata().ok()).map_or(0, |found| found.len());
    if length <= stored.size { length } else { 0 }
}

impl Arrival<'_> {
    /// A file that nobody will go on with.
    pub fn whole_or_nothing(stored: &Stored) -> Result<Arrival<'_>> {
        prepare()?;
        shelf::make_room(stored.size, None);
        let place = Path::new("store").join(format!("{}.tmp", std::process::id()));
        let _ = fs::remove_file(&place); // of an earlier process with our number
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&place);
        let file = file.map_err(because(Part::Store, format!("cannot create {}", place.display())))?;
        Ok(Arrival { stored, place, file: Some(file), lock: None, sum: Sha256::new(), written: 0, is_over: false })
    }

    /// The part, up to `from`, whose bytes are still to be taken in: `take_in`. None when that much of it is not there for us.
    pub fn from(stored: &Stored, from: u64) -> Result<Option<Arrival<'_>>> {
        prepare()?;
        let place = part_of(stored);
        if from == 0 {
            // There already, or impossible: what follows finds out.
            let _ = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&place);
        }
        match lock(&place) {
            Some(lock) if lock.metadata().map_or(false, |found| found.len() >= from) => {
                shelf::make_room(stored.size.saturating_sub(from), None);
                let file = OpenOptions::new().read(true).write(true).open(&place).and_then(|file| file.set_len(from).map(|()| file));
                let file = file.map_err(because(Part::Store, format!("cannot open {}", place.display())))?;
                Ok(Some(Arrival { stored, place, file: Some(file), lock: Some(lock), sum: Sha256::new(), written: 0, is_over: false }))
            }
            None if from == 0 => Arrival::whole_or_nothing(stored).map(Some),
            _ => Ok(None),
        }
    }

    /// Reads what is there already up to `from`, as its hash is over the whole. That can take a while: `meanwhile` is called often.
    pub fn take_in(&mut self, from: u64, meanwhile: &mut dyn FnMut() -> Result<()>) -> Result<()> {
        let mut piece = vec![0; 256 << 10];
        while let (true, Some(file)) = (self.written < from, &mut self.file) {
            let wanted = piece.len().min((from - self.written) as usize);
            file.read_exact(&mut piece[..wanted]).map_err(because(Part::Store, format!("cannot read {}", self.place.display())))?;
            self.sum.update(&piece[..wanted]);
            self.written += wanted as u64;
            meanwhile()?;
        }
        Ok(())
    }

    pub fn written(&self) -> u64 {
        self.written
    }

    pub fn write(&mut self, data: &[u8]) -> Result<()> {
        let before = self.written;
        self.written += data.len() as u64;
        if self.written > self.stored.size {
            return failed(Part::Store, "more data arrived than was announced");
        }
        self.sum.update(data);
        let (attempt, Some(file)) = (self.attempt(), &mut self.file) else { return Ok(()) };
        let synced = write_all(file, data).and_then(|()| if before / SYNC_EVERY != self.written / SYNC_EVERY { file.sync_data() } else { Ok(()) });
        synced.map_err(because(Part::Store, attempt))
    }

    /// All of the file as memory. Its bytes are written first: a full disk is an error here, and the end of this process there.
    pub fn whole(&mut self, length: usize) -> Result<Mapping> {
        let (attempt, Some(file)) = (self.attempt(), &mut self.file) else { return failed(Part::Store, "no file to write") };
        let zeros = [0; 1 << 16];
        for at in (0..length).step_by(zeros.len()) {
            write_all(file, &zeros[..zeros.len().min(length - at)]).map_err(because(Part::Store, attempt.as_str()))?;
        }
        Mapping::of(file, length, true)
    }

    /// What a patch has made in `whole`.
    pub fn count(&mut self, made: &[u8]) {
        self.sum.update(made);
        self.written += made.len() as u64;
    }

    /// The hash of what was written; None when that is what it should be.
    pub fn wrong_sum(&mut self) -> Option<String> {
        let sum = std::mem::replace(&mut self.sum, Sha256::new()).finish();
        let right = self.written == self.stored.size && sum == self.stored.hash;
        if right { None } else { Some(format!("what arrived has SHA-256 {}, and {} bytes", hex(&sum), self.written)) }
    }

    /// Gives it its name: synced and closed before, the folders synced after.
    pub fn settle(mut self, mode: u32) -> Result<()> {
        let attempt = self.attempt();
        self.rename(mode).map_err(because(Part::Store, attempt))
    }

    /// The connection broke: another Put may go on here.
    pub fn leave(mut self) {
        self.is_over = self.lock.is_some();
    }

    fn attempt(&self) -> String {
        format!("cannot write {}", self.stored.path.display())
    }

    fn rename(&mut self, mode: u32) -> std::io::Result<()> {
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
        fs::rename(&self.place, &self.stored.path)?;
        self.is_over = true;
        if self.lock.is_none() {
            remove_part(&part_of(self.stored)); // what is here by another way needs it no more
        }
        File::open(folder)?.sync_all()?;
        File::open("store")?.sync_all()
    }
}

impl Drop for Arrival<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            let _ = fs::remove_file(&self.place);
        }
    }
}

fn part_of(stored: &Stored) -> PathBuf {
    Path::new("store").join(hex(&stored.hash) + ".part")
}

/// The part, which is nobody else's while the result is open. None when there is none, or another agent has it.
fn lock(part: &Path) -> Option<File> {
    let file = File::open(part).ok()?;
    if unsafe { sys::flock(file.as_raw_fd(), sys::LOCK_EX | sys::LOCK_NB) } != 0 {
        return None;
    }
    // Until the lock was ours, it may have become a program, or have gone.
    let (held, named) = (file.metadata().ok()?, fs::symlink_metadata(part).ok()?);
    let same = (held.dev(), held.ino()) == (named.dev(), named.ino());
    if same && named.is_file() && is_ours(&named) { Some(file) } else { None }
}

/// Where space is short, parts that nobody is at are given up for it.
fn write_all(file: &mut File, mut data: &[u8]) -> std::io::Result<()> {
    while !data.is_empty() {
        match file.write(data) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => data = &data[count..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.raw_os_error() == Some(sys::ENOSPC) && remove_parts(Duration::ZERO) > 0 => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn prepare() -> Result<()> {
    make_folder(Path::new("store"))?;
    remove_parts(GIVEN_UP);
    remove_leftovers();
    Ok(())
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

/// How many parts of at least that age were removed. (A clock that was set back makes them younger, never older.)
fn remove_parts(age: Duration) -> usize {
    let old = |path: &Path| fs::symlink_metadata(path).and_then(|found| found.modified()).map_or(false, |time| time.elapsed().unwrap_or_default() >= age);
    let parts = fs::read_dir("store").into_iter().flatten().flatten().map(|entry| entry.path());
    parts.filter(|path| path.extension().map_or(false, |extension| extension == "part") && old(path) && remove_part(path)).count()
}

fn remove_part(part: &Path) -> bool {
    lock(part).map_or(false, |_lock| fs::remove_file(part).is_ok())
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
