//! What a fact says of its subject, and whether two such answers can both be true.

use std::fmt;

use super::{Archive, EntityIx, Fact};
use crate::parse::property::Property;
use crate::parse::sidecar::Value;

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
pub enum Measure<'a> {
    /// An entity.
    Entity,
    /// Words.
    Words,
    /// A figure.
    Figure {
        /// Its currency.
        currency: Option<&'a str>,
        /// What is counted.
        unit: Option<&'a str>,
    },
}

impl<'a> Answer<'a> {
    /// What a fact says; `None` when it gives no answer.
    pub fn of(fact: &'a Fact) -> Option<Self> {
        fact.object.map(Self::Entity).or_else(|| Some(Self::Value(fact.value.as_deref()?)))
    }

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

    /// With what it can be compared; `None` when it says nothing.
    pub fn measure(self, property: &'a Property) -> Option<Measure<'a>> {
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
    one == other || plain(one) == plain(other)
}

/// Words as they are compared.
pub fn plain(text: &str) -> String {
    text.trim().chars().flat_map(char::to_lowercase).collect()
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
