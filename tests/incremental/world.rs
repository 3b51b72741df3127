//! The archive as it should be, and the disk, which is made to follow it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use fastrand::Rng;
use jiff::{Timestamp, ToSpan};
use tempfile::TempDir;

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// An archive to which things happen.
pub struct World {
    pub rng: Rng,
    /// The files as they should be.
    pub files: Files,
    /// The moment until which embargoes have ended.
    pub now: Timestamp,
    /// Files that are to be written, and to look as old as they did.
    pub backdated: BTreeSet<String>,
    /// Files that are to look new.
    pub touched: BTreeSet<String>,
    /// A file that nobody may read; the root user may all the same, and then it is a file like any other.
    pub locked: Option<String>,
    was_locked: Option<String>,
    /// Where something changed on the disk the last time.
    pub changed: Vec<PathBuf>,
    /// What the files were when they last made a site.
    sound: Files,
    on_disk: Files,
    /// Whether readings are told that all files have long been at rest.
    pub at_rest: bool,
    counter: usize,
    folder: TempDir,
}

impl World {
    /// An archive of these files.
    pub fn of<P: Into<String>, B: Into<Vec<u8>>>(seed: u64, files: impl IntoIterator<Item = (P, B)>) -> Self {
        let files: Files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        let mut world = Self {
            rng: Rng::with_seed(seed),
            now: "2026-01-01T12:00:00Z".parse().unwrap(),
            backdated: BTreeSet::new(),
            touched: BTreeSet::new(),
            locked: None,
            was_locked: None,
            changed: Vec::new(),
            sound: files.clone(),
            on_disk: Files::new(),
            at_rest: seed.is_multiple_of(2),
            counter: 0,
            folder: folder(seed),
            files,
        };
        world.onto_disk();
        world
    }

    /// Where the archive is.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("archive")
    }

    /// A folder beside the archive.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A number that was not given before.
    pub fn number(&mut self) -> usize {
        self.counter += 1;
        self.counter
    }

    /// Says that the files as they are make a site.
    pub fn is_sound(&mut self) {
        self.sound = self.files.clone();
    }

    /// Puts the files back to what they were when they last made a site: all, or one of those that differ.
    pub fn repair(&mut self, all: bool) -> Option<String> {
        if all {
            self.files = self.sound.clone();
            self.locked = None;
            return Some("everything put back to what last made a site".to_owned());
        }
        let paths = self.files.keys().chain(self.sound.keys()).collect::<BTreeSet<_>>().into_iter();
        let differ: Vec<String> = paths.filter(|path| self.files.get(*path) != self.sound.get(*path)).cloned().collect();
        let path = self.pick(&differ)?;
        match self.sound.get(&path) {
            Some(bytes) => _ = self.files.insert(path.clone(), bytes.clone()),
            None => _ = self.files.remove(&path),
        }
        self.without_clashes(&path);
        Some(format!("`{path}` put back to what last made a site"))
    }

    /// Takes away the files that cannot stand beside one at `path`: those below it, and one that it is below.
    pub fn without_clashes(&mut self, path: &str) {
        let below = format!("{path}/");
        self.files.retain(|other, _| !other.starts_with(&below) && !path.starts_with(&format!("{other}/")));
    }

    /// Lets days go by, or come back.
    pub fn days_pass(&mut self, days: i32) {
        self.now = self.now.checked_add((i64::from(days) * 24).hours()).unwrap();
    }

    /// One of several.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.rng.usize(..from.len())].clone())
    }

    /// The paths for which `is` is true.
    pub fn paths(&self, is: impl Fn(&str) -> bool) -> Vec<String> {
        self.files.keys().filter(|path| is(path)).cloned().collect()
    }

    /// A path for which `is` is true.
    pub fn pick_path(&mut self, is: impl Fn(&str) -> bool) -> Option<String> {
        let paths = self.paths(is);
        self.pick(&paths)
    }

    /// The text of a file, if it is one.
    pub fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.files.get(path)?.clone()).ok()
    }

    pub fn put(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        self.without_clashes(path);
        self.files.insert(path.to_owned(), text.into());
    }

    /// Writes, moves and removes files until the disk is as it should be.
    pub fn onto_disk(&mut self) {
        let root = self.root();
        self.on_disk.keys().for_each(|path| lock(&root.join(path), false));
        let mut gone: Vec<String> = self.on_disk.keys().filter(|path| !self.files.contains_key(*path)).cloned().collect();
        let fresh: Vec<String> = self.files.keys().filter(|path| !self.on_disk.contains_key(*path)).cloned().collect();
        let mut moved = Vec::new();
        for path in &fresh {
            let bytes = &self.files[path];
            if let Some(at) = gone.iter().position(|old| self.on_disk[old] == *bytes && !bytes.is_empty()) {
                moved.push((gone.remove(at), path.clone()));
            }
        }
        for path in &gone {
            remove(&root, path);
        }
        // A file that moves into a folder of its own name cannot be renamed: it is written anew, below.
        moved.retain(|(from, to)| rename(&root, from, to));
        let changed: Vec<&String> = self.files.keys().filter(|path| self.on_disk.get(*path) != self.files.get(*path)).collect();
        for path in changed.into_iter().filter(|path| !moved.iter().any(|(_, to)| to == *path)) {
            let aside = self.rng.u8(..4) == 0;
            write(&root.join(path), &self.files[path], aside, self.backdated.contains(path));
        }
        for path in self.touched.iter().filter(|path| self.files.contains_key(*path)) {
            File::options().append(true).open(root.join(path)).unwrap().set_modified(this_moment()).unwrap();
        }
        for path in self.files.keys() {
            lock(&root.join(path), self.locked.as_ref() == Some(path));
        }
        let differ = |path: &&String| self.on_disk.get(*path) != self.files.get(*path) || self.touched.contains(*path);
        let unlocked = std::mem::replace(&mut self.was_locked, self.locked.clone());
        let paths = self.on_disk.keys().chain(self.files.keys()).filter(differ).chain(&unlocked).chain(&self.locked);
        self.changed = paths.map(|path| root.join(path)).collect();
        self.backdated.clear();
        self.touched.clear();
        self.on_disk = self.files.clone();
    }
}

