//! House-keeping: what Ferry keeps on the device, since when nobody has used it, and what of it goes.
//!
//! The last use of a thing is when its folder was last changed (of an agent: its file), set at every run: access times are often not kept. Whoever
//! uses a thing holds a shared lock on it (flock, which ends with its holder); whoever removes must have it alone, and waits for nobody.

use crate::frames::{self, Fields};
use crate::link::Link;
use crate::room;
use crate::store::Stored;
use crate::sys;
use crate::trouble::Result;
use std::ffi::CString;
use std::fs::{self, DirEntry, File, Metadata};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

const DAY: u64 = 24 * 60 * 60;
/// Without being told, what nobody has used for so long goes.
const UNUSED: u64 = 30 * DAY;
/// All that is kept is at most this part of the file system, and no more than `MOST`; and this part of it stays free.
const SHARE: u64 = 2;
const MOST: u64 = 2 << 30;
const MOST_UNKNOWN: u64 = 256 << 20;
const FREE_SHARE: u64 = 8;
const FREE_MOST: u64 = 256 << 20;
/// Something that is still being written is changed more often than this.
const HALF_DONE: u64 = 10 * 60;
/// A device without a clock begins in 1970: a time before 2020 says nothing about age.
const CLOCK_IS_SET: u64 = 1_577_836_800;

const DRY_RUN: u8 = 1;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Program,
    Agent,
    Tree,
    HalfDone,
}

#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Stays,
    Goes,
    InUse,
}

struct Thing {
    kind: Kind,
    path: PathBuf,
    name: Vec<u8>,
    size: u64,
    used: u64,
}

/// What this session uses, or is about to: it stays as long as this does.
#[derive(Default)]
pub struct Shelf {
    held: Vec<File>,
    has_grown: bool,
}

impl Shelf {
    /// Before it is looked whether they are there: what is held when it is found is not removed any more.
    pub fn hold(&mut self, files: &[Stored]) {
        self.held.extend(files.iter().filter_map(|file| hold(file.path.parent()?)));
        touch(Path::new(&own_agent()));
    }

    pub fn has_grown(&mut self, payload: &[u8]) {
        if let Ok(stored) = Stored::read(&mut Fields(payload)) {
            self.hold(&[stored]);
            self.has_grown = true;
        }
    }

    /// When a program has ended, and its client knows it: nobody waits for this. What was used by then goes last.
    pub fn keep_house(&mut self) {
        if std::mem::take(&mut self.has_grown) {
            sweep();
        }
        self.held.clear();
    }
}

/// Locks a folder of the store, or a tree, and notes that it is used now. None when it is not there (any more).
pub fn hold(folder: &Path) -> Option<File> {
    let held = File::open(folder).ok()?;
    unsafe { sys::flock(held.as_raw_fd(), sys::LOCK_SH) }; // some file systems know no locks
    let (locked, there) = (held.metadata().ok()?, fs::symlink_metadata(folder).ok()?);
    if identity(&locked) != identity(&there) {
        return None; // it was being removed when it was opened
    }
    touch(folder);
    Some(held)
}

/// Makes room for a file, the longest unused first, but for `kept`; nothing when all of it would not be enough. True when the file fits.
pub fn make_room(size: u64, kept: Option<&Stored>) -> bool {
    if room::is_for(size) {
        return true;
    }
    let kept = kept.and_then(|file| file.path.parent());
    let things: Vec<Thing> = things().into_iter().filter(|thing| Some(thing.path.as_path()) != kept).collect();
    if things.iter().map(|thing| thing.size).sum::<u64>() < room::lacking(size) {
        return false;
    }
    let running = running();
    for thing in &things {
        if remove(thing, &running) && room::is_for(size) {
            return true;
        }
    }
    false
}

/// By age, and by size as much as must be. What is in use stays, and is not counted: one large program is no reason to remove all small ones.
fn sweep() {
    let running = running();
    let things: Vec<Thing> = things().into_iter().filter(|thing| take(thing, &running, false) == Fate::Goes).collect();
    let (most, free) = match room::here() {
        Some(room) => ((room.total / SHARE).min(MOST), (room.total / FREE_SHARE).min(FREE_MOST)),
        None => (MOST_UNKNOWN, 0),
    };
    let mut kept: u64 = things.iter().map(|thing| thing.size).sum();
    for thing in &things {
        let is_crowded = kept > most || room::here().map_or(false, |room| room.available < free);
        if (is_crowded || idle(thing).map_or(false, |idle| idle > UNUSED)) && remove(thing, &running) {
            kept -= thing.size;
        }
    }
}

/// `ferry clean`: what was not used for so long goes, and all is told.
pub fn clean(link: &mut Link, payload: &[u8]) -> Result<()> {
    let mut fields = Fields(payload);
    let (flags, unused) = (fields.u8()?, fields.u64()?);
    let (things, running) = (things(), running());
    let mut told = Vec::new();
    for thing in &things {
        let fate = match idle(thing) {
            _ if is_own(thing) => Fate::InUse,
            _ if unused == 0 => take(thing, &running, flags & DRY_RUN == 0),
            Some(idle) if idle >= unused => take(thing, &running, flags & DRY_RUN == 0),
            _ => Fate::Stays,
        };
        told.extend([thing.kind as u8, fate as u8]);
        told.extend((thing.name.len() as u32).to_le_bytes());
        told.extend(&thing.name);
        told.extend(thing.size.to_le_bytes());
        told.extend(idle(thing).unwrap_or(u64::MAX).to_le_bytes());
    }
    let room = room::here().map_or((0, 0), |room| (room.total, room.available));
    link.send(frames::KEPT, &[&room.0.to_le_bytes(), &room.1.to_le_bytes(), &(things.len() as u32).to_le_bytes(), &told]);
    Ok(())
}

