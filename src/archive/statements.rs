//! What facts say of one thing by a property that has one true value at a time, side by side.

use std::fmt;

use rayon::prelude::*;

use super::{Archive, ArticleIx, EntityIx, Fact, FactRef, PropertyIx};
use crate::parse::property::Property;
use crate::parse::sidecar::{Status, Valid, Value};

/// Statements that can disagree, in groups of one subject and one property.
pub struct Statements<'a> {
    archive: &'a Archive,
    all: Vec<Statement<'a>>,
}

/// What a fact says.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// What it is about, and by which property.
    topic: (PropertyIx, EntityIx),
    /// The first day at which it holds, as `YYYYMMDD`; `None` when it names no date.
    pub begins: Option<i32>,
    /// The last one; `i32::MAX` when none is named.
    pub ends: i32,
    /// The fact.
    pub fact: FactRef,
    /// What it says.
    pub answer: Answer<'a>,
}

/// What is said of a subject.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// Another entity.
    Entity(EntityIx),
    /// A figure or words.
    Value(&'a Value),
}

impl<'a> Statements<'a> {
    /// Gathers what `archive` says. Facts that count as wrong, as replaced or as disputed say nothing here.
    pub fn gather(archive: &'a Archive) -> Self {
        let articles = archive.articles.par_iter().enumerate();
        let mut all: Vec<Statement<'a>> = articles
            .flat_map_iter(|(position, article)| {
                let fact_ref = move |fact| FactRef { article: ArticleIx::new(position), fact };
                (0_u32..).zip(&article.facts).filter_map(move |(nth, fact)| statement(archive, fact, fact_ref(nth)))
            })
            .collect();
        all.par_sort_unstable_by_key(|statement| (statement.topic, statement.begins, statement.fact));
        Self { archive, all }
    }

    /// The groups, each in the order of its dates, with the property that all of it is about.
    pub fn groups(&self) -> impl Iterator<Item = (&'a Property, &[Statement<'a>])> {
        let groups = self.all.chunk_by(|a, b| a.topic == b.topic).filter(|group| group.len() > 1);
        groups.map(|group| (self.archive.register.property(group[0].topic.0).1, group))
    }
}

fn statement<'a>(archive: &'a Archive, fact: &'a Fact, reference: FactRef) -> Option<Statement<'a>> {
    let topic = (fact.property?, fact.subject?);
    let is_settled = matches!(fact.status, Status::Disputed | Status::Refuted | Status::Superseded | Status::Withdrawn);
    if is_settled || !archive.register.property(topic.0).1.functional {
        return None;
    }
    let answer = fact.object.map(Answer::Entity).or_else(|| Some(Answer::Value(fact.value.as_deref()?)))?;
    let (begins, ends) = fact.valid.as_deref().map_or((None, i32::MAX), span);
    Some(Statement { topic, begins, ends, fact: reference, answer })
}

/// From the first day to the last.
fn span(valid: &Valid) -> (Option<i32>, i32) {
    match (&valid.at, &valid.from, &valid.until) {
        (Some(at), ..) => (Some(at.earliest()), at.latest()),
        (None, from, until) => {
            (Some(from.as_ref().map_or(i32::MIN, |from| from.earliest())), until.as_ref().map_or(i32::MAX, |until| until.latest()))
        }
    }
}

impl Answer<'_> {
    /// Whether both can be true of one thing at one time; what cannot be compared can.
    pub fn agrees_with(self, other: Self, property: &Property) -> bool {
        match (self, other) {
            (Self::Entity(one), Self::Entity(other)) => one == other,
            (Self::Value(one), Self::Value(other)) => agree(one, other, property),
            _ => true,
        }
    }

    /// What it says, for a message.
    pub fn said(self, archive: &Archive) -> String {
        match self {
            Self::Entity(entity) => format!("`{}`", archive.register.entity(entity).id),
            Self::Value(value) => Said(value).to_string(),
        }
    }
}

/// How far figures may lie apart that are said to be only about right.
const ABOUT: f64 = 0.05;

fn agree(one: &Value, other: &Value, property: &Property) -> bool {
    if let (Some(one), Some(other)) = (&one.text, &other.text) {
        return one.trim().to_lowercase() == other.trim().to_lowercase();
    }
    let measure = |value: &Value| (value.currency.clone(), value.unit.clone().or_else(|| property.unit.clone()));
    let (Some(low), Some(high)) = (ends(one), ends(other)) else { return true };
    if measure(one) != measure(other) {
        return true;
    }
    let about = if one.approximate || other.approximate { ABOUT } else { 0.0 };
    let apart = (low.0 - high.1).max(high.0 - low.1).max(0.0);
    let size = [low.0, low.1, high.0, high.1].into_iter().filter(|end| end.is_finite()).fold(0.0_f64, |most, end| most.max(end.abs()));
    apart <= size * property.tolerance.unwrap_or(0.0).max(about) + size * f64::EPSILON
}

