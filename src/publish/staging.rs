//! Where files wait until the build has succeeded: numbered, in a few flat folders, on the disk of the output.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::base::Error;

/// Spreads the files, so that threads do not queue for one folder.
const SHARDS: u64 = 16;

/// The waiting files; dropping it removes those that were not placed.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    next: AtomicU64,
}

impl Staging {
    /// Clears away what a killed build left. Makes no folder before there is a file.
    pub(super) fn open(folder: PathBuf) -> Result<Self, Error> {
        match fs::remove_dir_all(&folder) {
            Err(refused) if refused.kind() != ErrorKind::NotFound => Err(Error::new("clear away", folder, refused)),
            _ => Ok(Self { folder, next: AtomicU64::new(0) }),
        }
    }

    /// Writes a waiting file; gives its number.
    pub(super) fn write(&self, bytes: &[u8]) -> Result<u64, Error> {
        let number = self.number();
        let (path, mut file) = self.create(number)?;
        file.write_all(bytes).map_err(Error::at("write", &path))?;
        Ok(number)
    }

    /// Copies `from` into a waiting file; gives its number and its length.
    pub(super) fn copy(&self, from: &Path) -> Result<(u64, u64), Error> {
        let mut source = File::open(from).map_err(Error::at("read", from))?;
        let number = self.number();
        let (path, mut file) = self.create(number)?;
        // Not `fs::copy`, which copies the mode: an asset that only its author may read is no use to a web server.
        let length = std::io::copy(&mut source, &mut file).map_err(Error::at("copy to", &path))?;
        Ok((number, length))
    }

    /// Where the file of this number waits.
    pub(super) fn path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{}/{number}", number % SHARDS))
    }

    /// A path in an existing folder at which nothing waits.
    pub(super) fn spare(&self) -> Result<PathBuf, Error> {
        let path = self.path(self.number());
        make_parent(&path)?;
        Ok(path)
    }

    /// The number of a file that somebody else makes and writes.
    pub(super) fn reserve(&self) -> Result<u64, Error> {
        let number = self.number();
        make_parent(&self.path(number))?;
        Ok(number)
    }

    fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn create(&self, number: u64) -> Result<(PathBuf, File), Error> {
        let path = self.path(number);
        let file = match File::create_new(&path) {
            Err(missing) if missing.kind() == ErrorKind::NotFound => {
                make_parent(&path)?;
                File::create_new(&path)
            }
            other => other,
        };
        let file = file.map_err(Error::at("create", &path))?;
        Ok((path, file))
    }
}

impl Drop for Staging {
    // What cannot be removed now is cleared away by the next build.
    fn drop(&mut self) {
        if *self.next.get_mut() > 0 {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn make_parent(path: &Path) -> Result<(), Error> {
    match path.parent() {
        Some(folder) => fs::create_dir_all(folder).map_err(Error::at("create the folder", folder)),
        None => Ok(()),
    }
}
