//! Replaces one file of the archive whole or not at all, and only if it still holds what was read. The one thing in
//! `source` that writes.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::base::{Error, Fingerprint};

use super::home::Homes;
use super::scan::present;
use super::{File as Listed, Snapshot};

/// What became of saving a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It holds the new text.
    Replaced,
    /// It no longer holds what was read, or has gone; nothing was touched.
    ChangedMeanwhile,
}

/// Puts `text` in the place of what `file` holds, if the fingerprint of its bytes is `expected`. Rights stay, and the
/// owner where the system lets them; a symbolic link stays one, and the file that it leads to is replaced; a file that has several names is refused.
///
/// An `Err` leaves the old file, and nothing beside it. So does a kill at any moment, but for a hidden `.….tmp` that no
/// scan reads: the text is written and synced under that name, and the renaming, which is one step to every reader,
/// comes last. A change by another program between the last look and the renaming would be lost; nothing on the disk
/// can rule that out.
pub fn save(snapshot: &Snapshot, file: &Listed, expected: Fingerprint, text: &str) -> Result<Saved, Error> {
    let Some(real) = real_path(snapshot, file)? else { return Ok(Saved::ChangedMeanwhile) };
    let Some(seen) = writable(&real)? else { return Ok(Saved::ChangedMeanwhile) };
    let waiting = write_beside(&real, &seen, text).map_err(Error::at("write beside", &real))?;
    let now = present(fs::read(&real)).map_err(Error::at("read", &real))?;
    if now.is_none_or(|bytes| Fingerprint::of(&bytes) != expected) {
        return Ok(Saved::ChangedMeanwhile);
    }
    waiting.persist(&real).map_err(|refused| Error::new("replace", &real, refused.error))?;
    sync_folder(&real);
    Ok(Saved::Replaced)
}

/// Where the file really is; `None` when it has gone. Links may have changed since the scan, and are judged again.
fn real_path(snapshot: &Snapshot, file: &Listed) -> Result<Option<PathBuf>, Error> {
    let root = snapshot.root();
    let full = snapshot.full_path(&file.path);
    let Some(real) = present(fs::canonicalize(&full)).map_err(Error::at("find", &full))? else { return Ok(None) };
    let real_root = fs::canonicalize(root).map_err(Error::at("find the archive", root))?;
    // What is wrong with its folders, the scan has reported.
    if Homes::of(root, real_root, &mut Vec::new()).allow(file.path.as_str(), &real) {
        return Ok(Some(real));
    }
    let why = format!("it leads out of the archive, to `{}`", real.display());
    Err(Error::new("change", full, io::Error::new(ErrorKind::PermissionDenied, why)))
}

/// How the disk describes the file; `None` when it has gone. Renaming asks only the folder, so a file that is not to
/// be written has to be asked itself.
fn writable(real: &Path) -> Result<Option<Metadata>, Error> {
    let opened = present(File::options().append(true).open(real)).map_err(Error::at("write", real))?;
    let Some(seen) = opened.map(|file| file.metadata()).transpose().map_err(Error::at("look at", real))? else { return Ok(None) };
    if seen.permissions().readonly() {
        return Err(Error::new("write", real, io::Error::new(ErrorKind::PermissionDenied, "it is read-only")));
    }
    if names(&seen) > 1 {
        let why = "it is a hard link, and has another name, which would keep the old text; make it a file of its own, or a symbolic link";
        return Err(Error::new("replace", real, io::Error::new(ErrorKind::Unsupported, why)));
    }
    Ok(Some(seen))
}

