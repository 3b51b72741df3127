//! What differs between the facts of two states of an archive. Compares what the sidecars say, file by file;
//! it knows no disk and no revision, and a file that could not be read never counts as facts that went.

mod changes;
pub mod json;
pub mod markdown;
mod pairs;
mod rows;
pub mod text;

use serde::Serialize;

use crate::base::slug::slugify;
use crate::base::{Lang, SourcePath};
use crate::parse::List;
use crate::parse::sidecar::{Fact, Status, Valid, Value};

/// One state of an archive.
#[derive(Debug)]
pub struct Side {
    /// Where it was read.
    pub origin: Origin,
    /// The archive's first language.
    pub lang: Lang,
    /// The first part of the addresses of articles.
    pub segment: Box<str>,
    /// Its articles, by file.
    pub articles: Vec<Version>,
    /// Its files that could not be read, and why.
    pub unread: Vec<Unread>,
}

/// Where a state of an archive was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// A folder.
    Folder {
        /// As it was named; `None` for that of the archive in which somebody works.
        name: Option<String>,
    },
    /// A revision of a repository, as it was named.
    Revision {
        /// Its name.
        name: String,
        /// What the name meant: a commit's whole id.
        id: String,
    },
}

/// An article with its facts, in one state.
#[derive(Debug)]
pub struct Version {
    /// Its file.
    pub file: SourcePath,
    /// Its name in addresses; `None` when its front matter could not be read.
    pub slug: Option<Box<str>>,
    /// Its headline.
    pub title: Option<Box<str>>,
    /// Its earlier addresses.
    pub aliases: List<Box<str>>,
    /// Its language.
    pub lang: Lang,
    /// Its facts; `None` when its sidecar could not be read.
    pub facts: Option<List<Fact>>,
}

impl Version {
    /// Its slug, or the one that its file's name would give it.
    pub fn name(&self) -> Box<str> {
        self.slug.clone().unwrap_or_else(|| slugify(self.file.stem()).into())
    }
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unread {
    /// The file.
    pub file: Box<str>,
    /// A lowercase phrase.
    pub why: String,
}

/// What differs between the facts of two states of an archive.
#[derive(Debug, Serialize)]
pub struct FactsDiff {
    /// The state before.
    pub old: Origin,
    /// The state after.
    pub new: Origin,
    /// The language in which it is told.
    #[serde(skip)]
    pub lang: Lang,
    /// How much differs.
    pub counts: Counts,
    /// The articles in which something differs, by file.
    pub articles: Vec<ArticleDiff>,
    /// Files that could not be read, those of the old state first.
    pub unread: Vec<UnreadIn>,
}

impl FactsDiff {
    /// Whether nothing differs. Says nothing of files that could not be read.
    pub fn is_empty(&self) -> bool {
        self.articles.iter().all(|article| article.fate == Fate::Stayed && article.was.is_none() && article.facts.is_empty())
    }
}

/// A file that could not be read, and of which state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnreadIn {
    /// The state.
    pub side: Which,
    /// The file.
    #[serde(flatten)]
    pub unread: Unread,
}

/// One of the two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The one before.
    Old,
    /// The one after.
    New,
}

/// How much differs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Facts that came, those of new articles included.
    pub added: usize,
    /// Facts that went, those of removed articles included.
    pub removed: usize,
    /// Facts with another id.
    pub renamed: usize,
    /// Facts of which anything but the id changed.
    pub changed: usize,
    /// Facts that say something else: another value, subject, property or object.
    pub value: usize,
    /// Facts with another status.
    pub status: usize,
    /// Facts that hold at another time.
    pub valid: usize,
    /// Facts that quote other words.
    pub words: usize,
    /// Facts whose claim is another sentence.
    pub claim: usize,
    /// Facts with other evidence, checks and the like.
    pub other: usize,
    /// Articles that came.
    pub articles_added: usize,
    /// Articles that went.
    pub articles_removed: usize,
    /// Articles with another slug.
    pub articles_renamed: usize,
}

