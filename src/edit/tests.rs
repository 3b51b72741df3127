use super::{Change, NewValue, Refusal, patch};
use crate::base::DataPath;
use crate::tree::Format::{self, Json, Toml, Yaml};

/// `facts.3.anchor.exact`, with positions as numbers.
fn path(dotted: &str) -> DataPath {
    dotted.split('.').fold(DataPath::root(), |path, step| match step.parse() {
        Ok(index) => path.index(index),
        Err(_) => path.key(step),
    })
}

fn set(dotted: &str, words: &str) -> Change {
    Change { path: path(dotted), to: NewValue::Text(words.to_owned()) }
}

fn number(dotted: &str, number: u32) -> Change {
    Change { path: path(dotted), to: NewValue::Number(number) }
}

fn absent(dotted: &str) -> Change {
    Change { path: path(dotted), to: NewValue::Absent }
}

/// Patches `text`, as it is and as Windows writes it.
#[track_caller]
fn check(format: Format, text: &str, changes: &[Change], expected: &str) {
    for (text, expected) in [(text.to_owned(), expected.to_owned()), (windows(text), windows(expected))] {
        assert_eq!(patch(&text, format, changes).as_deref(), Ok(expected.as_str()), "{text}");
    }
}

/// With a byte order mark and the line ends of Windows.
fn windows(text: &str) -> String {
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

#[track_caller]
fn refused(format: Format, text: &str, changes: &[Change]) -> String {
    let Refusal { path, message, .. } = patch(text, format, changes).expect_err(text);
    format!("{path}: {message}")
}

const EXACT: &str = "facts.0.anchor.exact";
const PREFIX: &str = "facts.0.anchor.prefix";
const SUFFIX: &str = "facts.0.anchor.suffix";
const OCCURRENCE: &str = "facts.0.anchor.occurrence";

#[test]
fn words_are_replaced_where_they_stand_in_every_form_of_toml() {
    for (text, expected) in [
        ("[[facts]]\nid='a' # x\nanchor = { exact = 'old' } # why\n", "[[facts]]\nid='a' # x\nanchor = { exact = 'new' } # why\n"),
        ("[[facts]]\nanchor.exact\t=  \"old\"", "[[facts]]\nanchor.exact\t=  \"new\""),
        ("[[facts]]\n[facts.anchor]\nexact = '''\nold'''\n", "[[facts]]\n[facts.anchor]\nexact = '''\nnew'''\n"),
        ("facts = [{anchor.exact=\"\"\"old\"\"\"}]", "facts = [{anchor.exact=\"\"\"new\"\"\"}]"),
    ] {
        check(Toml, text, &[set(EXACT, "new")], expected);
    }
}

#[test]
fn words_are_replaced_where_they_stand_in_every_form_of_yaml() {
    for (text, expected) in [
        ("facts:\n- id: a # x\n  anchor: {exact: old} # why\n", "facts:\n- id: a # x\n  anchor: {exact: new words} # why\n"),
        ("facts:\n  - anchor:\n      exact: \"old\"", "facts:\n  - anchor:\n      exact: \"new words\""),
        (
            "facts:\n  - anchor:\n      exact: >- # why\n        old\n        words\n\n  # x\n",
            "facts:\n  - anchor:\n      exact: >- # why\n        new\n        words\n\n  # x\n",
        ),
        ("facts:\n  - anchor:\n      exact: |\n       old\n  # x\n", "facts:\n  - anchor:\n      exact: |-\n       new words\n  # x\n"),
        ("facts:\n  - anchor:\n      exact: 'old\n        words' # why\n", "facts:\n  - anchor:\n      exact: 'new words' # why\n"),
        (
            "facts:\n  - anchor:\n      exact:\n      # why\n        old\n",
            "facts:\n  - anchor:\n      exact:\n      # why\n        new words\n",
        ),
        ("facts:\n  - anchor:\n      exact:\n", "facts:\n  - anchor:\n      exact: new words\n"),
    ] {
        check(Yaml, text, &[set(EXACT, "new words")], expected);
    }
}

#[test]
fn words_are_replaced_where_they_stand_in_json() {
    check(Json, r#"{"facts":[{"anchor":{"exact":"old"}}]}"#, &[set(EXACT, "n\"\t🙂")], r#"{"facts":[{"anchor":{"exact":"n\"\t🙂"}}]}"#);
}

#[test]
fn the_quotes_give_way_to_words_that_they_cannot_hold() {
    let toml = |written: &str| format!("[[facts]]\nanchor.exact = {written}\n");
    for (old, words, new) in [
        ("'a'", "it's", "\"it's\""),
        ("'a'", "a\\b", "'a\\b'"),
        ("'''a'''", "it's \"so\"", "'''it's \"so\"'''"),
        ("'''a'''", "so'", "\"\"\"so'\"\"\""),
        ("\"a\"", "\u{1}\u{7f}\u{2028}\u{1ffff}", "\"\\u0001\\u007f\\u2028\\U0001ffff\""),
        ("'a'", "x\ny", "\"x\\ny\""),
    ] {
        check(Toml, &toml(old), &[set(EXACT, words)], &toml(new));
    }
    let yaml = |written: &str| format!("facts:\n- anchor:\n    exact: {written}\n");
    for (old, words, new) in [
        ("a", "2024", "\"2024\""),
        ("a", "yes", "\"yes\""),
        ("a", "~", "\"~\""),
        ("a", "- x", "\"- x\""),
        ("a", "@x", "\"@x\""),
        ("a", "a: b", "\"a: b\""),
        ("a", "a #b", "\"a #b\""),
        ("a", "a#b", "a#b"),
        ("a", " a", "\" a\""),
        ("a", "he \"said\": x", "'he \"said\": x'"),
        ("a", "60 million", "60 million"),
        ("a", "2024-11-03 10:00:00 Z", "\"2024-11-03 10:00:00 Z\""),
        ("'a'", "it's", "'it''s'"),
        ("'a'", "a\nb", "\"a\\nb\""),
        ("\"a\"", "a\u{1f}\u{85}\u{feff}", "\"a\\u001f\\u0085\\ufeff\""),
        ("|\n      a", "x\n y\n", "|\n      x\n       y"),
        ("|-\n      a", " x", "\" x\""),
        (">-\n      a", "x\ny", ">-\n      x\n\n      y"),
    ] {
        let (text, expected) = (yaml(old), yaml(new));
        check(Yaml, &text, &[set(EXACT, words)], &expected);
    }
}

#[test]
fn a_key_is_added_behind_its_neighbours() {
    let changes = [set(PREFIX, "p"), number(OCCURRENCE, 2)];
    for (format, text, expected) in [
        (Toml, "[[facts]]\nanchor = { exact = 'e' } # x\n", "[[facts]]\nanchor = { exact = 'e', prefix = 'p', occurrence = 2 } # x\n"),
        (
            Toml,
            "[[facts]]\n  anchor.exact = 'e' # x\n\n# y\n",
            "[[facts]]\n  anchor.exact = 'e' # x\n  anchor.prefix = 'p'\n  anchor.occurrence = 2\n\n# y\n",
        ),
        (Toml, "[[facts]]\n[facts.anchor]\nexact=\"e\"", "[[facts]]\n[facts.anchor]\nexact=\"e\"\nprefix=\"p\"\noccurrence=2"),
        (Toml, "facts=[{anchor.exact='e'}]", "facts=[{anchor.exact='e', anchor.prefix='p', anchor.occurrence=2}]"),
        (Yaml, "facts:\n- anchor: {exact: e}\n", "facts:\n- anchor: {exact: e, prefix: p, occurrence: 2}\n"),
        (
            Yaml,
            "facts:\n- anchor:\n    exact: >\n     some\n     words\n\n# x\n- id: b\n",
            "facts:\n- anchor:\n    exact: >\n     some\n     words\n    prefix: p\n    occurrence: 2\n\n# x\n- id: b\n",
        ),
        (Json, r#"{"facts":[{"anchor":{"exact":"e"}}]}"#, r#"{"facts":[{"anchor":{"exact":"e","prefix":"p","occurrence":2}}]}"#),
        (
            Json,
            "{\"facts\": [{\"anchor\": {\n  \"exact\": \"e\"\n}}]}",
            "{\"facts\": [{\"anchor\": {\n  \"exact\": \"e\",\n  \"prefix\": \"p\",\n  \"occurrence\": 2\n}}]}",
        ),
    ] {
        check(format, text, &changes, expected);
    }
}

#[test]
fn a_key_goes_and_what_stands_beside_it_stays() {
    let changes = [absent(PREFIX), absent(SUFFIX)];
    for (format, text, expected) in [
        (Toml, "[[facts]]\nanchor = { prefix = 'p', exact = 'e', suffix = 's' }\n", "[[facts]]\nanchor = { exact = 'e' }\n"),
        (Toml, "[[facts]]\nanchor = { exact = 'e', prefix = 'p', suffix = 's' }\n", "[[facts]]\nanchor = { exact = 'e' }\n"),
        (Toml, "[[facts]]\nanchor = { prefix = 'p', suffix = 's', exact = 'e' }\n", "[[facts]]\nanchor = { exact = 'e' }\n"),
        (
            Toml,
            "[[facts]]\nanchor.exact = 'e'\nanchor.prefix = 'p' # why\nid = 'a'\nanchor . suffix = '''\ns'''",
            "[[facts]]\nanchor.exact = 'e'\n# why\nid = 'a'",
        ),
        (Yaml, "facts:\n- anchor: {exact: e, prefix: p, suffix: s}\n", "facts:\n- anchor: {exact: e}\n"),
        (
            Yaml,
            "facts:\n- anchor:\n    prefix: |\n      p\n    exact: e\n    suffix: s\n     s # why\n",
            "facts:\n- anchor:\n    exact: e\n    # why\n",
        ),
        (Yaml, "facts:\n- anchor: {exact: e,\n    prefix: p,\n    suffix: s} # x\n", "facts:\n- anchor: {exact: e} # x\n"),
        (Json, r##"{"facts":[{"anchor":{"exact":"#1","prefix":"p","suffix":"s"}}]}"##, r##"{"facts":[{"anchor":{"exact":"#1"}}]}"##),
        (
            Json,
            "{\"facts\": [{\"anchor\": {\n  \"exact\": \"e\",\n  \"prefix\": \"p\",\n  \"suffix\": \"s\"\n}}]}",
            "{\"facts\": [{\"anchor\": {\n  \"exact\": \"e\"\n}}]}",
        ),
        (
            Json,
            "{\"facts\": [{\"anchor\": {\n  \"prefix\": \"p\",\n  \"exact\": \"e\",\n  \"suffix\": \"s\"\n}}]}",
            "{\"facts\": [{\"anchor\": {\n  \"exact\": \"e\"\n}}]}",
        ),
    ] {
        check(format, text, &changes, expected);
    }
}

#[test]
fn keys_come_go_and_change_at_once() {
    let changes = [set(EXACT, "new"), absent(PREFIX), set(SUFFIX, "s")];
    for (format, text, expected) in [
        (Toml, "[[facts]]\nanchor = { exact = 'e', prefix = 'p' }\n", "[[facts]]\nanchor = { exact = 'new', suffix = 's' }\n"),
        (Toml, "[[facts]]\nanchor.exact = 'e'\nanchor.prefix = 'p'", "[[facts]]\nanchor.exact = 'new'\nanchor.suffix = 's'"),
        (Yaml, "facts:\n- anchor:\n    exact: |\n      e\n    prefix: p\n", "facts:\n- anchor:\n    exact: |-\n      new\n    suffix: s\n"),
        (Json, r#"{"facts":[{"anchor":{"exact":"e","prefix":"p"}}]}"#, r#"{"facts":[{"anchor":{"exact":"new","suffix":"s"}}]}"#),
    ] {
        check(format, text, &changes, expected);
    }
}

#[test]
fn words_that_two_facts_share_are_refused() {
    let shared = "facts:\n- id: &q old\n  anchor: {exact: *q}\n";
    assert!(refused(Yaml, shared, &[set(EXACT, "new")]).starts_with("facts[0].anchor.exact: `facts[0].anchor.exact` is an alias"));
    assert_eq!(
        refused(Yaml, shared, &[set("facts.0.id", "new")]),
        "facts[0].anchor.exact: `facts[0].anchor.exact` would change too: it is an alias, and stands in the same words"
    );
    for text in [
        "a: &a {exact: x}\nfacts:\n- anchor: *a\n",
        "a: &a {exact: x}\nfacts:\n- anchor: {<<: *a, prefix: p}\n",
        "facts:\n- anchor: {prefix: &x y, exact: *x}\n",
    ] {
        assert!(refused(Yaml, text, &[set(EXACT, "new")]).contains("is an alias"), "{text}");
    }
}

#[test]
fn what_is_not_there_or_is_changed_twice_is_refused() {
    let text = "[[facts]]\nanchor = { exact = 'e' }\n";
    assert_eq!(refused(Toml, text, &[set("facts.7.anchor.exact", "x")]), "facts[7]: there is no `facts[7]`");
    assert_eq!(refused(Toml, text, &[absent(PREFIX)]), "facts[0].anchor.prefix: there is no `facts[0].anchor.prefix`");
    assert!(refused(Toml, text, &[set(EXACT, "x"), set(EXACT, "y")]).contains("two changes at"));
    assert!(refused(Toml, text, &[absent("facts.0.anchor"), set(EXACT, "y")]).contains("two changes at"));
    assert!(refused(Toml, text, &[set("facts.0.anchor", "y")]).contains("holds more than one value"));
    let block = "facts:\n- anchor:\n    exact: e\n  # of the claim\n  claim: c\n";
    assert!(refused(Yaml, block, &[absent("facts.0.anchor")]).contains("holds more than one value"));
    assert!(refused(Toml, "[[facts]]\na = 1\na = 2\n", &[set("facts.0.a", "y")]).contains("twice"));
}

#[test]
fn a_key_that_has_a_comment_around_it_is_not_taken_away() {
    for text in ["facts:\n- anchor: {exact: e, # why,\n   prefix: p}\n", "facts:\n- anchor:\n    exact: e\n    prefix: # why\n      p\n"] {
        assert!(refused(Yaml, text, &[absent(PREFIX)]).contains("a comment stands"), "{text}");
    }
    let text = "facts:\n- anchor:\n  - prefix: p\n    exact: e\n";
    assert!(refused(Yaml, text, &[absent("facts.0.anchor.0.prefix")]).contains("does not stand in a line of its own"));
}
