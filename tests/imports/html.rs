//! Saved pages.

use super::common::archive;
use super::{check_refused, content, import, import_well};

/// A page as newsrooms make them, with all that a reader does not come for.
fn page(head: &str, text: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>The Test River rises | Test Gazette</title>{head}</head>\
        <body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>The Test River rises</h1>{text}\
        <p>Nobody was hurt, the made-up town hall of Test Town said on Monday, and the bridge was closed until the evening, while two \
        people of the fire brigade went from house to house, and knocked on every door of the lower quarter of the town.</p></article>\
        <footer>All rights reserved</footer></body></html>"
    )
}

const HEAD: &str = r#"<link rel="canonical" href="https://gazette.example/river">
<meta property="og:site_name" content="Test Gazette"><meta name="description" content="A river &amp; its &quot;water&quot;.">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": "x"},
{"@type": ["NewsArticle"], "headline": "The Test River rises", "datePublished": "2025-03-01T08:00:00+01:00",
"author": [{"@type": "Person", "name": "Anna Example"}, {"@type": "Person", "name": "Bo Example"}]}]}</script>"#;

const TEXT: &str = "<p>The river <b>rose</b> by 3.5&nbsp;metres, and fell on <a href='/tuesday'>Tuesday</a>, after it had rained for two nights \
    and the day between them, without an hour in which it did not.</p>";

#[test]
fn a_page_becomes_a_draft_with_what_it_says_of_itself() {
    let archive = archive(&[]);
    import_well(&archive, "html", "river.html", &page(HEAD, TEXT));
    let expected = r#"+++
title = "The Test River rises"
lang = "en-GB"
date = 2025-03-01T08:00:00+01:00
authors = ["Anna Example", "Bo Example"]
publisher = "Test Gazette"
url = "https://gazette.example/river"
summary = "A river & its \"water\"."
state = "draft"
publish = "excerpts"
+++

The river **rose** by 3.5 metres, and fell on [Tuesday](https://gazette.example/tuesday), after"#;
    let written = archive.read("content/articles/2025/the-test-river-rises.md");
    assert!(written.replace('\u{a0}', " ").starts_with(expected), "{written}");
    assert!(!written.contains("Sport") && !written.contains("All rights reserved"), "{written}");
}

#[test]
fn a_page_that_is_there_already_is_left_as_it_is() {
    let archive = archive(&[]);
    import_well(&archive, "html", "river.html", &page(HEAD, TEXT));
    let before = content(&archive);
    let run = import_well(&archive, "html", "again.html", &page(&HEAD.replace("https://gazette", "http://www.gazette"), TEXT));
    assert!(run.stderr.contains("in the archive already"), "{}", run.stderr);
    assert_eq!(content(&archive), before);

    import_well(&archive, "html", "other.html", &page("<meta property='article:published_time' content='2025-05-05'>", TEXT));
    assert!(archive.read("content/articles/2025/the-test-river-rises-test-gazette.md").contains("date = 2025-05-05\n"));
}

#[test]
fn a_dry_run_shows_the_file_and_writes_nothing() {
    let archive = archive(&[]);
    archive.write("incoming/river.html", &page(HEAD, TEXT));
    let run = archive.run(&["import", "html", "incoming/river.html", "--dry-run"]);
    assert!(run.stdout.starts_with("==> content/articles/2025/the-test-river-rises.md (new)\n+++\ntitle = "), "{}", run.stdout);
    assert_eq!((run.code, content(&archive).len()), (0, 0));

    let run = archive.run(&["import", "html", "incoming", "--dry-run", "--message-format", "json"]);
    let said: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&said["file"], &said["written"]), (&"content/articles/2025/the-test-river-rises.md".into(), &false.into()));
}

#[test]
fn nothing_that_runs_comes_in() {
    let evil = r#"<p onclick="alert(1)" style="x">One <a href="javascript:alert(1)">two</a> <a href="JAVA&#10;script:alert(1)">three</a>
        <a href="data:text/html,x">four</a> <svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg> <img src=x onerror=alert(1)>
        &lt;script&gt;alert(2)&lt;/script&gt; [five](javascript:alert(1)) ![six](javascript:alert(1)) &lt;javascript:alert(1)&gt; [[seven]]
        [eight]: javascript:alert(1) +++ &amp;lt;b&amp;gt; and then so many words that nobody could take this paragraph for anything else.</p>
        <script>alert(3)</script><style>p { color: red }</style><iframe src="https://evil.example/"></iframe><noscript><script>alert(4)</script></noscript>
        <pre>```
&lt;script&gt;alert(5)&lt;/script&gt;
``` and [[nine]]</pre>"#;
    let archive = archive(&[]);
    let head = "<base href='javascript:alert(1)'><link rel=canonical href='javascript:alert(1)'><meta name=author content='<script>alert(6)</script>'>";
    let run = import_well(&archive, "html", "evil.html", &page(head, evil));
    let written = archive.read("content/articles/the-test-river-rises-test-gazette.md");
    let body = written.split("+++\n").nth(2).unwrap();
    let read = postilla::parse::body::read(body, 0, |_| false);
    assert_eq!(read.links.iter().map(|link| &*link.target).collect::<Vec<_>>(), [""; 0], "{body}");
    for event in pulldown_cmark::Parser::new_ext(body, pulldown_cmark::Options::all()) {
        assert!(!matches!(event, pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_)), "{event:?} in\n{body}");
    }
    assert!(read.text.contains("[five](javascript:alert(1))") && read.text.contains("[[seven]]"), "{}", read.text);
    assert!(!body.contains("alert(3)") && !body.contains("alert(4)") && !body.contains("onclick"), "{body}");
    assert!(run.stderr.contains("1 picture left out"), "{}", run.stderr);
}

#[test]
fn a_page_without_a_title_or_a_text_is_refused() {
    let archive = archive(&[]);
    check_refused(&archive, "html", "a.html", "<p>Some words.</p>", "the page has no title");
    check_refused(&archive, "html", "a.html", "<title>Only this</title>", "the page has no text that stands out");
    check_refused(&archive, "html", "a.html", "", "the page has no title");
}

#[test]
fn broken_json_ld_is_said_and_left_out() {
    let archive = archive(&[]);
    let head = "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", </script><meta name=author content='Anna Example'>";
    let run = import(&archive, "html", "river.html", &page(head, TEXT));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("warning[syntax::data]: the page's JSON-LD is left out"), "{}", run.stderr);
    assert!(archive.read("content/articles/the-test-river-rises-test-gazette.md").contains("authors = [\"Anna Example\"]"));
}
