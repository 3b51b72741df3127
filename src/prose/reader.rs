//! Reads a text from left to right. At each token the first of these that fits counts: a date, a word beside a number, a
//! quantity, a word of the tables, a name.

use super::calendar::roman;
use super::lexicon::Lexicon;
use super::number::Number;
use super::sense::{Name, Quantity, Sense, Turn, Word};
use super::token::{Kind, Token};

/// The tokens of a text, and what words mean in its language.
pub(super) struct Reader<'t> {
    pub tokens: &'t [Token],
    pub lexicon: &'static Lexicon,
}

/// Whether `token` is one of `words`.
pub(super) fn has(words: &[String], token: &Token) -> bool {
    words.iter().any(|word| **word == *token.lower)
}

impl Reader<'_> {
    /// All that the text says.
    pub fn read(&self) -> Sense {
        let mut sense = Sense::default();
        let mut at = 0;
        while at < self.tokens.len() {
            at = self.step(at, &mut sense).max(at + 1);
        }
        self.read_tenses(&mut sense);
        sense.line = self.line();
        let plain = self.tokens.iter().filter(|token| token.kind == Kind::Word && !token.is_capital());
        sense.plain = plain.map(|token| token.lower.clone()).collect();
        sense
    }

    /// Reads what begins at `at`, and says where it ends.
    fn step(&self, at: usize, sense: &mut Sense) -> usize {
        if self.is_unknown(at) {
            return self.name(at, sense);
        }
        if let Some((dates, next)) = self.dates(at) {
            sense.dates.extend(dates);
            sense.bounds.extend(self.bound(at).filter(|bound| *bound != "by how much"));
            return next;
        }
        if let Some((section, next)) = self.section(at) {
            sense.quantities.push(section);
            return next;
        }
        if let Some((digits, next)) = self.phone(at) {
            sense.names.push(name(&digits, at));
            return next;
        }
        if let Some((key, next)) = self.extent(at, sense) {
            sense.words.push(Word { turn: Turn::Extent, key, at });
            return next;
        }
        if let Some((quantity, next)) = self.quantity(at) {
            sense.bounds.extend(self.bound(at));
            let before = sense.words.last().is_some_and(|word| word.turn == Turn::Extent && word.at < at && self.ends_before(word.at, at));
            let loose = self.tokens[at..next].iter().any(|token| self.lexicon.table.loose.contains_key(&*token.lower));
            if loose && !before {
                sense.words.push(Word { turn: Turn::Extent, key: "about", at });
            }
            sense.quantities.push(Quantity { rounded: before || loose, ..quantity });
            return next;
        }
        if let Some(((turn, key), next)) = self.lexicon.turns.at(self.tokens, at) {
            sense.words.push(Word { turn, key, at });
            return next;
        }
        if let Some((currency, next)) = self.lexicon.currencies.at(self.tokens, at).filter(|(code, _)| self.is_money(at, code)) {
            sense.currencies.push(currency);
            return next;
        }
        self.name(at, sense)
    }

    /// Whether no table has the word or the mark, so that it can only be a name, or a number of Italian in one word.
    fn is_unknown(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let word = match token.kind {
            Kind::Number | Kind::Code => return false,
            Kind::Mark | Kind::End => false,
            Kind::Word if roman(&token.raw).is_some() => return false,
            Kind::Word => self.lexicon.comma_is_decimal && token.lower.len() > 4,
        };
        !(self.lexicon.known.contains(&*token.lower) || (word && self.words(at).is_some()) || (word && self.ordinal(at).is_some()))
    }

    /// Whether a currency without a number is meant as one: not `the real world`, `gbp dch`, `$LANG`.
    fn is_money(&self, at: usize, code: &str) -> bool {
        let token = &self.tokens[at];
        let is_small_code = token.lower.eq_ignore_ascii_case(code) && *token.raw == *token.lower;
        let names = self.tokens.get(at + 1).is_some_and(|next| next.glued && matches!(next.kind, Kind::Word | Kind::Code));
        !(has(self.lexicon.common, token) || is_small_code || token.is("$") && names)
    }

    /// A word such as `about` that stands beside a number.
    fn extent(&self, at: usize, sense: &mut Sense) -> Option<(&'static str, usize)> {
        let (key, next) = self.lexicon.extents.at(self.tokens, at)?;
        let article = self.tokens.get(next).is_some_and(|token| has(&self.lexicon.table.definite, token));
        if self.quantity(next).is_some() || (article && self.quantity(next + 1).is_some()) {
            return Some((key, next));
        }
        // `5 milioni circa`, `60 persone circa`
        let noun = |at: usize| self.tokens[at].kind == Kind::Word && !self.tokens[at].is_capital();
        let behind = |at: usize| self.ends_quantity(at) || (at > 1 && noun(at - 1) && self.ends_quantity(at - 1));
        let after = at > 0 && !self.tokens[at].first && behind(at) && !sense.quantities.is_empty();
        let trails = matches!(key, "about" | "at least" | "at most") && after;
        if trails && let Some(quantity) = sense.quantities.last_mut() {
            quantity.rounded = true;
        }
        trails.then_some((key, next))
    }

    /// Whether what stands before `at` can be the end of a quantity.
    fn ends_quantity(&self, at: usize) -> bool {
        let before = &self.tokens[at - 1];
        let scale = self.lexicon.table.scales.contains_key(&*before.lower);
        let measure = self.lexicon.units.at(self.tokens, at - 1).is_some() || self.lexicon.currencies.at(self.tokens, at - 1).is_some();
        before.kind == Kind::Number || scale || measure || self.lexicon.table.numbers.contains_key(&*before.lower)
    }

    /// Whether the phrase at `start` ends at `end`, or at an article before it.
    fn ends_before(&self, start: usize, end: usize) -> bool {
        let next = self.lexicon.extents.at(self.tokens, start).map_or(end, |(_, next)| next);
        next == end || (next + 1 == end && has(&self.lexicon.table.definite, &self.tokens[next]))
    }

    /// Past a hyphen between words.
    pub fn skip_hyphen(&self, at: usize) -> usize {
        let hyphen = self.tokens.get(at).is_some_and(|token| token.is("-") && token.glued);
        if hyphen && self.tokens.get(at + 1).is_some_and(|next| next.glued) { at + 1 } else { at }
    }

    /// The words of a name from `at` on, or a run of digits that is no number; else nothing, one token on.
    fn name(&self, at: usize, sense: &mut Sense) -> usize {
        let token = &self.tokens[at];
        if token.kind == Kind::Number {
            let (text, next) = self.code(at);
            sense.names.push(name(&text, at));
            return next;
        }
        if !self.is_name(at) {
            return at + 1;
        }
        let (mut text, mut next) = (token.raw.to_string(), at + 1);
        if let Some(number) = self.own_number(at) {
            text = format!("{text} {}", self.tokens[number].raw);
            next = number + 1;
        }
        let listed = sense.names.last().is_some_and(|last| self.is_list(last.at, at));
        let role = self.role(at, sense.names.last(), listed);
        sense.names.push(Name { opens: token.first && token.kind == Kind::Word, listed, role, ..name(&text, at) });
        next
    }

    fn is_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.kind {
            Kind::Code => true,
            Kind::Word if self.own_number(at).is_some() || (token.has_inner_capital() && !token.is_capital()) => true,
            Kind::Word => {
                let ordinary = self.lexicon.plain.contains(&*token.lower) || (token.first && self.is_opener(at));
                token.is_capital() && !token.raw.ends_with('\'') && (self.is_acronym(at) || !ordinary)
            }
            _ => false,
        }
    }

    /// Whether the first word of a sentence is a verb or an adverb rather than a name.
    fn is_opener(&self, at: usize) -> bool {
        const SHORT: usize = 6;
        let token = &self.tokens[at];
        let ends = |ending: &String| token.lower.len() > SHORT && token.lower.ends_with(&**ending);
        self.lexicon.openers.contains(&*token.lower)
            || self.lexicon.endings.iter().any(ends)
            || self.has_object(at)
            || self.tense(token).is_some()
    }

    /// Whether the next word follows a verb rather than a name: `Click the button`.
    fn has_object(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1).filter(|next| next.kind == Kind::Word && !next.is_capital());
        next.is_some_and(|next| self.lexicon.objects.contains(&*next.lower))
    }

    /// Two capitals or more, among words that are not all written so.
    fn is_acronym(&self, at: usize) -> bool {
        let shouts = |token: &Token| token.raw.chars().count() > 1 && !token.raw.chars().any(char::is_lowercase);
        let beside = |at: Option<&Token>| at.is_some_and(|token| token.kind == Kind::Word && shouts(token));
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        shouts(&self.tokens[at]) && !beside(before) && !beside(self.tokens.get(at + 1))
    }

    /// The number that belongs to the name before it: `iPhone 15`, `articolo 5`.
    fn own_number(&self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        let takes =
            self.lexicon.numbered.contains(&*token.lower) || (token.kind == Kind::Word && !token.is_capital() && token.has_inner_capital());
        let dot = self.tokens.get(at + 1).is_some_and(|next| next.is(".") && next.glued && token.lower.len() <= 3);
        let number = at + 1 + usize::from(dot);
        let digits = self.tokens.get(number).filter(|next| next.kind == Kind::Number && next.raw.len() <= 5)?;
        let measured = self
            .quantity(number)
            .is_some_and(|(quantity, next)| quantity.unit.is_some() || quantity.currency.is_some() || next > number + 1);
        (takes && !measured && !digits.raw.contains(' ')).then_some(number)
    }

    /// Whether only commas and `and` stand between the names at `last` and `at`.
    fn is_list(&self, last: usize, at: usize) -> bool {
        let between = &self.tokens[last + 1..at];
        let joint = |token: &Token| token.is(",") || token.is("&") || has(&self.lexicon.table.and, token);
        !between.is_empty() && between.len() <= 3 && between.iter().all(joint)
    }

    /// Digits that are no number (`1.2.3`, `5G`), with what is glued to them.
    fn code(&self, at: usize) -> (String, usize) {
        let (mut text, mut next) = (self.tokens[at].raw.to_string(), at + 1);
        while let Some(token) = self.tokens.get(next).filter(|token| token.glued && token.kind != Kind::End) {
            let joint = ["-", "/", ":", "."].iter().any(|mark| token.is(mark));
            let goes_on = self.tokens.get(next + 1).is_some_and(|after| after.glued && matches!(after.kind, Kind::Number | Kind::Code));
            if token.kind == Kind::Mark && !(joint && goes_on) {
                break;
            }
            text.push_str(&token.raw);
            next += 1;
        }
        (text, next)
    }

    /// The section of a manual that a name has behind it: in `xdu(1x)` nothing stands there once.
    fn section(&self, at: usize) -> Option<(Quantity, usize)> {
        let glued = |at: usize, mark: &str| self.tokens.get(at).is_some_and(|token| token.glued && *token.raw == *mark);
        let named = at > 1 && glued(at - 1, "(") && matches!(self.tokens[at - 2].kind, Kind::Word | Kind::Code);
        let digit = self.tokens.get(at).filter(|token| named && token.glued && token.kind == Kind::Number && token.raw.len() == 1)?;
        let value = Number::new(&digit.raw, 0);
        let quantity = Quantity { value, until: None, ordinal: false, currency: None, unit: None, rounded: false };
        (glued(at + 1, "x") && glued(at + 2, ")")).then_some((quantity, at + 3))
    }

    /// Groups of digits after a `+` or a 0, eight digits or more.
    fn phone(&self, at: usize) -> Option<(String, usize)> {
        let start = at + usize::from(self.tokens[at].is("+"));
        let first = self.tokens.get(start).filter(|first| first.kind == Kind::Number)?;
        if start == at && !first.raw.starts_with('0') {
            return None;
        }
        let (mut digits, mut next, mut groups) = (String::new(), start, 0);
        while let Some(token) = self.tokens.get(next).filter(|_| groups < 8) {
            if token.kind == Kind::Number && !token.raw.contains(['.', ',', '\'']) {
                digits.extend(token.raw.chars().filter(char::is_ascii_digit));
                groups += 1;
            } else if !(token.is("-") || token.is("/")) {
                break;
            }
            next += 1;
        }
        (groups > 1 && digits.len() >= 8).then_some((digits, next))
    }
}

fn name(text: &str, at: usize) -> Name {
    let key: String = text.to_lowercase().chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    Name { text: text.into(), key: key.into(), opens: false, listed: false, role: None, at }
}
