//! Statements set side by side, so that those which say something else are found without a look at all of them.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, HashSet};

use super::statements::Statement;
use crate::archive::EntityIx;
use crate::archive::answer::{self, Answer};
use crate::parse::property::Property;

/// So many of those that say something else are found, of each answer one.
const FOUND: usize = 3;

/// Statements by one property that can be compared with each other: of each answer, the one that stands longest.
pub struct Board<'g, 'a> {
    property: &'a Property,
    /// Answers that are the same or not.
    names: BTreeMap<Name, Pinned<'g, 'a>>,
    /// Figures: those that are exact, and those that are only about right.
    figures: [Figures<'g, 'a>; 2],
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Entity(EntityIx),
    Words(String),
}

/// A statement and the day until which it stays on the board.
#[derive(Clone, Copy)]
struct Pinned<'g, 'a> {
    statement: &'g Statement<'a>,
    until: i32,
}

/// Figures by their ends: those that end lowest first, and those that begin highest first. What contradicts any of them
/// contradicts also those before it in the one order or in the other.
#[derive(Default)]
struct Figures<'g, 'a> {
    lowest: BTreeMap<(End, End), Pinned<'g, 'a>>,
    highest: BTreeMap<Reverse<(End, End)>, Pinned<'g, 'a>>,
}

#[derive(Clone, Copy)]
struct End(f64);

impl<'g, 'a> Board<'g, 'a> {
    /// An empty board.
    pub fn new(property: &'a Property) -> Self {
        Self { property, names: BTreeMap::new(), figures: Default::default() }
    }

    /// Puts a statement onto the board, where it stays `until` a day.
    pub fn put(&mut self, statement: &'g Statement<'a>, until: i32) {
        let pinned = Pinned { statement, until };
        match (statement.answer, statement.answer.ends()) {
            (Answer::Entity(entity), _) => pin(&mut self.names, Name::Entity(entity), pinned),
            (Answer::Value(_), Some((low, high))) => {
                let figures = &mut self.figures[usize::from(statement.answer.is_approximate())];
                pin(&mut figures.lowest, (End(high), End(low)), pinned);
                pin(&mut figures.highest, Reverse((End(low), End(high))), pinned);
            }
            (Answer::Value(value), None) => {
                pin(&mut self.names, Name::Words(answer::plain(value.text.as_deref().unwrap_or_default())), pinned);
            }
        }
    }

    /// The first statements on the board, on the day `now` or after, that say something else than `statement` and than each
    /// other. Days must not go back from one question to the next.
    pub fn differing(&mut self, statement: &Statement<'_>, now: i32) -> Vec<&'g Statement<'a>> {
        let property = self.property;
        let differs = |other: &Statement<'_>| !other.answer.agrees_with(statement.answer, property);
        let mut found = differing(&mut self.names, now, differs);
        for figures in &mut self.figures {
            found.extend(differing(&mut figures.lowest, now, differs));
            found.extend(differing(&mut figures.highest, now, differs));
        }
        let mut seen = HashSet::new();
        found.retain(|other| seen.insert(other.fact));
        found.truncate(FOUND);
        found
    }
}

/// Pins a statement up, unless one of the same answer stays longer.
fn pin<'g, 'a, K: Ord>(pins: &mut BTreeMap<K, Pinned<'g, 'a>>, key: K, new: Pinned<'g, 'a>) {
    let pinned = pins.entry(key).or_insert(new);
    if new.until > pinned.until {
        *pinned = new;
    }
}

/// The first that differ. Behind the second that does not, none does: a name differs from all but one, and figures that
/// agree come behind those that differ. What has had its day is taken off, so that it is met only once.
fn differing<'g, 'a, K: Ord + Clone>(
    pins: &mut BTreeMap<K, Pinned<'g, 'a>>,
    now: i32,
    differs: impl Fn(&Statement<'_>) -> bool,
) -> Vec<&'g Statement<'a>> {
    let (mut found, mut past, mut agreeing) = (Vec::new(), Vec::new(), 0);
    for (key, pinned) in &*pins {
        if pinned.until < now {
            past.push(key.clone());
        } else if differs(pinned.statement) {
            found.push(pinned.statement);
        } else {
            agreeing += 1;
        }
        if found.len() == FOUND || agreeing == 2 {
            break;
        }
    }
    for key in past {
        pins.remove(&key);
    }
    found
}

impl Ord for End {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for End {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for End {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for End {}
