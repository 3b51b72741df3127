//! Outputs onto a real disk: what is written, what is left alone, what is refused.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, SystemTime};

use postilla::base::{Error, OutputPath};
use postilla::publish::{Opened, Overwrite, Published, Publisher, write_new};
use rayon::prelude::*;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn open(output: &Path, overwrite: Overwrite) -> Publisher {
    match Publisher::open(output, overwrite).unwrap() {
        Opened::Ready(publisher) => publisher,
        Opened::Foreign { example } => panic!("foreign: {}", example.display()),
    }
}

fn at(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

fn try_build(output: &Path, overwrite: Overwrite, pages: &[(&str, &str)]) -> Result<Published, Error> {
    let publisher = open(output, overwrite);
    for (path, text) in pages {
        publisher.put(&at(path), text.as_bytes())?;
    }
    publisher.commit()
}

fn build(output: &Path, pages: &[(&str, &str)]) -> (usize, usize, usize) {
    let done = try_build(output, Overwrite::OwnOnly, pages).unwrap();
    (done.written, done.unchanged, done.removed)
}

/// Every file and empty folder, with its text; `.postilla` left out.
fn tree(root: &Path) -> BTreeMap<String, String> {
    let mut tree = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        if path.starts_with(".postilla") {
            continue;
        }
        if entry.file_type().is_file() {
            tree.insert(path, fs::read_to_string(entry.path()).unwrap());
        } else if entry.file_type().is_symlink() {
            tree.insert(path, "->".to_owned());
        } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
            tree.insert(path + "/", String::new());
        }
    }
    tree
}

fn check_tree(root: &Path, expected: &[(&str, &str)]) {
    let expected = expected.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    assert_eq!(tree(root), expected);
}

