//! Entities to write: each an id of its own. How they stand to others is told by the ids of these, where they have any.

use super::super::draft::{Entity, Relation};
use super::super::toml::{self, Item, Keys};
use super::{Home, Names, New, Plan, Taken, already, proofread, property};
use crate::archive::register;
use crate::base::{Code, Diagnostic};

/// Adds the entities that the archive does not have; how each is called from now on.
pub fn add<'a>(entities: Vec<Entity>, home: Home<'a>, taken: &mut Taken<'_>, plan: &mut Plan, found: &mut Vec<Diagnostic>) -> Names<'a> {
    let mut names = Names::new(home);
    let mut placed = Vec::new();
    for entity in entities {
        if let Some(there) = in_archive(&names, &entity) {
            found.push(already(&format!("`{}`", entity.name), &there.file, &entity.from));
            names.imported.insert(entity.foreign, there.id.to_string());
            continue;
        }
        if names.imported.contains_key(&entity.foreign) {
            let message = format!("`{}` stands here a second time, and is left out", entity.foreign);
            found.push(Diagnostic::warning(Code::DuplicateId, entity.from, message));
            continue;
        }
        let (id, file) = taken.entity(&entity.name);
        names.imported.insert(entity.foreign.clone(), id);
        placed.push((entity, file));
    }
    for (entity, file) in placed {
        let mut keys: Keys = vec![("kind", Item::text(&*entity.kind))];
        keys.extend(entity.keys);
        let relations = entity.relations.iter().filter_map(|relation| table(relation, &names, found));
        let tables: Vec<_> = relations.map(|keys| ("relations", keys)).collect();
        let new = New { file, text: toml::document(&keys, &tables, "") };
        proofread(&new, &entity.from, found);
        plan.new.push(new);
    }
    names
}

/// The record that the archive has of it: by its item in Wikidata, else by its id or its name, unless that is another's item.
fn in_archive<'a>(names: &Names<'a>, entity: &Entity) -> Option<&'a register::Entity> {
    let register = &names.home.archive.register;
    let by_item = entity.wikidata.as_deref().and_then(|item| register.find_entity(names.by_item.get(item)?));
    if let Some(there) = by_item {
        return Some(register.entity(there));
    }
    let is_same = |there: &&register::Entity| {
        let others = there.head.wikidata.is_some() && entity.wikidata.is_some();
        !others && *there.head.kind == *entity.kind
    };
    let called = [register.find_entity(&entity.foreign), register.find_named(&entity.name)];
    called.into_iter().flatten().map(|there| register.entity(there)).find(is_same)
}

/// A relation's keys, where the archive knows its property and the other's id.
fn table(relation: &Relation, names: &Names<'_>, found: &mut Vec<Diagnostic>) -> Option<Keys> {
    let mut left_out = |message: String, help: String| {
        found.push(Diagnostic::warning(Code::UnknownReference, relation.from.clone(), message).help(help));
        None
    };
    let known = [&relation.property, &relation.label].into_iter().find_map(|word| property(names.home, word));
    let Some(property) = known else {
        let message = format!("the archive has no property `{}`: the relation is left out", relation.property);
        return left_out(
            message,
            format!("add it to `content/properties.toml`, such as `{}.label = \"{}\"`", relation.property, relation.label),
        );
    };
    let Some(object) = names.entity(&relation.object) else {
        let message = format!("`{}` is neither imported nor in the archive: the relation is left out", relation.object);
        return left_out(message, "import both together".to_owned());
    };
    let valid = relation.valid.clone().unwrap_or_else(|| Item::text(""));
    Some(vec![("property", Item::text(property)), ("object", Item::text(object)), ("valid", valid)])
}
