//! Whatever a sidecar looks like and whatever words it is given: what changes is what was to change, and every other
//! byte stays.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::ops::Range;

use postilla::base::{DataPath, SourcePath};
use postilla::edit::{Change, NewValue, patch};
use postilla::parse::sidecar;
use postilla::tree::{self, Format, Node, Value};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn new_words_stand_in_the_place_of_the_old_and_nothing_else_moves(sidecar in sidecar(), words in words(), key in select(KEYS)) {
        let change = |words: &str| [Change { path: path(1, key), to: NewValue::Text(words.to_owned()) }];
        let changed = patched(&sidecar.text, sidecar.format, &change(&words));
        let (before, after) = sidecar.around(key);
        prop_assert!(changed.starts_with(before) && changed.ends_with(after), "{}\n---\n{changed}", sidecar.text);
        sidecar.check(&changed, &[(key, Some(json!(words)))]);

        let old = sidecar.value(key);
        let back = patched(&changed, sidecar.format, &change(old));
        sidecar.check(&back, &[(key, Some(json!(old)))]);
        prop_assert_eq!(data(&back, sidecar.format), data(&sidecar.text, sidecar.format));
    }

    #[test]
    fn keys_come_and_go_and_nothing_else_moves(sidecar in sidecar(), words in words(), number in 1_u32..) {
        let text = || NewValue::Text(words.clone());
        let changes = [("occurrence", NewValue::Number(number)), ("prefix", NewValue::Absent), ("exact", text()), ("suffix", text())];
        let changes = changes.map(|(key, to)| Change { path: path(1, key), to });
        let changed = patched(&sidecar.text, sidecar.format, &changes);
        let (before, after) = sidecar.around_lines();
        prop_assert!(changed.starts_with(before) && changed.ends_with(after), "{}\n---\n{changed}", sidecar.text);
        let new = Some(json!(words));
        sidecar.check(&changed, &[("occurrence", Some(json!(number))), ("prefix", None), ("exact", new.clone()), ("suffix", new)]);
    }

    #[test]
    fn a_strange_text_is_patched_or_refused(text in fragments(), words in words(), format in select(FORMATS), absent in any::<bool>()) {
        for path in [path(0, "exact"), path(1, "prefix"), DataPath::root().key("facts"), DataPath::root().key("id")] {
            let to = if absent { NewValue::Absent } else { NewValue::Text(words.clone()) };
            if let Ok(changed) = patch(&text, format, &[Change { path, to }]) {
                prop_assert!(tree::read(&changed, tree::skip_bom(&changed)..changed.len(), format).faults.is_empty());
            }
        }
    }
}

fn patched(text: &str, format: Format, changes: &[Change]) -> String {
    patch(text, format, changes).unwrap_or_else(|refusal| panic!("{}: {refusal}\n{text}", refusal.path))
}

const FORMATS: &[Format] = &[Format::Toml, Format::Yaml, Format::Json];

/// What the second fact's anchor holds.
const KEYS: &[&str] = &["exact", "prefix"];

fn path(fact: usize, key: &str) -> DataPath {
    DataPath::root().key("facts").index(fact).key("anchor").key(key)
}

/// Words with everything that some notation trips over.
fn words() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        "é",
        "ß",
        "60",
        "2024",
        "-",
        "\"",
        "'",
        "''",
        "'''",
        "\"\"\"",
        "\\",
        "\\n",
        "#",
        " #",
        ": ",
        ":",
        ",",
        "[",
        "]",
        "{",
        "}",
        "&a",
        "*a",
        "!",
        "!!int ",
        "|",
        ">",
        "%",
        "@",
        "`",
        "~",
        "null",
        "yes",
        "no",
        "true",
        "=",
        "---",
        "...",
        "?",
        "<<",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\0",
        "\u{1}",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{2029}",
        "\u{feff}",
        "\u{ffff}",
        "🙂",
        "\u{1fffe}",
        "word",
        " million ",
        "0x1F",
        "1e9",
        "12:30",
        ".inf",
    ]);
    prop_oneof![
        4 => prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat()),
        2 => "[a-z]{1,8}( [a-z]{1,8}){0,12}",
        1 => any::<String>(),
    ]
}

/// Pieces of all notations in any order.
fn fragments() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "facts:\n",
        "- ",
        "  ",
        "anchor:",
        "anchor: {",
        "exact: ",
        "prefix:",
        "id: x\n",
        "}",
        "]",
        "[",
        "{",
        ",",
        "|\n",
        ">-",
        "&a ",
        "*a",
        "<<: *a",
        "? ",
        "# c\n",
        "\n",
        "\r\n",
        "\t",
        "'",
        "\"",
        "x",
        "é",
        "🙂",
        "!!str ",
        "[[facts]]\n",
        "[facts.anchor]\n",
        "anchor.exact = ",
        "anchor = {",
        "exact = 'x'",
        "prefix = \"y\"\n",
        "\"\"\"",
        "'''",
        "id = 1\n",
        "{\"facts\":[",
        "{\"anchor\":{",
        "\"exact\":",
        "\"x\"",
        "null",
        "1",
        "---\n",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "facts:\n- anchor:\n    exact: x\n",
        "facts:\n- anchor: {exact: x, prefix: y}\n",
        "[[facts]]\nanchor.exact = 'x'\n[[facts]]\nanchor = { exact = 'x', prefix = 'y' }\n",
        "    prefix: z\n",
        "{\"facts\":[{\"anchor\":{\"exact\":\"x\"}}]}",
    ]);
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