fn age(path: &Path) -> SystemTime {
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
    old
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

fn manifest(root: &Path) -> String {
    fs::read_to_string(root.join(".postilla/manifest")).unwrap()
}

fn no_staging(root: &Path) {
    assert!(!root.join(".postilla/staging").exists());
}

#[test]
fn equal_files_keep_their_time_stamp() {
    let dir = folder();
    let out = dir.path().join("deep/public");
    assert_eq!(build(&out, &[("index.html", "one"), ("a/index.html", "two")]), (2, 0, 0));
    assert_eq!(manifest(&out), "postilla manifest 1\na/index.html\nindex.html\n");
    let old = age(&out.join("index.html"));
    age(&out.join("a/index.html"));
    let old_list = age(&out.join(".postilla/manifest"));
    assert_eq!(build(&out, &[("index.html", "one"), ("a/index.html", "TWO")]), (1, 1, 0));
    assert_eq!(modified(&out.join("index.html")), old);
    assert_ne!(modified(&out.join("a/index.html")), old);
    assert_eq!(modified(&out.join(".postilla/manifest")), old_list);
    check_tree(&out, &[("index.html", "one"), ("a/index.html", "TWO")]);
    no_staging(&out);
}

#[test]
fn a_removed_page_goes_with_its_empty_folders() {
    let out = folder();
    let out = out.path();
    build(out, &[("index.html", "x"), ("a/b/c/index.html", "1"), ("a/b/index.html", "2"), ("a-b/x", "3")]);
    fs::write(out.join("a-b/notes"), "mine").unwrap();
    assert_eq!(build(out, &[("index.html", "x")]), (0, 1, 3));
    check_tree(out, &[("index.html", "x"), ("a-b/notes", "mine")]);
    assert_eq!(manifest(out), "postilla manifest 1\nindex.html\n");
}

#[test]
fn foreign_files_stay() {
    let out = folder();
    let out = out.path();
    build(out, &[("index.html", "x")]);
    fs::write(out.join("CNAME"), "example.org").unwrap();
    build(out, &[("index.html", "y")]);
    check_tree(out, &[("index.html", "y"), ("CNAME", "example.org")]);

    let refused = try_build(out, Overwrite::OwnOnly, &[("index.html", "z"), ("CNAME", "other")]).unwrap_err();
    assert!(refused.to_string().contains("Postilla did not write it"), "{refused}");
    check_tree(out, &[("index.html", "y"), ("CNAME", "example.org")]);
    no_staging(out);

    try_build(out, Overwrite::Force, &[("index.html", "z"), ("CNAME", "other")]).unwrap();
    check_tree(out, &[("index.html", "z"), ("CNAME", "other")]);
}

#[test]
fn a_foreign_folder_is_refused_without_force() {
    let out = folder();
    let out = out.path();
    fs::write(out.join("thesis.doc"), "years").unwrap();
    match Publisher::open(out, Overwrite::OwnOnly).unwrap() {
        Opened::Foreign { example } => assert!(example.ends_with("thesis.doc")),
        Opened::Ready(_) => panic!("opened"),
    }
    assert!(!out.join(".postilla").exists());
    try_build(out, Overwrite::Force, &[("index.html", "x")]).unwrap();
    check_tree(out, &[("index.html", "x"), ("thesis.doc", "years")]);
}

#[test]
fn hidden_files_alone_count_as_empty() {
    let out = folder();
    fs::write(out.path().join(".gitkeep"), "").unwrap();
    fs::create_dir(out.path().join(".git")).unwrap();
    assert_eq!(build(out.path(), &[("index.html", "x")]), (1, 0, 0));
    assert!(out.path().join(".gitkeep").exists());
}

#[test]
fn a_list_that_names_files_outside_is_not_believed() {
    let dir = folder();
    fs::write(dir.path().join("victim"), "v").unwrap();
    let out = dir.path().join("public");
    build(&out, &[("index.html", "x")]);
    fs::write(out.join(".postilla/manifest"), "postilla manifest 1\n../victim\nindex.html\n").unwrap();
    assert!(matches!(Publisher::open(&out, Overwrite::OwnOnly).unwrap(), Opened::Foreign { .. }));
    try_build(&out, Overwrite::Force, &[]).unwrap();
    assert!(dir.path().join("victim").exists());
}

#[test]
fn a_dropped_build_leaves_everything_as_it_was() {
    let dir = folder();
    let out = dir.path().join("public");
    drop(open(&out, Overwrite::OwnOnly));
    assert!(!out.exists());
    let publisher = open(&out, Overwrite::OwnOnly);
    publisher.put(&at("a/index.html"), b"x").unwrap();
    drop(publisher);
    assert!(!out.exists());

    build(&out, &[("index.html", "x"), ("old/index.html", "o")]);
    let list = manifest(&out);
    let publisher = open(&out, Overwrite::OwnOnly);
    publisher.put(&at("index.html"), b"y").unwrap();
    publisher.put(&at("new/index.html"), b"z").unwrap();
    drop(publisher);
    check_tree(&out, &[("index.html", "x"), ("old/index.html", "o")]);
    assert_eq!(manifest(&out), list);
    no_staging(&out);
}

#[test]
fn a_killed_build_is_mended_by_the_next() {
    let out = folder();
    let out = out.path();
    build(out, &[("index.html", "1"), ("old/index.html", "o")]);
    // Killed in the middle of the renames: both lists in one, one new file placed, another still waiting.
    fs::write(out.join(".postilla/manifest"), "postilla manifest 1\nindex.html\nnew/a.html\nnew/b.html\nold/index.html\n").unwrap();
    fs::create_dir_all(out.join("new")).unwrap();
    fs::write(out.join("new/a.html"), "a").unwrap();
    fs::create_dir_all(out.join(".postilla/staging/3")).unwrap();
    fs::write(out.join(".postilla/staging/3/3"), "b").unwrap();
    assert_eq!(build(out, &[("index.html", "1"), ("new/b.html", "b")]), (1, 1, 2));
    check_tree(out, &[("index.html", "1"), ("new/b.html", "b")]);
    assert_eq!(manifest(out), "postilla manifest 1\nindex.html\nnew/b.html\n");
    no_staging(out);
}

#[test]
fn a_publication_that_fails_half_way_is_taken_back() {
    let out = folder();
    let out = out.path();
    let old = [("index.html", "1"), ("a/index.html", "1"), ("b/index.html", "1"), ("was-file", "1"), ("was-folder/x", "1")];
    build(out, &old);
    let publisher = open(out, Overwrite::OwnOnly);
    for path in ["index.html", "a/index.html", "b/index.html", "fresh/deep/index.html", "was-file/x", "was-folder", "z.html"] {
        publisher.put(&at(path), b"2").unwrap();
    }
    // Somebody makes a folder where a page is about to go: no right of the superuser's replaces it.
    fs::create_dir_all(out.join("z.html/full")).unwrap();
    let failed = publisher.commit().unwrap_err();
    assert!(failed.to_string().starts_with("cannot replace `"), "{failed}");
    assert!(!failed.to_string().contains("half"), "{failed}");
    let mut left: Vec<(&str, &str)> = old.to_vec();
    left.push(("z.html/full/", ""));
    check_tree(out, &left);
    no_staging(out);

    fs::remove_dir_all(out.join("z.html")).unwrap();
    assert_eq!(build(out, &[("index.html", "2"), ("z.html", "2")]), (2, 0, 4));
    check_tree(out, &[("index.html", "2"), ("z.html", "2")]);
}

#[test]
fn a_list_that_is_no_file_is_refused_and_not_waited_for() {
    let out = folder();
    build(out.path(), &[("index.html", "x")]);
    let list = out.path().join(".postilla/manifest");
    fs::remove_file(&list).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&list).status().unwrap().success());
    let refused = Publisher::open(out.path(), Overwrite::OwnOnly).unwrap_err();
    assert!(refused.to_string().contains("it is not a plain file"), "{refused}");
    fs::remove_file(&list).unwrap();
    fs::create_dir(&list).unwrap();
    assert!(Publisher::open(out.path(), Overwrite::Force).is_err());
}

