//! Numbers with what they count: signs, scales, currencies, measures and ranges.

use std::collections::BTreeSet;

use super::lexicon::Lexicon;
use super::number::Number;
use super::reader::{Reader, has};
use super::sense::Quantity;
use super::token::{Kind, Token};

/// A number as far as it is read.
struct Part {
    quantity: Quantity,
    /// The power of ten of its scale word.
    power: u8,
    /// The number before the scale.
    bare: Number,
    next: usize,
}

impl Reader<'_> {
    /// The quantity that begins at `at`, a range included, and where it ends.
    pub(super) fn quantity(&self, at: usize) -> Option<(Quantity, usize)> {
        let mut part = self.part(at)?;
        if !part.quantity.ordinal
            && let Some(end) = self.range_end(at, &part)
        {
            let shared = end.power > 0 && part.power == 0 && part.bare.is_below(&end.bare);
            let value = if shared { part.quantity.value.scaled(i64::from(end.power)) } else { part.quantity.value };
            let quantity = Quantity {
                value,
                until: Some(end.quantity.value),
                currency: part.quantity.currency.or(end.quantity.currency),
                unit: part.quantity.unit.or(end.quantity.unit),
                ..part.quantity
            };
            part = Part { quantity, next: end.next, ..part };
        }
        Some((part.quantity, part.next))
    }

    /// What follows as the end of a range: `10–15`, `10 to 15`, `between 10 and 15`.
    fn range_end(&self, at: usize, start: &Part) -> Option<Part> {
        let joint = self.tokens.get(start.next)?;
        let after = self.tokens.get(start.next + 1)?;
        let dash = joint.is("-") && joint.glued == after.glued;
        let between = at.checked_sub(1).is_some_and(|before| has(&self.lexicon.table.between, &self.tokens[before]));
        let to = has(&self.lexicon.table.to, joint) || (between && has(&self.lexicon.table.and, joint));
        if !dash && !to {
            return None;
        }
        let end = self.part(start.next + 1).filter(|end| !end.quantity.ordinal)?;
        let (here, there) = (&start.quantity, &end.quantity);
        let same_unit = here.unit == there.unit || here.unit.is_none();
        let same_currency = here.currency == there.currency || here.currency.is_none() || (dash && there.currency.is_none());
        (same_unit && same_currency).then_some(end)
    }

    /// One number with its sign, scale, currency and measure.
    fn part(&self, at: usize) -> Option<Part> {
        let (negative, mut start) = self.sign(at);
        let mut currency = None;
        if let Some((code, next)) = self.lexicon.currencies.at(self.tokens, start).filter(|(_, next)| self.is_prefix(start, *next)) {
            (currency, start) = (Some(code), next);
        }
        let (minus, start) = if negative { (true, start) } else { self.sign(start) };
        let (bare, ordinal, next) = self.amount(start)?;
        let (value, power, mut next) = if ordinal { (bare.clone(), 0, next) } else { self.scaled(bare.clone(), next, currency.is_some()) };
        let mut unit = None;
        if !ordinal {
            (currency, unit, next) = self.measure(next, currency);
        }
        self.ends_cleanly(next)?;
        let value = if minus { value.negated() } else { value };
        Some(Part { quantity: Quantity { value, until: None, ordinal, currency, unit, rounded: false }, power, bare, next })
    }

    /// Digits with letters glued to them that mean nothing are a name: `5G`.
    fn ends_cleanly(&self, next: usize) -> Option<()> {
        let token = next.checked_sub(1).and_then(|last| self.tokens.get(last));
        let digits = token.is_some_and(|token| token.kind == Kind::Number);
        let glued = |at: usize, kinds: &[Kind]| self.tokens.get(at).is_some_and(|token| token.glued && kinds.contains(&token.kind));
        let letters = glued(next, &[Kind::Word, Kind::Code]);
        let colon = self.tokens.get(next).is_some_and(|token| token.is(":") && token.glued) && glued(next + 1, &[Kind::Number]);
        (!digits || !(letters || colon)).then_some(())
    }

    /// A minus or a plus that belongs to the number after it.
    fn sign(&self, at: usize) -> (bool, usize) {
        let Some(token) = self.tokens.get(at) else { return (false, at) };
        let free = at == 0
            || !token.glued
            || !matches!(self.tokens[at - 1].kind, Kind::Word | Kind::Code | Kind::Number)
            || self.tokens[at - 1].is("(");
        let belongs = free && self.tokens.get(at + 1).is_some_and(|next| next.glued && matches!(next.kind, Kind::Number | Kind::Mark));
        match &*token.lower {
            "-" if belongs => (true, at + 1),
            "+" if belongs => (false, at + 1),
            "minus" if self.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Number) => (true, at + 1),
            _ => (false, at),
        }
    }

    /// A currency before its number is a sign or a code in capitals.
    fn is_prefix(&self, start: usize, next: usize) -> bool {
        let signed = self.tokens[start..next].iter().any(|token| token.kind == Kind::Mark);
        let code = next == start + 1 && (!self.tokens[start].raw.chars().any(char::is_lowercase) || &*self.tokens[start].raw == "Rs");
        signed || code
    }

    /// The number itself, whether it is an ordinal, and where it ends.
    fn amount(&self, at: usize) -> Option<(Number, bool, usize)> {
        let token = self.tokens.get(at)?;
        match token.kind {
            Kind::Number => self.digits(at),
            Kind::Mark => vulgar(&token.lower).map(|number| (number, false, at + 1)),
            Kind::Word => self.multiple(at).or_else(|| self.half(at)).or_else(|| self.in_words(at)),
            Kind::Code | Kind::End => None,
        }
    }

    fn digits(&self, at: usize) -> Option<(Number, bool, usize)> {
        let number = literal(&self.tokens[at].raw, self.lexicon)?;
        let next = self.tokens.get(at + 1);
        let glued = |mark: &str| next.is_some_and(|next| next.glued && next.is(mark));
        let suffix = next.is_some_and(|next| next.glued && matches!(&*next.lower, "st" | "nd" | "rd" | "th"));
        let degrees = self.tokens.get(at + 2).is_some_and(|after| matches!(&*after.raw, "C" | "F"));
        if suffix || ((glued("°") || glued("ª")) && !degrees) {
            return Some((number, true, at + 2));
        }
        if glued("/") {
            let below = self.tokens.get(at + 2).filter(|below| below.glued && below.kind == Kind::Number)?;
            let below = literal(&below.raw, self.lexicon)?.as_small()?;
            number.as_small().filter(|above| (1..1000).contains(above))?;
            return Some((number.divided(u128::from(below))?, false, at + 3));
        }
        if let Some((power, end)) = self.exponent(at + 1) {
            return Some((raised(&number, power)?, false, end));
        }
        if let Some(part) = next.and_then(|next| vulgar(&next.lower)) {
            return Some((number.plus(&part)?, false, at + 2));
        }
        Some((number, false, at + 1))
    }

    /// `^6`, `⁻⁶` right behind a number.
    fn exponent(&self, at: usize) -> Option<(i64, usize)> {
        let glued = |at: usize| self.tokens.get(at).filter(|token| token.glued);
        let caret = usize::from(glued(at)?.is("^"));
        let minus = glued(at + caret).is_some_and(|token| token.is("-") || token.is("⁻"));
        let start = at + caret + usize::from(minus);
        if caret == 1 {
            let power: i64 = glued(start).filter(|token| token.kind == Kind::Number && token.raw.len() <= 4)?.raw.parse().ok()?;
            return Some((if minus { -power } else { power }, start + 1));
        }
        let digits = (start..start + 4).map_while(|at| raised_digit(&glued(at)?.lower));
        let (power, length) = digits.fold((0, 0), |(power, length), digit| (power * 10 + digit, length + 1));
        let minus = minus && self.tokens[at].is("⁻");
        (length > 0 && (minus || start == at)).then_some((if minus { -power } else { power }, start + length))
    }

    /// `doubled`, `il doppio`.
    fn multiple(&self, at: usize) -> Option<(Number, bool, usize)> {
        let times = self.lexicon.multiples.get(&*self.tokens[at].lower)?;
        let number = if *times == 0 { Number::new("5", -1) } else { Number::whole(u128::from(*times)) };
        Some((number, false, at + 1))
    }

    /// `half`, `half a` before a scale; `mezzo` before a scale or a measure only.
    fn half(&self, at: usize) -> Option<(Number, bool, usize)> {
        let token = &self.tokens[at];
        let after = self.skip_hyphen(at + 1);
        let scale = |at: usize| {
            let word = self.tokens.get(at)?;
            (self.lexicon.table.scales.contains_key(&*word.lower) || self.collective(at).is_some()).then_some(at)
        };
        if has(&self.lexicon.table.halves, token) {
            let article = self.tokens.get(after).is_some_and(|word| has(&self.lexicon.table.articles, word));
            let next = if article { scale(after + 1).unwrap_or(at + 1) } else { scale(after).unwrap_or(at + 1) };
            return Some((Number::new("5", -1), false, next));
        }
        let mezzo = self.lexicon.comma_is_decimal && matches!(&*token.lower, "mezzo" | "mezza" | "mezz'");
        let measured = scale(after).is_some() || self.lexicon.units.at(self.tokens, after).is_some();
        (mezzo && measured).then(|| (Number::new("5", -1), false, at + 1))
    }

    /// Number words, ordinals, and fractions in words.
    fn in_words(&self, at: usize) -> Option<(Number, bool, usize)> {
        let below = |at: usize| self.tokens.get(at).and_then(|token| self.lexicon.table.fractions.get(&*token.lower));
        let one = has(&self.lexicon.table.articles, &self.tokens[at]) || has(&self.lexicon.table.first, &self.tokens[at]);
        let after = self.skip_hyphen(at + 1);
        if one && let Some(below) = below(after) {
            return Some((Number::ratio(1, 0, u128::from(*below))?, false, after + 1));
        }
        let Some((number, next)) = self.words(at) else {
            return self.ordinal(at);
        };
        let after = self.skip_hyphen(next);
        let small = number.as_small().unwrap_or(u32::MAX);
        if small < 20
            && let Some(below) = below(after)
        {
            return Some((number.divided(u128::from(*below))?, false, after + 1));
        }
        if let Some((unit, true, end)) = self.ordinal(after).filter(|_| small % 10 == 0 && !self.lexicon.comma_is_decimal) {
            return Some((number.plus(&unit)?, true, end));
        }
        Some((number, false, next))
    }

    /// `third`, `terzo`, `ventesimo`; some only after an article (`la seconda`, but `secondo Rossi`).
    pub(super) fn ordinal(&self, at: usize) -> Option<(Number, bool, usize)> {
        let token = self.tokens.get(at)?;
        let table = self.lexicon.table;
        let definite = at > 0 && has(&table.definite, &self.tokens[at - 1]);
        if has(&table.shy, token) && !definite {
            return None;
        }
        let number = table.ordinals.get(&*token.lower).copied().or_else(|| self.italian_ordinal(&token.lower))?;
        Some((Number::whole(u128::from(number)), true, at + 1))
    }

    fn italian_ordinal(&self, word: &str) -> Option<u32> {
        if !self.lexicon.comma_is_decimal || word.len() > 60 {
            return None;
        }
        let stem = ["esimo", "esima", "esimi", "esime"].iter().find_map(|ending| word.strip_suffix(ending))?;
        ["", "o", "i", "e", "a"].iter().find_map(|vowel| super::words::italian(&format!("{stem}{vowel}"), self.lexicon))
    }

    /// The number × its scale words, halves after it included (`due milioni e mezzo`, `two and a half million`).
    fn scaled(&self, number: Number, at: usize, has_currency: bool) -> (Number, u8, usize) {
        let (mut value, mut next, mut power) = (number, at, self.power_in_words(at));
        loop {
            if let Some((part, after)) = self.half_after(next)
                && let Some(sum) = value.plus(&part.scaled(i64::from(power)))
            {
                (value, next) = (sum, after);
            } else if let Some((more, after)) = self.scale(next, has_currency) {
                (value, next) = (value.scaled(i64::from(more)), after);
                power = power.saturating_add(more);
            } else if let Some((sum, after)) = self.rest(&value, next, power, has_currency) {
                (value, next) = (sum, after);
            } else {
                break;
            }
            if next > at + 12 {
                break;
            }
        }
        let dozen = self.skip_hyphen(next);
        if let Some(each) = self.collective(dozen) {
            (value, next) = (value.times(u128::from(each)).unwrap_or(value), dozen + 1);
        }
        (value, power, next)
    }

    /// The power of a scale word that the number words before `at` end with.
    fn power_in_words(&self, at: usize) -> u8 {
        let last = at.checked_sub(1).and_then(|last| self.tokens.get(last)).filter(|token| token.kind == Kind::Word);
        last.and_then(|token| self.lexicon.table.scales.get(&*token.lower)).copied().unwrap_or(0)
    }

    /// `and a half`, `e mezzo`, `e tre quarti`: what is added to the number before.
    pub(super) fn half_after(&self, at: usize) -> Option<(Number, usize)> {
        let and = self.tokens.get(at).filter(|token| has(&self.lexicon.table.and, token))?;
        let word = |more: usize| self.tokens.get(at + more).map_or("", |token| &*token.lower);
        let half = Number::new("5", -1);
        match (and.first, word(1), word(2)) {
            (false, "mezzo" | "mezza", _) => Some((half, at + 2)),
            (false, "a", "half") => Some((half, at + 3)),
            (false, "a", "quarter") => Some((Number::new("25", -2), at + 3)),
            _ => None,
        }
    }

    /// A scale word or its short form.
    fn scale(&self, at: usize, has_currency: bool) -> Option<(u8, usize)> {
        let at = self.skip_hyphen(at);
        let token = self.tokens.get(at)?;
        let digits = at > 0 && self.tokens[at - 1].kind == Kind::Number && token.glued;
        let money = has_currency || self.lexicon.currencies.at(self.tokens, at + 1).is_some();
        let short = match &*token.raw {
            "M" if digits || money => 6,
            "m" if money || (digits && !self.lexicon.comma_is_decimal) => 6,
            "B" if digits || money => 9,
            "b" if money => 9,
            "T" | "t" if money => 12,
            "k" | "K" if digits => 3,
            "K" | "k" => return None,
            _ => *self.lexicon.table.scales.get(&*token.lower)?,
        };
        Some((short, at + 1))
    }

    /// The lesser part of a number that is told in parts: `2 milioni e 300 mila`.
    fn rest(&self, value: &Number, at: usize, power: u8, has_currency: bool) -> Option<(Number, usize)> {
        let and =
            usize::from(self.lexicon.comma_is_decimal && self.tokens.get(at).is_some_and(|token| has(&self.lexicon.table.and, token)));
        let start = at + and;
        let (number, ordinal, next) = self.tokens.get(start).filter(|_| power > 0).and_then(|_| self.amount(start))?;
        let (number, next) = match self.scale(next, has_currency) {
            Some((less, after)) => (number.scaled(i64::from(less)), after),
            None => (number, next),
        };
        let thousand = Number::whole(1000);
        let lesser = number.is_below(&Number::whole(1).scaled(i64::from(power))) && !number.is_below(&thousand);
        let scaled = next > start + 1 || self.tokens[start].kind == Kind::Word;
        if !ordinal && lesser && scaled { Some((value.plus(&number)?, next)) } else { None }
    }

    /// The currency and the measure after a number.
    fn measure(&self, at: usize, before: Option<&'static str>) -> (Option<&'static str>, Option<&'static str>, usize) {
        let hyphen = self.skip_hyphen(at);
        let of = self.tokens.get(at).is_some_and(|token| matches!(&*token.lower, "di" | "d'" | "of"));
        let start = if of { at + 1 } else { hyphen };
        if let Some((code, next)) =
            self.lexicon.currencies.at(self.tokens, start).filter(|(_, next)| !self.starts_another(at, start, *next))
        {
            return (before.or(Some(code)), None, next);
        }
        if let Some(unit) = self.tokens.get(start).and_then(|token| self.lexicon.cased.get(&*token.raw)) {
            return (before, Some(unit), start + 1);
        }
        match self.lexicon.units.at(self.tokens, start).filter(|_| self.tokens.get(start).is_some_and(|token| !is_other_case(token))) {
            Some((unit, next)) => (before, Some(unit), next),
            None => (before, None, at),
        }
    }

    /// Whether the currency sign belongs to the number after it: `5 €6`, `5-$6`.
    fn starts_another(&self, at: usize, start: usize, next: usize) -> bool {
        let number = self.tokens.get(next).is_some_and(|token| token.glued && token.kind == Kind::Number);
        number && (start > at || !self.tokens[start].glued)
    }
}

