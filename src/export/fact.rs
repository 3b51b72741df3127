//! A fact as a row: the model of which `facts` in every format is a projection.

use jiff::civil::Date;
use serde::Serialize;

use super::column::{Cell, table};
use super::desk::{Desk, Mark, Piece};
use crate::archive::EntityIx;
use crate::archive::register::Entity;
use crate::base::{Lang, Words};
use crate::parse::dates::{Edtf, Moment};
use crate::parse::property::Property;
use crate::parse::sidecar::{Attribution, Check, Confidence, Evidence, Fact, FactKind, Mode, Naming, Stance, Status, Value};

/// A fact that readers see, with what its article and the register know of it.
pub struct FactRow<'a> {
    /// What it was made against.
    pub desk: &'a Desk<'a>,
    /// Its article.
    pub piece: &'a Piece,
    /// The fact itself. What of its anchor may be shown stands in `quote`.
    pub fact: &'a Fact,
    /// Its article's slug, `#` and its id.
    pub key: String,
    /// Its note's address, with host.
    pub url: String,
    /// Its article's address, with host.
    pub article_url: String,
    /// The claim and its language: the article's, where it can be had.
    pub claim: (&'a Lang, &'a str),
    /// The words that make it, as far as they may be shown.
    pub quote: Quote<'a>,
    /// The entity of which something is said.
    pub subject: Option<&'a Entity>,
    /// What is said of it.
    pub property: Option<(&'a str, &'a Property)>,
    /// The entity that is the answer.
    pub object: Option<&'a Entity>,
}

/// Words of an article, as far as they may be shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Quote<'a> {
    /// The words.
    pub exact: Option<&'a str>,
    /// The words before them.
    pub prefix: Option<&'a str>,
    /// The words after them.
    pub suffix: Option<&'a str>,
    /// The value in the article's own words.
    pub stated: Option<&'a str>,
    /// Where they stand in the canonical text, in Unicode code points: first, and behind the last.
    pub position: Option<(usize, usize)>,
    /// Whether the article has other words by now, which say the same.
    pub drifted: bool,
}

impl<'a> FactRow<'a> {
    pub(super) fn new(desk: &'a Desk<'a>, piece: &'a Piece, fact: &'a Fact, mark: Option<Mark>) -> Self {
        let register = desk.register;
        let entity = |id: &Option<Box<str>>| register.find_entity(id.as_deref()?).map(|index: EntityIx| register.entity(index));
        let article_url = desk.article_url(piece);
        Self {
            key: format!("{}#{}", piece.slug, fact.id),
            url: format!("{article_url}#{}", fact.id),
            article_url,
            claim: fact.claim.pick(&piece.lang, &piece.lang),
            quote: Quote::new(piece, fact, mark),
            subject: entity(&fact.subject),
            property: fact.property.as_deref().and_then(|id| Some(register.property(register.find_property(id)?))),
            object: entity(&fact.object),
            desk,
            piece,
            fact,
        }
    }

    /// The entities that it speaks of, subject and object included, each once.
    pub fn about(&self) -> Vec<&'a Entity> {
        let named = self.fact.about.iter().filter_map(|id| self.desk.register.find_entity(id));
        let mut about: Vec<&Entity> = Vec::new();
        for entity in named.map(|index| self.desk.register.entity(index)).chain(self.subject).chain(self.object) {
            if about.iter().all(|known| known.id != entity.id) {
                about.push(entity);
            }
        }
        about
    }

    /// The facts that it names under a key, as far as readers see them.
    fn follow(&self, reference: Option<&str>) -> Option<String> {
        self.desk.follow(self.piece, reference?)
    }

    fn day(&self) -> Option<Date> {
        let valid = self.fact.valid.as_deref()?;
        let first = [&valid.at, &valid.from].into_iter().flatten().next()?;
        Moment::of_number(first.earliest()).map(Moment::day)
    }

    fn edtf(&self, which: impl Fn(&'a crate::parse::sidecar::Valid) -> &'a Option<Edtf>) -> Cell<'a> {
        Cell::some(self.fact.valid.as_deref().and_then(|valid| which(valid).as_ref()).map(Edtf::as_str))
    }

    fn value(&self) -> Option<&'a Value> {
        self.fact.value.as_deref()
    }

    fn unit(&self) -> Option<&'a str> {
        let value = self.value()?;
        value.unit.as_deref().or_else(|| self.property?.1.unit.as_deref().filter(|_| value.currency.is_none() && value.text.is_none()))
    }

    fn publisher(&self) -> Option<&'a str> {
        self.desk.named(self.piece.head.publisher.as_deref()?).1.into()
    }
}

