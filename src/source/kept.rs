//! What the program keeps beside an archive from one run to the next: notes in the folder `.postilla` of its root, which no scan
//! reads, no watch hears of and git ignores. Nothing that decides a page is ever kept there.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::base::Error;

use super::scan::present;
use super::snapshot::read_up_to;

const FOLDER: &str = ".postilla";

/// A note longer than this is not ours.
const LIMIT: u64 = 64 * 1024 * 1024;

/// The note `name` of the archive at `root`; `None` when there is none.
pub fn recall(root: &Path, name: &str) -> Result<Option<String>, Error> {
    let path = root.join(FOLDER).join(name);
    let read = match present(fs::symlink_metadata(&path)).map_err(Error::at("look at", &path))? {
        None => return Ok(None),
        Some(seen) if seen.is_file() => read_up_to(&path, LIMIT, seen.len()),
        Some(_) => Err(io::Error::other("it is no file")),
    };
    let bytes = read.and_then(|bytes| bytes.ok_or_else(|| io::Error::other("it is too large")));
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other));
    text.map(Some).map_err(Error::at("read", &path))
}

/// Puts the note `name` in the place of the last one, whole or not at all, whoever else does the same.
pub fn keep(root: &Path, name: &str, text: &str) -> Result<(), Error> {
    let folder = folder(root)?;
    let path = folder.join(name);
    let mut waiting = tempfile::Builder::new().suffix(".tmp").tempfile_in(&folder).map_err(Error::at("write in", &folder))?;
    waiting.write_all(text.as_bytes()).and_then(|()| waiting.as_file().sync_all()).map_err(Error::at("write", &path))?;
    waiting.persist(&path).map_err(|refused| Error::new("replace", &path, refused.error))?;
    Ok(())
}

/// The folder, made if need be. Through a link nothing is written: an archive of somebody else could lead anywhere.
fn folder(root: &Path) -> Result<PathBuf, Error> {
    let folder = root.join(FOLDER);
    match fs::create_dir(&folder) {
        Err(refused) if refused.kind() != ErrorKind::AlreadyExists => return Err(Error::new("create the folder", folder, refused)),
        _ => {}
    }
    let seen = fs::symlink_metadata(&folder).map_err(Error::at("look at", &folder))?;
    if !seen.is_dir() {
        return Err(Error::new("write in", folder, io::Error::other("it is a link or a file")));
    }
    let ignore = folder.join(".gitignore");
    match File::create_new(&ignore).and_then(|mut file| file.write_all(b"*\n")) {
        Err(refused) if refused.kind() != ErrorKind::AlreadyExists => Err(Error::new("write", ignore, refused)),
        _ => Ok(folder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_recalled() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(recall(root.path(), "links.json").unwrap(), None);
        keep(root.path(), "links.json", "one").unwrap();
        keep(root.path(), "links.json", "two").unwrap();
        assert_eq!(recall(root.path(), "links.json").unwrap().as_deref(), Some("two"));
        assert_eq!(fs::read_to_string(root.path().join(".postilla/.gitignore")).unwrap(), "*\n");
        assert_eq!(fs::read_dir(root.path().join(".postilla")).unwrap().count(), 2);
    }

    #[test]
    fn many_who_keep_at_once_leave_a_whole_note() {
        let root = tempfile::tempdir().unwrap();
        let notes: Vec<String> = (0..8).map(|nth| nth.to_string().repeat(100_000)).collect();
        std::thread::scope(|scope| {
            for note in &notes {
                scope.spawn(|| keep(root.path(), "x", note).unwrap());
            }
        });
        assert!(notes.contains(&recall(root.path(), "x").unwrap().unwrap()));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_or_read_through_a_link() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(other.path(), root.path().join(".postilla")).unwrap();
        assert!(keep(root.path(), "x", "text").is_err());
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
        fs::remove_file(root.path().join(".postilla")).unwrap();
        fs::create_dir(root.path().join(".postilla")).unwrap();
        std::os::unix::fs::symlink("/etc/hosts", root.path().join(".postilla/x")).unwrap();
        assert!(recall(root.path(), "x").is_err());
        keep(root.path(), "x", "text").unwrap();
        assert_eq!(recall(root.path(), "x").unwrap().as_deref(), Some("text"));
    }
}