#[test]
fn an_output_that_is_no_folder_is_named() {
    let dir = folder();
    fs::write(dir.path().join("file"), "mine").unwrap();
    symlink("nowhere", dir.path().join("astray")).unwrap();
    for (name, why) in [("file", "it is a file, not a folder"), ("astray", "it is a link that leads to no folder")] {
        let refused = Publisher::open(&dir.path().join(name), Overwrite::Force).unwrap_err();
        assert!(refused.to_string().ends_with(why), "{refused}");
    }
}

#[test]
fn only_one_build_at_a_time_may_write() {
    let out = folder();
    let first = open(out.path(), Overwrite::OwnOnly);
    let refused = Publisher::open(out.path(), Overwrite::OwnOnly).unwrap_err();
    assert!(refused.to_string().contains("another build is writing it"), "{refused}");
    first.put(&at("index.html"), b"x").unwrap();
    first.commit().unwrap();
    drop(open(out.path(), Overwrite::OwnOnly));
    check_tree(out.path(), &[("index.html", "x")]);
}

#[test]
fn many_threads_may_put_at_once() {
    let out = folder();
    let text = |number: usize, build: usize| format!("{number} {}", if number.is_multiple_of(7) { build } else { 0 });
    for build in 0..2 {
        let publisher = open(out.path(), Overwrite::OwnOnly);
        (0..3000_usize).into_par_iter().for_each(|number| {
            let path = at(&format!("d{}/p{number}/index.html", number % 10));
            publisher.put(&path, text(number, build).as_bytes()).unwrap();
        });
        let done = publisher.commit().unwrap();
        assert_eq!(done.written, if build == 0 { 3000 } else { 429 });
    }
    let tree = tree(out.path());
    assert_eq!(tree.len(), 3000);
    assert!((0..3000).all(|number| tree[&format!("d{}/p{number}/index.html", number % 10)] == text(number, 1)));
    assert_eq!(manifest(out.path()).lines().count(), 3001);
    no_staging(out.path());
}

#[test]
fn a_link_on_the_way_is_not_followed() {
    let victim = folder();
    fs::write(victim.path().join("index.html"), "v").unwrap();
    let out = folder();
    let out = out.path();
    build(out, &[("index.html", "x"), ("a/index.html", "a")]);
    fs::remove_dir_all(out.join("a")).unwrap();
    symlink(victim.path(), out.join("a")).unwrap();

    let refused = try_build(out, Overwrite::Force, &[("index.html", "x"), ("a/index.html", "v")]).unwrap_err();
    assert!(refused.to_string().contains("a link stands in its way"), "{refused}");
    assert!(try_build(out, Overwrite::Force, &[("a/b/index.html", "v")]).is_err());
    // The page is gone from the site, but what lies behind the link was never ours.
    assert_eq!(build(out, &[("index.html", "x")]), (0, 1, 0));
    check_tree(victim.path(), &[("index.html", "v")]);
}

#[test]
fn a_link_at_a_page_is_replaced_itself() {
    let victim = folder();
    let file = victim.path().join("file");
    fs::write(&file, "v").unwrap();
    let out = folder();
    let out = out.path();
    build(out, &[("index.html", "x"), ("b.html", "b")]);
    for page in ["index.html", "b.html"] {
        fs::remove_file(out.join(page)).unwrap();
        symlink(&file, out.join(page)).unwrap();
    }
    // The length and the bytes behind the link are equal; it is replaced all the same.
    assert_eq!(build(out, &[("index.html", "v")]), (1, 0, 0));
    check_tree(out, &[("index.html", "v"), ("b.html", "->")]);
    check_tree(victim.path(), &[("file", "v")]);
}

#[test]
fn links_in_the_place_of_the_publishers_own_folder_are_refused() {
    let victim = folder();
    fs::create_dir(victim.path().join("staging")).unwrap();
    fs::write(victim.path().join("staging/precious"), "p").unwrap();
    let out = folder();
    symlink(victim.path(), out.path().join(".postilla")).unwrap();
    assert!(Publisher::open(out.path(), Overwrite::Force).is_err());

    let out = folder();
    fs::create_dir(out.path().join(".postilla")).unwrap();
    symlink(victim.path().join("staging"), out.path().join(".postilla/staging")).unwrap();
    build(out.path(), &[("index.html", "x")]);
    check_tree(victim.path(), &[("staging/precious", "p")]);

    let out = folder();
    fs::create_dir(out.path().join(".postilla")).unwrap();
    symlink(victim.path().join("made"), out.path().join(".postilla/lock")).unwrap();
    assert!(Publisher::open(out.path(), Overwrite::OwnOnly).is_err());
    check_tree(victim.path(), &[("staging/precious", "p")]);
}

