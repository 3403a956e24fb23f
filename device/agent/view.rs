//! Paths of the client's PC that were compiled into a program: a mount namespace in which they lead into the tree.
//!
//! As root a namespace of its own is enough; others need a user namespace, too, in which they are who they were: supplementary groups
//! keep their effect, but setuid programs such as sudo lose theirs.

use crate::sys;
use std::ffi::CString;
use std::fs::{self, File};
use std::io::{Error, Result};
use std::os::raw::c_ulong;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{symlink, MetadataExt};
use std::path::{Path, PathBuf};

pub struct View {
    /// What is shown, and the path of the client's at which it is.
    pub places: Vec<(PathBuf, PathBuf)>,
    /// An empty folder of ours, where a folder with additions is put together.
    pub bench: PathBuf,
}

impl View {
    /// For the calling process, which has one thread and is about to become the program. Nothing of it can be undone.
    pub fn enter(&self) -> Result<()> {
        separate()?;
        mount(None, Path::new("/"), None, sys::MS_REC | sys::MS_PRIVATE)?;
        let mut built: Vec<PathBuf> = Vec::new();
        for (shown, at) in &self.places {
            if !at.is_dir() {
                self.make_way(at, &mut built)?;
            }
            mount(Some(shown), at, None, sys::MS_BIND | sys::MS_REC)?;
        }
        Ok(())
    }

    /// Makes a folder that the device does not have, in the program's eyes only: the nearest folder above it that is there becomes a copy
    /// in memory with everything of the old one mounted into it.
    fn make_way(&self, folder: &Path, built: &mut Vec<PathBuf>) -> Result<()> {
        let Some(above) = folder.ancestors().skip(1).find(|above| fs::read_dir(above).is_ok()) else { return Err(Error::from_raw_os_error(sys::ENOENT)) };
        if built.iter().any(|mine| folder.starts_with(mine)) || built.iter().any(|mine| mine == above) || is_for_files_of_the_program(above) {
            return fs::create_dir_all(folder);
        }
        let Some(first) = folder.strip_prefix(above).ok().and_then(|way| way.iter().next()) else { return Ok(()) };
        let bench = &self.bench;
        mount(Some(Path::new("ferry")), bench, Some("tmpfs"), 0)?;
        mount(None, bench, None, sys::MS_UNBINDABLE)?; // or the copies below would hold it, too
        for entry in fs::read_dir(above)?.flatten().filter(|entry| entry.file_name() != first) {
            let copy = bench.join(entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_symlink() {
                symlink(fs::read_link(entry.path())?, &copy)?;
                continue;
            }
            if kind.is_dir() { fs::create_dir(&copy)? } else { File::create(&copy).map(|_| ())? }
            mount(Some(&entry.path()), &copy, None, sys::MS_BIND | sys::MS_REC)?;
        }
        let way = bench.join(folder.strip_prefix(above).unwrap_or(folder));
        fs::create_dir_all(way)?;
        if above == Path::new("/") {
            std::env::set_current_dir(bench)?;
            // Not pivot_root: that refuses a root that is the kernel's first one (an initramfs).
            check(unsafe { sys::chroot(b".\0".as_ptr().cast()) })?;
            std::env::set_current_dir("/")?;
        } else {
            mount(Some(bench), above, None, sys::MS_MOVE)?;
        }
        built.push(above.join(first));
        built.push(above.to_path_buf());
        Ok(())
    }
}

/// /tmp, the home folder, what is the user's own: what a program writes there is to stay, so the way is made of real (empty) folders.
fn is_for_files_of_the_program(folder: &Path) -> bool {
    const OTHERS_WRITE: u32 = 0o002;
    let user = unsafe { sys::geteuid() };
    let is_home = std::env::var_os("HOME").is_some_and(|home| home.len() > 1 && folder.starts_with(home));
    folder != Path::new("/") && (is_home || fs::metadata(folder).is_ok_and(|found| found.mode() & OTHERS_WRITE != 0 || user != 0 && found.uid() == user))
}

fn separate() -> Result<()> {
    let (user, group) = unsafe { (sys::geteuid(), sys::getegid()) };
    if user == 0 && unsafe { sys::unshare(sys::CLONE_NEWNS) } == 0 {
        return Ok(());
    }
    check(unsafe { sys::unshare(sys::CLONE_NEWUSER | sys::CLONE_NEWNS) })?;
    let _ = fs::write("/proc/self/setgroups", "deny"); // Linux before 3.19 has no such file, and needs none
    fs::write("/proc/self/gid_map", format!("{group} {group} 1"))?;
    fs::write("/proc/self/uid_map", format!("{user} {user} 1"))
}

fn mount(what: Option<&Path>, at: &Path, kind: Option<&str>, flags: c_ulong) -> Result<()> {
    let text = |bytes: &[u8]| CString::new(bytes).map_err(|_| Error::from_raw_os_error(sys::ENOENT));
    let what = what.map(|path| text(path.as_os_str().as_bytes())).transpose()?;
    let kind = kind.map(|kind| text(kind.as_bytes())).transpose()?;
    let at = text(at.as_os_str().as_bytes())?;
    let or_null = |text: &Option<CString>| text.as_ref().map_or(std::ptr::null(), |text| text.as_ptr());
    check(unsafe { sys::mount(or_null(&what), at.as_ptr(), or_null(&kind), flags, if kind.is_some() { b"mode=755\0".as_ptr().cast() } else { std::ptr::null() }) })
}

fn check(result: i32) -> Result<()> {
    if result == 0 { Ok(()) } else { Err(Error::last_os_error()) }
}
