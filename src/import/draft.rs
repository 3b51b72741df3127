//! What the formats hand over: texts, entities and facts that are not yet joined to the archive.

use std::ops::Range;

use super::toml::{Item, Keys};
use crate::base::Place;
use crate::parse::sidecar::Anchor;

/// What texts of others hold.
#[derive(Debug, Default)]
pub struct Drafts {
    /// Articles.
    pub articles: Vec<Article>,
    /// Entities.
    pub entities: Vec<Entity>,
    /// Facts of articles that the archive has.
    pub facts: Vec<Fact>,
}

impl Drafts {
    /// Takes in what another text holds.
    pub fn append(&mut self, mut other: Self) {
        self.articles.append(&mut other.articles);
        self.entities.append(&mut other.entities);
        self.facts.append(&mut other.facts);
    }
}

/// An article to write.
#[derive(Debug)]
pub struct Article {
    /// Where it was read.
    pub from: Place,
    /// The name that it would like to have; made a slug.
    pub name: String,
    /// The year whose folder it lies in.
    pub year: Option<String>,
    /// Where the original stands.
    pub url: Option<String>,
    /// The keys of its front matter, in order.
    pub keys: Keys,
    /// Its text, in Markdown.
    pub body: String,
    /// Names by which other texts of the same import call it.
    pub called: Vec<String>,
    /// The ids of its headings.
    pub headings: Vec<Box<str>>,
    /// Its links to other texts, in order.
    pub links: Vec<Link>,
}

/// A link to another text.
#[derive(Debug)]
pub struct Link {
    /// Where it was read.
    pub from: Place,
    /// Where its target stands, in bytes of the article's text.
    pub at: Range<usize>,
    /// Which text it means, and which heading there.
    pub to: Target,
}

/// How a link names a text.
#[derive(Debug)]
pub enum Target {
    /// A wikilink, by a name; what readers see is the name where the link has no words of its own.
    Named {
        /// As it stands there.
        name: String,
        /// The heading.
        heading: Option<String>,
        /// Whether it has words of its own.
        worded: bool,
    },
    /// A path, from the root of what is imported.
    File(String, Option<String>),
}

/// An entity to write.
#[derive(Debug)]
pub struct Entity {
    /// Where it was read.
    pub from: Place,
    /// Its name in the foreign text, by which others of the same text refer to it.
    pub foreign: String,
    /// The id that it would like to have; made a slug.
    pub name: String,
    /// Its kind.
    pub kind: Box<str>,
    /// Its item in Wikidata.
    pub wikidata: Option<String>,
    /// The keys of its front matter behind `kind`, in order.
    pub keys: Keys,
    /// How it stands to others.
    pub relations: Vec<Relation>,
}

/// How an entity stands to another.
#[derive(Debug)]
pub struct Relation {
    /// Where it was read.
    pub from: Place,
    /// The property's id.
    pub property: String,
    /// What it is called, where the archive does not know it.
    pub label: String,
    /// The other's name in the foreign text, or its id in the archive.
    pub object: String,
    /// When it holds.
    pub valid: Option<Item>,
}

/// A fact to add to an article that the archive has.
#[derive(Debug)]
pub struct Fact {
    /// Where it was read.
    pub from: Place,
    /// Which article it is of; the first that the archive has counts.
    pub of: Vec<Address>,
    /// The id that it would like to have; made a slug unless it is one.
    pub id: String,
    /// Whether that id is its own, so that another of the same id is the same fact.
    pub is_named: bool,
    /// The words that make it.
    pub anchor: Anchor,
    /// Where these words are by the foreign text, in characters.
    pub position: Option<(usize, usize)>,
    /// Its other keys.
    pub keys: Keys,
}

/// How a foreign text names an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// By the address of the original, or of its page on this site.
    Web(String),
    /// By its slug.
    Slug(String),
}
