//! What `article.html` sees as `article`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::beside::FileView;
use super::cards::{EntityCard, LinkView, StatusBar};
use super::html::Html;
use crate::base::Lang;
use crate::parse::article::{Publish, Rights, State};
use crate::parse::sidecar::{Confidence, FactKind, Mode, Naming, Stance, Status};

/// An article with its notes.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArticleView<'a> {
    /// Its slug.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its language.
    pub lang: &'a Lang,
    /// When it was published.
    pub date: Option<Html>,
    /// When it was last changed.
    pub updated: Option<Html>,
    /// Who wrote it.
    pub authors: Vec<Html>,
    /// Who published it.
    pub publisher: Option<Html>,
    /// Where the original stands.
    pub original: Option<&'a str>,
    /// Where a copy of the original is kept.
    pub archived: Option<&'a str>,
    /// When the original was last read.
    pub accessed: Option<Html>,
    /// The article that this one translates.
    pub translation_of: Option<LinkView<'a>>,
    /// Who translated it.
    pub translator: Option<Html>,
    /// A sentence or two.
    pub summary: Option<&'a str>,
    /// Free keywords.
    pub tags: Vec<&'a str>,
    /// The entities that it is about.
    pub about: Vec<EntityCard<'a>>,
    /// How far it has come; `withdrawn` shows neither text nor facts.
    pub state: State,
    /// How much of the text is shown.
    pub publish: Publish,
    /// Who holds the rights.
    pub rights: Option<&'a Rights>,
    /// What was corrected, newest first.
    pub corrections: Vec<CorrectionView<'a>>,
    /// How its facts stand.
    pub statuses: StatusBar,
    /// How much of it has been looked at; absent where no fact is shown.
    pub review: Option<Review>,
    /// Its headings.
    pub toc: Vec<Heading>,
    /// The text, block by block, each with the notes whose marks begin in it.
    pub blocks: Vec<Block<'a>>,
    /// The notes without a place in the shown text: all with `publish = "facts_only"`, else those whose words are gone.
    pub notes: Vec<Note<'a>>,
    /// The bibliography entries that its facts rest on.
    pub sources: Vec<LinkView<'a>>,
    /// The files that say how it and its facts are cited, as links one behind the other; relative to its page.
    pub cite: Option<Html>,
    /// The files beside its page that say to programs what it says.
    pub files: Vec<FileView>,
    /// The front matter's `extra`.
    pub extra: Option<&'a serde_json::Value>,
}

/// How much of an article's facts has been looked at.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Review {
    /// How many facts somebody has checked.
    pub checked: usize,
    /// How many name evidence, for or against.
    pub sourced: usize,
    /// When one of them was last checked.
    pub last_check: Option<Html>,
}

/// A heading of the text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A top-level block of the text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Block<'a> {
    /// Safe HTML, with marks.
    pub html: Html,
    /// The notes that belong beside it.
    pub notes: Vec<Note<'a>>,
}

/// One correction.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CorrectionView<'a> {
    /// Its id on the page.
    pub id: String,
    /// When it was made.
    pub date: Html,
    /// Safe HTML: what was wrong and what is right.
    pub html: Html,
    /// The facts that it concerns: `text` is the fact's id, `url` its note.
    pub facts: Vec<LinkView<'a>>,
}

/// A fact on its article's page: the note in the margin. Its HTML id is the fact's id. Empty lists are left out.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Note<'a> {
    /// Its number in the article, from 1; the mark carries the same.
    pub number: usize,
    /// The fact's id: `#id` is the note, `#q-id` the mark.
    pub id: &'a str,
    /// What sort of claim it is.
    pub kind: FactKind,
    /// The claim.
    pub claim: Html,
    /// A link on the page to the words themselves (a text fragment, or else the mark), where they are marked.
    pub sentence: Option<String>,
    /// What is known of its truth.
    pub status: Status,
    /// How sure the checker is, where that was said.
    pub confidence: Option<Confidence>,
    /// The quoted words, where they may be shown and are not marked.
    pub quote: Option<&'a str>,
    /// Whether the words are marked on the page, so that `#q-id` leads somewhere.
    pub marked: bool,
    /// Whether its words are no longer in the article.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// Whether its words have been reworded since they were quoted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub drifted: bool,
    /// What it speaks of: subject, property and object, or the entities.
    pub about: Option<Html>,
    /// The figure or words that are the answer.
    pub value: Option<Html>,
    /// The article's own words for the value, where they are others and may be shown.
    pub stated: Option<&'a str>,
    /// When it holds.
    pub valid: Option<Html>,
    /// Who says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attribution: Vec<AttributionView<'a>>,
    /// What speaks for and against it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceView<'a>>,
    /// Who looked, and when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckView<'a>>,
    /// What has become of its sentence since the last of them, where that can be told.
    pub since: Option<Since>,
    /// When it should be looked at again.
    pub review_after: Option<Html>,
    /// The fact to which this one answers; `text` is its claim.
    pub responds_to: Option<LinkView<'a>>,
    /// The same fact elsewhere; `text` is the other article's title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<LinkView<'a>>,
    /// The fact whose place this one takes; `text` is its claim.
    pub replaces: Option<LinkView<'a>>,
}

/// Who says so.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AttributionView<'a> {
    /// The agent's name or description.
    pub agent: Html,
    /// What the agent did.
    pub mode: Mode,
    /// How openly the agent is named, where it is not by name.
    pub naming: Option<Naming>,
    /// How many stand behind a description.
    pub count: Option<u32>,
    /// How they know.
    pub basis: Option<&'a str>,
}

/// What speaks for or against.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceView<'a> {
    /// Its title, which leads to the source's page on this site, or else elsewhere.
    pub title: Html,
    /// The address elsewhere, where the title leads to a page on this site.
    pub url: Option<&'a str>,
    /// Where a copy is kept.
    pub archived: Option<&'a str>,
    /// When it was read.
    pub accessed: Option<Html>,
    /// On which side it is.
    pub stance: Stance,
    /// Where in the source.
    pub locator: Option<&'a str>,
    /// The source's own words.
    pub quote: Option<&'a str>,
    /// The source's own figure.
    pub value: Option<Html>,
}

/// What has become of a sentence since it was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// It is as it was.
    Same,
    /// It has changed.
    Changed,
}

/// One look at the fact.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CheckView<'a> {
    /// Who looked.
    pub by: &'a str,
    /// When.
    pub date: Html,
    /// With what result.
    pub result: Option<Status>,
    /// A word on how.
    pub note: Option<&'a str>,
}
