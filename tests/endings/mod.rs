//! How `postilla watch` begins, ends, and gets on with others.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::common::running::{Running, rights, start, unprivileged, until};
use crate::common::{Archive, CONFIG, archive, files};

const ARTICLE: &str = "+++\ntitle = 'Made up'\ndate = 2025-01-01\n+++\n\nNothing of this is true.\n";

#[test]
fn an_interrupt_ends_it_at_once() {
    for (signal, verb) in [("INT", ["watch", "-v"]), ("TERM", ["watch", "-v"]), ("HUP", ["build", "--watch"]), ("INT", ["build", "-w"])] {
        // The quickest of some: the machine may be busy with something else.
        let took = (0..3).map(|_| interrupted(signal, &verb)).min().unwrap();
        assert!(took < Duration::from_secs(1), "{signal}, {verb:?}: {took:?}");
    }
}

fn interrupted(signal: &str, verb: &[&str]) -> Duration {
    let archive = archive(&[("content/articles/a.md", ARTICLE)]);
    let watch = start(archive.root(), verb);
    watch.says("read 1 article");
    archive.write("content/articles/b.md", ARTICLE);
    watch.says("read 2 articles");
    watch.signal(signal);
    let begin = std::time::Instant::now();
    let run = watch.end();
    assert_eq!(run.code, 0, "{}", run.stderr);
    begin.elapsed()
}

#[test]
fn an_interrupt_during_a_build_leaves_whole_files_and_no_lock() {
    let archive = archive(&[]);
    for number in 0..150 {
        archive.write(&format!("content/articles/a{number}.md"), &ARTICLE.replace("Made up", &format!("Made up {number}")));
    }
    let one = clean(&archive, "one");
    archive.write("postilla.toml", &CONFIG.replace("Test", "Other"));
    let other = clean(&archive, "other");

    let mut quickest = Duration::MAX;
    for moment in 0..8 {
        archive.write("postilla.toml", CONFIG);
        archive.build(&[]);
        let watch = begun(&archive);
        archive.write("postilla.toml", &CONFIG.replace("Test", "Other"));
        thread::sleep(Duration::from_millis(20 + moment * 60));
        let (run, took) = watch.interrupt();
        quickest = quickest.min(took);
        assert_eq!(run.code, 0, "{}", run.stderr);
        for (path, bytes) in archive.site() {
            assert!(one.get(&path) == Some(&bytes) || other.get(&path) == Some(&bytes), "`{path}` is half-written");
        }
        archive.build(&[]);
        assert!(archive.site() == other, "the next build mends all");
    }
    assert!(quickest < Duration::from_secs(1), "{quickest:?}");
}

#[test]
fn an_interrupt_during_the_first_build_does_not_make_the_output_a_strangers() {
    let archive = archive(&[]);
    for number in 0..150 {
        archive.write(&format!("content/articles/a{number}.md"), ARTICLE);
    }
    for moment in 0..4 {
        let watch = start(archive.root(), &["watch", "--now", "2026-01-01"]);
        let output = archive.path("public");
        until("the output folder", || output.exists(), || watch.all());
        thread::sleep(Duration::from_millis(moment * 40));
        let (run, _) = watch.interrupt();
        assert_eq!(run.code, 0, "{}", run.stderr);
        archive.build(&[]);
        assert!(archive.site() == clean(&archive, "clean"));
        fs::remove_dir_all(output).unwrap();
    }
}

#[test]
fn an_interrupt_leaves_nothing_waiting_and_nothing_held() {
    let archive = archive(&[]);
    for number in 0..400 {
        archive.write(&format!("content/articles/a{number}.md"), &ARTICLE.replace("Made up", &format!("Made up {number}")));
    }
    let (notes, waiting) = (archive.path("public/.postilla"), archive.path("public/.postilla/staging"));
    for (signal, verb, code) in [("INT", "build", 130), ("TERM", "build", 130), ("INT", "watch", 0), ("TERM", "watch", 0)] {
        // The first build of a folder leaves no folder.
        let first = start(archive.root(), &[verb]);
        until("files that wait", || waiting.exists(), || first.all());
        check_clean_end(first, signal, code);
        assert!(!archive.path("public").exists(), "{verb}");

        // Each other leaves what the one before made.
        archive.write("postilla.toml", CONFIG);
        archive.build(&[]);
        let (site, before) = (archive.site(), names(&notes));
        archive.write("postilla.toml", &CONFIG.replace("Test", "Other"));
        let next = start(archive.root(), &[verb]);
        until("files that wait", || waiting.exists(), || next.all());
        check_clean_end(next, signal, code);
        assert!(archive.site() == site, "{verb}");
        assert_eq!(names(&notes), before, "{verb}");
        File::options().write(true).open(notes.join("lock")).unwrap().try_lock().unwrap();
        fs::remove_dir_all(archive.path("public")).unwrap();
    }
}

