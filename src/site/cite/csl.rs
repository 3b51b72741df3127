//! CSL-JSON (<https://docs.citationstyles.org/>, schema `csl-data.json` 1.0.2).

use jiff::civil::Date;
use serde::Serialize;

use super::Work;

#[serde_with::skip_serializing_none]
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'w> {
    id: &'w str,
    r#type: &'static str,
    title: &'w str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'w>>,
    issued: Option<Issued>,
    container_title: &'w str,
    /// Of a fact: the archive; its container is the article.
    collection_title: Option<&'w str>,
    publisher: Option<&'w str>,
    language: &'w str,
    #[serde(rename = "URL")]
    url: &'w str,
    note: Option<&'w str>,
}

#[derive(Serialize)]
struct Name<'w> {
    literal: &'w str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Issued {
    date_parts: [[i16; 3]; 1],
}

pub(super) fn write<'w>(works: impl Iterator<Item = &'w Work<'w>>) -> String {
    let items: Vec<Item<'_>> = works.map(item).collect();
    serde_json::to_string(&items).expect("items are plain data")
}

fn item<'w>(work: &'w Work<'w>) -> Item<'w> {
    Item {
        id: &work.key,
        r#type: if work.within.is_some() { "entry" } else { "webpage" },
        title: work.title,
        author: work.authors.iter().map(|literal| Name { literal }).collect(),
        issued: work.date.map(issued),
        container_title: work.within.unwrap_or(work.archive),
        collection_title: work.within.map(|_| work.archive),
        publisher: work.publisher,
        language: work.lang.as_str(),
        url: &work.url,
        note: work.note.as_deref(),
    }
}

fn issued(date: Date) -> Issued {
    Issued { date_parts: [[date.year(), date.month().into(), date.day().into()]] }
}
