//! What results show and are chosen by: a block for each segment (years, publishers, languages, kinds, states), cards
//! with titles, and for each article what it says. Each file names those below it by what they hold.

use std::collections::BTreeMap;

use serde::Serialize;

use super::pack::{Files, Parcel};
use super::{Article, Entity, Fact, STATUSES};

/// Articles whose cards lie in one file.
pub const CARDS: usize = 16;
/// Entities whose cards lie in one file.
pub const ENTITIES: usize = 32;

/// A segment's articles, by what they are chosen by.
#[derive(Serialize)]
struct Block<'a> {
    /// Files of cards.
    cards: Vec<Box<str>>,
    /// Years, publishers and languages that occur; 0 in a column is none, else a position from 1.
    years: Vec<&'a str>,
    publishers: Vec<&'a str>,
    langs: Vec<&'a str>,
    year: Vec<usize>,
    publisher: Vec<usize>,
    lang: Vec<usize>,
    /// For each article its facts, a letter each: kind × 10 + status, from `0` on.
    facts: Vec<String>,
}

/// An article.
#[derive(Serialize)]
struct Card<'a> {
    title: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    /// The file with what it says.
    said: Box<str>,
}

/// What an article says.
#[derive(Serialize)]
struct Said<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    /// Id, claim, and the claim's language if it is another than the article's.
    facts: Vec<Vec<&'a str>>,
}

#[derive(Serialize)]
struct EntityCard<'a> {
    name: &'a str,
    kind: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
}

/// Writes a segment's records into `files`; gives its block.
pub fn of_articles(articles: &[Article<'_>], files: &mut Files) -> Box<str> {
    let cards = articles.chunks(CARDS).map(|articles| cards(articles, files)).collect();
    let (years, year) = column(articles.iter().map(|article| article.date.as_deref().and_then(|date| date.split('-').next())));
    let (publishers, publisher) = column(articles.iter().map(|article| article.publisher));
    let (langs, lang) = column(articles.iter().map(|article| Some(article.lang.as_str())));
    let facts = articles.iter().map(|article| article.facts.iter().map(letter).collect()).collect();
    keep(files, &Block { cards, years, publishers, langs, year, publisher, lang, facts })
}

/// Writes the entities' cards into `files`; gives their names.
pub fn of_entities(entities: &[Entity<'_>], files: &mut Files) -> Vec<Box<str>> {
    entities.chunks(ENTITIES).map(|entities| keep(files, &entities.iter().map(entity_card).collect::<Vec<_>>())).collect()
}

fn entity_card<'e>(entity: &'e Entity<'_>) -> EntityCard<'e> {
    EntityCard {
        name: entity.name,
        kind: entity.kind,
        url: &entity.url,
        summary: entity.summaries.first().map_or("", |(_, summary)| summary),
    }
}

fn cards(articles: &[Article<'_>], files: &mut Files) -> Box<str> {
    let cards: Vec<_> = articles.iter().map(|article| card(article, files)).collect();
    keep(files, &cards)
}

fn card<'a>(article: &'a Article<'_>, files: &mut Files) -> Card<'a> {
    let Article { title, url, date, summary, text, .. } = article;
    let said = Said { text, summary, facts: claims(article) };
    Card { title, url, date: date.as_deref(), said: keep(files, &said) }
}

fn claims<'a>(article: &'a Article<'_>) -> Vec<Vec<&'a str>> {
    let claim = |fact: &'a Fact<'_>| {
        let other = (fact.lang != article.lang).then(|| fact.lang.as_str());
        [fact.id, fact.claim].into_iter().chain(other).collect()
    };
    article.facts.iter().map(claim).collect()
}

fn letter(fact: &Fact<'_>) -> char {
    char::from(b'0' + (fact.kind as u8) * STATUSES + fact.status as u8)
}

/// The different values in order, and for each item the place of its own there, from 1.
fn column<'v>(values: impl Iterator<Item = Option<&'v str>> + Clone) -> (Vec<&'v str>, Vec<usize>) {
    let mut places: BTreeMap<&str, usize> = values.clone().flatten().map(|value| (value, 0)).collect();
    for (place, (_, held)) in (1..).zip(&mut places) {
        *held = place;
    }
    let column = values.map(|value| value.map_or(0, |value| places[value])).collect();
    (places.into_keys().collect(), column)
}

fn keep(files: &mut Files, value: &impl Serialize) -> Box<str> {
    let parcel = Parcel::json(value);
    files.insert(parcel.name(), parcel.bytes);
    parcel.digits
}