#[test]
fn the_output_folder_itself_may_be_a_link() {
    let dir = folder();
    fs::create_dir(dir.path().join("real")).unwrap();
    symlink("real", dir.path().join("public")).unwrap();
    build(&dir.path().join("public"), &[("a/index.html", "x")]);
    check_tree(&dir.path().join("real"), &[("a/index.html", "x")]);
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let out = folder();
    let out = out.path();
    build(out, &[("a", "file"), ("b/x/1", "1"), ("b/y", "2"), ("c", "c")]);
    assert_eq!(build(out, &[("a/index.html", "page"), ("a/d/e", "deep"), ("b", "file"), ("c", "c")]), (3, 1, 3));
    check_tree(out, &[("a/index.html", "page"), ("a/d/e", "deep"), ("b", "file"), ("c", "c")]);
    assert_eq!(build(out, &[("a", "file"), ("b/x/1", "1"), ("c", "c")]), (2, 1, 3));
    check_tree(out, &[("a", "file"), ("b/x/1", "1"), ("c", "c")]);
    no_staging(out);
}

#[test]
fn a_folder_with_a_foreign_file_is_never_replaced() {
    let out = folder();
    let out = out.path();
    build(out, &[("a/index.html", "x")]);
    fs::write(out.join("a/mine"), "m").unwrap();
    for overwrite in [Overwrite::OwnOnly, Overwrite::Force] {
        assert!(try_build(out, overwrite, &[("a", "file"), ("z", "z")]).is_err());
        check_tree(out, &[("a/index.html", "x"), ("a/mine", "m")]);
    }
    build(out, &[("b", "file")]);
    assert!(try_build(out, Overwrite::OwnOnly, &[("b/index.html", "x"), ("a/mine/x", "y")]).is_err());
    check_tree(out, &[("b", "file"), ("a/mine", "m")]);
}

#[test]
fn a_path_cannot_be_a_file_and_a_folder_nor_two_files() {
    let out = folder();
    let out = out.path();
    for pages in [&[("a", "1"), ("a/b", "2")][..], &[("a/b/c", "1"), ("a", "2")], &[("a", "1"), ("a", "2")]] {
        assert!(try_build(out, Overwrite::OwnOnly, pages).is_err());
        check_tree(out, &[]);
    }
    build(out, &[("a/b", "2"), ("f", "f")]);
    assert!(try_build(out, Overwrite::OwnOnly, &[("a/b", "2"), ("a", "1")]).is_err());
    assert!(try_build(out, Overwrite::OwnOnly, &[("f/g", "2"), ("f", "f")]).is_err());
    check_tree(out, &[("a/b", "2"), ("f", "f")]);
}

#[test]
fn assets_are_copied_once() {
    let dir = folder();
    let (from, out) = (dir.path().join("film"), dir.path().join("public"));
    let mut film = vec![7_u8; 200_000];
    let copy = || {
        let publisher = open(&out, Overwrite::OwnOnly);
        publisher.copy(&at("a/film"), &from).unwrap();
        let done = publisher.commit().unwrap();
        (done.written, done.unchanged, done.bytes_written)
    };
    fs::write(&from, &film).unwrap();
    assert_eq!(copy(), (1, 0, 200_000));
    let old = age(&out.join("a/film"));
    assert_eq!(copy(), (0, 1, 0));
    assert_eq!(modified(&out.join("a/film")), old);
    film[199_999] = 8;
    fs::write(&from, &film).unwrap();
    assert_eq!(copy(), (1, 0, 200_000));
    assert_eq!(fs::read(out.join("a/film")).unwrap(), film);

    let publisher = open(&out, Overwrite::OwnOnly);
    assert!(publisher.copy(&at("a/film"), &dir.path().join("gone")).is_err());
    assert!(publisher.copy(&at("b"), &dir.path().join("gone")).is_err());
}

#[test]
fn long_files_are_compared_to_their_last_byte() {
    let out = folder();
    let mut text = "x".repeat(300_000);
    build(out.path(), &[("a", &text), ("empty", "")]);
    assert_eq!(build(out.path(), &[("a", &text), ("empty", "")]), (0, 2, 0));
    text.replace_range(299_999.., "y");
    assert_eq!(build(out.path(), &[("a", &text), ("empty", "")]), (1, 1, 0));
}

#[test]
fn a_file_is_written_new_or_not_at_all() {
    let dir = folder();
    let path = dir.path().join("content/articles/a.md");
    write_new(&path, b"one").unwrap();
    assert!(write_new(&path, b"two").is_err());
    assert_eq!(fs::read(&path).unwrap(), b"one");
}
