//! What others wrote comes into the archive as an editor would have written it, whole or not at all.
//! All inputs are made up, in the true shape of the services that export such files.
#![allow(clippy::unwrap_used, reason = "tests")]

mod annotations;
mod claims;
#[path = "../common/mod.rs"]
mod common;
mod csv;
mod followthemoney;
mod guide;
mod hostile;
mod html;
mod markdown;
mod round_trip;
mod wikidata;

use std::collections::BTreeMap;

use common::{Archive, Run, files};

/// Imports a text under a name, which lies in no folder of the archive.
fn import(archive: &Archive, kind: &str, name: &str, text: &str) -> Run {
    archive.write(&format!("incoming/{name}"), text);
    archive.run(&["import", kind, &format!("incoming/{name}"), "--color", "never"])
}

/// The import must succeed, and leave an archive without errors.
fn import_well(archive: &Archive, kind: &str, name: &str, text: &str) -> Run {
    let run = import(archive, kind, name, text);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let checked = archive.run(&["check", "--color", "never"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    run
}

/// The archive's content.
fn content(archive: &Archive) -> BTreeMap<String, Vec<u8>> {
    let folder = archive.path("content");
    if folder.exists() { files(&folder) } else { BTreeMap::new() }
}

/// The import must be refused with these words, and leave the archive as it was.
fn check_refused(archive: &Archive, kind: &str, name: &str, text: &str, words: &str) {
    let before = content(archive);
    let run = import(archive, kind, name, text);
    assert_eq!(run.code, 1, "{kind} {name}: {}", run.stderr);
    assert!(run.stderr.contains(words), "{kind} {name}: `{words}` is not in\n{}", run.stderr);
    assert_eq!(content(archive), before, "{kind} {name} has written something");
}
