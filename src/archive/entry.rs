//! One article read against the register: its quotes found, its names found, its words for entities turned
//! into indices. What refers to other articles waits for `resolve`.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::graph::{Agent, Fact, Kept, Mention, Named};
use super::ids::EntityIx;
use super::links;
use super::names::Sighting;
use super::register::Register;
use super::sentence;
use super::standing::Standing;
use super::unsure::{Linked, Unsure};
use crate::base::word::UNREAD;
use crate::base::{Code, DataPath, Diagnostic, Fingerprint, Outcome, Packed, Place, SourcePath};
use crate::config::Autolink;
use crate::parse::body::{Body, LinkUse};
use crate::parse::dates::{Edtf, Moment};
use crate::parse::sidecar::{self, Mode, Sidecar, Valid};
use crate::parse::{List, article};

/// An article as parsed.
pub struct Document<'a> {
    /// Its file.
    pub file: SourcePath,
    /// What its file held.
    pub print: Fingerprint,
    /// What its sidecar held.
    pub sidecar_print: Option<Fingerprint>,
    /// Its file and its sidecar, where texts are kept.
    pub texts: Option<(Packed, Option<Packed>)>,
    /// Its front matter.
    pub head: article::Article,
    /// Its body.
    pub body: Body<'a>,
    /// Its sidecar and the sidecar's file.
    pub sidecar: Option<(SourcePath, Sidecar)>,
}

/// An article read against the register, its links not followed yet. Cheap to copy.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What the archive keeps of its files. Depends on them and on what the register knows by id.
    pub kept: Arc<Kept>,
    /// The names in its text. Depends on the above and on the register's names.
    pub named: Arc<Named>,
}

/// Reads an article, whose facts' words stand at `standings`, against the register.
pub fn enter(register: &Register, document: Document<'_>, standings: &[Standing], autolink: Autolink, unsafe_html: bool) -> Outcome<Entry> {
    let mut found = Vec::new();
    let Document { file, print, sidecar_print, texts, head, body, sidecar } = document;
    let (sidecar_file, facts) = match sidecar {
        Some((file, sidecar)) => (Some(file), sidecar.facts),
        None => (None, Box::default()),
    };
    let desk = Desk { register, file: &file, sidecar: sidecar_file.as_ref().unwrap_or(&file), body: &body };
    let references = references(&facts);
    let agents = facts.iter().flat_map(|fact| &fact.attribution).filter_map(|attribution| register.find_entity(&attribution.agent));
    let agents = each_once(agents);
    desk.check_head(&head, &facts, &mut found);
    let facts = facts.into_vec().into_iter().zip(standings).enumerate();
    let facts: Box<[Fact]> = facts.map(|(position, (fact, standing))| desk.keep(position, fact, standing, &mut found)).collect();
    let named = desk.names(&head, &facts, autolink);
    let kept = Kept {
        slug: crate::base::slug::own_or_stem(head.slug.as_deref(), &file),
        lang: head.lang.clone().unwrap_or_else(|| register.lang.clone()),
        headings: body.headings.into(),
        written: links::pointers(&file, &body.links, unsafe_html),
        written_in_corrections: head.corrections.iter().map(|correction| links::of_text(&file, &correction.text, unsafe_html)).collect(),
        facts_by_id: by_id(&facts),
        references,
        agents,
        print,
        sidecar_print,
        texts,
        file,
        sidecar: sidecar_file,
        head,
        facts,
    };
    Outcome::new(Entry { kept: Arc::new(kept), named: Arc::new(named) }, found)
}

/// Looks anew for the names in the text of an article that has not changed.
pub fn name_again(register: &Register, kept: Arc<Kept>, body: &Body<'_>, autolink: Autolink) -> Entry {
    let desk = Desk { register, file: &kept.file, sidecar: &kept.file, body };
    let named = desk.names(&kept.head, &kept.facts, autolink);
    Entry { named: Arc::new(named), kept }
}

fn by_id(facts: &[Fact]) -> List<u32> {
    let mut positions: Vec<u32> = (0_u32..).zip(facts).map(|(position, _)| position).collect();
    positions.sort_by_key(|position| &*facts[*position as usize].id);
    positions.into()
}

/// Every reference to a fact, which only the whole archive can follow.
fn references(facts: &[sidecar::Fact]) -> List<(Box<str>, DataPath)> {
    let mut references = Vec::new();
    for (position, fact) in facts.iter().enumerate() {
        let at = |key: &str| DataPath::root().key("facts").index(position).key(key);
        references.extend(fact.responds_to.clone().map(|id| (id, at("responds_to"))));
        references.extend(fact.replaces.clone().map(|id| (id, at("replaces"))));
        let same = fact.same_as.iter().enumerate().filter(|(_, id)| ***id != *UNREAD);
        references.extend(same.map(|(nth, id)| (id.clone(), at("same_as").index(nth))));
    }
    references.into()
}

struct Desk<'a> {
    register: &'a Register,
    file: &'a SourcePath,
    sidecar: &'a SourcePath,
    body: &'a Body<'a>,
}

