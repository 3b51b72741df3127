//! In what two passages differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::date::Date;
use super::number::Number;
use super::opposites::{opposed, turns_past};
use super::sense::{Name, Quantity, Sense, Turn, Word};
use super::swap::swapped;

/// Something that one passage says and the other does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub aspect: Aspect,
    /// What only the old passage says; `none` when it says no such thing.
    pub was: Box<str>,
    /// What only the new passage says.
    pub now: Box<str>,
}

/// What two passages can differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Numbers, ordinals included.
    Numbers,
    /// Currencies.
    Currencies,
    /// Measures.
    Units,
    /// Dates and times.
    Dates,
    /// Names and codes.
    Names,
    /// Negations.
    Negations,
    /// Words that turn the sense: `rose` and `fell`, `all` and `some`.
    Words,
    /// How sure it is: `will`, `may`, `alleged`.
    Modality,
    /// How exact a number is: `about`, `more than`.
    Precision,
    /// Names and words are the same, but who did what is not.
    Order,
}

impl Difference {
    /// Whether both passages say something that the other does not.
    pub fn is_exchange(&self) -> bool {
        *self.was != *NONE && *self.now != *NONE
    }
}

/// What is shown where a passage says no such thing.
const NONE: &str = "none";

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, differ) = match self.aspect {
            Aspect::Numbers => ("numbers", "differ"),
            Aspect::Currencies => ("currencies", "differ"),
            Aspect::Units => ("units", "differ"),
            Aspect::Dates => ("dates", "differ"),
            Aspect::Names => ("names", "differ"),
            Aspect::Negations => ("negations", "differ"),
            Aspect::Words => ("words that turn the sense", "differ"),
            Aspect::Modality => ("words for how sure it is", "differ"),
            Aspect::Precision => ("words for how exact it is", "differ"),
            Aspect::Order => ("order", "differs"),
        };
        write!(f, "{what} {differ}: {} → {}", self.was, self.now)
    }
}

/// One thing that a passage says: what it is compared by, and how it is shown.
struct Item {
    key: String,
    shown: String,
}

impl Item {
    fn new(text: &str) -> Self {
        Self { key: text.to_owned(), shown: text.to_owned() }
    }
}

/// In what `new` says something else than `old`; nothing when they say the same. Numbers and dates are compared in their
/// order, names and words by how often they stand, and then in their order together. Names in a mere list may change
/// places, unless two numbers or more may belong to them.
pub fn differences(old: &Sense, new: &Sense) -> Vec<Difference> {
    differences_beside(old, new, &|_| false)
}

/// The same, where some words are known to be ordinary ones since they stand in small letters elsewhere: one that opens a
/// sentence and only comes or goes is then no name.
pub fn differences_beside(old: &Sense, new: &Sense, is_ordinary: &dyn Fn(&str) -> bool) -> Vec<Difference> {
    let mut found = Vec::new();
    found.extend(difference(Aspect::Numbers, &values(old), &values(new), true));
    let aligned = found.is_empty();
    found.extend(difference(Aspect::Currencies, &currencies(old, aligned), &currencies(new, aligned), true));
    found.extend(difference(Aspect::Units, &units(old, aligned), &units(new, aligned), true));
    let dated = difference(Aspect::Dates, &dates(old), &dates(new), true);
    found.extend(dated.filter(|_| without_now(old).ne(without_now(new)) || turns_past(old, new)));
    let (was, now) = names_of_both(old, new, is_ordinary);
    found.extend(difference(Aspect::Names, &named(&was), &named(&now), false));
    let (there, here) = (new.families(), old.families());
    for (aspect, turns) in [
        (Aspect::Negations, &[Turn::Negation][..]),
        (Aspect::Words, &[Turn::Sense, Turn::Amount]),
        (Aspect::Words, &[Turn::Person]),
        (Aspect::Modality, &[Turn::Modality]),
        (Aspect::Precision, &[Turn::Extent]),
    ] {
        let words = |sense: &Sense, families: &BTreeSet<usize>| -> Vec<Item> {
            let words = said(sense).filter(|word| turns.contains(&word.turn) && word.matters_beside(families));
            words.map(|word| Item::new(word.key)).collect()
        };
        let told = difference(aspect, &words(old, &there), &words(new, &here), false);
        found.extend(told.filter(|told| turns != [Turn::Person] || told.is_exchange()));
    }
    if found.is_empty() {
        found.extend(difference(Aspect::Order, &story(old, &there, &was), &story(new, &here, &now), true));
    }
    let found_nothing = found.is_empty();
    found.extend(opposed(old, new).filter(|_| found_nothing).map(|(was, now)| told(Aspect::Words, was, now)));
    if found.is_empty() {
        let parts = || swapped(old, new).map(|(one, other)| told(Aspect::Order, &format!("{one}, {other}"), &format!("{other}, {one}")));
        let bounds = |sense: &Sense| -> Vec<Item> { sense.bounds.iter().copied().map(Item::new).collect() };
        let bound = || difference(Aspect::Words, &bounds(old), &bounds(new), false).filter(Difference::is_exchange);
        found.extend(roles(&was, &now).or_else(parts).or_else(bound));
    }
    found
}

