//! Entities of FollowTheMoney. Those of the tests are made up, with the shape in which OpenAleph and OpenSanctions give them.

use super::common::archive;
use super::{check_refused, content, import_well};

const PEOPLE: &str = r#"{"id": "NK-anna", "caption": "Anna Test", "schema": "Person", "properties": {"name": ["Anna Test", "Anna T."], "alias": ["A. Test"], "birthDate": ["1950-01-02"], "country": ["it"], "website": ["https://anna.example/", "javascript:alert(1)"], "topics": ["role.pep"]}, "datasets": ["test"]}
{"id": "NK-works", "schema": "Company", "properties": {"name": ["Test Works"], "incorporationDate": ["1994-07-00"], "wikidataId": ["Q999000001"], "summary": ["<script>alert(1)</script>"]}}
{"id": "NK-own", "schema": "Ownership", "properties": {"owner": ["NK-anna"], "asset": ["NK-works"], "startDate": ["2001"], "percentage": ["50"]}}
{"id": "NK-dir", "schema": "Directorship", "properties": {"director": ["NK-anna"], "organization": ["NK-works"]}}

{"id": "NK-ship", "schema": "Vessel", "properties": {"name": ["Test Ship"]}}
{"id": "NK-pay", "schema": "Ownership", "properties": {"owner": ["NK-gone"], "asset": ["NK-works"]}}
"#;

const ANNA: &str = "+++\nkind = \"person\"\nname = \"Anna Test\"\naliases = [\"Anna T.\", \"A. Test\"]\nsame_as = [\"https://anna.example/\"]\ncountry = \"it\"\nborn = \"1950-01-02\"\n\n[[relations]]\nproperty = \"owns\"\nobject = \"test-works\"\nvalid = { from = \"2001\" }\n+++\n";

#[test]
fn people_and_companies_become_entities_and_what_joins_them_relations() {
    let archive = archive(&[("content/properties.toml", "[owns]\nlabel = \"owns\"\n")]);
    let run = import_well(&archive, "followthemoney", "people.ftm.json", PEOPLE);
    assert_eq!(archive.read("content/entities/anna-test.md"), ANNA);
    let works = archive.read("content/entities/test-works.md");
    assert_eq!(
        works,
        "+++\nkind = \"company\"\nname = \"Test Works\"\nsummary = \"<script>alert(1)</script>\"\nwikidata = \"Q999000001\"\n+++\n"
    );
    for said in [
        "the archive has no property `directs`: the relation is left out",
        "such as `directs.label = \"directs\"`",
        "what is of schema `Vessel` has no counterpart here, or lacks a name, and is left out: 1",
        "`NK-gone`, of which this says something, is not among what is imported",
    ] {
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
    assert_eq!(content(&archive).len(), 3);
    let before = content(&archive);
    let again = import_well(&archive, "followthemoney", "people.ftm.json", PEOPLE);
    assert!(again.stderr.contains("in the archive already"), "{}", again.stderr);
    assert_eq!(content(&archive), before);
}

#[test]
fn a_list_of_entities_is_read_as_its_lines_are() {
    let lines: Vec<&str> = PEOPLE.lines().filter(|line| !line.is_empty()).collect();
    let archive = archive(&[("content/properties.toml", "[owns]\nlabel = \"owns\"\n")]);
    import_well(&archive, "followthemoney", "people.json", &format!("{{\"results\": [\n{}\n]}}", lines.join(",\n")));
    assert_eq!(archive.read("content/entities/anna-test.md"), ANNA);
}

#[test]
fn a_note_that_an_article_proves_is_a_fact_of_it() {
    let article = "+++\ntitle = \"The river\"\n+++\nThe river rose by 3.5 metres, and the river fell.\n";
    let archive = archive(&[("content/articles/river.md", article)]);
    let note = |id: &str, quote: &str, status: &str| {
        format!(
            r#"{{"id": "{id}", "schema": "Note", "properties": {{"name": ["It rose."], "description": ["{quote}"], "entity": ["NK-works", "NK-gone"], "keywords": ["{status}"], "proof": ["article-river"]}}}}"#
        )
    };
    let works = PEOPLE.lines().nth(1).unwrap();
    let lines = [
        works.to_owned(),
        note("fact-river-rise", "rose by 3.5 metres", "confirmed"),
        note("NK-note", "the river", "perhaps"),
        note("NK-note", "no such words", ""),
    ];
    let run = import_well(&archive, "followthemoney", "facts.ftm.json", &lines.join("\n"));
    let expected = "[[facts]]\nid = \"rise\"\nclaim = \"It rose.\"\nanchor = { exact = \"rose by 3.5 metres\" }\nabout = [\"test-works\"]\nstatus = \"confirmed\"\n\n\
        [[facts]]\nid = \"it-rose\"\nclaim = \"It rose.\"\nanchor = { exact = \"the river\" }\nabout = [\"test-works\"]\n";
    assert_eq!(archive.read("content/articles/river.facts.toml"), expected);
    for said in ["the archive has no entity `NK-gone`", "the quote does not stand in `content/articles/river.md`"] {
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
}

#[test]
fn what_is_no_entity_is_refused() {
    let archive = archive(&[]);
    check_refused(&archive, "followthemoney", "a.json", &PEOPLE[..PEOPLE.len() - 40], "error[syntax::data]");
    for text in ["[]", "3", "{}", "{\"entities\": []}"] {
        check_refused(&archive, "followthemoney", "a.json", text, "the file holds no entity of FollowTheMoney");
    }
    for (key, cut) in [("id", "\"id\": \"NK-anna\", "), ("properties", "properties")] {
        check_refused(
            &archive,
            "followthemoney",
            "a.json",
            &PEOPLE.replace(cut, if key == "id" { "" } else { "p" }),
            &format!("the entity has no `{key}`"),
        );
    }
}
