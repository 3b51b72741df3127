//! Any run of any text is found again and marked, and the words on the page are the canonical text, whatever
//! Markdown they were written in.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::num::NonZeroU32;
use std::ops::Range;

use common::html::{self, Fragment, flat};
use postilla::archive::anchor::{self, Found};
use postilla::parse::body::{self, Body};
use postilla::parse::sidecar::{Anchor, Status};
use postilla::site::annotate::{self, Dressing};
use postilla::site::layers::Mark;
use proptest::prelude::*;
use proptest::sample::{Index, select};

mod markdown;

/// Whether no word and no figure runs over an edge.
fn is_whole(text: &str, run: &Range<usize>) -> bool {
    anchor::ends_where_words_end(text, run) && !anchor::are_cut(text, run, &english())
}

fn english() -> postilla::base::Lang {
    postilla::base::Lang::new("en").unwrap()
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn any_run_of_any_text_is_found_by_its_context(text in markdown::document(), ends in any::<(Index, Index)>()) {
        let body = read(&text);
        let Some(run) = run(&body.text, ends) else { return Ok(()) };
        let anchor = Anchor {
            exact: body.text[run.clone()].into(),
            prefix: Some(body.text[..run.start].into()),
            suffix: Some(body.text[run.end..].into()),
            occurrence: None,
        };
        let found = anchor::find(&body.text, &anchor, &english());
        if is_whole(&body.text, &run) {
            prop_assert_eq!(found, Found::At(run), "{:?} in {:?}", anchor.exact, body.text);
        } else {
            prop_assert_ne!(found, Found::At(run), "{:?} in {:?}", anchor.exact, body.text);
        }
    }

    #[test]
    fn any_run_of_any_text_is_found_by_its_number(text in markdown::document(), ends in any::<(Index, Index)>()) {
        let body = read(&text);
        let Some(run) = run(&body.text, ends) else { return Ok(()) };
        let quote = &body.text[run.clone()];
        if !is_whole(&body.text, &run) {
            return Ok(());
        }
        let stands_at = |start: &usize| {
            let stands = body.text.get(*start..).is_some_and(|rest| rest.starts_with(quote));
            stands && anchor::ends_where_words_end(&body.text, &(*start..start + quote.len()))
        };
        let before = (0..run.start).filter(stands_at).count();
        let occurrence = NonZeroU32::new(u32::try_from(before).unwrap() + 1);
        let anchor = Anchor { exact: quote.into(), prefix: None, suffix: None, occurrence };
        prop_assert_eq!(anchor::find(&body.text, &anchor, &english()), Found::At(run.clone()), "{:?} in {:?}", quote, body.text);
    }

    #[test]
    fn the_words_on_the_page_are_the_canonical_text(text in markdown::document()) {
        let body = read(&text);
        let page = page(&body, &[]);
        prop_assert_eq!(flat(&page.text), flat(&body.text), "{:?}", text);
    }

    #[test]
    fn marks_change_no_word_and_cover_their_quotes(
        text in markdown::document(),
        ends in prop::collection::vec(any::<(Index, Index)>(), 1..5),
    ) {
        let body = read(&text);
        let runs: Vec<_> = ends.into_iter().filter_map(|ends| run(&body.text, ends)).collect();
        let marked = page(&body, &runs);
        prop_assert_eq!(flat(&marked.text), flat(&page(&body, &[]).text));
        for (run, status) in runs.iter().zip(STATUSES) {
            let covered = marked.marked.get(status.word()).map(|text| flat(text));
            prop_assert_eq!(covered, Some(flat(&body.text[run.clone()])), "{:?}", text);
            prop_assert_eq!(marked.mark_ends.get(status.word()), Some(&(1, 1)), "{:?}: one id, one number", text);
        }
    }

    #[test]
    fn each_mark_begins_in_one_block(text in markdown::document(), ends in prop::collection::vec(any::<(Index, Index)>(), 1..5)) {
        let body = read(&text);
        let runs: Vec<_> = ends.into_iter().filter_map(|ends| run(&body.text, ends)).collect();
        let mut begun: Vec<_> = blocks(&body, &runs).into_iter().flat_map(|block| block.marks).collect();
        begun.sort_unstable();
        prop_assert_eq!(begun, (0..runs.len()).collect::<Vec<_>>(), "{:?}", text);
    }

    #[test]
    fn an_excerpt_holds_its_quote_and_nothing_else(text in markdown::document(), ends in any::<(Index, Index)>()) {
        let body = read(&text);
        let Some(run) = run(&body.text, ends) else { return Ok(()) };
        let mark = mark(0, &run);
        let fragment = html::read(&annotate::excerpt(&body.text, mark.start, mark.end, &[&mark])).unwrap();
        prop_assert_eq!(flat(&fragment.text), flat(&body.text[run]));
    }
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn no_text_is_too_strange(text in markdown::noise(), ends in any::<(Index, Index)>()) {
        let body = read(&text);
        let runs: Vec<_> = run(&body.text, ends).into_iter().collect();
        let page: String = blocks(&body, &runs).into_iter().map(|block| block.html).collect();
        for active in ["<script", "<style", "<iframe", "href=\"javascript:", "src=\"javascript:", " onclick"] {
            prop_assert!(!tags(&page).contains(active), "{:?} became {:?}", text, page);
        }
    }
}

