//! Finds the files of an archive. Follows a link only where it cannot publish what is not the archive's.

use std::borrow::Cow;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::base::{Code, DataPath, Diagnostic, Error, Outcome, Place, SourcePath};

use super::home::Homes;
use super::role::{FOLDERS, LONE_FILES, is_passing};
use super::{File, Role, Snapshot, Stamp, stray};

/// The nearest folder at or above `from` that holds a `postilla.toml`.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    let from = std::path::absolute(from).ok()?;
    from.ancestors().find(|folder| folder.join("postilla.toml").is_file()).map(Path::to_owned)
}

/// Lists the files of the archive at `root`. Hidden files, what editors leave, what `ignore` matches (globs
/// relative to the root; one without `/` matches a name at any depth; one that matches a folder matches all in
/// it) and the `output` folder are left out. A folder that is not there is empty.
pub fn scan(root: &Path, ignore: &[Box<str>], output: &Path) -> Result<Outcome<Snapshot>, Error> {
    let real_root = fs::canonicalize(root).map_err(Error::at("find the archive", root))?;
    let mut found = Vec::new();
    let mut walk = Walk {
        root,
        homes: Homes::of(root, real_root.clone(), &mut found),
        // An output folder that does not exist holds nothing to leave out.
        output: fs::canonicalize(output).ok(),
        ignored: ignored(ignore, &mut found),
        files: Vec::new(),
        found,
    };
    for file in LONE_FILES {
        walk.lone_file(file, &real_root)?;
    }
    for folder in FOLDERS {
        walk.top_folder(folder)?;
    }
    walk.beside_folders()?;
    walk.found.sort_by(|a, b| a.place.cmp(&b.place));
    let files = walk.files.into_par_iter().filter_map(|file| look_at(root, file).transpose()).collect::<Result<_, Error>>()?;
    Ok(Outcome::new(Snapshot::new(root, files), walk.found))
}

/// The file with its stamp; `None` when it has gone meanwhile.
fn look_at(root: &Path, file: File) -> Result<Option<File>, Error> {
    if file.stamp != Stamp::default() {
        return Ok(Some(file));
    }
    let full = root.join(file.path.as_str());
    let seen = present(fs::symlink_metadata(&full)).map_err(Error::at("look at", &full))?;
    Ok(seen.map(|seen| File { stamp: Stamp::of(&seen), ..file }))
}

pub(super) fn ignored(globs: &[Box<str>], found: &mut Vec<Diagnostic>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for (index, glob) in globs.iter().enumerate() {
        let trimmed = glob.trim_start_matches("./").trim_matches('/');
        let anywhere = if glob.contains('/') { trimmed.to_owned() } else { format!("**/{trimmed}") };
        match GlobBuilder::new(&anywhere).literal_separator(true).build() {
            Ok(glob) => drop(set.add(glob)),
            Err(bad) => found.push(bad_glob(index, glob, bad.kind())),
        }
    }
    set.build().unwrap_or_else(|bad| {
        found.push(bad_glob(0, bad.glob().unwrap_or(""), bad.kind()));
        GlobSet::empty()
    })
}

fn bad_glob(index: usize, glob: &str, why: &globset::ErrorKind) -> Diagnostic {
    let place = Place::data(&SourcePath::new("postilla.toml"), DataPath::root().key("ignore").index(index));
    Diagnostic::error(Code::BadValue, place, format!("`{glob}` is not a glob: {why}"))
}

struct Walk<'a> {
    root: &'a Path,
    homes: Homes,
    output: Option<PathBuf>,
    ignored: GlobSet,
    files: Vec<File>,
    found: Vec<Diagnostic>,
}

/// A folder on the way: its path in the archive, and where it really is.
struct Folder {
    path: String,
    real: PathBuf,
    /// The real folders from which links led here, from the first on.
    left: Vec<PathBuf>,
}

