//! From a file's text to the lines and columns of all that is wrong with it, in every notation.

use postilla::base::SourcePath;
use postilla::parse::data::Format;
use postilla::parse::sidecar;
use postilla::report;

/// `line:column message` of everything that is wrong with a sidecar.
fn wrongs(name: &str, text: &str) -> Vec<String> {
    let file = SourcePath::new(name);
    let found = sidecar::read(&file, text, Format::of_extension(name).expect("a name of data")).diagnostics;
    let written = report::json(&found, &|_: &SourcePath| Some(text.to_owned()));
    let lines = written.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line of JSON"));
    lines.map(|line| format!("{}:{} {}", line["line"], line["column"], line["message"].as_str().unwrap_or("no message"))).collect()
}

const TOML: &str = "[[facts]]
id = 'a'
claim = { it = 'è', english = 3 }
anchor = { exat = 'x' }
statsu = 'confirmed'
status = 'confirmd'

[[facts]]
id = 'b'
claim = 'c'
[facts.anchor]
exact = 'q'
[facts.valid]
at = '2024-13'
";

const YAML: &str = "facts:
  - id: a
    claim: { it: è, english: [3] }
    anchor: { exat: x }
    statsu: confirmed
    status: confirmd
  - id: b
    claim: c
    anchor:
      exact: q
    valid:
      at: 2024-13
";

const JSON: &str = r#"{"facts": [
  {"id": "a", "claim": {"it": "è\ud83d\ude00", "english": 3},
   "anchor": {"exat": "x"},
   "statsu": "confirmed", "status": "confirmd"},
  {"id": "b", "claim": "c", "anchor": {"exact": "q"},
   "valid": {"at": "2024-13"}}
]}"#;

#[test]
fn every_mistake_of_a_toml_sidecar_has_its_place() {
    assert_eq!(
        wrongs("a.facts.toml", TOML),
        [
            "3:21 `english` is not a BCP 47 language tag",
            "3:31 expected a string, found an integer",
            "4:10 the key `exact` is missing",
            "4:12 unknown key `exat`",
            "5:1 unknown key `statsu`",
            "6:10 unknown word `confirmd`",
            "14:6 `2024-13` is not an EDTF date: invalid EDTF at offset 5: month must be 01-12 or a sub-year code 21-41",
        ]
    );
}

#[test]
fn every_mistake_of_a_yaml_sidecar_has_its_place() {
    assert_eq!(
        wrongs("a.facts.yaml", YAML),
        [
            "3:21 `english` is not a BCP 47 language tag",
            "3:30 expected a string, found a list",
            "4:13 the key `exact` is missing",
            "4:15 unknown key `exat`",
            "5:5 unknown key `statsu`",
            "6:13 unknown word `confirmd`",
            "12:11 `2024-13` is not an EDTF date: invalid EDTF at offset 5: month must be 01-12 or a sub-year code 21-41",
        ]
    );
}

#[test]
fn every_mistake_of_a_json_sidecar_has_its_place() {
    assert_eq!(
        wrongs("a.facts.json", JSON),
        [
            "2:48 `english` is not a BCP 47 language tag",
            "2:59 expected a string, found an integer",
            "3:14 the key `exact` is missing",
            "3:15 unknown key `exat`",
            "4:4 unknown key `statsu`",
            "4:37 unknown word `confirmd`",
            "6:20 `2024-13` is not an EDTF date: invalid EDTF at offset 5: month must be 01-12 or a sub-year code 21-41",
        ]
    );
}

#[test]
fn a_byte_order_mark_and_windows_lines_move_nothing() {
    for (name, text) in [("a.facts.toml", TOML), ("a.facts.yaml", YAML), ("a.facts.json", JSON)] {
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(wrongs(name, &windows), wrongs(name, text), "{name}");
    }
}

#[test]
fn a_repeated_key_and_broken_syntax_have_their_places() {
    assert_eq!(wrongs("a.toml", "facts = []\nfacts = []\n"), ["2:1 a key stands here twice"]);
    assert_eq!(wrongs("a.yaml", "facts: []\nfacts: []\n"), ["2:1 the key `facts` stands here twice"]);
    assert_eq!(wrongs("a.json", "{\"facts\": [],\n \"facts\": []}"), ["2:2 the key `facts` stands here twice"]);
    assert_eq!(wrongs("a.json", "{\"facts\": [\n}"), ["2:1 not valid JSON: expected value"]);
    assert_eq!(wrongs("a.toml", "facts = [\n").len(), 1);
    assert_eq!(wrongs("a.yaml", "facts: [\n").len(), 1);
}

#[test]
fn a_sidecar_cut_off_anywhere_is_read_without_a_crash() {
    for (name, text) in [("a.facts.toml", TOML), ("a.facts.yaml", YAML), ("a.facts.json", JSON)] {
        for cut in (0..text.len()).filter_map(|end| text.get(..end)) {
            let _any = (wrongs(name, cut), wrongs(name, &format!("{cut}\0")), wrongs(name, &format!("{cut}\u{1b}{{[\"")));
        }
    }
}

const STAGES_TOML: &str = "[[facts]]
id = 'a'
claim = 'c'
anchor = { exact = 'x' }
colour = 'red'

[[facts]]
id = 'b'
claim = 3
anchor = { exact = 'x' }

[[facts]]
id = 'c'
claim = 'c'
anchor = { exact = 'x' }
value = { min = 2, max = 1 }

[[facts]]
id = 'a'
claim = 'c'
anchor = { exact = 'x' }
";

const STAGES_YAML: &str = "facts:
  - { id: a, claim: c, anchor: { exact: x }, colour: red }
  - { id: b, claim: [3], anchor: { exact: x } }
  - { id: c, claim: c, anchor: { exact: x }, value: { min: 2, max: 1 } }
  - { id: a, claim: c, anchor: { exact: x } }
";

const STAGES_JSON: &str = r#"{"facts": [
  {"id": "a", "claim": "c", "anchor": {"exact": "x"}, "colour": "red"},
  {"id": "b", "claim": 3, "anchor": {"exact": "x"}},
  {"id": "c", "claim": "c", "anchor": {"exact": "x"}, "value": {"min": 2, "max": 1}},
  {"id": "a", "claim": "c", "anchor": {"exact": "x"}}
]}"#;

#[test]
fn one_run_names_what_the_schema_forbids_and_what_only_a_later_check_sees() {
    for (name, text, places, kind) in [
        ("a.facts.toml", STAGES_TOML, ["5:1", "9:9", "16:17", "19:6"], "an integer"),
        ("a.facts.yaml", STAGES_YAML, ["2:46", "3:21", "4:60", "5:11"], "a list"),
        ("a.facts.json", STAGES_JSON, ["2:55", "3:24", "4:72", "5:10"], "an integer"),
    ] {
        let messages = [
            "unknown key `colour`".to_owned(),
            format!("expected a string or a table, found {kind}"),
            "`min` 2 is greater than `max` 1".to_owned(),
            "two facts with the id `a`".to_owned(),
        ];
        let expected: Vec<String> = places.iter().zip(messages).map(|(place, message)| format!("{place} {message}")).collect();
        assert_eq!(wrongs(name, text), expected, "{name}");
    }
}