fn remove(thing: &Thing, running: &[(u64, u64)]) -> bool {
    take(thing, running, true) == Fate::Goes
}

/// Removes a thing that nobody uses, or only says what would become of it.
fn take(thing: &Thing, running: &[(u64, u64)], really: bool) -> Fate {
    let young = idle(thing).map_or(false, |idle| idle < HALF_DONE);
    if is_own(thing) || (thing.kind == Kind::HalfDone && young) {
        return Fate::InUse;
    }
    let Ok(place) = File::open(&thing.path) else { return Fate::Stays };
    // Beside its folder a tree has locks of its own: for who places files there, and for who runs something.
    let of_tree = ["lock", "running"].iter().filter_map(|name| File::open(thing.path.join(name)).ok()).filter(|_| thing.kind == Kind::Tree);
    let locks: Vec<File> = std::iter::once(place).chain(of_tree).collect();
    let is_alone = locks.iter().all(|lock| unsafe { sys::flock(lock.as_raw_fd(), sys::LOCK_EX | sys::LOCK_NB) } == 0);
    if !is_alone || runs(&thing.path, running) {
        return Fate::InUse;
    }
    let is_folder = fs::symlink_metadata(&thing.path).map_or(false, |found| found.is_dir());
    let removed = match is_folder {
        _ if !really => Ok(()),
        true => fs::remove_dir_all(&thing.path),
        false => fs::remove_file(&thing.path),
    };
    if removed.is_ok() { Fate::Goes } else { Fate::Stays }
}

/// All that is kept, the longest unused first.
fn things() -> Vec<Thing> {
    let mut all: Vec<Thing> = entries(".").filter_map(|entry| in_folder(&entry)).collect();
    all.extend(entries("store").filter_map(|entry| in_store(&entry)));
    all.extend(entries("work").filter_map(|entry| thing(Kind::Tree, &entry)));
    all.sort_by_key(|thing| thing.used);
    all
}

/// `agent-BUILD`, and `agent-BUILD.PID` while the shell that brings it writes.
fn in_folder(entry: &DirEntry) -> Option<Thing> {
    let name = entry.file_name();
    let rest = name.to_str()?.strip_prefix("agent-")?;
    thing(if rest.contains('.') { Kind::HalfDone } else { Kind::Agent }, entry)
}

/// `store/HASH/NAME`, and `store/HASH.part` while it arrives. A folder that is still empty is about to get its file.
fn in_store(entry: &DirEntry) -> Option<Thing> {
    let name = entry.file_name();
    if name.to_str()?.ends_with(".part") {
        return thing(Kind::HalfDone, entry);
    }
    let found = thing(Kind::Program, entry).filter(|_| entry.path().is_dir())?;
    let inside = entries(entry.path()).next();
    Some(match inside {
        Some(file) => Thing { name: file.file_name().as_bytes().to_vec(), ..found },
        None => Thing { kind: Kind::HalfDone, ..found },
    })
}

fn thing(kind: Kind, entry: &DirEntry) -> Option<Thing> {
    let found = entry.metadata().ok()?;
    let size = if found.is_dir() { size_below(&entry.path(), kind) } else { found.len() };
    Some(Thing { kind, path: relative(&entry.path()), name: entry.file_name().as_bytes().to_vec(), size, used: changed(&found) })
}

/// A tree's links to files of the store take no room of their own.
fn size_below(folder: &Path, kind: Kind) -> u64 {
    let sizes = entries(folder).filter_map(|entry| {
        let found = entry.metadata().ok()?;
        Some(if found.is_dir() { size_below(&entry.path(), kind) } else if kind == Kind::Tree && found.nlink() > 1 { 0 } else { found.len() })
    });
    sizes.sum()
}

fn relative(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_path_buf()
}

fn entries(folder: impl AsRef<Path>) -> impl Iterator<Item = DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

fn own_agent() -> String {
    format!("agent-{}", crate::BUILD.unwrap_or("-"))
}

fn is_own(thing: &Thing) -> bool {
    thing.kind == Kind::Agent && thing.name == own_agent().as_bytes()
}

/// Programs that were left behind by theirs are held by no agent.
fn runs(path: &Path, running: &[(u64, u64)]) -> bool {
    let is_one = |path: &Path| fs::symlink_metadata(path).map_or(false, |found| running.contains(&identity(&found)));
    is_one(path) || entries(path).any(|entry| is_one(&entry.path()))
}

/// What runs on the device, as far as we may know.
fn running() -> Vec<(u64, u64)> {
    let programs = entries("/proc").filter(|entry| entry.file_name().as_bytes()[0].is_ascii_digit());
    programs.filter_map(|entry| Some(identity(&fs::metadata(entry.path().join("exe")).ok()?))).collect()
}

fn identity(found: &Metadata) -> (u64, u64) {
    (found.dev(), found.ino())
}

fn touch(path: &Path) {
    if let Ok(path) = CString::new(path.as_os_str().as_bytes()) {
        unsafe { sys::utime(path.as_ptr(), std::ptr::null()) };
    }
}

fn changed(found: &Metadata) -> u64 {
    found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_secs())
}

/// For how many seconds nobody has used it; None when its time says nothing.
fn idle(thing: &Thing) -> Option<u64> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    (thing.used >= CLOCK_IS_SET).then(|| now.saturating_sub(thing.used))
}
