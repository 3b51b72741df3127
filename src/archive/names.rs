//! Known names found in text: one automaton over all names and aliases; longest match, whole words, and the
//! words that an entity is *not* are never taken for it.

use std::collections::BTreeMap;
use std::ops::Range;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::ids::EntityIx;
use crate::parse::entity::Entity;

/// All the names that an archive knows.
pub struct Names {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    known: Vec<Known>,
}

/// One spelling, at the position that the automaton knows it by.
struct Known {
    bearers: Box<[EntityIx]>,
    /// Its length in bytes.
    length: usize,
    /// The longest of the other spellings that it begins with.
    shorter: Option<u32>,
}

/// In bytes. What is longer is nobody's name in running text, and would make the search slow.
const LONGEST_NAME: usize = 400;

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
        bearers.retain(|spelling, _| spelling.len() <= LONGEST_NAME);
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
        let automaton = builder.build_with_values(bearers.keys().zip(0_u32..)).ok();
        let shorter = beginnings(bearers.keys());
        let known =
            |((spelling, bearers), shorter): ((String, Vec<_>), _)| Known { bearers: bearers.into(), length: spelling.len(), shorter };
        Self { automaton, known: bearers.into_iter().zip(shorter).map(known).collect() }
    }

    /// Whether one of the names stands in `text`, if only inside another word.
    pub fn occur_in(&self, text: &str) -> bool {
        self.automaton.as_ref().is_some_and(|automaton| automaton.leftmost_find_iter(text).next().is_some())
    }

    /// The names in `text`, in order, none inside another: of those that begin first the longest.
    pub fn sightings<'n>(&'n self, text: &str) -> Vec<Sighting<'n>> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut sightings = Vec::new();
        let mut free = 0;
        while let Some(longest) = automaton.leftmost_find_iter(&text[free..]).next() {
            let start = free + longest.start();
            free = match self.whole_word(text, start, longest.value()) {
                Some(name) => {
                    sightings.push(Sighting { bearers: &name.bearers, range: start..start + name.length });
                    start + name.length
                }
                None => start + text[start..].chars().next().map_or(1, char::len_utf8),
            };
        }
        sightings
    }

    /// The longest name that is a whole word at `start`, where `longest` is the longest that stands there at all.
    fn whole_word(&self, text: &str, start: usize, longest: u32) -> Option<&Known> {
        let shorter = |name: &u32| self.known[*name as usize].shorter;
        let names = std::iter::successors(Some(longest), shorter).map(|name| &self.known[name as usize]);
        names.into_iter().find(|name| is_whole_word(text, start, start + name.length))
    }
}

/// For each of `spellings`, which are sorted, the longest other one that it begins with.
fn beginnings<'s>(spellings: impl Iterator<Item = &'s String>) -> Vec<Option<u32>> {
    let mut open: Vec<(&str, u32)> = Vec::new();
    let next = |(spelling, position): (&'s String, u32)| {
        while open.pop_if(|(beginning, _)| !spelling.starts_with(*beginning)).is_some() {}
        let shorter = open.last().map(|(_, position)| *position);
        open.push((spelling, position));
        shorter
    };
    spellings.zip(0..).map(next).collect()
}

/// Whether `words` are one of `names`, however either is set.
pub(super) fn is_one_of(words: &str, names: &[Box<str>]) -> bool {
    !names.is_empty() && names.iter().flat_map(|name| spellings(name)).any(|spelling| spelling == words.trim())
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
    !(joins(first) && joins(before) || joins(last) && joins(after))
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

    #[test]
    fn a_shorter_whole_word_is_found_where_a_longer_one_fails() {
        let names = names(&[("a", &["a b", "a b c", "a bc"], &[]), ("b cd", &["cd"], &[])]);
        check(&names, "a b cx a bcd a b cd xa b cd", &[("a b", 0), ("a", 0), ("a b", 0), ("cd", 1), ("b cd", 1)]);
    }

    #[test]
    fn many_names_of_one_shape_take_no_square_of_room() {
        let aliases: Vec<String> = (1..150).map(|count| vec!["a"; count].join(" ")).collect();
        let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
        let names = names(&[("a", &aliases, &[])]);
        let found = names.sightings(&"a ".repeat(300_000));
        assert_eq!((found.len(), found[0].range.clone()), (300_000_usize.div_ceil(149), 0..297));
    }
}
