//! FollowTheMoney 4 (the entity model of OpenAleph and OpenSanctions; MIT): entities as JSON Lines, or the same as statements in
//! CSV, as `ftm statements` writes them.
//!
//! Entities are those of the register, by the schema of their kind; what has none (a country, a work) is left out with what is said
//! of it. An article is an `Article`. A fact that joins two entities is an `UnknownLink` with the property's name as its role, since no
//! property of an archive's own is known to be an ownership; every other fact that speaks of somebody is a `Note` on it. What is
//! refuted, superseded or withdrawn is not said to anybody who joins data: it stays out. Dates are cut to what the model knows
//! (`2024-11~` is `2024-11`), and what it would refuse is left out.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use serde::Serialize;
use sha1::{Digest, Sha1};

use super::fact::FactRow;
use super::records::EntityRow;
use super::{Desk, Piece, Sheet};
use crate::archive::register::Entity;
use crate::parse::dates::Edtf;
use crate::parse::sidecar::{Status, Valid};

/// An entity of the model.
#[derive(Serialize)]
struct Proxy<'a> {
    id: String,
    schema: &'a str,
    properties: Properties<'a>,
}

/// Properties in the order of their names, each with its values in the order of their bytes: so the model's own programs write them.
#[derive(Default)]
struct Properties<'a>(std::collections::BTreeMap<&'static str, std::collections::BTreeSet<Cow<'a, str>>>);

impl Serialize for Properties<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The properties that are written, and their types in the model; all others are of type `string`.
const TYPES: &[(&str, &str)] = &[
    ("alias", "name"),
    ("birthDate", "date"),
    ("bodyText", "text"),
    ("date", "date"),
    ("deathDate", "date"),
    ("description", "text"),
    ("dissolutionDate", "date"),
    ("endDate", "date"),
    ("entity", "entity"),
    ("full", "address"),
    ("incorporationDate", "date"),
    ("language", "language"),
    ("modifiedAt", "date"),
    ("name", "name"),
    ("object", "entity"),
    ("proof", "entity"),
    ("publishedAt", "date"),
    ("sourceUrl", "url"),
    ("startDate", "date"),
    ("subject", "entity"),
    ("summary", "text"),
    ("wikidataId", "identifier"),
];

/// The name of the data set in statements.
const DATASET: &str = "postilla";

pub(super) fn entities_begin(desk: &Desk<'_>) -> io::Result<Vec<u8>> {
    lines(&records(desk))
}

pub(super) fn entities_make(desk: &Desk<'_>, piece: &Arc<Piece>) -> io::Result<Sheet> {
    lines(&of_article(desk, piece)).map(Sheet::Bytes)
}

pub(super) fn statements_begin(desk: &Desk<'_>) -> io::Result<Vec<u8>> {
    let header =
        b"canonical_id,entity_id,prop,prop_type,schema,value,dataset,origin,lang,original_value,external,first_seen,last_seen,id\n";
    Ok([header.to_vec(), statements(&records(desk))?].concat())
}

pub(super) fn statements_make(desk: &Desk<'_>, piece: &Arc<Piece>) -> io::Result<Sheet> {
    statements(&of_article(desk, piece)).map(Sheet::Bytes)
}

