//! A quote taken anew from its article: the words that stand there now, with as much around them as tells them apart.

use std::ops::Range;

use super::{Change, NewValue};
use crate::archive::anchor::{Found, Haystack};
use crate::archive::quotation;
use crate::base::DataPath;
use crate::parse::sidecar::Anchor;

/// So many characters stand around a quote that had less around it, or nothing.
const AROUND: usize = 32;

/// The anchor for the words at `place` of the canonical `text`, in the manner of the `old` one; `None` when these words
/// cannot be told from others.
pub fn requote(haystack: &Haystack<'_>, text: &str, place: &Range<usize>, old: &Anchor) -> Option<Anchor> {
    let place = &paired(text, place, &old.exact);
    let length = |context: &Option<Box<str>>| context.as_deref().map(|words| words.chars().count().max(AROUND / 2));
    let like_old = quote(text, place, length(&old.prefix), length(&old.suffix));
    let wide = quote(text, place, Some(AROUND), Some(AROUND));
    let counted =
        (1..).map_while(std::num::NonZeroU32::new).take(MOST_ALIKE).map(|number| Anchor { occurrence: Some(number), ..wide.clone() });
    let mut choices = [like_old, wide.clone()].into_iter().chain(counted);
    choices.find(|anchor| matches!(haystack.find(anchor), Found::At(found) if found == *place))
}

/// The place with its quotation marks in pairs, if those of the old quote were: with the other mark of a pair, where
/// that is near; else without the lone one, where it stands at the edge.
fn paired(text: &str, place: &Range<usize>, old: &str) -> Range<usize> {
    let is_edge = |words: &str| !words.contains(char::is_alphanumeric);
    let mut new = place.clone();
    let blocks = quotation::blocks(text, place);
    for pair in quotation::pairs(&text[blocks.clone()]) {
        let pair = blocks.start + pair.start..blocks.start + pair.end;
        let inside = pair.start + text[pair.clone()].chars().next().map_or(0, char::len_utf8);
        let close = pair.end - text[pair.clone()].chars().next_back().map_or(0, char::len_utf8);
        let (opens, closes) = (place.contains(&pair.start), place.contains(&close));
        if opens && !closes && place.end <= close && !holds_lone(old, &text[pair.start..inside]) {
            let at_edge = is_edge(&text[place.start..pair.start]);
            match &text[place.end..close] {
                rest if is_edge(rest) || !at_edge && rest.len() <= place.len() => new.end = pair.end,
                _ if at_edge => new.start = inside,
                _ => {}
            }
        } else if closes && !opens && inside <= place.start && !holds_lone(old, &text[close..pair.end]) {
            let at_edge = is_edge(&text[pair.end..place.end]);
            match &text[inside..place.start] {
                rest if is_edge(rest) || !at_edge && rest.len() <= place.len() => new.start = pair.start,
                _ if at_edge => new.end = close,
                _ => {}
            }
        }
    }
    new
}

/// Whether words have this mark outside of its pairs.
fn holds_lone(words: &str, mark: &str) -> bool {
    let pairs = quotation::pairs(words);
    words.match_indices(mark).any(|(at, _)| !pairs.iter().any(|pair| pair.contains(&at)))
}

/// Among more equal sentences nobody counts.
const MOST_ALIKE: usize = 50;

fn quote(text: &str, place: &Range<usize>, before: Option<usize>, after: Option<usize>) -> Anchor {
    Anchor {
        exact: text[place.clone()].into(),
        prefix: before.map(|length| before_place(text, place.start, length)).filter(|words| !words.trim().is_empty()),
        suffix: after.map(|length| after_place(text, place.end, length)).filter(|words| !words.trim().is_empty()),
        occurrence: None,
    }
}

/// The words before a place, whole ones, from its own block if there are any.
fn before_place(text: &str, at: usize, length: usize) -> Box<str> {
    let before = &text[..at];
    let block = before.trim_end_matches('\n').rfind('\n').map_or(0, |newline| newline + 1);
    let near = before.char_indices().rev().take(length).last().map_or(at, |(start, _)| start);
    let start = before[..near].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    one_line(&before[start.max(block)..])
}

/// The words after a place, whole ones, from its own block if there are any.
fn after_place(text: &str, at: usize, length: usize) -> Box<str> {
    let after = &text[at..];
    let inside = after.trim_start_matches('\n');
    let block = inside.find('\n').map_or(after.len(), |newline| after.len() - inside.len() + newline);
    let near = after.char_indices().take(length).last().map_or(0, |(start, c)| start + c.len_utf8());
    let end = after[near..].find(char::is_whitespace).map_or(after.len(), |space| near + space);
    one_line(&after[..end.min(block)])
}

/// Runs of white space as one space: a context says which words stand there, not how they are set.
fn one_line(words: &str) -> Box<str> {
    let mut line = String::with_capacity(words.len());
    for c in words.chars() {
        match c.is_whitespace() {
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(c),
        }
    }
    line.into()
}