#[test]
fn a_quote_whose_accent_stands_apart_is_found() {
    let body = read("caff*e*&#x301; caldo");
    let anchor = Anchor { exact: body.text.as_str().into(), prefix: None, suffix: None, occurrence: None };
    assert_eq!(anchor::find(&body.text, &anchor, &english()), Found::At(0..body.text.len()));
}

#[test]
fn a_quote_that_overlaps_its_twin_is_found() {
    let second = Anchor { exact: "ha ha".into(), prefix: Some("he ha".into()), suffix: None, occurrence: None };
    assert_eq!(anchor::find("he ha ha ha", &second, &english()), Found::At(6..11));
}

#[test]
fn a_mark_over_entities_and_lines_is_one_segment_with_its_number() {
    let body = read("Tom &amp; Jerry\nrun");
    let html = &blocks(&body, std::slice::from_ref(&(0..body.text.len())))[0].html;
    assert_eq!(
        html,
        "<p><mark class=\"mark s-confirmed\" id=\"q-first-fact\" data-n=\"1\"><a href=\"#first-fact\">Tom &amp; Jerry\nrun</a></mark></p>\n"
    );
}

const STATUSES: [Status; 4] = [Status::Confirmed, Status::Disputed, Status::Refuted, Status::Withdrawn];
const IDS: [&str; 4] = ["first-fact", "second-fact", "third-fact", "fourth-fact"];

fn read(markdown: &str) -> Body<'_> {
    body::read(markdown, 0, |id| IDS.contains(&id))
}

/// A run between two places of the text, trimmed; `None` when nothing is left.
fn run(text: &str, (one, other): (Index, Index)) -> Option<Range<usize>> {
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
    let (one, other) = (*one.get(&places), *other.get(&places));
    let (start, end) = (one.min(other), one.max(other));
    let words = &text[start..end];
    let start = start + (words.len() - words.trim_start().len());
    (!words.trim().is_empty()).then(|| start..start + words.trim().len())
}

fn mark(position: usize, run: &Range<usize>) -> Mark<'static> {
    let narrow = |place: usize| u32::try_from(place).unwrap();
    Mark { number: position + 1, id: IDS[position], status: STATUSES[position], start: narrow(run.start), end: narrow(run.end) }
}

/// The blocks of a body with these runs marked; every other link leads somewhere, and one name is linked.
fn blocks(body: &Body<'_>, runs: &[Range<usize>]) -> Vec<annotate::Block> {
    let hrefs: Vec<_> = (0..body.links.len()).map(|link| (link % 2 == 0).then(|| format!("https://example.org/?a&b={link}"))).collect();
    let marks: Vec<_> = runs.iter().enumerate().map(|(position, run)| mark(position, run)).collect();
    let names: Vec<_> = name(body).into_iter().collect();
    annotate::blocks(body, &Dressing { hrefs: &hrefs, pictures: &[], names: &names, marks: &marks, unsafe_html: false })
}

fn name(body: &Body<'_>) -> Option<(u32, u32, String)> {
    let is_open = |start: &usize| body.closed.iter().all(|closed| closed.end <= *start || closed.start >= start + "river".len());
    let start = body.text.match_indices("river").map(|(start, _)| start).find(is_open)?;
    Some((u32::try_from(start).unwrap(), u32::try_from(start + "river".len()).unwrap(), "/entities/river/".to_owned()))
}

fn page(body: &Body<'_>, runs: &[Range<usize>]) -> Fragment {
    let html: String = blocks(body, runs).into_iter().map(|block| block.html).collect();
    html::read(&html).unwrap_or_else(|why| panic!("{why}\n{html}"))
}

/// The tags of a page that may hold a stranger's, each value of an attribute cut after its first word.
fn tags(html: &str) -> String {
    let mut tags = String::new();
    let (mut in_tag, mut in_value, mut in_word) = (false, false, false);
    for c in html.chars() {
        match c {
            '<' if !in_value => in_tag = true,
            '>' if !in_value => in_tag = false,
            '"' if in_tag => (in_value, in_word) = (!in_value, true),
            ' ' if in_value => in_word = false,
            _ => {}
        }
        if in_tag && (!in_value || in_word) {
            tags.push(c);
        }
    }
    tags
}
