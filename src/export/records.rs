//! Everything that is no fact, as rows: articles, entities, relations, properties and sources.

use serde::Serialize;

use super::column::{Cell, table};
use super::desk::{Desk, Piece};
use super::fact::by_lang;
use crate::archive::register;
use crate::parse::article::{Publish, State};
use crate::parse::bibliography;
use crate::parse::dates::{Edtf, Moment};
use crate::parse::entity::Relation;
use crate::parse::property::{Datatype, Property};
use crate::parse::sidecar::Visibility;

/// An article that readers see.
pub struct ArticleRow<'a> {
    desk: &'a Desk<'a>,
    /// The article.
    pub piece: &'a Piece,
    /// Its page's address, with host.
    pub url: String,
}

/// An entity.
pub struct EntityRow<'a> {
    desk: &'a Desk<'a>,
    /// The entity.
    pub entity: &'a register::Entity,
    /// Its page's address, with host.
    pub url: String,
}

/// How an entity stands to another, as the entity's own record says.
pub struct RelationRow<'a> {
    /// Whose record says so.
    pub subject: &'a register::Entity,
    /// What it says.
    pub relation: &'a Relation,
}

/// A figure or relation that facts may state.
pub struct PropertyRow<'a> {
    desk: &'a Desk<'a>,
    /// Its id.
    pub id: &'a str,
    /// What it means.
    pub property: &'a Property,
    /// Its page's address, with host.
    pub url: String,
}

/// A source of the bibliography.
pub struct SourceRow<'a> {
    /// The source.
    pub source: &'a bibliography::Source,
    /// Its page's address, with host.
    pub url: String,
}

impl<'a> Desk<'a> {
    /// An article as a row.
    pub fn article(&'a self, piece: &'a Piece) -> ArticleRow<'a> {
        ArticleRow { desk: self, piece, url: self.article_url(piece) }
    }

    /// All entities, by id.
    pub fn entities(&'a self) -> impl Iterator<Item = EntityRow<'a>> {
        let routes = self.routes();
        self.register.entities.iter().map(move |entity| EntityRow { desk: self, entity, url: routes.absolute(&routes.entity(&entity.id)) })
    }

    /// All relations of entities, by the entity that says so.
    pub fn relations(&'a self) -> impl Iterator<Item = RelationRow<'a>> {
        self.register
            .entities
            .iter()
            .flat_map(|subject| subject.head.relations.iter().map(move |relation| RelationRow { subject, relation }))
    }

    /// All properties, by id.
    pub fn properties(&'a self) -> impl Iterator<Item = PropertyRow<'a>> {
        let routes = self.routes();
        let row = move |(id, property): &'a (Box<str>, Property)| PropertyRow {
            desk: self,
            id,
            property,
            url: routes.absolute(&routes.property(id)),
        };
        self.register.properties.iter().map(row)
    }

    /// All sources, by key.
    pub fn sources(&'a self) -> impl Iterator<Item = SourceRow<'a>> {
        let routes = self.routes();
        self.register.sources.iter().map(move |source| SourceRow { source, url: routes.absolute(&routes.source(&source.key)) })
    }
}

/// A correction, as JSON.
#[derive(Serialize)]
struct Corrected<'a> {
    date: String,
    text: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<&'a str>,
}

impl ArticleRow<'_> {
    fn corrections(&self) -> Vec<Corrected<'_>> {
        let public =
            |id: &str| self.piece.speaks() && self.piece.facts.iter().any(|fact| *fact.id == *id && fact.visibility == Visibility::Public);
        let come = self.piece.head.corrections.iter().filter(|correction| self.desk.showing.has_come(correction.date));
        come.map(|correction| Corrected {
            date: correction.date.day().to_string(),
            text: &correction.text,
            facts: correction.facts.iter().map(|id| &**id).filter(|id| public(id)).collect(),
        })
        .collect()
    }
}

fn day<'r>(moment: Option<Moment>) -> Cell<'r> {
    moment.map_or(Cell::Empty, |moment| Cell::Day(moment.day()))
}

fn edtf(date: Option<&Edtf>) -> Cell<'_> {
    Cell::some(date.map(Edtf::as_str))
}