/// What turns the anchor of the fact at `position` from `old` into `new`.
pub fn changes(position: usize, old: &Anchor, new: &Anchor) -> Vec<Change> {
    let path = |key: &str| DataPath::root().key("facts").index(position).key("anchor").key(key);
    let mut changes = Vec::new();
    if old.exact != new.exact {
        changes.push(Change { path: path("exact"), to: NewValue::Text(new.exact.to_string()) });
    }
    for (key, old, new) in [("prefix", &old.prefix, &new.prefix), ("suffix", &old.suffix, &new.suffix)] {
        match new {
            Some(words) if old.as_ref() != Some(words) => changes.push(Change { path: path(key), to: NewValue::Text(words.to_string()) }),
            None if old.is_some() => changes.push(Change { path: path(key), to: NewValue::Absent }),
            _ => {}
        }
    }
    match (old.occurrence, new.occurrence) {
        (old, Some(number)) if old != Some(number) => changes.push(Change { path: path("occurrence"), to: NewValue::Number(number.get()) }),
        (Some(_), None) => changes.push(Change { path: path("occurrence"), to: NewValue::Absent }),
        _ => {}
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;

    fn anchor(exact: &str, prefix: Option<&str>, suffix: Option<&str>) -> Anchor {
        Anchor { exact: exact.into(), prefix: prefix.map(Into::into), suffix: suffix.map(Into::into), occurrence: None }
    }

    fn check_requote(text: &str, words: &str, old: &Anchor, expected: &Anchor) {
        let lang = Lang::new("en").unwrap();
        let start = text.find(words).unwrap();
        let new = requote(&Haystack::new(text, &lang), text, &(start..start + words.len()), old).unwrap();
        assert_eq!(format!("{new:?}"), format!("{expected:?}"));
    }

    #[test]
    fn a_quote_without_context_stays_without() {
        check_requote("The river rose.", "river rose", &anchor("river fell", None, None), &anchor("river rose", None, None));
    }

    #[test]
    fn marks_come_in_pairs() {
        let exact = |text: &str, words: &str, old: &str| {
            let start = text.find(words).unwrap();
            let lang = Lang::new("en").unwrap();
            let place = start..start + words.len();
            requote(&Haystack::new(text, &lang), text, &place, &anchor(old, None, None)).unwrap().exact.to_string()
        };
        let text = "The mayor said: “We never saw it rise so fast.” He was “not ready”, he said, and “a little afraid of it”.";
        for (words, expected) in [
            ("“We never saw it rise so fast", "“We never saw it rise so fast.”"),
            ("“We never saw it", "We never saw it"),
            ("rise so fast.”", "rise so fast."),
            ("The mayor said: “We never saw", "The mayor said: “We never saw it rise so fast.”"),
            ("said: “We never saw it rise so fast.” He was “not ready", "said: “We never saw it rise so fast.” He was “not ready”"),
            ("He was “not ready”, he said, and “a", "He was “not ready”, he said, and “a little afraid of it”"),
            ("said, and “a", "said, and “a"),
        ] {
            assert_eq!(exact(text, words, "He said so"), expected);
        }
        assert_eq!(exact(text, "“We never saw it", "“We saw it"), "“We never saw it", "the old quote had a lone mark");
        let nested = "‘It said “go” to us’";
        assert_eq!(exact(nested, "said “go", "said so"), "said “go”");
    }

    #[test]
    fn context_is_taken_anew_in_whole_words() {
        let text = "Nobody expected it.\nIn the night of Monday the river rose by two metres and then it fell again.";
        let expected = anchor("river rose by two metres", Some("night of Monday the "), None);
        check_requote(text, "river rose by two metres", &anchor("x", Some("of Monday the "), None), &expected);
    }

    #[test]
    fn words_that_stand_twice_get_something_around_them() {
        let text = "First the river rose.\nThen the river rose.";
        let second = text.rfind("the river rose").unwrap();
        let lang = Lang::new("en").unwrap();
        let place = second..second + "the river rose".len();
        let new = requote(&Haystack::new(text, &lang), text, &place, &anchor("x", None, None)).unwrap();
        assert_eq!((new.prefix.as_deref(), new.suffix.as_deref()), (Some("Then "), Some(".")));
    }

    #[test]
    fn equal_sentences_are_counted_in_the_end() {
        let text = "a b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b\na b";
        let lang = Lang::new("en").unwrap();
        let new = requote(&Haystack::new(text, &lang), text, &(40..43), &anchor("x", None, None)).unwrap();
        assert_eq!(new.occurrence.map(std::num::NonZeroU32::get), Some(11));
    }

    #[test]
    fn only_what_differs_is_changed() {
        let said =
            |old: &Anchor, new: &Anchor| -> Vec<String> { changes(2, old, new).iter().map(|change| change.path.to_string()).collect() };
        assert_eq!(said(&anchor("a", None, None), &anchor("b", None, None)), ["facts[2].anchor.exact"]);
        assert_eq!(
            said(&anchor("a", Some("x"), None), &anchor("a", None, Some("y"))),
            ["facts[2].anchor.prefix", "facts[2].anchor.suffix"]
        );
    }
}