impl Walk<'_> {
    fn lone_file(&mut self, path: &str, real_root: &Path) -> Result<(), Error> {
        let full = self.root.join(path);
        let Some(seen) = present(fs::symlink_metadata(&full)).map_err(Error::at("look at", &full))? else { return Ok(()) };
        if self.ignored.is_match(path) || self.homes.refused(path) {
            return Ok(());
        }
        if seen.is_symlink() {
            let real = full.parent().and_then(|folder| fs::canonicalize(folder).ok());
            return self.link(path, real.unwrap_or_else(|| real_root.to_owned()), &[]);
        }
        if seen.is_file() {
            self.keep(path, Some(&seen));
        } else if seen.is_dir() {
            self.found.push(stray::wrong_kind(path, "file", "folder"));
        }
        Ok(())
    }

    fn top_folder(&mut self, path: &str) -> Result<(), Error> {
        let full = self.root.join(path);
        let Some(real) = present(fs::canonicalize(&full)).map_err(Error::at("find", &full))? else {
            self.found.extend(astray(path, &full));
            return Ok(());
        };
        let parent = full.parent().unwrap_or(self.root);
        let parent = fs::canonicalize(parent).map_err(Error::at("find", parent))?;
        if parent.starts_with(&real) {
            self.found.push(circle(path));
            return Ok(());
        }
        if self.is_ignored(path) || self.is_output(&real) || self.homes.refused(path) {
            return Ok(());
        }
        if real.is_file() {
            self.found.push(stray::wrong_kind(path, "folder", "file"));
            return Ok(());
        }
        self.walk(&Folder { path: path.to_owned(), real, left: vec![parent] })
    }

    /// Names what lies in `content/` itself and is not read.
    fn beside_folders(&mut self) -> Result<(), Error> {
        let full = self.root.join("content");
        if self.homes.refused("content") {
            return Ok(());
        }
        if full.is_file() {
            self.found.push(stray::wrong_kind("content", "folder", "file"));
        }
        let Some(entries) = present(fs::read_dir(&full)).map_err(Error::at("list", &full))? else {
            self.found.extend(astray("content", &full));
            return Ok(());
        };
        for entry in entries {
            let entry = entry.map_err(Error::at("list", &full))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let is_output = fs::canonicalize(entry.path()).is_ok_and(|real| self.is_output(&real));
            if !stray::is_known(&name) && !self.is_ignored(&format!("content/{name}")) && !is_output {
                self.found.push(stray::unread(&name, entry.path().is_dir()));
            }
        }
        Ok(())
    }

    fn walk(&mut self, folder: &Folder) -> Result<(), Error> {
        let full = self.root.join(&folder.path);
        let mut entries = WalkDir::new(&full).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let Some(entry) = entry_present(entry, &full)? else { continue };
            let enters = match self.named(folder, &full, &entry) {
                Some(path) => self.entry(folder, &full, &entry, &path)?,
                None => false,
            };
            if entry.file_type().is_dir() && !enters {
                entries.skip_current_dir();
            }
        }
        Ok(())
    }

    /// The entry's path in the archive, or `None` when it is left out.
    fn named(&mut self, folder: &Folder, full: &Path, entry: &DirEntry) -> Option<String> {
        let Some(below) = entry.path().to_str().and_then(|path| path.get(full.as_os_str().len() + 1..)) else {
            let below = entry.path().strip_prefix(full).expect("a walk stays below its start");
            self.found.push(unreadable_name(&folder.path, below));
            return None;
        };
        let below = if cfg!(windows) { Cow::Owned(below.replace('\\', "/")) } else { Cow::Borrowed(below) };
        let path = [&*folder.path, "/", &below].concat();
        (!self.is_ignored(&path)).then_some(path)
    }

    /// Takes a file or follows a link; for a folder, says whether the walk goes into it.
    fn entry(&mut self, folder: &Folder, full: &Path, entry: &DirEntry, path: &str) -> Result<bool, Error> {
        let kind = entry.file_type();
        let real = |entry: &Path| folder.real.join(entry.strip_prefix(full).expect("a walk stays below its start"));
        if kind.is_dir() {
            return Ok(!self.is_output(&real(entry.path())));
        }
        if kind.is_symlink() {
            let parent = entry.path().parent().unwrap_or(full);
            self.link(path, real(parent), &folder.left)?;
        } else if kind.is_file() {
            self.keep(path, None);
        }
        Ok(false)
    }

    /// Follows the link at `path`, which stands in the real folder `parent`.
    fn link(&mut self, path: &str, parent: PathBuf, left: &[PathBuf]) -> Result<(), Error> {
        let full = self.root.join(path);
        let target = match fs::canonicalize(&full) {
            Ok(target) => target,
            Err(refused) if refused.kind() == ErrorKind::PermissionDenied => return Err(Error::new("follow", full, refused)),
            Err(broken) => {
                self.found.push(symlink(path, format!("the link `{path}` leads to nothing: {broken}")));
                return Ok(());
            }
        };
        if !self.homes.allow(path, &target) {
            let finding = symlink(path, format!("the link `{path}` leads out of the archive, to `{}`", target.display()));
            self.found.push(finding.help("copy what it points to into the archive".to_owned()));
            return Ok(());
        }
        let seen = fs::metadata(&target).map_err(Error::at("look at", &target))?;
        if seen.is_file() {
            self.keep(path, Some(&seen));
        } else if seen.is_dir() && !self.is_output(&target) {
            return self.linked_folder(path, target, parent, left);
        }
        Ok(())
    }

    fn linked_folder(&mut self, path: &str, real: PathBuf, parent: PathBuf, left: &[PathBuf]) -> Result<(), Error> {
        let left: Vec<PathBuf> = left.iter().cloned().chain([parent]).collect();
        if left.iter().any(|folder| folder.starts_with(&real)) {
            self.found.push(circle(path));
            return Ok(());
        }
        self.walk(&Folder { path: path.to_owned(), real, left })
    }

    /// Takes a file; one that was not `seen` yet is looked at when all have been found.
    fn keep(&mut self, path: &str, seen: Option<&fs::Metadata>) {
        if let Some(role) = Role::of(path) {
            if role == Role::Asset {
                self.found.extend(stray::misnamed(path));
            }
            self.files.push(File { path: SourcePath::new(path), role, stamp: seen.map(Stamp::of).unwrap_or_default() });
        }
    }

    fn is_ignored(&self, path: &str) -> bool {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        is_passing(name) || self.ignored.is_match(path)
    }

    fn is_output(&self, real: &Path) -> bool {
        self.output.as_ref().is_some_and(|output| real.starts_with(output))
    }
}

