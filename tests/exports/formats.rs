//! Each format holds all that is shown.

use std::collections::BTreeSet;

use oxttl::{NQuadsParser, TurtleParser};
use serde_json::Value;

use super::common;
use super::sample::{NOW, SHOWN, database, export, rows, sample, texts};

#[test]
fn json_lines_hold_every_fact_with_all_of_it() {
    let facts = export(&sample(), "jsonl", &[]);
    let facts: Vec<Value> = facts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(facts.len(), SHOWN);
    let dates: Vec<_> = facts.iter().map(|fact| fact["article_date"].as_str().unwrap_or_default()).collect();
    assert!(dates.is_sorted(), "oldest first: {dates:?}");
    let value = facts.iter().find(|fact| fact["fact"] == "open#value").unwrap();
    for (key, expected) in [
        ("number", Value::from(300_000_000)),
        ("currency", "EUR".into()),
        ("approximate", true.into()),
        ("valid_at", "2024-11".into()),
        ("day", "2024-11-01".into()),
        ("status", "disputed".into()),
        ("subject_name", "Testhafen".into()),
        ("publisher", "Alfa Test".into()),
        ("about", serde_json::json!(["alfa", "harbour"])),
        ("same_as", serde_json::json!(["porto#valore"])),
        ("url", "https://archive.example/base/articles/open/#value".into()),
    ] {
        assert_eq!(value[key], expected, "{key}");
    }
    assert_eq!(value["claims"]["it"], "Il porto valeva 300 milioni di euro.");
    assert_eq!(value["attribution"][1]["words"], "a person in the harbour");
    assert_eq!((&value["evidence"][0]["source"], &value["evidence"][1]["stance"]), (&"book".into(), &"contradicts".into()));
    let text = sample().read("content/articles/open.md");
    let words: String =
        text.split("+++\n\n").nth(1).unwrap().chars().skip(usize::try_from(value["start"].as_u64().unwrap()).unwrap()).take(29).collect();
    assert_eq!(words, value["exact"].as_str().unwrap(), "positions are those of the canonical text");
}

#[test]
fn csv_holds_the_same_and_no_cell_of_words_is_a_formula() {
    let facts = export(&sample(), "csv", &[]);
    let mut reader = csv::Reader::from_reader(facts.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|other| other == name).unwrap();
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), SHOWN);
    let sign = records.iter().find(|record| &record[0] == "open#sign").unwrap();
    assert_eq!(&sign[column("claim")], "'=SUM(A1:A9) stands on a sign.");
    assert_eq!(&sign[column("exact")], "'=SUM(A1:A9) stands on a sign");
    assert_eq!(&sign[column("text")], "'-2+3");
    let formula = records.iter().flatten().find(|cell| cell.starts_with(['=', '+', '@', '\t', '\r']));
    assert_eq!(formula, None);
}

#[test]
fn parquet_has_a_file_for_each_year_and_table() {
    let archive = sample();
    export(&archive, "parquet", &["-o", "out"]);
    let files = common::files(&archive.path("out"));
    let facts = |year: &str| rows(&archive.path(&format!("out/facts/year={year}/facts.parquet")));
    assert_eq!((facts("2024").len(), facts("2025").len(), facts("__HIVE_DEFAULT_PARTITION__").len()), (1, 7, 1));
    let count = |table: &str| rows(&archive.path(&format!("out/{table}.parquet"))).len();
    assert_eq!([count("articles"), count("entities"), count("relations"), count("properties"), count("sources")], [5, 3, 1, 4, 1]);
    assert!(files.contains_key("facts/year=2024/facts.parquet"));
    let value = facts("2025").into_iter().find(|row| row.contains("\"open#value\"")).unwrap();
    for cell in ["number: 300000000.0", "day: 2024-11-01", "about: [\"alfa\", \"harbour\"]", "approximate: true", "min: null"] {
        assert!(value.contains(cell), "{cell} in {value}");
    }
}

