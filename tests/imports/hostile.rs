//! What is broken is refused with its place, and nothing is written.

#[path = "../../fuzz/fuzz_targets/trial/mod.rs"]
mod trial;

use postilla::import::Kind;
use proptest::prelude::*;

use super::common::{archive, write};
use super::{check_refused, content};

/// The kinds whose files are one text, with a name for such a file.
const KINDS: &[(&str, &str)] = &[
    ("html", "a.html"),
    ("markdown", "a.md"),
    ("wikidata", "a.json"),
    ("csv", "a.csv"),
    ("annotations", "a.json"),
    ("claimreview", "a.json"),
    ("followthemoney", "a.json"),
];

#[test]
fn a_text_in_another_encoding_is_refused() {
    for (kind, name) in KINDS {
        let archive = archive(&[]);
        write(&archive.path(&format!("incoming/{name}")), b"<title>citt\xe0</title>");
        let run = archive.run(&["import", kind, &format!("incoming/{name}"), "--color", "never"]);
        assert!(run.code == 1 && run.stderr.contains(&format!("`{name}` is not UTF-8: byte 11 is 0xE0")), "{kind}: {}", run.stderr);
        assert!(content(&archive).is_empty(), "{kind}");
    }
}

#[test]
fn a_text_of_100_megabytes_is_refused_unread() {
    for (kind, name) in KINDS {
        let archive = archive(&[]);
        write(&archive.path(&format!("incoming/{name}")), b"");
        // A hole: it takes no room on the disk.
        std::fs::File::create(archive.path(&format!("incoming/{name}"))).unwrap().set_len(100_000_000).unwrap();
        let run = archive.run(&["import", kind, &format!("incoming/{name}"), "--color", "never"]);
        assert!(run.code == 1 && run.stderr.contains("error[source::too_large]"), "{kind}: {}", run.stderr);
        assert!(content(&archive).is_empty(), "{kind}");
    }
}

#[test]
fn what_nests_ten_thousand_deep_is_refused() {
    let deep = format!("<title>Deep</title>{}", "<div>".repeat(10_000));
    check_refused(&archive(&[]), "html", "a.html", &deep, "a.html:1:2020");
    for deep in [
        format!("{}a", "> ".repeat(10_000)),
        format!("{}a", "- ".repeat(10_000)),
        format!("{}a{}", "*a ".repeat(10_000), "*".repeat(10_000)),
    ] {
        check_refused(&archive(&[]), "markdown", "a.md", &deep, "the text nests deeper than any that people write");
    }
    let data = format!("---\na: {}\n---\n", "[".repeat(10_000));
    check_refused(&archive(&[]), "markdown", "a.md", &data, "error[syntax::data]");
    for (kind, name) in KINDS.iter().filter(|(_, name)| name.ends_with("json")) {
        check_refused(&archive(&[]), kind, name, &format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)), "nests too deep");
    }
}

#[test]
fn a_source_that_is_not_there_is_named() {
    let archive = archive(&[]);
    let run = archive.run(&["import", "html", "incoming/nothing.html"]);
    assert!(run.code == 3 && run.stderr.contains("incoming/nothing.html"), "{}", run.stderr);
}

/// Pieces of foreign texts, whole and broken.
const PIECES: &[&str] = &[
    "<title>",
    "</title>",
    "<p>",
    "</p>",
    "<a href='",
    "javascript:alert(1)",
    "'>",
    "</a>",
    "[[",
    "]]",
    "<script>",
    "</script>",
    "<table><tr><td>",
    "<pre>",
    "```",
    "</pre>",
    "+++\n",
    "---\n",
    "\n\n",
    "\n",
    "\u{a0}",
    "é",
    "\u{202e}",
    "&lt;b&gt;",
    "&#0;",
    "<!--",
    "-->",
    "<svg>",
    "<template>",
    "<link rel=canonical href='https://a.example/'>",
    "<script type='application/ld+json'>",
    "{\"@type\":\"NewsArticle\",\"headline\":",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "words of a text that somebody wrote, so long that it may be one, ",
    "<li>",
    "<h2>",
    "<img src=x>",
    "1. ",
    "# ",
    "| ",
    "null",
    "1e999",
    "title: ",
    "tags: [a, ",
    "date = 2025-01-01\n",
    "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":\"",
    "\"}}\n",
    "[b](../c.md)",
    "![[",
    "|",
    "# A\n",
    "~~~\n",
    "[^1]",
    "\u{feff}",
    "\r\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_makes_an_import_panic_or_write_what_does_not_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        for (kind, name) in [(Kind::Html, "a.html"), (Kind::Markdown, "a.md"), (Kind::Wikidata, "a.json"), (Kind::Csv, "a.csv"), (Kind::Annotations, "a.json"), (Kind::ClaimReview, "a.json"), (Kind::FollowTheMoney, "a.json")] {
            trial::trial(kind, name, &pieces.concat());
        }
    }
}
