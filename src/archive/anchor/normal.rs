//! A text in which typographic variants are alike, with the way back to the original.

use std::ops::Range;

use icu::normalizer::ComposingNormalizerBorrowed;
use icu::properties::CodePointMapData;
use icu::properties::props::GeneralCategory;

/// A normalised text and, for each of its bytes, the original character that gave it.
pub struct Normal {
    text: String,
    /// The start of the original character, for each byte of `text`.
    starts: Vec<u32>,
    /// The end of the original character, for each byte of `text`.
    ends: Vec<u32>,
}

impl Normal {
    /// NFKC; quotes, dashes and runs of white space each become one character; soft hyphens and other
    /// invisible characters go. Numbers stay what they are: `10²` is not `102`. `original` is in NFC.
    pub fn new(original: &str) -> Self {
        let mut normal = Self { text: String::with_capacity(original.len()), starts: Vec::new(), ends: Vec::new() };
        let mut folded = String::new();
        for (start, c) in original.char_indices() {
            folded.clear();
            fold(c, &mut folded);
            for c in folded.chars() {
                if c == ' ' && normal.text.ends_with(' ') {
                    continue;
                }
                normal.push(c, start, start + original[start..].chars().next().map_or(0, char::len_utf8));
            }
        }
        normal
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        self.text.push(c);
        let narrow = |position: usize| u32::try_from(position).expect("the source floor refuses texts of 4 GiB");
        self.starts.resize(self.text.len(), narrow(start));
        self.ends.resize(self.text.len(), narrow(end));
    }

    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The normalised text alone.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The run of the original that gave `range`, which is not empty.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        self.starts[range.start] as usize..self.ends[range.end - 1] as usize
    }
}

/// What `c` becomes; nothing, if it is invisible.
pub(super) fn fold(c: char, folded: &mut String) {
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => folded.push('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '´' | '`' => folded.push('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => folded.push('-'),
        c if c.is_whitespace() => folded.push(' '),
        c if c.is_ascii() || is_other_number(c) => folded.push(c),
        c => {
            let mut buffer = [0; 4];
            let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(c.encode_utf8(&mut buffer));
            folded.extend(composed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
        }
    }
}

/// Superscripts and subscripts, circled digits, vulgar fractions: a digit folded out of one makes another number.
fn is_other_number(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    category == GeneralCategory::OtherNumber || ('\u{2070}'..='\u{209f}').contains(&c)
}