/// A sidecar of three facts, of which the second is changed.
#[derive(Debug)]
struct Sidecar {
    format: Format,
    text: String,
    exact: &'static str,
    prefix: &'static str,
    /// The bytes that hold the second anchor's keys.
    keys: Range<usize>,
}

impl Sidecar {
    fn value(&self, key: &str) -> &'static str {
        if key == "exact" { self.exact } else { self.prefix }
    }

    /// The text up to the end of a key, and from the end of its value.
    fn around(&self, key: &str) -> (&str, &str) {
        let tree = tree::read(&self.text, tree::skip_bom(&self.text)..self.text.len(), self.format);
        let steps = path(1, key).steps;
        let (node, key) = steps.iter().fold((&tree.root, None), |(node, _), step| node.child(step).unwrap());
        // A block's span takes in the blank lines behind it.
        let end = self.text[..node.span.end].trim_end().len();
        (&self.text[..key.unwrap().end], &self.text[end..])
    }

    /// The text before the keys of the anchor, and behind their last line.
    fn around_lines(&self) -> (&str, &str) {
        let rest = &self.text[self.keys.end..];
        (&self.text[..self.keys.start], &rest[rest.find(['\r', '\n', '}']).unwrap_or(rest.len())..])
    }

    /// Checks that `changed` holds this sidecar's data but for the given keys of the second anchor, and its comments.
    fn check(&self, changed: &str, keys: &[(&str, Option<Json>)]) {
        let mut meant = data(&self.text, self.format);
        let anchor = meant["facts"][1]["anchor"].as_object_mut().unwrap();
        for (key, value) in keys {
            anchor.remove(*key);
            anchor.extend(value.clone().map(|value| ((*key).to_owned(), value)));
        }
        assert_eq!(data(changed, self.format), meant, "{}\n---\n{changed}", self.text);
        for comment in COMMENTS {
            assert!(changed.matches(comment).count() >= self.text.matches(comment).count(), "{}\n---\n{changed}", self.text);
        }
        // What no page may hold is refused when the sidecar is read, however it is written.
        let strange = |value: &Option<Json>| value.as_ref().and_then(Json::as_str).is_some_and(|words| words.contains(is_refused));
        let read = sidecar::read_unchecked(&SourcePath::new("a"), changed, self.format);
        assert_eq!(read.diagnostics.is_empty(), !keys.iter().any(|(_, value)| strange(value)), "{:?}\n{changed}", read.diagnostics);
        if let (Some(read), true) = (read.value, read.diagnostics.is_empty()) {
            let anchor = &read.facts[1].anchor;
            let found = |key: &str| match key {
                "exact" => Some(json!(anchor.exact)),
                "prefix" => anchor.prefix.as_ref().map(|words| json!(words)),
                "suffix" => anchor.suffix.as_ref().map(|words| json!(words)),
                _ => anchor.occurrence.map(|number| json!(number)),
            };
            for (key, value) in keys {
                assert_eq!(found(key), *value, "{key}\n{changed}");
            }
        }
    }
}

