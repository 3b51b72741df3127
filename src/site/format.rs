//! Dates and figures in the reader's language, by Unicode's CLDR.

use std::collections::{BTreeMap, HashMap};
use std::sync::RwLock;

use edtf_core::{Date as EdtfDate, Edtf as Expression, Interval, IntervalEndpoint, Precision};
use icu::calendar::{Date, Gregorian};
use icu::collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu::datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu::datetime::fieldsets::{YM, YMD};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::decimal::options::DecimalFormatterOptions;
use icu::locale::Locale;

use super::views::cards::{DateView, ValueView};
use crate::base::Lang;
use crate::parse::dates::{Edtf, Moment};
use crate::parse::sidecar::{Valid, Value};

/// Formats for each language of an archive.
pub struct Formats {
    by_lang: BTreeMap<Lang, Format>,
    fallback: Format,
}

/// The formats of one language.
pub struct Format {
    day: Option<Formatter<Gregorian, YMD>>,
    month: Option<Formatter<Gregorian, YM>>,
    figure: Option<DecimalFormatter>,
    collator: Option<CollatorBorrowed<'static>>,
    /// Dates as made before, by how they are written.
    known: RwLock<HashMap<Box<str>, DateView>>,
}

impl Formats {
    /// Makes the formats of `langs`; other languages fall back to CLDR's root.
    pub fn new<'l>(langs: impl IntoIterator<Item = &'l Lang>) -> Self {
        let by_lang = langs.into_iter().map(|lang| (lang.clone(), Format::new(lang.as_str()))).collect();
        Self { by_lang, fallback: Format::new("und") }
    }

    /// The formats of one language.
    pub fn of(&self, lang: &Lang) -> &Format {
        self.by_lang.get(lang).unwrap_or(&self.fallback)
    }
}

