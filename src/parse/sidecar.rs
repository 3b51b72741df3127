//! The fact sidecar: the single claims of one article, each tied to the words that make it.
//! Lists are boxed slices and rare parts are boxed: an archive holds a million of these.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::List;
use super::data::{self, Format};
use super::dates::{Edtf, Moment};
use super::{digits, fact_form};
use crate::base::{Diagnostic, Outcome, SourcePath, Spot, Step, Words, word};

/// A sidecar file: `[[facts]]`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Postilla fact sidecar", deny_unknown_fields)]
pub struct Sidecar {
    /// The facts, in the order of the notes.
    #[serde(default)]
    pub facts: List<Fact>,
}

/// Reads a sidecar. With errors in single facts there is still a value.
pub fn read(file: &SourcePath, text: &str, format: Format) -> Outcome<Option<Sidecar>> {
    let mut outcome = read_unchecked(file, text, format);
    if let Some(sidecar) = &outcome.value {
        data::append_news(&mut outcome.diagnostics, fact_form::check(file, &sidecar.facts));
        data::append_news(&mut outcome.diagnostics, digits::check(file, text, format));
    }
    outcome
}

/// Reads a sidecar whose facts have been checked before.
pub fn read_unchecked(file: &SourcePath, text: &str, format: Format) -> Outcome<Option<Sidecar>> {
    let mut outcome = data::read::<Sidecar>(file, text, 0..text.len(), format);
    if let Some(sidecar) = &mut outcome.value {
        unsettle_anchors(&mut sidecar.facts, &outcome.diagnostics);
    }
    outcome
}

/// An anchor that lost a part, such as its `occurrence`, would be looked for in the wrong place: it is not looked for.
fn unsettle_anchors(facts: &mut [Fact], named: &[Diagnostic]) {
    for diagnostic in named {
        if let Spot::Data(path) = &diagnostic.place.spot
            && let Some((position, [Step::Key(key), ..])) = path.in_fact()
            && **key == *"anchor"
            && let Some(fact) = facts.get_mut(position)
        {
            fact.anchor.exact = word::UNREAD.into();
        }
    }
}

/// One claim of an article. Required: `id`, `claim`, `anchor`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct Fact {
    /// Unique in its article; the note's permalink is `#` and this.
    #[schemars(extend("format" = "slug"))]
    pub id: Box<str>,
    /// What sort of claim it is.
    #[serde(default)]
    pub kind: FactKind,
    /// The claim as a sentence of the editor's.
    pub claim: Words,
    /// The words of the article that make it.
    pub anchor: Anchor,
    /// The ids of the entities that it speaks of.
    #[serde(default)]
    pub about: List<Box<str>>,
    /// The id of the entity of which something is said.
    pub subject: Option<Box<str>>,
    /// The id of what is said of it, from `properties.toml`.
    pub property: Option<Box<str>>,
    /// The id of the entity that is the answer; or `value`.
    pub object: Option<Box<str>>,
    /// The figure or word that is the answer; or `object`.
    pub value: Option<Box<Value>>,
    /// When it holds.
    pub valid: Option<Box<Valid>>,
    /// Who says so, and how openly.
    #[serde(default)]
    pub attribution: List<Attribution>,
    /// What speaks for and against it.
    #[serde(default)]
    pub evidence: List<Evidence>,
    /// What is known of its truth.
    #[serde(default)]
    pub status: Status,
    /// How sure the checker is.
    #[serde(default)]
    pub confidence: Confidence,
    /// Who looked, when, and with what result.
    #[serde(default)]
    pub checks: List<Check>,
    /// When it should be looked at again.
    pub review_after: Option<Moment>,
    /// The fact to which this one answers: `id`, or `article#id`.
    pub responds_to: Option<Box<str>>,
    /// The same fact in other articles or translations: `id`, or `article#id`.
    #[serde(default)]
    pub same_as: List<Box<str>>,
    /// The fact whose place this one takes: `id`, or `article#id`.
    pub replaces: Option<Box<str>>,
    /// Whether readers see it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The editorial rules that it may break, and why.
    #[serde(default)]
    pub allow: List<Allow>,
}

impl Fact {
    /// The last look at it, and its position; of several on one day, the last that is written.
    pub fn last_check(&self) -> Option<(usize, &Check)> {
        self.checks.iter().enumerate().max_by_key(|(_, check)| check.date)
    }
}

/// An exception from a rule.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Allow {
    /// The rule, such as `status::no_evidence`.
    pub rule: Box<str>,
    /// Why the fact may break it.
    pub reason: Box<str>,
}

/// What sort of claim a fact is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum FactKind {
    /// A figure.
    Quantity,
    /// Something that happened.
    Event,
    /// How two entities stand to each other.
    Relation,
    /// Somebody's words.
    Quotation,
    /// An answer, or the refusal of one.
    Response,
    /// What an entity is like.
    #[default]
    Attribute,
    /// Something intended.
    Plan,
}

/// Words of the article, by the W3C Web Annotation model's `TextQuoteSelector`, over the article's canonical text.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Anchor {
    /// The words themselves.
    pub exact: Box<str>,
    /// The words directly before them.
    pub prefix: Option<Box<str>>,
    /// The words directly after them.
    pub suffix: Option<Box<str>>,
    /// Which of several equal quotes is meant, from 1.
    pub occurrence: Option<std::num::NonZeroU32>,
}

