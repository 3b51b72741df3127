//! Reads dates and times.

use super::date::Date;
use super::reader::{Reader, has};
use super::token::{Kind, Token};

/// Days that share one month are fewer than this.
const MOST_DAYS: usize = 8;

impl Reader<'_> {
    /// The dates that begin at `at`, and where they end: one, or the days that share a month.
    pub(super) fn dates(&self, at: usize) -> Option<(Vec<Date>, usize)> {
        let one = |(date, next)| (vec![date], next);
        let token = self.tokens.get(at)?;
        match token.kind {
            Kind::Number => self
                .numeric(at)
                .or_else(|| self.time(at))
                .or_else(|| self.part_of_year(at))
                .or_else(|| self.decade(at))
                .map(one)
                .or_else(|| self.days(at))
                .or_else(|| self.years(at)),
            Kind::Mark if token.is("'") => self.decade(at + 1).map(one),
            Kind::Word => self
                .relative(at)
                .or_else(|| self.part_of_year(at))
                .or_else(|| self.decade(at + 1).filter(|_| has(&self.lexicon.table.dates.decade, token)))
                .or_else(|| self.decade(at).filter(|_| self.lexicon.table.dates.decades.contains_key(&*token.lower)))
                .or_else(|| self.clock(at))
                .or_else(|| self.weekday(at))
                .map(one)
                .or_else(|| self.days(at))
                .or_else(|| self.month_first(at)),
            Kind::Code => self.part_of_year(at).map(one),
            _ => None,
        }
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn mark(&self, at: usize, mark: &str) -> bool {
        self.token(at).is_some_and(|token| token.is(mark))
    }

    /// Plain digits, at most `length` of them.
    fn plain(&self, at: usize, length: usize) -> Option<u32> {
        let token = self.token(at).filter(|token| token.kind == Kind::Number && token.raw.len() <= length)?;
        token.raw.parse().ok()
    }

    fn relative(&self, at: usize) -> Option<(Date, usize)> {
        let (key, next) = self.lexicon.relative.at(self.tokens, at)?;
        Some((Date::Relative(key), next))
    }

    fn weekday(&self, at: usize) -> Option<(Date, usize)> {
        let token = self.token(at)?;
        let day = self.lexicon.weekdays.get(&*token.lower)?;
        let counts = token.is_capital() || self.lexicon.comma_is_decimal;
        counts.then_some((Date::Weekday(*day), at + 1))
    }

    /// `2025-01-13`, `13/01/2025`, `13.1.2025`, `13/01`.
    fn numeric(&self, at: usize) -> Option<(Date, usize)> {
        let raw = &*self.token(at)?.raw;
        let glued = |at: usize| self.token(at).is_some_and(|token| token.glued);
        if let Some((day, month, year)) =
            raw.split_once('.').and_then(|(day, rest)| rest.split_once('.').map(|(month, year)| (day, month, year)))
        {
            return Some((self.written(day, month, year)?, at + 1));
        }
        let separator = self.token(at + 1).filter(|mark| mark.glued && (mark.is("-") || mark.is("/")))?;
        let middle = self.token(at + 2).filter(|middle| middle.kind == Kind::Number && middle.glued && middle.raw.len() <= 2)?;
        let more = self.mark(at + 3, &separator.lower) && glued(at + 3) && glued(at + 4);
        let Some(last) = self.token(at + 4).filter(|last| more && last.kind == Kind::Number) else {
            let padded = separator.is("/") && (raw.starts_with('0') || middle.raw.starts_with('0')) && raw.len() <= 2;
            let short = || Date::day(raw.parse().ok()?, middle.raw.parse().ok()?, None);
            return padded.then(short)?.map(|date| (date, at + 3));
        };
        let date = if raw.len() == 4 {
            Date::day(last.raw.parse().ok()?, middle.raw.parse().ok()?, Some(raw.parse().ok()?))?
        } else {
            self.written(raw, &middle.raw, &last.raw)?
        };
        Some((date, at + 5))
    }

    /// Day, month and year in figures. In Italian the day comes first; in English what may be either stays as it stands.
    fn written(&self, first: &str, second: &str, year: &str) -> Option<Date> {
        let (here, there): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
        let year = year.parse().ok().filter(|_| year.len() == 4)?;
        let (day_first, month_first) = (Date::day(here, there, Some(year)), Date::day(there, here, Some(year)));
        match (day_first, month_first) {
            (Some(date), None) | (None, Some(date)) => Some(date),
            (Some(date), Some(_)) if self.lexicon.comma_is_decimal || here == there => Some(date),
            (Some(_), Some(_)) => Some(Date::Written(format!("{here}/{there}/{year}").into())),
            (None, None) => None,
        }
    }

    /// `18:30`, `6.30 pm`, `6 p.m.`; `18.30` after a word such as `ore`.
    fn time(&self, at: usize) -> Option<(Date, usize)> {
        let raw = &*self.token(at)?.raw;
        let colon = self.mark(at + 1, ":")
            && self.token(at + 2).is_some_and(|minute| minute.glued && minute.kind == Kind::Number && minute.raw.len() == 2);
        let (hour, minute, next) = match raw.split_once('.') {
            _ if colon => (raw, self.token(at + 2).map_or("", |minute| &*minute.raw), at + 3),
            Some((hour, minute)) if minute.len() == 2 => (hour, minute, at + 1),
            Some(_) => return None,
            None => (raw, "", at + 1),
        };
        let (hour, minutes): (u8, u8) = (hour.parse().ok()?, if minute.is_empty() { 0 } else { minute.parse().ok()? });
        let dates = &self.lexicon.table.dates;
        let half = self.token(next).map_or(0, |token| {
            if has(&dates.am, token) {
                1
            } else if has(&dates.pm, token) {
                2
            } else {
                0
            }
        });
        let clock = at > 0 && has(&dates.clock, &self.tokens[at - 1]) && !minute.is_empty() && self.lexicon.comma_is_decimal;
        let hour = match half {
            0 if colon || clock => hour,
            1 | 2 if (1..=12).contains(&hour) => hour % 12 + if half == 2 { 12 } else { 0 },
            _ => return None,
        };
        (hour < 24 && minutes < 60).then_some((Date::Time { hour, minute: minutes }, next + usize::from(half > 0)))
    }

    /// `ore 18`.
    fn clock(&self, at: usize) -> Option<(Date, usize)> {
        let token = self.token(at).filter(|token| &*token.lower == "ore" && self.lexicon.comma_is_decimal)?;
        let after_number = at > 0 && self.tokens[at - 1].kind == Kind::Number && !token.first;
        let hour = self.plain(at + 1, 2).filter(|hour| *hour < 24 && !after_number)?;
        let alone = self.numeric(at + 1).is_none() && self.time(at + 1).is_none();
        alone.then_some((Date::Time { hour: u8::try_from(hour).ok()?, minute: 0 }, at + 2))
    }

    /// `Q3 2024`, `third quarter of 2024`, `primo semestre`, `20th century`, `XX secolo`.
    fn part_of_year(&self, at: usize) -> Option<(Date, usize)> {
        let token = self.token(at)?;
        if token.kind == Kind::Code {
            let of = match token.lower.chars().next()? {
                'q' | 't' if token.is_capital() => 4,
                'h' | 's' if token.is_capital() => 2,
                _ => return None,
            };
            let part = token.lower[1..].parse().ok().filter(|part| (1..=of).contains(part))?;
            return Some(self.with_year(at + 1, |year| Date::Part { part, of, year }));
        }
        let (number, next) = match roman(&token.raw) {
            Some(number) => (number, at + 1),
            None if token.kind == Kind::Number => self.ordinal_digits(at)?,
            None => self.quantity_ordinal(at)?,
        };
        let dates = &self.lexicon.table.dates;
        let what = self.token(self.skip_hyphen(next))?;
        let after = self.skip_hyphen(next) + 1;
        let part = u8::try_from(number).ok();
        match (has(&dates.quarter, what), has(&dates.half, what)) {
            (true, _) if (1..=4).contains(&number) => {
                Some(self.with_year(after, |year| Date::Part { part: part.unwrap_or(0), of: 4, year }))
            }
            (_, true) if (1..=2).contains(&number) => {
                Some(self.with_year(after, |year| Date::Part { part: part.unwrap_or(0), of: 2, year }))
            }
            _ => has(&dates.century, what).then_some((Date::Century(number), after)),
        }
    }

    fn with_year(&self, at: usize, date: impl Fn(Option<u16>) -> Date) -> (Date, usize) {
        match self.year_after(at) {
            Some((year, next)) => (date(Some(year)), next),
            None => (date(None), at),
        }
    }

    /// The number before `st`, `th`, `°`, `º`, `ª`.
    fn ordinal_digits(&self, at: usize) -> Option<(u32, usize)> {
        let number = self.plain(at, 3)?;
        let suffix = self.token(at + 1).filter(|suffix| suffix.glued)?;
        matches!(&*suffix.lower, "st" | "nd" | "rd" | "th" | "°" | "ª").then_some((number, at + 2))
    }

    fn quantity_ordinal(&self, at: usize) -> Option<(u32, usize)> {
        let token = self.token(at)?;
        let known = self.lexicon.table.ordinals.get(&*token.lower).copied();
        let number = known.or_else(|| self.ordinal(at).and_then(|(number, _, _)| number.as_small()))?;
        Some((number, at + 1))
    }

    /// `1980s`, `80s`, `eighties`; after `anni` also `80` and `Ottanta`.
    fn decade(&self, at: usize) -> Option<(Date, usize)> {
        if let Some(first) = self.token(at).and_then(|token| self.lexicon.table.dates.decades.get(&*token.lower)) {
            return Some((Date::Decade(*first), at + 1));
        }
        let suffix = self.token(at + 1).is_some_and(|suffix| suffix.glued && &*suffix.lower == "s");
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        let words = |token: &Token| has(&self.lexicon.table.dates.decade, token);
        let quote = self.mark(at, "'") && before.is_some_and(words);
        let at = at + usize::from(quote);
        let named = quote || before.is_some_and(|before| words(before) || before.is("'"));
        if !suffix && !named {
            return None;
        }
        let in_words = || {
            self.token(at).filter(|token| token.kind == Kind::Word && before.is_some_and(words)).and_then(|_| self.words(at)?.0.as_small())
        };
        let number = self.plain(at, 4).or_else(in_words)?;
        let apostrophe = before.is_some_and(|before| before.is("'")) && !suffix && !quote;
        let fits = number.is_multiple_of(10) && ((20..100).contains(&number) || (1000..2100).contains(&number)) && !apostrophe;
        let next = at + 1 + usize::from(suffix);
        fits.then(|| Some((Date::Decade(u16::try_from(number).ok()?), next)))?
    }

    /// Days before their month: `13 gennaio 2025`, `10–15 January`, `dal 10 al 15 gennaio`, `the first of January`.
    fn days(&self, at: usize) -> Option<(Vec<Date>, usize)> {
        let mut days = Vec::new();
        let mut next = at;
        while days.len() < MOST_DAYS {
            let (day, after) = self.day(next)?;
            days.push(day);
            let of = after + usize::from(self.token(after).is_some_and(|token| has(&self.lexicon.table.dates.of, token)));
            if let Some((month, end)) = self.month(of).or_else(|| self.month(after)) {
                let (year, end) = self.year_after(end).map_or((None, end), |(year, end)| (Some(year), end));
                let dates: Option<Vec<_>> = days.into_iter().map(|day| Date::day(day, u32::from(month), year)).collect();
                return Some((dates?, end));
            }
            let joint = self.token(after)?;
            let joins = joint.is("-") || joint.is(",") || has(&self.lexicon.table.and, joint) || has(&self.lexicon.table.to, joint);
            let article = self.token(after + 1).is_some_and(|token| has(&self.lexicon.table.definite, token));
            next = after + usize::from(joins) + usize::from(article);
            if !joins {
                return None;
            }
        }
        None
    }

    /// The number of a day, as digits or as an ordinal.
    fn day(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(number) = self.ordinal_digits(at) {
            return Some(number);
        }
        if let Some(number) = self.plain(at, 2) {
            let free = self.token(at + 1).is_none_or(|after| !after.glued || after.kind == Kind::Mark);
            return free.then_some((number, at + 1));
        }
        let token = self.token(at).filter(|token| token.kind == Kind::Word)?;
        let ordinal = self.lexicon.table.ordinals.get(&*token.lower).map(|number| (*number, at + 1));
        // `il tre maggio`; in English a number in words before a month counts something else.
        let words = || self.words(at).filter(|_| self.lexicon.comma_is_decimal).and_then(|(number, next)| Some((number.as_small()?, next)));
        ordinal.or_else(words)
    }

    /// The month whose name stands at `at`. In English it has a capital.
    fn month(&self, at: usize) -> Option<(u8, usize)> {
        let token = self.token(at)?;
        let (month, full) = self.lexicon.months.get(&*token.lower)?;
        let counts = token.is_capital() || self.lexicon.comma_is_decimal;
        let dot = !full && self.mark(at + 1, ".") && self.token(at + 1).is_some_and(|dot| dot.glued);
        counts.then_some((*month, at + 1 + usize::from(dot)))
    }

    /// `January 13th, 2025`, `January 10–15`, `gennaio 2025`, `January`.
    fn month_first(&self, at: usize) -> Option<(Vec<Date>, usize)> {
        let (month, after) = self.month(at)?;
        let full = self.lexicon.months.get(&*self.token(at)?.lower).is_some_and(|(_, full)| *full);
        let days = if self.lexicon.comma_is_decimal { None } else { self.days_after(after) };
        if let Some((days, end)) = days {
            let (year, end) = self.year_after(end).map_or((None, end), |(year, end)| (Some(year), end));
            let dates: Option<Vec<_>> = days.into_iter().map(|day| Date::day(day, u32::from(month), year)).collect();
            return Some((dates?, end));
        }
        if let Some((year, end)) = self.year_after(after) {
            return Some((vec![Date::Calendar { year: Some(year), month: Some(month), day: None }], end));
        }
        // `May said`, `March on Rome`: a month at the start of a sentence needs a number.
        let verb = self.token(at).is_some_and(|token| token.first && matches!(&*token.lower, "may" | "march"));
        (full && !verb).then(|| (vec![Date::Calendar { year: None, month: Some(month), day: None }], after))
    }

    fn days_after(&self, at: usize) -> Option<(Vec<u32>, usize)> {
        let (first, next) = self.day(at).filter(|(day, _)| (1..=31).contains(day))?;
        let joint = self.token(next).is_some_and(|joint| (joint.is("-") && joint.glued) || has(&self.lexicon.table.to, joint));
        match self.day(next + 1).filter(|(day, _)| joint && (1..=31).contains(day)) {
            Some((last, end)) => Some((vec![first, last], end)),
            None => Some((vec![first], next)),
        }
    }

    /// A year after the rest of a date, with what may stand between.
    fn year_after(&self, at: usize) -> Option<(u16, usize)> {
        let comma = at + usize::from(self.mark(at, ","));
        let of = comma + usize::from(self.token(comma).is_some_and(|token| has(&self.lexicon.table.dates.of, token)));
        let next = of + usize::from(self.token(of).is_some_and(|token| matches!(&*token.lower, "year" | "anno")));
        let year = self.year(next)?;
        Some((year, next + 1))
    }

    fn year(&self, at: usize) -> Option<u16> {
        let raw = &self.token(at).filter(|token| token.kind == Kind::Number && token.raw.len() == 4)?.raw;
        let letters = self.token(at + 1).is_some_and(|after| after.glued && matches!(after.kind, Kind::Word | Kind::Code));
        raw.parse().ok().filter(|year| (1000..=2100).contains(year) && !letters)
    }

    /// A year by itself: 1900 to 2099, or any after a word such as `in`; not what is counted or measured. `2023–24` is two.
    fn years(&self, at: usize) -> Option<(Vec<Date>, usize)> {
        let year = self.year(at)?;
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        let told = before.is_some_and(|before| has(&self.lexicon.table.prepositions, before));
        let joint = self.mark(at + 1, "-") || self.mark(at + 1, "/");
        let short = self.plain(at + 2, 2).filter(|_| joint && self.token(at + 2).is_some_and(|token| token.glued && token.raw.len() == 2));
        if short.is_some_and(|short| short == u32::from(year + 1) % 100) {
            return Some((vec![Date::of_year(year), Date::of_year(year + 1)], at + 3));
        }
        let signed = before.is_some_and(|before| before.kind == Kind::Mark && self.lexicon.currencies.at(self.tokens, at - 1).is_some());
        let measured = self.quantity_from(at);
        let counts = !signed && !measured && (told || (1900..2100).contains(&year));
        counts.then(|| (vec![Date::of_year(year)], at + 1))
    }

    /// Whether more than digits make the quantity at `at`: a measure, a currency, a scale.
    fn quantity_from(&self, at: usize) -> bool {
        let ends = |next: usize| next > at + 1;
        self.quantity(at).is_some_and(|(quantity, next)| {
            ends(next) && quantity.until.is_none() || quantity.unit.is_some() || quantity.currency.is_some()
        })
    }
}

/// A Roman number in capitals, up to eight of them.
pub(super) fn roman(raw: &str) -> Option<u32> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let values: Option<Vec<u32>> = (raw.len() <= 8).then(|| raw.chars().map(value).collect())?;
    let values = values.filter(|values| !values.is_empty())?;
    let signed = values.iter().enumerate().map(|(at, value)| (values.get(at + 1).is_some_and(|next| next > value), *value));
    signed.rev().try_fold(0_u32, |sum, (less, value)| if less { sum.checked_sub(value) } else { sum.checked_add(value) })
}
