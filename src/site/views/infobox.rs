//! What `entity.html` sees as `entity.infobox`: each known value once, with the numbers of all that state it, and what
//! these numbers refer to. What was refuted, replaced or withdrawn is not known: it stands among the facts only.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::Site;
use super::cards::PropertyCard;
use super::html::{Html, push_link};
use crate::archive::{EntityIx, Fact, FactRef, PropertyIx, SourceIx};
use crate::base::Lang;
use crate::parse::property::Datatype;
use crate::parse::sidecar::Status;

/// What is known under one property.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InfoRow<'a> {
    /// The property.
    pub property: PropertyCard<'a>,
    /// Its values, newest first, at most five.
    pub values: Vec<InfoValue>,
    /// How many more there are.
    pub more: usize,
}

/// One known value with what states it.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InfoValue {
    /// The figure, words or entity.
    pub answer: Html,
    /// When it holds.
    pub valid: Option<Html>,
    /// The best that is known of its truth; absent where only the entity's record states it.
    pub status: Option<Status>,
    /// What states it: at most five.
    pub references: Vec<Mark>,
    /// How many more there are.
    pub more: usize,
}

/// The number of a reference.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Mark {
    /// The number.
    pub number: usize,
    /// The path of the note or the source.
    pub url: String,
}

/// What a number refers to.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReferenceView<'a> {
    /// The number.
    pub number: usize,
    /// The claim, which leads to its note; or the title of a source, which leads to its page.
    pub text: Html,
    /// The language of the claim, where it is not the page's.
    pub lang: Option<&'a Lang>,
    /// What is known of the claim's truth.
    pub status: Option<Status>,
    /// The claim's article; absent where it is that of the reference before.
    pub article: Option<Html>,
    /// The article's language, where it is not the page's.
    pub article_lang: Option<&'a Lang>,
}

/// Values of one row, and references of one value.
const VALUES: usize = 5;
const REFERENCES: usize = 5;

/// What a number refers to, before it is a view.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reference {
    Fact(FactRef),
    Source(SourceIx),
}

/// The values of one property that are told apart; a list of hundreds is none for a box.
const TOLD_APART: usize = 40;

/// The values of one property as they are gathered.
#[derive(Default)]
struct Gathered {
    values: Vec<Known>,
    more: usize,
}

/// A value as it is gathered.
struct Known {
    answer: Html,
    valid: Option<Html>,
    status: Option<Status>,
    references: Vec<Reference>,
}

/// Whether what has this status may be called known.
pub fn stands(status: Status) -> bool {
    !matches!(status, Status::Refuted | Status::Superseded | Status::Withdrawn)
}

/// How good it is, best first: the vocabulary's order, but that a dispute outweighs mere hearsay.
pub fn rank(status: Status) -> u8 {
    match status {
        Status::Confirmed => 0,
        Status::Corroborated => 1,
        Status::SingleSource => 2,
        Status::Disputed => 3,
        Status::Attributed => 4,
        Status::Unverifiable => 5,
        Status::Unchecked => 6,
        Status::Superseded => 7,
        Status::Refuted => 8,
        Status::Withdrawn => 9,
    }
}

impl<'a> Site<'a> {
    /// What is known of an entity by property, and what the numbers in it refer to.
    pub(super) fn infobox(&self, index: EntityIx, lang: &Lang) -> (Vec<InfoRow<'a>>, Vec<ReferenceView<'a>>) {
        let mut numbered: Vec<Reference> = Vec::new();
        let rows = self.known(index, lang).into_iter().map(|(property, Gathered { values, more })| {
            let more = more + values.len().saturating_sub(VALUES);
            let values = values.into_iter().take(VALUES).map(|known| self.info_value(known, &mut numbered)).collect();
            InfoRow { property: self.property_card(property, lang), values, more }
        });
        let rows = rows.collect();
        let references = (0..numbered.len()).map(|nth| self.reference(&numbered, nth, lang)).collect();
        (rows, references)
    }

