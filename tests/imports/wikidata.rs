//! Items of Wikidata. Those of the tests are made up, with the shape that `Special:EntityData` gives.

use super::common::archive;
use super::{check_refused, content, import_well};

const ITEM: &str = r#"{"entities": {"Q999000001": {"type": "item", "id": "Q999000001",
"labels": {"de": {"language": "de", "value": "Testwerke"}, "en": {"language": "en", "value": "Test Works"}},
"descriptions": {"en": {"language": "en", "value": "made-up company <script>alert(1)</script>"}},
"aliases": {"en": [{"language": "en", "value": "TW"}, {"language": "en", "value": "Test Works"}]},
"claims": {
"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q43229"}}}, "rank": "deprecated"}, {"mainsnak": {"datavalue": {"value": {"id": "Q4830453"}}}, "rank": "normal"}],
"P571": [{"mainsnak": {"datavalue": {"value": {"time": "+1994-07-00T00:00:00Z", "precision": 10}}}, "rank": "normal"}],
"P856": [{"mainsnak": {"datavalue": {"value": "https://works.example/"}}, "rank": "normal"}],
"P214": [{"mainsnak": {"datavalue": {"value": "123"}}, "rank": "normal"}],
"P1": [{"mainsnak": {"snaktype": "novalue"}, "rank": "normal"}]}}}}"#;

#[test]
fn an_item_becomes_an_entity() {
    let archive = archive(&[]);
    let run = import_well(&archive, "wikidata", "Q999000001.json", ITEM);
    let expected = "+++\nkind = \"company\"\nname = \"Test Works\"\naliases = [\"TW\"]\nsummary = \"made-up company <script>alert(1)</script>\"\n\
        wikidata = \"Q999000001\"\nsame_as = [\"https://works.example/\", \"https://viaf.org/viaf/123\"]\nfounded = \"1994-07\"\n+++\n";
    assert_eq!(archive.read("content/entities/test-works.md"), expected);
    assert!(run.stderr.contains("properties of `Q999000001` without a counterpart here are left out: 1"), "{}", run.stderr);
}

#[test]
fn names_come_in_the_languages_of_the_archive() {
    let archive = archive(&[("postilla.toml", "title = \"Test\"\nbase_url = \"https://test.example/\"\nlanguages = [\"en\", \"de\"]\n")]);
    import_well(&archive, "wikidata", "a.json", ITEM);
    let written = archive.read("content/entities/test-works.md");
    assert!(written.contains("name = { en = \"Test Works\", de = \"Testwerke\" }\n"), "{written}");
}

#[test]
fn an_entity_that_is_there_already_is_left_as_it_is() {
    for there in ["kind = \"company\"\nname = \"Other\"\nwikidata = \"Q999000001\"", "kind = \"company\"\nname = \"Test Works\""] {
        let archive = archive(&[("content/entities/a.md", &format!("+++\n{there}\n+++\n"))]);
        let before = content(&archive);
        let run = import_well(&archive, "wikidata", "a.json", ITEM);
        assert!(run.stderr.contains("in the archive already"), "{}", run.stderr);
        assert_eq!(content(&archive), before);
    }
    let archive = archive(&[("content/entities/test-works.md", "+++\nkind = \"person\"\nname = \"Other\"\n+++\n")]);
    import_well(&archive, "wikidata", "a.json", ITEM);
    assert!(archive.read("content/entities/test-works-2.md").contains("Q999000001"));
}

#[test]
fn a_dry_run_writes_nothing_and_a_class_without_a_kind_is_named() {
    let archive = archive(&[]);
    archive.write("incoming/a.json", ITEM);
    let run = archive.run(&["import", "wikidata", "incoming", "--dry-run"]);
    assert!(run.stdout.starts_with("==> content/entities/test-works.md (new)\n+++\nkind"), "{}", run.stdout);
    assert!(content(&archive).is_empty());
    let run = import_well(&archive, "wikidata", "b.json", &ITEM.replace("Q4830453", "Q12280"));
    assert!(run.stderr.contains("its class is `Q12280`"), "{}", run.stderr);
    assert!(content(&archive).is_empty());
}

#[test]
fn what_is_no_item_is_refused() {
    let archive = archive(&[]);
    check_refused(&archive, "wikidata", "a.json", &ITEM[..400], "error[syntax::data]");
    for text in ["{}", "[]", "3", "{\"entities\": {\"Q1\": {\"missing\": \"\"}}}"] {
        check_refused(&archive, "wikidata", "a.json", text, "the file holds no item of Wikidata");
    }
}