/// The lowest and the highest that a figure may be.
fn ends(value: &Value) -> Option<(f64, f64)> {
    match (value.number, value.min, value.max) {
        (Some(number), ..) => Some((number, number)),
        (None, None, None) => None,
        (None, min, max) => Some((min.unwrap_or(f64::NEG_INFINITY), max.unwrap_or(f64::INFINITY))),
    }
}

/// A value as it is said in a message.
struct Said<'a>(&'a Value);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Value { number, min, max, text, unit, currency, approximate, .. } = self.0;
        if *approximate {
            write!(f, "about ")?;
        }
        match (number, min, max, text) {
            (Some(number), ..) => write!(f, "{}", grouped(*number))?,
            (None, Some(min), Some(max), _) => write!(f, "{}–{}", grouped(*min), grouped(*max))?,
            (None, Some(min), None, _) => write!(f, "at least {}", grouped(*min))?,
            (None, None, Some(max), _) => write!(f, "at most {}", grouped(*max))?,
            (None, None, None, text) => write!(f, "`{}`", text.as_deref().unwrap_or_default())?,
        }
        for word in [currency, unit].into_iter().flatten() {
            write!(f, " {word}")?;
        }
        Ok(())
    }
}

/// A number with commas between its thousands.
fn grouped(number: f64) -> String {
    let plain = number.to_string();
    let (whole, part) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, part)| (whole, Some(part)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
    let part = part.map(|part| format!(".{part}")).unwrap_or_default();
    format!("{sign}{}{part}", groups.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(toml: &str) -> Value {
        toml::from_str(toml).unwrap()
    }

    fn check_agree(property: &str, one: &str, other: &str, expected: bool) {
        let property: Property = toml::from_str(property).unwrap();
        assert_eq!(agree(&value(one), &value(other), &property), expected, "{one} and {other} by {property:?}");
        assert_eq!(agree(&value(other), &value(one), &property), expected, "{other} and {one} by {property:?}");
    }

    #[test]
    fn figures_agree_within_the_tolerance() {
        check_agree("", "number = 60", "number = 60", true);
        check_agree("", "number = 60", "number = 61", false);
        check_agree("tolerance = 0.05", "number = 60", "number = 62", true);
        check_agree("tolerance = 0.01", "number = 60", "number = 62", false);
        check_agree("", "number = 0.3", "number = 0.30000000000000004", true);
    }

    #[test]
    fn ranges_agree_where_they_meet() {
        check_agree("", "min = 10\nmax = 20", "number = 15", true);
        check_agree("", "min = 10\nmax = 20", "number = 21", false);
        check_agree("", "min = 10", "number = 1000", true);
        check_agree("", "max = 10", "min = 11", false);
    }

    #[test]
    fn what_is_about_right_may_be_a_little_off() {
        check_agree("", "number = 60\napproximate = true", "number = 62", true);
        check_agree("", "number = 60\napproximate = true", "number = 70", false);
    }

    #[test]
    fn only_like_is_compared_with_like() {
        check_agree("", "number = 60\nunit = 'km'", "number = 60\nunit = 'miles'", true);
        check_agree("unit = 'km'", "number = 60\nunit = 'km'", "number = 61", false);
        check_agree("", "number = 1\ncurrency = 'EUR'", "number = 2\ncurrency = 'USD'", true);
        check_agree("", "text = 'Rome'", "text = 'rome '", true);
        check_agree("", "text = 'Rome'", "text = 'Milan'", false);
        check_agree("", "text = 'Rome'", "number = 1", true);
    }

    #[test]
    fn values_are_said_as_people_write_them() {
        for (toml, expected) in [
            ("number = 60000000\nunit = 'users'", "60,000,000 users"),
            ("number = -1234.5\ncurrency = 'EUR'", "-1,234.5 EUR"),
            ("min = 1\nmax = 2000", "1–2,000"),
            ("text = 'Rome'", "`Rome`"),
            ("number = 3\napproximate = true", "about 3"),
        ] {
            assert_eq!(Said(&value(toml)).to_string(), expected);
        }
    }
}
