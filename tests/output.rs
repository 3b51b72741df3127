//! What builds do to the output folder, one after the other: what is written, left alone, removed, refused.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

#[cfg(unix)]
use common::running::{rights, unprivileged};
use common::{Archive, Run, archive, files, write};

#[test]
fn a_second_build_writes_nothing() {
    let archive = small();
    let first = archive.build(&[]);
    assert!(counts(&first).0 > 10, "{}", first.stderr);
    let before = stamps(&archive.path("public"));
    let (written, unchanged, removed) = counts(&archive.build(&[]));
    assert_eq!((written, unchanged, removed), (0, before.len(), 0));
    assert_eq!(stamps(&archive.path("public")), before);
}

#[test]
fn a_change_writes_the_pages_that_show_it_and_no_other() {
    let archive = small();
    archive.build(&[]);
    let before = stamps(&archive.path("public"));
    archive.write("content/pages/about.md", "+++\ntitle = 'About'\n+++\n\nOther words.\n");
    let (written, ..) = counts(&archive.build(&[]));
    let after = stamps(&archive.path("public"));
    let changed: Vec<&str> = after.keys().filter(|path| after.get(*path) != before.get(*path)).map(String::as_str).collect();
    assert_eq!((written, changed), (1, vec!["about/index.html"]));
}

#[test]
fn the_page_of_an_article_that_is_gone_goes_too() {
    let archive = small();
    archive.build(&[]);
    assert!(archive.path("public/articles/river/index.html").exists());
    assert!(archive.read("public/index.html").contains("The river"));
    archive.remove("content/articles/river.md");
    archive.remove("content/articles/river.facts.toml");
    let (.., removed) = counts(&archive.build(&[]));
    assert!(removed >= 1);
    assert!(!archive.path("public/articles/river").exists(), "its folder goes with it");
    assert!(!archive.read("public/index.html").contains("The river"));
}

