//! What cargo promises a test, on the device: `work/ID/` mirrors a workspace of the client's.
//!
//! Below it lie `workspace/` (and `target/`, where cargo's output is elsewhere), and what the agent needs to keep them in order:
//! `parts/` (a record for each part of the tree that was placed together), `lock` (whoever places holds it) and `running` (shared by
//! every run in the tree). Programs are hard links into the store, data files are copies: a test may write to them.

use crate::arrival;
use crate::entry::{Entry, Kind, Placed};
use crate::frames::{Fields, Frame, HAVE, PATCH, PLACED, PUT, TREE_DATA, TREE_END, WANTED};
use crate::inflate::inflate;
use crate::link::Link;
use crate::sha256::Sha256;
use crate::store::{self, Stored};
use crate::sys;
use crate::trouble::{because, failed, Part, Result};
use std::collections::{HashMap, HashSet};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// A tree's folder.
pub struct Tree {
    pub root: PathBuf,
}

/// What was placed together, as a client named it: the hash says whether it still means the same.
struct Record {
    hash: [u8; 32],
    placed: Vec<Placed>,
}

/// An flock, held until it is dropped.
pub struct Hold(#[allow(dead_code)] File);

impl Tree {
    pub fn open(id: &[u8]) -> Result<Tree> {
        if !is_name(id) {
            return failed(Part::Protocol, "a tree's name that is none");
        }
        let root = Path::new("work").join(String::from_utf8_lossy(id).as_ref());
        for folder in [Path::new("work"), &root, &root.join("parts"), &root.join("view")] {
            arrival::make_folder(folder)?;
        }
        Ok(Tree { root })
    }

    /// Whether a part lies here as it was placed. Files that a program has changed are restored, but not under a program that runs.
    pub fn has(&self, part: &[u8], hash: &[u8; 32]) -> Result<bool> {
        let record = self.record(part)?;
        if record.hash != *hash {
            return Ok(false);
        }
        let mut others = Others::of(self, part);
        let is_there = |placed: &Placed| placed.is_untouched(&self.root) || others.placed(&placed.entry).is_some();
        Ok(record.placed.iter().all(is_there) || self.lock("running", sys::LOCK_EX | sys::LOCK_NB).is_none())
    }

    /// One of the folders that mirror the client's: there even while it is empty.
    pub fn make_place(&self, place: &Path) -> Result<()> {
        crate::entry::make_folders(&self.root, place).map_err(because(Part::Store, format!("cannot make {}", place.display())))
    }

    /// For as long as a program runs here.
    pub fn hold(&self) -> Option<Hold> {
        self.lock("running", sys::LOCK_SH)
    }

    /// Makes the program that is to be run a part of its own.
    pub fn place_program(&self, program: &Stored, path: &Path) -> Result<()> {
        let entry = Entry::program(path, program);
        let part = format!("{:016x}", fnv(path));
        let record = self.record(part.as_bytes())?;
        if record.hash == program.hash && record.placed.iter().all(|placed| placed.is_untouched(&self.root)) {
            return Ok(());
        }
        self.place(part.as_bytes(), program.hash, &[entry], &[None])
    }

    fn lock(&self, name: &str, how: i32) -> Option<Hold> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(self.root.join(name)).ok()?;
        while unsafe { sys::flock(file.as_raw_fd(), how) } != 0 {
            if std::io::Error::last_os_error().kind() != std::io::ErrorKind::Interrupted {
                return None;
            }
        }
        Some(Hold(file))
    }

    fn record(&self, part: &[u8]) -> Result<Record> {
        if !is_name(part) {
            return failed(Part::Protocol, "a part's name that is none");
        }
        Ok(Record::read(&self.root.join("parts").join(String::from_utf8_lossy(part).as_ref())))
    }

    /// Which entries' contents are lacking.
    fn wanted(&self, part: &[u8], entries: &[Entry]) -> Result<Vec<usize>> {
        let old = self.record(part)?;
        let (before, mut others) = (old.by_path(), Others::of(self, part));
        let mut is_lacking = |entry: &Entry| match entry.kind {
            Kind::Data => !before.get(entry.path.as_path()).is_some_and(|placed| placed.entry == *entry && placed.is_untouched(&self.root)) && others.placed(entry).is_none(),
            Kind::Program => !entry.stored.is_there(),
            Kind::Folder | Kind::Link => false,
        };
        Ok(entries.iter().enumerate().filter(|(_, entry)| is_lacking(entry)).map(|(index, _)| index).collect())
    }

    /// Brings a part to what the client named. `arrived` holds the files that came for it.
    fn place(&self, part: &[u8], hash: [u8; 32], entries: &[Entry], arrived: &[Option<PathBuf>]) -> Result<()> {
        let _placing = self.lock("lock", sys::LOCK_EX);
        let alone = self.lock("running", sys::LOCK_EX | sys::LOCK_NB);
        let old = self.record(part)?;
        let mut others = Others::of(self, part);
        self.remove_what_left(&old, entries, &mut others);
        let before = old.by_path();
        let mut placed = Vec::new();
        for (entry, arrived) in entries.iter().zip(arrived) {
            match before.get(entry.path.as_path()).filter(|placed| placed.entry == *entry) {
                Some(same) if same.is_untouched(&self.root) || alone.is_none() => placed.push((*same).clone()),
                _ if arrived.is_none() && others.placed(entry).is_some() => placed.extend(others.placed(entry)),
                _ => {
                    entry.put(&self.root, arrived.as_deref()).map_err(because(Part::Store, format!("cannot place {}", entry.path.display())))?;
                    placed.push(Placed::of(entry.clone(), &self.root));
                }
            }
        }
        Record { hash, placed }.write(&self.root.join("parts").join(String::from_utf8_lossy(part).as_ref())).map_err(because(Part::Store, "cannot write the tree's record"))
    }

    /// What was placed here before and is not to be there any more, unless it belongs to another part; then folders that this left empty.
    fn remove_what_left(&self, old: &Record, entries: &[Entry], others: &mut Others) {
        let listed: HashSet<(&Path, bool)> = entries.iter().map(|entry| (entry.path.as_path(), entry.kind == Kind::Folder)).collect();
        let left: Vec<&Placed> = old.placed.iter().filter(|placed| !listed.contains(&(placed.entry.path.as_path(), placed.entry.kind == Kind::Folder))).collect();
        for gone in left.into_iter().rev().filter(|gone| !others.name(&gone.entry.path)) {
            let mut path = self.root.join(&gone.entry.path);
            let _ = if gone.entry.kind == Kind::Folder { fs::remove_dir(&path) } else { fs::remove_file(&path) };
            while path.pop() && path.parent() != Some(&self.root) && fs::remove_dir(&path).is_ok() {}
        }
    }

    /// An agent that was killed leaves `new.PID` behind.
    fn remove_leftovers(&self) {
        for entry in fs::read_dir(&self.root).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let Some(pid) = name.to_str().and_then(|name| name.strip_prefix("new.")).and_then(|pid| pid.parse().ok()) else { continue };
            if !store::is_alive(pid) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// What the other parts have placed: two packages may share a file. Read only when it is asked for.
struct Others<'a> {
    tree: &'a Tree,
    part: &'a [u8],
    known: Option<HashMap<PathBuf, Placed>>,
}

impl Others<'_> {
    fn of<'a>(tree: &'a Tree, part: &'a [u8]) -> Others<'a> {
        Others { tree, part, known: None }
    }

    fn known(&mut self) -> &HashMap<PathBuf, Placed> {
        let (tree, part) = (self.tree, String::from_utf8_lossy(self.part));
        self.known.get_or_insert_with(|| {
            let records = fs::read_dir(tree.root.join("parts")).into_iter().flatten().flatten().filter(|other| other.file_name() != *part);
            records.flat_map(|other| Record::read(&other.path()).placed).map(|placed| (placed.entry.path.clone(), placed)).collect()
        })
    }

    fn name(&mut self, path: &Path) -> bool {
        self.known().contains_key(path)
    }

    /// The same entry as another part has placed it, and nobody touched it since.
    fn placed(&mut self, entry: &Entry) -> Option<Placed> {
        let root = &self.tree.root;
        self.known().get(&entry.path).filter(|placed| placed.entry == *entry && placed.is_untouched(root)).cloned()
    }
}

