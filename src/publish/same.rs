//! Whether a file holds certain bytes, in as few questions to the disk as can be.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::base::Error;

const CHUNK: usize = 64 * 1024;

/// How much of a file is its head.
const HEAD: usize = 64;

/// Whether the file at `path`, known to be as long as `bytes`, holds them. One that cannot be read does not.
pub(super) fn holds_bytes(path: &Path, bytes: &[u8]) -> bool {
    compare(path, bytes).unwrap_or(false)
}

/// Whether a plain file stands at `path` of which `is_whole` says so, by its first bytes and its length.
pub(super) fn is_whole(path: &Path, is_whole: fn(&[u8], u64) -> bool) -> bool {
    let read = || {
        // To open a pipe would be to wait for its writer.
        let seen = std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        let mut head = Vec::with_capacity(HEAD);
        File::open(path).ok()?.take(HEAD as u64).read_to_end(&mut head).ok()?;
        Some(is_whole(&head, seen.len()))
    };
    read().unwrap_or(false)
}

fn compare(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut buffer = vec![0; CHUNK.min(bytes.len())];
    let mut file = File::open(path)?;
    for expected in bytes.chunks(CHUNK) {
        let read = &mut buffer[..expected.len()];
        file.read_exact(read)?;
        if read != expected {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the file at `path`, known to be as long as `from`, holds the same. A `path` that cannot be read does
/// not; a `from` that cannot is an `Err`.
pub(super) fn holds_file(path: &Path, from: &Path) -> Result<bool, Error> {
    let Ok(mut file) = File::open(path) else { return Ok(false) };
    let mut source = File::open(from).map_err(Error::at("read", from))?;
    let (mut left, mut right) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let read = source.read(&mut left).map_err(Error::at("read", from))?;
        if read == 0 {
            // The source may have shrunk since it was measured.
            return Ok(matches!(file.read(&mut right), Ok(0)));
        }
        if file.read_exact(&mut right[..read]).is_err() || left[..read] != right[..read] {
            return Ok(false);
        }
    }
}
