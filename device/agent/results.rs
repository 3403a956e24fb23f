//! What a program leaves behind for the client: files that match its patterns and were made or changed while it ran.

use crate::entry::tree_path;
use crate::frames::{Fields, RESULTS, RESULT_DATA};
use crate::link::Link;
use crate::trouble::{failed, Part, Result};
use crate::tree::Tree;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Bytes of results that may wait for the client.
const WAITING_LIMIT: usize = 256 << 10;
/// No tree of a client's holds more, and a program may have made a maze.
const DEEPEST: usize = 64;
const O_NOFOLLOW_NONBLOCK: i32 = if cfg!(any(target_arch = "arm", target_arch = "aarch64")) { 0o100_000 } else { 0o400_000 } | 0o4000;

/// Patterns below one folder of the tree: `*` and `?` within a name, `**` for any number of folders.
pub struct Pattern {
    folder: PathBuf,
    names: Vec<Vec<u8>>,
}

type Stamps = HashMap<PathBuf, (u64, i64, i64, u64)>;

/// The files that match, as they were before the program ran.
pub struct Before {
    root: PathBuf,
    patterns: Vec<Pattern>,
    stamps: Stamps,
}

impl Pattern {
    pub fn read(fields: &mut Fields) -> Result<Pattern> {
        let folder = tree_path(fields.bytes()?)?;
        let names: Vec<Vec<u8>> = fields.bytes()?.split(|byte| *byte == b'/').map(<[u8]>::to_vec).collect();
        if names.iter().any(|name| name.is_empty() || name == b"." || name == b"..") {
            return failed(Part::Protocol, "a pattern that leaves its folder");
        }
        Ok(Pattern { folder, names })
    }
}

impl Before {
    pub fn look(root: &Path, patterns: Vec<Pattern>) -> Before {
        let stamps = stamps(root, &patterns);
        Before { root: root.to_path_buf(), patterns, stamps }
    }

    /// Tells the client what is new or another.
    pub fn tell(&self, link: &mut Link) {
        let changed: Vec<(PathBuf, u64)> = stamps(&self.root, &self.patterns).into_iter()
            .filter(|(path, stamp)| self.stamps.get(path) != Some(stamp))
            .map(|(path, stamp)| (path, stamp.3))
            .collect();
        if changed.is_empty() {
            return;
        }
        let mut bytes = (changed.len() as u32).to_le_bytes().to_vec();
        for (path, size) in changed {
            let path = path.as_os_str().as_bytes();
            bytes.extend((path.len() as u32).to_le_bytes());
            bytes.extend(path);
            bytes.extend(size.to_le_bytes());
        }
        if bytes.len() <= crate::frames::LONGEST {
            link.send(RESULTS, &[&bytes]);
        }
    }
}

fn stamps(root: &Path, patterns: &[Pattern]) -> Stamps {
    let mut found = Stamps::new();
    for pattern in patterns {
        let names: Vec<&[u8]> = pattern.names.iter().map(Vec::as_slice).collect();
        walk(root, &pattern.folder, &names, 0, &mut found);
    }
    found
}

fn walk(root: &Path, folder: &Path, names: &[&[u8]], depth: usize, found: &mut Stamps) {
    let Some((name, rest)) = names.split_first() else { return };
    if depth > DEEPEST {
        return;
    }
    let is_any_depth = *name == b"**";
    if is_any_depth && !rest.is_empty() {
        walk(root, folder, rest, depth, found);
    }
    if !is_any_depth && !name.iter().any(|byte| matches!(byte, b'*' | b'?')) {
        return take(root, &folder.join(std::ffi::OsStr::from_bytes(name)), rest, rest, depth, found);
    }
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let entry_name = entry.file_name();
        let is_output = is_any_depth && depth == 0 && entry_name == "target";
        if is_any_depth && !is_output {
            take(root, &folder.join(entry_name), if rest.is_empty() { &[] } else { &[b"?"] }, names, depth, found);
        } else if !is_any_depth && matches(name, entry_name.as_bytes()) {
            take(root, &folder.join(entry_name), rest, rest, depth, found);
        }
    }
}

/// A file counts when no names are left for it, a folder is walked with those of its own. Links are neither.
fn take(root: &Path, path: &Path, left: &[&[u8]], below: &[&[u8]], depth: usize, found: &mut Stamps) {
    match fs::symlink_metadata(root.join(path)) {
        Ok(entry) if entry.is_dir() => walk(root, path, below, depth + 1, found),
        Ok(entry) if entry.is_file() && left.is_empty() => {
            found.insert(path.to_path_buf(), (entry.ino(), entry.ctime(), entry.ctime_nsec(), entry.size()));
        }
        _ => {}
    }
}

/// `*` for any number of bytes, `?` for one.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    match pattern.split_first() {
        None => name.is_empty(),
        Some((b'*', rest)) => (0..=name.len()).any(|count| matches(rest, &name[count..])),
        Some((byte, rest)) => name.first().is_some_and(|first| *byte == b'?' || byte == first) && matches(rest, &name[1..]),
    }
}

/// Fetch: the files that the client names, one behind the other. No link is followed.
pub fn send(link: &mut Link, payload: &[u8]) -> Result<()> {
    const MORE: u8 = 0;
    const END: u8 = 1;
    const UNREADABLE: u8 = 2;
    let mut fields = Fields(payload);
    let tree = Tree::open(fields.bytes()?)?;
    for path in fields.list(|fields| tree_path(fields.bytes()?))? {
        let opened = fs::OpenOptions::new().read(true).custom_flags(O_NOFOLLOW_NONBLOCK).open(tree.root.join(path));
        let Ok(mut file) = opened.and_then(only_a_file) else {
            link.send(RESULT_DATA, &[&[UNREADABLE]]);
            continue;
        };
        let mut chunk = [0; 32 << 10];
        let end = loop {
            match file.read(&mut chunk) {
                Ok(0) => break END,
                Ok(count) => link.send(RESULT_DATA, &[&[MORE], &chunk[..count]]),
                Err(_) => break UNREADABLE,
            }
            while link.waiting() > WAITING_LIMIT {
                link.wait(&mut [])?;
            }
        };
        link.send(RESULT_DATA, &[&[end]]);
    }
    Ok(())
}

fn only_a_file(file: File) -> std::io::Result<File> {
    if file.metadata()?.is_file() { Ok(file) } else { Err(std::io::ErrorKind::InvalidInput.into()) }
}
