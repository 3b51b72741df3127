//! Entities to write: each an id of its own. How they stand to others is told by the ids of these, where they have any.

use std::collections::BTreeMap;

use super::super::draft::{Entity, Relation};
use super::super::toml::{self, Item, Keys};
use super::{Home, New, Plan, Taken, already, proofread};
use crate::archive::register;
use crate::base::{Code, Diagnostic};

/// Adds the entities that the archive does not have.
pub fn add(entities: Vec<Entity>, home: Home<'_>, taken: &mut Taken<'_>, plan: &mut Plan, found: &mut Vec<Diagnostic>) {
    let mut ids = BTreeMap::new();
    let mut placed = Vec::new();
    for entity in entities {
        if let Some(there) = in_archive(home, &entity) {
            found.push(already(&format!("`{}`", entity.name), &there.file, &entity.from));
            ids.insert(entity.foreign, there.id.to_string());
            continue;
        }
        if ids.contains_key(&entity.foreign) {
            let message = format!("`{}` stands here a second time, and is left out", entity.foreign);
            found.push(Diagnostic::warning(Code::DuplicateId, entity.from, message));
            continue;
        }
        let (id, file) = taken.entity(&entity.name);
        ids.insert(entity.foreign.clone(), id);
        placed.push((entity, file));
    }
    for (entity, file) in placed {
        let mut keys: Keys = vec![("kind", Item::text(&*entity.kind))];
        keys.extend(entity.keys);
        let relations = entity.relations.iter().filter_map(|relation| table(relation, &ids, home, found));
        let tables: Vec<_> = relations.map(|keys| ("relations", keys)).collect();
        let new = New { file, text: toml::document(&keys, &tables, "") };
        proofread(&new, &entity.from, found);
        plan.new.push(new);
    }
}

/// The record that the archive has of it: by its item in Wikidata, else by its name, unless that is another's item.
fn in_archive<'a>(home: Home<'a>, entity: &Entity) -> Option<&'a register::Entity> {
    let register = &home.archive.register;
    let by_item = || {
        let item = entity.wikidata.as_deref()?;
        register.entities.iter().map(|there| &**there).find(|there| there.head.wikidata.as_deref() == Some(item))
    };
    let by_name = || {
        let named = register.entity(register.find_named(&entity.name)?);
        let others = named.head.wikidata.is_some() && entity.wikidata.is_some();
        (!others && *named.head.kind == *entity.kind).then_some(named)
    };
    by_item().or_else(by_name)
}

/// A relation's keys, where the archive knows its property and the other's id.
fn table(relation: &Relation, ids: &BTreeMap<String, String>, home: Home<'_>, found: &mut Vec<Diagnostic>) -> Option<Keys> {
    let register = &home.archive.register;
    let mut left_out = |message: String, help: String| {
        found.push(Diagnostic::warning(Code::UnknownReference, relation.from.clone(), message).help(help));
        None
    };
    let Some(_) = register.find_property(&relation.property) else {
        let message = format!("the archive has no property `{}`: the relation is left out", relation.property);
        return left_out(
            message,
            format!("add it to `content/properties.toml`, such as `{}.label = \"{}\"`", relation.property, relation.label),
        );
    };
    let known = || register.find_entity(&relation.object).is_some().then(|| relation.object.clone());
    let Some(object) = ids.get(&relation.object).cloned().or_else(known) else {
        let message = format!("`{}` is neither imported nor in the archive: the relation is left out", relation.object);
        return left_out(message, "import both together".to_owned());
    };
    let valid = relation.valid.clone().unwrap_or_else(|| Item::text(""));
    Some(vec![("property", Item::text(&*relation.property)), ("object", Item::text(object)), ("valid", valid)])
}
