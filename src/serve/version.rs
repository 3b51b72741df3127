//! One word for the bytes of a file: the same word, the same bytes.

use std::fmt::Write;
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Served;

/// The version of a file, or `None` when it is gone from the disk.
pub(super) fn of(file: &Served) -> Option<String> {
    match file {
        Served::Memory(bytes) => Some(of_bytes(bytes)),
        Served::Disk(path) => path.metadata().ok().map(|seen| of_disk(seen.len(), seen.modified())),
    }
}

/// The version of bytes.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    format!("{:016x}", rapidhash::v3::rapidhash_v3(bytes))
}

/// The version of a file too large to be read for it: its length and when it was changed.
pub(super) fn of_disk(length: u64, changed: io::Result<SystemTime>) -> String {
    let mut version = format!("{length:x}");
    if let Some(age) = changed.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()) {
        let _ = write!(version, "-{:x}", age.as_nanos());
    }
    version
}
