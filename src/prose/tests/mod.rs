//! Pairs of passages: some say the same, and some differ, with the words in which that is told.

use super::{differences, sense};
use crate::base::Lang;

mod corrections;
mod directions;
mod english;
mod italian;
mod properties;

fn lang(tag: &str) -> Lang {
    Lang::new(tag).expect("a language")
}

fn found(tag: &str, old: &str, new: &str) -> Vec<String> {
    differences(&sense(old, &lang(tag)), &sense(new, &lang(tag))).iter().map(ToString::to_string).collect()
}

/// Each pair says the same, read either way round.
fn say_the_same(tag: &str, pairs: &[(&str, &str)]) {
    let wrong = |(old, new): &(&str, &str)| {
        let found = [found(tag, old, new), found(tag, new, old)].concat();
        (!found.is_empty()).then(|| format!("{old} | {new}: {found:?}\n  {:?}\n  {:?}", sense(old, &lang(tag)), sense(new, &lang(tag))))
    };
    let wrong: Vec<_> = pairs.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "these should say the same:\n{}", wrong.join("\n"));
}

/// Each pair differs in what is told, and in nothing else.
fn differ(tag: &str, pairs: &[(&str, &str, &str)]) {
    let wrong = |(old, new, told): &(&str, &str, &str)| {
        let found = found(tag, old, new).join("; ");
        (found != *told).then(|| format!("{old} | {new}\n  told     {told}\n  found    {found}"))
    };
    let wrong: Vec<_> = pairs.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "these should differ as told:\n{}", wrong.join("\n"));
}

/// Each pair says something else, read either way round.
fn never_the_same(tag: &str, pairs: &[(&str, &str)]) {
    let silent = |old: &str, new: &str| found(tag, old, new).is_empty().then(|| format!("{old} | {new}"));
    let wrong: Vec<_> = pairs.iter().flat_map(|(old, new)| [silent(old, new), silent(new, old)]).flatten().collect();
    assert!(wrong.is_empty(), "these should differ:\n{}", wrong.join("\n"));
}

fn state(tag: &str, text: &str, numbers: &[f64], not: &[f64]) {
    let sense = sense(text, &lang(tag));
    for number in numbers {
        assert!(sense.states(*number), "`{text}` states {number}: {sense:?}");
    }
    for number in not {
        assert!(!sense.states(*number), "`{text}` does not state {number}: {sense:?}");
    }
}