#[test]
fn a_database_is_whole_linked_and_searchable() {
    let database = database(&sample());
    let one = |query: &str| database.query_row(query, [], |row| row.get::<_, rusqlite::types::Value>(0)).unwrap();
    let number = |query: &str| match one(query) {
        rusqlite::types::Value::Integer(number) => number,
        other => panic!("{query}: {other:?}"),
    };
    assert_eq!(one("PRAGMA integrity_check"), "ok".to_owned().into());
    assert!(database.query_row("PRAGMA foreign_key_check", [], |_| Ok(())).is_err(), "a row names another that is not there");
    assert_eq!(number("SELECT count(*) FROM facts"), i64::try_from(SHOWN).unwrap());
    assert_eq!(number("SELECT count(*) FROM about WHERE entity = 'harbour'"), 5);
    assert_eq!(number("SELECT count(*) FROM evidence JOIN sources ON sources.key = evidence.source"), 1);
    assert_eq!(number("SELECT count(*) FROM facts_fts WHERE facts_fts MATCH 'basins'"), 1);
    assert_eq!(number("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'testhafen'"), 1);
}

#[test]
fn every_column_is_in_the_guide() {
    let guide = std::fs::read_to_string(common::repository().join("docs/guide/exports.md")).unwrap();
    let database = database(&sample());
    let mut columns = database.prepare("SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '%\\_fts%' ESCAPE '\\'").unwrap();
    let columns: Vec<(String, String)> = columns.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert!(columns.len() > 100, "{columns:?}");
    let told = |table: &str, column: &str| {
        let chapter = guide.split("\n### ").find(|chapter| chapter.starts_with(&format!("`{table}`\n")));
        chapter.is_some_and(|chapter| chapter.contains(&format!("\n| `{column}` |")))
    };
    let missing: Vec<_> = columns.iter().filter(|(table, column)| !told(table, column)).collect();
    assert!(missing.is_empty(), "not in the guide: {missing:?}");
}