impl Desk<'_> {
    fn check_head(&self, head: &article::Article, facts: &[sidecar::Fact], found: &mut Vec<Diagnostic>) {
        let at = |key: &str| DataPath::root().key(key);
        for (position, id) in head.about.iter().enumerate() {
            self.register.expect_entity(id, || Place::data(self.file, at("about").index(position)), found);
        }
        for (position, author) in head.authors.iter().enumerate() {
            self.register.suspect_entity(author, || Place::data(self.file, at("authors").index(position)), found);
        }
        for (key, name) in [("publisher", &head.publisher), ("translator", &head.translator)] {
            if let Some(name) = name {
                self.register.suspect_entity(name, || Place::data(self.file, at(key)), found);
            }
        }
        let ids: BTreeSet<&str> = facts.iter().map(|fact| &*fact.id).collect();
        for (nth, correction) in head.corrections.iter().enumerate() {
            let unknown = |id: &str| id != UNREAD && !ids.contains(id);
            for (position, id) in correction.facts.iter().enumerate().filter(|(_, id)| unknown(id)) {
                let place = Place::data(self.file, at("corrections").index(nth).key("facts").index(position));
                found.push(super::register::unknown("fact", id, place, ids.iter().copied()));
            }
        }
        for (position, fact) in facts.iter().enumerate() {
            if fact.id.strip_prefix("q-").is_some_and(|rest| ids.contains(rest)) {
                let place = Place::data(self.sidecar, at("facts").index(position).key("id"));
                let message = format!("the id `{}` is the address of another fact's mark", fact.id);
                found.push(Diagnostic::error(Code::DuplicateId, place, message).help("give it another id".to_owned()));
            }
        }
    }

    fn keep(&self, position: usize, fact: sidecar::Fact, standing: &Standing, found: &mut Vec<Diagnostic>) -> Fact {
        let path = || DataPath::root().key("facts").index(position);
        let at = |path: DataPath| Place::data(self.sidecar, path);
        let about: Vec<_> = fact
            .about
            .iter()
            .enumerate()
            .filter_map(|(nth, id)| self.register.expect_entity(id, || at(path().key("about").index(nth)), found))
            .collect();
        let mut entity = |id: &Option<Box<str>>, key: &str| self.register.expect_entity(id.as_ref()?, || at(path().key(key)), found);
        let (subject, object) = (entity(&fact.subject, "subject"), entity(&fact.object, "object"));
        let property = fact.property.as_ref().and_then(|id| self.register.expect_property(id, || at(path().key("property")), found));
        let mut sources = Vec::new();
        for (nth, evidence) in fact.evidence.iter().enumerate() {
            let place = || at(path().key("evidence").index(nth).key("source"));
            let source = evidence.source.as_ref().and_then(|key| self.register.expect_source(key, place, found));
            sources.extend(source.map(|source| (source, evidence.stance)));
        }
        for (nth, attribution) in fact.attribution.iter().enumerate() {
            self.register.suspect_entity(&attribution.agent, || at(path().key("attribution").index(nth).key("agent")), found);
        }
        let (day, year) = fact.valid.as_deref().map_or((None, None), |valid| (first_day(valid), timeline_year(valid)));
        Fact {
            day,
            year,
            public: fact.visibility == sidecar::Visibility::Public,
            about: each_once(about.into_iter().chain(subject).chain(object)),
            sources: sources.into(),
            id: fact.id,
            kind: fact.kind,
            claim: fact.claim,
            status: fact.status,
            value: fact.value,
            valid: fact.valid,
            mark: standing.at.as_ref().map(narrow),
            drifted: standing.drifted,
            stated_by: self.stated_by(&fact.attribution),
            last_check: fact.checks.iter().max_by_key(|check| check.date).map(|check| (check.date.number(), check.result)),
            sourced: !fact.evidence.is_empty(),
            review_after: fact.review_after.map(Moment::number),
            allowed: fact.allow.iter().filter_map(|allow| Code::of(&allow.rule)).collect(),
            subject,
            property,
            object,
        }
    }

    fn stated_by(&self, attribution: &[sidecar::Attribution]) -> List<Agent> {
        let states = |said: &&sidecar::Attribution| !matches!(said.mode, Mode::Denied | Mode::Declined);
        let agent = |said: &sidecar::Attribution| {
            let entity = self.register.find_entity(&said.agent);
            entity.map_or_else(|| Agent::Words(said.agent.clone()), Agent::Entity)
        };
        attribution.iter().filter(states).map(agent).collect()
    }

    /// Names and explicit links to entities: what becomes a link, the sentence of each first mention, and what is unclear.
    fn names(&self, head: &article::Article, facts: &[Fact], autolink: Autolink) -> Named {
        let linked = self.linked_entities();
        let topics: BTreeSet<EntityIx> = head
            .about
            .iter()
            .filter_map(|id| self.register.find_entity(id))
            .chain(facts.iter().flat_map(|fact| fact.about.iter().copied()))
            .collect();
        let mut closed = Sweep::new(&self.body.closed);
        let mut in_links = Sweep::new(&linked.iter().map(|link| link.range.clone()).collect::<Vec<_>>());
        let mut seen: Vec<(Range<usize>, EntityIx, bool)> = linked.iter().map(|link| (link.range.clone(), link.entity, true)).collect();
        let mut autolinks = Vec::new();
        let mut unclear = Unsure::new(&linked);
        let mut done: BTreeSet<EntityIx> = linked.iter().map(|link| link.entity).collect();
        for sighting in self.register.names.sightings(&self.body.text) {
            if in_links.touches(&sighting.range) {
                continue;
            }
            let Some(entity) = bearer(&sighting, &topics) else {
                unclear.share(sighting);
                continue;
            };
            let open = !closed.touches(&sighting.range);
            let first = open && autolink != Autolink::Off && done.insert(entity);
            if first || open && autolink == Autolink::All {
                let (start, end) = narrow(&sighting.range);
                autolinks.push((start, end, entity));
            }
            unclear.name(entity, &sighting.range);
            seen.push((sighting.range, entity, open));
        }
        let unsettled = unclear.settle(self.register, self.body, &done);
        Named { autolinks: autolinks.into(), mentions: self.mentions(seen, article::Publish::Full == head.publish), unsettled }
    }

    fn linked_entities(&self) -> Vec<Linked> {
        let link = |link: &LinkUse| Some(Linked { range: link.text.clone(), entity: links::entity(self.register, self.file, link)? });
        let mut linked: Vec<_> = self.body.links.iter().filter_map(link).filter(|link| !link.range.is_empty()).collect();
        linked.sort_by_key(|link| link.range.start);
        linked
    }

    /// The first sighting of each entity, one in running text before one in a heading.
    fn mentions(&self, mut seen: Vec<(Range<usize>, EntityIx, bool)>, quotable: bool) -> List<Mention> {
        seen.sort_by_key(|(range, _, open)| (!open, range.start));
        let mut first: HashMap<EntityIx, Range<usize>> = HashMap::new();
        for (range, entity, _) in seen {
            first.entry(entity).or_insert(range);
        }
        let mut first: Vec<_> = first.into_iter().collect();
        first.sort_by_key(|(entity, range)| (range.start, *entity));
        first.into_iter().map(|(entity, range)| self.mention(entity, &range, quotable)).collect()
    }

    fn mention(&self, entity: EntityIx, range: &Range<usize>, quotable: bool) -> Mention {
        if !quotable {
            return Mention { entity, sentence: "".into(), name: (0, 0) };
        }
        let sentence = sentence::around(&self.body.text, range);
        let name = narrow(&(range.start - sentence.start..range.end.min(sentence.end) - sentence.start));
        Mention { entity, sentence: self.body.text[sentence].into(), name }
    }
}

