//! Exact numbers of any length. Nothing is rounded: what does not fit an operation is not computed.

use std::fmt;

/// A number as ±digits × 10^exponent ÷ over, in one form only, so that equal numbers are equal values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    negative: bool,
    /// Without zeros at either end; empty for 0.
    digits: Box<str>,
    exponent: i64,
    /// 1, or what is left of a fraction that has no decimal form, in lowest terms.
    over: u32,
}

impl Number {
    /// The number whose decimal digits are `digits`, the last of them worth 10^`exponent`.
    pub(super) fn new(digits: &str, exponent: i64) -> Self {
        let digits = digits.trim_start_matches('0');
        let short = digits.trim_end_matches('0');
        let zeros = i64::try_from(digits.len() - short.len()).unwrap_or(i64::MAX);
        let exponent = if short.is_empty() { 0 } else { exponent.saturating_add(zeros) };
        Self { negative: false, digits: short.into(), exponent, over: 1 }
    }

    /// A whole number.
    pub(super) fn whole(number: u128) -> Self {
        Self::new(&number.to_string(), 0)
    }

    /// `above` × 10^`exponent` ÷ `below`; `None` for a division by zero or what is too large to be made shorter.
    pub(super) fn ratio(above: u128, exponent: i64, below: u128) -> Option<Self> {
        if below == 0 {
            return None;
        }
        if below == 1 {
            return Some(Self::new(&above.to_string(), exponent));
        }
        let common = divisor(above, below);
        let (above, below) = (above / common, below / common);
        let (twos, fives) = (power_in(below, 2), power_in(below, 5));
        let rest = below / 2_u128.pow(twos) / 5_u128.pow(fives);
        let places = twos.max(fives);
        if rest == 1 {
            let above = above.checked_mul(10_u128.checked_pow(places)? / below)?;
            return Some(Self::new(&above.to_string(), exponent.checked_sub(i64::from(places))?));
        }
        let tens = 10_u128.checked_pow(u32::try_from(exponent.unsigned_abs()).ok()?)?;
        let (above, below) = if exponent < 0 { (above, below.checked_mul(tens)?) } else { (above.checked_mul(tens)?, below) };
        let common = divisor(above, below);
        Some(Self { over: u32::try_from(below / common).ok()?, ..Self::new(&(above / common).to_string(), 0) })
    }

    /// The number, less than zero.
    pub(super) fn negated(self) -> Self {
        Self { negative: !self.negative && !self.digits.is_empty(), ..self }
    }

    /// The number × 10^`power`.
    pub(super) fn scaled(self, power: i64) -> Self {
        let exponent = if self.digits.is_empty() { 0 } else { self.exponent.saturating_add(power) };
        let fraction = if self.over == 1 { None } else { self.lifted(self.exponent) };
        let shorter = fraction.and_then(|above| Self::ratio(above, exponent, u128::from(self.over)));
        shorter.unwrap_or(Self { exponent, ..self })
    }

    /// The sum of two that are not negative, if it is short enough to be computed.
    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        let low = if self.digits.is_empty() || other.digits.is_empty() {
            self.exponent + other.exponent
        } else {
            self.exponent.min(other.exponent)
        };
        let (over, under) = (u128::from(self.over), u128::from(other.over));
        let here = self.lifted(low)?.checked_mul(under)?;
        let there = other.lifted(low)?.checked_mul(over)?;
        Self::ratio(here.checked_add(there)?, low, over * under)
    }

    /// The number × `by`, if it is short enough to be computed.
    pub(super) fn times(&self, by: u128) -> Option<Self> {
        Self::ratio(self.lifted(self.exponent)?.checked_mul(by)?, self.exponent, u128::from(self.over))
    }

    /// The number ÷ `by`.
    pub(super) fn divided(&self, by: u128) -> Option<Self> {
        Self::ratio(self.lifted(self.exponent)?, self.exponent, u128::from(self.over).checked_mul(by)?)
    }

    /// The digits as a whole number of 10^`low`; `None` when negative or too long.
    fn lifted(&self, low: i64) -> Option<u128> {
        let zeros = if self.digits.is_empty() { 0 } else { self.exponent.checked_sub(low)? };
        if self.negative || self.digits.len() > 30 || !(0..=30).contains(&zeros) {
            return None;
        }
        let digits: u128 = if self.digits.is_empty() { 0 } else { self.digits.parse().ok()? };
        digits.checked_mul(10_u128.pow(u32::try_from(zeros).ok()?))
    }

    /// The whole number that this is, if it is one and small.
    pub(super) fn as_small(&self) -> Option<u32> {
        let whole = self.over == 1 && self.exponent < 10;
        if whole { u32::try_from(self.lifted(0)?).ok() } else { None }
    }

    /// A number as programs hold it: by the shortest digits that mean it.
    pub(super) fn from_f64(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        let text = number.abs().to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let read = Self::new(&format!("{whole}{part}"), -i64::try_from(part.len()).ok()?);
        Some(if number < 0.0 { read.negated() } else { read })
    }

    /// Whether `exact` becomes this number when it is rounded to the digits that this one shows, or to two of them
    /// where it shows one: `60` stands for 59.7 and not for 57.
    pub(super) fn rounds(&self, exact: &Self) -> bool {
        let last = self.exponent.min(self.exponent.saturating_add(self.length()) - 2);
        let kept = exact.exponent.saturating_add(exact.length()).saturating_sub(last);
        let cut = usize::try_from(kept).ok().and_then(|kept| exact.digits.split_at_checked(kept));
        let (Some((kept, gone)), 1, 1) = (cut, self.over, exact.over) else {
            return self == exact;
        };
        let half = Self::new(if gone >= "5" { "1" } else { "0" }, last);
        let rounded = Self::new(kept, last).plus(&half);
        rounded.is_some_and(|rounded| rounded == Self { negative: false, ..self.clone() } && self.negative == exact.negative)
    }

    /// All of the number as text, equal for equal numbers only.
    pub(super) fn key(&self) -> String {
        format!("{}{}e{}/{}", if self.negative { "-" } else { "" }, self.digits, self.exponent, self.over)
    }

    fn length(&self) -> i64 {
        i64::try_from(self.digits.len()).unwrap_or(i64::MAX)
    }

    /// Whether this is less than `other`, as far as it can be told by their size; equal sizes by their digits.
    pub(super) fn is_below(&self, other: &Self) -> bool {
        let size = |number: &Self| (!number.digits.is_empty(), number.exponent.saturating_add(number.length()));
        (size(self), &self.digits) < (size(other), &other.digits)
    }
}