fn lines(proxies: &[Proxy<'_>]) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for proxy in proxies {
        serde_json::to_writer(&mut lines, proxy)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// A row for each value, and one that says that the entity is there.
fn statements(proxies: &[Proxy<'_>]) -> io::Result<Vec<u8>> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    for Proxy { id, schema, properties } in proxies {
        let mut ids = Vec::new();
        for (prop, value) in properties.0.iter().flat_map(|(prop, values)| values.iter().map(move |value| (*prop, &**value))) {
            let kind = TYPES.iter().find(|(known, _)| *known == prop).map_or("string", |(_, kind)| kind);
            let key = sha1(&format!("{DATASET}.{id}.{prop}.{value}"));
            writer.write_record([id, id, prop, kind, schema, value, DATASET, "", "", "", "f", "", "", &key])?;
            ids.push(key);
        }
        ids.sort_unstable();
        let whole = sha1(&ids.concat());
        let key = sha1(&format!("{DATASET}.{id}.id.{whole}"));
        writer.write_record([id, id, "id", "identifier", schema, &whole, DATASET, "", "", "", "f", "", "", &key])?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn sha1(text: &str) -> String {
    Sha1::digest(text.as_bytes()).iter().fold(String::with_capacity(40), |digits, byte| digits + &format!("{byte:02x}"))
}

/// Entities and what their records say of each other.
fn records<'a>(desk: &'a Desk<'a>) -> Vec<Proxy<'a>> {
    let relations = desk.relations().enumerate().filter_map(|(nth, row)| {
        let object = desk.register.entity(desk.register.find_entity(&row.relation.object)?);
        let property = desk.register.find_property(&row.relation.property).map(|property| desk.register.property(property));
        let role = property.map(|(id, property)| property.label.as_ref().map_or(id, |label| desk.own(label).1));
        let mut link = link(desk, &format!("relation-{}-{nth}", row.subject.id), row.subject, object, role)?;
        link.date(row.relation.valid.as_deref());
        Some(link)
    });
    desk.entities().filter_map(|row| entity(desk, row)).chain(relations).collect()
}

fn entity<'a>(desk: &'a Desk<'a>, row: EntityRow<'a>) -> Option<Proxy<'a>> {
    let schema = schema(desk, row.entity)?;
    let head = &row.entity.head;
    let mut proxy = Proxy { id: id(row.entity), schema, properties: Properties::default() };
    let (_, name) = desk.own(&head.name);
    proxy.add("name", name);
    head.name
        .all()
        .filter(|other| *other != name)
        .chain(head.aliases.iter().map(|alias| &**alias))
        .for_each(|alias| proxy.add("alias", alias));
    proxy.add_all("summary", head.summary.as_ref().map(|summary| desk.own(summary).1));
    proxy.add_all("wikidataId", head.wikidata.as_deref());
    proxy.add("keywords", &*head.kind);
    proxy.add("sourceUrl", row.url);
    match schema {
        "Person" => {
            proxy.add_all("birthDate", head.born.as_ref().and_then(day));
            proxy.add_all("deathDate", head.died.as_ref().and_then(day));
        }
        "Company" | "Organization" | "PublicBody" | "LegalEntity" => {
            proxy.add_all("incorporationDate", head.founded.as_ref().and_then(day));
            proxy.add_all("dissolutionDate", head.dissolved.as_ref().and_then(day));
        }
        "Address" => proxy.add("full", name),
        _ => {}
    }
    Some(proxy)
}

/// An article and its facts.
fn of_article<'a>(desk: &'a Desk<'a>, piece: &'a Piece) -> Vec<Proxy<'a>> {
    let facts = desk.facts(piece).filter(|row| !matches!(row.fact.status, Status::Refuted | Status::Superseded | Status::Withdrawn));
    let facts = facts.filter_map(|row| fact(desk, &row)).collect::<Vec<_>>();
    std::iter::once(article(desk, piece)).chain(facts).collect()
}

fn article<'a>(desk: &'a Desk<'a>, piece: &'a Piece) -> Proxy<'a> {
    let head = &piece.head;
    let mut proxy = Proxy { id: format!("article-{}", piece.slug), schema: "Article", properties: Properties::default() };
    proxy.add("title", &*head.title);
    head.authors.iter().for_each(|author| proxy.add("author", desk.named(author).1));
    proxy.add_all("publisher", head.publisher.as_deref().map(|publisher| desk.named(publisher).1));
    proxy.add("sourceUrl", desk.article_url(piece));
    proxy.add_all("publishedAt", head.date.map(|moment| moment.day().to_string()));
    proxy.add_all("modifiedAt", head.updated.map(|moment| moment.day().to_string()));
    proxy.add_all("language", three_letters(piece.lang.as_str()));
    proxy.add_all("summary", head.summary.as_deref().filter(|_| piece.speaks()));
    proxy.add_all("bodyText", piece.open_text());
    proxy
}

fn fact<'a>(desk: &'a Desk<'a>, row: &FactRow<'a>) -> Option<Proxy<'a>> {
    let id = format!("fact-{}-{}", row.piece.slug, row.fact.id);
    let joined = row.subject.zip(row.object).and_then(|(subject, object)| {
        let role = row.property.map(|(id, property)| property.label.as_ref().map_or(id, |label| desk.own(label).1));
        let mut link = link(desk, &id, subject, object, role)?;
        link.date(row.fact.valid.as_deref());
        link.add("status", row.fact.status.word());
        link.add("summary", row.claim.1);
        Some(link)
    });
    let mut proxy = match joined {
        Some(link) => link,
        None => note(desk, id, row)?,
    };
    proxy.add_all("description", row.quote.exact);
    proxy.add("proof", format!("article-{}", row.piece.slug));
    proxy.add("sourceUrl", row.url.clone());
    proxy.add_all("publisher", row.piece.head.publisher.as_deref().map(|publisher| desk.named(publisher).1));
    Some(proxy)
}

