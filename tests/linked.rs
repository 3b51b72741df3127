//! What an archive says to machines: JSON-LD in pages, texts with their annotations, records of entities, `llms.txt`.
//! `tests/standards.py` has the same judged by the standards' own words.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, CONFIG, archive, without_rules};
use serde_json::{Value, json};

const ARTICLE: &str = "+++\ntitle = 'The </script><!-- lake'\ndate = 2025-01-02\nauthors = ['ada', 'Somebody']\nabout = ['lake']\n+++\n\
    Ada Sample says: 🏞 the *lake* is 60 metres deep. It is cold.\n";

fn facts(check: &str, status: &str) -> String {
    let check = format!("[{{ by = 't', date = 2025-01-03 {check} }}]");
    format!(
        "[[facts]]\nid = 'deep'\nclaim = 'It is 60 m deep.'\nanchor = {{ exact = 'lake is 60 metres deep' }}\nsubject = 'lake'\n\
         value = {{ number = 60, unit = 'm' }}\nattribution = [{{ agent = 'ada' }}]\nvalid = {{ at = '2024-11' }}\nstatus = '{status}'\nchecks = {check}\n\
         [[facts]]\nid = 'hidden'\nclaim = 'Internal.'\nanchor = {{ exact = 'It is cold' }}\nabout = ['ghost']\nvisibility = 'internal'\n"
    )
}

fn lake(check: &str, status: &str) -> Archive {
    let archive = archive(&[
        ("content/articles/lake.md", ARTICLE),
        ("content/articles/lake.facts.toml", &facts(check, status)),
        ("content/entities/lake.md", "+++\nkind = 'place'\nname = 'Test Lake'\nfounded = '1900'\nwikidata = 'Q1'\n+++\n"),
        ("content/entities/ada.md", "+++\nkind = 'person'\nname = 'Ada Sample'\nborn = '1970-05'\ndied = '2020~'\n+++\n"),
        ("content/entities/ghost.md", "+++\nkind = 'person'\nname = 'Test Ghost'\n+++\n"),
    ]);
    archive.build(&[]);
    archive
}

/// The linked data of a page.
fn linked(archive: &Archive, page: &str) -> Value {
    let html = archive.read(&format!("public/{page}"));
    let (_, behind) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(behind.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn an_article_says_who_speaks_of_what() {
    let archive = lake("", "confirmed");
    let article = linked(&archive, "articles/lake/index.html");
    assert_eq!(article["headline"], "The </script><!-- lake");
    assert_eq!(article["datePublished"], "2025-01-02");
    let ada = "https://archive.example/base/entities/ada/";
    assert_eq!(article["author"], json!([{ "@type": "Person", "@id": ada, "name": "Ada Sample" }, { "name": "Somebody" }]));
    assert_eq!(article["about"][0]["sameAs"], "https://www.wikidata.org/wiki/Q1");
    assert_eq!(article["mentions"].as_array().unwrap().len(), 1, "no fact that readers see speaks of the ghost");
    let claims = article["hasPart"].as_array().unwrap();
    assert_eq!(claims.len(), 1);
    assert_eq!(claims[0]["author"], json!([{ "@id": ada }]));
    let figure = json!({ "@type": "Observation", "observationAbout": { "@id": "https://archive.example/base/entities/lake/" },
        "value": 60, "unitText": "m", "observationDate": "2024-11" });
    assert_eq!(claims[0]["mainEntity"], figure);
}

#[test]
fn a_verdict_is_given_where_somebody_found_just_that() {
    let review = |check, status| linked(&lake(check, status), "articles/lake/index.html")["hasPart"][0]["review"].clone();
    assert_eq!(review("", "refuted")["reviewRating"]["ratingValue"], 1);
    assert_eq!(review(", result = 'confirmed'", "confirmed")["datePublished"], "2025-01-03");
    for (check, status) in [
        ("", "single_source"),
        ("", "superseded"),
        (", result = 'disputed'", "confirmed"),
        // The sentence is no longer the one that was checked.
        (", against = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'", "confirmed"),
    ] {
        assert_eq!(review(check, status), Value::Null, "{status} with a check{check}");
    }
}

#[test]
fn an_entity_has_only_the_dates_of_its_type() {
    let archive = lake("", "confirmed");
    let ada = linked(&archive, "entities/ada/index.html");
    assert_eq!((&ada["@type"], &ada["birthDate"], &ada["deathDate"]), (&json!("Person"), &json!("1970-05"), &Value::Null));
    assert_eq!(linked(&archive, "entities/lake/index.html")["foundingDate"], Value::Null);
    let record: Value = serde_json::from_str(&archive.read("public/entities/lake/entity.jsonld")).unwrap();
    assert_eq!(record["subjectOf"][0]["@id"], "https://archive.example/base/articles/lake/#deep");
}

#[test]
fn the_text_beside_an_article_is_the_one_that_annotations_count_in() {
    let archive = lake("", "confirmed");
    let text = archive.read("public/articles/lake/text.txt");
    assert_eq!(text, "Ada Sample says: 🏞 the lake is 60 metres deep. It is cold.");
    let collection: Value = serde_json::from_str(&archive.read("public/articles/lake/annotations.jsonld")).unwrap();
    assert_eq!(collection["total"], 1);
    let selectors = &collection["first"]["items"][0]["target"]["selector"];
    assert_eq!(selectors[0]["exact"], "lake is 60 metres deep");
    assert_eq!(selectors[1], json!({ "type": "TextPositionSelector", "start": 23, "end": 45 }));
}

#[test]
fn what_is_switched_off_is_not_made() {
    let archive = lake("", "confirmed");
    let made = |archive: &Archive| {
        let files = ["llms.txt", "articles/lake/text.txt", "articles/lake/annotations.jsonld", "entities/lake/entity.jsonld"];
        let mut made: Vec<&str> = files.into_iter().filter(|file| archive.path(&format!("public/{file}")).exists()).collect();
        let page = archive.read("public/articles/lake/index.html");
        made.extend(["ld+json", "text.txt"].into_iter().filter(|word| page.contains(word)));
        made.len()
    };
    assert_eq!(made(&archive), 6);
    archive.write("postilla.toml", &format!("{CONFIG}[exports]\nannotations = false\n{}", without_rules()));
    archive.build(&[]);
    assert_eq!(made(&archive), 3, "a page does not speak of files that are not there");
    let off = "[exports]\njson_ld = false\nannotations = false\nentities = false\nllms = false\n";
    archive.write("postilla.toml", &format!("{CONFIG}{off}{}", without_rules()));
    archive.build(&[]);
    assert_eq!(made(&archive), 0);
}
