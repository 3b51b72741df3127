//! Where facts that readers see give one subject, by a property of one value at a time, different values for the same
//! time. Unlike the rule that keeps such facts from being published, this also looks at what is disputed or refuted, for it
//! takes no side. What was replaced or withdrawn is no side any more.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use rayon::prelude::*;

use super::answer::Answer;
use super::span::{Span, UNDATED};
use super::{Archive, ArticleIx, EntityIx, FactRef, PropertyIx};
use crate::parse::property::Property;
use crate::parse::sidecar::Status;

/// Every disagreement of an archive.
#[derive(Debug, Default)]
pub struct Disagreements {
    /// By property, subject and date.
    all: Vec<Disagreement>,
    /// Their positions, by subject.
    by_subject: Vec<usize>,
}

/// Facts of which each disagrees with another one.
#[derive(Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The property.
    pub property: PropertyIx,
    /// Of what it is said.
    pub subject: EntityIx,
    /// The facts, by the date from which they hold.
    pub facts: Vec<FactRef>,
}

impl Disagreements {
    /// Compares what readers see of `archive`.
    pub fn gather(archive: &Archive) -> Self {
        let replaced = replaced(archive);
        let properties = (0..archive.register.properties.len()).into_par_iter().map(PropertyIx::new);
        let all: Vec<Disagreement> = properties.flat_map_iter(|property| of_property(archive, property, &replaced)).collect();
        let mut by_subject: Vec<usize> = (0..all.len()).collect();
        by_subject.sort_by_key(|position| all[*position].subject);
        Self { all, by_subject }
    }

    /// Those by one property.
    pub fn by(&self, property: PropertyIx) -> &[Disagreement] {
        let start = self.all.partition_point(|one| one.property < property);
        let end = self.all.partition_point(|one| one.property <= property);
        &self.all[start..end]
    }

    /// Those on one subject.
    pub fn on(&self, subject: EntityIx) -> impl ExactSizeIterator<Item = &Disagreement> {
        let start = self.by_subject.partition_point(|position| self.all[*position].subject < subject);
        let end = self.by_subject.partition_point(|position| self.all[*position].subject <= subject);
        self.by_subject[start..end].iter().map(|position| &self.all[*position])
    }
}

/// The facts in whose place readers see another one on the same subject, by the same property.
fn replaced(archive: &Archive) -> HashSet<FactRef> {
    let mut replaced = HashSet::new();
    for (position, article) in archive.articles.iter().enumerate().filter(|(_, article)| article.speaks()) {
        for (newer, older) in archive.naming(ArticleIx::new(position), "replaces") {
            let (fact, replaced_fact) = (&article.facts[newer.fact as usize], archive.fact(older).1);
            let stands = fact.public && !matches!(fact.status, Status::Refuted | Status::Withdrawn);
            if stands && (fact.property, fact.subject) == (replaced_fact.property, replaced_fact.subject) {
                replaced.insert(older);
            }
        }
    }
    replaced
}

/// What a fact says, and when that holds.
struct Statement<'a> {
    subject: EntityIx,
    first: i32,
    last: i32,
    fact: FactRef,
    answer: Answer<'a>,
}

fn of_property(archive: &Archive, index: PropertyIx, replaced: &HashSet<FactRef>) -> Vec<Disagreement> {
    let property = archive.register.property(index).1;
    if !property.functional {
        return Vec::new();
    }
    let facts = archive.index.facts_stating[index.position()].iter().filter(|fact| !replaced.contains(*fact));
    let mut statements: Vec<_> = facts.filter_map(|fact| statement(archive, *fact)).collect();
    statements.sort_by_key(|statement| (statement.subject, statement.first, statement.fact));
    let groups = statements.chunk_by(|a, b| a.subject == b.subject).filter(|group| group.len() > 1);
    let found = groups.flat_map(|group| {
        let found = in_group(group, property).into_iter();
        found.map(|facts| Disagreement { property: index, subject: group[0].subject, facts })
    });
    found.collect()
}

fn statement(archive: &Archive, reference: FactRef) -> Option<Statement<'_>> {
    let fact = archive.fact(reference).1;
    if matches!(fact.status, Status::Superseded | Status::Withdrawn) {
        return None;
    }
    let (first, last) = fact.valid.as_deref().and_then(Span::of).map_or((UNDATED, UNDATED), |span| span.sure);
    Some(Statement { subject: fact.subject?, first, last, fact: reference, answer: Answer::of(fact)? })
}

/// An answer that stands, as the statement at this position gives it, until a day.
struct Voice {
    position: usize,
    until: i32,
}

/// Those who give one answer, and so far disagree with nobody.
struct Chorus {
    answer: usize,
    /// The day until which each stands, and its position.
    members: BinaryHeap<Reverse<(i32, usize)>>,
}