fn each(texts: &[Box<str>]) -> Cell<'_> {
    Cell::list(texts.iter().map(|text| &**text))
}

table! {
    row = ArticleRow<'_>, "articles" ("An article"), key Some("slug"), links [];
    "slug" Word "its name in addresses and references" = Cell::text(&*row.piece.slug);
    "url" Word "where readers find it" = Cell::text(&*row.url);
    "title" Text "the headline" = Cell::text(&*row.piece.head.title);
    "lang" Word "its language, by BCP 47" = Cell::text(row.piece.lang.as_str());
    "date" Day "when it was published" = day(row.piece.head.date);
    "updated" Day "when it was last changed" = day(row.piece.head.updated);
    "authors" List "who wrote it, by name" = Cell::list(row.piece.head.authors.iter().map(|author| row.desk.named(author).1));
    "publisher" Text "who published it" = Cell::some(row.piece.head.publisher.as_deref().map(|publisher| row.desk.named(publisher).1));
    "original" Word "where the original stands" = Cell::some(row.piece.head.url.as_deref());
    "archived" Word "where a copy of the original is kept" = Cell::some(row.piece.head.archived.as_deref());
    "accessed" Day "when the original was last read" = day(row.piece.head.accessed);
    "translation_of" Word "the slug of the article that it translates" = Cell::some(row.piece.head.translation_of.as_deref().filter(|slug| row.desk.shows(slug)));
    "translator" Text "who translated it" = Cell::some(row.piece.head.translator.as_deref().map(|translator| row.desk.named(translator).1));
    "summary" Text "a sentence or two" = Cell::some(row.piece.head.summary.as_deref().filter(|_| row.piece.speaks()));
    "tags" List "free keywords" = each(row.piece.told(&row.piece.head.tags));
    "about" List "the ids of the entities that it is about" = each(row.piece.told(&row.piece.head.about));
    "state" Word "published or withdrawn; another for a draft that was asked for" = Cell::text(state(row.piece.head.state));
    "publish" Word "how much of its text is shown: full, excerpts or facts_only" = Cell::text(publish(row.piece.head.publish));
    "holder" Text "who holds the rights" = Cell::some(row.piece.head.rights.as_ref().and_then(|rights| rights.holder.as_deref()));
    "licence" Text "the licence under which it is shown" = Cell::some(row.piece.head.rights.as_ref().and_then(|rights| rights.licence.as_deref()));
    "corrections" Objects "what was put right: date, text, facts" = Cell::objects(&row.corrections());
    "text" Text "its canonical text, where all of it may be shown" = Cell::some(row.piece.open_text());
}

table! {
    row = EntityRow<'_>, "entities" ("Somebody or something that facts speak of"), key Some("id"), links [];
    "id" Word "its name in references" = Cell::text(&*row.entity.id);
    "url" Word "where readers find it" = Cell::text(&*row.url);
    "kind" Word "what it is" = Cell::text(&*row.entity.head.kind);
    "name" Text "its name" = Cell::text(row.desk.own(&row.entity.head.name).1);
    "names" Object "its name by language, where it has several" = by_lang(&row.entity.head.name);
    "aliases" List "other names by which articles call it" = each(&row.entity.head.aliases);
    "summary" Text "a sentence on who or what it is" = Cell::some(row.entity.head.summary.as_ref().map(|summary| row.desk.own(summary).1));
    "wikidata" Word "its item in Wikidata" = Cell::some(row.entity.head.wikidata.as_deref());
    "same_as" List "its addresses elsewhere" = each(&row.entity.head.same_as);
    "country" Text "the country it belongs to" = Cell::some(row.entity.head.country.as_deref().map(|country| row.desk.named(country).1));
    "born" Word "when a person was born, by EDTF" = edtf(row.entity.head.born.as_ref());
    "died" Word "when a person died, by EDTF" = edtf(row.entity.head.died.as_ref());
    "founded" Word "when an organisation began, by EDTF" = edtf(row.entity.head.founded.as_ref());
    "dissolved" Word "when an organisation ended, by EDTF" = edtf(row.entity.head.dissolved.as_ref());
    "merged_from" List "ids that it had before" = each(&row.entity.head.merged_from);
}