impl Record {
    fn by_path(&self) -> HashMap<&Path, &Placed> {
        self.placed.iter().map(|placed| (placed.entry.path.as_path(), placed)).collect()
    }

    /// A broken record is as good as none.
    fn read(path: &Path) -> Record {
        let bytes = fs::read(path).unwrap_or_default();
        let mut fields = Fields(&bytes);
        let read = fields.take(32).and_then(|hash| {
            let mut record = Record { hash: [0; 32], placed: fields.list(Placed::read)? };
            record.hash.copy_from_slice(hash);
            Ok(record)
        });
        read.unwrap_or(Record { hash: [0; 32], placed: Vec::new() })
    }

    /// Everything that it tells of is on the disk before.
    fn write(&self, path: &Path) -> std::io::Result<()> {
        let beside = path.with_extension(format!("{}", std::process::id()));
        let mut bytes = self.hash.to_vec();
        bytes.extend((self.placed.len() as u32).to_le_bytes());
        self.placed.iter().for_each(|placed| placed.write(&mut bytes));
        let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&beside)?;
        file.write_all(&bytes)?;
        if self.placed.iter().any(|placed| placed.entry.kind == Kind::Data) {
            unsafe { sys::syncfs(file.as_raw_fd()) };
        }
        drop(file);
        fs::rename(&beside, path)
    }
}