/// How often `prime` goes into `number`, which is not 0.
fn power_in(mut number: u128, prime: u128) -> u32 {
    let mut power = 0;
    while number.is_multiple_of(prime) {
        (number, power) = (number / prime, power + 1);
    }
    power
}

fn divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: i64 = 40;
        f.write_str(if self.negative { "−" } else { "" })?;
        if self.length() > LONGEST || self.exponent.abs() > LONGEST {
            let shown: String = self.digits.chars().take(20).collect();
            write!(f, "{shown}…e{}", self.exponent)?;
        } else {
            f.write_str(&self.plain())?;
        }
        if self.over == 1 { Ok(()) } else { write!(f, "/{}", self.over) }
    }
}

impl Number {
    /// In digits, with commas from 10,000.
    fn plain(&self) -> String {
        let part = usize::try_from(-self.exponent).unwrap_or(0);
        let zeros = usize::try_from(self.exponent).unwrap_or(0);
        let digits = format!("{:0>width$}{}", self.digits, "0".repeat(zeros), width = part + 1);
        let (whole, part) = digits.split_at(digits.len() - part);
        let mut shown = String::new();
        for (at, digit) in whole.char_indices() {
            if at > 0 && whole.len() > 4 && (whole.len() - at).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(digit);
        }
        if part.is_empty() { shown } else { format!("{shown}.{part}") }
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    fn ratio(above: u128, below: u128) -> Number {
        Number::ratio(above, 0, below).expect("a small ratio")
    }

    #[test]
    fn equal_numbers_are_equal_values_however_they_are_made() {
        assert_eq!(Number::new("0060000000", 0), Number::whole(60).scaled(6));
        assert_eq!(ratio(1, 2), Number::new("5", -1));
        assert_eq!(ratio(2, 6), ratio(1, 3));
        assert_eq!(Number::new("25", -1).scaled(6), Number::whole(2_500_000));
        assert_eq!(ratio(1, 3).times(3), Some(Number::whole(1)));
        assert_eq!(Number::whole(2).plus(&ratio(1, 3)), Some(ratio(7, 3)));
        assert_eq!(ratio(1, 3).scaled(2).times(1), Some(ratio(100, 3)));
        assert_eq!(ratio(1, 6).scaled(1), ratio(5, 3));
        assert_eq!(Number::ratio(5, -1, 3), Some(ratio(1, 6)));
        assert_eq!(Number::new("000", 5), Number::whole(0));
        assert_eq!(Number::from_f64(0.1), Some(Number::new("1", -1)));
        assert_eq!(Number::from_f64(1e21), Some(Number::whole(1).scaled(21)));
        assert_eq!(Number::from_f64(f64::NAN), None);
    }

    #[test]
    fn numbers_are_shown_as_people_write_them() {
        let check = |number: Number, shown: &str| assert_eq!(number.to_string(), shown);
        check(Number::whole(60), "60");
        check(Number::whole(1946), "1946");
        check(Number::whole(60_000_000), "60,000,000");
        check(Number::new("5", -2), "0.05");
        check(ratio(2, 3), "2/3");
        check(ratio(1, 6), "1/6");
        check(Number::whole(5).negated(), "−5");
        check(Number::whole(7).scaled(1000), "7…e1000");
    }

    #[test]
    fn a_rounded_number_stands_for_what_rounds_to_it() {
        let check = |stated: u128, exact: u128, fits: bool| {
            assert_eq!(Number::whole(stated).rounds(&Number::whole(exact)), fits, "{stated} {exact}");
        };
        check(60_000_000, 59_800_000, true);
        check(60_000_000, 57_000_000, false);
        check(1200, 1234, true);
        check(1300, 1234, false);
        check(1000, 999, true);
        check(5, 5, true);
        check(5, 6, false);
    }

    #[test]
    fn a_number_of_any_length_is_read_and_compared() {
        let long = "9".repeat(1_000_000);
        assert_eq!(Number::new(&long, 0), Number::new(&long, 0));
        assert_ne!(Number::new(&long, 0), Number::new(&long[1..], 0));
        assert_eq!(Number::new(&long, 0).plus(&Number::whole(1)), None);
    }
}
