//! Where figures and dates stand on an axis, and which of them are written beside it.

use jiff::civil::{Date, date};

/// A mark on the axis of time: a year, or a month of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// The year.
    pub year: i32,
    /// The month, from 1, where months are marked.
    pub month: Option<u8>,
}

/// A day `YYYYMMDD` as its number since 1970; `None` for what is no day.
pub fn day_of(number: i32) -> Option<i64> {
    let part = |value: i32| i8::try_from(value).ok();
    let year = i16::try_from(number.div_euclid(10_000)).ok()?;
    let day = Date::new(year, part(number.rem_euclid(10_000) / 100)?, part(number.rem_euclid(100))?).ok()?;
    Some(since_epoch(day))
}

fn since_epoch(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_hours() / 24
}

/// Time from left to right.
#[derive(Debug, Clone, Copy)]
pub struct Time {
    first: i64,
    last: i64,
}

/// The shortest time that an axis shows: less would ask for days, which the points themselves tell.
const SHORTEST: i64 = 120;

impl Time {
    /// An axis on which the days from `first` to `last` have room.
    pub fn of(first: i64, last: i64) -> Self {
        let air = ((last - first) / 24).max((SHORTEST - (last - first)) / 2);
        Self { first: first - air, last: last + air }
    }

    /// Where a day stands, from 0 to 1; days beyond an end stand at it.
    #[expect(clippy::cast_precision_loss, reason = "a count of days is far below 2^52")]
    pub fn place(self, day: i64) -> f64 {
        (day.clamp(self.first, self.last) - self.first) as f64 / (self.last - self.first) as f64
    }

    /// The marks of the finest step of which no more than `years` years, or `months` months, have room beside each other;
    /// each with its place.
    pub fn ticks(self, years: usize, months: usize) -> Vec<(f64, Tick)> {
        let steps = [1, 2, 3, 6].into_iter().map(|step| (step, true));
        let steps = steps.chain([1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000].into_iter().map(|step| (step, false)));
        let mut coarsest = Vec::new();
        for (step, monthly) in steps {
            let ticks = self.every(step, monthly, if monthly { months } else { years });
            match ticks {
                Some(ticks) if ticks.is_empty() => break,
                Some(ticks) => return ticks,
                None => coarsest = self.every(5_000, false, usize::MAX).unwrap_or_default(),
            }
        }
        coarsest
    }

    /// Every `step`th month or year; `None` when there are more than `most`.
    fn every(self, step: i32, monthly: bool, most: usize) -> Option<Vec<(f64, Tick)>> {
        let of_year = if monthly { 12 } else { 1 };
        let year = |day: i64| date(1970, 1, 1).checked_add(jiff::Span::new().days(day)).map_or(0, |day| i32::from(day.year()));
        let mut ticks = Vec::new();
        let start = (year(self.first) * of_year).div_euclid(step) * step;
        for nth in (start..(year(self.last) + 1) * of_year).step_by(usize::try_from(step).unwrap_or(1)) {
            let (year, month) = (nth.div_euclid(of_year), nth.rem_euclid(of_year) + 1);
            let Some(day) = day_of(year * 10_000 + month * 100 + 1).filter(|day| (self.first..=self.last).contains(day)) else { continue };
            if ticks.len() == most {
                return None;
            }
            ticks.push((self.place(day), Tick { year, month: u8::try_from(month).ok().filter(|_| monthly) }));
        }
        Some(ticks)
    }
}

/// Figures from the bottom to the top.
#[derive(Debug, Clone, Copy)]
pub enum Scale {
    /// Equal steps are equal amounts.
    Linear {
        /// The figure at the bottom.
        low: f64,
        /// The figure at the top.
        high: f64,
        /// The step between two marks.
        step: f64,
    },
    /// Equal steps are equal factors: the powers of ten at both ends.
    Log {
        /// The power at the bottom.
        low: i32,
        /// The power at the top.
        high: i32,
    },
}

/// How many marks an axis of figures has, about.
const MARKS: f64 = 4.0;

