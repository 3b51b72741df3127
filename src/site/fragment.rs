//! Links to words on a page by the words themselves: text fragments (<https://wicg.github.io/scroll-to-text-fragment/>).
//! What a browser cannot find as it is written is taken apart: a term ends where a block ends, and where something
//! stands on the page that is not in the canonical text.

use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Hyphens, commas and ampersands mean something in a text directive.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_');

/// So many words before and after are tried, until the term stands on the page once.
const CONTEXTS: [usize; 4] = [0, 3, 6, 12];
/// Words at either end of a run that is named by its ends.
const ENDS: usize = 4;
/// A longer run, in bytes, is named by its ends.
const LONG: usize = 80;

/// A canonical text as it stands on a page.
#[derive(Default)]
pub struct Page<'t> {
    text: &'t str,
    /// Where a block ends, or something else stands between two characters, ascending.
    breaks: Vec<usize>,
    /// Those of them at which numbers of footnotes stand, ascending.
    numbers: Vec<usize>,
    /// All that readers see, in lower case: browsers look without regard to case.
    seen: String,
    /// Whether the words around a quote stand on the page.
    whole: bool,
}

/// In lower case. Most texts have capitals of ASCII alone, and those are lowered many at a time.
fn lowered(text: &str) -> String {
    let has_others = text.chars().any(|letter| !letter.is_ascii() && !letter.to_lowercase().eq([letter]));
    if has_others { text.to_lowercase() } else { text.to_ascii_lowercase() }
}

