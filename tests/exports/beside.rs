//! The archive's data beside its site, in `data/`.

use std::collections::BTreeMap;

use super::common::{self, Archive};
use super::sample::{NOW, export, sample};

const ALL: &str = "data = ['jsonl', 'csv', 'parquet', 'sqlite', 'ftm', 'ftm-statements', 'nquads', 'turtle']";

fn with(exports: &str) -> Archive {
    let archive = sample();
    archive.write("postilla.toml", &format!("{}[exports]\n{exports}\n", archive.read("postilla.toml")));
    archive
}

fn build(archive: &Archive, code: i32) -> String {
    let run = archive.run(&[&["build"][..], &NOW].concat());
    assert_eq!(run.code, code, "{}", run.stderr);
    run.stderr
}

fn data(archive: &Archive) -> BTreeMap<String, Vec<u8>> {
    archive.site().into_iter().filter_map(|(path, bytes)| Some((path.strip_prefix("data/")?.to_owned(), bytes))).collect()
}

#[test]
fn it_is_what_an_export_writes_and_goes_when_nobody_asks_for_it() {
    let archive = with(ALL);
    build(&archive, 0);
    export(&archive, "all", &["-o", "out"]);
    let (beside, exported) = (data(&archive), common::files(&archive.path("out")));
    assert!(beside.len() >= 15, "{:?}", beside.keys());
    assert_eq!(beside.keys().collect::<Vec<_>>(), exported.keys().collect::<Vec<_>>());
    for (name, bytes) in &beside {
        assert!(*bytes == exported[name], "{name} differs");
    }
    assert!(archive.read("public/index.html").contains("href=\"/base/data/datapackage.json\""));
    let again = archive.run(&[&["build"][..], &NOW].concat());
    assert!(again.stderr.contains("wrote 0"), "{}", again.stderr);

    archive.write("postilla.toml", &archive.read("postilla.toml").replace(ALL, "data = ['csv']"));
    build(&archive, 0);
    assert_eq!(data(&archive).into_keys().collect::<Vec<_>>(), ["checksums.txt", "croissant.json", "datapackage.json", "facts.csv"]);
    archive.write("postilla.toml", &archive.read("postilla.toml").replace("data = ['csv']", ""));
    build(&archive, 0);
    assert!(data(&archive).is_empty());
    assert!(!archive.read("public/index.html").contains("datapackage.json"));
}

#[test]
fn nothing_else_may_stand_in_its_folder() {
    let archive = with("data = ['csv']");
    archive.write("static/data/mine.txt", "mine");
    let said = build(&archive, 1);
    assert!(
        said.contains("error[route::collision]") && said.contains("`/data/mine.txt` would be among the files of `exports.data`"),
        "{said}"
    );
    assert!(!archive.path("public").exists() || archive.site().is_empty());
}

#[test]
fn a_format_that_is_none_or_stands_there_twice_is_named() {
    let said = build(&with("data = ['csv', 'xlsx']"), 2);
    assert!(said.contains("xlsx"), "{said}");
    let said = build(&with("data = ['csv', 'csv']"), 2);
    assert!(said.contains("it stands here twice"), "{said}");
}
