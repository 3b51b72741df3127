//! Dates and figures in the reader's language, by Unicode's CLDR.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::hash::Hash;
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
use icu_decimal::CompactDecimalFormatter;
use icu_decimal::options::CompactDecimalFormatterOptions;
use jiff::civil::Date as Day;
use rapidhash::RapidHashMap;

use super::drawing::Tick;
use super::seasons;
use super::views::html::{Html, push_attribute, push_text};
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
    tag: Box<str>,
    day: Option<Formatter<Gregorian, YMD>>,
    month: Option<Formatter<Gregorian, YM>>,
    short_month: Option<Formatter<Gregorian, YM>>,
    figure: Option<DecimalFormatter>,
    compact: Option<CompactDecimalFormatter>,
    collator: Option<CollatorBorrowed<'static>>,
    /// What was made before: an archive has many facts and few dates.
    days: Memory<Day>,
    dates: Memory<String>,
    spans: Memory<String>,
}

/// Dates as made before, by how they are written.
type Memory<K> = RwLock<RapidHashMap<K, Html>>;

/// A date for machines and for readers.
struct Written {
    /// ISO 8601 or EDTF.
    iso: String,
    /// In the page's language.
    text: String,
    /// Whether `iso` is a year, a month or a day, which is what HTML's `<time datetime>` takes.
    plain: bool,
}

impl Written {
    fn html(&self) -> Html {
        let mut html = String::from(if self.plain { "<time" } else { "<span" });
        if self.plain && self.iso != self.text {
            html.push_str(" datetime=\"");
            push_attribute(&mut html, &self.iso);
            html.push('"');
        }
        html.push('>');
        push_text(&mut html, &self.text);
        html.push_str(if self.plain { "</time>" } else { "</span>" });
        Html::safe(&html)
    }
}