/// A disk in memory, where there is one, makes and removes folders much faster. Some scripts are played on a true one.
fn folder(seed: u64) -> TempDir {
    let in_memory = Path::new("/dev/shm");
    if in_memory.is_dir() && !seed.is_multiple_of(5) { TempDir::new_in(in_memory) } else { TempDir::new() }.unwrap()
}

#[expect(clippy::disallowed_methods, reason = "files that have just been written are held against the clock")]
pub fn this_moment() -> SystemTime {
    SystemTime::now()
}

fn remove(root: &Path, path: &str) {
    let path = root.join(path);
    fs::remove_file(&path).unwrap();
    remove_empty_folders(root, &path);
}

fn remove_empty_folders(root: &Path, path: &Path) {
    for folder in path.ancestors().skip(1).take_while(|folder| *folder != root) {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// Renames a file if nothing stands in the way; else takes it away, and says that it did.
fn rename(root: &Path, from: &str, to: &str) -> bool {
    let full_to = root.join(to);
    let renamed = fs::create_dir_all(full_to.parent().unwrap()).is_ok() && fs::rename(root.join(from), &full_to).is_ok();
    if renamed {
        remove_empty_folders(root, &root.join(from));
    } else {
        remove(root, from);
    }
    renamed
}

/// Forbids or allows the reading of a file, if that is a change.
#[cfg(unix)]
fn lock(path: &Path, locked: bool) {
    use std::os::unix::fs::PermissionsExt;
    let was = fs::metadata(path).unwrap().permissions().mode() & 0o400 == 0;
    if was != locked {
        fs::set_permissions(path, fs::Permissions::from_mode(if locked { 0 } else { 0o644 })).unwrap();
    }
}

#[cfg(not(unix))]
fn lock(_: &Path, _: bool) {}

/// Writes a file: in place, or aside and then into its place, as careful editors do.
fn write(path: &Path, bytes: &[u8], aside: bool, backdated: bool) {
    let time = fs::metadata(path).ok().filter(|_| backdated).map(|seen| seen.modified().unwrap());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    if aside {
        let draft = path.with_file_name(".draft");
        fs::write(&draft, bytes).unwrap();
        fs::rename(&draft, path).unwrap();
    } else {
        fs::write(path, bytes).unwrap();
    }
    if let Some(time) = time {
        File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
    }
}