/// `G` is no gram, `M` no metre.
fn is_other_case(token: &Token) -> bool {
    matches!(&*token.raw, "G" | "M" | "T" | "X" | "H" | "Ha" | "Min" | "Mi" | "Sec" | "PC")
}

/// A digit above the line.
fn raised_digit(mark: &str) -> Option<i64> {
    const DIGITS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    DIGITS.chars().position(|digit| mark.chars().eq([digit])).and_then(|digit| i64::try_from(digit).ok())
}

/// `number` to the power; `None` for what is too large to be computed.
fn raised(number: &Number, power: i64) -> Option<Number> {
    let base = number.as_small()?;
    if base == 10 {
        return Some(Number::whole(1).scaled(power));
    }
    let size = u128::from(base).checked_pow(u32::try_from(power.unsigned_abs()).ok()?)?;
    if power < 0 { Number::ratio(1, 0, size) } else { Some(Number::whole(size)) }
}

fn vulgar(mark: &str) -> Option<Number> {
    const SIGNS: &[(&str, u128, u128)] = &[
        ("½", 1, 2),
        ("⅓", 1, 3),
        ("⅔", 2, 3),
        ("¼", 1, 4),
        ("¾", 3, 4),
        ("⅕", 1, 5),
        ("⅖", 2, 5),
        ("⅗", 3, 5),
        ("⅘", 4, 5),
        ("⅙", 1, 6),
        ("⅚", 5, 6),
        ("⅛", 1, 8),
        ("⅜", 3, 8),
        ("⅝", 5, 8),
        ("⅞", 7, 8),
    ];
    let (_, above, below) = SIGNS.iter().find(|(sign, ..)| *sign == mark)?;
    Number::ratio(*above, 0, *below)
}

