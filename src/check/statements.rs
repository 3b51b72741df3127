//! What facts say of one thing by a property that has one true value at a time, side by side.

use std::fmt;

use rayon::prelude::*;

use super::ties::Ties;
use crate::archive::{Archive, Article, ArticleIx, EntityIx, Fact, FactRef, PropertyIx};
use crate::parse::article::State;
use crate::parse::dates::{Edtf, Moment};
use crate::parse::property::Property;
use crate::parse::sidecar::{Status, Valid, Value};

/// Statements that can disagree, in groups of one subject, one property and one measure.
pub struct Statements<'a> {
    archive: &'a Archive,
    all: Vec<Statement<'a>>,
}

/// What a fact says.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// What it is about, and by which property.
    topic: Topic,
    measure: Measure<'a>,
    /// When it holds.
    pub span: Span,
    /// The fact.
    pub fact: FactRef,
    /// What it says.
    pub answer: Answer<'a>,
}

type Topic = (PropertyIx, EntityIx);

/// When a statement holds. Days are numbers such as `20241130`; those between two days are numbers between theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day on which it may hold; for a statement without a date, that of its article. `None` when not known.
    pub begins: Option<i32>,
    /// The first and the last day on which it surely holds. A statement without an end surely holds when it begins, and
    /// a newer one may follow; one without a date has a day of its own, `UNDATED`.
    pub sure: (i32, i32),
    /// Whether it holds until further notice.
    pub open: bool,
}

/// The day of statements without a date: before all days.
pub const UNDATED: i32 = i32::MIN;

/// What is said of a subject.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// Another entity.
    Entity(EntityIx),
    /// A figure or words.
    Value(&'a Value),
}

/// Answers of one measure can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Measure<'a> {
    Entity,
    Words,
    Figure { currency: Option<&'a str>, unit: Option<&'a str> },
}

impl<'a> Statements<'a> {
    /// Gathers what `archive` says. Facts that count as wrong, as replaced or as disputed say nothing here, nor do those
    /// in whose place another speaks, and those of articles that were withdrawn.
    pub fn gather(archive: &'a Archive, ties: &Ties) -> Self {
        let articles = archive.articles.par_iter().enumerate().filter(|(_, article)| article.head.state != State::Withdrawn);
        let mut topics: Vec<(Topic, FactRef)> = articles
            .flat_map_iter(|(position, article)| {
                let fact_ref = move |fact| FactRef { article: ArticleIx::new(position), fact };
                (0_u32..).zip(&article.facts).filter_map(move |(nth, fact)| Some((topic(archive, fact)?, fact_ref(nth))))
            })
            .filter(|(_, fact)| !ties.silence(*fact))
            .collect();
        topics.par_sort_unstable();
        // Most facts stand alone: only of the others more is looked at.
        let groups = topics.par_chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
        let statements = groups.flat_map_iter(|group| {
            let mut statements: Vec<_> = group.iter().filter_map(|(topic, fact)| statement(archive, *topic, *fact)).collect();
            statements.sort_unstable_by_key(|statement| (statement.measure, statement.span.sure.0, statement.fact));
            statements
        });
        Self { archive, all: statements.collect() }
    }

    /// What `look` makes of each group, whose statements come in the order of their dates, with the property that all of
    /// them is about.
    pub fn of_groups<T: Send, I: IntoIterator<Item = T>>(&self, look: impl Fn(&'a Property, &[Statement<'a>]) -> I + Sync) -> Vec<T>
    where
        I::IntoIter: Send,
    {
        let groups = self.all.par_chunk_by(|a, b| a.topic == b.topic && a.measure == b.measure).filter(|group| group.len() > 1);
        groups.flat_map_iter(|group| look(self.archive.register.property(group[0].topic.0).1, group)).collect()
    }
}

/// What a fact says something of, by which property; `None` where no other can disagree.
fn topic(archive: &Archive, fact: &Fact) -> Option<Topic> {
    let topic = (fact.property?, fact.subject?);
    let is_settled = matches!(fact.status, Status::Disputed | Status::Refuted | Status::Superseded | Status::Withdrawn);
    (!is_settled && archive.register.property(topic.0).1.functional).then_some(topic)
}

fn statement(archive: &Archive, topic: Topic, reference: FactRef) -> Option<Statement<'_>> {
    let (article, fact) = archive.fact(reference);
    let answer = fact.object.map(Answer::Entity).or_else(|| Some(Answer::Value(fact.value.as_deref()?)))?;
    let span = fact.valid.as_deref().and_then(span).unwrap_or_else(|| undated(article, fact));
    let measure = answer.measure(archive.register.property(topic.0).1)?;
    Some(Statement { topic, measure, span, fact: reference, answer })
}

fn undated(article: &Article, fact: &Fact) -> Span {
    // A date that nobody knows is still a date.
    let open = fact.valid.as_deref().is_none_or(|valid| valid.at.is_none());
    Span { begins: article.head.date.map(Moment::number), sure: (UNDATED, UNDATED), open }
}