table! {
    row = RelationRow<'_>, "relations" ("How an entity stands to another, as its own record says"), key None,
    links [("subject", "entities", "id"), ("property", "properties", "id"), ("object", "entities", "id"), ("source", "sources", "key")];
    "subject" Word "whose record says so" = Cell::text(&*row.subject.id);
    "property" Word "what it says" = Cell::text(&*row.relation.property);
    "object" Word "of which other entity" = Cell::text(&*row.relation.object);
    "valid_at" Word "when it holds, by EDTF" = edtf(row.relation.valid.as_deref().and_then(|valid| valid.at.as_ref()));
    "valid_from" Word "from when it holds, by EDTF" = edtf(row.relation.valid.as_deref().and_then(|valid| valid.from.as_ref()));
    "valid_until" Word "until when it holds, by EDTF" = edtf(row.relation.valid.as_deref().and_then(|valid| valid.until.as_ref()));
    "source" Word "the key of the source that says so" = Cell::some(row.relation.source.as_deref());
}

table! {
    row = PropertyRow<'_>, "properties" ("A figure or relation that facts may state"), key Some("id"), links [];
    "id" Word "its name in references" = Cell::text(row.id);
    "url" Word "where readers find it" = Cell::text(&*row.url);
    "label" Text "its name" = Cell::some(row.property.label.as_ref().map(|label| row.desk.own(label).1));
    "labels" Object "its name by language, where it has several" = row.property.label.as_ref().map_or(Cell::Empty, by_lang);
    "inverse_label" Text "its name when read from the object's side" = Cell::some(row.property.inverse_label.as_ref().map(|label| row.desk.own(label).1));
    "unit" Text "the unit of its figures" = Cell::some(row.property.unit.as_deref());
    "datatype" Word "what its values are: quantity, money, date, entity or text" = Cell::text(datatype(row.property.datatype));
    "functional" Flag "whether only one value is true at a time" = Cell::Flag(row.property.functional);
    "tolerance" Number "by what share two figures may differ and still agree" = row.property.tolerance.map_or(Cell::Empty, Cell::Number);
}

table! {
    row = SourceRow<'_>, "sources" ("A source of the bibliography"), key Some("key"), links [];
    "key" Text "by which evidence names it" = Cell::text(&*row.source.key);
    "url" Word "where readers find it" = Cell::text(&*row.url);
    "kind" Word "what it is" = Cell::text(&*row.source.kind);
    "title" Text "its title" = Cell::some(row.source.title.as_deref());
    "authors" List "who wrote it" = each(&row.source.authors);
    "publisher" Text "who published it" = Cell::some(row.source.publisher.as_deref());
    "container" Text "the title of what it appeared in" = Cell::some(row.source.container.as_deref());
    "date" Word "when it appeared, by EDTF" = edtf(row.source.date.as_ref());
    "original" Word "where it stands" = Cell::some(row.source.url.as_deref());
    "accessed" Word "when it was read there, by EDTF" = edtf(row.source.accessed.as_ref());
    "archived" Word "where a copy is kept" = Cell::some(row.source.archived.as_deref());
    "doi" Word "its DOI" = Cell::some(row.source.doi.as_deref());
    "note" Text "a word on it" = Cell::some(row.source.note.as_deref());
}

fn state(state: State) -> &'static str {
    match state {
        State::Draft => "draft",
        State::InReview => "in_review",
        State::Approved => "approved",
        State::Published => "published",
        State::Withdrawn => "withdrawn",
    }
}

fn publish(publish: Publish) -> &'static str {
    match publish {
        Publish::Full => "full",
        Publish::Excerpts => "excerpts",
        Publish::FactsOnly => "facts_only",
    }
}

fn datatype(datatype: Datatype) -> &'static str {
    match datatype {
        Datatype::Quantity => "quantity",
        Datatype::Money => "money",
        Datatype::Date => "date",
        Datatype::Entity => "entity",
        Datatype::Text => "text",
    }
}