impl Format {
    fn new(tag: &str) -> Self {
        let locale = Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN);
        Self {
            day: Formatter::try_new((&locale).into(), YMD::long()).ok(),
            month: Formatter::try_new((&locale).into(), YM::long()).ok(),
            figure: DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default()).ok(),
            collator: Collator::try_new((&locale).into(), CollatorOptions::default()).ok(),
            known: RwLock::default(),
        }
    }

    /// The day of a moment.
    pub fn moment(&self, moment: Moment) -> DateView {
        let day = moment.day();
        let iso = day.to_string();
        self.remembered(&iso, || {
            let text = self.day(day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs());
            DateView { text: text.unwrap_or_else(|| iso.clone()), iso: iso.clone(), plain: true }
        })
    }

    /// An EDTF date. What CLDR has no form for stays as written.
    pub fn edtf(&self, date: &Edtf) -> DateView {
        self.remembered(date.as_str(), || self.make_edtf(date))
    }

    /// The date as made before, or made now: an archive has many facts and few dates.
    fn remembered(&self, written: &str, make: impl FnOnce() -> DateView) -> DateView {
        if let Some(known) = self.known.read().ok().and_then(|known| known.get(written).cloned()) {
            return known;
        }
        let made = make();
        if let Ok(mut known) = self.known.write() {
            known.insert(written.into(), made.clone());
        }
        made
    }

    fn make_edtf(&self, date: &Edtf) -> DateView {
        let written = || date.as_str().to_owned();
        let (text, plain) = match Expression::parse(date.as_str()) {
            Ok(Expression::Date(day)) => (self.date(&day), is_plain(&day, date.as_str())),
            Ok(Expression::Interval(interval)) => (self.interval(&interval), false),
            _ => (None, false),
        };
        DateView { iso: written(), text: text.unwrap_or_else(written), plain }
    }

    /// When a fact holds.
    pub fn valid(&self, valid: &Valid) -> Option<DateView> {
        if let Some(at) = &valid.at {
            return Some(self.edtf(at));
        }
        let end = |date: &Option<Edtf>| {
            date.as_ref().map(|date| self.edtf(date)).map_or((String::new(), "..".to_owned()), |view| (view.text, view.iso))
        };
        let ((from, from_iso), (until, until_iso)) = (end(&valid.from), end(&valid.until));
        let any = valid.from.is_some() || valid.until.is_some();
        any.then(|| DateView { iso: format!("{from_iso}/{until_iso}"), text: format!("{from}–{until}"), plain: false })
    }

    /// A fact's value.
    pub fn value<'a>(&self, value: &'a Value, unit: Option<&'a str>) -> ValueView<'a> {
        let figure = match (value.number, value.min, value.max) {
            (Some(number), ..) => Some(self.figure(number)),
            (None, Some(min), Some(max)) => Some(format!("{}–{}", self.figure(min), self.figure(max))),
            (None, Some(min), None) => Some(format!("≥ {}", self.figure(min))),
            (None, None, Some(max)) => Some(format!("≤ {}", self.figure(max))),
            (None, None, None) => None,
        };
        let unit = value.currency.as_deref().or(value.unit.as_deref()).or(unit);
        let text = match (figure, unit) {
            (Some(figure), Some(unit)) => format!("{figure} {unit}"),
            (Some(figure), None) => figure,
            (None, _) => value.text.as_deref().unwrap_or_default().to_owned(),
        };
        ValueView { text, number: value.number, stated: value.stated.as_deref(), approximate: value.approximate }
    }

    /// Compares two names as readers of the language order them.
    pub fn compare(&self, a: &str, b: &str) -> std::cmp::Ordering {
        match &self.collator {
            Some(collator) => collator.compare(a, b).then_with(|| a.cmp(b)),
            None => a.cmp(b),
        }
    }

    fn figure(&self, number: f64) -> String {
        let digits = number.to_string();
        match (&self.figure, digits.parse::<Decimal>()) {
            (Some(formatter), Ok(decimal)) => formatter.format_to_string(&decimal),
            _ => digits,
        }
    }

    fn day(&self, year: i32, month: u8, day: u8) -> Option<String> {
        let date = Date::try_new_gregorian(year, month, day).ok()?;
        Some(self.day.as_ref()?.format(&date).to_string())
    }

    fn date(&self, date: &EdtfDate) -> Option<String> {
        if date.has_unspecified() {
            return None;
        }
        let year = i32::try_from(date.year.value()?).ok()?;
        let month = || date.month.and_then(edtf_core::DateField::value);
        let text = match date.precision() {
            Precision::Year => year.to_string(),
            Precision::Month => self.month.as_ref()?.format(&Date::try_new_gregorian(year, month()?, 1).ok()?).to_string(),
            Precision::Day => self.day(year, month()?, date.day.and_then(edtf_core::DateField::value)?)?,
            Precision::Season => return None,
        };
        let about = if date.is_approximate() { "ca. " } else { "" };
        let doubt = if date.is_uncertain() { " (?)" } else { "" };
        Some(format!("{about}{text}{doubt}"))
    }

    fn interval(&self, interval: &Interval) -> Option<String> {
        let end = |endpoint: &IntervalEndpoint| match endpoint {
            IntervalEndpoint::Date(date) => self.date(date),
            IntervalEndpoint::Open => Some(String::new()),
            IntervalEndpoint::Unknown => Some("?".to_owned()),
            _ => None,
        };
        Some(format!("{}–{}", end(&interval.start)?, end(&interval.end)?))
    }
}

/// Whether HTML's `datetime` takes it as it is: a year of four digits, a month or a day, and nothing else.
fn is_plain(date: &EdtfDate, written: &str) -> bool {
    let precise = matches!(date.precision(), Precision::Year | Precision::Month | Precision::Day);
    precise
        && matches!(written.len(), 4 | 7 | 10)
        && written.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && !written.starts_with(['-', '0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lang: &str, date: &str, expected: &str) {
        assert_eq!(Format::new(lang).edtf(&Edtf::parse(date).unwrap()).text, expected);
    }

    #[test]
    fn dates_read_as_in_the_language() {
        check("it", "2025-01-13", "13 gennaio 2025");
        check("en-GB", "2024-11~", "ca. November 2024");
        check("en", "2023/2024", "2023–2024");
        check("it", "2023/..", "2023–");
        check("it", "2021?", "2021 (?)");
        check("it", "156X", "156X");
    }

    #[test]
    fn figures_are_grouped_as_in_the_language() {
        assert_eq!(Format::new("it").figure(60_000_000.0), "60.000.000");
        assert_eq!(Format::new("en").figure(1234.5), "1,234.5");
    }
}
