//! The moment of publication. A build that is killed here loses nothing: the list names old and new files
//! before the first is placed, each file is replaced at one stroke, and deletion comes last. One that fails before
//! the deletion takes back what it did.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::base::{Error, OutputPath};

use super::folders::{Folders, Standing, parent, unpoisoned};
use super::publisher::first_visible;
use super::undo::{Step, Undo};
use super::{Published, Publisher, manifest, refusal};

impl Publisher {
    /// Publishes what was put: places the new files, removes those that earlier builds wrote and this one did not,
    /// and the folders that this empties. What can be refused is refused before the first change.
    pub fn commit(mut self) -> Result<Published, Error> {
        let kept = std::mem::take(&mut *unpoisoned(self.kept.lock()));
        let mut staged = std::mem::take(&mut *unpoisoned(self.staged.lock()));
        staged.sort_unstable();
        let next = all_paths(&kept, &staged);
        let missing = self.folders.take_missing();

        self.refuse_collisions(&next, &missing)?;
        let blocked = self.blocked_folders(&next)?;

        self.hold.stay();
        self.promise(&next)?;
        let undo = Undo::default();
        let moved = self.change(&missing, &blocked, &staged, &undo).map_err(|failed| self.take_back(&undo, failed))?;
        let removed = self.retire(&next)?;
        self.write_list(&next)?;
        Ok(Published {
            written: staged.len(),
            unchanged: kept.len(),
            removed: moved + removed,
            bytes_written: self.bytes_staged.load(Ordering::Relaxed),
        })
    }

    /// Moves away what is in the way, makes the folders, places the files; gives how many files were moved away.
    fn change(
        &self,
        missing: &[(Box<str>, Standing)],
        blocked: &[(Box<str>, usize)],
        staged: &[(OutputPath, u64)],
        undo: &Undo,
    ) -> Result<usize, Error> {
        // Looked at again: where nothing stood at first there may be something by now.
        let blank = self.blank && first_visible(&self.root)?.is_none();
        let moved = self.clear_the_way(missing, blocked, undo)?;
        self.create_folders(missing.iter().map(|(folder, _)| &**folder).collect(), undo)?;
        self.place(staged, blank, undo)?;
        Ok(moved)
    }

    /// Makes the site what it was before the `failed` change, and says so if that fails too.
    fn take_back(&self, undo: &Undo, failed: Error) -> Error {
        match undo.take_back() {
            Ok(()) => match &self.before {
                Some(before) => self.write_manifest(before.iter().map(|path| &**path)).err().unwrap_or(failed),
                None => failed,
            },
            Err(why) => {
                let message =
                    format!("the site is half new, half old: {failed}, and the change could not be taken back ({why}); build again");
                refusal("publish", &self.root, message)
            }
        }
    }