/// The words of the tables, matters of style once each.
fn said(sense: &Sense) -> impl Iterator<Item = &Word> {
    let mut seen = BTreeSet::new();
    sense.words.iter().filter(move |word| !word.is_style() || seen.insert((word.turn, word.key)))
}

fn told(aspect: Aspect, was: &str, now: &str) -> Difference {
    Difference { aspect, was: was.into(), now: now.into() }
}

/// A name that has another part in what happened, beside another name: `Alfa bought Beta`, `Alfa was bought by Beta`. That
/// a name comes to stand behind `to` or `from` is a matter of words.
fn roles(was: &[&Name], now: &[&Name]) -> Option<Difference> {
    let roles = |names: &[&Name]| {
        let mut roles: BTreeMap<Box<str>, Option<&'static str>> = BTreeMap::new();
        for name in names {
            roles.entry(name.key.clone()).or_insert(name.role);
        }
        roles
    };
    let (old, new) = (roles(was), roles(now));
    if old.len() < 2 {
        return None;
    }
    let turns = |one: Option<&str>, other: Option<&str>| match (one, other) {
        (Some(one), Some(other)) => one != other,
        (Some(role), None) | (None, Some(role)) => role == "by",
        (None, None) => false,
    };
    let shown = |name: &str, role: Option<&str>| role.map_or(name.to_owned(), |role| format!("{role} {name}"));
    let text = |key: &str| now.iter().find(|name| &*name.key == key).map_or("", |name| &*name.text).to_owned();
    let turned = old.iter().filter_map(|(key, role)| Some((key, *role, *new.get(key)?))).find(|(_, one, other)| turns(*one, *other));
    turned.map(|(key, one, other)| told(Aspect::Order, &shown(&text(key), one), &shown(&text(key), other)))
}

/// What differs; `None` when nothing does. If only the order is another, all is shown.
fn difference(aspect: Aspect, was: &[Item], now: &[Item], ordered: bool) -> Option<Difference> {
    let (gone, come) = (without(was, now), without(now, was));
    let moved = gone.is_empty() && come.is_empty();
    let same_order = was.iter().map(|item| &item.key).eq(now.iter().map(|item| &item.key));
    if moved && (!ordered || same_order) {
        return None;
    }
    let (was, now) = if moved { (was.iter().collect(), now.iter().collect()) } else { (gone, come) };
    Some(Difference { aspect, was: show(&was), now: show(&now) })
}

fn show(items: &[&Item]) -> Box<str> {
    let shown: Vec<&str> = items.iter().map(|item| item.shown.as_str()).collect();
    if shown.is_empty() { NONE.into() } else { shown.join(", ").into() }
}

/// The items that `others` has fewer of, in their order.
fn without<'i>(items: &'i [Item], others: &[Item]) -> Vec<&'i Item> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for other in others {
        *counts.entry(&other.key).or_default() += 1;
    }
    let mut left = |item: &Item| match counts.get_mut(item.key.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    items.iter().filter(|item| left(item)).collect()
}

