//! Every place where some words occur, overlapping ones too: `ha ha` occurs twice in `ha ha ha`.

use std::ops::Range;

use memchr::memmem::Finder;

/// The runs of `text` that spell `words`, which are not empty, in order. Takes time in proportion to both.
pub(super) fn of(words: &str, text: &str) -> Vec<Range<usize>> {
    let (needle, hay) = (words.as_bytes(), text.as_bytes());
    let mut search = Search::new(needle);
    let mut borders: Option<Vec<usize>> = None;
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(start) = search.next(hay, from) {
        places.push(start..start + needle.len());
        let borders = borders.get_or_insert_with(|| borders_of(needle));
        from = follow(needle, borders, hay, start + needle.len(), &mut places);
    }
    places
}

/// A search for the beginning of the needle, which is quick to prepare, and for the whole needle as soon as the
/// beginning has been met too often in other company.
struct Search<'n> {
    needle: &'n [u8],
    beginning: Finder<'n>,
    whole: Option<Finder<'n>>,
    misses: usize,
}

impl<'n> Search<'n> {
    /// So many bytes are looked up with nothing to prepare.
    const SHORT: usize = 32;
    const MISSES: usize = 16;

    fn new(needle: &'n [u8]) -> Self {
        Self { needle, beginning: Finder::new(&needle[..needle.len().min(Self::SHORT)]), whole: None, misses: 0 }
    }

    /// The first place from `from` on.
    fn next(&mut self, hay: &[u8], mut from: usize) -> Option<usize> {
        while self.misses < Self::MISSES {
            let start = from + self.beginning.find(&hay[from..])?;
            if hay[start..].starts_with(self.needle) {
                return Some(start);
            }
            self.misses += 1;
            from = start + 1;
        }
        let whole = self.whole.get_or_insert_with(|| Finder::new(self.needle));
        whole.find(&hay[from..]).map(|offset| from + offset)
    }
}

/// Goes on from a match that ended at `from` as long as part of the needle stands before (Knuth, Morris and
/// Pratt 1977); gives where nothing of it does.
fn follow(needle: &[u8], borders: &[usize], hay: &[u8], from: usize, places: &mut Vec<Range<usize>>) -> usize {
    let mut matched = borders[needle.len() - 1];
    let mut at = from;
    while matched > 0 && at < hay.len() {
        while matched > 0 && needle[matched] != hay[at] {
            matched = borders[matched - 1];
        }
        if needle[matched] == hay[at] {
            matched += 1;
            at += 1;
        }
        if matched == needle.len() {
            places.push(at - matched..at);
            matched = borders[matched - 1];
        }
    }
    at
}

/// For each prefix of `needle` the length of its longest proper prefix that is also its suffix.
fn borders_of(needle: &[u8]) -> Vec<usize> {
    let mut borders = vec![0; needle.len()];
    let mut matched = 0;
    for at in 1..needle.len() {
        while matched > 0 && needle[matched] != needle[at] {
            matched = borders[matched - 1];
        }
        matched += usize::from(needle[matched] == needle[at]);
        borders[at] = matched;
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_occurrences_count() {
        let starts = |words: &str, text: &str| of(words, text).iter().map(|place| place.start).collect::<Vec<_>>();
        assert_eq!(starts("ha ha", "ha ha ha"), [0, 3]);
        assert_eq!(starts("aba", "ababa aba cababab"), [0, 2, 6, 11, 13]);
        assert_eq!(starts("ab", "abxab"), [0, 3]);
        assert_eq!(starts("aab", "aaab aab"), [1, 5]);
        assert_eq!(starts("é", "éé"), [0, 2]);
        assert_eq!(starts("x", "abc"), [0; 0]);
    }

    #[test]
    fn repetition_takes_no_square_of_time() {
        assert_eq!(of(&"a ".repeat(100_000), &"a ".repeat(200_000)).len(), 100_001);
        assert_eq!(of(&("a ".repeat(100_000) + "b"), &("a ".repeat(200_000) + "b")).len(), 1);
    }
}