/// Under how many names the disk keeps the file. Renaming would part them, and to write into the file would break the
/// promise that it is replaced whole or not at all; so one with several is refused.
#[cfg(unix)]
fn names(seen: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(seen)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// A file of the same folder, so that renaming crosses no disk; removed when it is dropped.
fn write_beside(real: &Path, seen: &Metadata, text: &str) -> io::Result<NamedTempFile> {
    let folder = real.parent().unwrap_or(Path::new("."));
    let mut waiting = tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(folder)?;
    waiting.write_all(text.as_bytes())?;
    keep_owner(waiting.as_file(), seen);
    // Behind the owner, whose change takes some rights away.
    waiting.as_file().set_permissions(seen.permissions())?;
    waiting.as_file().sync_all()?;
    Ok(waiting)
}

/// Only the machine's administrator may give a file away; others keep it themselves.
#[cfg(unix)]
fn keep_owner(waiting: &File, seen: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(waiting, None, Some(seen.gid()));
    let _ = fchown(waiting, Some(seen.uid()), None);
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Lets the renaming outlive a loss of power. The file is replaced by now, so what the disk says here is no failure.
fn sync_folder(real: &Path) {
    if let (true, Some(folder)) = (cfg!(unix), real.parent()) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;
    use crate::source::{is_passing, scan};

    const PATH: &str = "content/articles/a.facts.toml";

    struct Archive(tempfile::TempDir);

    impl Archive {
        fn new() -> Self {
            let archive = Self(tempfile::tempdir().unwrap());
            fs::create_dir_all(archive.at("content/articles/real")).unwrap();
            archive
        }

        fn at(&self, path: &str) -> PathBuf {
            self.0.path().join(path)
        }

        fn write(&self, path: &str, text: &str) {
            fs::write(self.at(path), text).unwrap();
        }

        fn text(&self, path: &str) -> String {
            fs::read_to_string(self.at(path)).unwrap()
        }

        /// Scans the archive, lets something happen, and then saves.
        fn save_after(&self, path: &str, happens: impl FnOnce()) -> Result<Saved, Error> {
            let snapshot = scan(self.0.path(), &[], &self.at("public")).unwrap().value;
            let listed = snapshot.get(path).unwrap();
            happens();
            save(&snapshot, listed, Fingerprint::of(b"old"), "new")
        }

        /// Every name in the folder of the articles, hidden ones too.
        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.at("content/articles")).unwrap();
            let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }

        fn mode(&self, path: &str, mode: u32) {
            fs::set_permissions(self.at(path), fs::Permissions::from_mode(mode)).unwrap();
        }
    }

    #[test]
    fn a_file_is_replaced_and_keeps_its_rights_and_owner() {
        let archive = Archive::new();
        archive.write(PATH, "old");
        archive.mode(PATH, 0o664);
        // Only an administrator can; for others the owner stays their own anyway.
        let _ = std::os::unix::fs::chown(archive.at(PATH), Some(12345), Some(23456));
        let before = fs::metadata(archive.at(PATH)).unwrap();
        assert_eq!(archive.save_after(PATH, || {}).unwrap(), Saved::Replaced);
        let after = fs::metadata(archive.at(PATH)).unwrap();
        assert_eq!((archive.text(PATH).as_str(), after.mode()), ("new", before.mode()));
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_ne!(after.ino(), before.ino(), "the old file was written into");
        assert_eq!(archive.names(), ["a.facts.toml", "real"]);
    }

    #[test]
    fn a_file_that_changed_meanwhile_or_went_is_left_as_it_is() {
        let archive = Archive::new();
        archive.write(PATH, "old");
        assert_eq!(archive.save_after(PATH, || archive.write(PATH, "theirs")).unwrap(), Saved::ChangedMeanwhile);
        assert_eq!((archive.text(PATH).as_str(), archive.names()), ("theirs", vec!["a.facts.toml".to_owned(), "real".to_owned()]));
        assert_eq!(archive.save_after(PATH, || fs::remove_file(archive.at(PATH)).unwrap()).unwrap(), Saved::ChangedMeanwhile);
        assert_eq!(archive.names(), ["real"]);
    }

    #[test]
    fn a_link_stays_a_link_and_its_file_is_replaced() {
        let archive = Archive::new();
        archive.write("content/articles/real/b.toml", "old");
        symlink("real/b.toml", archive.at(PATH)).unwrap();
        assert_eq!(archive.save_after(PATH, || {}).unwrap(), Saved::Replaced);
        assert!(fs::symlink_metadata(archive.at(PATH)).unwrap().is_symlink());
        assert_eq!(archive.text("content/articles/real/b.toml"), "new");
        assert_eq!(archive.names(), ["a.facts.toml", "real"]);
    }

    #[test]
    fn a_link_that_came_to_lead_out_of_the_archive_is_not_followed() {
        let (archive, other) = (Archive::new(), tempfile::tempdir().unwrap());
        let outside = other.path().join("x");
        fs::write(&outside, "old").unwrap();
        archive.write(PATH, "old");
        let turn = || {
            fs::remove_file(archive.at(PATH)).unwrap();
            symlink(&outside, archive.at(PATH)).unwrap();
        };
        let refused = archive.save_after(PATH, turn).unwrap_err();
        assert!(refused.to_string().contains("leads out of the archive"), "{refused}");
        assert_eq!(fs::read_to_string(&outside).unwrap(), "old");
    }

    #[test]
    fn a_read_only_file_is_named_and_left() {
        let archive = Archive::new();
        archive.write(PATH, "old");
        archive.mode(PATH, 0o444);
        let refused = archive.save_after(PATH, || {}).unwrap_err();
        assert!(refused.path().ends_with(PATH), "{refused}");
        assert_eq!((archive.text(PATH).as_str(), archive.names()), ("old", vec!["a.facts.toml".to_owned(), "real".to_owned()]));
    }

    #[test]
    fn a_file_with_two_names_is_not_parted() {
        let archive = Archive::new();
        archive.write(PATH, "old");
        fs::hard_link(archive.at(PATH), archive.at("content/articles/real/b.toml")).unwrap();
        let refused = archive.save_after(PATH, || {}).unwrap_err();
        assert!(refused.to_string().contains("hard link"), "{refused}");
        assert_eq!((archive.text(PATH), archive.text("content/articles/real/b.toml")), ("old".to_owned(), "old".to_owned()));
        assert_eq!(archive.names(), ["a.facts.toml", "real"]);
    }

    #[test]
    fn a_file_that_cannot_be_replaced_stays_and_nothing_lies_beside_it() {
        let archive = Archive::new();
        archive.write(PATH, "old");
        let seen = fs::metadata(archive.at(PATH)).unwrap();
        let waiting = write_beside(&archive.at(PATH), &seen, "new").unwrap();
        assert!(is_passing(&waiting.path().file_name().unwrap().to_string_lossy()), "{waiting:?}");
        // A folder cannot be replaced by a file, whoever asks.
        assert!(waiting.persist(archive.at("content/articles/real")).is_err());
        assert_eq!((archive.text(PATH).as_str(), archive.names()), ("old", vec!["a.facts.toml".to_owned(), "real".to_owned()]));
    }

    #[test]
    fn a_folder_that_takes_no_file_is_an_error_that_names_the_file() {
        let archive = Archive::new();
        archive.write(PATH, "old");
        archive.mode("content/articles", 0o555);
        // An administrator may write everywhere.
        let barred = fs::write(archive.at("content/articles/try"), "").is_err();
        let saved = archive.save_after(PATH, || {});
        archive.mode("content/articles", 0o755);
        match saved {
            Err(refused) => assert!(barred && refused.path().ends_with(PATH), "{refused}"),
            Ok(_) => assert!(!barred),
        }
        assert_eq!(archive.text(PATH), if barred { "old" } else { "new" });
    }
}
