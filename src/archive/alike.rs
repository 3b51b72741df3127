//! Entities that are probably one: they have the same item of Wikidata, or one kind and one name but for spelling.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use icu::normalizer::ComposingNormalizerBorrowed;
use rayon::prelude::*;

use super::ids::EntityIx;
use super::register::Entity;
use crate::config::Kind;

/// Entities that are probably one.
#[derive(Debug, PartialEq, Eq)]
pub struct Alike {
    /// In what they are alike.
    pub by: Likeness,
    /// Two or more, by id.
    pub entities: Vec<EntityIx>,
}

/// In what entities are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likeness {
    /// In their item of Wikidata.
    Wikidata,
    /// In this name, as one of them writes it.
    Name(Box<str>),
}

/// The kinds of entity by id, as the register has them.
type Kinds = BTreeMap<Box<str>, Kind>;

/// Groups of entities that are probably one, whose positions are their indices. An entity may be in several.
pub fn groups(entities: &[Arc<Entity>], kinds: &Kinds) -> Vec<Alike> {
    let mut by_item: BTreeMap<&str, Vec<EntityIx>> = BTreeMap::new();
    for (position, entity) in entities.iter().enumerate() {
        if let Some(item) = entity.head.wikidata.as_deref() {
            by_item.entry(item).or_default().push(EntityIx::new(position));
        }
    }
    let by_item = by_item.into_values().map(|entities| Alike { by: Likeness::Wikidata, entities });
    by_item.chain(by_name(entities, kinds)).filter(|alike| alike.entities.len() > 1).collect()
}

fn by_name(entities: &[Arc<Entity>], kinds: &Kinds) -> Vec<Alike> {
    let named = entities.par_iter().enumerate();
    let mut named: Vec<(&str, String, EntityIx, &str)> = named
        .flat_map_iter(|(position, entity)| {
            let folded = folded_names(entity, kinds).into_iter();
            folded.map(move |(folded, name)| (&*entity.head.kind, folded, EntityIx::new(position), name))
        })
        .collect();
    named.par_sort_unstable();
    let groups = named.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1));
    let alike = |group: &[(&str, String, EntityIx, &str)]| {
        let mut entities: Vec<EntityIx> = group.iter().map(|(_, _, entity, _)| *entity).collect();
        entities.dedup();
        Alike { by: Likeness::Name(group[0].3.into()), entities }
    };
    groups.filter(|group| group.len() > 1).map(alike).collect()
}

/// The names of an entity folded, each with how it is written. A short form that is only a part of its own name, as a
/// surname is, says nothing: namesakes share it.
fn folded_names<'e>(entity: &'e Entity, kinds: &Kinds) -> Vec<(String, &'e str)> {
    let is_organisation =
        kinds.get(&entity.head.kind).and_then(|kind| kind.schema_org.as_deref()).is_some_and(|kind| kind.ends_with("Organization"));
    let fold = |name: &'e str| (fold(name, is_organisation), name);
    let names: Vec<_> = entity.head.name.all().map(fold).collect();
    let is_part = |alias: &str| names.iter().any(|(name, _)| name != alias && format!(" {name} ").contains(&format!(" {alias} ")));
    let aliases: Vec<_> = entity.head.aliases.iter().map(|alias| fold(alias)).filter(|(alias, _)| !is_part(alias)).collect();
    names.into_iter().chain(aliases).filter(|(folded, _)| !folded.is_empty()).collect()
}

/// The forms of companies, as they stand at the end of names.
const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "doo",
    "gmbh",
    "inc",
    "incorporated",
    "jsc",
    "kft",
    "kg",
    "kk",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "ooo",
    "oy",
    "oyj",
    "pjsc",
    "plc",
    "pte",
    "pty",
    "sa",
    "sapa",
    "sarl",
    "sas",
    "se",
    "sl",
    "snc",
    "spa",
    "sro",
    "srl",
    "srls",
];

/// A name without what is only a matter of spelling: compatibility forms, case, punctuation; of organisations, their
/// legal form.
fn fold(name: &str, is_organisation: bool) -> String {
    let plain = plain(name);
    let mut words: Vec<Cow<'_, str>> = Vec::new();
    let mut initials = false;
    for word in plain.split_whitespace() {
        let is_initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match words.last_mut().filter(|_| initials && is_initial) {
            Some(last) => last.to_mut().push_str(word),
            None => words.push(word.into()),
        }
        initials = is_initial;
    }
    while is_organisation && words.len() > 1 && words.last().is_some_and(|last| LEGAL_FORMS.contains(&&**last)) {
        words.pop();
    }
    words.join(" ")
}

/// Letters and digits in lower case, with spaces for what stands between them. Points and apostrophes go, but for those
/// between digits.
fn plain(name: &str) -> String {
    let name = ComposingNormalizerBorrowed::new_nfkc().normalize(name);
    let mut plain = String::with_capacity(name.len());
    let mut characters = name.chars().peekable();
    let mut before = ' ';
    while let Some(c) = characters.next() {
        let between_digits = before.is_numeric() && characters.peek().is_some_and(|after| after.is_numeric());
        match c {
            // They tell one programming language from another.
            '+' | '#' => plain.push(c),
            '.' | '\'' | '’' | 'ʼ' if !between_digits => {}
            c if c.is_alphanumeric() => plain.extend(c.to_lowercase()),
            _ => plain.push(' '),
        }
        before = c;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_makes_no_other_name() {
        for (one, other) in [
            ("Acme Inc.", "ACME"),
            ("Mulino D'Olmo S.p.A.", "MULINO  D’OLMO SpA"),
            ("Acme Co., Ltd.", "acme"),
            ("Ａｃｍｅ", "Acme"),
            ("A.S. Roma", "AS Roma"),
            ("Volks-Bank", "Volks Bank"),
            ("U. S. Steel Corp", "US Steel"),
            ("ﬁrst", "First"),
        ] {
            assert_eq!(fold(one, true), fold(other, true));
        }
        for (one, other) in [("C", "C++"), ("C#", "C"), ("GPT-3.5", "GPT-35"), ("Acme", "Acme Two"), ("Spa", "Inc"), ("1.5", "15")] {
            assert_ne!(fold(one, true), fold(other, true));
        }
        assert_ne!(fold("Kim Se", false), fold("Kim", false));
        assert_eq!(fold("!?", true), "");
    }
}
