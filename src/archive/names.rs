//! Known names found in text: one automaton over all names and aliases; longest match, whole words, and the
//! words that an entity is *not* are never taken for it.

use std::collections::BTreeMap;
use std::ops::Range;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use super::ids::EntityIx;
use crate::parse::entity::Entity;

/// All the names that an archive knows.
pub struct Names {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    bearers: Vec<Box<[EntityIx]>>,
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting<'n> {
    /// The entities that bear the name: more than one when it is shared, none when it is a `not` word.
    pub bearers: &'n [EntityIx],
    /// Where the name stands.
    pub range: Range<usize>,
}

impl Names {
    /// Gathers names and aliases of `entities`, whose positions are their indices.
    pub fn new<'e>(entities: impl IntoIterator<Item = (EntityIx, &'e Entity)>) -> Self {
        let mut bearers: BTreeMap<String, Vec<EntityIx>> = BTreeMap::new();
        let mut denied: Vec<String> = Vec::new();
        for (index, entity) in entities {
            for name in entity.name.all().chain(entity.aliases.iter().map(|alias| &**alias)) {
                for spelling in spellings(name) {
                    let bearing = bearers.entry(spelling).or_default();
                    if bearing.last() != Some(&index) {
                        bearing.push(index);
                    }
                }
            }
            denied.extend(entity.not.iter().flat_map(|word| spellings(word)));
        }
        for word in denied {
            bearers.entry(word).or_default();
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new().build_with_values(bearers.keys().zip(0_u32..)).ok();
        Self { automaton, bearers: bearers.into_values().map(Vec::into_boxed_slice).collect() }
    }

    /// The names in `text`, in order, none inside another: of those that begin first the longest.
    pub fn sightings<'n>(&'n self, text: &str) -> Vec<Sighting<'n>> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut matches: Vec<_> = automaton
            .find_overlapping_iter(text)
            .map(|found| (found.start(), found.end(), found.value()))
            .filter(|(start, end, _)| is_whole_word(text, *start, *end))
            .collect();
        matches.sort_unstable_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
        let mut free = 0;
        let mut sightings = Vec::new();
        for (start, end, name) in matches {
            if start >= free {
                free = end;
                sightings.push(Sighting { bearers: &self.bearers[name as usize], range: start..end });
            }
        }
        sightings
    }
}

/// A name as articles may set it: with either apostrophe.
fn spellings(name: &str) -> impl Iterator<Item = String> {
    let name = crate::parse::body::nfc(name.trim()).into_owned();
    let apostrophes = ['\'', '’'];
    let variants =
        if name.contains(apostrophes) { apostrophes.map(|c| name.replace(apostrophes, &c.to_string())).to_vec() } else { vec![name] };
    variants.into_iter().filter(|name| !name.is_empty())
}

/// No letter or digit touches the name. An apostrophe is an edge, so `l’Europa` holds `Europa`.
fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let first = text[start..end].chars().next();
    let last = text[start..end].chars().next_back();
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !(joins(first) && joins(before)) && !(joins(last) && joins(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(entries: &[(&str, &[&str], &[&str])]) -> Names {
        let entities: Vec<Entity> = entries
            .iter()
            .map(|(name, aliases, not)| {
                toml::from_str(&format!("kind = 'x'\nname = \"{name}\"\naliases = {aliases:?}\nnot = {not:?}")).unwrap()
            })
            .collect();
        Names::new(entities.iter().enumerate().map(|(index, entity)| (EntityIx::new(index), entity)))
    }

    fn check(names: &Names, text: &str, expected: &[(&str, usize)]) {
        let found: Vec<_> = names
            .sightings(text)
            .into_iter()
            .filter_map(|sighting| Some((&text[sighting.range.clone()], sighting.bearers.first()?.position())))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn the_longest_whole_word_wins() {
        let names = names(&[("New York", &[], &[]), ("New York Times", &["NYT"], &[]), ("Ann", &[], &[])]);
        check(&names, "the New York Times and New York Timesx", &[("New York Times", 1), ("New York", 0)]);
        check(&names, "Anna, Ann's NYT", &[("Ann", 2), ("NYT", 1)]);
    }

    #[test]
    fn elision_is_an_edge_and_apostrophes_are_alike() {
        let names = names(&[("Europa", &[], &[]), ("D’Angelo", &[], &[])]);
        check(&names, "l'Europa dell’Europa D'Angelo D’Angelo", &[("Europa", 0), ("Europa", 0), ("D'Angelo", 1), ("D’Angelo", 1)]);
    }

    #[test]
    fn a_not_word_is_never_linked() {
        let names = names(&[("Apple", &[], &["Apple pie"])]);
        check(&names, "Apple pie by Apple", &[("Apple", 0)]);
    }
}
