//! Where an output folder may be.

use std::path::{Component, Path, PathBuf};

use super::Overwrite;

/// The folders of an archive's sources, which no output may cover.
const SOURCES: [&str; 8] = ["content", "content/articles", "content/entities", "content/pages", "templates", "static", "src", ".git"];

/// Refuses an output folder whose files would mix with sources: the root of the archive, a folder above it, or
/// one of its source folders. Follows links on both sides. The `Err` says why, as a message's phrase.
pub fn check_place(root: &Path, output: &Path) -> Result<(), String> {
    let shown = output.display();
    if output.starts_with("~") {
        return Err(format!(
            "the output folder `{shown}` would be in a folder called `~`: write the whole path, since only shells know `~`"
        ));
    }
    let (root, output) = (real(root), real(output));
    if output == root {
        return Err(format!("the output folder `{shown}` is the archive itself"));
    }
    if root.starts_with(&output) {
        return Err(format!("the output folder `{shown}` holds the archive"));
    }
    for name in SOURCES {
        let folder = real(&root.join(name));
        if output.starts_with(&folder) || folder.starts_with(&output) {
            return Err(format!("the output folder `{shown}` and the archive's `{name}/` share a place"));
        }
    }
    Ok(())
}

/// Refuses a file that would lie among sources, or in the place of one that is there, unless that is wanted: nothing tells whose it is.
/// The `Err` says why, as a message's phrase.
pub fn check_file(root: &Path, file: &Path, overwrite: Overwrite) -> Result<(), String> {
    let shown = file.display();
    let (root, place) = (real(root), real(file));
    if let Some(name) = SOURCES.iter().find(|name| place.starts_with(real(&root.join(name)))) {
        return Err(format!("the file `{shown}` would lie in the archive's `{name}/`"));
    }
    match std::fs::symlink_metadata(file) {
        Ok(there) if there.is_dir() => Err(format!("`{shown}` is a folder: name a file")),
        Ok(there) if !there.is_file() => Err(format!("`{shown}` is no plain file, and is not replaced")),
        Ok(_) if overwrite == Overwrite::OwnOnly => Err(format!("the file `{shown}` is there already; use another name, or `--force`")),
        _ => Ok(()),
    }
}

/// The path without links, as far as it exists; the rest is taken by its words.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            Component::CurDir => {}
            part => real.push(part),
        }
        // Step by step, since `..` behind a link means the folder above its target.
        real = std::fs::canonicalize(&real).unwrap_or(real);
    }
    real
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_folder_never_covers_sources() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        std::fs::create_dir_all(root.join("content/articles")).unwrap();
        for bad in [".", "..", "content", "content/articles/x", "static", "templates/y", "src", "public/..", ".git/site"] {
            assert!(check_place(root, &root.join(bad)).is_err(), "{bad}");
        }
        assert!(check_place(root, Path::new("~/site")).is_err_and(|why| why.contains("only shells")));
        for good in ["public", "build/site", "../elsewhere", "contents"] {
            assert_eq!(check_place(root, &root.join(good)), Ok(()), "{good}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_hide_a_bad_place() {
        let root = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(root.path(), elsewhere.path().join("back")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join("static")).unwrap();
        assert!(check_place(root.path(), &elsewhere.path().join("back")).is_err());
        assert!(check_place(root.path(), elsewhere.path()).is_err());
    }
}
