//! Outputs onto the disk. The only stage that writes files; it knows paths and bytes, nothing else.
//!
//! A file whose bytes are already there is left alone. The others wait in `.postilla/staging` inside the output
//! folder until the whole build has succeeded, and are then renamed into place. What Postilla wrote stands in
//! `.postilla/manifest`; nothing else is ever removed, and nothing is written through a link.
//!
//! Names are compared byte by byte. On a disk that folds case, two pages whose paths differ only in case would
//! replace each other; the plan of the site refuses them, since it alone can say which pages they are.

mod commit;
mod folders;
mod hold;
mod manifest;
mod place;
mod publisher;
mod same;
mod staging;
mod undo;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::base::Error;

pub use place::check_place;
pub use publisher::Publisher;

/// Which files of the output folder may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// Those that Postilla wrote.
    OwnOnly,
    /// Any file at the path of a page.
    Force,
}

/// What became of opening an output folder.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one a build")]
pub enum Opened {
    /// It may be written.
    Ready(Publisher),
    /// It holds files and no list of Postilla's: it may be somebody else's folder. Nothing was touched.
    Foreign {
        /// One of these files.
        example: PathBuf,
    },
}

/// What a build changed on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files of an earlier build that are no longer part of the site.
    pub removed: usize,
    /// Bytes of the files written.
    pub bytes_written: u64,
}

/// Whether the file `from` could be copied into a site now: an `Err` is the one that the copy would meet.
pub fn can_copy(from: &Path) -> Result<(), Error> {
    publisher::plain_file(from)?;
    fs::File::open(from).map(drop).map_err(Error::at("read", from))
}

/// Whether a plain file stands at `path` of which `is_whole` says so, by its first bytes and its length.
pub fn holds_whole(path: &Path, is_whole: fn(&[u8], u64) -> bool) -> bool {
    same::is_whole(path, is_whole)
}

/// Writes a file that is not there yet, and the folders above it; a file that is there is an `Err`.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::at("create the folder", folder))?;
    }
    let mut file = fs::File::create_new(path).map_err(Error::at("create", path))?;
    file.write_all(bytes).map_err(|refused| {
        // Half a file would look like an author's own and never be written again.
        let _ = fs::remove_file(path);
        Error::new("write", path, refused)
    })
}

fn refusal(action: &'static str, path: &Path, why: impl Into<String>) -> Error {
    Error::new(action, path, io::Error::other(why.into()))
}
