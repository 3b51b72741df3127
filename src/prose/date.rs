//! Dates and times, and the words that stand for them.

use std::fmt;

/// A date as far as the text gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Date {
    /// A day, a month or a year, or two or three of them; at least one.
    Calendar {
        /// Of the common era.
        year: Option<u16>,
        /// From 1.
        month: Option<u8>,
        /// From 1.
        day: Option<u8>,
    },
    /// A part of a year: the number of the part, and how many the year has (2 or 4).
    Part {
        /// From 1.
        part: u8,
        /// 2 for halves, 4 for quarters.
        of: u8,
        /// The year, if it is told.
        year: Option<u16>,
    },
    /// Ten years, by the first of them: 1980, or 80.
    Decade(u16),
    /// A century, by its number.
    Century(u32),
    /// A day of the week; Monday is 1.
    Weekday(u8),
    /// A time of day.
    Time {
        /// From 0 to 23.
        hour: u8,
        /// From 0 to 59.
        minute: u8,
    },
    /// A word such as `yesterday`, by its meaning.
    Relative(&'static str),
    /// Numbers that may be read in two ways, as they stand: `3/4/2025`.
    Written(Box<str>),
}

impl Date {
    /// The year that is named.
    pub fn year(&self) -> Option<u16> {
        match self {
            Self::Calendar { year, .. } | Self::Part { year, .. } => *year,
            _ => None,
        }
    }

    /// A day of a month that has it.
    pub(super) fn day(day: u32, month: u32, year: Option<u16>) -> Option<Self> {
        const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let length = LENGTHS.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
        let (day, month) = ((1..=*length).contains(&day).then(|| u8::try_from(day).ok())??, u8::try_from(month).ok()?);
        Some(Self::Calendar { year, month: Some(month), day: Some(day) })
    }

    /// A year alone.
    pub(super) fn of_year(year: u16) -> Self {
        Self::Calendar { year: Some(year), month: None, day: None }
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn nth(names: &[&'static str], number: u8) -> &'static str {
    usize::from(number).checked_sub(1).and_then(|at| names.get(at)).copied().unwrap_or("?")
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Calendar { year, month, day } => {
                let day = day.map(|day| day.to_string());
                let month = month.map(|month| nth(&MONTHS, month).to_owned());
                let year = year.map(|year| year.to_string());
                f.write_str(&[day, month, year].into_iter().flatten().collect::<Vec<_>>().join(" "))
            }
            Self::Part { part, of, year } => {
                let year = year.map_or(String::new(), |year| format!(" {year}"));
                write!(f, "{}{part}{year}", if *of == 4 { 'Q' } else { 'H' })
            }
            Self::Decade(first) => write!(f, "{first}s"),
            Self::Century(number) => write!(f, "century {number}"),
            Self::Weekday(day) => f.write_str(nth(&WEEKDAYS, *day)),
            Self::Time { hour, minute } => write!(f, "{hour}:{minute:02}"),
            Self::Relative(word) => write!(f, "`{word}`"),
            Self::Written(text) => f.write_str(text),
        }
    }
}