impl Scale {
    /// An axis on which the figures from `low` to `high` have room. It is logarithmic only where they span three decades,
    /// and begins at nought where they come near it.
    pub fn of(low: f64, high: f64) -> Self {
        if low > 0.0 && high / low >= 1_000.0 {
            #[expect(clippy::cast_possible_truncation, reason = "powers of ten of a finite figure")]
            return Self::Log { low: low.log10().floor() as i32, high: high.log10().ceil() as i32 };
        }
        let (low, high) = match (low, high) {
            (low, high) if high - low <= high.abs().max(low.abs()) * 1e-9 => (low - low.abs() * 0.1, high + high.abs() * 0.1),
            (low, high) if low > 0.0 && low < high * 0.5 => (0.0, high),
            (low, high) if high < 0.0 && high > low * 0.5 => (low, 0.0),
            ends => ends,
        };
        let (low, high) = if low < high { (low, high) } else { (low - 1.0, high + 1.0) };
        let step = nice((high - low) / MARKS);
        Self::Linear { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// Where a figure stands, from 0 to 1.
    pub fn place(self, figure: f64) -> f64 {
        match self {
            Self::Linear { low, high, .. } => (figure - low) / (high - low),
            Self::Log { low, high } => (figure.log10() - f64::from(low)) / f64::from(high - low),
        }
    }

    /// The figures that are written beside the axis.
    pub fn ticks(self) -> Vec<f64> {
        match self {
            Self::Linear { low, high, step } => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of steps")]
                let count = ((high - low) / step).round() as u32;
                (0..=count.min(20)).map(|nth| tidy(low + f64::from(nth) * step, step)).collect()
            }
            Self::Log { low, high } => {
                let every = usize::try_from((high - low) / 6 + 1).unwrap_or(1);
                (low..=high).step_by(every).map(|power| 10_f64.powi(power)).collect()
            }
        }
    }

    /// Whether it is logarithmic.
    pub fn is_log(self) -> bool {
        matches!(self, Self::Log { .. })
    }
}

/// The nearest step from above of 1, 2, 2.5 and 5 times a power of ten.
fn nice(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 2.5, 5.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough * 0.999).unwrap_or(10.0 * power)
}

/// A multiple of `step` without the dust of its sum.
fn tidy(figure: f64, step: f64) -> f64 {
    let whole = (figure / step).round() * step;
    let digits = 10_f64.powf((2.0 - step.log10()).floor().max(0.0));
    if digits.is_finite() && (whole * digits).is_finite() { (whole * digits).round() / digits } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_ticks(low: f64, high: f64, expected: &[f64]) {
        assert_eq!(Scale::of(low, high).ticks(), expected, "{low} to {high}");
    }

    #[test]
    fn figures_are_marked_by_round_steps() {
        check_ticks(13e6, 60e6, &[0.0, 20e6, 40e6, 60e6]);
        check_ticks(0.31, 0.38, &[0.3, 0.32, 0.34, 0.36, 0.38]);
        check_ticks(-3.0, 5.0, &[-4.0, -2.0, 0.0, 2.0, 4.0, 6.0]);
        check_ticks(-90.0, -20.0, &[-100.0, -75.0, -50.0, -25.0, 0.0]);
    }

    #[test]
    fn equal_figures_stand_in_the_middle() {
        for figure in [60e6, 0.0, -4.0, 1e-9, 1e300] {
            let place = Scale::of(figure, figure).place(figure);
            assert!((0.2..=0.8).contains(&place), "{figure}: {place}");
        }
    }

    #[test]
    fn only_three_decades_make_a_logarithmic_axis() {
        assert!(!Scale::of(2.0, 1_999.0).is_log());
        assert!(!Scale::of(-1.0, 1e9).is_log() && !Scale::of(0.0, 1e9).is_log());
        check_ticks(20.0, 20_000.0, &[10.0, 100.0, 1_000.0, 10_000.0, 100_000.0]);
        assert!(Scale::of(1e-300, 1e300).ticks().len() < 9);
    }

    fn check_time(first: i32, last: i32, expected: &[(i32, Option<u8>)]) {
        let time = Time::of(day_of(first).unwrap(), day_of(last).unwrap());
        let ticks: Vec<_> = time.ticks(6, 4).into_iter().map(|(_, tick)| (tick.year, tick.month)).collect();
        assert_eq!(ticks, expected, "{first} to {last}");
    }

    #[test]
    fn time_is_marked_by_months_or_years() {
        check_time(20_241_101, 20_241_130, &[(2024, Some(10)), (2024, Some(11)), (2024, Some(12)), (2025, Some(1))]);
        check_time(20_240_101, 20_241_231, &[(2024, Some(1)), (2024, Some(7)), (2025, Some(1))]);
        check_time(20_190_101, 20_241_231, &[(2020, None), (2022, None), (2024, None)]);
        check_time(18_610_317, 20_241_231, &[(1900, None), (1950, None), (2000, None)]);
        check_time(-89_999_899, 90_001_231, &[(-5000, None), (0, None), (5000, None)]);
    }

    #[test]
    fn a_day_that_is_not_is_none() {
        assert_eq!(day_of(19_700_102), Some(1));
        assert_eq!(day_of(i32::MIN), None);
        assert_eq!(day_of(20_250_230), None);
    }
}