    fn refuse_collisions(&self, next: &[&str], missing: &[(Box<str>, Standing)]) -> Result<(), Error> {
        if let Some(twice) = next.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(refusal("publish", &self.root.join(twice[0]), "two pages have this path"));
        }
        match missing.iter().find(|(folder, _)| next.binary_search(&&**folder).is_ok()) {
            Some((both, _)) => Err(self.both(both)),
            None => Ok(()),
        }
    }

    fn both(&self, path: &str) -> Error {
        refusal("publish", &self.root.join(path), "it would be a file and a folder at once")
    }

    /// The folders in the way of new files, and how many files each holds. One with a file that Postilla did not
    /// write is refused, even by force: nobody named that file.
    fn blocked_folders(&self, next: &[&str]) -> Result<Vec<(Box<str>, usize)>, Error> {
        let blocked = std::mem::take(&mut *unpoisoned(self.blocked.lock()));
        blocked.into_iter().map(|folder| self.own_files(&folder, next).map(|count| (folder, count))).collect()
    }

    fn own_files(&self, folder: &str, next: &[&str]) -> Result<usize, Error> {
        let full = self.root.join(folder);
        let mut count = 0;
        for entry in WalkDir::new(&full).min_depth(1) {
            let entry = entry.map_err(|refused| Error::new("list", &full, refused.into()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let path = self.relative(entry.path());
            if !path.as_deref().is_some_and(|path| self.wrote(path)) {
                return Err(refusal("replace the folder", &full, format!("Postilla did not write `{}` in it", entry.path().display())));
            }
            if path.is_some_and(|path| next.binary_search(&&*path).is_ok()) {
                return Err(self.both(folder));
            }
            count += 1;
        }
        Ok(count)
    }

    fn relative(&self, path: &Path) -> Option<String> {
        let path = path.strip_prefix(&self.root).ok()?.to_str()?;
        Some(if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() })
    }

    /// Names the new files beside the old ones, so that after a kill the next build knows both for its own.
    fn promise(&self, next: &[&str]) -> Result<(), Error> {
        if self.before.is_some() && next.iter().all(|path| self.wrote(path)) {
            return Ok(());
        }
        let before = self.before.iter().flatten().map(|path| &**path);
        let union: BTreeSet<&str> = before.chain(next.iter().copied()).collect();
        self.write_manifest(union.into_iter())
    }

    /// Forgets what was removed. Where nothing was, the promise is the list already.
    fn write_list(&self, next: &[&str]) -> Result<(), Error> {
        if self.before.iter().flatten().all(|path| next.binary_search(&&**path).is_ok()) {
            return Ok(());
        }
        self.write_manifest(next.iter().copied())
    }

    fn write_manifest<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Result<(), Error> {
        manifest::write(&self.hold.folder.join("manifest"), &self.staging.spare()?, paths)
    }

    /// Moves old files that stand where folders must be, and old folders that stand where files must be, out of
    /// the site; gives how many files that were.
    fn clear_the_way(&self, missing: &[(Box<str>, Standing)], blocked: &[(Box<str>, usize)], undo: &Undo) -> Result<usize, Error> {
        let files = missing.iter().filter(|(_, standing)| *standing == Standing::File).map(|(file, _)| (file, 1));
        let folders = blocked.iter().map(|(folder, count)| (folder, *count));
        let mut moved = 0;
        for (path, count) in files.chain(folders) {
            let full = self.root.join(&**path);
            let to = self.staging.spare()?;
            fs::rename(&full, &to).map_err(Error::at("move away", &full))?;
            undo.note(Step::Moved { from: full, to });
            moved += count;
        }
        Ok(moved)
    }

    /// Creates each folder once, those above before those below.
    fn create_folders(&self, mut folders: Vec<&str>, undo: &Undo) -> Result<(), Error> {
        let depth = |folder: &str| folder.bytes().filter(|byte| *byte == b'/').count();
        folders.sort_by_cached_key(|folder| depth(folder));
        for level in folders.chunk_by(|a, b| depth(a) == depth(b)) {
            level.par_iter().try_for_each(|folder| create_folder(self.root.join(folder), undo))?;
        }
        Ok(())
    }

    /// Puts the files in place; in a `blank` output there is nothing that they replace.
    fn place(&self, staged: &[(OutputPath, u64)], blank: bool, undo: &Undo) -> Result<(), Error> {
        staged.par_iter().with_min_len(32).try_for_each(|(path, number)| {
            let (waiting, target) = (self.staging.path(*number), self.root.join(path.as_str()));
            let replaces = !blank && keep_old(&target, waiting.with_extension("old"), undo)?;
            // A rename replaces a link itself and never writes through it.
            fs::rename(waiting, &target).map_err(Error::at("replace", &target))?;
            if !replaces {
                undo.note(Step::Placed(target));
            }
            Ok(())
        })
    }

    /// Removes what earlier builds wrote and this one did not; gives how many files that were.
    fn retire(&self, next: &[&str]) -> Result<usize, Error> {
        // Looked at anew: what was a folder may be a file by now.
        let folders = Folders::new(&self.root, false);
        let mut emptied = BTreeSet::new();
        let mut removed = 0;
        let before = self.before.iter().flatten();
        for path in before.filter(|path| next.binary_search(&&***path).is_err()) {
            // Under a link, or with anything but a plain file in its place, the path is no longer ours.
            if folders.look(parent(path))? == Standing::Folder && remove_plain_file(&self.root.join(&**path))? {
                removed += 1;
            }
            emptied.insert(parent(path).to_owned());
        }
        self.remove_empty(emptied, &folders)?;
        Ok(removed)
    }

    /// Removes those of the folders that are empty, and the folders that this empties.
    fn remove_empty(&self, mut folders: BTreeSet<String>, known: &Folders) -> Result<(), Error> {
        // A folder sorts before all below it, so the last has none left below it.
        while let Some(folder) = folders.pop_last() {
            let standing = known.look(&folder)?;
            let gone = match standing {
                Standing::Folder if !folder.is_empty() => fs::remove_dir(self.root.join(&folder)).is_ok(),
                // Removed by hand, but perhaps not the folders above it.
                Standing::Nothing => true,
                _ => false,
            };
            if gone {
                folders.insert(parent(&folder).to_owned());
            }
        }
        Ok(())
    }
}