#[test]
fn followthemoney_joins_two_and_notes_on_others_and_repeats_nothing_refuted() {
    let archive = sample();
    let lines = export(&archive, "ftm", &[]);
    let proxies: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |id: &str| proxies.iter().find(|proxy| proxy["id"] == id);
    assert_eq!(of("entity-alfa").unwrap()["schema"], "Company");
    let link = of("fact-open-founder").unwrap();
    assert_eq!((&link["schema"], &link["properties"]["role"][0]), (&"UnknownLink".into(), &"founder".into()));
    assert_eq!(of("fact-open-basins").unwrap()["properties"]["entity"][0], "entity-harbour");
    assert!(of("fact-open-depth").is_none(), "a refuted fact");
    let ids: BTreeSet<_> = proxies.iter().map(|proxy| proxy["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), proxies.len(), "each id once");
    let statements = export(&archive, "ftm-statements", &[]);
    let values: usize = proxies
        .iter()
        .flat_map(|proxy| proxy["properties"].as_object().unwrap().values())
        .map(|values| values.as_array().unwrap().len())
        .sum();
    assert_eq!(csv::Reader::from_reader(statements.as_bytes()).records().count(), values + proxies.len());
}

#[test]
fn rdf_tells_facts_and_both_forms_hold_the_same() {
    let archive = sample();
    let (quads, turtle) = (export(&archive, "nquads", &[]), export(&archive, "turtle", &[]));
    let quads: Vec<_> = NQuadsParser::new().for_slice(&quads).map(Result::unwrap).collect();
    let triples: BTreeSet<_> = TurtleParser::new().for_slice(&turtle).map(|triple| triple.unwrap().to_string()).collect();
    let same: BTreeSet<_> = quads
        .iter()
        .map(|quad| oxrdf::Triple::new(quad.subject.clone(), quad.predicate.clone(), quad.object.clone()).to_string())
        .collect();
    assert_eq!(triples, same);
    let claims = quads.iter().filter(|quad| quad.object.to_string() == "<https://schema.org/Claim>").count();
    assert_eq!(claims, SHOWN);
    let graphs: BTreeSet<_> = quads.iter().map(|quad| quad.graph_name.to_string()).collect();
    assert_eq!(graphs.len(), 6, "one for each article, and one for the records: {graphs:?}");
    let founder = "https://archive.example/base/properties/founder/";
    let asserted: Vec<_> = quads.iter().filter(|quad| quad.predicate.as_str() == founder).collect();
    assert_eq!(asserted.len(), 1, "what a record says is asserted, what a fact says is not");
}

#[test]
fn two_exports_are_equal_bytes_whatever_the_number_of_threads() {
    let archive = sample();
    export(&archive, "all", &["-o", "out"]);
    let alone = std::process::Command::new(env!("CARGO_BIN_EXE_postilla"))
        .args(["export", "all", "-o", "again"])
        .args(NOW)
        .env("RAYON_NUM_THREADS", "1")
        .current_dir(archive.root())
        .status()
        .unwrap();
    assert!(alone.success());
    let (first, again) = (common::files(&archive.path("out")), common::files(&archive.path("again")));
    assert_eq!(first.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
    let differ: Vec<_> = first.iter().filter(|(name, bytes)| again[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differ.is_empty(), "{differ:?}");
    assert!(texts(&archive).len() == first.len());
}

#[test]
fn an_archive_without_a_fact_is_exported_too() {
    let archive = common::archive(&[("content/articles/a.md", "+++\ntitle = 'A'\n+++\nx\n")]);
    assert_eq!(export(&archive, "jsonl", &[]), "");
    assert_eq!(export(&archive, "csv", &[]).lines().count(), 1);
    export(&archive, "all", &["-o", "out"]);
    assert_eq!(rows(&archive.path("out/articles.parquet")).len(), 1);
}

#[test]
fn the_facts_beside_articles_are_those_of_the_exports() {
    let archive = sample();
    let run = archive.run(&[&["build"][..], &NOW].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let site = archive.site();
    let named = |name: &str| {
        site.iter().filter(|(path, _)| path.ends_with(name)).map(|(_, bytes)| std::str::from_utf8(bytes).unwrap()).collect::<Vec<_>>()
    };
    let objects = |text: &&str| serde_json::from_str::<Vec<Value>>(text).unwrap().iter().map(Value::to_string).collect::<Vec<_>>();
    let beside: BTreeSet<String> = named("/facts.json").iter().flat_map(objects).collect();
    let exported = export(&archive, "jsonl", &[]);
    let exported: BTreeSet<String> = exported.lines().map(|line| serde_json::from_str::<Value>(line).unwrap().to_string()).collect();
    assert_eq!((beside.len(), beside), (SHOWN, exported));

    let records = |text: &str| {
        csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).map(|row| format!("{row:?}")).collect::<Vec<_>>()
    };
    let cells = |row: String| row.split_once('[').unwrap().1.to_owned();
    let beside: BTreeSet<String> = named("/facts.csv").into_iter().flat_map(records).map(cells).collect();
    let exported: BTreeSet<String> = records(&export(&archive, "csv", &[])).into_iter().map(cells).collect();
    assert_eq!((beside.len(), beside), (SHOWN, exported));
    for text in named("/facts.json").into_iter().chain(named("/facts.csv")) {
        assert!(!text.to_lowercase().contains("zq"), "{text}");
    }

    archive.write("postilla.toml", &format!("{}[exports]\nfacts = false\n", archive.read("postilla.toml")));
    assert_eq!(archive.run(&[&["build"][..], &NOW].concat()).code, 0);
    assert!(archive.site().keys().all(|path| !path.ends_with("/facts.json") && !path.ends_with("/facts.csv")));
}
