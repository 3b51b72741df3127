//! One word for the bytes of a file: the same word, the same bytes.

use std::fmt::Write;
use std::fs::Metadata;
use std::time::UNIX_EPOCH;

use super::Served;

/// The version of a file, or `None` when it is gone from the disk.
pub(super) fn of(file: &Served) -> Option<String> {
    match file {
        Served::Memory(bytes) => Some(of_bytes(bytes)),
        Served::Disk(path) => path.metadata().ok().map(|seen| of_disk(&seen)),
    }
}

/// The version of bytes.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    format!("{:016x}", rapidhash::v3::rapidhash_v3(bytes))
}

/// The version of a file too large to be read for it: its length, when it was changed and, where the disk says that,
/// which file it is and when anything about it changed. A copy can be given an old time, but cannot hide when it was.
pub(super) fn of_disk(seen: &Metadata) -> String {
    let mut version = format!("{:x}", seen.len());
    if let Some(age) = seen.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()) {
        let _ = write!(version, "-{:x}", age.as_nanos());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let _ = write!(version, "-{:x}-{:x}.{:x}", seen.ino(), seen.ctime(), seen.ctime_nsec());
    }
    version
}
