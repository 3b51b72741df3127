//! `.postilla`, the publisher's own folder inside the output, and the lock that lets in one build at a time.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::base::Error;

use super::refusal;

/// The right to write an output folder, until it is dropped.
#[derive(Debug)]
pub(super) struct Hold {
    /// `.postilla`.
    pub folder: PathBuf,
    lock: File,
    trace: Trace,
}

/// What a hold leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trace {
    /// `.postilla` was there before, or is needed from now on.
    Stays,
    /// `.postilla` goes again unless something is published.
    Goes,
    /// The output folder too.
    GoesWithOutput,
}

impl Hold {
    /// Takes hold of `output`, creating it when it is not there; gives its real path. Held by another build: an `Err`.
    pub(super) fn take(output: &Path) -> Result<(PathBuf, Self), Error> {
        let fresh_output = !output.is_dir();
        if fresh_output && let Ok(seen) = fs::symlink_metadata(output) {
            let what = if seen.is_symlink() { "it is a link that leads to no folder" } else { "it is a file, not a folder" };
            return Err(refusal("write the site into", output, what));
        }
        fs::create_dir_all(output).map_err(Error::at("create the folder", output))?;
        let root = fs::canonicalize(output).map_err(Error::at("find", output))?;
        let folder = root.join(".postilla");
        let trace = match create_real_folder(&folder)? {
            false => Trace::Stays,
            true if fresh_output => Trace::GoesWithOutput,
            true => Trace::Goes,
        };
        let lock = lock(&folder.join("lock"))?;
        Ok((root, Self { folder, lock, trace }))
    }

    /// Something is about to be published: the folder stays.
    pub(super) fn stay(&mut self) {
        self.trace = Trace::Stays;
    }
}

impl Drop for Hold {
    // A fresh folder goes with the build that came to nothing. If a part of it is no longer empty, that part
    // stays: somebody needs it, and the worst that is left is an empty folder.
    fn drop(&mut self) {
        if self.trace != Trace::Stays {
            let _ = fs::remove_file(self.folder.join("lock"));
            let _ = fs::remove_dir(&self.folder);
        }
        if let (Trace::GoesWithOutput, Some(root)) = (self.trace, self.folder.parent()) {
            let _ = fs::remove_dir(root);
        }
        let _ = self.lock.unlock();
    }
}

/// Whether the folder had to be made. A link in its place is refused: what is cleared away in `.postilla` would
/// be cleared away in somebody's home.
fn create_real_folder(folder: &Path) -> Result<bool, Error> {
    match fs::create_dir(folder) {
        Ok(()) => Ok(true),
        Err(there) if there.kind() == ErrorKind::AlreadyExists => {
            let seen = fs::symlink_metadata(folder).map_err(Error::at("look at", folder))?;
            if seen.is_dir() { Ok(false) } else { Err(refusal("use", folder, "it is not a folder of its own")) }
        }
        Err(refused) => Err(Error::new("create the folder", folder, refused)),
    }
}

fn lock(path: &Path) -> Result<File, Error> {
    loop {
        if fs::symlink_metadata(path).is_ok_and(|seen| !seen.is_file()) {
            return Err(refusal("lock", path, "it is not a plain file"));
        }
        let file = File::options().create(true).truncate(false).write(true).open(path).map_err(Error::at("open", path))?;
        match file.try_lock() {
            Ok(()) if is_gone(&file) => {}
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => return Err(refusal("write the site", path, "another build is writing it")),
            Err(TryLockError::Error(refused)) => return Err(Error::new("lock", path, refused)),
        }
    }
}

/// Whether the file was removed, by the build that held it, between being opened and being locked.
#[cfg(unix)]
fn is_gone(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|seen| seen.nlink() == 0)
}

#[cfg(not(unix))]
fn is_gone(_: &File) -> bool {
    false
}