/// Between listing and looking a file may go, as when an editor saves by renaming; what is under a file is not there.
pub(super) fn present<T>(seen: io::Result<T>) -> io::Result<Option<T>> {
    match seen {
        Ok(seen) => Ok(Some(seen)),
        Err(gone) if matches!(gone.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(refused) => Err(refused),
    }
}

fn entry_present(entry: walkdir::Result<DirEntry>, folder: &Path) -> Result<Option<DirEntry>, Error> {
    let entry = entry.map_err(|refused| (refused.path().unwrap_or(folder).to_owned(), io::Error::from(refused)));
    match entry {
        Ok(entry) => Ok(Some(entry)),
        Err((path, refused)) => present(Err(refused)).map_err(Error::at("list", &path)),
    }
}

fn unreadable_name(folder: &str, below: &Path) -> Diagnostic {
    let path = SourcePath::new(format!("{folder}/{}", below.to_string_lossy()));
    let message = format!("the name of `{path}` is not UTF-8");
    Diagnostic::error(Code::Encoding, Place::whole(&path), message).help("rename it".to_owned())
}

/// About a folder that is not there because it is a link to nothing.
fn astray(path: &str, full: &Path) -> Option<Diagnostic> {
    let link = fs::symlink_metadata(full).is_ok_and(|seen| seen.is_symlink());
    link.then(|| symlink(path, format!("the link `{path}` leads to nothing")))
}

fn circle(path: &str) -> Diagnostic {
    symlink(path, format!("the link `{path}` leads round in a circle"))
}

pub(super) fn symlink(path: &str, message: String) -> Diagnostic {
    Diagnostic::error(Code::Symlink, Place::whole(&SourcePath::new(path)), message)
}
