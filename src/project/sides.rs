//! The two states of an archive that are compared, each read from a folder or from a revision. What can be read is
//! read; what cannot is named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::read::article_of;
use crate::base::diagnostic::any_error;
use crate::base::{Diagnostic, Error, Lang, Outcome, SourcePath};
use crate::config::Config;
use crate::difference::{Origin, Side, Unread, Version};
use crate::parse::data::Format;
use crate::parse::sidecar::Fact;
use crate::parse::{self, List, article, front_matter, sidecar};
use crate::source::{self, File, Refused, Revision, Role};

/// Where a state of an archive is to be read.
#[derive(Debug)]
pub enum Place {
    /// An archive's root.
    Folder {
        /// The root.
        root: PathBuf,
        /// How it was named; `None` for that of the archive in which somebody works.
        name: Option<String>,
    },
    /// A revision of the repository in which the archive lies.
    Revision(Box<Revision>),
}

/// What keeps a state of an archive from being read.
#[derive(Debug)]
pub enum Stopped {
    /// The disk.
    Disk(Error),
    /// Git.
    Git(Refused),
    /// A name is that of nothing.
    Neither {
        /// The name.
        name: String,
        /// Why it is no revision; `None` when nobody could ask, for want of an archive.
        git: Option<Refused>,
    },
    /// A folder is no archive: the configuration that it lacks.
    NoConfig(PathBuf),
}

impl Stopped {
    /// Whether other words on the command line would help.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Disk(_) => false,
            Self::Git(refused) => refused.is_usage(),
            Self::Neither { .. } | Self::NoConfig(_) => true,
        }
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(error) => error.fmt(f),
            Self::Git(refused) => refused.fmt(f),
            Self::Neither { name, git: Some(refused) } => write!(f, "`{name}` is no folder, and {refused}"),
            Self::Neither { name, git: None } => {
                write!(f, "`{name}` is no folder, and here is no archive of which it could be a revision; `--root` names one")
            }
            Self::NoConfig(path) => write!(f, "there is no configuration at `{}`; name the root of an archive", path.display()),
        }
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Disk(error)
    }
}

impl From<Refused> for Stopped {
    fn from(refused: Refused) -> Self {
        Self::Git(refused)
    }
}

/// What `name` means to somebody who works on the archive at `root`. A path with a root, one that begins with `.` or `..`,
/// and one that ends in a slash is a folder; any other name is a revision if git knows it, else a folder.
pub fn place(name: &Path, root: Option<&Path>) -> Result<Place, Stopped> {
    let shown = name.to_string_lossy().into_owned();
    let folder = || Place::Folder { root: name.to_owned(), name: Some(shown.clone()) };
    let (Some(revision), false) = (name.to_str(), is_path(name)) else { return Ok(folder()) };
    match root.map(|root| Revision::find(root, revision)) {
        Some(Ok(revision)) => Ok(Place::Revision(Box::new(revision))),
        Some(Err(Refused::Unknown { .. } | Refused::NoRepository { .. } | Refused::NoGit(_))) | None if name.is_dir() => Ok(folder()),
        Some(Err(refused @ (Refused::Failed { .. } | Refused::NoArchive { .. }))) => Err(refused.into()),
        git => Err(Stopped::Neither { name: shown, git: git.and_then(Result::err) }),
    }
}

fn is_path(name: &Path) -> bool {
    let dotted = matches!(name.components().next(), Some(Component::CurDir | Component::ParentDir));
    let slash = name.as_os_str().as_encoded_bytes().last().is_some_and(|last| *last == b'/' || cfg!(windows) && *last == b'\\');
    name.has_root() || dotted || slash
}

