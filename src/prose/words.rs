//! Numbers that are written as words.

use super::lexicon::Lexicon;
use super::number::Number;
use super::reader::{Reader, has};

/// A number in words is shorter than this many of them.
const LONGEST: usize = 40;

impl Reader<'_> {
    /// The number whose words begin at `at`, and where they end: `sixty`, `twenty-one`, `two hundred and five thousand`,
    /// `novantamila`. A scale word by itself is no number.
    pub(super) fn words(&self, at: usize) -> Option<(Number, usize)> {
        let (mut total, mut current, mut next) = (0_u128, self.word_below_scale(at)?, at + 1);
        let mut last = 40;
        while next < self.tokens.len().min(at + LONGEST) {
            let word = self.skip_joint(next, current.is_multiple_of(100) || current == 0);
            let Some(token) = self.tokens.get(word) else { break };
            if &*token.lower == "hundred" && (1..100).contains(&current) && current > 0 {
                current *= 100;
            } else if let Some(power) =
                self.lexicon.table.scales.get(&*token.lower).filter(|power| (3..last).contains(*power) && word == next)
            {
                // `m`, `k` and other short forms follow digits.
                if token.lower.len() < 3 || current == 0 {
                    break;
                }
                total += current * 10_u128.pow(u32::from(*power));
                (current, last) = (0, *power);
            } else if let Some(more) = self.word_below_scale(word).filter(|more| fits(*more, current)) {
                current += more;
            } else {
                break;
            }
            next = word + 1;
        }
        Some((Number::whole(total + current), next))
    }

    /// Past a hyphen, or an `and` that may join the parts of a number.
    fn skip_joint(&self, at: usize, may_join: bool) -> usize {
        let Some(token) = self.tokens.get(at) else { return at };
        let hyphen = token.is("-") && token.glued && self.tokens.get(at + 1).is_some_and(|next| next.glued);
        let joins =
            may_join && !self.lexicon.comma_is_decimal && has(&self.lexicon.table.and, token) && self.word_below_scale(at + 1).is_some();
        if hyphen || joins { at + 1 } else { at }
    }

    /// A word of a number that is no scale; `one` and `a` only before one, or after a ten.
    fn word_below_scale(&self, at: usize) -> Option<u128> {
        let token = self.tokens.get(at)?;
        if let Some(number) = self.lexicon.table.numbers.get(&*token.lower) {
            return Some(u128::from(*number));
        }
        if self.is_one(at) {
            return Some(1);
        }
        let long = self.lexicon.comma_is_decimal && (5..80).contains(&token.lower.len());
        if long { italian(&token.lower, self.lexicon).map(u128::from) } else { None }
    }

    /// Whether a word for 1 counts here: before a scale (`a million`), or as the end of `twenty-one`; `one`, `un` also
    /// before a measure, a currency or a fraction (`one per cent`, `un euro`).
    fn is_one(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let article = has(&self.lexicon.table.articles, token);
        if !article && !has(&self.lexicon.table.first, token) {
            return false;
        }
        let after = self.skip_hyphen(at + 1);
        let Some(next) = self.tokens.get(after) else { return self.ends_a_ten(at) };
        let scale = self.lexicon.table.scales.contains_key(&*next.lower) && next.lower.len() > 2;
        let dozen = self.collective(after).is_some();
        let measure =
            !article && (self.lexicon.units.at(self.tokens, after).is_some() || self.lexicon.currencies.at(self.tokens, after).is_some());
        let half = !article && has(&self.lexicon.table.and, next) && self.half_after(at + 1).is_some();
        scale || dozen || measure || half || (!article && self.ends_a_ten(at))
    }

    /// What `dozen` and its like stand for.
    pub(super) fn collective(&self, at: usize) -> Option<u32> {
        let word = &*self.tokens.get(at)?.lower;
        self.lexicon.table.collectives.get(word).or_else(|| self.lexicon.table.loose.get(word)).copied()
    }

    fn ends_a_ten(&self, at: usize) -> bool {
        let ten = |at: usize| {
            self.tokens.get(at).and_then(|token| self.lexicon.table.numbers.get(&*token.lower)).is_some_and(|n| *n >= 20 && n % 10 == 0)
        };
        let hyphen = at >= 2 && self.tokens[at - 1].is("-") && ten(at - 2);
        hyphen || (at >= 1 && ten(at - 1))
    }
}

/// Whether a smaller part may follow what there is: `twenty one`, `two hundred five`; not `twenty twelve`.
fn fits(more: u128, current: u128) -> bool {
    match current {
        0 => true,
        _ if current.is_multiple_of(100) => more < 100,
        _ => current.is_multiple_of(10) && current % 100 >= 20 && (1..10).contains(&more),
    }
}

/// An Italian number in one word: `ventuno`, `quarant'`, `novantamila`, `millenovecentoquarantasei`.
pub(super) fn italian(word: &str, lexicon: &Lexicon) -> Option<u32> {
    if let Some(head) = word.strip_suffix("mila") {
        return below_thousand(head, lexicon)?.checked_mul(1000);
    }
    if let Some((head, rest)) = word.split_once("mila") {
        return Some(below_thousand(head, lexicon)? * 1000 + below_thousand(rest, lexicon)?);
    }
    match word.strip_prefix("mille") {
        Some(rest) => Some(1000 + below_thousand(rest.strip_prefix('e').unwrap_or(rest), lexicon)?),
        None => below_thousand(word, lexicon),
    }
}

fn below_thousand(word: &str, lexicon: &Lexicon) -> Option<u32> {
    let (head, rest) = match word.split_once("cent") {
        // The `o` goes before another vowel: `centotto`, `centottanta`.
        Some((head, rest)) => (if head.is_empty() { 1 } else { digit(head, lexicon)? }, rest),
        None => return below_hundred(word, lexicon),
    };
    let rest = match rest.strip_prefix('o') {
        Some(after) if after.is_empty() || below_hundred(after, lexicon).is_some() => after,
        _ if rest.starts_with('o') => rest,
        _ => return None,
    };
    Some(head * 100 + if rest.is_empty() { 0 } else { below_hundred(rest, lexicon)? })
}

fn below_hundred(word: &str, lexicon: &Lexicon) -> Option<u32> {
    const TENS: &[(&str, u32)] =
        &[("vent", 20), ("trent", 30), ("quarant", 40), ("cinquant", 50), ("sessant", 60), ("settant", 70), ("ottant", 80), ("novant", 90)];
    if let Some(number) = lexicon.table.numbers.get(word).filter(|number| **number < 100) {
        return Some(*number);
    }
    if matches!(word, "uno" | "un") {
        return Some(1);
    }
    let (stem, ten) = TENS.iter().find(|(stem, _)| word.starts_with(stem))?;
    let rest = &word[stem.len()..];
    if rest == "'" {
        return Some(*ten);
    }
    let vowel = if *ten == 20 { 'i' } else { 'a' };
    let unit = if matches!(rest, "un" | "uno" | "otto") { rest } else { rest.strip_prefix(vowel)? };
    Some(ten + digit(unit, lexicon)?)
}

fn digit(word: &str, lexicon: &Lexicon) -> Option<u32> {
    let one = matches!(word, "un" | "uno").then_some(1);
    one.or_else(|| lexicon.table.numbers.get(word).copied()).filter(|number| (1..10).contains(number))
}
