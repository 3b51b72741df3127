//! What `entity.html` sees as `entity`.

use serde::Serialize;

use super::Pager;
use super::cards::{ArticleCard, DateView, EntityCard, FactCard, LinkView, Named, PropertyCard, StatusBar, ValueView};
use crate::parse::sidecar::Status;

/// An entity with what the archive knows of it.
#[derive(Debug, Clone, Serialize)]
pub struct EntityView<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its kind's id.
    pub kind: &'a str,
    /// Its kind for readers.
    pub kind_label: &'a str,
    /// Its kind's list.
    pub kind_url: String,
    /// A sentence on who or what it is.
    pub summary: Option<&'a str>,
    /// Safe HTML: the short biography; may be empty.
    pub html: String,
    /// Other names.
    pub aliases: Vec<&'a str>,
    /// Words that look like it and are something else.
    pub not: Vec<&'a str>,
    /// Its item in Wikidata: `text` is the id.
    pub wikidata: Option<LinkView<'a>>,
    /// Its addresses elsewhere.
    pub same_as: Vec<&'a str>,
    /// The country it belongs to.
    pub country: Option<Named<'a>>,
    /// `born`, `died`, `founded`, `dissolved`: keys of `words`, with their dates.
    pub dates: Vec<DatedWord>,
    /// What is known: a row for each property of which facts state a value, newest value first.
    pub infobox: Vec<InfoRow<'a>>,
    /// How it stands to other entities, both ways.
    pub relations: Vec<RelationGroup<'a>>,
    /// How its facts stand.
    pub statuses: StatusBar,
    /// This page's facts, by property; facts without one come last, in a group without a property.
    pub groups: Vec<FactGroup<'a>>,
    /// This page's articles, each with the sentence that mentions it.
    pub articles: Vec<MentionView<'a>>,
    /// Where the reader is in its facts and articles.
    pub pager: Pager,
    /// Whether this is the entity's own address, which carries infobox and relations.
    pub front: bool,
}

/// A word of the interface and a date.
#[derive(Debug, Clone, Serialize)]
pub struct DatedWord {
    /// A key of `words`.
    pub word: &'static str,
    /// The date.
    pub date: DateView,
}

/// What is known under one property.
#[derive(Debug, Clone, Serialize)]
pub struct InfoRow<'a> {
    /// The property.
    pub property: PropertyCard<'a>,
    /// Its values, newest first, at most five.
    pub values: Vec<InfoValue<'a>>,
}

/// One known value with the fact that states it.
#[derive(Debug, Clone, Serialize)]
pub struct InfoValue<'a> {
    /// The figure or words.
    pub value: Option<ValueView<'a>>,
    /// Or the entity.
    pub object: Option<Named<'a>>,
    /// When it holds.
    pub valid: Option<DateView>,
    /// What is known of its truth.
    pub status: Status,
    /// The note's path.
    pub url: String,
}

/// Relations of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct RelationGroup<'a> {
    /// The property's label, or its inverse label when the relation is read from the other side.
    pub label: &'a str,
    /// Whether the relation is read from the other side.
    pub inverse: bool,
    /// The others.
    pub items: Vec<RelationView<'a>>,
}

/// One relation.
#[derive(Debug, Clone, Serialize)]
pub struct RelationView<'a> {
    /// The other entity.
    pub entity: EntityCard<'a>,
    /// When it holds.
    pub valid: Option<DateView>,
    /// Where it is stated: a fact's note or a source's page.
    pub source: Option<String>,
}

/// Facts under one property.
#[derive(Debug, Clone, Serialize)]
pub struct FactGroup<'a> {
    /// The property; absent for the facts that state none.
    pub property: Option<PropertyCard<'a>>,
    /// The facts, oldest first.
    pub facts: Vec<FactCard<'a>>,
}

/// An article that mentions the entity.
#[derive(Debug, Clone, Serialize)]
pub struct MentionView<'a> {
    /// The article.
    pub article: ArticleCard<'a>,
    /// The sentence before the name; empty with `name` and `after` where the text may not be shown.
    pub before: &'a str,
    /// The name as the article writes it.
    pub name: &'a str,
    /// The sentence after the name.
    pub after: &'a str,
}
