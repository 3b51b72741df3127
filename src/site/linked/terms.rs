//! The nodes of schema.org (release 30) in which pages are told to machines. What is not known is left out.

#![expect(clippy::struct_field_names, reason = "fields are called as schema.org calls its properties")]

use serde::Serialize;

/// By which the names below are read.
pub const CONTEXT: &str = "https://schema.org";

/// A node that is told elsewhere.
#[derive(Debug, Clone, Serialize)]
pub struct Id {
    /// Its name in all data: its address, with host.
    #[serde(rename = "@id")]
    pub id: String,
}

/// Somebody or something, in a word.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Thing<'a> {
    /// What it is; absent where nobody has said so.
    #[serde(rename = "@type")]
    pub kind: Option<&'a str>,
    #[serde(rename = "@id")]
    pub id: Option<String>,
    pub name: &'a str,
    /// Its item in Wikidata.
    pub same_as: Option<String>,
}

/// The site.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebSite<'a> {
    #[serde(rename = "@context")]
    pub context: Option<&'static str>,
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: String,
    pub name: &'a str,
    pub url: Option<String>,
    pub description: Option<&'a str>,
    pub in_language: Option<&'a str>,
    /// The archive, as the one who speaks.
    pub publisher: Thing<'a>,
}

/// Any page.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebPage<'a> {
    #[serde(rename = "@context")]
    pub context: &'static str,
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: &'a str,
    pub name: Option<&'a str>,
    pub description: Option<&'a str>,
    pub in_language: &'a str,
    pub is_part_of: WebSite<'a>,
}

/// An article with its facts.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Article<'a> {
    #[serde(rename = "@context")]
    pub context: &'static str,
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: &'a str,
    pub url: &'a str,
    pub headline: &'a str,
    pub description: Option<&'a str>,
    pub in_language: &'a str,
    pub date_published: Option<String>,
    pub date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Thing<'a>>,
    pub publisher: Option<Thing<'a>>,
    pub translator: Option<Thing<'a>>,
    /// The original.
    pub is_based_on: Option<&'a str>,
    pub archived_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<&'a str>,
    pub license: Option<Licence<'a>>,
    pub copyright_holder: Option<Thing<'a>>,
    pub creative_work_status: Option<&'static str>,
    pub is_part_of: WebSite<'a>,
    /// Its text.
    pub encoding: Option<File>,
    /// Its facts as annotations.
    pub subject_of: Option<File>,
    pub translation_of_work: Option<Version<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub work_translation: Vec<Version<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub correction: Vec<Correction>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub has_part: Vec<Claim<'a>>,
}

/// A file beside the page.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub content_url: String,
    pub encoding_format: &'static str,
}

/// An address, or the name of a licence.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Licence<'a> {
    Address(&'a str),
    Named(Thing<'a>),
}

/// An article in another language.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Version<'a> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: String,
    pub headline: &'a str,
    pub in_language: &'a str,
}

/// What was wrong and what is right.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Correction {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: String,
    pub date_published: String,
    pub text: String,
}

/// A fact.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim<'a> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: String,
    pub text: &'a str,
    /// Where it is not the article's.
    pub in_language: Option<&'a str>,
    pub appearance: Id,
    /// Who says so, of whom the archive has a record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Id>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Id>,
    pub temporal_coverage: Option<String>,
    /// The bibliography's sources that speak for it, against it or of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citation: Vec<Id>,
    pub main_entity: Option<Observation<'a>>,
    pub review: Option<ClaimReview<'a>>,
}

/// A figure.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Observation<'a> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub observation_about: Option<Id>,
    /// The property's name for readers.
    pub variable_measured: Option<&'a str>,
    pub value: Option<Number>,
    pub min_value: Option<Number>,
    pub max_value: Option<Number>,
    pub unit_text: Option<&'a str>,
    pub observation_date: Option<String>,
    /// The figure as readers read it, where it is not exact.
    pub description: Option<String>,
}

/// A number as people write it: whole ones without a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Number {
    Whole(i64),
    Other(f64),
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        /// Beyond it a float skips whole numbers.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        #[expect(clippy::cast_possible_truncation, reason = "whole, and within what an `i64` holds")]
        if number.fract() == 0.0 && number.abs() <= EXACT { Self::Whole(number as i64) } else { Self::Other(number) }
    }
}

/// A verdict.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimReview<'a> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub url: String,
    pub item_reviewed: Id,
    pub claim_reviewed: &'a str,
    pub date_published: String,
    pub author: Id,
    pub review_rating: Rating,
}

/// From 1, there is evidence against it, to 5, there is primary evidence for it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rating {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub rating_value: u8,
    pub best_rating: u8,
    pub worst_rating: u8,
    /// The status.
    pub alternate_name: &'static str,
}

/// An entity.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entity<'a> {
    #[serde(rename = "@context")]
    pub context: Option<&'static str>,
    #[serde(rename = "@type")]
    pub kind: &'a str,
    #[serde(rename = "@id")]
    pub id: String,
    pub url: String,
    pub name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternate_name: Vec<&'a str>,
    pub description: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<String>,
    pub birth_date: Option<&'a str>,
    pub death_date: Option<&'a str>,
    pub founding_date: Option<&'a str>,
    pub dissolution_date: Option<&'a str>,
}

/// An entity, and where the archive speaks of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record<'a> {
    #[serde(flatten)]
    pub entity: Entity<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subject_of: Vec<Statement<'a>>,
}

/// What speaks of an entity.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Statement<'a> {
    Article(Version<'a>),
    Claim(Brief<'a>),
}

/// A fact, in a word.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Brief<'a> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: String,
    pub text: &'a str,
    pub in_language: &'a str,
}

/// A source of the bibliography.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Source<'a> {
    #[serde(rename = "@context")]
    pub context: &'static str,
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: &'a str,
    pub name: &'a str,
    pub url: Option<&'a str>,
    pub archived_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Thing<'a>>,
    pub publisher: Option<Thing<'a>>,
    pub date_published: Option<&'a str>,
}