impl<'t> Page<'t> {
    /// The page that shows `text`, interrupted by the `numbers` of footnotes, and the words `around` it. Without `whole` it shows nothing of the text but the quotes.
    pub fn new<'a>(text: &'t str, numbers: Vec<usize>, around: impl Iterator<Item = &'a str>, whole: bool) -> Self {
        let mut seen = lowered(text);
        for words in around {
            seen.push('\n');
            seen.push_str(&lowered(words));
        }
        let lines = text.match_indices('\n').map(|(at, _)| at);
        let mut breaks: Vec<usize> = lines.chain(numbers.iter().copied()).collect();
        breaks.sort_unstable();
        Self { text, breaks, numbers, seen, whole }
    }

    /// What stands behind `#` in a link to the words at `range`; `None` when a browser would find other words.
    pub fn directive(&self, range: &Range<usize>) -> Option<String> {
        let range = self.to_whole_words(range);
        let first = self.run(range.start, range.end)?;
        let last = self.last_run(&range)?;
        let (start, end) = if first == last { self.ends_of(first) } else { (self.head(first), Some(self.tail(last))) };
        let words = CONTEXTS.into_iter().filter(|words| self.whole || *words == 0);
        let mut contexts = words.map(|words| (self.before(&start, words), self.after(end.as_ref().unwrap_or(&start), words)));
        let (before, after) = contexts.find(|(before, after)| {
            let until = if end.is_some() { start.end } else { after.end };
            self.is_only(before.start..until)
        })?;
        Some(self.write(&before, &start, end.as_ref(), &after))
    }

    /// Browsers look for whole words, and take `l’acqua` or `3.5` for one.
    fn to_whole_words(&self, range: &Range<usize>) -> Range<usize> {
        let before = self.text[..range.start].chars().rev();
        let after = self.text[range.end..].chars();
        let start = range.start - length_of_joined(before.clone());
        let end = range.end + length_of_joined(after);
        let inner = |at: &usize| *at > start && *at <= range.start;
        let start = self.breaks.iter().copied().rfind(inner).unwrap_or(start);
        let outer = |at: &usize| *at >= range.end && *at < end;
        let end = self.breaks.iter().copied().find(outer).unwrap_or(end);
        start..end
    }

    /// The first run of words between `from` and `until` that nothing interrupts.
    fn run(&self, from: usize, until: usize) -> Option<Range<usize>> {
        let mut from = from;
        loop {
            let end = self.breaks.iter().copied().find(|at| *at > from && *at < until).unwrap_or(until);
            let run = self.apart(self.trimmed(from..end));
            if !run.is_empty() || end == until {
                return (!run.is_empty()).then_some(run);
            }
            from = end;
        }
    }

    fn last_run(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let inside = self.breaks.iter().copied().rev().filter(|at| *at > range.start && *at < range.end);
        let starts = inside.chain([range.start]);
        let mut end = range.end;
        for start in starts {
            let run = self.apart(self.trimmed(start..end));
            if !run.is_empty() {
                return Some(run);
            }
            end = start;
        }
        None
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let words = &self.text[range.clone()];
        let start = range.start + (words.len() - words.trim_start().len());
        start..(start + words.trim().len())
    }

    /// The run without a word that a footnote's number is joined to: a browser takes both for one.
    fn apart(&self, mut run: Range<usize>) -> Range<usize> {
        let joins = |at: usize| self.numbers.binary_search(&at).is_ok();
        let words = &self.text[run.clone()];
        if joins(run.end) && words.ends_with(char::is_alphanumeric) {
            run.end = words.rfind(' ').map_or(run.start, |at| run.start + at);
        }
        let words = &self.text[run.clone()];
        if joins(run.start) && words.starts_with(char::is_alphanumeric) {
            run.start = words.find(' ').map_or(run.end, |at| run.start + at + 1);
        }
        run
    }

    /// A long run by its first and last words, when those lead to its end and nowhere before.
    fn ends_of(&self, run: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
        if run.len() <= LONG {
            return (run, None);
        }
        let (head, tail) = (self.head(run.clone()), self.tail(run.clone()));
        let between = lowered(self.text.get(head.end..run.end).unwrap_or_default());
        let sought = lowered(&self.text[tail.clone()]);
        let leads = head.end < tail.start && between.find(&sought) == Some(between.len() - sought.len());
        if leads { (head, Some(tail)) } else { (run, None) }
    }

    fn head(&self, run: Range<usize>) -> Range<usize> {
        let words = &self.text[run.clone()];
        let end = words.match_indices(' ').nth(ENDS - 1).map_or(run.end, |(at, _)| run.start + at);
        run.start..end
    }

    fn tail(&self, run: Range<usize>) -> Range<usize> {
        let words = &self.text[run.clone()];
        let start = words.rmatch_indices(' ').nth(ENDS - 1).map_or(run.start, |(at, _)| run.start + at + 1);
        start..run.end
    }

    /// Up to so many words before a term, in the same run of the same block.
    fn before(&self, term: &Range<usize>, words: usize) -> Range<usize> {
        let from = self.breaks.iter().copied().rfind(|at| *at <= term.start).unwrap_or(0);
        let run = &self.text[from..term.start];
        let run = run.trim_end();
        let end = from + run.len();
        match (words, run.trim().is_empty()) {
            (0, _) | (_, true) => term.start..term.start,
            _ => {
                let start = run.rmatch_indices(' ').nth(words - 1).map_or(from, |(at, _)| from + at);
                self.apart(self.trimmed(start..end))
            }
        }
    }

    /// Up to so many words after a term, in the same run of the same block.
    fn after(&self, term: &Range<usize>, words: usize) -> Range<usize> {
        let until = self.breaks.iter().copied().find(|at| *at >= term.end).unwrap_or(self.text.len());
        let run = &self.text[term.end..until];
        let gap = run.len() - run.trim_start().len();
        // A suffix begins where a word does: what is joined to the term cannot be told apart.
        match (words, run.trim().is_empty() || gap == 0 && run.starts_with(char::is_alphanumeric)) {
            (0, _) | (_, true) => term.end..term.end,
            _ => {
                let end = run[gap..].match_indices(' ').nth(words - 1).map_or(until, |(at, _)| term.end + gap + at);
                self.apart(self.trimmed(term.end..end))
            }
        }
    }

    fn is_only(&self, range: Range<usize>) -> bool {
        self.seen.matches(&lowered(&self.text[range])).take(2).count() == 1
    }

    fn write(&self, before: &Range<usize>, start: &Range<usize>, end: Option<&Range<usize>>, after: &Range<usize>) -> String {
        let encoded = |range: &Range<usize>| utf8_percent_encode(&self.text[range.clone()], ENCODED).to_string();
        let mut directive = String::from(":~:text=");
        if !before.is_empty() {
            directive.push_str(&encoded(before));
            directive.push_str("-,");
        }
        directive.push_str(&encoded(start));
        if let Some(end) = end {
            directive.push(',');
            directive.push_str(&encoded(end));
        }
        if !after.is_empty() {
            directive.push_str(",-");
            directive.push_str(&encoded(after));
        }
        directive
    }
}

