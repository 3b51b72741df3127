//! What stands at the folders of the output. Each is looked at once; links are never followed.

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::base::Error;

use super::refusal;

/// What stands at the path of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// A real folder.
    Folder,
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A link, wherever it leads.
    Link,
}

/// The folders that were asked for.
#[derive(Debug)]
pub(super) struct Folders {
    root: PathBuf,
    /// The output was empty: there is nothing to look at.
    blank: bool,
    known: Mutex<HashMap<Box<str>, Standing>>,
    /// Those that are not there, each once, and what stands in their place.
    missing: Mutex<Vec<(Box<str>, Standing)>>,
}

impl Folders {
    pub(super) fn new(root: &Path, blank: bool) -> Self {
        Self { root: root.to_owned(), blank, known: Mutex::default(), missing: Mutex::default() }
    }

    /// What stands at `folder`, relative to the output, and at the folders above it.
    pub(super) fn look(&self, folder: &str) -> Result<Standing, Error> {
        if folder.is_empty() {
            return Ok(Standing::Folder);
        }
        if let Some(standing) = unpoisoned(self.known.lock()).get(folder) {
            return Ok(*standing);
        }
        let standing = match self.look(parent(folder))? {
            Standing::Folder if !self.blank => self.ask_disk(folder)?,
            // Nothing stands under a link that is ours.
            Standing::Link => Standing::Link,
            _ => Standing::Nothing,
        };
        let first = unpoisoned(self.known.lock()).insert(folder.into(), standing).is_none();
        if first && matches!(standing, Standing::Nothing | Standing::File) {
            unpoisoned(self.missing.lock()).push((folder.into(), standing));
        }
        Ok(standing)
    }

    /// The same, for a folder that is to be written into: a link on the way to it is an `Err`.
    pub(super) fn look_to_write(&self, folder: &str) -> Result<Standing, Error> {
        match self.look(folder)? {
            Standing::Link => {
                Err(refusal("write into", &self.root.join(folder), "a link stands in its way, and may lead out of the output folder"))
            }
            standing => Ok(standing),
        }
    }

    /// The folders that were asked for and are not there, sorted, and what stands in their place.
    pub(super) fn take_missing(&self) -> Vec<(Box<str>, Standing)> {
        let mut missing = std::mem::take(&mut *unpoisoned(self.missing.lock()));
        missing.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        missing
    }

    fn ask_disk(&self, folder: &str) -> Result<Standing, Error> {
        let path = self.root.join(folder);
        match fs::symlink_metadata(&path) {
            Ok(seen) if seen.is_symlink() => Ok(Standing::Link),
            Ok(seen) if seen.is_dir() => Ok(Standing::Folder),
            Ok(_) => Ok(Standing::File),
            Err(gone) if gone.kind() == ErrorKind::NotFound => Ok(Standing::Nothing),
            Err(refused) => Err(Error::new("look at", path, refused)),
        }
    }
}

/// The folder above `path`; `""` is the output folder.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A lock here guards single pushes and inserts, which a panic elsewhere cannot leave half done.
pub(super) fn unpoisoned<T>(lock: Result<T, PoisonError<T>>) -> T {
    lock.unwrap_or_else(PoisonError::into_inner)
}