fn values(sense: &Sense) -> Vec<Item> {
    let value = |quantity: &Quantity| {
        let until = |write: fn(&Number) -> String| quantity.until.as_ref().map_or(String::new(), |until| format!("–{}", write(until)));
        let place = if quantity.ordinal { "°" } else { "" };
        let key = format!("{}{}{place}", quantity.value.key(), until(Number::key));
        Item { key, shown: format!("{}{}{place}", quantity.value, until(Number::to_string)) }
    };
    sense.quantities.iter().map(value).collect()
}

/// The currencies in their order; those of numbers each in its place when the numbers are the same.
fn currencies(sense: &Sense, aligned: bool) -> Vec<Item> {
    let beside = sense.quantities.iter().filter_map(|quantity| quantity.currency.or(aligned.then_some("no currency")));
    beside.chain(sense.currencies.iter().copied()).map(Item::new).collect()
}

/// The measures, likewise.
fn units(sense: &Sense, aligned: bool) -> Vec<Item> {
    sense.quantities.iter().filter_map(|quantity| quantity.unit.or(aligned.then_some("no unit"))).map(Item::new).collect()
}

fn dates(sense: &Sense) -> Vec<Item> {
    sense.dates.iter().map(|date| Item::new(&date.to_string())).collect()
}

/// The dates but for a `now`, which comes and goes by itself.
fn without_now(sense: &Sense) -> impl Iterator<Item = &Date> {
    sense.dates.iter().filter(|date| **date != Date::Relative("now"))
}

/// Words with fewer letters stand everywhere in small letters: as codes, as parts of addresses.
const SHORTEST: usize = 4;

/// The names of both. Where openers are gone and others have come, all are kept: both may be names.
fn names_of_both<'s>(old: &'s Sense, new: &'s Sense, is_ordinary: &dyn Fn(&str) -> bool) -> (Vec<&'s Name>, Vec<&'s Name>) {
    let all = (names(old, new), names(new, old));
    let fewer = |names: &[&'s Name], others: &[&Name]| -> Vec<&'s Name> {
        let stays = |name: &Name| others.iter().any(|other| other.key == name.key);
        let is_word = |name: &Name| name.text.chars().count() >= SHORTEST && name.text.chars().skip(1).all(char::is_lowercase);
        let is_opener = |name: &Name| name.opens && is_word(name) && is_ordinary(&name.text.to_lowercase());
        names.iter().copied().filter(|name| stays(name) || !is_opener(name)).collect()
    };
    let some = (fewer(&all.0, &all.1), fewer(&all.1, &all.0));
    if some.0.len() < all.0.len() && some.1.len() < all.1.len() { all } else { some }
}

/// The names of `sense`, less the words that open a sentence here, or are written small nowhere else here, and stand in small
/// letters on the other side.
fn names<'s>(sense: &'s Sense, other: &Sense) -> Vec<&'s Name> {
    let known: BTreeSet<&str> = other.names.iter().map(|name| &*name.key).collect();
    let ordinary = |name: &Name| {
        let small = name.text.to_lowercase();
        !known.contains(&*name.key) && other.plain.contains(&*small) && (name.opens || !sense.plain.contains(&*small))
    };
    sense.names.iter().filter(|name| !ordinary(name)).collect()
}

fn named(names: &[&Name]) -> Vec<Item> {
    names.iter().map(|name| Item { key: name.key.to_string(), shown: name.text.to_string() }).collect()
}

/// Names and the words between them, in their order; the names of a list are sorted.
fn story(sense: &Sense, families: &BTreeSet<usize>, names: &[&Name]) -> Vec<Item> {
    let sorts = sense.quantities.len() < 2;
    let mut items: Vec<(usize, Item)> = Vec::new();
    for list in names.chunk_by(|_, name| name.listed) {
        let mut sorted = list.to_vec();
        if sorts {
            sorted.sort_by(|a, b| a.key.cmp(&b.key));
        }
        items.extend(list.iter().map(|name| name.at).zip(named(&sorted)));
    }
    let words = said(sense).filter(|word| matches!(word.turn, Turn::Negation | Turn::Sense) && word.matters_beside(families));
    items.extend(words.map(|word| (word.at, Item::new(word.key))));
    items.sort_by_key(|(at, _)| *at);
    items.into_iter().map(|(_, item)| item).collect()
}
