//! The content of an archive as a revision of its git repository has it, read into memory. Follows no link and enters no
//! submodule: what they would lead to is named, so that nobody takes it for gone.

use std::path::Path;

use crate::base::{Outcome, SourcePath};

use super::git::{Entry, Kind, Refused, Repository};
use super::role::is_passing;
use super::scan::ignored;
use super::snapshot::{text_of, too_large};
use super::{File, Role, Stamp};

/// An archive in a revision.
#[derive(Debug)]
pub struct Revision {
    repository: Repository,
    name: String,
    id: String,
    /// Where its configuration stands in the repository.
    config: String,
    /// Its configuration and its content, with paths from the root of the archive.
    entries: Vec<(String, Entry)>,
    /// Paths that are not UTF-8.
    nameless: Vec<String>,
}

/// Files of a revision, and what stands in the place of others.
pub struct Listed {
    /// Articles and sidecars, by path.
    pub files: Vec<(File, String)>,
    /// Paths that cannot be read, and why.
    pub unread: Vec<(SourcePath, String)>,
}

impl Revision {
    /// The archive at `root` in the revision called `name`: anything that `git rev-parse` takes for one commit.
    pub fn find(root: &Path, name: &str) -> Result<Self, Refused> {
        let (repository, inside) = Repository::around(root)?;
        let (id, tree) = repository.resolve(name)?;
        let [config, content] = ["postilla.toml", "content"].map(|part| format!("{inside}{part}"));
        let listed = repository.list(&tree, &[&config, &content])?;
        if listed.is_empty() {
            return Err(Refused::NoArchive { name: name.to_owned(), config });
        }
        let mut revision = Self { repository, name: name.to_owned(), id, config, entries: Vec::new(), nameless: Vec::new() };
        let below = |path: &str| path.strip_prefix(&inside).unwrap_or(path).to_owned();
        for entry in listed {
            match std::str::from_utf8(&entry.path) {
                Ok(path) => revision.entries.push((below(path), entry)),
                Err(_) => revision.nameless.push(below(&String::from_utf8_lossy(&entry.path))),
            }
        }
        Ok(revision)
    }

    /// Its name, as it was asked for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole id of its commit.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The text of its `postilla.toml`; an error where there is none.
    pub fn config(&self) -> Result<Outcome<Option<String>>, Refused> {
        let found = self.entries.iter().find(|(path, entry)| path == "postilla.toml" && entry.kind == Kind::File);
        let (path, entry) = found.ok_or_else(|| Refused::NoArchive { name: self.name.clone(), config: self.config.clone() })?;
        let file = file(path, Role::Config);
        if let Some(limit) = Role::Config.limit().filter(|limit| entry.size.is_some_and(|size| size > *limit)) {
            return Ok(Outcome::new(None, vec![too_large(&file, limit)]));
        }
        let mut config = Outcome::clean(None);
        self.read(&[(file, entry.id.clone())], |_, text| config = text)?;
        Ok(config)
    }

    /// Its articles and sidecars, without what the globs of `ignore` match, as a scan would find them on the disk.
    pub fn texts(&self, ignore: &[Box<str>]) -> Result<Listed, Refused> {
        let globs = ignored(ignore, &mut Vec::new());
        let is_left_out = |path: &str| {
            let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
            ends.map(|end| &path[..end]).any(|part| {
                let name = part.rsplit_once('/').map_or(part, |(_, name)| name);
                is_passing(name) || globs.is_match(part)
            })
        };
        let nameless = self.nameless.iter().map(|path| (SourcePath::new(path.as_str()), "its name is not UTF-8".to_owned()));
        let mut listed = Listed { files: Vec::new(), unread: nameless.collect() };
        let mut links = Vec::new();
        for (path, entry) in self.entries.iter().filter(|(path, _)| holds_articles(path) && !is_left_out(path)) {
            match judge(path, entry) {
                Found::Text(file) => listed.files.push((file, entry.id.clone())),
                Found::Unread(why) => listed.unread.push((SourcePath::new(path.as_str()), why)),
                Found::Link => links.push((path.as_str(), entry.id.as_str())),
                Found::Other => {}
            }
        }
        self.name_folders(&links, &mut listed)?;
        Ok(listed)
    }

    /// Names those links that may stand for a folder with articles. One that stands for a photo is of no concern.
    fn name_folders(&self, links: &[(&str, &str)], listed: &mut Listed) -> Result<(), Refused> {
        let ids: Vec<&str> = links.iter().map(|(_, id)| *id).collect();
        self.repository.read(&ids, |position, target| {
            let path = links[position].0;
            let target = String::from_utf8_lossy(&target);
            if self.has_folder(path, &target) || ending(path).is_none() || ending(path) != ending(&target) {
                listed.unread.push((SourcePath::new(path), NOT_FOLLOWED.to_owned()));
            }
        })
    }

    /// Whether `target` is a folder of the archive when it stands in the link at `path`.
    fn has_folder(&self, path: &str, target: &str) -> bool {
        let Some(folder) = SourcePath::new(path).join(target) else { return false };
        let below = folder + "/";
        // Git lists paths in the order of their bytes.
        let first = self.entries.partition_point(|(path, _)| *path < below);
        self.entries.get(first).is_some_and(|(path, _)| path.starts_with(&below))
    }

    /// Reads files in their order and hands each to `take` with its position; `None` beside a finding when it is no text.
    pub fn read(&self, files: &[(File, String)], mut take: impl FnMut(usize, Outcome<Option<String>>)) -> Result<(), Refused> {
        let ids: Vec<&str> = files.iter().map(|(_, id)| id.as_str()).collect();
        self.repository.read(&ids, |position, bytes| take(position, text_of(&files[position].0, bytes)))
    }
}

fn file(path: &str, role: Role) -> File {
    File { path: SourcePath::new(path), role, stamp: Stamp::default() }
}

/// Whether a path is that of the articles' folder, above it or in it.
fn holds_articles(path: &str) -> bool {
    path == "content" || path == "content/articles" || path.starts_with("content/articles/")
}

const NOT_FOLLOWED: &str = "it is a link, and links of a revision are not followed";

/// What stands at a path where articles and sidecars are looked for.
enum Found {
    Text(File),
    Unread(String),
    /// It leads to a folder, or to a file that is only copied.
    Link,
    Other,
}

fn judge(path: &str, entry: &Entry) -> Found {
    let role = Role::of(path).filter(|role| matches!(role, Role::Article | Role::Sidecar));
    let unread = |why: &str| Found::Unread(why.to_owned());
    match (entry.kind, role, entry.size) {
        (Kind::Submodule, ..) => unread("it is another repository"),
        (Kind::Link, None, Some(_)) => Found::Link,
        (Kind::Link, ..) => unread(NOT_FOLLOWED),
        (Kind::File, None, _) => Found::Other,
        (Kind::File, Some(_), None) => unread("this clone of the repository does not have it"),
        (Kind::File, Some(role), Some(size)) => {
            let file = file(path, role);
            match role.limit().filter(|limit| size > *limit) {
                Some(limit) => Found::Unread(too_large(&file, limit).message),
                None => Found::Text(file),
            }
        }
    }
}

/// `jpg` for `a/photo.jpg`.
fn ending(path: &str) -> Option<&str> {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map(|(_, ending)| ending)
}
