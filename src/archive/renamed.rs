//! The names that entities have gained or lost between two registers that know the same ids, and the texts that
//! this concerns.

use std::collections::HashSet;
use std::sync::Arc;

use super::ids::EntityIx;
use super::links;
use super::names::Names;
use super::register::Register;
use crate::parse::body::{Body, LinkKind};
use crate::parse::entity;

/// The names of all entities that have gained or lost one: those of before and those of now.
pub struct Renamed {
    names: Names,
    words: HashSet<Box<str>>,
}

impl Renamed {
    /// The difference between two registers with the same ids.
    pub fn between(before: &Register, now: &Register) -> Self {
        let pairs = before.entities.iter().zip(&now.entities);
        let differ = pairs.filter(|(before, now)| !Arc::ptr_eq(before, now) && bears(&before.head) != bears(&now.head));
        let heads: Vec<&entity::Entity> = differ.flat_map(|(before, now)| [&before.head, &now.head]).collect();
        let words = heads.iter().flat_map(|head| head.name.all().chain(head.aliases.iter().map(|alias| &**alias)));
        Self {
            words: words.map(Into::into).collect(),
            names: Names::new(heads.iter().enumerate().map(|(position, head)| (EntityIx::new(position), *head))),
        }
    }

    /// Whether no name differs.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether the names in a text, or what its wikilinks mean, may differ.
    pub fn concerns(&self, body: &Body<'_>) -> bool {
        let by_name = |target: &str| self.words.contains(&*links::split(target).0);
        self.names.occur_in(&body.text) || body.links.iter().any(|link| link.kind == LinkKind::Wiki && by_name(&link.target))
    }
}

type Bearing<'e> = (Vec<&'e str>, &'e [Box<str>], &'e [Box<str>]);

fn bears(head: &entity::Entity) -> Bearing<'_> {
    (head.name.all().collect(), &head.aliases, &head.not)
}