/// What differs in an article.
#[derive(Debug, Serialize)]
pub struct ArticleDiff {
    /// Its slug.
    pub slug: Box<str>,
    /// Its file.
    pub file: Box<str>,
    /// Its headline.
    pub title: Option<Box<str>>,
    /// Whether it came or went as a whole.
    pub fate: Fate,
    /// What it was called before, if its slug is another.
    pub was: Option<Named>,
    /// Whether its facts were compared; if not, a file of it could not be read.
    pub compared: bool,
    /// The facts that differ: in the order of the new sidecar, then those that went.
    pub facts: Vec<FactDiff>,
}

/// The slug and the file of an article.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its slug.
    pub slug: Box<str>,
    /// Its file.
    pub file: Box<str>,
}

/// Whether an article came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is in both states.
    Stayed,
    /// It is in the new one alone.
    Added,
    /// It is in the old one alone.
    Removed,
}

/// A fact that differs.
#[derive(Debug, Serialize)]
pub struct FactDiff {
    /// Its id.
    pub id: Box<str>,
    /// How it differs.
    #[serde(flatten)]
    pub turn: Turn,
}

/// How a fact differs.
#[derive(Debug, Serialize)]
#[serde(tag = "turn", rename_all = "snake_case")]
pub enum Turn {
    /// It came.
    Added {
        /// What it says.
        fact: Box<Told>,
    },
    /// It went.
    Removed {
        /// What it said.
        fact: Box<Told>,
    },
    /// It is another.
    Changed {
        /// Its id before, if that was another.
        was: Option<Box<str>>,
        /// What changed.
        changes: Vec<Change>,
    },
}

/// What a fact says.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The claim, in the archive's first language where it is told in that.
    pub claim: Box<str>,
    /// The words of the article that make it.
    pub words: Box<str>,
    /// What is known of its truth.
    pub status: Status,
    /// The id of the entity of which something is said.
    pub subject: Option<Box<str>>,
    /// The id of what is said of it.
    pub property: Option<Box<str>>,
    /// The id of the entity that is the answer.
    pub object: Option<Box<str>>,
    /// The figure or word that is the answer.
    pub value: Option<Box<Value>>,
    /// When it holds.
    pub valid: Option<Box<Valid>>,
}

/// What one thing was and is.
#[derive(Debug, PartialEq, Serialize)]
pub struct Was<T> {
    /// Before.
    pub old: T,
    /// After.
    pub new: T,
}

/// What changed of a fact.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// The figure or word that is the answer.
    Value(Was<Option<Box<Value>>>),
    /// The entity of which something is said.
    Subject(Was<Option<Box<str>>>),
    /// What is said of it.
    Property(Was<Option<Box<str>>>),
    /// The entity that is the answer.
    Object(Was<Option<Box<str>>>),
    /// What is known of its truth.
    Status(Was<Status>),
    /// When it holds.
    Valid(Was<Option<Box<Valid>>>),
    /// The words of the article that make it.
    Words(Was<Box<str>>),
    /// The claim, in one language; `None` where there is only one.
    Claim {
        /// The language.
        lang: Option<Lang>,
        /// The sentence before and after; `None` where there was or is none in this language.
        #[serde(flatten)]
        was: Was<Option<Box<str>>>,
    },
    /// Anything else, by the names of its keys.
    Other {
        /// The keys.
        keys: Vec<&'static str>,
    },
}

/// Compares two states of an archive. Articles are paired by their slug, else by an alias, else by their file; facts by
/// their id, else, where that leaves no doubt, by what they say.
pub fn difference(old: &Side, new: &Side) -> FactsDiff {
    let mut articles: Vec<ArticleDiff> =
        pairs::articles(old, new).into_iter().filter_map(|pair| changes::article(pair, old, new)).collect();
    articles.sort_by(|a, b| (&a.file, &a.slug, a.fate as u8).cmp(&(&b.file, &b.slug, b.fate as u8)));
    let unread = |side: Which, of: &Side| of.unread.iter().map(move |unread| UnreadIn { side, unread: unread.clone() }).collect::<Vec<_>>();
    FactsDiff {
        old: old.origin.clone(),
        new: new.origin.clone(),
        lang: new.lang.clone(),
        counts: changes::count(&articles),
        articles,
        unread: [unread(Which::Old, old), unread(Which::New, new)].concat(),
    }
}
