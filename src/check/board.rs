//! Statements set side by side, so that one which says something else is found without a look at all of them.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::statements::Statement;
use crate::parse::property::Property;

/// Statements by one property that can be compared with each other.
pub struct Board<'g, 'a> {
    property: &'a Property,
    /// Of answers that are the same or not: the one that stands longest, and the one that stands longest of all others.
    longest: [Option<Pinned<'g, 'a>>; 2],
    /// Of figures: those that are exact, and those that are only about right.
    figures: [Figures<'g, 'a>; 2],
}

/// A statement and the day until which it stays on the board.
#[derive(Clone, Copy)]
struct Pinned<'g, 'a> {
    statement: &'g Statement<'a>,
    until: i32,
}

/// Figures by their ends. What contradicts any of them contradicts the one that lies farthest off.
#[derive(Default)]
struct Figures<'g, 'a> {
    lowest: BinaryHeap<Reverse<Ranked<'g, 'a>>>,
    highest: BinaryHeap<Ranked<'g, 'a>>,
}

#[derive(Clone, Copy)]
struct Ranked<'g, 'a>(f64, Pinned<'g, 'a>);

impl<'g, 'a> Board<'g, 'a> {
    /// An empty board.
    pub fn new(property: &'a Property) -> Self {
        Self { property, longest: [None; 2], figures: Default::default() }
    }

    /// Puts a statement onto the board, where it stays `until` a day.
    pub fn put(&mut self, statement: &'g Statement<'a>, until: i32) {
        let pinned = Pinned { statement, until };
        match statement.answer.ends() {
            Some(ends) => self.figures[usize::from(statement.answer.is_approximate())].put(ends, pinned),
            None => self.put_longest(pinned),
        }
    }

    fn put_longest(&mut self, new: Pinned<'g, 'a>) {
        let [first, second] = self.longest;
        let outlasts = |old: Option<Pinned<'_, '_>>| old.is_none_or(|old| new.until > old.until);
        let says_the_same = |old: Pinned<'_, '_>| old.statement.answer.agrees_with(new.statement.answer, self.property);
        self.longest = if first.is_some_and(says_the_same) {
            [if outlasts(first) { Some(new) } else { first }, second]
        } else if outlasts(first) {
            [Some(new), first]
        } else {
            [first, if outlasts(second) { Some(new) } else { second }]
        };
    }

    /// A statement on the board, on the day `now` or after, that says something else than `statement`. Days must not go
    /// back from one question to the next.
    pub fn differing(&mut self, statement: &Statement<'_>, now: i32) -> Option<&'g Statement<'a>> {
        let longest = self.longest.into_iter().flatten().filter(|pinned| pinned.until >= now);
        let farthest = self.figures.iter_mut().flat_map(|figures| figures.farthest(now)).flatten();
        let mut all = longest.chain(farthest).map(|pinned| pinned.statement);
        all.find(|other| !other.answer.agrees_with(statement.answer, self.property))
    }
}

impl<'g, 'a> Figures<'g, 'a> {
    fn put(&mut self, (low, high): (f64, f64), pinned: Pinned<'g, 'a>) {
        self.lowest.push(Reverse(Ranked(high, pinned)));
        self.highest.push(Ranked(low, pinned));
    }

    /// The one that ends lowest and the one that begins highest.
    fn farthest(&mut self, now: i32) -> [Option<Pinned<'g, 'a>>; 2] {
        while self.lowest.peek().is_some_and(|Reverse(Ranked(_, pinned))| pinned.until < now) {
            self.lowest.pop();
        }
        while self.highest.peek().is_some_and(|Ranked(_, pinned)| pinned.until < now) {
            self.highest.pop();
        }
        [self.lowest.peek().map(|Reverse(Ranked(_, pinned))| *pinned), self.highest.peek().map(|Ranked(_, pinned)| *pinned)]
    }
}

impl Ord for Ranked<'_, '_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let Self(end, pinned) = self;
        end.total_cmp(&other.0).then_with(|| pinned.statement.fact.cmp(&other.1.statement.fact))
    }
}

impl PartialOrd for Ranked<'_, '_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked<'_, '_> {}
