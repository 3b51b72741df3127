//! A text cut into words, numbers and marks, with typographic variants made alike. One pass, no language.

use icu::normalizer::ComposingNormalizerBorrowed;
use icu::properties::CodePointMapData;
use icu::properties::props::GeneralCategory;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters; with the apostrophe where a vowel was dropped (`l'`), and `n't` as `not`.
    Word,
    /// A word with digits in it: `H100`, `Covid-19`.
    Code,
    /// Digits with the separators between them: `60.000.000`, `1.5`, `60 000`.
    Number,
    /// One other character.
    Mark,
    /// The end of a line, thus of a block.
    End,
}

/// A piece of the text.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    /// As written, folded.
    pub raw: Box<str>,
    /// In small letters.
    pub lower: Box<str>,
    /// No white space stands before it.
    pub glued: bool,
    /// The first word of a sentence, or after a colon, a quote or a bracket: its capital says nothing.
    pub first: bool,
}

impl Token {
    pub fn is(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && &*self.lower == mark
    }

    pub fn is_capital(&self) -> bool {
        self.raw.starts_with(char::is_uppercase)
    }

    /// Writes the word as `right`, with its capital.
    pub fn spell(&mut self, right: &str) {
        let mut letters = right.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        self.raw = if self.is_capital() { first.chain(letters).collect() } else { right.into() };
        self.lower = right.into();
    }

    /// A capital after the first letter: `iPhone`, `ENI`.
    pub fn has_inner_capital(&self) -> bool {
        self.raw.chars().skip(1).any(char::is_uppercase)
    }
}

/// The tokens of `text`, in its order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars = folded(text);
    let mut lexer = Lexer { chars: &chars, at: 0, spaced: true, first: true, tokens: Vec::new() };
    while lexer.at < chars.len() {
        lexer.step();
    }
    lexer.tokens
}

/// Quotes, dashes and white space each become one character; invisible ones go; the rest is composed.
fn folded(text: &str) -> Vec<char> {
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let compatible = ComposingNormalizerBorrowed::new_nfkc();
    let mut chars = Vec::with_capacity(composed.len());
    for c in composed.chars() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => chars.push('"'),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '´' | '`' | 'ʼ' => chars.push('\''),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => chars.push('-'),
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => chars.push('\n'),
            'º' => chars.push('°'),
            '⁄' => chars.push('/'),
            c if c.is_whitespace() => {
                if chars.last() != Some(&' ') {
                    chars.push(' ');
                }
            }
            c if c.is_ascii() || stays(c) => chars.push(c),
            c => chars.extend(compatible.normalize_iter(std::iter::once(c)).map(|c| if c.is_whitespace() { ' ' } else { c })),
        }
    }
    chars
}

/// A digit folded out of a superscript or a fraction makes another number.
fn stays(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    category == GeneralCategory::OtherNumber || matches!(c, '\u{2070}'..='\u{209f}' | 'ª')
}

struct Lexer<'c> {
    chars: &'c [char],
    at: usize,
    /// White space has just been passed.
    spaced: bool,
    first: bool,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn step(&mut self) {
        let c = self.chars[self.at];
        if c == ' ' {
            self.spaced = true;
            self.at += 1;
        } else if c == '\n' {
            self.push(Kind::End, self.at + 1);
            self.spaced = true;
            self.first = true;
        } else if c.is_ascii_digit() {
            self.push(Kind::Number, end_of_number(self.chars, self.at));
        } else if c.is_alphabetic() {
            self.word();
        } else {
            self.push(Kind::Mark, self.at + 1);
            self.first |= !matches!(c, ',' | '-' | '/' | '&' | '\'' | '%' | '$' | '€' | '£' | '°' | '+');
        }
    }

    fn word(&mut self) {
        if let Some((letters, end)) = dotted(self.chars, self.at) {
            self.push_as(Kind::Word, letters, end);
            // An abbreviation may end the sentence; only its last word can tell.
            self.first = true;
            return;
        }
        let end = end_of_run(self.chars, self.at);
        let kind = if self.chars[self.at..end].iter().any(char::is_ascii_digit) { Kind::Code } else { Kind::Word };
        if let Some(end) = end_of_code(self.chars, self.at, end) {
            return self.push(Kind::Code, end);
        }
        let next = |at: usize| self.chars.get(at).copied().unwrap_or(' ');
        if kind == Kind::Code || next(end) != '\'' || !next(end + 1).is_alphanumeric() {
            return self.push(kind, end);
        }
        self.apostrophe(end);
    }

    /// A word before an apostrophe: `didn't`, `Rossi's`, `l'Eni`, `l'11`, `O'Brien`.
    fn apostrophe(&mut self, end: usize) {
        let after = end_of_run(self.chars, end + 1);
        let tail: String = self.chars[end + 1..after].iter().collect::<String>().to_lowercase();
        match tail.as_str() {
            "t" if end > self.at + 1 && self.chars[end - 1].eq_ignore_ascii_case(&'n') => {
                self.push(Kind::Word, end - 1);
                self.push_as(Kind::Word, "not".to_owned(), after);
            }
            "s" => {
                self.push(Kind::Word, end);
                self.at = after;
            }
            "ll" | "d" | "re" | "ve" | "m" => {
                let long = [("ll", "will"), ("d", "would"), ("re", "are"), ("ve", "have"), ("m", "am")];
                let long = long.iter().find(|(short, _)| *short == tail).map_or("", |(_, long)| long);
                self.push(Kind::Word, end);
                self.push_as(Kind::Word, long.to_owned(), after);
            }
            _ if self.chars[self.at] == 'O' && end == self.at + 1 => self.push(Kind::Word, after),
            _ => self.push(Kind::Word, end + 1),
        }
    }

    fn push(&mut self, kind: Kind, end: usize) {
        let raw: String = self.chars[self.at..end].iter().collect();
        if kind == Kind::Word && raw.eq_ignore_ascii_case("cannot") {
            self.push_as(Kind::Word, "can".to_owned(), end);
            return self.push_as(Kind::Word, "not".to_owned(), end);
        }
        self.push_as(kind, raw, end);
    }

    fn push_as(&mut self, kind: Kind, raw: String, end: usize) {
        let lower = raw.to_lowercase().into();
        let elided = raw.ends_with('\'') && raw.len() > 1;
        self.tokens.push(Token { kind, raw: raw.into(), lower, glued: !self.spaced, first: self.first });
        self.first = self.first && !matches!(kind, Kind::Word | Kind::Code | Kind::Number);
        self.spaced = elided && self.chars.get(end) == Some(&' ');
        self.at = end;
    }
}