/// Digits with separators, by the language: one separator before three digits groups them where the language groups
/// with it. `None` for what is no number: `007`, `1.2.3`.
pub(super) fn literal(raw: &str, lexicon: &Lexicon) -> Option<Number> {
    let decimal = if lexicon.comma_is_decimal { ',' } else { '.' };
    let last = raw.rfind(['.', ',']);
    let separator = last.and_then(|at| raw[at..].chars().next());
    let same = separator.map_or(0, |separator| raw.matches(separator).count());
    let groups = |text: &str| {
        let mut parts = text.split(['.', ',', ' ', '\'']);
        let head = parts.next().unwrap_or("");
        let alike = text.chars().filter(|c| !c.is_ascii_digit()).collect::<BTreeSet<_>>().len() <= 1;
        let grouped = head.len() <= 3 && !head.starts_with('0') && parts.all(|part| part.len() == 3) && alike;
        let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
        grouped || plain
    };
    let all: String = raw.chars().filter(char::is_ascii_digit).collect();
    let others = raw.chars().any(|c| !c.is_ascii_digit() && Some(c) != separator);
    match last {
        Some(at) if same == 1 && (others || separator == Some(decimal) || !groups(raw)) => {
            let part = raw.len() - at - 1;
            (groups(&raw[..at]) && raw[at + 1..].bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| Number::new(&all, -i64::try_from(part).unwrap_or(0)))
        }
        _ => groups(raw).then(|| Number::new(&all, 0)),
    }
}
