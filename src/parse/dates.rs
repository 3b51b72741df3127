//! Dates as the content writes them: days and moments of an article, EDTF of a fact.
//! TOML's own dates, YAML's and JSON's strings are read alike.

use std::borrow::Cow;
use std::fmt;

use edtf_core::{Bound, Edtf as Expression};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// A date or a date with time: `2025-01-13`, `2025-01-13T06:00:00Z`. Without a zone it is UTC; without a
/// time it is the day's first moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(Timestamp);

impl Moment {
    /// Reads an RFC 3339 date, or date and time.
    pub fn parse(text: &str) -> Option<Self> {
        let zoned = || text.parse::<Timestamp>().ok();
        let local = || text.parse::<DateTime>().ok();
        zoned().or_else(|| local().map(in_utc)).map(Self)
    }

    /// The first moment of the day `YYYYMMDD`, if there is such a day.
    pub fn of_number(day: i32) -> Option<Self> {
        let (year, month, day) = (day.div_euclid(10_000), day.rem_euclid(10_000) / 100, day.rem_euclid(100));
        let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        Some(Self(in_utc(date.into())))
    }

    /// The day, in UTC.
    pub fn day(self) -> Date {
        self.0.to_zoned(TimeZone::UTC).date()
    }

    /// The day as `YYYYMMDD`, in UTC.
    pub fn number(self) -> i32 {
        let day = self.day();
        i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day())
    }

    /// Seconds and nanoseconds since 1970, UTC.
    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The last day of 9999, with which people say "never", lies behind the last moment that a timestamp holds, and the
/// first of all before the first: both become the end that they lie behind.
fn in_utc(local: DateTime) -> Timestamp {
    let end = if local.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    local.to_zoned(TimeZone::UTC).map_or(end, |moment| moment.timestamp())
}

/// An EDTF expression (ISO 8601-2:2019 Annex A, levels 0–2), such as `2024-11`, `2024-11~`, `2023/2024`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edtf {
    text: Box<str>,
    earliest: i32,
    latest: i32,
}

impl Edtf {
    /// Reads an expression; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expression = Expression::parse(text).map_err(|error| error.to_string())?;
        let bounds = expression.bounds();
        // Of no year at all, the bounds are the years 0 and 9999, which nobody wrote.
        let (from, until) = text.split_once('/').unwrap_or((text, text));
        let earliest = if from.starts_with("XXXX") { i32::MIN } else { day_number(bounds.earliest, i32::MIN) };
        let latest = if until.starts_with("XXXX") { i32::MAX } else { day_number(bounds.latest, i32::MAX) };
        Ok(Self { text: text.into(), earliest, latest })
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first day that it touches, as the number `YYYYMMDD`; `i32::MIN` when open or unknown.
    pub fn earliest(&self) -> i32 {
        self.earliest
    }

    /// The last day that it touches, as the number `YYYYMMDD`; `i32::MAX` when open or unknown.
    pub fn latest(&self) -> i32 {
        self.latest
    }

    /// The year of its first day; of its last when the first is open.
    pub fn year(&self) -> Option<i32> {
        [self.earliest, self.latest].into_iter().find(|day| ![i32::MIN, i32::MAX].contains(day)).map(|day| day.div_euclid(10_000))
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

fn day_number(bound: Bound, open: i32) -> i32 {
    match bound {
        Bound::Date(day) => i32::try_from(day.year)
            .ok()
            .and_then(|year| year.checked_mul(10_000))
            .map_or(open, |year| year + i32::from(day.month) * 100 + i32::from(day.day)),
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => open,
    }
}

/// Reads a TOML date or a string, and hands its text to `read`.
struct DateText<T> {
    expecting: &'static str,
    read: fn(&str) -> Result<T, String>,
}

impl<'de, T> Visitor<'de> for DateText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expecting)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, year: i64) -> Result<T, E> {
        self.visit_str(&year.to_string())
    }

    fn visit_u64<E: de::Error>(self, year: u64) -> Result<T, E> {
        self.visit_str(&year.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let date = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
        self.visit_str(&date.to_string())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| Self::parse(text).ok_or_else(|| format!("`{text}` is not a date such as `2025-01-13`"));
        deserializer.deserialize_any(DateText { expecting: "a date", read })
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| Self::parse(text).map_err(|why| format!("`{text}` is not an EDTF date: {why}"));
        deserializer.deserialize_any(DateText { expecting: "an EDTF date", read })
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "moment", "description": "A date, or a date with time, by RFC 3339." })
    }
}

impl JsonSchema for Edtf {
    fn schema_name() -> Cow<'static, str> {
        "Edtf".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "edtf", "description": "A date by EDTF (ISO 8601-2), such as `2024-11` or `2023/2024`." })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_touches_its_first_and_last_day() {
        let month = Edtf::parse("2024-11~").unwrap();
        assert_eq!((month.earliest(), month.latest(), month.year()), (20_241_101, 20_241_130, Some(2024)));
    }

    #[test]
    fn an_open_interval_has_one_end() {
        let open = Edtf::parse("2023/..").unwrap();
        assert_eq!((open.earliest(), open.latest(), open.year()), (20_230_101, i32::MAX, Some(2023)));
    }

    #[test]
    fn a_date_without_a_year_has_none() {
        for text in ["XXXX", "XXXX-12-25", "XXXX-12", "XXXX/.."] {
            assert_eq!(Edtf::parse(text).unwrap().year(), None, "{text}");
        }
        assert_eq!(Edtf::parse("XXXX/2020").unwrap().year(), Some(2020));
        assert_eq!(Edtf::parse("198X").unwrap().year(), Some(1980));
    }

    #[test]
    fn never_is_a_date() {
        let never = Moment::parse("9999-12-31").unwrap();
        assert!(never > Moment::parse("9999-12-29").unwrap());
        assert_eq!(Moment::parse("9999-12-31T23:59:59"), Some(never));
    }

    #[test]
    fn a_day_that_is_not_is_refused() {
        assert!(Edtf::parse("2025-02-30").is_err());
        assert_eq!(Moment::parse("2025-02-30"), None);
        assert_eq!(Moment::parse("2025-01-13").unwrap().day(), jiff::civil::date(2025, 1, 13));
    }
}
