//! A look at a few paths in place of all. It gives up where a path is anything but a plain file that is known
//! already: a scan then tells what has become of it.

use std::fs;
use std::path::Path;

use super::scan::present;
use super::{File, Snapshot, Stamp};

/// The files of `snapshot` with those at `paths` as they are now. `None` where that is not enough to know the files:
/// one came or went, or a link or a folder is concerned.
pub fn rescan<P: AsRef<Path>>(snapshot: &Snapshot, paths: &[P]) -> Option<Snapshot> {
    let changed = paths.iter().map(|path| look(snapshot, path.as_ref())).collect::<Option<Vec<_>>>()?;
    let mut files = snapshot.files().to_vec();
    for look in changed {
        let Look::File(path, stamp) = look else { continue };
        let file = files.binary_search_by(|file| file.path.as_str().cmp(&path)).ok()?;
        files[file].stamp = stamp;
    }
    Some(Snapshot::new(snapshot.root(), files))
}

/// What stands at one path.
enum Look {
    /// A known file, as it is now.
    File(String, Stamp),
    /// Nothing, where nothing of the archive was.
    Nothing,
}

fn look(snapshot: &Snapshot, full: &Path) -> Option<Look> {
    let path = full.strip_prefix(snapshot.root()).ok()?.to_str()?.replace('\\', "/");
    let seen = present(fs::symlink_metadata(full)).ok()?;
    match (snapshot.get(&path), seen) {
        (Some(_), Some(seen)) if seen.is_file() => Some(Look::File(path, Stamp::of(&seen))),
        (None, None) if !holds(snapshot.files(), &path) => Some(Look::Nothing),
        _ => None,
    }
}

/// Whether a file lies in `folder`.
fn holds(files: &[File], folder: &str) -> bool {
    let below = format!("{folder}/");
    let first = files.partition_point(|file| file.path.as_str() < below.as_str());
    files.get(first).is_some_and(|file| file.path.as_str().starts_with(&below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::scan;

    fn check(change: impl FnOnce(&Path), named: &[&str], enough: bool) {
        let root = tempfile::tempdir().unwrap();
        let articles = root.path().join("content/articles");
        fs::create_dir_all(articles.join("2025")).unwrap();
        fs::write(articles.join("2025/a.md"), "one").unwrap();
        fs::write(articles.join("b.md"), "one").unwrap();
        let before = scan(root.path(), &[], &root.path().join("public")).unwrap().value;
        change(&articles);
        let paths: Vec<_> = named.iter().map(|name| articles.join(name)).collect();
        let now = scan(root.path(), &[], &root.path().join("public")).unwrap().value;
        assert_eq!(rescan(&before, &paths), enough.then_some(now));
    }

    #[test]
    fn a_saved_file_is_enough_to_look_at() {
        check(|articles| fs::write(articles.join("b.md"), "other").unwrap(), &["b.md"], true);
        let by_rename = |articles: &Path| {
            fs::write(articles.join("b.md.new"), "other").unwrap();
            fs::rename(articles.join("b.md.new"), articles.join("b.md")).unwrap();
        };
        check(by_rename, &["b.md", "b.md.new"], true);
        check(|_| {}, &["never-was"], true);
    }

    #[test]
    fn what_comes_or_goes_or_is_no_file_is_not() {
        check(|articles| fs::write(articles.join("c.md"), "new").unwrap(), &["c.md"], false);
        check(|articles| fs::remove_file(articles.join("b.md")).unwrap(), &["b.md"], false);
        check(|articles| fs::remove_dir_all(articles.join("2025")).unwrap(), &["2025"], false);
        check(|_| {}, &["2025"], false);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_has_become_a_link_is_not() {
        let link = |articles: &Path| {
            fs::remove_file(articles.join("b.md")).unwrap();
            std::os::unix::fs::symlink("2025/a.md", articles.join("b.md")).unwrap();
        };
        check(link, &["b.md"], false);
    }
}