fn is_refused(c: char) -> bool {
    c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

const COMMENTS: &[&str] = &["# head", "# one", "# two", "# three", "# end", "# why", "# too", "# there", "# all"];

/// The data of a text, without places.
fn data(text: &str, format: Format) -> Json {
    let tree = tree::read(text, tree::skip_bom(text)..text.len(), format);
    assert!(tree.faults.is_empty(), "{:?}\n{text}", tree.faults);
    plain(&tree.root)
}

fn plain(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(truth) => json!(truth),
        Value::Integer(number) => json!(i64::try_from(*number).unwrap()),
        Value::Float(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Date(date) => json!({ "date": date }),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Table(entries) => entries.iter().map(|entry| (entry.key.clone(), plain(&entry.node))).collect(),
    }
}

/// Three facts with marks around the second one's anchor, which are taken out.
fn sidecar() -> impl Strategy<Value = Sidecar> {
    let ends = (any::<bool>(), any::<bool>(), any::<bool>());
    (select(FORMS), ends).prop_map(|((format, template, exact, prefix), (bom, windows, last_end))| {
        let mut text = if windows { template.replace('\n', "\r\n") } else { template.to_owned() };
        if !last_end {
            text.truncate(text.trim_end().len());
        }
        if bom {
            text.insert(0, '\u{feff}');
        }
        let starts = text.find('⟦').unwrap();
        text.remove(starts);
        let ends = text.find('⟧').unwrap();
        text.remove(ends);
        Sidecar { format, text, exact, prefix, keys: starts..ends }
    })
}

type Form = (Format, &'static str, &'static str, &'static str);

/// The ways to write an anchor; ⟦ and ⟧ stand around all that may change.
const FORMS: &[Form] = &[
    (
        Format::Toml,
        "# head\n\n[[facts]]\nid = 'a' # one\nclaim = 'c'\nanchor = { exact = 'x' }\n\n[[facts]] # two\nid = 'b'\nanchor = { ⟦exact = 'old words', prefix = \"before\"⟧ } # why\nclaim = \"\"\"c\nd\"\"\"\n\n\n[[facts]]\nid='c'\nclaim='x'\nanchor.exact='x'\n# end\n",
        "old words",
        "before",
    ),
    (
        Format::Toml,
        "[[facts]]\nid = 'a'\nclaim = 'c'\nanchor.exact = 'x'\n[[facts]]\n⟦\tanchor . prefix = '''before'''\n\tid = 'b'\n\tanchor.exact =   \"\"\"\nold \"words\" \\\n   here\"\"\"⟧ # why\n\tclaim = 'c'\n[[facts]]\nid = 'c'\nclaim = 'x'\n[facts.anchor]\nexact = 'x'\n",
        "old \"words\" here",
        "before",
    ),
    (
        Format::Toml,
        "[[facts]]\nid = 'a'\nclaim = 'c'\nanchor.exact = 'x'\n[[facts]]\nclaim = 'c'\nid = 'b'\n[facts.anchor] # there\n⟦  \"prefix\" = \"be\\tfore\"\n  \"exact\" = \"old\"⟧ # why\n\n# three\n[[facts]]\nid = 'c'\nclaim = 'x'\nanchor.exact = 'x'\n",
        "old",
        "be\tfore",
    ),
    (
        Format::Toml,
        "facts = [ # all\n  { id = 'a', claim = 'c', anchor = { exact = 'x' } }, # one\n  { ⟦anchor.exact = 'old', claim = 'c', anchor.prefix='before', id = 'b'⟧ },\n  { id = 'c', claim = 'x', anchor.exact = 'x' },\n]\n",
        "old",
        "before",
    ),
    (
        Format::Yaml,
        "# head\nfacts:\n- id: a\n  claim: c # one\n  anchor: {exact: x}\n\n- id: b\n  anchor: { ⟦prefix: before, exact: old words⟧ } # why\n  claim: >\n    c\n    d\n\n# three\n- id: c\n  claim: x\n  anchor: {exact: x}\n",
        "old words",
        "before",
    ),
    (
        Format::Yaml,
        "facts:\n  - {id: a, claim: c, anchor: {exact: x}}\n  - id: b\n    claim: c\n    anchor:\n⟦      exact: >- # why\n        old words over\n        many lines\n\n        and more\n      prefix: \"be\\u0066ore\"⟧ # too\n\n  # three\n  - id: c\n    claim: x\n    anchor:\n      exact: x\n",
        "old words over many lines\nand more",
        "before",
    ),
    (
        Format::Yaml,
        "---\nfacts:\n  - id: a\n    claim: c\n    anchor: { exact: x }\n  -\n    anchor: # there\n⟦      exact: !!str |\n         old\n          words\n\n      prefix: 'it''s\n        before'⟧ # too\n    id: b\n    claim: c\n  - {id: c, claim: x, anchor: {exact: x}}\n# end\n",
        "old\n words\n",
        "it's before",
    ),
    (
        Format::Yaml,
        "facts: [{id: a, claim: c, anchor: {exact: x}}, {id: b, claim: c, anchor: {⟦\"prefix\": before,\n  \"exact\": 'old'⟧}},\n  {id: c, claim: x, anchor: {exact: x}}] # end\n",
        "old",
        "before",
    ),
    (
        Format::Yaml,
        "facts:\n- id: a\n  claim: c\n  anchor:\n    exact: x\n- id: b\n  claim: c\n  anchor:\n⟦    prefix: |2-\n       before\n    exact: old\n      words⟧   # why\n- id: c\n  claim: x\n  anchor:\n    exact: |+\n      x\n\n",
        "old words",
        " before",
    ),
    (
        Format::Json,
        "{\"facts\":[{\"id\":\"a\",\"claim\":\"c\",\"anchor\":{\"exact\":\"x\"}},{\"id\":\"b\",\"claim\":\"c\",\"anchor\":{⟦\"prefix\":\"before\",\"exact\":\"o\\\"ld\"⟧}},{\"id\":\"c\",\"claim\":\"c\",\"anchor\":{\"exact\":\"x\"}}]}\n",
        "o\"ld",
        "before",
    ),
    (
        Format::Json,
        "{\n\t\"facts\": [\n\t\t{ \"id\": \"a\", \"claim\": \"c\", \"anchor\": { \"exact\": \"x\" } },\n\t\t{\n\t\t\t\"id\": \"b\",\n\t\t\t\"claim\": \"c\",\n\t\t\t\"anchor\": {⟦\n\t\t\t\t\"exact\" : \"old\",\n\t\t\t\t\"prefix\" : \"before\"⟧\n\t\t\t}\n\t\t},\n\t\t{ \"id\": \"c\", \"claim\": \"c\", \"anchor\": { \"exact\": \"x\" } }\n\t]\n}\n",
        "old",
        "before",
    ),
];