/// Reads a state; `config` stands in place of its own `postilla.toml`.
pub fn side(place: &Place, config: Option<&Path>) -> Result<Side, Stopped> {
    let mut unread = Vec::new();
    let text = match (config, place) {
        (Some(config), _) => source::read_config(config, &config.to_string_lossy())?.1,
        (None, Place::Revision(revision)) => revision.config()?,
        (None, Place::Folder { root, .. }) => {
            let config = root.join("postilla.toml");
            if !config.is_file() {
                return Err(Stopped::NoConfig(config));
            }
            source::read_config(&config, "postilla.toml")?.1
        }
    };
    let settings = Settings::read(text, &mut unread);
    let (origin, parts) = match place {
        Place::Folder { root, name } => (Origin::Folder { name: name.clone() }, of_folder(root, &settings, &mut unread)?),
        Place::Revision(revision) => {
            let origin = Origin::Revision { name: revision.name().to_owned(), id: revision.id().to_owned() };
            (origin, of_revision(revision, &settings, &mut unread)?)
        }
    };
    let articles = versions(parts, &settings.lang, &mut unread);
    unread.sort();
    unread.dedup();
    Ok(Side { origin, lang: settings.lang, segment: settings.segment, articles, unread })
}

/// What reading takes from the configuration.
struct Settings {
    ignore: Vec<Box<str>>,
    output: Box<str>,
    lang: Lang,
    segment: Box<str>,
}

impl Settings {
    /// Those of an archive whose configuration says nothing, where it cannot be read.
    fn read(text: Outcome<Option<String>>, unread: &mut Vec<Unread>) -> Self {
        let file = SourcePath::new("postilla.toml");
        let mut found = Vec::new();
        let config = text.settle(&mut found).and_then(|text| parse::config::read(&file, &text).settle(&mut found));
        if let Some(Config { ignore, output_dir, languages, paths, .. }) = config
            && let Some(lang) = languages.into_iter().next()
        {
            return Self { ignore, output: output_dir, lang, segment: paths.articles };
        }
        unread.push(Unread { file: file.as_str().into(), why: first(&found) });
        let lang = Lang::new("en").expect("`en` is a language tag");
        Self { ignore: Vec::new(), output: "public".into(), lang, segment: "articles".into() }
    }
}

/// What one file gave.
enum Part {
    Head(Box<article::Article>),
    Facts(List<Fact>),
    Nothing(String),
}

type Parts = Vec<(SourcePath, Role, Part)>;

fn of_folder(root: &Path, settings: &Settings, unread: &mut Vec<Unread>) -> Result<Parts, Stopped> {
    let mut found = Vec::new();
    let snapshot = source::scan(root, &settings.ignore, &root.join(&*settings.output))?.settle(&mut found);
    let files: Vec<&File> = snapshot.files().iter().filter(|file| is_text(file.role)).collect();
    let read = files.into_par_iter().map(|file| Ok((file.path.clone(), file.role, part(file, snapshot.read(file)?))));
    let mut parts: Parts = read.collect::<Result<_, Error>>()?;
    let errors = found.into_iter().filter(|found| found.is_error() && concerns_articles(found.place.file.as_str()));
    lose(errors.map(|found| (found.place.file, found.message)), &mut parts, unread);
    Ok(parts)
}

fn of_revision(revision: &Revision, settings: &Settings, unread: &mut Vec<Unread>) -> Result<Parts, Stopped> {
    let listed = revision.texts(&settings.ignore)?;
    let mut parts = Parts::new();
    revision.read(&listed.files, |position, text| {
        let file = &listed.files[position].0;
        parts.push((file.path.clone(), file.role, part(file, text)));
    })?;
    lose(listed.unread, &mut parts, unread);
    Ok(parts)
}

/// Notes what could not even be opened: an article or a sidecar is one all the same.
fn lose(lost: impl IntoIterator<Item = (SourcePath, String)>, parts: &mut Parts, unread: &mut Vec<Unread>) {
    for (file, why) in lost {
        match Role::of(file.as_str()).filter(|role| is_text(*role)) {
            Some(role) => parts.push((file, role, Part::Nothing(why))),
            None => unread.push(Unread { file: file.as_str().into(), why }),
        }
    }
}

fn is_text(role: Role) -> bool {
    matches!(role, Role::Article | Role::Sidecar)
}

fn concerns_articles(path: &str) -> bool {
    path == "content" || path == "content/articles" || path.starts_with("content/articles/")
}