/// What a fact says of its subject: one of `number`, `min` and `max`, or `text`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Value {
    /// A figure.
    pub number: Option<f64>,
    /// The lower end of a range.
    pub min: Option<f64>,
    /// The upper end of a range.
    pub max: Option<f64>,
    /// A word or a name that is no entity.
    pub text: Option<Box<str>>,
    /// What is counted or measured.
    pub unit: Option<Box<str>>,
    /// A currency by ISO 4217, such as `USD`.
    pub currency: Option<Box<str>>,
    /// Whether the source says "about", "nearly", "more than".
    #[serde(default)]
    pub approximate: bool,
    /// The figure in the article's own words.
    pub stated: Option<Box<str>>,
}

/// When a fact holds: `at`, or `from` and `until`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Valid {
    /// One date.
    pub at: Option<Edtf>,
    /// The first date of a span.
    pub from: Option<Edtf>,
    /// The last date of a span.
    pub until: Option<Edtf>,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Attribution {
    /// An entity id, or words such as `people with knowledge of the matter`.
    pub agent: Box<str>,
    /// What the agent did.
    #[serde(default)]
    pub mode: Mode,
    /// How openly the agent is named.
    #[serde(default)]
    pub naming: Naming,
    /// How many stand behind a description.
    pub count: Option<u32>,
    /// How they know.
    pub basis: Option<Box<str>>,
}

/// What a source did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Mode {
    /// Said it.
    #[default]
    Said,
    /// Wrote it.
    Wrote,
    /// Reported it, as a news outlet does.
    Reported,
    /// Reckoned it.
    Estimated,
    /// Made it known.
    Announced,
    /// Denied it.
    Denied,
    /// Would not comment.
    Declined,
}

/// How openly a source is named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Naming {
    /// By name.
    #[default]
    Named,
    /// By a description that narrows it down.
    Described,
    /// Not at all.
    Anonymous,
}

/// What speaks for or against a fact: `source`, or `url` and `title`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Evidence {
    /// A key of the bibliography.
    pub source: Option<Box<str>>,
    /// An address.
    #[schemars(extend("format" = "url"))]
    pub url: Option<Box<str>>,
    /// The title of what stands there.
    pub title: Option<Box<str>>,
    /// When it was read.
    pub accessed: Option<Moment>,
    /// Where a copy is kept.
    #[schemars(extend("format" = "url"))]
    pub archived: Option<Box<str>>,
    /// On which side it is.
    #[serde(default)]
    pub stance: Stance,
    /// Where in the source: a page, a paragraph, a minute.
    pub locator: Option<Box<str>>,
    /// The source's own words.
    pub quote: Option<Box<str>>,
    /// The source's own figure.
    pub value: Option<Box<Value>>,
}

/// On which side a piece of evidence is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Stance {
    /// For the fact.
    #[default]
    Supports,
    /// Against it.
    Contradicts,
    /// Neither: background.
    Context,
}

/// What is known of a fact's truth. The order is that of the status bar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Status {
    /// Primary evidence.
    Confirmed,
    /// Two or more independent sources.
    Corroborated,
    /// One independent source.
    SingleSource,
    /// The article says who said it; that is all.
    Attributed,
    /// Nobody looked yet.
    #[default]
    Unchecked,
    /// It cannot be checked.
    Unverifiable,
    /// Sources disagree.
    Disputed,
    /// Evidence against it.
    Refuted,
    /// A newer value stands.
    Superseded,
    /// Taken back by the archive.
    Withdrawn,
}

impl Status {
    /// Every status, in order.
    pub const ALL: [Self; 10] = [
        Self::Confirmed,
        Self::Corroborated,
        Self::SingleSource,
        Self::Attributed,
        Self::Unchecked,
        Self::Unverifiable,
        Self::Disputed,
        Self::Refuted,
        Self::Superseded,
        Self::Withdrawn,
    ];

    /// The word that stands for it in sidecars and on pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Corroborated => "corroborated",
            Self::SingleSource => "single_source",
            Self::Attributed => "attributed",
            Self::Unchecked => "unchecked",
            Self::Unverifiable => "unverifiable",
            Self::Disputed => "disputed",
            Self::Refuted => "refuted",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// How sure the checker is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Confidence {
    /// Sure.
    High,
    /// Fairly sure.
    Medium,
    /// Hardly sure.
    Low,
    /// Not said.
    #[default]
    Unknown,
}

/// One look at a fact.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Check {
    /// Who looked.
    pub by: Box<str>,
    /// When.
    pub date: Moment,
    /// With what result; the fact's status when absent.
    pub result: Option<Status>,
    /// The digest of the sentence, or of the whole text, against which it was checked: `sha256:…`.
    #[schemars(extend("format" = "digest"))]
    pub against: Option<Box<str>>,
    /// A word on how.
    pub note: Option<Box<str>>,
}

/// Whether readers see a fact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Visibility {
    /// Yes.
    #[default]
    Public,
    /// No: it is checked with the rest and left out of the site.
    Internal,
}
