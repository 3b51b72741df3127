//! Web Annotations and rows of Hypothesis.

use super::common::{Archive, archive};
use super::{check_refused, content, import_well};

const ARTICLE: &str = "+++\ntitle = \"The river\"\nurl = \"https://gazette.example/river\"\n+++\nThe *river* rose by 3.5 metres, and the river rose again by noon.\n";

fn river() -> Archive {
    let entity = "+++\nkind = \"company\"\nname = \"Test Works\"\nwikidata = \"Q999000001\"\n+++\n";
    archive(&[("content/articles/river.md", ARTICLE), ("content/entities/works.md", entity)])
}

/// A row as Hypothesis gives it: the page's own words stand around the article's.
fn row(more: &str, exact: &str, prefix: &str, start: usize) -> String {
    let end = start + exact.chars().count();
    format!(
        r#"{{"id": "AbCdEf", "created": "2025-03-02T08:00:00.000000+00:00", "user": "acct:anna@hypothes.example", "uri": "https://gazette.example/river",
        {more}, "target": [{{"source": "https://gazette.example/river", "selector": [{{"type": "RangeSelector", "startContainer": "/p[1]"}},
        {{"type": "TextPositionSelector", "start": {start}, "end": {end}}},
        {{"type": "TextQuoteSelector", "exact": "{exact}", "prefix": "{prefix}", "suffix": ""}}]}}]}}"#
    )
}

#[test]
fn rows_of_hypothesis_become_facts() {
    let archive = river();
    let rows = [
        row(r#""text": "It rose, <script>alert(1)</script>", "tags": ["unchecked", "flood"], "permissions": {"read": ["group:__world__"]}"#, "rose by 3.5 metres", "The river ", 10),
        row(r#""text": "", "tags": [], "permissions": {"read": ["acct:anna@hypothes.example"]}"#, "again by noon", "Menu Home The river rose ", 200),
        row(r#""text": "So?", "references": ["AbCdEf"]"#, "again", "", 1),
        r#"{"id": "x", "uri": "https://gazette.example/river", "text": "A note on the page", "target": [{"source": "https://gazette.example/river"}]}"#.to_owned(),
    ];
    let run = import_well(&archive, "annotations", "export.json", &format!("{{\"total\": 4, \"rows\": [{}]}}", rows.join(",")));
    let written = archive.read("content/articles/river.facts.toml");
    let expected = "[[facts]]\nid = \"it-rose-script-alert-1-script\"\nclaim = \"It rose, <script>alert(1)</script>\"\n\
        anchor = { exact = \"rose by 3.5 metres\", prefix = \"The river \" }\nstatus = \"unchecked\"\n\n\
        [[facts]]\nid = \"again-by-noon\"\nclaim = \"again by noon\"\nanchor = { exact = \"again by noon\"";
    assert!(written.starts_with(expected) && written.ends_with("visibility = \"internal\"\n"), "{written}");
    for said in ["replies are left out: 1", "annotations that point at no words are left out: 1", "left out: `flood`"] {
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
    let before = content(&archive);
    let again = import_well(&archive, "annotations", "again.json", &format!("{{\"annotations\": [{}]}}", rows.join(",")));
    assert!(again.stderr.contains("in the archive already"), "{}", again.stderr);
    assert_eq!(content(&archive), before);
}

#[test]
fn annotations_of_recogito_become_facts_by_their_places() {
    let archive = river();
    let text = r##"[{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "id": "#0a1b",
        "body": [{"type": "TextualBody", "value": "It rose again", "purpose": "commenting"}, {"type": "TextualBody", "value": "disputed", "purpose": "tagging"},
        {"type": "SpecificResource", "source": "http://www.wikidata.org/entity/Q999000001", "purpose": "identifying"}],
        "target": {"selector": [{"type": "TextQuoteSelector", "exact": "river rose"}, {"type": "TextPositionSelector", "start": 38, "end": 48}]}}]"##;
    let run = import_well(&archive, "annotations", "river.json", text);
    let written = archive.read("content/articles/river.facts.toml");
    assert!(
        written.contains("id = \"it-rose-again\"\nclaim = \"It rose again\"\nanchor = { exact = \"river rose\", prefix = \""),
        "{written}: {}",
        run.stderr
    );
    assert!(written.ends_with("about = [\"works\"]\nstatus = \"disputed\"\n"), "{written}");
}

#[test]
fn the_annotations_of_a_site_of_this_kind_keep_their_ids() {
    let archive = river();
    let text = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://test.example/articles/river/annotations.json", "type": "AnnotationCollection",
        "first": {"type": "AnnotationPage", "items": [{"id": "https://test.example/articles/river/annotations.json#rise", "type": "Annotation", "motivation": "assessing",
        "body": [{"type": "TextualBody", "value": "It rose", "purpose": "describing"}, {"type": "TextualBody", "value": "confirmed", "purpose": "classifying"},
        {"type": "SpecificResource", "source": "https://test.example/entities/works/#_entity", "purpose": "identifying"}],
        "target": {"source": "https://gazette.example/river", "selector": [{"type": "TextQuoteSelector", "exact": "rose by 3.5 metres"}]}}]}}"#;
    archive.write("incoming/a.json", text);
    let dry = archive.run(&["import", "annotations", "incoming/a.json", "--dry-run"]);
    let expected = "[[facts]]\nid = \"rise\"\nclaim = \"It rose\"\nanchor = { exact = \"rose by 3.5 metres\" }\nabout = [\"works\"]\nstatus = \"confirmed\"\n";
    assert_eq!(dry.stdout, format!("==> content/articles/river.facts.toml (new)\n{expected}\n"), "{}", dry.stderr);
    assert!(!archive.path("content/articles/river.facts.toml").exists());
}

#[test]
fn a_quote_that_says_something_else_makes_no_fact() {
    let archive = river();
    let run = import_well(&archive, "annotations", "a.json", &row("\"text\": \"x\"", "rose by 4.5 metres", "The river ", 10));
    assert!(run.stderr.contains("the quote says something else than `content/articles/river.md`"), "{}", run.stderr);
    assert!(!archive.path("content/articles/river.facts.toml").exists());
}

#[test]
fn what_holds_no_annotation_is_refused() {
    let archive = river();
    let whole = row("\"text\": \"x\"", "by noon", "", 0);
    check_refused(&archive, "annotations", "a.json", &whole[..whole.len() / 2], "error[syntax::data]");
    for text in ["{}", "[]", "\"x\"", "{\"rows\": []}"] {
        check_refused(&archive, "annotations", "a.json", text, "the file holds no annotation");
    }
}
