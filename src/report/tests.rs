//! Whole pictures, and the hostile texts that must not spoil them.

use super::*;
use crate::base::{Code, DataPath, Place, Spot};
use snapbox::str;

const SIDECAR: &str = "[[facts]]\nid = 'mau'\nclaim = 'x'\n\n[[facts]]\nid = 'mau'\n";

fn file() -> SourcePath {
    SourcePath::new("content/a.facts.toml")
}

fn picture(text: &str, diagnostic: Diagnostic) -> String {
    human(&[diagnostic], &|_: &SourcePath| Some(text.to_owned()), false)
}

fn twice() -> Diagnostic {
    let id = |index| Place::data(&file(), DataPath::root().key("facts").index(index).key("id"));
    Diagnostic::error(Code::DuplicateId, id(1), "two facts with the id `mau`")
        .related(id(0), "first here")
        .note("a note")
        .help("rename one".to_owned())
}

#[test]
fn a_diagnostic_shows_both_places_and_says_what_to_do() {
    snapbox::assert_data_eq!(
        picture(SIDECAR, twice()),
        str![[r"
error[id::duplicate]: two facts with the id `mau`
 --> content/a.facts.toml:6:6
  |
6 | id = 'mau'
  |      ^^^^^
  |
 ::: content/a.facts.toml:2:6
  |
2 | id = 'mau'
  |      ----- first here
  |
  = note: a note
  = help: rename one


"]]
    );
}

#[test]
fn a_program_gets_one_object_a_line() {
    let written = json(&[twice()], &|_: &SourcePath| Some(SIDECAR.to_owned()));
    snapbox::assert_data_eq!(
        written,
        str![[r#"
{"severity":"error","code":"id::duplicate","message":"two facts with the id `mau`","file":"content/a.facts.toml","line":6,"column":6,"end_line":6,"end_column":11,"byte_start":49,"byte_end":54,"related":[{"message":"first here","file":"content/a.facts.toml","line":2,"column":6,"end_line":2,"end_column":11,"byte_start":15,"byte_end":20}],"notes":["a note"],"help":"rename one"}

"#]]
    );
}

#[test]
fn a_file_as_a_whole_and_a_file_that_is_gone_are_named_without_lines() {
    let whole = Diagnostic::error(Code::Encoding, Place::whole(&file()), "not UTF-8").related(Place::whole(&file()), "here");
    let gone = human(&[twice()], &|_: &SourcePath| None, false);
    snapbox::assert_data_eq!(
        picture("x", whole) + &gone,
        str![[r"
error[source::encoding]: not UTF-8
--> content/a.facts.toml
::: content/a.facts.toml
 = note: here

error[id::duplicate]: two facts with the id `mau`
--> content/a.facts.toml
::: content/a.facts.toml
 = note: first here
 = note: a note
 = help: rename one


"]]
    );
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let text = "id = '\u{1b}[31mred\u{202e}' # \u{9b}\u{7}\r\n";
    let place = Place::bytes(&SourcePath::new("a\u{1b}.toml"), 5..14);
    let spoiled = Diagnostic::error(Code::BadValue, place.clone(), "m\u{1b}[0m\nx")
        .related(place, "l\u{1b}\u{202e}")
        .note("n\u{9b}2J")
        .help("h\u{1b}]0;x\u{7}".to_owned());
    let drawn = picture(text, spoiled);
    assert!(!drawn.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{drawn:?}");
    assert!(drawn.contains("a␛.toml:1:6"), "{drawn}");
}

#[test]
fn a_long_line_is_cut_around_what_is_meant() {
    let text = format!("{}HERE{}", "a ".repeat(50_000), " b".repeat(50_000));
    let drawn = picture(&text, Diagnostic::warning(Code::BadValue, Place::bytes(&file(), 100_000..100_004), "x"));
    assert!(drawn.len() < 1_000 && drawn.contains("HERE") && drawn.contains(":1:100001\n"), "{drawn}");
}

#[test]
fn every_spot_of_every_text_can_be_drawn() {
    let texts =
        ["", "\n", "\u{feff}", "\u{feff}+++\n", "a", "è\r\n\tx\0y\r\n", "+++\ntitle = '\n+++", "---\n- [\n", "\t\t\u{200b}\u{301}x"];
    for text in texts {
        for name in ["a.md", "a.toml", "a.yaml", "a.json", "a.bib"] {
            let file = SourcePath::new(name);
            let spots = (0..12).flat_map(|at| [Spot::Bytes(at, at), Spot::Bytes(at, at + 3), Spot::Bytes(0, at)]);
            for spot in spots.chain([Spot::Data(DataPath::root().key("x").index(3)), Spot::Whole]) {
                let diagnostic = Diagnostic::error(Code::Syntax, Place { file: file.clone(), spot }, "x");
                assert!(picture(text, diagnostic.clone()).contains(name));
                let texts = |_: &SourcePath| Some(text.to_owned());
                assert!(json(std::slice::from_ref(&diagnostic), &texts).ends_with("}\n"));
                assert_eq!(github(std::slice::from_ref(&diagnostic), &texts).lines().count(), 1);
                let mut sarif = Sarif::default();
                sarif.add(&[diagnostic], &texts);
                assert!(sarif.document(1, true).contains(&format!("\"uri\": \"{name}\"")));
            }
        }
    }
}

#[test]
fn the_overlay_has_the_lines_of_each_place_and_what_the_disk_refused() {
    let drawn = overlay(&[twice()], Some("no"), &|_: &SourcePath| Some(SIDECAR.to_owned()));
    let drawn: serde_json::Value = serde_json::from_str(&drawn).unwrap();
    assert_eq!(drawn[0]["excerpt"], "6 | id = 'mau'\n  |      ^^^^^");
    assert_eq!(drawn[0]["related"][0]["excerpt"], "2 | id = 'mau'\n  |      ^^^^^");
    assert_eq!(drawn[1], serde_json::json!({ "severity": "error", "message": "no" }));
    assert!(!json(&[twice()], &|_: &SourcePath| Some(SIDECAR.to_owned())).contains("excerpt"));
}

#[test]
fn the_summary_counts() {
    let warning = Diagnostic::warning(Code::BadValue, Place::whole(&file()), "x");
    assert_eq!(summary(&[]), None);
    assert_eq!(summary(&[twice(), twice(), warning]).as_deref(), Some("2 errors, 1 warning"));
}

#[test]
fn rules_are_counted_errors_first_and_then_the_most_frequent() {
    let of = |code, severity: fn(Code, Place, &'static str) -> Diagnostic| severity(code, Place::whole(&file()), "x");
    let found = [
        of(Code::BrokenLink, Diagnostic::error),
        of(Code::Misnamed, Diagnostic::warning),
        of(Code::Misnamed, Diagnostic::error),
        of(Code::BrokenLink, Diagnostic::error),
    ];
    snapbox::assert_data_eq!(
        by_rule(&found),
        str![[r"
2  link::broken      error
1  source::misnamed  error
1  source::misnamed  warning

"]]
    );
    assert_eq!(by_rule(&found[..1]), "", "one rule needs no table");
    assert_eq!(tally(&[]), []);
}

#[test]
fn a_command_for_workflows_is_one_line_with_its_signs_escaped() {
    let place = Place::whole(&SourcePath::new("a, b: 50%\r\n::error::x.md"));
    let found = Diagnostic::warning(Code::Syntax, place.clone(), "100 %\r\n::stop-commands::x\u{1b}").related(place, "a: b, c").note("%0A");
    assert_eq!(
        github(&[found], &|_: &SourcePath| None),
        "::warning file=a%2C b%3A 50%25  %3A%3Aerror%3A%3Ax.md,title=syntax%3A%3Adata::a, b: 50%25  ::error::x.md: \
         100 %25  ::stop-commands::x␛%0Anote: %250A%0Anote: a, b: 50%25  ::error::x.md: a: b, c\n"
    );
    assert_eq!(github_refusal("50 %\nx"), "::error::50 %25%0Ax\n");
}

#[test]
fn a_file_outside_the_archive_has_an_address_of_its_own() {
    let mut sarif = Sarif::default();
    sarif.add(&[Diagnostic::error(Code::Syntax, Place::whole(&SourcePath::new("/etc/a b.toml")), "x")], &|_: &SourcePath| None);
    let document: serde_json::Value = serde_json::from_str(&sarif.document(2, false)).unwrap();
    let place = &document["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(*place, serde_json::json!({ "artifactLocation": { "uri": "file:///etc/a%20b.toml" } }));
}

#[test]
fn findings_stand_in_the_order_of_their_places() {
    let text = "zeta = 1\nalpha = 2\n";
    let at = |key: &str| Diagnostic::error(Code::BadValue, Place::data(&file(), DataPath::root().key(key)), key);
    let texts = |_: &SourcePath| Some(text.to_owned());
    for written in [human(&[at("alpha"), at("zeta")], &texts, false), json(&[at("alpha"), at("zeta")], &texts)] {
        assert!(written.find("zeta") < written.find("alpha"), "{written}");
    }
}

#[test]
fn thousands_of_findings_in_one_long_line_are_few_and_quick_to_draw() {
    const COUNT: usize = 20_000;
    let text = format!("[{}]", vec!["\"è è è è è è è è è è è è è è è è è\""; COUNT].join(","));
    let path = SourcePath::new("content/a.facts.json");
    let at = |index| Diagnostic::error(Code::BadValue, Place::data(&path, DataPath::root().index(index)), "x");
    let found: Vec<_> = (0..COUNT).map(at).collect();
    let texts = |_: &SourcePath| Some(text.clone());
    let start = std::time::Instant::now();
    let drawn = human(&found, &texts, false);
    assert!(drawn.contains("and 19800 more in") && drawn.matches("error[").count() == 200);
    assert!(drawn.contains(":1:7166\n"), "{}", &drawn[drawn.len() - 900..]);
    assert_eq!(json(&found, &texts).lines().count(), COUNT);
    assert!(start.elapsed().as_secs() < 15, "{:?}", start.elapsed());
}
