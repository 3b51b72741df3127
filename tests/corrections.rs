//! Corrections: in which order and when readers see them, and where their links lead.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, archive};

const RIVER: &str = "+++
title = 'River'
date = 2025-01-01
corrections = [
  { date = 2025-03-03, text = 'The third.' },
  { date = 2025-01-02, text = 'The first: see [the lake](lake.md), [[mill]], [here](#rise) and [the gauge](https://gauge.example/).' },
  { date = 2025-02-02, text = 'The second.' },
]
+++

# The rise {#rise}

The river rose.
";

fn river() -> Archive {
    let archive = archive(&[("content/articles/river.md", RIVER), ("content/articles/lake.md", "+++\ntitle = 'Lake'\n+++\nA lake.\n")]);
    archive.write("content/entities/mill.md", "+++\nkind = 'place'\nname = 'The mill'\n+++\n");
    archive.write("postilla.toml", "title = 'x'\nbase_url = 'https://example.org/'\n");
    archive
}

fn page(archive: &Archive, path: &str, now: &str, more: &[&str]) -> String {
    let run = archive.run(&[&["build", "--now", now], more].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    String::from_utf8(archive.site()[path].clone()).unwrap()
}

/// The ordinals in the order of the page.
fn ordinals(page: &str) -> Vec<&str> {
    let mut found: Vec<_> =
        ["The first", "The second", "The third"].into_iter().filter_map(|word| Some((page.find(word)?, word))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, word)| word).collect()
}

const HEAD: &str = "articles/river/index.html";

#[test]
fn the_newest_comes_first_wherever_it_is_written() {
    assert_eq!(ordinals(&page(&river(), HEAD, "2026-01-01", &[])), ["The third", "The second", "The first"]);
}

#[test]
fn a_correction_waits_for_its_day() {
    let archive = river();
    for path in [HEAD, "corrections/index.html", "index.html"] {
        assert_eq!(ordinals(&page(&archive, path, "2025-02-10", &[])), ["The second", "The first"], "{path}");
    }
    assert!(!page(&archive, "corrections/feed.xml", "2025-02-10", &[]).contains("The third"));
    assert!(page(&archive, "sitemap.xml", "2025-02-10", &[]).contains("2025-02-02"));
    assert_eq!(ordinals(&page(&archive, HEAD, "2025-02-10", &["--drafts"])), ["The third", "The second", "The first"]);
    assert_eq!(ordinals(&page(&archive, HEAD, "2025-03-03", &[])).len(), 3);
}

#[test]
fn links_of_a_correction_lead_where_those_of_the_text_do() {
    let archive = river();
    for path in [HEAD, "corrections/index.html", "index.html"] {
        let page = page(&archive, path, "2026-01-01", &[]);
        for link in ["/articles/lake/", "/entities/mill/", "/articles/river/#rise", "https://gauge.example/"] {
            assert!(page.contains(&format!("href=\"{link}\"")), "{path} has no link to {link}");
        }
    }
}

#[test]
fn broken_links_of_a_correction_are_told() {
    let archive = river();
    let text = RIVER.replace("lake.md", "sea.md").replace("#rise)", "#fall)");
    archive.write("content/articles/river.md", &text.replace("[[mill]]", "[[weir]]"));
    let said = archive.run(&["check"]).stderr;
    for broken in ["there is no file `content/articles/sea.md`", "has no heading or fact `fall`", "nothing is called `weir`"] {
        assert!(said.contains(broken), "{broken}:\n{said}");
    }
}

#[test]
fn a_file_that_only_a_correction_links_to_is_published() {
    let archive = river();
    archive.write("content/articles/table.csv", "1,2\n");
    archive.write("content/articles/river.md", &RIVER.replace("lake.md", "table.csv"));
    assert!(page(&archive, HEAD, "2026-01-01", &[]).contains("href=\"/articles/table.csv\""));
    assert!(archive.site().contains_key("articles/table.csv"));
    archive.run(&["build", "--now", "2025-01-01"]);
    assert!(!archive.site().contains_key("articles/table.csv"));
}
