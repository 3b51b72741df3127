//! The small pieces that many pages show: dates, values, links to an entity, an article, a fact.

use serde::Serialize;

use crate::base::Lang;
use crate::parse::sidecar::{FactKind, Stance, Status};

/// A date for machines and for readers.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// ISO 8601 or EDTF.
    pub iso: String,
    /// In the page's language.
    pub text: String,
    /// Whether `iso` is a year, a month or a day, which is what HTML's `<time datetime>` takes.
    pub plain: bool,
}

/// A value for readers.
#[derive(Debug, Clone, Serialize)]
pub struct ValueView<'a> {
    /// The figure with its unit in the page's language, or the words.
    pub text: String,
    /// The figure, for machines.
    pub number: Option<f64>,
    /// The article's own words for it.
    pub stated: Option<&'a str>,
    /// Whether the source says "about".
    pub approximate: bool,
}

/// A name that leads to a page when it is an entity's.
#[derive(Debug, Clone, Serialize)]
pub struct Named<'a> {
    /// The name.
    pub name: &'a str,
    /// The entity's path.
    pub url: Option<String>,
}

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView<'a> {
    /// The text.
    pub text: &'a str,
    /// The path or address.
    pub url: String,
}

/// An entity in a list.
#[derive(Debug, Clone, Serialize)]
pub struct EntityCard<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its path.
    pub url: String,
    /// Its kind's id.
    pub kind: &'a str,
    /// Its kind for readers.
    pub kind_label: &'a str,
    /// How many facts speak of it.
    pub facts: usize,
    /// How many articles mention it.
    pub articles: usize,
}

/// An article in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleCard<'a> {
    /// Its slug.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its path.
    pub url: String,
    /// Its language.
    pub lang: &'a Lang,
    /// When it was published.
    pub date: Option<DateView>,
    /// A sentence or two.
    pub summary: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// How its facts stand.
    pub statuses: StatusBar,
}

/// How many facts stand how: the thin line under every title.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StatusBar {
    /// How many facts there are.
    pub total: usize,
    /// The statuses that occur, in the vocabulary's order.
    pub parts: Vec<StatusPart>,
}

/// One status's share.
#[derive(Debug, Clone, Serialize)]
pub struct StatusPart {
    /// The status.
    pub status: Status,
    /// How many facts have it.
    pub count: usize,
}

/// A property, as the head of a group or beside a value.
#[derive(Debug, Clone, Serialize)]
pub struct PropertyCard<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name for readers.
    pub label: &'a str,
    /// Its path.
    pub url: String,
}

/// A fact in a list away from its article.
#[derive(Debug, Clone, Serialize)]
pub struct FactCard<'a> {
    /// Its id in its article.
    pub id: &'a str,
    /// What sort of claim it is.
    pub kind: FactKind,
    /// The claim.
    pub claim: &'a str,
    /// The language of the claim.
    pub lang: &'a Lang,
    /// What is known of its truth.
    pub status: Status,
    /// The path of its note: the article's path, `#`, its id.
    pub url: String,
    /// Its article's title.
    pub article: &'a str,
    /// The entity of which something is said.
    pub subject: Option<Named<'a>>,
    /// What is said of it.
    pub property: Option<PropertyCard<'a>>,
    /// The entity that is the answer.
    pub object: Option<Named<'a>>,
    /// The figure or words that are the answer.
    pub value: Option<ValueView<'a>>,
    /// When it holds.
    pub valid: Option<DateView>,
    /// On a source's page: on which side the source is.
    pub stance: Option<Stance>,
}