    /// Every value that facts and the record give, newest first, equal ones together.
    fn known(&self, index: EntityIx, lang: &Lang) -> BTreeMap<PropertyIx, Gathered> {
        let register = &self.archive.register;
        let mut facts: Vec<_> = self.archive.index.facts_about[index.position()]
            .iter()
            .map(|listed| self.version(*listed))
            .map(|at| (at, self.archive.fact(at).1))
            .collect();
        facts.retain(|(_, fact)| fact.subject == Some(index) && fact.property.is_some() && stands(fact.status));
        facts.sort_by_key(|(reference, fact)| Reverse((fact.day, *reference)));
        let mut known: BTreeMap<PropertyIx, Gathered> = BTreeMap::new();
        for (reference, fact) in facts {
            let (Some(property), Some(answer)) = (fact.property, self.answer(fact, lang)) else { continue };
            // A date that is the answer is no date of the answer.
            let is_date = register.property(property).1.datatype == Datatype::Date;
            let valid = self.valid(fact, lang).filter(|_| !is_date);
            let value = Known { answer, valid, status: Some(fact.status), references: vec![Reference::Fact(reference)] };
            known.entry(property).or_default().join(value, is_figure(fact));
        }
        for relation in &register.entity(index).head.relations {
            let (Some(property), Some(object)) = (register.find_property(&relation.property), register.find_entity(&relation.object))
            else {
                continue;
            };
            let source = relation.source.as_deref().and_then(|key| register.find_source(key)).map(Reference::Source);
            let valid = relation.valid.as_ref().and_then(|valid| self.formats.of(lang).valid(valid));
            let value = Known { answer: self.named(object, lang), valid, status: None, references: source.into_iter().collect() };
            known.entry(property).or_default().join(value, false);
        }
        known
    }

    fn info_value(&self, known: Known, numbered: &mut Vec<Reference>) -> InfoValue {
        let more = known.references.len().saturating_sub(REFERENCES);
        let mark = |reference: Reference| {
            let known = numbered.iter().position(|one| *one == reference);
            let number = known.unwrap_or_else(|| {
                numbered.push(reference);
                numbered.len() - 1
            });
            Mark { number: number + 1, url: self.reference_url(reference) }
        };
        let references = known.references.into_iter().take(REFERENCES).map(mark).collect();
        InfoValue { answer: known.answer, valid: known.valid, status: known.status, references, more }
    }

    fn reference_url(&self, reference: Reference) -> String {
        match reference {
            Reference::Fact(fact) => self.fact_url(fact),
            Reference::Source(source) => self.tree.routes.url(&self.tree.routes.source(&self.archive.register.source(source).key)),
        }
    }

    fn reference(&self, numbered: &[Reference], nth: usize, lang: &Lang) -> ReferenceView<'a> {
        let (number, url) = (nth + 1, self.reference_url(numbered[nth]));
        let mut link = String::new();
        match numbered[nth] {
            Reference::Source(source) => {
                let source = self.archive.register.source(source);
                push_link(&mut link, &url, source.title.as_deref().unwrap_or(&source.key));
                ReferenceView { number, text: Html::safe(&link), lang: None, status: None, article: None, article_lang: None }
            }
            Reference::Fact(reference) => {
                let (article, fact) = self.archive.fact(reference);
                let (claim_lang, claim) = fact.claim.pick(lang, &article.lang);
                push_link(&mut link, &url, claim);
                let before = nth.checked_sub(1).map(|before| numbered[before]);
                let same = matches!(before, Some(Reference::Fact(before)) if before.article == reference.article);
                ReferenceView {
                    number,
                    text: Html::safe(&link),
                    lang: Some(claim_lang).filter(|own| !own.reads_as(lang)),
                    status: Some(fact.status),
                    article: (!same).then(|| self.article_titles[reference.article.position()].clone()),
                    article_lang: Some(&article.lang).filter(|own| !same && !own.reads_as(lang)),
                }
            }
        }
    }
}

impl Gathered {
    /// Adds a value, or its references to an equal one. Two equal figures of different dates are two values.
    fn join(&mut self, value: Known, dated: bool) {
        let same = |one: &Known| one.answer == value.answer && (!dated || one.valid == value.valid);
        match self.values.iter().position(same) {
            Some(place) => {
                let known = &mut self.values[place];
                known.valid = known.valid.take().or(value.valid);
                known.status = [known.status, value.status].into_iter().flatten().min_by_key(|status| rank(*status));
                known.references.extend(value.references);
            }
            None if self.values.len() < TOLD_APART => self.values.push(value),
            None => self.more += 1,
        }
    }
}

fn is_figure(fact: &Fact) -> bool {
    fact.value.as_deref().is_some_and(|value| value.text.is_none())
}
