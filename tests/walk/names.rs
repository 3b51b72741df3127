//! What there is to be edited.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Walk;

pub const ARTICLES: &str = "content/articles";

impl Walk {
    /// The articles, by their paths in the archive.
    pub(super) fn articles(&self) -> Vec<PathBuf> {
        self.below(ARTICLES, ".md")
    }

    pub(super) fn sidecars(&self) -> Vec<PathBuf> {
        self.below(ARTICLES, ".facts.toml")
    }

    /// Folders with articles in them.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = self.articles().iter().filter_map(|path| path.parent().map(Path::to_owned)).collect();
        folders.sort();
        folders.dedup();
        folders.retain(|folder| *folder != self.at(ARTICLES));
        folders
    }

    /// Where the articles really are, when they are behind a link.
    pub(super) fn behind(&self) -> Option<PathBuf> {
        fs::read_link(self.at(ARTICLES)).ok().map(|_| fs::canonicalize(self.at(ARTICLES)).unwrap())
    }

    fn below(&self, folder: &str, end: &str) -> Vec<PathBuf> {
        let entries = WalkDir::new(self.at(folder)).follow_links(true).sort_by_file_name().into_iter().filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file() && entry.path().to_string_lossy().ends_with(end));
        files.map(walkdir::DirEntry::into_path).collect()
    }
}

pub fn sidecar_of(article: &Path) -> PathBuf {
    article.with_extension("facts.toml")
}

pub fn stem(article: &Path) -> String {
    article.file_stem().unwrap().to_string_lossy().into_owned()
}