fn end_of_run(chars: &[char], start: usize) -> usize {
    let inside = |c: &char| c.is_alphabetic() || c.is_ascii_digit() || is_mark_of_letter(*c);
    chars[start..].iter().position(|c| !inside(c)).map_or(chars.len(), |length| start + length)
}

fn is_mark_of_letter(c: char) -> bool {
    !c.is_ascii() && CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::NonspacingMark
}

/// `U.S.`, `S.p.A.`, `p.m.`: the letters without their dots, and where they end.
fn dotted(chars: &[char], start: usize) -> Option<(String, usize)> {
    const LONGEST: usize = 12;
    let mut letters = String::new();
    let mut at = start;
    while letters.len() < LONGEST && at + 1 < chars.len() && chars[at].is_alphabetic() && chars[at + 1] == '.' {
        letters.push(chars[at]);
        at += 2;
    }
    if letters.chars().count() == 1 || chars.get(at).is_some_and(|c| c.is_alphabetic()) {
        // `U.S` without its last dot.
        let last = chars.get(at).filter(|c| c.is_alphabetic() && !letters.is_empty())?;
        let ends = chars.get(at + 1).is_none_or(|c| !c.is_alphanumeric());
        return ends.then(|| (letters + &last.to_string(), at + 1));
    }
    (!letters.is_empty()).then_some((letters, at))
}

/// Words that stand before a number with a hyphen and are no name with it.
const PREFIXES: &[&str] =
    &["pre", "post", "mid", "under", "over", "top", "sub", "non", "early", "late", "anti", "metà", "fine", "inizio", "to", "and", "plus"];

/// A name that goes on with digits after a hyphen (`Covid-19`, `GPT-4.5`, `F-35`): where it ends.
fn end_of_code(chars: &[char], start: usize, end: usize) -> Option<usize> {
    let mut at = end;
    let word: String = chars[start..end].iter().take(12).collect::<String>().to_lowercase();
    if PREFIXES.contains(&word.as_str()) {
        return None;
    }
    while chars.get(at).is_some_and(|c| *c == '-') && chars.get(at + 1).is_some_and(char::is_ascii_digit) {
        at = end_of_run(chars, at + 1);
        if chars.get(at) == Some(&'.') && chars.get(at + 1).is_some_and(char::is_ascii_digit) {
            at = end_of_run(chars, at + 1);
        }
    }
    (at > end).then_some(at)
}

/// Digits with `.`, `,` or `'` between them, or in groups of three with spaces.
fn end_of_number(chars: &[char], start: usize) -> usize {
    let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let head = digits(start);
    let mut at = start + head;
    if head <= 3 && chars[start] != '0' {
        while chars.get(at) == Some(&' ') && digits(at + 1) == 3 && chars.get(at + 4).is_none_or(|c| !c.is_alphanumeric()) {
            at += 4;
        }
    }
    while chars.get(at).is_some_and(|c| matches!(c, '.' | ',' | '\'')) {
        let more = digits(at + 1);
        if more == 0 {
            break;
        }
        at += 1 + more;
    }
    at
}
