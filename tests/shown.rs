//! What is kept back stays back: nothing of a text that is not shown comes onto the site with its neighbours.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg'/>";

/// Builds an archive of these files and gives the root of the site.
fn build(files: &[(&str, &str)]) -> (tempfile::TempDir, std::path::PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let config = ("postilla.toml", "title = 'x'\nbase_url = 'https://example.org/'\n");
    for (file, text) in files.iter().chain([&config]) {
        let path = root.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let status = Command::new(env!("CARGO_BIN_EXE_postilla")).args(["build", "--quiet", "--root"]).arg(root.path()).status().unwrap();
    assert!(status.success());
    let site = root.path().join("public");
    (root, site)
}

#[test]
fn a_file_is_published_when_a_shown_text_links_to_it() {
    let (_root, site) = build(&[
        ("content/articles/open.md", "+++\ntitle = 'A'\n+++\n![x](open.svg) [y](both.svg)\n"),
        ("content/articles/draft.md", "+++\ntitle = 'B'\nstate = 'draft'\n+++\n![x](draft.svg) ![y](both.svg)\n"),
        ("content/articles/gone.md", "+++\ntitle = 'C'\nstate = 'withdrawn'\n+++\n![x](gone.svg)\n"),
        ("content/articles/foreign.md", "+++\ntitle = 'D'\npublish = 'facts_only'\n+++\n![x](foreign.svg)\n"),
        ("content/articles/open.svg", DRAWING),
        ("content/articles/both.svg", DRAWING),
        ("content/articles/draft.svg", DRAWING),
        ("content/articles/gone.svg", DRAWING),
        ("content/articles/foreign.svg", DRAWING),
        ("content/articles/nobody.svg", DRAWING),
        ("static/always.txt", "7"),
    ]);
    let there = |name: &str| site.join(name).is_file();
    assert!(there("articles/open.svg") && there("articles/both.svg") && there("always.txt"));
    for kept in ["draft", "gone", "foreign", "nobody"] {
        assert!(!there(&format!("articles/{kept}.svg")), "{kept}");
    }
}

#[test]
fn a_withdrawn_page_is_not_there() {
    let (_root, site) = build(&[("content/pages/method.md", "+++\ntitle = 'M'\nstate = 'withdrawn'\naliases = ['/old/']\n+++\nsecret\n")]);
    assert!(!site.join("method").exists() && !site.join("old").exists());
}

#[test]
fn templates_of_any_name_escape_but_plain_text() {
    let article = "+++\ntitle = '<b>'\ntemplate = 'own.html'\n+++\nx\n";
    let (_root, site) = build(&[
        ("content/articles/a.md", article),
        ("templates/own.html", "{% include 'part' %}"),
        ("templates/part", "{{ page.title }}"),
    ]);
    let page = fs::read_to_string(Path::new(&site).join("articles/a/index.html")).unwrap();
    assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"), "{page}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_does_not_hide_what_is_wrong_elsewhere() {
    use std::os::unix::fs::PermissionsExt;

    let (root, _site) = build(&[("content/articles/shut.md", "+++\ntitle = 'A'\n+++\nx\n")]);
    let shut = root.path().join("content/articles/shut.md");
    fs::write(root.path().join("content/articles/wrong.md"), "+++\ntitel = 'A'\n+++\nx\n").unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(&shut).is_ok() {
        return; // Nothing is shut to the superuser.
    }
    let output = Command::new(env!("CARGO_BIN_EXE_postilla")).args(["check", "--root"]).arg(root.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(3) && said.contains("unknown key `titel`") && said.contains("cannot read"), "{said}");
}
