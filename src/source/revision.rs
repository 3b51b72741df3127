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
    pub fn texts(&self, ignore: &[Box<str>]) -> Listed {
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
        for (path, entry) in self.entries.iter().filter(|(path, _)| holds_articles(path) && !is_left_out(path)) {
            let role = Role::of(path).filter(|role| matches!(role, Role::Article | Role::Sidecar));
            match judge(path, role, entry) {
                Found::Text(file) => listed.files.push((file, entry.id.clone())),
                Found::Unread(why) => listed.unread.push((SourcePath::new(path.as_str()), why)),
                Found::Other => {}
            }
        }
        listed
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

/// What stands at a path where articles and sidecars are looked for.
enum Found {
    Text(File),
    Unread(String),
    Other,
}

fn judge(path: &str, role: Option<Role>, entry: &Entry) -> Found {
    let unread = |why: &str| Found::Unread(why.to_owned());
    match (entry.kind, role, entry.size) {
        (Kind::Submodule, ..) => unread("it is another repository"),
        (Kind::Link, None, _) if has_ending(path) => Found::Other,
        (Kind::Link, ..) => unread("it is a link, and links of a revision are not followed"),
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

/// Whether a link seems to stand for a file that is only copied, such as a photo, rather than for a folder.
fn has_ending(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').is_some_and(|(_, ending)| {
        !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !ending.bytes().all(|byte| byte.is_ascii_digit())
    })
}