impl<'a> Quote<'a> {
    fn new(piece: &'a Piece, fact: &'a Fact, mark: Option<Mark>) -> Self {
        let publish = piece.head.publish;
        if !publish.shows_quotes() {
            return Self::default();
        }
        let whole = publish.shows_text();
        let count = |to: u32| piece.text.get(..to as usize).map(|before| before.chars().count());
        Self {
            exact: Some(&fact.anchor.exact),
            prefix: fact.anchor.prefix.as_deref().filter(|_| whole),
            suffix: fact.anchor.suffix.as_deref().filter(|_| whole),
            stated: fact.value.as_deref().and_then(|value| value.stated.as_deref()),
            position: mark.filter(|_| whole).and_then(|mark| Some((count(mark.start)?, count(mark.end)?))),
            drifted: mark.is_none_or(|mark| mark.drifted),
        }
    }
}

impl Desk<'_> {
    /// The id and the name that a word stands for, where it is an entity's id; else nothing and the word.
    pub fn named<'w>(&'w self, word: &'w str) -> (Option<&'w str>, &'w str) {
        match self.register.find_entity(word).map(|index| self.register.entity(index)) {
            Some(entity) => (Some(&entity.id), self.own(&entity.head.name).1),
            None => (None, word),
        }
    }
}

table! {
    row = FactRow<'_>, "facts" ("A fact: one claim of an article, tied to the words that make it"), key Some("fact"),
    links [("article", "articles", "slug"), ("subject", "entities", "id"), ("property", "properties", "id"), ("object", "entities", "id")];
    "fact" Word "the slug of its article, `#` and its id" = Cell::text(&*row.key);
    "article" Word "the slug of its article" = Cell::text(&*row.piece.slug);
    "id" Word "its id in the article" = Cell::text(&*row.fact.id);
    "url" Word "where readers find it" = Cell::text(&*row.url);
    "kind" Word "what sort of claim it is: quantity, event, relation, quotation, response, attribute or plan" = Cell::text(kind(row.fact.kind));
    "claim" Text "the claim as a sentence of the editor's" = Cell::text(row.claim.1);
    "claim_lang" Word "the language of the claim, by BCP 47" = Cell::text(row.claim.0.as_str());
    "claims" Object "the claim by language, where it is written in several" = by_lang(&row.fact.claim);
    "status" Word "what is known of its truth" = Cell::text(row.fact.status.word());
    "confidence" Word "how sure the checker is: high, medium or low" = Cell::some(confidence(row.fact.confidence));
    "about" List "the ids of the entities that it speaks of, subject and object included" = Cell::list(row.about().iter().map(|entity| &*entity.id));
    "subject" Word "the id of the entity of which something is said" = Cell::some(row.subject.map(|entity| &*entity.id));
    "subject_name" Text "its name" = Cell::some(row.subject.map(|entity| row.desk.own(&entity.head.name).1));
    "property" Word "the id of what is said of it" = Cell::some(row.property.map(|(id, _)| id));
    "property_label" Text "its name" = Cell::some(row.property.and_then(|(_, property)| property.label.as_ref()).map(|label| row.desk.own(label).1));
    "object" Word "the id of the entity that is the answer" = Cell::some(row.object.map(|entity| &*entity.id));
    "object_name" Text "its name" = Cell::some(row.object.map(|entity| row.desk.own(&entity.head.name).1));
    "number" Number "the figure that is the answer" = row.value().and_then(|value| value.number).map_or(Cell::Empty, Cell::Number);
    "min" Number "the lower end of the range that is the answer" = row.value().and_then(|value| value.min).map_or(Cell::Empty, Cell::Number);
    "max" Number "the upper end" = row.value().and_then(|value| value.max).map_or(Cell::Empty, Cell::Number);
    "text" Text "the words that are the answer" = Cell::some(row.value().and_then(|value| value.text.as_deref()));
    "unit" Text "what is counted or measured" = Cell::some(row.unit());
    "currency" Word "the currency, by ISO 4217" = Cell::some(row.value().and_then(|value| value.currency.as_deref()));
    "approximate" Flag "whether the article says about, nearly, more than" = row.value().map_or(Cell::Empty, |value| Cell::Flag(value.approximate));
    "stated" Text "the value in the article's own words" = Cell::some(row.quote.stated);
    "valid_at" Word "when it holds, by EDTF" = row.edtf(|valid| &valid.at);
    "valid_from" Word "from when it holds, by EDTF" = row.edtf(|valid| &valid.from);
    "valid_until" Word "until when it holds, by EDTF" = row.edtf(|valid| &valid.until);
    "day" Day "the first day on which it holds" = row.day().map_or(Cell::Empty, Cell::Day);
    "exact" Text "the article's words that make it (W3C TextQuoteSelector)" = Cell::some(row.quote.exact);
    "prefix" Text "the words before them" = Cell::some(row.quote.prefix);
    "suffix" Text "the words after them" = Cell::some(row.quote.suffix);
    "start" Integer "where they begin in the article's canonical text, in Unicode code points (W3C TextPositionSelector)" = row.quote.position.map_or(Cell::Empty, |(start, _)| Cell::count(start));
    "end" Integer "where they end: the code point behind the last" = row.quote.position.map_or(Cell::Empty, |(_, end)| Cell::count(end));
    "drifted" Flag "whether the article has other words by now, which say the same" = Cell::Flag(row.quote.drifted && row.quote.exact.is_some());
    "attribution" Objects "who says so: agent (an entity's id) or words, mode, naming, count, basis" = Cell::objects(&attributions(row));
    "evidence" Objects "what speaks for and against it: source (a key) or url and title, accessed, archived, stance, locator, quote, value" = Cell::objects(&evidence(row.fact));
    "checks" Objects "who looked, when, with what result, against which text, and how" = Cell::objects(&checks(row.fact));
    "review_after" Day "when it should be looked at again" = row.fact.review_after.map_or(Cell::Empty, |moment| Cell::Day(moment.day()));
    "responds_to" Word "the fact to which it answers" = Cell::some(row.follow(row.fact.responds_to.as_deref()));
    "same_as" List "the same fact in other articles or translations" = Cell::list(row.fact.same_as.iter().filter_map(|reference| row.follow(Some(reference))));
    "replaces" Word "the fact whose place it takes" = Cell::some(row.follow(row.fact.replaces.as_deref()));
    "article_title" Text "the title of its article" = Cell::text(&*row.piece.head.title);
    "article_url" Word "where readers find the article" = Cell::text(&*row.article_url);
    "article_lang" Word "the language of the article, by BCP 47" = Cell::text(row.piece.lang.as_str());
    "article_date" Day "when the article was published" = row.piece.head.date.map_or(Cell::Empty, |moment| Cell::Day(moment.day()));
    "publisher" Text "who published the article" = Cell::some(row.publisher());
}

