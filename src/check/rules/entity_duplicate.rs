//! Two entities that are probably one. Those with different items of Wikidata are two. Of several that are alike, each is
//! reported with the one to keep.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::archive::alike::Likeness;
use crate::archive::{Archive, EntityIx};
use crate::base::{Code, DataPath, Diagnostic, Place};
use crate::check::rule::{Look, Rule, Whole};

pub const RULE: Rule = Rule { code: Code::DuplicateEntity, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let archive = whole.archive;
    let facts = |entity: EntityIx| archive.index.facts_about[entity.position()].len();
    let item = |entity: EntityIx| archive.register.entity(entity).head.wikidata.as_deref();
    let mut seen = BTreeSet::new();
    for alike in archive.register.alike() {
        let Some(kept) = alike.entities.iter().copied().max_by_key(|entity| (facts(*entity), Reverse(*entity))) else { continue };
        for other in alike.entities.iter().copied().filter(|other| *other != kept) {
            let are_two = item(kept).zip(item(other)).is_some_and(|(one, other)| one != other);
            if !are_two && seen.insert((kept.min(other), kept.max(other))) {
                found.push(report(archive, kept, other, &alike.by));
            }
        }
    }
}

fn report(archive: &Archive, kept: EntityIx, other: EntityIx, by: &Likeness) -> Diagnostic {
    let facts = |entity: EntityIx| archive.index.facts_about[entity.position()].len();
    let why_this = if facts(kept) > facts(other) { ", of which more facts speak" } else { "" };
    let (kept, other) = (archive.register.entity(kept), archive.register.entity(other));
    let (key, why) = match by {
        Likeness::Wikidata => ("wikidata", format!("both are `{}` in Wikidata", other.head.wikidata.as_deref().unwrap_or_default())),
        Likeness::Name(name) => ("name", format!("both are called `{name}`")),
    };
    let message = format!("the entities `{}` and `{}` are probably one: {why}", other.id, kept.id);
    let help = format!(
        "keep `{kept}`{why_this}: give it `merged_from = [\"{other}\"]`, name it wherever `{other}` is named, and delete `{file}`",
        kept = kept.id,
        other = other.id,
        file = other.file
    );
    let place = |file| Place::data(file, DataPath::root().key(key));
    Diagnostic::warning(Code::DuplicateEntity, place(&other.file), message).related(place(&kept.file), "the other is here").help(help)
}
