//! The heading, or the line of a list, right above a quote: what stands under `Sales in 2023` says something else under
//! `Sales in 2024`.

use std::ops::Range;

use crate::base::Lang;
use crate::prose::{self, Aspect, Difference};

/// Lines with more words are no headings.
const LONGEST: usize = 14;

/// What the line above `place` says otherwise than the one that `prefix` ends with: another figure or date in the place of
/// one, or a denial.
pub fn differences(text: &str, prefix: Option<&str>, place: &Range<usize>, lang: &Lang) -> Vec<Difference> {
    let Some((above, is_whole)) = prefix.and_then(last_line) else { return Vec::new() };
    let Some((now, _)) = last_line(&text[..place.start]) else { return Vec::new() };
    // Of a context that was cut at some number of characters, the first word may be half of one.
    let words = above.split_whitespace().count();
    let skipped = |line: &str, kept: usize| {
        line.split_whitespace().skip(line.split_whitespace().count().saturating_sub(kept)).collect::<Vec<_>>().join(" ")
    };
    let (was, now) = if is_whole { (above.to_owned(), now.to_owned()) } else { (skipped(above, words - 1), skipped(now, words - 1)) };
    let mut found = prose::differences(&prose::sense(&was, lang), &prose::sense(&now, lang));
    found.retain(|difference| match difference.aspect {
        Aspect::Numbers | Aspect::Dates => difference.is_exchange(),
        Aspect::Negations => true,
        _ => false,
    });
    found
}

/// The last line of `before`, which ends a block, if it is a heading: short, and no sentence. And whether it is all there.
fn last_line(before: &str) -> Option<(&str, bool)> {
    let lines = before.trim_end_matches(' ').strip_suffix('\n')?.trim_end();
    let (line, is_whole) = lines.rsplit_once('\n').map_or((lines, false), |(_, line)| (line, true));
    let is_sentence = line.ends_with(['.', '!', '?', '…', ':', ';', ',']);
    let words = line.split_whitespace().count();
    (!is_sentence && (1..=LONGEST).contains(&words)).then_some((line, is_whole))
}