/// That a fact speaks of an entity.
pub struct AboutRow<'a> {
    fact: String,
    entity: &'a Entity,
}

/// What speaks for a fact or against it.
pub struct EvidenceRow<'a> {
    fact: String,
    evidence: &'a Evidence,
}

impl<'a> FactRow<'a> {
    /// The entities that it speaks of, as rows.
    pub fn about_rows(&self) -> impl Iterator<Item = AboutRow<'a>> {
        self.about().into_iter().map(|entity| AboutRow { fact: self.key.clone(), entity })
    }

    /// What speaks for it or against it, as rows.
    pub fn evidence_rows(&self) -> impl Iterator<Item = EvidenceRow<'a>> {
        self.fact.evidence.iter().map(|evidence| EvidenceRow { fact: self.key.clone(), evidence })
    }
}

table! {
    row = AboutRow<'_>, "about" ("That a fact speaks of an entity"), key None, links [("fact", "facts", "fact"), ("entity", "entities", "id")];
    "fact" Word "the fact" = Cell::text(&*row.fact);
    "entity" Word "the entity" = Cell::text(&*row.entity.id);
}

table! {
    row = EvidenceRow<'_>, "evidence" ("What speaks for a fact or against it"), key None, links [("fact", "facts", "fact"), ("source", "sources", "key")];
    "fact" Word "the fact" = Cell::text(&*row.fact);
    "source" Text "a key of the bibliography" = Cell::some(row.evidence.source.as_deref());
    "url" Word "an address" = Cell::some(row.evidence.url.as_deref());
    "title" Text "the title of what stands there" = Cell::some(row.evidence.title.as_deref());
    "accessed" Day "when it was read" = row.evidence.accessed.map_or(Cell::Empty, |moment| Cell::Day(moment.day()));
    "archived" Word "where a copy is kept" = Cell::some(row.evidence.archived.as_deref());
    "stance" Word "supports, contradicts or context" = Cell::text(stance(row.evidence.stance));
    "locator" Text "where in the source" = Cell::some(row.evidence.locator.as_deref());
    "quote" Text "the source's own words" = Cell::some(row.evidence.quote.as_deref());
    "value" Object "the source's own figure" = row.evidence.value.as_deref().map_or(Cell::Empty, |value| Cell::json(&figure(value)));
}

fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "supports",
        Stance::Contradicts => "contradicts",
        Stance::Context => "context",
    }
}

/// A text by language, where there are several.
pub(super) fn by_lang(words: &Words) -> Cell<'_> {
    match words {
        Words::ByLang(texts) if texts.len() > 1 => Cell::json(texts),
        _ => Cell::Empty,
    }
}

/// The word for a kind of claim.
pub(super) fn kind(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Quantity => "quantity",
        FactKind::Event => "event",
        FactKind::Relation => "relation",
        FactKind::Quotation => "quotation",
        FactKind::Response => "response",
        FactKind::Attribute => "attribute",
        FactKind::Plan => "plan",
    }
}

fn confidence(confidence: Confidence) -> Option<&'static str> {
    match confidence {
        Confidence::High => Some("high"),
        Confidence::Medium => Some("medium"),
        Confidence::Low => Some("low"),
        Confidence::Unknown => None,
    }
}

/// Who says so, as JSON. Keys are those of the sidecar, but that words for nobody's id are `words`.
#[serde_with::skip_serializing_none]
#[derive(Serialize)]
pub(super) struct Said<'a> {
    agent: Option<&'a str>,
    words: Option<&'a str>,
    mode: Mode,
    naming: Naming,
    count: Option<u32>,
    basis: Option<&'a str>,
}

fn attributions<'a>(row: &FactRow<'a>) -> Vec<Said<'a>> {
    let said = |said: &'a Attribution| {
        let known = row.desk.register.find_entity(&said.agent).is_some();
        let (agent, words) = if known { (Some(&*said.agent), None) } else { (None, Some(&*said.agent)) };
        Said { agent, words, mode: said.mode, naming: said.naming, count: said.count, basis: said.basis.as_deref() }
    };
    row.fact.attribution.iter().map(said).collect()
}

#[serde_with::skip_serializing_none]
#[derive(Serialize)]
struct Brought<'a> {
    source: Option<&'a str>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    accessed: Option<String>,
    archived: Option<&'a str>,
    stance: Stance,
    locator: Option<&'a str>,
    quote: Option<&'a str>,
    value: Option<Figure<'a>>,
}

#[serde_with::skip_serializing_none]
#[derive(Serialize)]
struct Figure<'a> {
    number: Option<f64>,
    min: Option<f64>,
    max: Option<f64>,
    text: Option<&'a str>,
    unit: Option<&'a str>,
    currency: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
}

fn evidence(fact: &Fact) -> Vec<Brought<'_>> {
    fact.evidence.iter().map(brought).collect()
}

fn brought(evidence: &Evidence) -> Brought<'_> {
    Brought {
        source: evidence.source.as_deref(),
        url: evidence.url.as_deref(),
        title: evidence.title.as_deref(),
        accessed: evidence.accessed.map(|moment| moment.day().to_string()),
        archived: evidence.archived.as_deref(),
        stance: evidence.stance,
        locator: evidence.locator.as_deref(),
        quote: evidence.quote.as_deref(),
        value: evidence.value.as_deref().map(figure),
    }
}

fn figure(value: &Value) -> Figure<'_> {
    Figure {
        number: value.number,
        min: value.min,
        max: value.max,
        text: value.text.as_deref(),
        unit: value.unit.as_deref(),
        currency: value.currency.as_deref(),
        approximate: value.approximate,
    }
}

#[serde_with::skip_serializing_none]
#[derive(Serialize)]
struct Looked<'a> {
    by: &'a str,
    date: String,
    result: Option<&'static str>,
    against: Option<&'a str>,
    note: Option<&'a str>,
}

fn checks(fact: &Fact) -> Vec<Looked<'_>> {
    fact.checks.iter().map(looked).collect()
}

fn looked(check: &Check) -> Looked<'_> {
    Looked {
        by: &check.by,
        date: check.date.day().to_string(),
        result: check.result.map(Status::word),
        against: check.against.as_deref(),
        note: check.note.as_deref(),
    }
}