fn all_paths<'a>(kept: &'a [OutputPath], staged: &'a [(OutputPath, u64)]) -> Vec<&'a str> {
    let mut paths: Vec<&str> = kept.iter().chain(staged.iter().map(|(path, _)| path)).map(OutputPath::as_str).collect();
    paths.par_sort_unstable();
    paths
}

/// Gives the file at `target`, if there is one, the second name `kept`, in case it must come back.
fn keep_old(target: &Path, kept: PathBuf, undo: &Undo) -> Result<bool, Error> {
    let done = match fs::symlink_metadata(target) {
        Ok(seen) if seen.is_dir() => return Ok(false),
        Err(_) => return Ok(false),
        // Systems differ in whether a second name of a link is one of its target.
        Ok(seen) if !seen.is_file() => fs::rename(target, &kept),
        // Some disks have no second names; a copy of what must come back does as well.
        Ok(_) => fs::hard_link(target, &kept).or_else(|_| fs::copy(target, &kept).map(drop)),
    };
    done.map_err(Error::at("keep", target))?;
    undo.note(Step::Moved { from: target.to_owned(), to: kept });
    Ok(true)
}

fn create_folder(folder: PathBuf, undo: &Undo) -> Result<(), Error> {
    match fs::create_dir(&folder) {
        Ok(()) => {
            undo.note(Step::Made(folder));
            Ok(())
        }
        Err(there) if there.kind() == ErrorKind::AlreadyExists && is_real_folder(&folder) => Ok(()),
        Err(refused) => Err(Error::new("create the folder", folder, refused)),
    }
}

fn is_real_folder(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|seen| seen.is_dir())
}

/// Whether there was such a file.
fn remove_plain_file(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(seen) if seen.is_file() => fs::remove_file(path).map(|()| true).map_err(Error::at("remove", path)),
        _ => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{Opened, Overwrite};

    #[test]
    fn what_cannot_be_taken_back_is_called_half_new() {
        let out = tempfile::tempdir().unwrap();
        let Opened::Ready(publisher) = Publisher::open(out.path(), Overwrite::OwnOnly).unwrap() else { panic!("foreign") };
        let undo = Undo::default();
        fs::write(out.path().join("new.html"), "2").unwrap();
        undo.note(Step::Placed(out.path().join("new.html")));
        undo.note(Step::Made(out.path().join("gone")));
        let failed = publisher.take_back(&undo, refusal("replace", out.path(), "no room")).to_string();
        assert!(failed.contains("half new") && failed.contains("no room") && failed.contains("build again"), "{failed}");
        assert!(!out.path().join("new.html").exists(), "the rest is taken back all the same");
    }
}
