//! Which folders are to be watched for a ground, as the disk is now: each once, where it really is, however many
//! links lead there. What is missing is watched for from the nearest folder above it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use super::Ground;

/// More links than this in a row lead nowhere; the system draws the line there too.
const LONGEST_CHAIN: usize = 40;

/// Folders to watch, by their real paths.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Posts(BTreeMap<PathBuf, Post>);

/// A folder that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    /// The folder as the ground spells it.
    pub shown: PathBuf,
    pub sight: Sight,
}

/// What matters in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sight {
    /// Only what bears one of these names.
    Names(BTreeSet<OsString>),
    /// All, and all below.
    All,
}

impl Posts {
    /// Looks at the disk. What is not there, or may not be read, holds nothing.
    pub(super) fn survey(ground: &Ground) -> Self {
        let folders: Vec<PathBuf> = ground.folders.iter().filter_map(|path| std::path::absolute(path).ok()).collect();
        let files: Vec<PathBuf> = ground.files.iter().filter_map(|path| std::path::absolute(path).ok()).collect();
        let tops = folders.iter().chain(&files).filter_map(|path| path.parent()).collect();
        let mut survey = Survey { ground, tops, posts: Self::default(), left: Vec::new() };
        for path in folders.iter().chain(&files) {
            survey.way_to(path);
            survey.chains_on_the_way_to(path);
        }
        for folder in &folders {
            if let Some(real) = real_folder(folder) {
                survey.folder(folder, &real);
            }
        }
        survey.posts
    }

    /// Without those that a watch on a folder above sees to, where watches reach down.
    pub(super) fn thinned(self) -> Self {
        let mut kept: BTreeMap<PathBuf, Post> = BTreeMap::new();
        // Folders come before what is in them.
        for (real, post) in self.0 {
            let covered = real.ancestors().skip(1).any(|above| kept.get(above).is_some_and(|post| post.sight == Sight::All));
            if !covered {
                kept.insert(real, post);
            }
        }
        Self(kept)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&PathBuf, &Post)> {
        self.0.iter()
    }

    pub(super) fn get(&self, real: &Path) -> Option<&Post> {
        self.0.get(real)
    }

    pub(super) fn insert(&mut self, real: PathBuf, post: Post) {
        self.0.insert(real, post);
    }

    pub(super) fn remove(&mut self, real: &Path) {
        self.0.remove(real);
    }

    /// The post at `real` or nearest above it.
    pub(super) fn over(&self, real: &Path) -> Option<(&Path, &Post)> {
        real.ancestors().find_map(|folder| self.0.get_key_value(folder)).map(|(folder, post)| (folder.as_path(), post))
    }

    /// The real paths of the posts at `real` and below.
    pub(super) fn from(&self, real: &Path) -> impl Iterator<Item = &PathBuf> {
        self.0.range(real.to_owned()..).map(|(folder, _)| folder).take_while(move |folder| folder.starts_with(real))
    }

    fn name(&mut self, real: PathBuf, shown: &Path, name: &OsStr) {
        let post = self.0.entry(real).or_insert_with(|| Post { shown: shown.to_owned(), sight: Sight::Names(BTreeSet::new()) });
        if let Sight::Names(names) = &mut post.sight {
            names.insert(name.to_owned());
        }
    }
}

struct Survey<'a> {
    ground: &'a Ground,
    /// The folders in which the paths of the ground stand.
    tops: BTreeSet<&'a Path>,
    posts: Posts,
    /// The real folders in which the links stand that were followed to where the walk is.
    left: Vec<PathBuf>,
}

impl Survey<'_> {
    /// Posts above `path`, each for the next name on the way to it: up to the nearest folder that is there, and on to
    /// the last one in which something of the ground stands.
    // Folders may be moved, made and linked anew at each step. Further up lie the homes and roots of others.
    fn way_to(&mut self, path: &Path) {
        let top = self.top(path);
        for step in path.ancestors() {
            let (Some(folder), Some(name)) = (step.parent(), step.file_name()) else { continue };
            let Some(real) = real_folder(folder) else { continue };
            self.posts.name(real, folder, name);
            if top.is_none_or(|top| top.starts_with(folder)) {
                break;
            }
        }
    }

    /// Posts for where the links on the way to `path` lead.
    fn chains_on_the_way_to(&mut self, path: &Path) {
        let top = self.top(path);
        for step in path.ancestors().take_while(|step| Some(*step) != top) {
            self.chain_from(step);
        }
    }

    /// The highest folder above `path` in which something of the ground stands.
    fn top<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.ancestors().skip(1).filter(|above| self.tops.contains(above)).last()
    }

    /// Posts for where a link leads, one for each link in a row, whether or not the last leads to something.
    fn chain_from(&mut self, link: &Path) {
        let mut at = link.to_owned();
        for _ in 0..LONGEST_CHAIN {
            let Ok(target) = fs::read_link(&at) else { return };
            at = at.parent().unwrap_or(&at).join(target);
            self.way_to(&at);
        }
    }

    /// Posts for the folder `shown`, which really is at `real`, and for what is below it.
    fn folder(&mut self, shown: &Path, real: &Path) {
        if self.posts.get(real).is_some_and(|post| post.sight == Sight::All) {
            return;
        }
        self.posts.insert(real.to_owned(), Post { shown: shown.to_owned(), sight: Sight::All });
        let Ok(entries) = fs::read_dir(shown) else { return };
        for entry in entries.filter_map(Result::ok) {
            let Ok(kind) = entry.file_type() else { continue };
            if !kind.is_dir() && !kind.is_symlink() {
                continue;
            }
            let shown = shown.join(entry.file_name());
            if (self.ground.noise)(&shown) {
                continue;
            }
            if kind.is_dir() {
                self.folder(&shown, &real.join(entry.file_name()));
            } else {
                self.link(&shown, real);
            }
        }
    }

    /// Follows the link `shown`, which stands in the real folder `parent`, unless it leads back up.
    fn link(&mut self, shown: &Path, parent: &Path) {
        self.chain_from(shown);
        let Some(real) = real_folder(shown) else { return };
        self.left.push(parent.to_owned());
        if !self.left.iter().any(|folder| folder.starts_with(&real)) {
            self.folder(shown, &real);
        }
        self.left.pop();
    }
}

fn real_folder(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok().filter(|real| real.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_watches_reach_down_the_highest_is_enough() {
        let post = |sight: Sight| Post { shown: PathBuf::new(), sight };
        let names = || Sight::Names(BTreeSet::new());
        let posts = |all: &[(&str, Sight)]| Posts(all.iter().map(|(at, sight)| ((*at).into(), post(sight.clone()))).collect());
        let all = [("/r", names()), ("/r/a", Sight::All), ("/r/a/b", Sight::All), ("/r/a/c", names()), ("/r/ab", Sight::All)];
        let kept = [("/r", names()), ("/r/a", Sight::All), ("/r/ab", Sight::All)];
        assert_eq!(posts(&all).thinned(), posts(&kept));
    }
}