/// How many bytes of these characters belong to the word at whose edge they begin.
fn length_of_joined(characters: impl Iterator<Item = char> + Clone) -> usize {
    let mut characters = characters.peekable();
    let mut length = 0;
    while let Some(c) = characters.next() {
        let links = matches!(c, '\'' | '’' | '.' | ',' | ':' | '·' | '_') && characters.peek().is_some_and(|next| is_in_word(*next));
        if !is_in_word(c) && !links {
            break;
        }
        length += c.len_utf8();
    }
    length
}

/// In scripts that part words by spaces.
fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() && u32::from(c) < 0x2E80
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The link to `quote` in `text`, in which `|` stands for the number of a footnote.
    fn check(text: &str, quote: &str, expected: &str) {
        check_all(text, quote, Some(expected));
    }

    fn check_all(text: &str, quote: &str, expected: Option<&str>) {
        let breaks: Vec<usize> = text.match_indices('|').enumerate().map(|(nth, (at, _))| at - nth).collect();
        let (text, quote) = (text.replace('|', ""), quote.replace('|', ""));
        let start = text.find(&quote).unwrap();
        let page = Page::new(&text, breaks, ["A River in flood"].into_iter(), true);
        assert_eq!(page.directive(&(start..start + quote.len())).as_deref(), expected, "{text}");
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_lowered_as_the_standard_library_does(text in "[a-zA-ZàÀéΣσİıßẞǅ ,.]{0,12}|\\PC{0,12}") {
            proptest::prop_assert_eq!(lowered(&text), text.to_lowercase());
        }
    }

    #[test]
    fn words_that_occur_once_need_no_context() {
        check("The water rose.", "water", ":~:text=water");
        check("A well-known, old & deep lake.", "well-known, old & deep", ":~:text=well%2Dknown%2C%20old%20%26%20deep");
    }

    #[test]
    fn words_that_occur_again_are_told_by_what_stands_around_them() {
        check("The river rose. Then the river fell fast.", "river fell", ":~:text=river%20fell");
        check("On Monday the river rose.", "river", ":~:text=On%20Monday%20the-,river,-rose.");
        check("River.\nMore of it.", "River", ":~:text=River,-.");
    }

    #[test]
    fn a_word_is_taken_whole() {
        check("Scorre l’acqua chiara.", "acqua", ":~:text=l%E2%80%99acqua");
        check("It fell 3.5 metres.", "5 metres", ":~:text=3.5%20metres");
    }

    #[test]
    fn a_quote_that_is_interrupted_is_named_by_its_ends() {
        check("One two three.\nFour five six.", "two three.\nFour five", ":~:text=two%20three.,Four%20five");
        check("Once the old dam| held well.", "the old dam| held", ":~:text=the%20old,held");
    }

    #[test]
    fn a_word_with_the_number_of_a_footnote_is_left_out() {
        check("Then the old dam| held well.", "old dam", ":~:text=old");
        check_all("Then the dam| held well.", "dam", None);
    }

    #[test]
    fn words_that_would_be_found_elsewhere_have_no_link() {
        check_all("A river in flood\nIt rose.", "river in flood", None);
    }

    #[test]
    fn a_long_quote_is_named_by_its_ends() {
        let long = "first of all the water came over the wall and then it went into every house of the old town";
        check(&format!("So {long}."), long, ":~:text=first%20of%20all%20the,of%20the%20old%20town");
        let twice = "the water began to come and was in the old town then it went back and again it was in the old town";
        check(&format!("So {twice}."), twice, &format!(":~:text={}", twice.replace(' ', "%20")));
    }
}
