//! A run in a tree: which parts must lie there, where the program is in it, and how paths of the client's PC are meant.

use crate::entry::tree_path;
use crate::frames::Fields;
use crate::results::{Before, Pattern};
use crate::store::Stored;
use crate::tree::{Hold, Tree};
use crate::trouble::Result;
use crate::view::View;
use std::ffi::OsStr;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

pub struct InTree {
    tree: Tree,
    parts: Vec<(Vec<u8>, [u8; 32])>,
    program: Option<PathBuf>,
    /// Folders of the PC's, and those of the tree that mirror them.
    places: Vec<(PathBuf, PathBuf)>,
    shows: bool,
    results: Vec<Pattern>,
    /// Why the program cannot see the PC's paths, as far as that is known before it is tried.
    pub no_view: String,
}

impl InTree {
    pub fn read(fields: &mut Fields) -> Result<Option<InTree>> {
        if fields.u8()? == 0 {
            return Ok(None);
        }
        let tree = Tree::open(fields.bytes()?)?;
        let parts = fields.list(|fields| {
            let (name, mut hash) = (fields.bytes()?.to_vec(), [0; 32]);
            hash.copy_from_slice(fields.take(32)?);
            Ok((name, hash))
        })?;
        let program = fields.bytes()?;
        let program = if program.is_empty() { None } else { Some(tree_path(program)?) };
        let places = fields.list(|fields| Ok((PathBuf::from(OsStr::from_bytes(fields.bytes()?)), tree_path(fields.bytes()?)?)))?;
        let shows = fields.u8()? != 0;
        let results = fields.list(Pattern::read)?;
        let no_view = match places.iter().find(|(pc, _)| !can_be_shown(pc)) {
            Some((pc, _)) if shows => format!("{} is no path that can be shown here", pc.display()),
            _ => String::new(),
        };
        Ok(Some(InTree { tree, parts, program, places, shows, results, no_view }))
    }

    /// The numbers of the parts that the client is to send.
    pub fn unknown_parts(&self) -> Result<Vec<u8>> {
        let mut unknown = Vec::new();
        for (number, (name, hash)) in self.parts.iter().enumerate() {
            if !self.tree.has(name, hash)? {
                unknown.push(number as u32);
            }
        }
        let count = if unknown.is_empty() { None } else { Some(unknown.len() as u32) };
        Ok(count.into_iter().chain(unknown).flat_map(u32::to_le_bytes).collect())
    }

    /// Where the tree lies.
    pub fn root(&self) -> &Path {
        &self.tree.root
    }

    /// Puts the program into its place, and keeps the tree as it is while the answer lives.
    pub fn enter(&mut self, files: &[Stored]) -> Result<(Option<Hold>, Before)> {
        if let (Some(path), Some(program)) = (&self.program, files.first()) {
            self.tree.place_program(program, path)?;
        }
        for (_, place) in &self.places {
            self.tree.make_place(place)?;
        }
        Ok((self.tree.hold(), Before::look(&self.tree.root, std::mem::take(&mut self.results))))
    }

    /// None when the program is run as it lies in the store.
    pub fn program(&self, here: &Path, shown: bool) -> Option<Vec<u8>> {
        let program = self.program.as_ref()?;
        let shown_at = self.places.iter().find_map(|(pc, place)| Some(pc.join(program.strip_prefix(place).ok()?)));
        Some(shown_at.filter(|_| shown).unwrap_or_else(|| here.join(&self.tree.root).join(program)).into_os_string().into_vec())
    }

    /// A path of the PC's as the program is to see it. What is none stays as it is.
    pub fn path(&self, path: &[u8], here: &Path, shown: bool) -> Vec<u8> {
        let mirrored = |(pc, place): &(PathBuf, PathBuf)| {
            let rest = path.strip_prefix(pc.as_os_str().as_bytes())?;
            // A client on Windows has backslashes.
            let rest: Vec<u8> = rest.iter().map(|byte| if *byte == b'\\' && !pc.is_absolute() { b'/' } else { *byte }).collect();
            (rest.is_empty() || rest[0] == b'/').then(|| [here.join(&self.tree.root).join(place).as_os_str().as_bytes(), &rest].concat())
        };
        self.places.iter().filter(|_| !shown).find_map(mirrored).unwrap_or_else(|| path.to_vec())
    }

    pub fn view(&self, here: &Path) -> Option<View> {
        let root = here.join(&self.tree.root);
        let covers_us = self.places.iter().any(|(pc, _)| here.starts_with(pc));
        (self.shows && self.no_view.is_empty() && !covers_us).then(|| View {
            places: self.places.iter().map(|(pc, place)| (root.join(place), pc.clone())).collect(),
            bench: root.join("view"),
        })
    }
}

fn can_be_shown(pc: &Path) -> bool {
    pc.is_absolute() && pc.components().count() > 1 && !pc.components().any(|part| part == std::path::Component::ParentDir)
}
