//! One build's way to the disk, up to the moment when it is published.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::base::{Error, OutputPath};

use super::folders::{Folders, Standing, parent, unpoisoned};
use super::hold::Hold;
use super::staging::Staging;
use super::{Opened, Overwrite, manifest, refusal, same};

/// An output folder held by one build. Until [`commit`](Self::commit) the site stays as it was; dropping the
/// publisher leaves it so.
#[derive(Debug)]
pub struct Publisher {
    pub(super) root: PathBuf,
    pub(super) overwrite: Overwrite,
    /// What earlier builds wrote, sorted; `None` before the first.
    pub(super) before: Option<Vec<Box<str>>>,
    /// Nothing was there that could be equal or in the way.
    pub(super) blank: bool,
    pub(super) folders: Folders,
    /// Paths of new files at which an old folder stands.
    pub(super) blocked: Mutex<Vec<Box<str>>>,
    pub(super) kept: Mutex<Vec<OutputPath>>,
    pub(super) staged: Mutex<Vec<(OutputPath, u64)>>,
    pub(super) bytes_staged: AtomicU64,
    // Dropped in this order: the folder is given free when nothing waits in it any more.
    pub(super) staging: Staging,
    pub(super) hold: Hold,
}

impl Publisher {
    /// Takes hold of the folder `output`, making it when it is not there. Whether it is a good place for a site is
    /// for [`check_place`](super::check_place) to say. Hidden files (`.git`, `.gitkeep`) do not make it foreign,
    /// since no page can meet them.
    pub fn open(output: &Path, overwrite: Overwrite) -> Result<Opened, Error> {
        let (root, hold) = Hold::take(output)?;
        let before = manifest::read(&hold.folder.join("manifest"))?;
        let example = first_visible(&root)?;
        let blank = example.is_none();
        if let (Some(example), None, Overwrite::OwnOnly) = (example, &before, overwrite) {
            return Ok(Opened::Foreign { example });
        }
        let staging = Staging::open(hold.folder.join("staging"))?;
        Ok(Opened::Ready(Self {
            folders: Folders::new(&root, blank),
            root,
            overwrite,
            before,
            blank,
            blocked: Mutex::default(),
            kept: Mutex::default(),
            staged: Mutex::default(),
            bytes_staged: AtomicU64::new(0),
            staging,
            hold,
        }))
    }

    /// Makes `bytes` the file at `path` of the next site. May be called from many threads at once, each path once;
    /// after an `Err` the site must not be committed.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), Error> {
        let length = bytes.len() as u64;
        if self.old_length(path)? == Some(length) && same::holds_bytes(&self.full(path), bytes) {
            unpoisoned(self.kept.lock()).push(path.clone());
            return Ok(());
        }
        let number = self.staging.write(bytes)?;
        self.stage(path, number, length);
        Ok(())
    }

    /// Keeps the file at `path` for the next site, if an earlier build wrote it and it still has this length; says
    /// whether it does.
    pub fn keep(&self, path: &OutputPath, length: u64) -> Result<bool, Error> {
        let kept = self.wrote(path.as_str()) && self.old_length(path)? == Some(length);
        if kept {
            unpoisoned(self.kept.lock()).push(path.clone());
        }
        Ok(kept)
    }

    /// Keeps the file at `path` for the next site, if an earlier build wrote it and `is_whole` says so of its first bytes and
    /// its length; says whether it does. For files whose names tell all that they are made from.
    pub fn keep_whole(&self, path: &OutputPath, is_whole: fn(&[u8], u64) -> bool) -> Result<bool, Error> {
        let kept = self.wrote(path.as_str()) && self.old_length(path)?.is_some() && same::is_whole(&self.full(path), is_whole);
        if kept {
            unpoisoned(self.kept.lock()).push(path.clone());
        }
        Ok(kept)
    }

    /// Keeps every file that an earlier build wrote and that `is_kept` names, as it stands.
    pub fn keep_written(&self, is_kept: impl Fn(&str) -> bool) {
        let kept = self.before.iter().flatten().filter(|path| is_kept(path)).filter_map(|path| OutputPath::new(path));
        unpoisoned(self.kept.lock()).extend(kept);
    }

    /// Makes a copy of the file `from` the file at `path` of the next site, like [`put`](Self::put).
    pub fn copy(&self, path: &OutputPath, from: &Path) -> Result<(), Error> {
        let source = plain_file(from)?;
        if self.old_length(path)? == Some(source.len()) && same::holds_file(&self.full(path), from)? {
            unpoisoned(self.kept.lock()).push(path.clone());
            return Ok(());
        }
        let (number, length) = self.staging.copy(from)?;
        self.stage(path, number, length);
        Ok(())
    }

    fn stage(&self, path: &OutputPath, number: u64, length: u64) {
        self.bytes_staged.fetch_add(length, Ordering::Relaxed);
        unpoisoned(self.staged.lock()).push((path.clone(), number));
    }

    /// The length of the plain file that stands at `path` already; an `Err` when it may not be replaced.
    fn old_length(&self, path: &OutputPath) -> Result<Option<u64>, Error> {
        let folder = parent(path.as_str());
        match self.folders.look_to_write(folder)? {
            Standing::Folder if !self.blank => {}
            Standing::File => return self.refuse_foreign(folder).map(|()| None),
            _ => return Ok(None),
        }
        let full = self.full(path);
        let seen = match fs::symlink_metadata(&full) {
            Ok(seen) => seen,
            Err(gone) if gone.kind() == ErrorKind::NotFound => return Ok(None),
            Err(refused) => return Err(Error::new("look at", full, refused)),
        };
        if seen.is_dir() {
            unpoisoned(self.blocked.lock()).push(path.as_str().into());
            return Ok(None);
        }
        self.refuse_foreign(path.as_str())?;
        Ok(seen.is_file().then_some(seen.len()))
    }

    fn refuse_foreign(&self, path: &str) -> Result<(), Error> {
        if self.overwrite == Overwrite::Force || self.wrote(path) {
            return Ok(());
        }
        Err(refusal("replace", &self.root.join(path), "Postilla did not write it; move it to `static/`, or build with `--force`"))
    }

    /// Whether an earlier build wrote `path`.
    pub(super) fn wrote(&self, path: &str) -> bool {
        self.before.as_deref().is_some_and(|before| before.binary_search_by(|written| (**written).cmp(path)).is_ok())
    }

    fn full(&self, path: &OutputPath) -> PathBuf {
        self.root.join(path.as_str())
    }
}

/// What the disk says of the file `from`, a plain one: to open a pipe would be to wait for its writer.
pub(super) fn plain_file(from: &Path) -> Result<fs::Metadata, Error> {
    let seen = fs::metadata(from).map_err(Error::at("read", from))?;
    if seen.is_file() { Ok(seen) } else { Err(refusal("read", from, "it is no longer a file")) }
}

/// A file or folder of `root` that a page could meet.
pub(super) fn first_visible(root: &Path) -> Result<Option<PathBuf>, Error> {
    for entry in fs::read_dir(root).map_err(Error::at("list", root))? {
        let entry = entry.map_err(Error::at("list", root))?;
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(b".") || name == ".well-known" || name == ".nojekyll" {
            return Ok(Some(entry.path()));
        }
    }
    Ok(None)
}
