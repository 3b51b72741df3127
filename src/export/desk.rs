//! What rows are made from: an article's own files read again, and what all of them are made against. Here it is decided,
//! once for all formats, what may leave the archive.

use crate::archive::Register;
use crate::archive::showing::Showing;
use crate::base::{Lang, Words};
use crate::config::Config;
use crate::parse::sidecar::{self, Visibility};
use crate::parse::{List, article};
use crate::site::routes::Routes;
use crate::site::trees;

use super::fact::FactRow;

/// An article with all of its own, read again. It is shown; whether it speaks is another question.
#[derive(Debug)]
pub struct Piece {
    /// Its name in addresses and references.
    pub slug: Box<str>,
    /// Its language.
    pub lang: Lang,
    /// Its front matter.
    pub head: article::Article,
    /// Its canonical text.
    pub text: String,
    /// Its facts, internal ones too.
    pub facts: List<sidecar::Fact>,
    /// Where the words of each fact stand in the text.
    pub marks: List<Option<Mark>>,
}

/// Where the words of a fact stand in the canonical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
    /// Whether they have been reworded since they were quoted.
    pub drifted: bool,
}

/// What is known of other articles.
pub trait Known: Sync {
    /// Whether readers see this article.
    fn shows(&self, slug: &str) -> bool;
    /// Whether readers see this fact.
    fn shows_fact(&self, slug: &str, id: &str) -> bool;
}

/// What all rows are made against.
pub struct Desk<'a> {
    /// Entities, properties and sources.
    pub register: &'a Register,
    /// What the archive says about itself.
    pub config: &'a Config,
    /// What may be shown.
    pub showing: Showing,
    known: &'a dyn Known,
    routes: Vec<Routes>,
}

impl Piece {
    /// Whether its text and facts are shown: it is not withdrawn.
    pub fn speaks(&self) -> bool {
        self.head.state != article::State::Withdrawn
    }

    /// What is told of its contents: nothing when it is withdrawn.
    pub fn told<'p, T>(&self, words: &'p [T]) -> &'p [T] {
        if self.speaks() { words } else { &[] }
    }

    /// The text, where all of it may be shown.
    pub fn open_text(&self) -> Option<&str> {
        (self.speaks() && self.head.publish.shows_text()).then_some(&self.text)
    }
}

impl<'a> Desk<'a> {
    /// Of an archive, of whose articles this much is `known`.
    pub fn new(register: &'a Register, config: &'a Config, showing: Showing, known: &'a dyn Known) -> Self {
        let routes = (0..config.languages.len()).map(|tree| Routes::new(config, tree)).collect();
        Self { register, config, showing, known, routes }
    }

    /// The facts of an article that readers see.
    pub fn facts(&'a self, piece: &'a Piece) -> impl Iterator<Item = FactRow<'a>> {
        let facts = piece.facts.iter().zip(&piece.marks).filter(|(fact, _)| piece.speaks() && fact.visibility == Visibility::Public);
        facts.map(|(fact, mark)| FactRow::new(self, piece, fact, *mark))
    }

    /// The address of an article's page, with host.
    pub fn article_url(&self, piece: &Piece) -> String {
        let routes = &self.routes[trees::home_of(&piece.lang, self.config)];
        routes.absolute(&routes.article(&piece.slug))
    }

    /// The addresses of the pages that are not those of texts, which stand in the tree of the first language.
    pub fn routes(&self) -> &Routes {
        &self.routes[0]
    }

    /// The name of an archive's first language, and a text in it.
    pub fn own<'w>(&'w self, words: &'w Words) -> (&'w Lang, &'w str) {
        words.pick(&self.register.lang, &self.register.lang)
    }

    /// The title of the archive.
    pub fn title(&self) -> &str {
        self.own(&self.config.title).1
    }

    /// The address of the archive, with host.
    pub fn home(&self) -> String {
        self.routes().absolute(&self.routes().home())
    }

    /// Whether readers see an article.
    pub fn shows(&self, slug: &str) -> bool {
        self.known.shows(slug)
    }

    /// The key of the fact that `reference` means when it stands in `piece`, if readers see it.
    pub fn follow(&self, piece: &Piece, reference: &str) -> Option<String> {
        let (slug, id) = reference.split_once('#').unwrap_or((&piece.slug, reference));
        self.known.shows_fact(slug, id).then(|| format!("{slug}#{id}"))
    }
}
