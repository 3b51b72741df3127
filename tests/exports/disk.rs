//! An export comes onto the disk whole or not at all, and in the place of nobody's file.

use std::fs;

use super::common::{self, Archive, archive};
use super::sample::{NOW, export, sample};

fn refused(archive: &Archive, args: &[&str], code: i32, why: &str) {
    let run = archive.run(&[&["export"], args, &NOW].concat());
    assert!(run.code == code && run.stderr.contains(why), "{}: {}", run.code, run.stderr);
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_that_is_wanted() {
    let archive = sample();
    archive.write("facts.csv", "mine");
    refused(&archive, &["csv", "-o", "facts.csv"], 2, "is there already");
    assert_eq!(archive.read("facts.csv"), "mine");
    export(&archive, "csv", &["-o", "facts.csv", "--force"]);
    assert_eq!(archive.read("facts.csv"), export(&archive, "csv", &[]));
}

#[test]
fn a_folder_of_others_is_left_alone_and_one_of_its_own_is_renewed() {
    let archive = sample();
    archive.write("mine/notes.txt", "mine");
    refused(&archive, &["parquet", "-o", "mine"], 2, "notes.txt");
    assert_eq!(common::files(&archive.path("mine")).len(), 1);
    export(&archive, "all", &["-o", "out"]);
    export(&archive, "parquet", &["-o", "out"]);
    assert!(!archive.path("out/facts.csv").exists() && archive.path("out/articles.parquet").exists());
}

#[test]
fn exports_do_not_lie_among_sources() {
    let archive = sample();
    refused(&archive, &["csv", "-o", "content/facts.csv"], 2, "`content/`");
    refused(&archive, &["parquet", "-o", "content/data"], 2, "share a place");
    refused(&archive, &["all", "-o", "."], 2, "the archive itself");
}

#[test]
fn what_cannot_be_written_to_a_pipe_says_so() {
    let archive = sample();
    for format in ["sqlite", "parquet", "all"] {
        refused(&archive, &[format], 2, "`-o`");
    }
    let mixed = archive.run(&["export", "csv", "--message-format", "json"]);
    assert!(mixed.code == 2 && mixed.stdout.contains("would mix"), "{}", mixed.stdout);
    archive.write("folder/x", "");
    refused(&archive, &["csv", "-o", "folder"], 2, "is a folder");
}

#[test]
fn errors_leave_what_was_there_and_nothing_beside_it() {
    let archive = sample();
    export(&archive, "csv", &["-o", "facts.csv"]);
    export(&archive, "all", &["-o", "out"]);
    let before = (archive.read("facts.csv"), common::files(&archive.path("out")));
    let facts = archive.read("content/articles/porto.facts.toml");
    for wrong in [facts.replace("valeva 300", "valeva 200"), facts + "same_as = ['nobody#x']\n"] {
        archive.write("content/articles/porto.facts.toml", &wrong);
        refused(&archive, &["csv", "-o", "facts.csv", "--force"], 1, "error[");
        refused(&archive, &["all", "-o", "out"], 1, "error[");
        assert!((archive.read("facts.csv"), common::files(&archive.path("out"))) == before, "what was there has changed");
    }
    let left: Vec<_> = fs::read_dir(archive.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().starts_with(".postilla-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_export_leaves_the_site_as_it_was() {
    let archive = sample();
    archive.build(&[]);
    let before = archive.site();
    export(&archive, "all", &["-o", "out"]);
    archive.build(&[]);
    assert_eq!(archive.site(), before);
}

#[test]
fn a_wrong_configuration_ends_with_its_own_code() {
    let archive = archive(&[("postilla.toml", "title = 'x'\n")]);
    refused(&archive, &["csv"], 2, "base_url");
}
