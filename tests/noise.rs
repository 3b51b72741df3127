//! No file is too strange to be read: it gives a value or errors that can be drawn, and never a panic.
#![allow(clippy::unwrap_used, reason = "tests")]

use postilla::base::{Diagnostic, Outcome, SourcePath};
use postilla::parse::data::Format;
use postilla::parse::{article, bibliography, config, entity, page, property, sidecar};
use postilla::report::{self, Texts};
use proptest::prelude::*;
use proptest::sample::select;

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_as_front_matter(text in text(), fence in select(vec!["+++\n", "---\n", "+++\r\n", ""])) {
        let text = format!("{fence}{text}\n{fence}{text}");
        check(&text, |file, text| article::read(file, text).verdict());
        check(&text, |file, text| entity::read(file, text).verdict());
        check(&text, |file, text| page::read(file, text).verdict());
    }

    #[test]
    fn any_text_is_read_as_a_sidecar(text in text(), format in select(vec![Format::Toml, Format::Yaml, Format::Json])) {
        check(&text, |file, text| sidecar::read(file, text, format).verdict());
    }

    #[test]
    fn any_text_is_read_as_a_list_or_a_configuration(text in text()) {
        check(&text, |file, text| config::read(file, text).verdict());
        let findings = |file: &SourcePath, text: &str| (true, property::read(file, text).diagnostics);
        check(&text, findings);
        let findings = |file: &SourcePath, text: &str| (true, bibliography::read(file, text).diagnostics);
        for name in ["content/sources.bib", "content/sources.yml"] {
            check_named(name, &text, findings);
        }
    }
}

/// Pieces of TOML, YAML, JSON, BibTeX and of sidecars, in any order; or anything at all.
fn text() -> impl Strategy<Value = String> {
    let token = select(vec![
        "[[facts]]\n",
        "[facts]\n",
        "facts:\n",
        "- ",
        "  ",
        "id = \"a\"\n",
        "id: a\n",
        "\"id\": \"a\"",
        "claim = ",
        "anchor = { exact = 'x' }\n",
        "anchor: {exact: x}\n",
        "{\"facts\": [",
        "]}",
        "{",
        "}",
        "[",
        "]",
        "=",
        ":",
        ",",
        "\"",
        "'",
        "'''",
        "\"\"\"",
        "\n",
        "\r\n",
        "\t",
        "\\",
        "\\u",
        "#",
        "&a ",
        "*a ",
        "!!str ",
        "|",
        ">",
        "%",
        "@misc{k,",
        "title = {x}",
        "2025-01-13",
        "1e999",
        "-0",
        "0x",
        "nan",
        "null",
        "~",
        "true",
        "é",
        "🙂",
        "\u{feff}",
        "\u{0}",
        "\u{85}",
        "\u{2028}",
        "title",
        "value",
        "status",
        "kind",
        "<<: ",
        "---\n",
        "...\n",
        "? ",
        "valid = { at = '2024-11~' }\n",
    ]);
    prop_oneof![
        4 => prop::collection::vec(token, 0..30).prop_map(|tokens| tokens.concat()),
        1 => any::<String>(),
    ]
}

trait Verdict {
    fn verdict(self) -> (bool, Vec<Diagnostic>);
}

impl<T> Verdict for Outcome<Option<T>> {
    /// Whether there is a value, and the findings.
    fn verdict(self) -> (bool, Vec<Diagnostic>) {
        (self.value.is_some(), self.diagnostics)
    }
}

fn check(text: &str, read: impl Fn(&SourcePath, &str) -> (bool, Vec<Diagnostic>)) {
    check_named("content/strange", text, read);
}

fn check_named(name: &str, text: &str, read: impl Fn(&SourcePath, &str) -> (bool, Vec<Diagnostic>)) {
    let (read, found) = read(&SourcePath::new(name), text);
    assert!(read || found.iter().any(Diagnostic::is_error), "nothing was read and nothing said of {text:?}");
    let drawn = report::human(&found, &Only(text), false);
    assert_eq!(drawn.is_empty(), found.is_empty(), "{text:?}");
    let lines = report::json(&found, &Only(text));
    assert_eq!(lines.lines().count(), found.len(), "{text:?}");
}

/// One text under every name.
struct Only<'t>(&'t str);

impl Texts for Only<'_> {
    fn text(&self, _: &SourcePath) -> Option<String> {
        Some(self.0.to_owned())
    }
}
