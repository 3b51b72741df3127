//! Formats of others, read into the Markdown and TOML that an editor would have written by hand: texts in, files to
//! write out. One file a format; a format knows nothing of the archive, and says in [`Drafts`] what its texts hold.
//! [`plan`] joins the drafts to the archive: names that are free, references that lead somewhere, quotes that are found.
//!
//! What is broken is an error, and then nothing is written. What has no counterpart here is a warning at its place.
//! Nothing is guessed: a status that no text gives is `unchecked`, and a quote that is not found makes no fact.

mod annotations;
mod claims;
mod draft;
mod followthemoney;
mod front;
mod html;
mod loose;
mod markdown;
mod nesting;
pub mod plan;
mod table;
mod toml;
mod wikidata;

use std::collections::BTreeMap;

use crate::base::{Lang, Outcome, SourcePath};
use crate::config::Kind as EntityKind;

pub use draft::{Address, Drafts};

/// A format of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A saved page of the web.
    Html,
    /// Markdown with front matter.
    Markdown,
    /// Entities of Wikidata.
    Wikidata,
    /// A table of facts.
    Csv,
    /// Web Annotations, and rows of Hypothesis.
    Annotations,
    /// Reviews of claims, by schema.org.
    ClaimReview,
    /// Entities of FollowTheMoney.
    FollowTheMoney,
}

impl Kind {
    /// How the names of its files end, in a folder.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Html => &[".html", ".htm", ".xhtml"],
            Self::Markdown => &[".md", ".markdown"],
            Self::Wikidata => &[".json"],
            Self::Annotations | Self::ClaimReview => &[".json", ".jsonld"],
            Self::Csv => &[".csv", ".tsv"],
            Self::FollowTheMoney => &[".json", ".jsonl", ".ijson"],
        }
    }
}

/// A text to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// How messages name it.
    pub file: SourcePath,
    /// Its path in the folder that is imported, or its name.
    pub inner: SourcePath,
    /// What it holds.
    pub text: String,
}

/// What a format must know of the archive: its words, and none of its content.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The languages of the archive, the first one first.
    pub languages: &'a [Lang],
    /// The kinds of entity, by id.
    pub kinds: &'a BTreeMap<Box<str>, EntityKind>,
}

/// Reads texts of one kind.
pub fn read(kind: Kind, texts: &[Foreign], ground: Ground<'_>) -> Outcome<Drafts> {
    match kind {
        Kind::Html => each(texts, |text| html::read(&text.file, &text.text)),
        Kind::Markdown => markdown::read(texts),
        Kind::Wikidata => each(texts, |text| wikidata::read(&text.file, &text.text, ground)),
        Kind::Annotations => each(texts, annotations::read),
        Kind::ClaimReview => each(texts, |text| claims::read(&text.file, &text.text)),
        Kind::Csv => each(texts, |text| table::read(&text.file, &text.text)),
        Kind::FollowTheMoney => each(texts, |text| followthemoney::read(&text.file, &text.text, ground)),
    }
}

/// Texts that know nothing of each other.
fn each(texts: &[Foreign], read: impl Fn(&Foreign) -> Outcome<Drafts>) -> Outcome<Drafts> {
    let mut all = Outcome::clean(Drafts::default());
    for text in texts {
        let Outcome { value, mut diagnostics } = read(text);
        all.value.append(value);
        all.diagnostics.append(&mut diagnostics);
    }
    all
}
