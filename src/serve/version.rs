//! One word for the bytes of a file: the same word, the same bytes.

use std::fmt::Write;
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Served;

/// The version of a file, or `None` when it is gone from the disk.
pub(super) fn of(file: &Served) -> Option<String> {
    match file {
        Served::Memory(bytes) => Some(of_bytes(bytes)),
        Served::Disk(path) => path.metadata().ok().map(|seen| of_disk(seen.len(), seen.modified(), own(&seen))),
    }
}

/// The version of bytes.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    format!("{:016x}", rapidhash::v3::rapidhash_v3(bytes))
}

/// The version of a file too large to be read for it: its length, when it was changed and, where the disk says that,
/// which file it is and when anything about it changed. A copy can be given an old time, but cannot hide when it was.
pub(super) fn of_disk(length: u64, changed: io::Result<SystemTime>, (number, seconds, nanoseconds): Own) -> String {
    let mut version = format!("{length:x}-{number:x}-{seconds:x}.{nanoseconds:x}");
    if let Some(age) = changed.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()) {
        let _ = write!(version, "-{:x}", age.as_nanos());
    }
    version
}

/// Which file it is, and the seconds and nanoseconds at which anything about it changed.
pub(super) type Own = (u64, i64, i64);

/// What the disk says of a file besides its length and its time.
#[cfg(unix)]
pub(super) fn own(seen: &impl std::os::unix::fs::MetadataExt) -> Own {
    (seen.ino(), seen.ctime(), seen.ctime_nsec())
}

#[cfg(not(unix))]
pub(super) fn own<T>(_: &T) -> Own {
    (0, 0, 0)
}
