//! The files of the archive as one scan saw them, and their text.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::Utf8Error;
use std::time::{Duration, SystemTime};

use crate::base::{Code, Diagnostic, Error, Outcome, Place, SourcePath};

use super::Role;

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it is, relative to the root of the archive.
    pub path: SourcePath,
    /// What it is for.
    pub role: Role,
    /// How the disk described it when it was seen.
    pub stamp: Stamp,
}

/// How the disk describes a file. Another stamp means that the file may hold something else; the same stamp means
/// that it does not, unless it was written within the last moments, for which disks keep no finer time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// When anything about the file changed, rights included, in seconds and nanoseconds; and which file it is.
    changed: (i64, i64, u64),
}

/// The coarsest times that disks keep are two seconds apart.
const COARSE: Duration = Duration::from_secs(2);

impl Stamp {
    pub(super) fn of(seen: &fs::Metadata) -> Self {
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt;
            (seen.ctime(), seen.ctime_nsec(), seen.ino())
        };
        #[cfg(not(unix))]
        let changed = (0, 0, 0);
        Self { size: seen.len(), modified: seen.modified().ok(), changed }
    }

    /// Its length in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether the file was written so long before `now` that a later change must give another stamp.
    pub fn is_old(&self, now: SystemTime) -> bool {
        let old = |then: SystemTime| now.duration_since(then).is_ok_and(|age| age > COARSE);
        // A file can be given any time, but not hide when it was given it.
        self.modified.is_some_and(old) && old(self.changed_at())
    }

    /// Long ago where the disk does not say.
    fn changed_at(&self) -> SystemTime {
        let (seconds, nanoseconds, _) = self.changed;
        let part = |number: i64| u64::try_from(number).unwrap_or_default();
        SystemTime::UNIX_EPOCH + Duration::from_secs(part(seconds)) + Duration::from_nanos(part(nanoseconds))
    }
}

/// The files of the archive as one scan saw them, in the order of their paths' bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    root: PathBuf,
    files: Box<[File]>,
}

impl Snapshot {
    /// Takes the files in any order.
    pub(super) fn new(root: &Path, mut files: Vec<File>) -> Self {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Self { root: root.to_owned(), files: files.into() }
    }

    /// The root of the archive, as it was given to the scan.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All files, sorted by path.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The files of one role, sorted by path.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| file.role == role)
    }

    /// The file at `path`, relative to the root.
    pub fn get(&self, path: &str) -> Option<&File> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(&self.files[index])
    }

    /// Where `path` is on the disk.
    pub fn full_path(&self, path: &SourcePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// The text of `file`, a byte order mark included; `None` beside a finding when it is too large, not UTF-8, or
    /// holds a control character, which no feed may hold.
    /// A file that has vanished since the scan is an `Err`.
    pub fn read(&self, file: &File) -> Result<Outcome<Option<String>>, Error> {
        read_at(&self.full_path(&file.path), file)
    }

    /// What `file` holds, whatever it is; `None` when that is more than `limit` bytes.
    pub fn read_bytes(&self, file: &File, limit: u64) -> Result<Option<Vec<u8>>, Error> {
        let full = self.full_path(&file.path);
        read_up_to(&full, limit, file.stamp.size()).map_err(Error::at("read", &full))
    }
}

/// The text of a configuration anywhere on the disk, and the path by which messages name it.
pub fn read_config(full: &Path, name: &str) -> Result<(SourcePath, Outcome<Option<String>>), Error> {
    let file = File { path: SourcePath::new(name), role: Role::Config, stamp: Stamp::default() };
    let text = read_at(full, &file)?;
    Ok((file.path, text))
}

fn read_at(full: &Path, file: &File) -> Result<Outcome<Option<String>>, Error> {
    let limit = file.role.limit().unwrap_or(u64::MAX);
    let bytes = read_up_to(full, limit, file.stamp.size()).map_err(Error::at("read", full))?;
    Ok(bytes.map_or_else(|| Outcome::new(None, vec![too_large(file, limit)]), |bytes| text_of(file, bytes)))
}

/// What a file holds as text, if it is text.
pub(super) fn text_of(file: &File, bytes: Vec<u8>) -> Outcome<Option<String>> {
    match String::from_utf8(bytes) {
        Ok(text) => match control(&text) {
            Some(at) => Outcome::new(None, vec![control_character(file, &text, at)]),
            None => Outcome::clean(Some(text)),
        },
        Err(bad) => Outcome::new(None, vec![not_utf8(file, bad.as_bytes(), bad.utf8_error())]),
    }
}

/// `None` when the file holds more than `limit` bytes, whatever it held at the scan; `expected` makes room.
pub(super) fn read_up_to(path: &Path, limit: u64, expected: u64) -> std::io::Result<Option<Vec<u8>>> {
    if expected > limit {
        return Ok(None);
    }
    let file = fs::File::open(path)?;
    // A byte more than it holds, so that the end is found without asking for room.
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0) + 1);
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

pub(super) fn too_large(file: &File, limit: u64) -> Diagnostic {
    let message = format!("`{}` is larger than {} may be: {} MiB", file.path.name(), file.role.noun(), limit / (1024 * 1024));
    Diagnostic::error(Code::TooLarge, Place::whole(&file.path), message).help("split it, or keep it out with `ignore`".to_owned())
}

fn not_utf8(file: &File, bytes: &[u8], bad: Utf8Error) -> Diagnostic {
    let start = bad.valid_up_to();
    let end = bad.error_len().map_or(bytes.len(), |length| start + length);
    let help = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "it looks like UTF-16; save it as UTF-8",
        _ => "save it as UTF-8",
    };
    let message = format!("`{}` is not UTF-8: byte {start} is 0x{:02X}", file.path.name(), bytes[start]);
    Diagnostic::error(Code::Encoding, Place::bytes(&file.path, start..end), message).help(help.to_owned())
}

/// Where the first character is that neither HTML nor XML may hold.
fn control(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let rare = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7F;
    // A block as a whole is looked at many bytes at a time.
    let block = bytes.chunks(256).position(|block| block.iter().fold(false, |any, byte| any | rare(*byte)));
    let low = block.and_then(|block| (block * 256..bytes.len()).find(|at| rare(bytes[*at])));
    let none = memchr::memchr_iter(0xEF, bytes).find(|at| matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])));
    low.into_iter().chain(none).min()
}

fn control_character(file: &File, text: &str, at: usize) -> Diagnostic {
    let character = text[at..].chars().next().unwrap_or_default();
    let message = format!("`{}` holds a control character, U+{:04X}", file.path.name(), u32::from(character));
    let help = "delete it: browsers and feeds refuse it".to_owned();
    Diagnostic::error(Code::Encoding, Place::bytes(&file.path, at..at + character.len_utf8()), message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_just_given_an_old_time_is_not_old() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1000);
        let ago = |seconds| now.checked_sub(Duration::from_secs(seconds));
        let old = |modified, changed| Stamp { size: 1, modified, changed: (changed, 500, 7) }.is_old(now);
        assert!(old(ago(10), 990));
        assert!(old(ago(10), 0));
        assert!(!old(ago(1), 990));
        assert!(!old(ago(10), 999));
        assert!(!old(None, 990));
    }
}
