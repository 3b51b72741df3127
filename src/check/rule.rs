//! What a rule is, and what it sees.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::statements::Statements;
use super::ties::Ties;
use crate::archive::register::Register;
use crate::archive::standing::Standing;
use crate::archive::{Archive, Article, FactRef, Unclear};
use crate::base::{Code, DataPath, Diagnostic, Lang, Place, SourcePath};
use crate::config::Config;
use crate::parse::article::{self, State};
use crate::parse::bibliography::Source;
use crate::parse::body::Body;
use crate::parse::sidecar::{Evidence, Fact};

/// An editorial rule.
pub struct Rule {
    /// Its name, and how bad it is to break it.
    pub code: Code,
    /// How it looks.
    pub look: Look,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Look {
    /// One article with its facts. What is found is remembered as long as their files and the register are the same.
    Article(fn(&Case<'_>, &mut Vec<Diagnostic>)),
    /// The archive as a whole, at each round: in about linear time.
    Archive(fn(&Whole<'_>, &mut Vec<Diagnostic>)),
}

/// An article as it is read.
pub struct Case<'a> {
    /// Entities, properties and sources. Of entities a rule may ask only for ids: when anything else about one changes,
    /// articles are not looked at again.
    pub register: &'a Register,
    /// What the archive says about itself.
    pub config: &'a Config,
    /// The article's file.
    pub file: &'a SourcePath,
    /// Its language.
    pub lang: &'a Lang,
    /// Its front matter.
    pub head: &'a article::Article,
    /// Its body.
    pub body: &'a Body<'a>,
    /// Its sidecar's file; the article's own when it has none.
    pub sidecar: &'a SourcePath,
    /// Its facts.
    pub facts: &'a [Fact],
    /// Where their words stand.
    pub standings: &'a [Standing],
}

/// The archive joined.
pub struct Whole<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// What it says about itself.
    pub config: &'a Config,
    /// The day of the build, as `YYYYMMDD`.
    pub today: i32,
    ties: OnceLock<Ties>,
    statements: OnceLock<Statements<'a>>,
}

impl Case<'_> {
    /// The facts with their positions.
    pub fn facts(&self) -> impl Iterator<Item = (usize, &Fact)> {
        self.facts.iter().enumerate()
    }

    /// The words under a fact as they stand in the article today.
    pub fn words(&self, fact: usize) -> Option<&str> {
        Some(&self.body.text[self.standings[fact].at.clone()?])
    }

    /// The source that evidence names.
    pub fn source_of(&self, evidence: &Evidence) -> Option<&Source> {
        let source = self.register.find_source(evidence.source.as_deref()?)?;
        Some(self.register.source(source))
    }

    /// Where evidence stands on the web: by its own word, else by its source's.
    pub fn address_of<'e>(&'e self, evidence: &'e Evidence) -> Option<&'e str> {
        evidence.url.as_deref().or_else(|| self.source_of(evidence)?.url.as_deref())
    }

    /// A place in the sidecar, under a fact.
    pub fn at(&self, fact: usize, path: impl FnOnce(DataPath) -> DataPath) -> Place {
        Place::data(self.sidecar, path(of_fact(fact)))
    }

    /// A place in the article's front matter.
    pub fn at_head(&self, key: &str) -> Place {
        Place::data(self.file, DataPath::root().key(key))
    }
}

impl<'a> Whole<'a> {
    /// An archive to look at on the day `today`, `YYYYMMDD`.
    pub fn new(archive: &'a Archive, config: &'a Config, today: i32) -> Self {
        Self { archive, config, today, ties: OnceLock::new(), statements: OnceLock::new() }
    }

    /// What facts say of one thing where only one answer can be true at a time.
    pub(super) fn statements(&self) -> &Statements<'a> {
        self.statements.get_or_init(|| Statements::gather(self.archive, self.ties()))
    }

    /// Facts that take each other's place, or say the same in another language.
    pub(super) fn ties(&self) -> &Ties {
        self.ties.get_or_init(|| Ties::gather(self.archive))
    }

    /// What is unclear about names in articles that stand: each with its article and where it is.
    pub(super) fn unsettled(&self) -> impl ParallelIterator<Item = (&'a Article, Place, &'a Unclear)> {
        let standing = self.archive.articles.par_iter().filter(|article| article.head.state != State::Withdrawn);
        standing.flat_map_iter(|article| {
            let place = |(start, end): (u32, u32)| Place::bytes(&article.file, start as usize..end as usize);
            article.named.unsettled.iter().map(move |unsettled| (article, place(unsettled.at), &unsettled.why))
        })
    }

    /// A place in the sidecar of a fact's article.
    pub fn at(&self, fact: FactRef, path: impl FnOnce(DataPath) -> DataPath) -> Place {
        let article = self.archive.article(fact.article);
        Place::data(sidecar(article), path(of_fact(fact.fact as usize)))
    }
}

/// Where an article's facts stand.
pub(super) fn sidecar(article: &Article) -> &SourcePath {
    article.sidecar.as_ref().unwrap_or(&article.file)
}

fn of_fact(position: usize) -> DataPath {
    DataPath::root().key("facts").index(position)
}