/// When something holds; `None` when nothing is said of it.
fn span(valid: &Valid) -> Option<Span> {
    match &valid.at {
        Some(at) => match at.as_str().split_once('/') {
            Some((from, until)) => from_until(Edtf::parse(from).ok().as_ref(), Edtf::parse(until).ok().as_ref()),
            None => {
                known(at).map(|at| Span { begins: Some(at.earliest()), sure: (at.earliest().max(UNDATED + 1), at.latest()), open: false })
            }
        },
        None => from_until(valid.from.as_ref(), valid.until.as_ref()),
    }
}

/// From one date to another. Where two spans meet in a date, such as `2024`, one may follow the other.
fn from_until(from: Option<&Edtf>, until: Option<&Edtf>) -> Option<Span> {
    let (from, until) = (from.and_then(known), until.and_then(known));
    let surely_from = |from: &Edtf| if from.earliest() == from.latest() { from.latest() } else { from.latest().saturating_add(1) };
    let surely_until = |until: &Edtf| until.earliest().saturating_sub(1).max(UNDATED + 1);
    let begins = from.map(Edtf::earliest);
    let open = until.is_none();
    let sure = match (from, until) {
        (Some(from), Some(until)) => {
            let sure = (surely_from(from), surely_until(until));
            if sure.0 <= sure.1 { sure } else { (from.earliest(), until.latest()) }
        }
        (Some(from), None) => (surely_from(from), surely_from(from)),
        (None, Some(until)) => (surely_until(until), surely_until(until)),
        (None, None) => return None,
    };
    Some(Span { begins, sure, open })
}

/// A date that names a time at all.
fn known(date: &Edtf) -> Option<&Edtf> {
    (date.earliest() != i32::MIN || date.latest() != i32::MAX).then_some(date)
}

impl<'a> Answer<'a> {
    /// Whether both can be true of one thing at one time; what cannot be compared can.
    pub fn agrees_with(self, other: Answer<'_>, property: &Property) -> bool {
        match (self, other) {
            (Self::Entity(one), Answer::Entity(other)) => one == other,
            (Self::Value(one), Answer::Value(other)) => agree(one, other, property),
            _ => true,
        }
    }

    /// The lowest and the highest that a figure may be.
    pub fn ends(self) -> Option<(f64, f64)> {
        match self {
            Self::Entity(_) => None,
            Self::Value(value) => ends(value),
        }
    }

    /// Whether it is a figure that is only about right.
    pub fn is_approximate(self) -> bool {
        matches!(self, Self::Value(value) if value.approximate)
    }

    /// What it says, for a message.
    pub fn said(self, archive: &Archive) -> String {
        match self {
            Self::Entity(entity) => format!("`{}`", archive.register.entity(entity).id),
            Self::Value(value) => Said(value).to_string(),
        }
    }

    /// The key of a fact under which it stands.
    pub fn key(self) -> &'static str {
        match self {
            Self::Entity(_) => "object",
            Self::Value(_) => "value",
        }
    }

    fn measure(self, property: &'a Property) -> Option<Measure<'a>> {
        match self {
            Self::Entity(_) => Some(Measure::Entity),
            Self::Value(value) if value.text.is_some() => Some(Measure::Words),
            Self::Value(value) => ends(value).map(|_| measure(value, property)),
        }
    }
}

fn measure<'v>(value: &'v Value, property: &'v Property) -> Measure<'v> {
    Measure::Figure { currency: value.currency.as_deref(), unit: value.unit.as_deref().or(property.unit.as_deref()) }
}

/// How far figures may lie apart that are said to be only about right.
const ABOUT: f64 = 0.05;

fn agree(one: &Value, other: &Value, property: &Property) -> bool {
    if let (Some(one), Some(other)) = (&one.text, &other.text) {
        return same_words(one, other);
    }
    let (Some(low), Some(high)) = (ends(one), ends(other)) else { return true };
    if measure(one, property) != measure(other, property) {
        return true;
    }
    let (below, above) = if low.0 > high.1 { (high.1, low.0) } else { (low.1, high.0) };
    let about = if one.approximate || other.approximate { ABOUT } else { 0.0 };
    let size = below.abs().max(above.abs());
    below >= above || above - below <= size * property.tolerance.unwrap_or(0.0).max(about) + size * f64::EPSILON
}

fn same_words(one: &str, other: &str) -> bool {
    let lower = |text: &'_ str| text.trim().chars().flat_map(char::to_lowercase).collect::<String>();
    one == other || lower(one) == lower(other)
}

/// The lowest and the highest that a figure may be.
fn ends(value: &Value) -> Option<(f64, f64)> {
    let ends = match (value.number, value.min, value.max) {
        (Some(number), ..) => (number, number),
        (None, None, None) => return None,
        (None, min, max) => (min.unwrap_or(f64::NEG_INFINITY), max.unwrap_or(f64::INFINITY)),
    };
    (!ends.0.is_nan() && !ends.1.is_nan()).then_some(ends)
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
pub fn grouped(number: f64) -> String {
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