#[track_caller]
fn check_clean_end(running: Running, signal: &str, code: i32) {
    running.signal(signal);
    let run = running.end();
    assert_eq!(run.code, code, "{}", run.stderr);
    assert!(!run.stderr.contains("wrote"), "it ended before the signal\n{}", run.stderr);
}

fn names(folder: &Path) -> BTreeSet<OsString> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
}

#[test]
fn programs_hear_where_a_finding_is_when_only_that_has_changed() {
    let sidecar = "[[facts]]\nid = 'x'\nclaim = 'Made up.'\nanchor = { exact = 'Nobody wrote this.' }\n";
    let archive = archive(&[("content/articles/a.md", ARTICLE), ("content/articles/a.facts.toml", sidecar)]);
    let watch = start(archive.root(), &["watch", "--message-format", "json"]);
    watch.says("\"line\":4,");
    archive.write("content/articles/a.facts.toml", &format!("# A line more.\n{sidecar}"));
    watch.says("\"line\":5,");
    watch.says_times("\"event\":\"failed\"", 2);
    assert_eq!(watch.interrupt().0.code, 0);
}

#[test]
fn programs_hear_in_each_round_what_the_disk_refuses() {
    let archive = archive(&[("content/articles/a.md", ARTICLE), ("content/articles/b.md", ARTICLE)]);
    let path = archive.path("content/articles/b.md");
    let watch = unprivileged(archive.root(), &["watch", "--message-format", "json"]);
    watch.says("\"articles\":2");
    rights(&path, 0o000);
    watch.says("cannot read");
    archive.write("content/articles/c.facts.toml", "");
    watch.says("sidecar::article");
    watch.says_times("\"event\":\"failed\"", 2);
    let said = watch.said();
    assert!(said[said.len() - 2].contains("cannot read"), "{said:?}");
    rights(&path, 0o644);
    assert_eq!(watch.interrupt().0.code, 0);
}

#[test]
fn a_configuration_that_is_wrong_does_not_end_it() {
    let archive = archive(&[("content/articles/a.md", ARTICLE), ("postilla.toml", "titel = 'x'\n")]);
    let watch = start(archive.root(), &["watch", "--now", "2026-01-01"]);
    watch.says("schema::unknown_key");
    watch.says("nothing was written");
    archive.write("postilla.toml", CONFIG);
    watch.says("read 1 article");
    comes_to_a_clean_build(&archive);

    archive.remove("postilla.toml");
    watch.says("cannot read");
    archive.write("postilla.toml", &CONFIG.replace("Test", "Other"));
    watch.says_times("read 1 article", 2);
    comes_to_a_clean_build(&archive);
    assert_eq!(watch.interrupt().0.code, 0);
}

#[test]
fn what_no_edit_can_mend_ends_it() {
    let archive = archive(&[("content/articles/a.md", ARTICLE), ("public/by-hand.html", "mine")]);
    for (args, words) in
        [(&["watch"][..], "by-hand.html"), (&["watch", "-o", "content/x"], "content"), (&["watch", "-c", "no.toml"], "no.toml")]
    {
        let run = start(archive.root(), args).end();
        assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{args:?}: {}", run.stderr);
    }
    assert_eq!(archive.site().keys().collect::<Vec<_>>(), ["by-hand.html"]);
}

#[test]
fn an_output_that_is_being_removed_is_made_again() {
    let archive = archive(&[("content/articles/a.md", ARTICLE)]);
    let watch = begun(&archive);
    // Half-way through, the list is gone and pages are still there.
    remove(&archive.path("public/.postilla"), &watch);
    archive.write("content/articles/b.md", ARTICLE);
    watch.says("cannot write the site into");
    remove(&archive.path("public"), &watch);
    // Without another edit.
    watch.says("read 2 articles");
    comes_to_a_clean_build(&archive);
    assert_eq!(watch.interrupt().0.code, 0);
}

/// Removes a folder, also one in which something is written meanwhile.
fn remove(folder: &Path, watch: &Running) {
    until("the folder's end", || fs::remove_dir_all(folder).is_ok(), || watch.all());
}

#[test]
fn two_that_write_one_output_get_on() {
    let archive = archive(&[("content/articles/a.md", ARTICLE)]);
    let (first, second) = (begun(&archive), begun(&archive));
    for number in 0..10 {
        archive.write("content/articles/a.md", &ARTICLE.replace("Made up", &format!("Made up {number}")));
        let run = archive.run(&["build", "--now", "2026-01-01"]);
        assert!(run.code == 0 || (run.code == 3 && run.stderr.contains("another build is writing it")), "{}", run.stderr);
        let expected = clean(&archive, "clean");
        until("the output", || now(&archive) == expected, || format!("{}\n{}", first.all(), second.all()));
    }
    assert_eq!((first.interrupt().0.code, second.interrupt().0.code), (0, 0));
}

