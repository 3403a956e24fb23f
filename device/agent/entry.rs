//! One file, folder or link of a tree: as the client names it, and as it was placed.

use crate::frames::Fields;
use crate::store::Stored;
use crate::trouble::{failed, Part, Result};
use std::ffi::OsStr;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{symlink, DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Component, Path, PathBuf};

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Data,
    Program,
    Folder,
    Link,
}

const KINDS: [Kind; 4] = [Kind::Data, Kind::Program, Kind::Folder, Kind::Link];

#[derive(Clone)]
pub struct Entry {
    pub path: PathBuf,
    pub kind: Kind,
    mode: u32,
    pub size: u64,
    pub hash: [u8; 32],
    /// Where a link leads; the name of a program in the store.
    text: Vec<u8>,
    pub stored: Stored,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.kind == other.kind && self.mode == other.mode && self.size == other.size && self.hash == other.hash && self.text == other.text && self.path == other.path
    }
}

impl Entry {
    pub fn read(fields: &mut Fields) -> Result<Entry> {
        let kind = fields.u8()?;
        let Some(kind) = KINDS.get(kind as usize).copied() else { return failed(Part::Protocol, format!("an entry of kind {kind}")) };
        let path = tree_path(fields.bytes()?)?;
        let (mode, size) = (fields.u32()? & 0o777, fields.u64()?);
        let mut hash = [0; 32];
        hash.copy_from_slice(fields.take(32)?);
        let text = fields.bytes()?.to_vec();
        let name: &[u8] = if kind == Kind::Program { &text } else { b"data" };
        let stored = Stored::new(hash, name, size)?;
        Ok(Entry { path, kind, mode, size, hash, text, stored })
    }

    pub fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(KINDS.iter().position(|kind| *kind == self.kind).unwrap_or(0) as u8);
        write_text(bytes, self.path.as_os_str().as_bytes());
        bytes.extend(self.mode.to_le_bytes());
        bytes.extend(self.size.to_le_bytes());
        bytes.extend(self.hash);
        write_text(bytes, &self.text);
    }

    pub fn program(path: &Path, program: &Stored) -> Entry {
        let text = program.path.file_name().map_or(Vec::new(), |name| name.as_bytes().to_vec());
        Entry { path: path.to_path_buf(), kind: Kind::Program, mode: 0o700, size: program.size, hash: program.hash, text, stored: program.clone() }
    }

    /// Puts it in its place, over whatever is there. Files come beside first and take the name by a rename.
    pub fn put(&self, root: &Path, arrived: Option<&Path>) -> io::Result<()> {
        let path = root.join(&self.path);
        if self.kind == Kind::Program && is_same_file(&path, &self.stored.path) {
            return Ok(());
        }
        make_folders(root, if self.kind == Kind::Folder { &self.path } else { self.path.parent().unwrap_or(Path::new("")) })?;
        let beside = root.join(format!("beside.{}", std::process::id()));
        let _ = fs::remove_file(&beside);
        match (self.kind, arrived) {
            (Kind::Folder, _) => return fs::set_permissions(&path, Permissions::from_mode(self.mode | 0o700)),
            (Kind::Link, _) => symlink(OsStr::from_bytes(&self.text), &beside)?,
            (Kind::Data, Some(arrived)) => {
                fs::set_permissions(arrived, Permissions::from_mode(self.mode))?;
                fs::rename(arrived, &beside)?;
            }
            (Kind::Data, None) => return Ok(()), // a program changed it a moment ago: the next question finds it
            (Kind::Program, _) => fs::hard_link(&self.stored.path, &beside).or_else(|_| fs::copy(&self.stored.path, &beside).map(|_| ()))?,
        }
        fs::rename(&beside, &path)
    }
}

/// An entry with what the file system said of it when it had been placed.
#[derive(Clone)]
pub struct Placed {
    pub entry: Entry,
    stamp: [i64; 4],
}

impl Placed {
    pub fn of(entry: Entry, root: &Path) -> Placed {
        let stamp = stamp(&entry, root).unwrap_or_default();
        Placed { entry, stamp }
    }

    pub fn read(fields: &mut Fields) -> Result<Placed> {
        let entry = Entry::read(fields)?;
        let mut stamp = [0; 4];
        for number in &mut stamp {
            *number = fields.u64()? as i64;
        }
        Ok(Placed { entry, stamp })
    }

    pub fn write(&self, bytes: &mut Vec<u8>) {
        self.entry.write(bytes);
        self.stamp.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    }

    /// Whether nobody has touched it since.
    pub fn is_untouched(&self, root: &Path) -> bool {
        self.stamp != [0; 4] && stamp(&self.entry, root) == Some(self.stamp)
    }
}

/// None when it is not there as what it should be. A program's time of change tells of its links, not of its bytes.
fn stamp(entry: &Entry, root: &Path) -> Option<[i64; 4]> {
    let path = root.join(&entry.path);
    let found = fs::symlink_metadata(&path).ok()?;
    match entry.kind {
        Kind::Folder => found.is_dir().then_some([1, 0, 0, 0]),
        Kind::Link => (found.is_symlink() && fs::read_link(&path).ok()?.as_os_str().as_bytes() == entry.text).then_some([2, 0, 0, 0]),
        Kind::Data => (found.is_file() && found.len() == entry.size).then_some([found.ino() as i64, found.ctime(), found.ctime_nsec(), found.size() as i64]),
        Kind::Program => (found.is_file() && found.len() == entry.size).then_some([found.ino() as i64, found.mtime(), found.mtime_nsec(), found.size() as i64]),
    }
}

/// A path below a tree's folder, in one of the places that mirror the client's. Nothing else is ever written to.
pub fn tree_path(bytes: &[u8]) -> Result<PathBuf> {
    let path = Path::new(OsStr::from_bytes(bytes));
    let is_plain = !bytes.contains(&0) && path.components().all(|part| matches!(part, Component::Normal(_)));
    match path.components().next() {
        Some(Component::Normal(place)) if is_plain && (place == "workspace" || place == "target") => Ok(path.components().collect()),
        _ => failed(Part::Protocol, "a path that leaves its tree"),
    }
}

/// Folders only, made where they are not: a link that a program put there is taken away, not followed.
pub fn make_folders(root: &Path, path: &Path) -> io::Result<()> {
    let mut folder = root.to_path_buf();
    for part in path.components() {
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(found) if found.is_dir() => continue,
            Ok(_) => fs::remove_file(&folder)?,
            Err(_) => {}
        }
        DirBuilder::new().mode(0o755).create(&folder)?;
    }
    Ok(())
}

fn write_text(bytes: &mut Vec<u8>, text: &[u8]) {
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text);
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::symlink_metadata(one), fs::symlink_metadata(other)), (Ok(one), Ok(other)) if one.ino() == other.ino() && one.dev() == other.dev())
}
