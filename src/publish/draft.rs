//! Files that are written bit by bit, since they do not fit in memory, and put in place when they are whole.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::Publisher;
use crate::base::{Error, OutputPath};

/// One file on its way to its place. Dropped before it is placed, it goes, and what stood there stays.
#[derive(Debug)]
pub struct Draft {
    waiting: NamedTempFile,
    target: PathBuf,
}

impl Draft {
    /// A file that waits beside `target`; whether it may stand there is for [`check_file`](super::check_file) to say.
    pub fn beside(target: &Path) -> Result<Self, Error> {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let waiting = tempfile::Builder::new().prefix(".postilla-").tempfile_in(folder).map_err(Error::at("create a file in", folder))?;
        Ok(Self { waiting, target: target.to_owned() })
    }

    /// A way to write it.
    pub fn open(&self) -> Result<File, Error> {
        self.waiting.reopen().map_err(Error::at("write", &self.target))
    }

    /// Where it waits.
    pub fn path(&self) -> &Path {
        self.waiting.path()
    }

    /// Puts it in place, at one stroke.
    pub fn place(self) -> Result<(), Error> {
        // A temporary file is its owner's alone; what is put in place is for whoever may read the folder.
        let plain = self.waiting.path().with_extension("plain");
        let made = File::create_new(&plain).and_then(|file| Ok(file.metadata()?.permissions()));
        let _ = fs::remove_file(&plain);
        made.and_then(|rights| fs::set_permissions(self.waiting.path(), rights)).map_err(Error::at("write", &self.target))?;
        self.waiting.persist(&self.target).map(drop).map_err(|refused| Error::new("replace", &self.target, refused.error))
    }
}

/// A file of the next site that is being written.
#[derive(Debug)]
pub struct Waiting {
    path: OutputPath,
    number: u64,
}

/// What a file holds, told in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

impl Publisher {
    /// A file of the next site, to be written where [`place_of`](Self::place_of) says. Until it is adopted it is no part of the site.
    pub fn draft(&self, path: &OutputPath) -> Result<Waiting, Error> {
        Ok(Waiting { path: path.clone(), number: self.staging.reserve()? })
    }

    /// A way to write a file that waits at `place`.
    pub fn create(&self, place: &Path) -> Result<File, Error> {
        File::create_new(place).map_err(Error::at("create", place))
    }

    /// Where a file waits.
    pub fn place_of(&self, waiting: &Waiting) -> PathBuf {
        self.staging.path(waiting.number)
    }

    /// Makes a file that has been written a part of the next site, like [`put`](Self::put).
    pub fn adopt(&self, waiting: &Waiting) -> Result<(), Error> {
        let from = self.place_of(waiting);
        let length = fs::metadata(&from).map_err(Error::at("read", &from))?.len();
        if self.holds(&waiting.path, &from, length)? {
            fs::remove_file(&from).map_err(Error::at("remove", &from))?;
            self.stay(&waiting.path);
        } else {
            self.stage(&waiting.path, waiting.number, length);
        }
        Ok(())
    }
}

impl Waiting {
    /// Its place in the site.
    pub fn path(&self) -> &OutputPath {
        &self.path
    }
}

/// What the file at `path` holds, told in short.
pub fn sum(path: &Path) -> Result<Sum, Error> {
    let mut file = File::open(path).map_err(Error::at("read", path))?;
    let (mut digest, mut bytes, mut chunk) = (Sha256::new(), 0, vec![0; 256 * 1024]);
    loop {
        match file.read(&mut chunk).map_err(Error::at("read", path))? {
            0 => break,
            read => {
                digest.update(&chunk[..read]);
                bytes += read as u64;
            }
        }
    }
    let sha256 = digest.finalize().iter().fold(String::with_capacity(64), |digits, byte| digits + &format!("{byte:02x}"));
    Ok(Sum { bytes, sha256 })
}