/// The date as made before, or made now.
fn remembered<K, Q>(memory: &Memory<K>, key: &Q, make: impl FnOnce() -> Written) -> Html
where
    K: Borrow<Q> + Eq + Hash,
    Q: ToOwned<Owned = K> + Eq + Hash + ?Sized,
{
    if let Some(known) = memory.read().ok().and_then(|memory| memory.get(key).cloned()) {
        return known;
    }
    let made = make().html();
    if let Ok(mut memory) = memory.write() {
        memory.insert(key.to_owned(), made.clone());
    }
    made
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
            tag: tag.into(),
            day: Formatter::try_new((&locale).into(), YMD::long()).ok(),
            month: Formatter::try_new((&locale).into(), YM::long()).ok(),
            short_month: Formatter::try_new((&locale).into(), YM::medium()).ok(),
            compact: CompactDecimalFormatter::try_new_long((&locale).into(), CompactDecimalFormatterOptions::default()).ok(),
            figure: DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default()).ok(),
            collator: Collator::try_new((&locale).into(), CollatorOptions::default()).ok(),
            days: Memory::default(),
            dates: Memory::default(),
            spans: Memory::default(),
        }
    }

    /// The day of a moment.
    pub fn moment(&self, moment: Moment) -> Html {
        let day = moment.day();
        remembered(&self.days, &day, || {
            let text = self.day(day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs());
            let iso = day.to_string();
            Written { text: text.unwrap_or_else(|| iso.clone()), iso, plain: true }
        })
    }

    /// An EDTF date. What CLDR has no form for stays as written.
    pub fn edtf(&self, date: &Edtf) -> Html {
        remembered(&self.dates, date.as_str(), || self.written(date))
    }

    fn written(&self, date: &Edtf) -> Written {
        let written = || date.as_str().to_owned();
        let (text, plain) = match Expression::parse(date.as_str()) {
            Ok(Expression::Date(day)) => (self.date(&day), is_plain(&day, date.as_str())),
            Ok(Expression::Interval(interval)) => (self.interval(&interval), false),
            _ => (None, false),
        };
        Written { iso: written(), text: text.unwrap_or_else(written), plain }
    }

    /// When a fact holds.
    pub fn valid(&self, valid: &Valid) -> Option<Html> {
        if let Some(at) = &valid.at {
            return Some(self.edtf(at));
        }
        let end = |date: &Option<Edtf>| date.as_ref().map_or("..", Edtf::as_str).to_owned();
        let iso = format!("{}/{}", end(&valid.from), end(&valid.until));
        let any = valid.from.is_some() || valid.until.is_some();
        any.then(|| remembered(&self.spans, iso.as_str(), || Written { text: self.span_text(valid), iso: iso.clone(), plain: false }))
    }

    /// When a fact holds, as plain text.
    pub fn valid_text(&self, valid: &Valid) -> String {
        valid.at.as_ref().map_or_else(|| self.span_text(valid), |at| self.written(at).text)
    }

    fn span_text(&self, valid: &Valid) -> String {
        let text = |date: &Option<Edtf>| date.as_ref().map_or_else(String::new, |date| self.written(date).text);
        format!("{}–{}", text(&valid.from), text(&valid.until))
    }

    /// A date that is a fact's value; `None` for other words.
    pub fn date_text(&self, written: &str) -> Option<String> {
        Some(self.written(&Edtf::parse(written).ok()?).text)
    }

    /// A fact's value: the figure with its unit, or the words.
    pub fn value(&self, value: &Value, unit: Option<&str>) -> String {
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
        if value.approximate { format!("≈\u{202f}{text}") } else { text }
    }

    /// Compares two names as readers of the language order them.
    pub fn compare(&self, a: &str, b: &str) -> std::cmp::Ordering {
        match &self.collator {
            Some(collator) => collator.compare(a, b).then_with(|| a.cmp(b)),
            None => a.cmp(b),
        }
    }

    /// A figure with its groups of digits, or from a million on in words, such as `300 billion`, where they say all of it.
    pub fn figure(&self, number: f64) -> String {
        let digits = number.to_string();
        match (&self.figure, digits.parse::<Decimal>()) {
            (Some(formatter), Ok(decimal)) => self.in_words(number, &decimal).unwrap_or_else(|| formatter.format_to_string(&decimal)),
            _ => digits,
        }
    }

    /// The compact form, which is rounded to two digits, or three where whole ones are left; `None` where a digit would go.
    fn in_words(&self, number: f64, decimal: &Decimal) -> Option<String> {
        const MILLION: f64 = 1e6;
        let compact = self.compact.as_ref().filter(|_| number.abs() >= MILLION && number.abs() < 1e15)?;
        let (first, last) = (decimal.absolute.nonzero_magnitude_start(), decimal.absolute.nonzero_magnitude_end());
        let words = compact.format_to_string(decimal);
        let rounded = |place: i16, up: bool| {
            let mut rounded = decimal.clone();
            if up {
                rounded.expand(place);
            } else {
                rounded.trunc(place);
            }
            compact.format_to_string(&rounded)
        };
        let whole = match first - last {
            0 | 1 => true,
            // Equal to a neighbour of two digits, it has been rounded.
            2 => words != rounded(first - 1, true) && words != rounded(first - 1, false),
            _ => false,
        };
        whole.then_some(words)
    }

    /// A date below an axis.
    pub fn tick(&self, tick: Tick) -> String {
        let month = |month| Some(self.short_month.as_ref()?.format(&Date::try_new_gregorian(tick.year, month, 1).ok()?).to_string());
        tick.month.and_then(month).unwrap_or_else(|| tick.year.to_string())
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
            Precision::Season => seasons::of_year(&self.tag, month()?, &year.to_string())?,
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
        assert_eq!(Format::new(lang).written(&Edtf::parse(date).unwrap()).text, expected);
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
    fn parts_of_a_year_are_named() {
        check("en", "2025-35", "third quarter of 2025");
        check("en-GB", "2025-21", "spring 2025");
        check("en", "2025-41~", "ca. second half of 2025");
        check("it", "2025-33", "primo trimestre 2025");
        check("it", "2025-31", "autunno 2025 (emisfero sud)");
        check("it", "2025-37", "primo quadrimestre 2025");
        check("fr", "2025-21", "2025-21");
    }

    #[test]
    fn figures_are_grouped_as_in_the_language() {
        assert_eq!(Format::new("it").figure(123_456.0), "123.456");
        assert_eq!(Format::new("en").figure(1234.5), "1,234.5");
    }

    #[test]
    fn round_figures_are_written_in_words_that_lose_no_digit() {
        for (lang, figure, expected) in [
            ("it", 60e6, "60 milioni"),
            ("it", 1e6, "1 milione"),
            ("en", 300e9, "300 billion"),
            ("en", 123e6, "123 million"),
            ("en", 1.3e6, "1.3 million"),
            ("en", 1.35e6, "1,350,000"),
            ("en", 12_345_678.0, "12,345,678"),
            ("en", 999_500.0, "999,500"),
            ("en", -2e6, "-2 million"),
            ("ja", 123e6, "123,000,000"),
        ] {
            assert_eq!(Format::new(lang).figure(figure), expected, "{lang}");
        }
    }
}
