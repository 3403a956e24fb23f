//! What the client wants to be run, and how.

use crate::debug::Wish;
use crate::frames::Fields;
use crate::in_tree::InTree;
use crate::store::Stored;
use crate::sys::WindowSize;
use crate::trouble::{failed, Part, Result};
use crate::view::View;
use std::ffi::CString;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

const TERMINAL: u8 = 1;
const STDERR_APART: u8 = 2;
const STDIN_GIVEN: u8 = 4;
const MEASURED: u8 = 8;
const ALONE: u8 = 16;
const TRACED: u8 = 32;

pub struct Request {
    pub files: Vec<Stored>,
    pub start: Start,
    /// The same with the paths of the client's PC, where those can be shown to the program.
    pub in_view: Option<(View, Start)>,
    pub tree: Option<InTree>,
    pub terminal: Option<WindowSize>,
    pub stderr_apart: bool,
    pub stdin_given: bool,
    /// A benchmark: the device's conditions belong to its figures.
    pub measured: bool,
    /// Nothing else of Ferry's may run meanwhile.
    pub alone: bool,
    /// What it dies of is to be told.
    pub traced: bool,
    /// In milliseconds, or 0.
    pub time_limit: u32,
    /// It is started by gdbserver.
    pub debugged: Option<Wish>,
}

/// What exec(2) is given, and where.
pub struct Start {
    pub program: CString,
    pub arguments: Vec<CString>,
    pub environment: Vec<CString>,
    pub folder: CString,
}

impl Request {
    /// What those are told who wait for it.
    pub fn name(&self) -> &[u8] {
        self.start.program.as_bytes().rsplit(|byte| *byte == b'/').next().unwrap_or_default()
    }

    /// With what the client wants of gdbserver in front, if it wants that.
    pub fn read(payload: &[u8], is_debugged: bool) -> Result<Request> {
        let mut fields = Fields(payload);
        let debugged = if is_debugged { Some(Wish::read(&mut fields)?) } else { None };
        let files = fields.list(Stored::read)?;
        let program = fields.bytes()?;
        let arguments = fields.list(|fields| text(fields.bytes()?))?;
        let given = fields.list(|fields| Ok(fields.bytes()?.to_vec()))?;
        let folder = fields.bytes()?;
        let library_folders = fields.list(|fields| Ok(fields.bytes()?.to_vec()))?;
        let flags = fields.u8()?;
        let size = WindowSize { rows: fields.u16()?, columns: fields.u16()?, x_pixels: 0, y_pixels: 0 };
        let time_limit = fields.u32()?;
        let tree = InTree::read(&mut fields)?;

        let here = std::env::current_dir().unwrap_or_default();
        let program = match files.first() {
            Some(first) if program.is_empty() => here.join(&first.path).into_os_string().into_vec(),
            None if program.is_empty() && !debugged.as_ref().map_or(false, Wish::attaches) => return failed(Part::Protocol, "nothing to run"),
            _ => program.to_vec(),
        };
        // Users of services have a home that is not there.
        let home = std::env::var_os("HOME").filter(|home| Path::new(home).is_dir()).map_or(b"/".to_vec(), OsStringExt::into_vec);
        let folder = if folder.is_empty() { home } else { folder.to_vec() };
        let stored_libraries = files.iter().filter(|file| file.is_library).filter_map(|file| file.path.parent());
        let libraries: Vec<Vec<u8>> = library_folders.into_iter().chain(stored_libraries.map(|folder| here.join(folder).into_os_string().into_vec())).collect();
        let start = |tree: Option<&InTree>, shown: bool| -> Result<Start> {
            let map = |path: &[u8]| tree.map_or_else(|| path.to_vec(), |tree| tree.path(path, &here, shown));
            let in_tree = tree.and_then(|tree| tree.program(&here, shown));
            let mut arguments = arguments.clone();
            if let (Some(program), Some(name)) = (&in_tree, arguments.first_mut()) {
                *name = text(program)?; // as cargo does, which starts tests by their paths
            }
            let folder = map(&folder);
            Ok(Start {
                program: text(in_tree.as_ref().unwrap_or(&program))?,
                arguments,
                environment: environment(given.iter().map(|variable| mapped(variable, &map)).collect(), libraries.clone(), &folder)?,
                folder: text(&folder)?,
            })
        };
        Ok(Request {
            start: start(tree.as_ref(), false)?,
            in_view: match tree.as_ref().and_then(|tree| tree.view(&here)) {
                Some(view) => Some((view, start(tree.as_ref(), true)?)),
                None => None,
            },
            tree,
            terminal: if flags & TERMINAL != 0 { Some(size) } else { None },
            stderr_apart: flags & STDERR_APART != 0,
            stdin_given: flags & STDIN_GIVEN != 0,
            measured: flags & MEASURED != 0,
            alone: flags & ALONE != 0,
            traced: flags & TRACED != 0,
            time_limit,
            debugged,
            files,
        })
    }
}

/// A variable whose value is a path of the client's PC names the same on the device.
fn mapped(variable: &[u8], map: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    match variable.iter().position(|byte| *byte == b'=') {
        Some(end) => [&variable[..=end], &map(&variable[end + 1..])].concat(),
        None => variable.to_vec(),
    }
}

fn text(bytes: &[u8]) -> Result<CString> {
    CString::new(bytes).or_else(|_| failed(Part::Protocol, "a zero byte inside a text"))
}

/// What the login gave us, overridden by what the client gives; libraries that were sent come before any that are here.
fn environment(given: Vec<Vec<u8>>, mut libraries: Vec<Vec<u8>>, folder: &[u8]) -> Result<Vec<CString>> {
    let mut all: Vec<(Vec<u8>, Vec<u8>)> = std::env::vars_os().map(|(name, value)| (name.into_vec(), value.into_vec())).collect();
    set(&mut all, b"PWD", folder.to_vec());
    all.retain(|(name, _)| name != b"OLDPWD");
    for entry in given {
        match entry.iter().position(|byte| *byte == b'=') {
            Some(end) => set(&mut all, &entry[..end], entry[end + 1..].to_vec()),
            None => return failed(Part::Protocol, "an environment variable without '='"),
        }
    }
    if !libraries.is_empty() {
        libraries.extend(all.iter().filter(|(name, value)| name == b"LD_LIBRARY_PATH" && !value.is_empty()).map(|(_, value)| value.clone()));
        set(&mut all, b"LD_LIBRARY_PATH", libraries.join(&b':'));
    }
    all.into_iter().map(|(name, value)| text(&[&name[..], b"=", &value[..]].concat())).collect()
}

fn set(all: &mut Vec<(Vec<u8>, Vec<u8>)>, name: &[u8], value: Vec<u8>) {
    all.retain(|(other, _)| other != name);
    all.push((name.to_vec(), value));
}
