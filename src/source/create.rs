//! Puts new files into the archive, all of them or none. A file that is there is never touched.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::base::{Error, SourcePath};

use super::home::Homes;

/// Files that were put into the archive, and can be taken back.
#[derive(Debug, Default)]
pub struct Created {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

/// Writes files that are not there yet, and the folders above them, below the archive's `root`. With an `Err` none of
/// them is there. Each is written under another name first, so that nobody reads half of one.
pub fn create(root: &Path, files: &[(SourcePath, &str)]) -> Result<Created, Error> {
    let real_root = fs::canonicalize(root).map_err(Error::at("find the archive", root))?;
    // What is wrong with its folders, the scan has reported.
    let homes = Homes::of(root, real_root, &mut Vec::new());
    let mut created = Created::default();
    for (file, text) in files {
        if let Err(error) = created.add(root, &homes, file, text) {
            created.take_back();
            return Err(error);
        }
    }
    Ok(created)
}

impl Created {
    /// Removes the files again, and the folders that were made for them.
    pub fn take_back(self) {
        for file in self.files.iter().rev() {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            // One in which something else lies by now stays.
            let _ = fs::remove_dir(folder);
        }
    }

    fn add(&mut self, root: &Path, homes: &Homes, file: &SourcePath, text: &str) -> Result<(), Error> {
        let full = root.join(file.as_str());
        let folder = full.parent().unwrap_or(root);
        self.make_folders(folder)?;
        let real = fs::canonicalize(folder).map_err(Error::at("find", folder))?;
        if !homes.allow(file.as_str(), &real) {
            let why = format!("it leads out of the archive, to `{}`", real.display());
            return Err(Error::new("write below", folder, io::Error::new(ErrorKind::PermissionDenied, why)));
        }
        write_whole(&real, &full, text).map_err(Error::at("create", &full))?;
        self.files.push(full);
        Ok(())
    }

    fn make_folders(&mut self, folder: &Path) -> Result<(), Error> {
        let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(Error::at("create the folder", folder))?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }
}

fn write_whole(folder: &Path, full: &Path, text: &str) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut waiting = builder.tempfile_in(folder)?;
    waiting.write_all(text.as_bytes())?;
    waiting.as_file().sync_all()?;
    waiting.persist_noclobber(full).map(drop).map_err(|refused| refused.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
        entries
            .map(|entry| entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned())
            .filter(|name| !name.is_empty())
            .collect()
    }

    fn file(path: &str) -> (SourcePath, &'static str) {
        (SourcePath::new(path), "text\n")
    }

    #[test]
    fn new_files_come_with_their_folders() {
        let root = tempfile::tempdir().unwrap();
        let created = create(root.path(), &[file("content/articles/2025/a.md"), file("content/articles/2025/b.md")]).unwrap();
        assert_eq!(fs::read_to_string(root.path().join("content/articles/2025/b.md")).unwrap(), "text\n");
        created.take_back();
        assert_eq!(names(root.path()), [""; 0]);
    }

    #[test]
    fn a_file_that_is_there_keeps_all_from_being_written() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("content")).unwrap();
        fs::write(root.path().join("content/b.md"), "theirs").unwrap();
        let refused = create(root.path(), &[file("content/new/a.md"), file("content/b.md")]).unwrap_err();
        assert!(refused.path().ends_with("content/b.md"), "{refused}");
        assert_eq!(fs::read_to_string(root.path().join("content/b.md")).unwrap(), "theirs");
        assert_eq!(names(root.path()), ["content", "content/b.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link_that_leads_out() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir_all(root.path().join("content/articles")).unwrap();
        std::os::unix::fs::symlink(other.path(), root.path().join("content/articles/2025")).unwrap();
        create(root.path(), &[file("content/articles/2025/a.md")]).unwrap_err();
        assert_eq!(names(other.path()), [""; 0]);
    }
}