#[test]
fn a_file_of_somebody_else_stays() {
    let archive = small();
    archive.build(&[]);
    archive.write("public/articles/river/notes.txt", "mine\n");
    archive.write("public/mine.txt", "mine\n");
    archive.remove("content/articles/river.md");
    archive.remove("content/articles/river.facts.toml");
    archive.build(&[]);
    assert_eq!(archive.read("public/articles/river/notes.txt"), "mine\n");
    assert_eq!(archive.read("public/mine.txt"), "mine\n");
    assert!(!archive.path("public/articles/river/index.html").exists());
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_untouched() {
    let archive = small();
    write(&archive.path("foreign/index.html"), b"mine\n");
    write(&archive.path("foreign/below/a.txt"), b"mine\n");
    let before = stamps(&archive.path("foreign"));
    let run = archive.run(&["build", "-o", "foreign"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("--force") && run.stderr.contains("foreign"), "{}", run.stderr);
    assert_eq!(stamps(&archive.path("foreign")), before);
    assert_eq!(fs::read_dir(archive.path("foreign")).unwrap().count(), 2, "nothing is left beside them");
}

#[test]
fn force_writes_among_files_of_others_and_keeps_them() {
    let archive = small();
    write(&archive.path("foreign/index.html"), b"mine\n");
    write(&archive.path("foreign/below/a.txt"), b"mine\n");
    archive.build(&["-o", "foreign", "--force"]);
    assert!(archive.read("foreign/index.html").contains("The river"));
    assert_eq!(archive.read("foreign/below/a.txt"), "mine\n");
    archive.build(&["-o", "foreign"]);
}

#[test]
fn an_output_folder_among_the_sources_is_refused() {
    let archive = small();
    for output in [".", "content", "content/articles", "templates", "static", ".."] {
        let before = files(archive.root());
        let run = archive.run(&["build", "-o", output, "--force"]);
        assert_eq!(run.code, 2, "{output}: {}", run.stderr);
        assert!(files(archive.root()) == before, "{output}: the archive is as it was");
    }
}

#[test]
fn a_build_that_fails_leaves_the_site_as_it_was() {
    let failures: [(&str, &str, i32); 5] = [
        ("content/articles/river.md", "+++\ntitle = 'The river'\n+++\n\nThe river is eight metres deep.\n", 1),
        ("content/articles/new.md", "no front matter\n", 1),
        ("content/articles/new.md", "+++\ntitle = 'New'\nslug = 'river'\n+++\n", 1),
        ("templates/article.html", "{{ article.nothing.at_all }}", 1),
        ("postilla.toml", "titel = 'x'\n", 2),
    ];
    for (path, text, code) in failures {
        let archive = small();
        archive.build(&[]);
        archive.write("public/mine.txt", "mine\n");
        let (before, everything) = (stamps(&archive.path("public")), everything(&archive.path("public")));
        archive.write("content/pages/more.md", "+++\ntitle = 'More'\n+++\n");
        archive.write(path, text);
        let run = archive.run(&["build", "--now", "2026-01-01"]);
        assert_eq!(run.code, code, "{path}: {}", run.stderr);
        assert_eq!(stamps(&archive.path("public")), before, "{path}");
        assert_eq!(self::everything(&archive.path("public")), everything, "{path}: nothing is left over");
    }
}

#[test]
#[cfg(unix)]
fn a_check_meets_what_a_build_meets_when_a_picture_cannot_be_read() {
    let archive = archive(&[("content/articles/a.md", "+++\ntitle = 'x'\n+++\n\n![x](a.png)\n")]);
    image::RgbImage::new(2, 2).save(archive.path("content/articles/a.png")).unwrap();
    rights(&archive.path("content/articles/a.png"), 0o000);
    let ends = |verb: &str| unprivileged(archive.root(), &[verb, "--message-format", "json", "--now", "2026-01-01"]).end();
    let (checked, built) = (ends("check"), ends("build"));
    assert_eq!((checked.code, built.code), (3, 3), "{}", checked.stdout);
    assert!(checked.stdout.contains("cannot read") && checked.stdout.contains("a.png"), "{}", checked.stdout);
    assert_eq!(checked.stdout, built.stdout);

    rights(&archive.path("content/articles/a.png"), 0o644);
    assert_eq!((ends("check").code, ends("build").code), (0, 0));
}

#[test]
fn two_pages_at_one_address_are_an_error_that_names_both() {
    let archive = small();
    archive.write("content/pages/articles.md", "+++\ntitle = 'Articles'\n+++\n");
    archive.write("content/pages/two.md", "+++\ntitle = 'Two'\naliases = ['/about/']\n+++\n");
    let run = archive.run(&["build"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for word in ["`/articles/`", "content/pages/articles.md", "`/about/`", "content/pages/about.md", "content/pages/two.md"] {
        assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
    }
}

#[test]
fn nothing_is_written_outside_of_the_output_folder() {
    let archive = small();
    archive.build(&[]);
    for keys in [
        "slug = '../escape'",
        "aliases = ['/../escape/']",
        "aliases = ['a/../../escape']",
        "slug = '/escape'",
        "aliases = ['/.postilla/manifest']",
    ] {
        archive.write("content/articles/escape.md", &format!("+++\ntitle = 'x'\n{keys}\n+++\n"));
        let before = files(archive.root());
        let run = archive.run(&["build"]);
        assert_eq!(run.code, 1, "{keys}: {}", run.stderr);
        assert!(files(archive.root()) == before, "{keys}: nothing is written");
    }
}

#[test]
fn drafts_come_only_when_asked() {
    let archive = small();
    archive.write("content/articles/draft.md", "+++\ntitle = 'DRAFT'\nstate = 'draft'\n+++\n\nDRAFT.\n");
    archive.write("content/pages/draft-page.md", "+++\ntitle = 'DRAFT page'\nstate = 'in_review'\n+++\n\nDRAFT.\n");
    archive.build(&[]);
    assert_eq!(holding(&archive, "DRAFT"), [""; 0]);
    archive.build(&["--drafts"]);
    let shown = holding(&archive, "DRAFT");
    assert!(
        shown.iter().any(|path| path == "articles/draft/index.html") && shown.iter().any(|path| path == "draft-page/index.html"),
        "{shown:?}"
    );
    archive.build(&[]);
    assert_eq!(holding(&archive, "DRAFT"), [""; 0]);
    assert!(!archive.path("public/articles/draft").exists());
}

#[test]
fn an_embargo_ends_at_its_moment() {
    let archive = small();
    archive.write("content/articles/later.md", "+++\ntitle = 'LATER'\nembargo = 2025-06-01T12:00:00Z\n+++\n\nLATER.\n");
    let at = |now: &str| {
        assert_eq!(archive.run(&["build", "--now", now]).code, 0);
        archive.path("public/articles/later/index.html").exists()
    };
    assert!(!at("2025-06-01"));
    assert!(!at("2025-06-01T11:59:59Z"));
    assert!(at("2025-06-01T12:00:00Z"));
    assert!(!at("2025-05-31"), "a build of an earlier moment takes it back");
    assert_eq!(holding(&archive, "LATER"), [""; 0]);
}

fn small() -> Archive {
    archive(&[
        ("content/articles/river.md", "+++\ntitle = 'The river'\ndate = 2025-01-01\n+++\n\nThe river is *seven* metres deep.\n"),
        ("content/articles/river.facts.toml", "[[facts]]\nid = 'depth'\nclaim = 'It is deep.'\nanchor = { exact = 'seven metres deep' }\n"),
        ("content/pages/about.md", "+++\ntitle = 'About'\n+++\n\nWords.\n"),
        ("templates/unused.html", "an archive may have templates\n"),
        ("static/humans.txt", "nobody\n"),
    ])
}

/// How many files a build wrote, left and removed, by its last line.
fn counts(run: &Run) -> (usize, usize, usize) {
    let (_, said) = run.stderr.split_once("wrote ").unwrap();
    let mut numbers = said.split([' ', ',', ';']).filter_map(|word| word.parse().ok());
    (numbers.next().unwrap(), numbers.next().unwrap(), numbers.next().unwrap())
}

/// Every file with its bytes and its time of change.
fn stamps(root: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    // A file written again within the clock's step would look untouched.
    std::thread::sleep(Duration::from_millis(20));
    let stamp = |path: &str| fs::metadata(root.join(path)).unwrap().modified().unwrap();
    files(root).into_iter().map(|(path, bytes)| (path.clone(), (bytes, stamp(&path)))).collect()
}

/// Every file and folder, the program's own notes too.
fn everything(root: &Path) -> Vec<String> {
    let mut all: Vec<_> = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.unwrap().path().display().to_string()).collect();
    all.sort();
    all
}

/// The files of the site that hold a word.
fn holding(archive: &Archive, word: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(word);
    archive.site().into_iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path).collect()
}