/// The disagreements in a group, which comes by date. Each statement is compared with the different answers that stand,
/// not with all who give them.
fn in_group(group: &[Statement<'_>], property: &Property) -> Vec<Vec<FactRef>> {
    let differ = |one: usize, other: usize| !group[one].answer.agrees_with(group[other].answer, property);
    let mut parties = Parties((0..group.len()).collect());
    let mut choirs: Vec<Chorus> = Vec::new();
    let mut quarrels: Vec<Vec<Voice>> = Vec::new();
    for (position, Statement { first, last, .. }) in group.iter().enumerate() {
        let mut voices = Vec::new();
        choirs.retain_mut(|chorus| {
            while chorus.members.peek().is_some_and(|Reverse((until, _))| until < first) {
                chorus.members.pop();
            }
            if !chorus.members.is_empty() && differ(chorus.answer, position) {
                voices.extend(chorus.members.drain().map(|Reverse((until, position))| Voice { position, until }));
            }
            !chorus.members.is_empty()
        });
        quarrels.retain_mut(|quarrel| {
            quarrel.retain(|voice| voice.until >= *first);
            if quarrel.iter().any(|voice| differ(voice.position, position)) {
                voices.append(quarrel);
            }
            !quarrel.is_empty()
        });
        if voices.is_empty() {
            join(&mut choirs, group, position, *last);
            continue;
        }
        for voice in &voices {
            parties.unite(voice.position, position);
        }
        voices.push(Voice { position, until: *last });
        quarrels.push(each_once(voices, group));
    }
    parties.of_two_or_more().into_iter().map(|party| party.into_iter().map(|position| group[position].fact).collect()).collect()
}

fn join(choirs: &mut Vec<Chorus>, group: &[Statement<'_>], position: usize, until: i32) {
    let same = choirs.iter_mut().find(|chorus| says_the_same(group[chorus.answer].answer, group[position].answer));
    match same {
        Some(chorus) => chorus.members.push(Reverse((until, position))),
        None => choirs.push(Chorus { answer: position, members: BinaryHeap::from([Reverse((until, position))]) }),
    }
}

/// Of voices that say the same, the one that stands longest.
fn each_once(mut voices: Vec<Voice>, group: &[Statement<'_>]) -> Vec<Voice> {
    let mut kept: Vec<Voice> = Vec::with_capacity(voices.len());
    voices.sort_by_key(|voice| Reverse(voice.until));
    for voice in voices {
        if !kept.iter().any(|other| says_the_same(group[other.position].answer, group[voice.position].answer)) {
            kept.push(voice);
        }
    }
    kept
}

/// Whether what differs from one also differs from the other.
fn says_the_same(one: Answer<'_>, other: Answer<'_>) -> bool {
    match (one, other) {
        (Answer::Entity(one), Answer::Entity(other)) => one == other,
        (Answer::Value(one), Answer::Value(other)) => {
            let said = |value: &crate::parse::sidecar::Value| (value.number, value.min, value.max, value.approximate);
            said(one) == said(other) && (&one.unit, &one.currency, &one.text) == (&other.unit, &other.currency, &other.text)
        }
        _ => false,
    }
}

/// Positions in parties, each known by its first member.
struct Parties(Vec<usize>);

impl Parties {
    fn first_of(&mut self, position: usize) -> usize {
        let mut at = position;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first_of(one), self.first_of(other));
        self.0[one.max(other)] = one.min(other);
    }

    fn of_two_or_more(mut self) -> Vec<Vec<usize>> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.0.len()];
        for position in 0..self.0.len() {
            let first = self.first_of(position);
            members[first].push(position);
        }
        members.into_iter().filter(|party| party.len() > 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sidecar::Value;

    fn value(number: i32) -> Value {
        toml::from_str(&format!("number = {number}")).unwrap()
    }

    /// Statements from first to last days, each with a value's position, in the order of the days.
    fn group<'v>(values: &'v [Value], said: &[(i32, i32, usize)]) -> Vec<Statement<'v>> {
        let mut said = said.to_vec();
        said.sort_unstable();
        let statement = |(nth, (first, last, value)): (usize, (i32, i32, usize))| {
            let fact = FactRef { article: ArticleIx::new(nth), fact: 0 };
            Statement { subject: EntityIx::new(0), first, last, fact, answer: Answer::Value(&values[value]) }
        };
        said.into_iter().enumerate().map(statement).collect()
    }

    /// The same, by a look at every pair.
    fn plainly(group: &[Statement<'_>], property: &Property) -> Vec<Vec<FactRef>> {
        let mut parties = Parties((0..group.len()).collect());
        for (one, other) in (0..group.len()).flat_map(|one| (0..one).map(move |other| (one, other))) {
            let (a, b) = (&group[one], &group[other]);
            if a.first <= b.last && b.first <= a.last && !a.answer.agrees_with(b.answer, property) {
                parties.unite(one, other);
            }
        }
        parties.of_two_or_more().into_iter().map(|party| party.into_iter().map(|nth| group[nth].fact).collect()).collect()
    }

    #[test]
    fn what_is_found_in_one_pass_is_what_a_look_at_every_pair_finds() {
        let property: Property = toml::from_str("functional = true\ntolerance = 0.2").unwrap();
        let values = [value(10), value(11), value(30)];
        let spans = [(1, 1), (1, 3), (2, 2), (2, 4), (4, 4)];
        let all: Vec<_> = spans.into_iter().flat_map(|(first, last)| (0..3).map(move |value| (first, last, value))).collect();
        let mut found = 0;
        for code in 0..all.len().pow(4) {
            let said = [0, 1, 2, 3].map(|place| all[code / all.len().pow(place) % all.len()]);
            let group = group(&values, &said);
            let parties = in_group(&group, &property);
            found += parties.len();
            assert_eq!(parties, plainly(&group, &property), "{said:?}");
        }
        assert!(found > 10_000);
    }

    #[test]
    fn many_voices_are_told_apart_in_little_time() {
        let property: Property = toml::from_str("functional = true").unwrap();
        let values: Vec<_> = (0..2_000).map(value).collect();
        let said: Vec<_> = (0..20_000).map(|nth| (nth / 10, nth / 10, usize::try_from(nth % 2_000).unwrap())).collect();
        assert_eq!(in_group(&group(&values, &said), &property).len(), 2_000);
    }
}