/// The entity that a name means: its only bearer, or the only one that the article speaks of.
fn bearer(sighting: &Sighting<'_>, topics: &BTreeSet<EntityIx>) -> Option<EntityIx> {
    match sighting.bearers {
        [entity] => Some(*entity),
        bearers => {
            let mut spoken = bearers.iter().filter(|entity| topics.contains(entity));
            spoken.next().filter(|_| spoken.next().is_none()).copied()
        }
    }
}

fn first_day(valid: &Valid) -> Option<i32> {
    let begins = [&valid.at, &valid.from].into_iter().flatten().next().map(Edtf::earliest);
    begins.or_else(|| Some(valid.until.as_ref()?.latest()))
}

fn timeline_year(valid: &Valid) -> Option<i32> {
    [&valid.at, &valid.from, &valid.until].into_iter().flatten().find_map(Edtf::year)
}

fn each_once(entities: impl Iterator<Item = EntityIx>) -> Box<[EntityIx]> {
    let mut kept: Vec<EntityIx> = Vec::new();
    let mut seen = BTreeSet::new();
    kept.extend(entities.filter(|entity| seen.insert(*entity)));
    kept.into()
}

pub(super) fn narrow(range: &Range<usize>) -> (u32, u32) {
    let narrow = |position: usize| u32::try_from(position).expect("the source floor refuses texts of 4 GiB");
    (narrow(range.start), narrow(range.end))
}

/// Runs in order, asked about runs in order: one pass over both.
struct Sweep {
    runs: Vec<Range<usize>>,
    next: usize,
}

impl Sweep {
    fn new(runs: &[Range<usize>]) -> Self {
        let mut sorted: Vec<_> = runs.iter().filter(|run| !run.is_empty()).cloned().collect();
        sorted.sort_by_key(|run| run.start);
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(sorted.len());
        for run in sorted {
            match merged.last_mut() {
                Some(last) if run.start <= last.end => last.end = last.end.max(run.end),
                _ => merged.push(run),
            }
        }
        Self { runs: merged, next: 0 }
    }

    fn touches(&mut self, range: &Range<usize>) -> bool {
        while self.runs.get(self.next).is_some_and(|run| run.end <= range.start) {
            self.next += 1;
        }
        self.runs.get(self.next).is_some_and(|run| run.start < range.end)
    }
}