/// What the text of a file says. A file with errors is left alone: what is wrong in it would look like a change.
fn part(file: &File, text: Outcome<Option<String>>) -> Part {
    let mut found = Vec::new();
    let Some(text) = text.settle(&mut found) else { return Part::Nothing(first(&found)) };
    if text.starts_with("version https://git-lfs.github.com/spec/") {
        return Part::Nothing("a pointer of Git LFS stands in its place".to_owned());
    }
    // A checkout may have turned the line ends, which is no change.
    let text = if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text };
    let part = match file.role {
        Role::Article => {
            front_matter::read::<article::Article>(&file.path, &text).settle(&mut found).map(|head| Part::Head(Box::new(head.head)))
        }
        _ => Format::of_extension(file.path.name())
            .and_then(|format| sidecar::read_unchecked(&file.path, &text, format).settle(&mut found))
            .map(|sidecar| Part::Facts(sidecar.facts)),
    };
    part.filter(|_| !any_error(&found)).unwrap_or_else(|| Part::Nothing(first(&found)))
}

/// The first error, and how many more there are.
fn first(found: &[Diagnostic]) -> String {
    let mut errors = found.iter().filter(|found| found.is_error());
    let first = errors.next().map_or("it says nothing", |error| &error.message);
    match errors.count() {
        0 => first.to_owned(),
        1 => format!("{first}, and 1 more error"),
        more => format!("{first}, and {more} more errors"),
    }
}

/// What is known of an article while its files come in.
#[derive(Default)]
struct Draft {
    head: Option<Box<article::Article>>,
    has_article: bool,
    sidecar: Option<SourcePath>,
    facts: Option<List<Fact>>,
}

/// Joins articles and sidecars; what cannot be joined or read is named.
fn versions(mut parts: Parts, lang: &Lang, unread: &mut Vec<Unread>) -> Vec<Version> {
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
    let mut name = |file: &SourcePath, why: String| unread.push(Unread { file: file.as_str().into(), why });
    for (file, role, part) in parts {
        let stem = if role == Role::Article { file.as_str().trim_end_matches(".md") } else { article_of(&file) };
        let draft = drafts.entry(stem.to_owned()).or_default();
        if let (Role::Sidecar, Some(first)) = (role, &draft.sidecar) {
            name(&file, format!("`{}` is the sidecar of the same article", first.name()));
            continue;
        }
        draft.has_article |= role == Role::Article;
        draft.sidecar = (role == Role::Sidecar).then(|| file.clone()).or(draft.sidecar.take());
        match part {
            Part::Head(head) => draft.head = Some(head),
            Part::Facts(facts) => draft.facts = Some(facts),
            Part::Nothing(why) => name(&file, why),
        }
    }
    for draft in drafts.values().filter(|draft| !draft.has_article) {
        if let Some(sidecar) = &draft.sidecar {
            name(sidecar, "there is no article beside it".to_owned());
        }
    }
    let lost: BTreeSet<String> = unread.iter().map(|unread| article_of(&SourcePath::new(&*unread.file)).to_owned()).collect();
    drafts.into_iter().map(|(stem, draft)| version(draft, lang, lost.contains(&stem), stem)).collect()
}

/// `lost` is whether a sidecar stands there and could not be read.
fn version(draft: Draft, lang: &Lang, lost: bool, stem: String) -> Version {
    let file = SourcePath::new(stem + ".md");
    // An article without a sidecar has no facts; one whose sidecar was not read has some that nobody knows.
    let facts = draft.facts.or_else(|| (draft.sidecar.is_none() && !lost).then(List::default));
    match draft.head {
        Some(head) => {
            let own = head.lang.unwrap_or_else(|| lang.clone());
            let slug = Some(crate::base::slug::own_or_stem(head.slug.as_deref(), &file));
            Version { file, slug, title: Some(head.title), aliases: head.aliases, lang: own, facts }
        }
        None => Version { file, slug: None, title: None, aliases: List::default(), lang: lang.clone(), facts },
    }
}
