//! What is unclear about the names in a text: which of them no link explains, which are denied, which several bear.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::entry::narrow;
use super::graph::{Unclear, Unsettled};
use super::ids::EntityIx;
use super::names::{Sighting, is_one_of};
use super::register::Register;
use crate::parse::List;
use crate::parse::body::Body;

/// A link to an entity that the author made.
pub struct Linked {
    /// Its words, in the canonical text.
    pub range: Range<usize>,
    /// The entity.
    pub entity: EntityIx,
}

/// The names of a text, as they are met.
pub struct Unsure<'n, 'l> {
    linked: &'l [Linked],
    named: BTreeMap<EntityIx, Range<usize>>,
    shared: Vec<Sighting<'n>>,
}

impl<'n, 'l> Unsure<'n, 'l> {
    /// A text with these links.
    pub fn new(linked: &'l [Linked]) -> Self {
        Self { linked, named: BTreeMap::new(), shared: Vec::new() }
    }

    /// A name that means `entity`.
    pub fn name(&mut self, entity: EntityIx, range: &Range<usize>) {
        self.named.entry(entity).or_insert_with(|| range.clone());
    }

    /// A name of which nothing tells yet whom it means; one that is nobody's is passed over.
    pub fn share(&mut self, sighting: Sighting<'n>) {
        if !sighting.bearers.is_empty() {
            self.shared.push(sighting);
        }
    }

    /// What is unclear when all names have been met, in the order of the text; links lead to the entities `explained`.
    pub fn settle(self, register: &Register, body: &Body<'_>, explained: &BTreeSet<EntityIx>) -> List<Unsettled> {
        let unlinked = self.named.iter().filter(|(entity, _)| !explained.contains(entity));
        let unlinked = unlinked.map(|(entity, range)| (range, Unclear::Unlinked(*entity)));
        let denied = self.linked.iter().filter(|link| is_one_of(&body.text[link.range.clone()], &register.entity(link.entity).head.not));
        let denied = denied.map(|link| (&link.range, Unclear::Denied(link.entity)));
        let mut unsettled: Vec<_> = unlinked.chain(denied).chain(self.unexplained(body)).collect();
        unsettled.sort_by_key(|(range, _)| (range.start, range.end));
        unsettled.into_iter().map(|(range, why)| Unsettled { at: narrow(&body.source_of(range)), why }).collect()
    }

    /// Names of several, each where it is met first. A name is explained where just one of its bearers is linked, or named
    /// otherwise: after `Ann Smith` everybody knows who `Smith` is.
    fn unexplained<'s>(&'s self, body: &'s Body<'_>) -> impl Iterator<Item = (&'s Range<usize>, Unclear)> {
        let linked: BTreeSet<EntityIx> = self.linked.iter().map(|link| link.entity).collect();
        let is_met = move |bearer: &&EntityIx| linked.contains(bearer) || self.named.contains_key(bearer);
        let mut known = BTreeSet::new();
        let first = self.shared.iter().filter(move |sighting| known.insert(&body.text[sighting.range.clone()]));
        let unclear = first.filter(move |sighting| sighting.bearers.iter().filter(&is_met).count() != 1);
        unclear.map(|sighting| (&sighting.range, Unclear::Shared(sighting.bearers.into())))
    }
}
