//! Quotes that moved are listed, and taken anew where an editor says so; nothing else of a sidecar changes.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, Run, ruled};
use serde_json::Value;

const ARTICLE: &str = "+++\ntitle = 'The river'\n+++\n\n\
    The town hall said on Monday that the Test River had risen by 3.5 metres. Nobody was hurt. It took two nights till the water was gone.\n";

/// One fact each: unchanged, reworded, with another number, and gone; with comments and notations that must stay.
const SIDECAR: &str = r#"# The facts of the river.
[[facts]]
id = "stands"   # a comment
claim = "Nobody was hurt."
anchor = { exact = "Nobody was hurt", suffix = ". It took" }

[[facts]]
id = "reworded"
claim = "It took two nights."
anchor.exact = 'It took two nights till the brown water was gone'
checks = [{ by = "test.checker", date = 2025-02-03 }]   # untouched

[[facts]]
id = "other"
claim = "The river rose by 3.1 metres."
  [facts.anchor]
  exact = "the Test River had risen by 3.1 metres"
  prefix = "said on Monday that "

[[facts]]
id = "lost"
claim = "Something else."
anchor = { exact = "five cats were looking at an empty bowl" }
"#;

fn river() -> Archive {
    ruled(&[("content/articles/river.md", ARTICLE), ("content/articles/river.facts.toml", SIDECAR)])
}

fn check_end(run: &Run, code: i32) {
    assert_eq!(run.code, code, "{}{}", run.stdout, run.stderr);
}

fn listed(run: &Run) -> Vec<(String, String, bool)> {
    let line = |line: &str| -> Value { serde_json::from_str(line).unwrap() };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |row: Value| (text(&row["fact"]), text(&row["became"]), row["accepted"].as_bool().unwrap());
    run.stdout.lines().map(line).map(row).collect()
}

fn row(fact: &str, became: &str, accepted: bool) -> (String, String, bool) {
    (fact.to_owned(), became.to_owned(), accepted)
}

#[test]
fn what_moved_is_listed_and_nothing_is_written() {
    let archive = river();
    let run = archive.run(&["reanchor", "--json"]);
    check_end(&run, 0);
    assert_eq!(listed(&run), [row("reworded", "drifted", false), row("other", "changed", false), row("lost", "lost", false)]);
    assert_eq!(archive.read("content/articles/river.facts.toml"), SIDECAR);

    let changed: Value = serde_json::from_str(run.stdout.lines().nth(1).unwrap()).unwrap();
    assert_eq!(changed["differences"], serde_json::json!(["numbers differ: 3.1 → 3.5"]));
    assert_eq!((&changed["quoted_at"]["line"], &changed["now_at"]["line"]), (&Value::from(17), &Value::from(5)));
    assert_eq!(changed["now"], "the Test River had risen by 3.5 metres");
}

#[test]
fn people_see_the_words_as_a_difference() {
    let run = river().run(&["reanchor", "--color", "never"]);
    check_end(&run, 0);
    assert!(run.stdout.contains("  the Test River had risen by [-3.1-]{+3.5+} metres\n"), "{}", run.stdout);
    assert!(run.stdout.contains("river#other: changed (quote 0."), "{}", run.stdout);
    assert_eq!(run.stderr, "3 quotes do not stand as they were given\n");
}

#[test]
fn an_accepted_quote_is_written_and_every_other_byte_stays() {
    let archive = river();
    check_end(&archive.run(&["reanchor", "river", "--accept", "other"]), 0);
    assert_eq!(archive.read("content/articles/river.facts.toml"), SIDECAR.replace("risen by 3.1 metres", "risen by 3.5 metres"));
    let run = archive.run(&["reanchor", "--json"]);
    assert_eq!(listed(&run), [row("reworded", "drifted", false), row("lost", "lost", false)]);
}

#[test]
fn all_that_drifted_is_accepted_and_what_changed_is_not() {
    let archive = river();
    let run = archive.run(&["reanchor", "--accept-drifted", "--json"]);
    check_end(&run, 0);
    assert_eq!(listed(&run), [row("reworded", "drifted", true), row("other", "changed", false), row("lost", "lost", false)]);
    let new = SIDECAR.replace("two nights till the brown water was gone", "two nights till the water was gone");
    assert_eq!(archive.read("content/articles/river.facts.toml"), new);
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let archive = river();
    let run = archive.run(&["reanchor", "--accept", "reworded", "river#other", "--dry-run"]);
    check_end(&run, 0);
    assert!(run.stderr.ends_with("; 2 quotes in 1 sidecar would be taken anew\n"), "{}", run.stderr);
    assert_eq!(archive.read("content/articles/river.facts.toml"), SIDECAR);
}

