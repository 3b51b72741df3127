//! Whole small sites, file by file: `tests/golden/<case>/archive` becomes `tests/golden/<case>/site`.
//! `SNAPSHOTS=overwrite cargo test --test golden` writes what comes out as what is expected.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use common::{copy_of, files, write};

#[test]
fn an_archive_with_everything_in_it() {
    check_site("everything");
}

#[test]
fn the_default_theme() {
    check_site("default-theme");
}

#[test]
fn what_is_not_published_leaves_no_word() {
    let site = site_of("everything");
    let archive = copy_of(&folder("everything").join("archive"));
    archive.build(&[]);
    let mut index = archive.site();
    index.retain(|path, _| is_index(path));
    assert!(index.len() > 5, "{:?}", index.keys());
    let unpacked = index.iter().map(|(path, bytes)| (path, unpacked(bytes)));
    for (path, bytes) in site.iter().map(|(path, bytes)| (path, bytes.clone())).chain(unpacked) {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["BOZZA", "bozza", "EMBARGO", "INTERNO", "secret", "PAROLERITIRATE", "PRETESARITIRATA"] {
            assert!(!text.contains(word) && !path.contains(word), "`{word}` is in {path}");
        }
    }
    assert!(String::from_utf8_lossy(&site["articles/ritirato/index.html"]).contains("era tutto sbagliato"));
}

/// Compares a case's site with what is expected of it, byte by byte.
fn check_site(case: &str) {
    let built = site_of(case);
    let expected = folder(case).join("site");
    if std::env::var("SNAPSHOTS").is_ok_and(|wish| wish == "overwrite") {
        let _ = fs::remove_dir_all(&expected);
        for (path, bytes) in &built {
            write(&expected.join(path), bytes);
        }
        return;
    }
    let differences = differences(&files(&expected), &built);
    assert!(differences.is_empty(), "{case} (`-` expected, `+` built):\n{differences}");
}

/// Whether it is a file of the search index: packed, so no picture for anybody's eyes; `src/search/tests.rs` reads it.
fn is_index(path: &str) -> bool {
    path.ends_with(".bin")
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = flate2::write::DeflateDecoder::new(Vec::new());
    plain.write_all(bytes).unwrap();
    plain.finish().unwrap()
}

/// The site of a case, without the theme's own files and the search index; the program's version is written as `[VERSION]`.
fn site_of(case: &str) -> BTreeMap<String, Vec<u8>> {
    let archive = copy_of(&folder(case).join("archive"));
    archive.build(&["--base-url", "https://archive.example/base"]);
    let own = archive.site().into_iter().filter(|(path, _)| !path.starts_with("assets/") && !is_index(path));
    own.map(|(path, bytes)| (path, without_version(bytes))).collect()
}

fn without_version(bytes: Vec<u8>) -> Vec<u8> {
    let version = env!("CARGO_PKG_VERSION");
    let Ok(text) = String::from_utf8(bytes.clone()) else { return bytes };
    let text = text.replace(&format!("version=\"{version}\""), "version=\"[VERSION]\"");
    text.replace(&format!("Postilla {version}"), "Postilla [VERSION]").into_bytes()
}

fn folder(case: &str) -> PathBuf {
    common::repository().join("tests/golden").join(case)
}

fn differences(expected: &BTreeMap<String, Vec<u8>>, built: &BTreeMap<String, Vec<u8>>) -> String {
    let mut said = String::new();
    for path in expected.keys().filter(|path| !built.contains_key(*path)) {
        let _ = writeln!(said, "- {path}");
    }
    for (path, bytes) in built {
        match expected.get(path) {
            None => drop(writeln!(said, "+ {path}")),
            Some(wanted) if wanted == bytes => {}
            Some(wanted) => drop(writeln!(said, "{path}\n{}", lines(wanted, bytes))),
        }
    }
    said
}

/// The lines between the first and the last that differ.
fn lines(expected: &[u8], built: &[u8]) -> String {
    let (expected, built) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(built));
    let (mut expected, mut built): (Vec<_>, Vec<_>) = (expected.split('\n').collect(), built.split('\n').collect());
    while !expected.is_empty() && expected.last() == built.last() {
        expected.pop();
        built.pop();
    }
    let same = expected.iter().zip(&built).take_while(|(one, other)| one == other).count();
    let removed = expected[same..].iter().map(|line| format!("{}- {line}\n", same + 1));
    removed.chain(built[same..].iter().map(|line| format!("{}+ {line}\n", same + 1))).collect()
}