#[test]
fn another_build_that_takes_long_is_waited_for() {
    let archive = archive(&[("content/articles/a.md", ARTICLE)]);
    let watch = begun(&archive);
    let lock = File::options().write(true).open(archive.path("public/.postilla/lock")).unwrap();
    lock.lock().unwrap();
    archive.write("content/articles/b.md", ARTICLE);
    watch.says("another build is writing it");
    let run = archive.run(&["build", "--now", "2026-01-01"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    lock.unlock().unwrap();
    // Without another edit.
    watch.says("read 2 articles");
    comes_to_a_clean_build(&archive);
    assert_eq!(watch.count("another build is writing it"), 1, "it is said once");
    assert_eq!(watch.interrupt().0.code, 0);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "an embargo that ends while the test runs")]
fn an_embargo_ends_by_itself() {
    let archive = archive(&[("content/articles/a.md", ARTICLE)]);
    let end = jiff::Timestamp::now().checked_add(Duration::from_secs(4)).unwrap();
    archive.write("content/articles/secret.md", &ARTICLE.replace("date", &format!("embargo = '{end}'\ndate")));
    let watch = start(archive.root(), &["watch"]);
    watch.says("read 2 articles");
    let page = archive.path("public/articles/secret/index.html");
    until("the article", || page.exists(), || watch.all());
    assert!(jiff::Timestamp::now() >= end, "it was shown too early");
    assert_eq!(watch.interrupt().0.code, 0);
}

#[test]
fn noise_makes_no_round() {
    let archive = archive(&[("content/articles/a.md", ARTICLE), ("postilla.toml", &format!("{CONFIG}ignore = ['*.draft']\n"))]);
    // Till its files are those of an archive that nobody edited for a while.
    thread::sleep(Duration::from_millis(2_200));
    let watch = start(archive.root(), &["watch", "-v"]);
    watch.says("read 1 article");
    for path in [
        "content/articles/.a.md.swp",
        "content/articles/a.md~",
        "content/articles/4913",
        "content/.git/index",
        ".git/index",
        "notes/x.md",
        "public/.postilla/x",
    ] {
        archive.write(path, "made up");
    }
    archive.remove("content/articles/a.md~");
    // What is ignored by the configuration is looked at, and no more.
    archive.write("content/articles/x.draft", "made up");
    watch.says("looked: nothing has changed");
    archive.write("content/articles/b.md", ARTICLE);
    watch.says("read 2 articles");
    assert_eq!(watch.count("read 1 article,"), 1, "{}", watch.all());
    assert_eq!(watch.interrupt().0.code, 0);
}

#[test]
fn a_file_that_may_not_be_read_is_read_when_it_may_be() {
    for way in [&["watch"][..], &["watch", "--poll=50"]] {
        let archive = archive(&[("content/articles/a.md", ARTICLE), ("content/articles/b.md", ARTICLE)]);
        let path = archive.path("content/articles/b.md");
        let watch = unprivileged(archive.root(), way);
        watch.says("read 2 articles");
        rights(&path, 0o000);
        watch.says("cannot read");
        archive.write("content/articles/c.md", ARTICLE);
        rights(&path, 0o644);
        watch.says("read 3 articles");
        assert_eq!(watch.count("cannot read"), 1, "{}", watch.all());
        comes_to_a_clean_build(&archive);
        let (run, _) = watch.interrupt();
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
}

/// A watch whose first build is over.
fn begun(archive: &Archive) -> Running {
    let watch = start(archive.root(), &["watch", "-v", "--now", "2026-01-01"]);
    watch.says("read ");
    watch
}

/// What a clean build makes.
fn clean(archive: &Archive, name: &str) -> BTreeMap<String, Vec<u8>> {
    let output = archive.path(name);
    if output.exists() {
        fs::remove_dir_all(&output).unwrap();
    }
    archive.build(&["-o", name]);
    files(&output)
}

/// The output, unless it changes just now.
fn now(archive: &Archive) -> BTreeMap<String, Vec<u8>> {
    std::panic::catch_unwind(|| archive.site()).unwrap_or_default()
}

/// The search index follows its pages a moment later.
fn comes_to_a_clean_build(archive: &Archive) {
    let whole = clean(archive, "clean");
    until("the site is a clean build's", || archive.site() == whole, String::new);
}
