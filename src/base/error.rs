//! What only the world can do to us: a disk that refuses.
//! Content that is wrong is a [`Diagnostic`](super::Diagnostic), never an `Error`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A failure of the disk, with what was tried and where.
#[derive(Debug)]
pub struct Error {
    action: &'static str,
    path: PathBuf,
    cause: io::Error,
}

impl Error {
    /// `action` completes "cannot …", such as `read` or `create the folder`.
    pub fn new(action: &'static str, path: impl Into<PathBuf>, cause: io::Error) -> Self {
        Self { action, path: path.into(), cause }
    }

    /// For `map_err`: `fs::read(p).map_err(Error::at("read", p))`.
    pub fn at(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::new(action, path, cause)
    }

    /// Whether nobody reads any more what was to be written.
    pub fn is_broken_pipe(&self) -> bool {
        self.cause.kind() == io::ErrorKind::BrokenPipe
    }

    /// The file or folder that refused.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.action, self.path.display(), self.cause)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}
