//! Folders of Markdown.

use super::common::{Archive, Run, archive};
use super::{check_refused, content, import, import_well};

/// Imports a folder.
fn import_folder(archive: &Archive, files: &[(&str, &str)]) -> Run {
    for (path, text) in files {
        archive.write(&format!("incoming/{path}"), text);
    }
    let run = archive.run(&["import", "markdown", "incoming", "--color", "never"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

fn check_front(name: &str, text: &str, file: &str, expected: &str) {
    let archive = archive(&[]);
    import_well(&archive, "markdown", name, text);
    assert_eq!(archive.read(file), expected, "{name}");
}

#[test]
fn a_page_of_hugo_is_read() {
    let text = "---\ntitle: \"The river\"\ndate: 2025-03-01T08:00:00Z\nlastmod: 2025-03-02\nauthor: Anna Example\ntags: [floods, bridges]\n\
        url: /old/river/\ndraft: true\n---\n\nIt *rose*.\n";
    let expected = "+++\ntitle = \"The river\"\ndate = 2025-03-01T08:00:00Z\nupdated = 2025-03-02\nauthors = [\"Anna Example\"]\n\
        tags = [\"floods\", \"bridges\"]\naliases = [\"/old/river/\"]\nstate = \"draft\"\n+++\n\nIt *rose*.\n";
    check_front("river.md", text, "content/articles/2025/river.md", expected);
}

#[test]
fn a_page_of_zola_is_read() {
    let text = "+++\ntitle = \"The river\"\ndate = 2025-03-01\nslug = \"flood\"\naliases = [\"old/river\"]\n[taxonomies]\ntags = [\"floods\"]\n+++\nIt rose.\n";
    let expected = "+++\ntitle = \"The river\"\ndate = 2025-03-01\ntags = [\"floods\"]\naliases = [\"old/river\"]\n+++\n\nIt rose.\n";
    check_front("river.md", text, "content/articles/2025/flood.md", expected);
}

#[test]
fn a_post_of_jekyll_is_read() {
    let text = "---\ntitle: The river\ncategories: floods bridges\nredirect_from: /old/\n---\nIt rose.\r\n\r\nAnd fell.\r\n";
    let expected = "+++\ntitle = \"The river\"\ndate = 2025-03-01\ntags = [\"floods bridges\"]\naliases = [\"/old/\"]\n+++\n\nIt rose.\r\n\r\nAnd fell.\n";
    check_front("2025-03-01-the-river.md", text, "content/articles/2025/the-river.md", expected);
    let zone = "---\ntitle: The river\ndate: 2025-03-02 10:00:00 +0100\n---\nIt rose.\n";
    check_front("2025-03-01-x.md", zone, "content/articles/2025/x.md", "+++\ntitle = \"The river\"\ndate = 2025-03-02\n+++\n\nIt rose.\n");
}

#[test]
fn a_note_of_obsidian_is_a_draft_that_takes_its_title_from_its_heading() {
    check_front(
        "Some note.md",
        "# The *river*\n\nIt rose.\n",
        "content/articles/some-note.md",
        "+++\ntitle = \"The river\"\nstate = \"draft\"\n+++\n\nIt rose.\n",
    );
    check_front(
        "Some note.md",
        "It rose.\n",
        "content/articles/some-note.md",
        "+++\ntitle = \"Some note\"\nstate = \"draft\"\n+++\n\nIt rose.\n",
    );
}

#[test]
fn json_is_front_matter_too() {
    let text = "{\n  \"title\": \"The river\",\n  \"date\": \"2025-03-01\"\n}\nIt rose.\n";
    check_front("a.md", text, "content/articles/2025/a.md", "+++\ntitle = \"The river\"\ndate = 2025-03-01\n+++\n\nIt rose.\n");
}

#[test]
fn links_between_texts_follow_them() {
    let archive = archive(&[("content/entities/anna.md", "+++\nkind = \"person\"\nname = \"Anna Example\"\n+++\n")]);
    let run = import_folder(
        &archive,
        &[
            ("The river.md", "---\ndate: 2025-03-01\naliases: [the stream]\n---\n## How it rose\n\nBy [[Anna Example]].\n"),
            (
                "sub/b.md",
                "[[The river]], [[the river|it]], [[The stream#How it rose]], [[The river#^x]], [there](../The%20river.md#how-it-rose), [out](https://a.example/)\n",
            ),
        ],
    );
    assert_eq!(run.stderr.matches("warning").count(), 0, "{}", run.stderr);
    assert!(archive.read("content/articles/2025/the-river.md").ends_with("By [[Anna Example]].\n"));
    assert_eq!(
        archive.read("content/articles/b.md").split("+++\n").nth(2).unwrap().trim(),
        "[[the-river|The river]], [[the-river|it]], [[the-river#how-it-rose|The stream]], [[the-river|The river]], \
        [there](/content/articles/2025/the-river.md#how-it-rose), [out](https://a.example/)"
    );
    let checked = archive.run(&["check", "--color", "never"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
}

#[test]
fn what_has_no_counterpart_is_named_once_and_links_that_lead_nowhere_stay() {
    let archive = archive(&[]);
    let run = import_folder(
        &archive,
        &[
            ("a.md", "---\ntitle: A\nlayout: post\nweight: 3\n---\n[[Nobody]] ![x](x.png) {{< video >}}\n"),
            ("b.md", "---\ntitle: B\nlayout: post\nsubtitle: ''\n---\nB.\n"),
            ("_index.md", "---\ntitle: All\n---\n"),
        ],
    );
    for said in [
        "`layout` has no counterpart here, and is left out of 2 files",
        "`weight` has no counterpart here, and is left out\n",
        "`Nobody` is neither imported nor in the archive; the link stays",
        "the picture `x.png` is not brought in",
        "a shortcode has no counterpart here",
        "a list of other texts has no counterpart here",
    ] {
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
    assert!(!run.stderr.contains("subtitle"), "{}", run.stderr);
    assert!(archive.read("content/articles/a.md").ends_with("\n[[Nobody]] ![x](x.png) {{< video >}}\n"));
}

#[test]
fn a_text_that_is_there_already_is_left_as_it_is() {
    let archive = archive(&[]);
    let text = "---\ntitle: A\ndate: 2025-01-01\n---\nOne.\n";
    import_well(&archive, "markdown", "a.md", text);
    let before = content(&archive);
    let again = import_well(&archive, "markdown", "a.md", &text.replace("One", "Two"));
    assert!(again.stderr.contains("in the archive already"), "{}", again.stderr);
    assert_eq!(content(&archive), before);
    import_well(&archive, "markdown", "a.md", &text.replace("title: A", "title: B"));
    assert!(archive.read("content/articles/2025/a-2.md").contains("title = \"B\""));
    assert_eq!(content(&archive).len(), 2);
}

#[test]
fn a_dry_run_shows_the_texts_and_writes_nothing() {
    let archive = archive(&[]);
    archive.write("incoming/a.md", "# A\n\nOne.\n");
    let run = archive.run(&["import", "markdown", "incoming", "--dry-run"]);
    assert_eq!(run.stdout, "==> content/articles/a.md (new)\n+++\ntitle = \"A\"\nstate = \"draft\"\n+++\n\nOne.\n\n");
    assert!(content(&archive).is_empty());
}

#[test]
fn what_is_broken_or_runs_is_refused() {
    let archive = archive(&[]);
    for (text, said) in [
        ("---\ntitle: A\n", "the front matter that begins here does not end"),
        ("---\ntitle: [A\n---\n", "error[syntax::data]"),
        ("+++\ntitle = A\n+++\n", "error[syntax::data]"),
        ("A <script>alert(1)</script>\n", "a.md:1:3"),
        ("A\n\n<SCRIPT src='x'>\n", "the text holds a script"),
        ("[a](java\u{9}script:alert(1)) <javascript:alert(1)>\n", "the link runs something"),
    ] {
        check_refused(&archive, "markdown", "a.md", text, said);
    }
    let run = import(&archive, "markdown", "a.md", "A `<script>` is a word.\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
}