fn note<'a>(desk: &'a Desk<'a>, id: String, row: &FactRow<'a>) -> Option<Proxy<'a>> {
    let mut note = Proxy { id, schema: "Note", properties: Properties::default() };
    row.about().into_iter().filter(|entity| schema(desk, entity).is_some()).for_each(|entity| note.add("entity", self::id(entity)));
    if note.properties.0.is_empty() {
        return None;
    }
    note.add("name", row.claim.1);
    note.add("keywords", row.fact.status.word());
    Some(note)
}

/// That two entities have to do with each other; `None` where the model has no place for one of them.
fn link<'a>(desk: &'a Desk<'a>, id: &str, subject: &Entity, object: &Entity, role: Option<&'a str>) -> Option<Proxy<'a>> {
    schema(desk, subject).and(schema(desk, object))?;
    let mut link = Proxy { id: id.to_owned(), schema: "UnknownLink", properties: Properties::default() };
    link.add("subject", self::id(subject));
    link.add("object", self::id(object));
    link.add_all("role", role);
    Some(link)
}

impl<'a> Proxy<'a> {
    fn add(&mut self, name: &'static str, value: impl Into<Cow<'a, str>>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.properties.0.entry(name).or_default().insert(value);
        }
    }

    fn add_all<T: Into<Cow<'a, str>>>(&mut self, name: &'static str, values: impl IntoIterator<Item = T>) {
        values.into_iter().for_each(|value| self.add(name, value));
    }

    fn date(&mut self, valid: Option<&Valid>) {
        let Some(valid) = valid else { return };
        let ends = valid.at.as_ref().and_then(|at| at.as_str().split_once('/'));
        self.add_all("date", valid.at.as_ref().filter(|_| ends.is_none()).and_then(day));
        let of = |text: &str| Edtf::parse(text).ok().as_ref().and_then(day);
        self.add_all("startDate", valid.from.as_ref().and_then(day).or_else(|| of(ends?.0)));
        self.add_all("endDate", valid.until.as_ref().and_then(day).or_else(|| of(ends?.1)));
    }
}

fn id(entity: &Entity) -> String {
    format!("entity-{}", entity.id)
}

fn schema<'a>(desk: &'a Desk<'_>, entity: &Entity) -> Option<&'a str> {
    desk.register.kinds.get(&entity.head.kind)?.followthemoney.as_deref()
}

/// A year, a month or a day of our era, without what says how sure it is.
fn day(date: &Edtf) -> Option<String> {
    let text = date.as_str().trim_end_matches(['~', '?', '%']);
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let month = text.get(5..7).is_none_or(|month| ("01"..="12").contains(&month));
    (month && matches!(&*shape, "9999" | "9999-99" | "9999-99-99") && text > "0000-99").then(|| text.to_owned())
}

/// The code of ISO 639-3 that the model wants for a language, where the tag begins with one of ISO 639-1.
fn three_letters(tag: &str) -> Option<String> {
    let language = tag.split('-').next()?;
    if language.len() == 3 {
        return Some(language.to_owned());
    }
    let (_, three) = LANGUAGES.iter().find(|(two, _)| *two == language)?;
    Some((*three).to_owned())
}

/// The languages that newsrooms write in most, by ISO 639-1 and 639-3.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "ara"),
    ("bg", "bul"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("es", "spa"),
    ("et", "est"),
    ("fa", "fas"),
    ("fi", "fin"),
    ("fr", "fra"),
    ("he", "heb"),
    ("hi", "hin"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("id", "ind"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ko", "kor"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("nb", "nob"),
    ("nl", "nld"),
    ("no", "nor"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("sk", "slk"),
    ("sl", "slv"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("th", "tha"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("vi", "vie"),
    ("zh", "zho"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_cut_to_what_the_model_knows() {
        let cut = |text: &str| day(&Edtf::parse(text).unwrap());
        for (text, expected) in [("2024-11~", "2024-11"), ("2024", "2024"), ("2025-01-13?", "2025-01-13")] {
            assert_eq!(cut(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["2024-21", "198X", "-0044", "2023/2024", "XXXX-12"] {
            assert_eq!(cut(text), None, "{text}");
        }
    }
}