#[test]
fn what_cannot_be_accepted_is_refused_and_nothing_is_written() {
    let archive = river();
    for (args, message) in [
        (["--accept", "lost"].as_slice(), "its words are nowhere to be found"),
        (&["--accept", "reworded", "nobody"], "no quote of a fact `nobody` has moved"),
        (&["--accept", "stands"], "no quote of a fact `stands` has moved"),
        (&["rivers", "--accept-drifted"], "did you mean `river`?"),
        (&["--accept", "x", "--accept-drifted"], "cannot be used with"),
    ] {
        let run = archive.run(&[&["reanchor"], args].concat());
        check_end(&run, 2);
        assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
    }
    assert_eq!(archive.read("content/articles/river.facts.toml"), SIDECAR);
}

#[test]
fn a_fact_of_many_articles_is_named_with_its_article() {
    let archive = river();
    archive.write("content/articles/lake.md", &ARTICLE.replace("The river", "The lake"));
    archive.write("content/articles/lake.facts.toml", SIDECAR);
    let run = archive.run(&["reanchor", "--accept", "other"]);
    check_end(&run, 2);
    assert!(run.stderr.contains("write `lake#other`"), "{}", run.stderr);
    check_end(&archive.run(&["reanchor", "content/articles/lake.facts.toml", "--accept", "other"]), 0);
    assert_ne!(archive.read("content/articles/lake.facts.toml"), SIDECAR);
    assert_eq!(archive.read("content/articles/river.facts.toml"), SIDECAR);
}

#[test]
fn yaml_and_json_keep_their_bytes_too() {
    let yaml =
        "# The facts.\nfacts:\n- id: other   # here\n  claim: 3.1 metres\n  anchor: {exact: the Test River had risen by 3.1 metres}\n";
    let json =
        "{\n\t\"facts\": [ {\"id\": \"other\", \"claim\": \"c\",\n\"anchor\": {\"exact\": \"the Test River had risen by 3.1 metres\"}} ]}";
    for (name, text) in [("content/articles/river.facts.yaml", yaml), ("content/articles/river.facts.json", json)] {
        let archive = ruled(&[("content/articles/river.md", ARTICLE), (name, text)]);
        check_end(&archive.run(&["reanchor", "--accept", "other"]), 0);
        assert_eq!(archive.read(name), text.replace("risen by 3.1 metres", "risen by 3.5 metres"));
    }
}

#[test]
fn a_quote_that_only_lost_its_surroundings_gets_new_ones() {
    let archive = ruled(&[
        (
            "content/articles/a.md",
            "+++\ntitle = 'x'\n+++\n\nIn the end the papers wrote that the test bridge was closed for good. People wept.\n",
        ),
        (
            "content/articles/a.facts.toml",
            "[[facts]]\nid = 'x'\nclaim = 'x'\nanchor = { exact = 'the test bridge was closed for good', prefix = 'so the radio told us that ', suffix = '. People wept' }\n",
        ),
    ]);
    let run = archive.run(&["reanchor", "--accept-drifted", "--json"]);
    check_end(&run, 0);
    assert_eq!(listed(&run), [row("x", "drifted", true)]);
    let sidecar = archive.read("content/articles/a.facts.toml");
    assert!(sidecar.contains("prefix = 'end the papers wrote that '"), "{sidecar}");
    assert!(archive.run(&["reanchor"]).stderr.contains("every quote stands as it was given"));
}

#[test]
fn words_that_are_accepted_stand_from_then_on() {
    let archive = river();
    check_end(&archive.run(&["reanchor", "--accept", "reworded", "other"]), 0);
    let run = archive.run(&["check", "--rule", "anchor::drifted", "--rule", "anchor::changed"]);
    check_end(&run, 0);
    assert!(
        archive
            .read("content/articles/river.facts.toml")
            .contains(r#"checks = [{ by = "test.checker", date = 2025-02-03 }]   # untouched"#)
    );
}

#[test]
fn the_footing_of_a_fact_can_be_asked_for() {
    let archive = river();
    let run = archive.run(&["explain", "river#stands", "--json"]);
    check_end(&run, 0);
    let said: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&said["words"], &said["sentence"]), (&"Nobody was hurt".into(), &"Nobody was hurt.".into()));
    let digest = said["against"].as_str().unwrap();
    let checked = SIDECAR.replace("2025-02-03 }", &format!("2025-02-03 }}, {{ by = \"x\", date = 2025-03-01, against = \"{digest}\" }}"));
    archive.write("content/articles/river.facts.toml", &checked);
    let run = archive.run(&["check", "--rule", "check::outdated"]);
    // The digest is that of another fact's sentence.
    assert!(run.stderr.contains("the sentence of fact `reworded` has changed since x checked it on 2025-03-01"), "{}", run.stderr);
    check_end(&archive.run(&["explain", "river#nobody"]), 2);
}