/// Tree: the client says what a part is to hold. What is lacking of it is asked for, and arrives in between.
pub fn receive(link: &mut Link, payload: &[u8]) -> Result<()> {
    let mut fields = Fields(payload);
    let tree = Tree::open(fields.bytes()?)?;
    let part = fields.bytes()?.to_vec();
    let mut hash = [0; 32];
    hash.copy_from_slice(fields.take(32)?);
    let entries = fields.list(Entry::read)?;
    let wanted = tree.wanted(&part, &entries)?;
    let mut arrived = vec![None; entries.len()];
    if wanted.is_empty() {
        tree.place(&part, hash, &entries, &arrived)?;
    } else {
        tree.remove_leftovers();
        let numbers: Vec<u8> = [wanted.len()].into_iter().chain(wanted.iter().copied()).flat_map(|number| (number as u32).to_le_bytes()).collect();
        link.send(WANTED, &[&numbers]);
        let files = wanted.into_iter().filter(|index| entries[*index].kind == Kind::Data).collect();
        let mut arrivals = Arrivals { folder: tree.root.join(format!("new.{}", std::process::id())), entries: &entries, files, at: 0, file: None, sum: Sha256::new(), written: 0 };
        arrivals.receive(link)?;
        arrivals.files.iter().for_each(|index| arrived[*index] = Some(arrivals.path(*index)));
        tree.place(&part, hash, &entries, &arrived)?;
    }
    link.send(PLACED, &[]);
    Ok(())
}

/// The contents of files, one behind the other, in the order in which they were asked for.
struct Arrivals<'a> {
    folder: PathBuf,
    entries: &'a [Entry],
    files: Vec<usize>,
    at: usize,
    file: Option<File>,
    sum: Sha256,
    written: u64,
}

impl Arrivals<'_> {
    fn path(&self, index: usize) -> PathBuf {
        self.folder.join(index.to_string())
    }

    /// Programs come by Put and Patch, before the data.
    fn receive(&mut self, link: &mut Link) -> Result<()> {
        let first = loop {
            let frame = link.next()?;
            match frame.kind {
                PUT => store::put(link, &frame.payload)?,
                PATCH => store::patch(link, &frame.payload)?,
                HAVE => store::tell_missing(link, &Fields(&frame.payload).list(Stored::read)?),
                _ => break frame,
            }
        };
        let _ = fs::remove_dir_all(&self.folder); // of an earlier process with our number
        DirBuilder::new().mode(0o700).create(&self.folder).map_err(because(Part::Store, "cannot make a folder for what arrives"))?;
        let (mut first, mut ended) = (Some(first), false);
        let mut next = || -> Result<Option<Vec<u8>>> {
            let frame: Frame = match first.take() {
                Some(frame) => frame,
                None if ended => return Ok(None),
                None => link.next()?,
            };
            ended = frame.kind == TREE_END;
            match frame.kind {
                TREE_DATA => Ok(Some(frame.payload)),
                TREE_END => Ok(None),
                kind => failed(Part::Protocol, format!("frame 0x{kind:02x} inside a tree")),
            }
        };
        if self.files.is_empty() {
            next()?;
            return Ok(());
        }
        let unpacked = inflate(&mut next, &mut |piece| self.write(piece));
        while next()?.is_some() {} // the frames of a file that could not be written: the session goes on
        unpacked?;
        self.write(&[])?;
        if self.at < self.files.len() {
            return failed(Part::Store, "less arrived than was asked for");
        }
        Ok(())
    }

    fn write(&mut self, mut data: &[u8]) -> Result<()> {
        while self.at < self.files.len() {
            let index = self.files[self.at];
            let entry = &self.entries[index];
            let attempt = || format!("cannot write {}", entry.path.display());
            if self.file.is_none() {
                let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.path(index));
                self.file = Some(file.map_err(because(Part::Store, attempt()))?);
            }
            let (now, later) = data.split_at(data.len().min((entry.size - self.written) as usize));
            if let Some(file) = &mut self.file {
                file.write_all(now).map_err(because(Part::Store, attempt()))?;
            }
            self.sum.update(now);
            self.written += now.len() as u64;
            data = later;
            if self.written < entry.size {
                return Ok(());
            }
            if std::mem::replace(&mut self.sum, Sha256::new()).finish() != entry.hash {
                return failed(Part::Store, format!("what arrived for {} is something else", entry.path.display()));
            }
            (self.file, self.written, self.at) = (None, 0, self.at + 1);
        }
        if data.is_empty() { Ok(()) } else { failed(Part::Store, "more arrived than was asked for") }
    }
}

impl Drop for Arrivals<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn is_name(name: &[u8]) -> bool {
    name.len() == 16 && name.iter().all(u8::is_ascii_hexdigit)
}

/// FNV-1a: a short name for a path.
fn fnv(path: &Path) -> u64 {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}
