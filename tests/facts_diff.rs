//! `postilla facts diff`: two states of an archive, in folders and in real repositories.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{Archive, CONFIG, Run, archive, run_in, write};
use pulldown_cmark::{Event, Parser};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

const ARTICLE: &str = "+++\ntitle = 'Chat'\n+++\n\nKiku had 60 million users in 2024.\n";

/// A sidecar of one fact, with more of its keys.
fn facts(id: &str, more: &str) -> String {
    format!("[[facts]]\nid = '{id}'\nclaim = 'Kiku had many users.'\nanchor = {{ exact = 'had 60 million users' }}\n{more}\n")
}

const VALUE: &str = "value = { number = 60_000_000, unit = 'users' }\nstatus = 'attributed'";

fn chat(sidecar: &str) -> Archive {
    archive(&[("content/articles/chat.md", ARTICLE), ("content/articles/chat.facts.toml", sidecar)])
}

fn git(folder: &Path, args: &[&str]) -> String {
    let own = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(own).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "--allow-empty", "-m", "a state"]);
}

/// An archive in a repository of its own, with one commit.
fn committed(sidecar: &str) -> Archive {
    let archive = chat(sidecar);
    git(archive.root(), &["init", "-q"]);
    commit(archive.root());
    archive
}

fn diff(archive: &Archive, args: &[&str]) -> Run {
    archive.run(&[&["facts", "diff"], args].concat())
}

#[track_caller]
fn document(archive: &Archive, args: &[&str]) -> Value {
    let run = diff(archive, &[args, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// What two sidecars of one article differ in.
#[track_caller]
fn between(old: &str, new: &str) -> Value {
    let archive = committed(old);
    archive.write("content/articles/chat.facts.toml", new);
    document(&archive, &["HEAD"])
}

/// The changes of the only fact that differs.
#[track_caller]
fn changes(old: &str, new: &str) -> Value {
    let found = between(&facts("users", old), &facts("users", new));
    assert_eq!(found["articles"].as_array().unwrap().len(), 1, "{found:#}");
    assert_eq!(found["articles"][0]["facts"].as_array().unwrap().len(), 1, "{found:#}");
    found["articles"][0]["facts"][0]["changes"].clone()
}

#[test]
fn a_revision_is_compared_with_the_folder_as_it_is() {
    let archive = committed(&facts("users", VALUE));
    let new = facts("users", "value = { number = 62_000_000, unit = 'users' }\nstatus = 'single_source'\nvalid = { at = '2024' }");
    archive
        .write("content/articles/chat.facts.toml", &(new.replace("60 million", "62 million") + &facts("came", "").replace("many", "some")));
    archive.write("content/articles/flood.md", "+++\ntitle = 'Flood'\n+++\n\nIt rained.\n");
    let run = diff(&archive, &["HEAD"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    assert_data_eq!(
        run.stdout,
        str![[r"
HEAD → the working folder: 1 fact added, 1 changed (1 value, 1 status, 1 date, 1 quote); 1 article added

content/articles/chat.md
  ~ users value: 60 million → 62 million users
  ~ users status: attributed → single source
  ~ users valid: – → 2024
  ~ users words: had [-60-]{+62+} million users
  + came  Kiku had some users. (unchecked)

content/articles/flood.md (new article)

"]]
    );
}

#[test]
fn the_guide_shows_what_the_program_says() {
    let guide = std::fs::read_to_string(common::repository().join("docs/guide/review.md")).unwrap();
    let block = |info: &str| guide.split_once(&format!("\n```{info}\n")).unwrap().1.split_once("```").unwrap().0;
    let (article, sidecar) = ("content/articles/chat.md", "content/articles/chat.facts.toml");
    let (before, after) = (block(&format!("toml before=\"{sidecar}\"")), block(&format!("toml title=\"{sidecar}\"")));
    let archive = committed(before);
    archive.write(article, block(&format!("markdown title=\"{article}\"")));
    archive.write(sidecar, after);
    assert_eq!(diff(&archive, &["HEAD"]).stdout, block("text"));
    // With the old ids, the other block.
    archive.write(sidecar, &after.replace("users-2024-11", "users").replace("\"seat\"", "\"place\""));
    let said = diff(&archive, &["HEAD"]).stdout;
    let second = guide.split("\n```text\n").nth(2).unwrap().split_once("```").unwrap().0;
    assert!(said.contains(second), "{said}");
}

#[test]
fn every_kind_of_change_is_told_apart() {
    let one = |what: &str, old: Value, new: Value| json!([{ "what": what, "old": old, "new": new }]);
    assert_eq!(changes("status = 'attributed'", "status = 'confirmed'"), one("status", json!("attributed"), json!("confirmed")));
    assert_eq!(changes("subject = 'a'", "subject = 'b'"), one("subject", json!("a"), json!("b")));
    assert_eq!(changes("", "property = 'p'"), one("property", Value::Null, json!("p")));
    assert_eq!(changes("object = 'o'", ""), one("object", json!("o"), Value::Null));
    let valid = |at: &str| json!({ "at": at, "from": null, "until": null });
    assert_eq!(changes("valid = { at = '2024' }", "valid = { at = '2025' }"), one("valid", valid("2024"), valid("2025")));
    for (old, new) in [
        ("number = 1", "number = 2"),
        ("min = 1", "min = 2"),
        ("max = 1", "max = 2"),
        ("text = 'a'", "text = 'b'"),
        ("number = 1, unit = 'm'", "number = 1, unit = 'km'"),
        ("number = 1, currency = 'EUR'", "number = 1, currency = 'USD'"),
        ("number = 1", "number = 1, approximate = true"),
    ] {
        let found = changes(&format!("value = {{ {old} }}"), &format!("value = {{ {new} }}"));
        assert_eq!((found.as_array().unwrap().len(), &found[0]["what"]), (1, &json!("value")), "{old}: {found}");
    }
    assert_eq!(
        changes("", "checks = [{ by = 'm', date = 2025-01-01 }]\nvisibility = 'internal'"),
        json!([{ "what": "other", "keys": ["visibility", "checks"] }])
    );
}

#[test]
fn a_claim_is_compared_in_each_language() {
    let claim = |claim: &str| facts("users", "").replace("'Kiku had many users.'", claim);
    let found = between(&claim("{ en = 'Many', it = 'Molti' }"), &claim("{ en = 'Many', it = 'Tanti' }"));
    assert_eq!(found["articles"][0]["facts"][0]["changes"], json!([{ "what": "claim", "lang": "it", "old": "Molti", "new": "Tanti" }]));
    // A claim without a language is in that of the article.
    assert_eq!(between(&claim("'Many'"), &claim("{ en = 'Many' }"))["articles"], json!([]));
}

#[test]
fn a_fact_with_another_id_is_renamed_where_that_is_clear() {
    let found = between(&facts("old", VALUE), &facts("new", VALUE));
    assert_eq!(found["articles"][0]["facts"], json!([{ "id": "new", "turn": "changed", "was": "old", "changes": [] }]));
    assert_eq!((&found["counts"]["renamed"], &found["counts"]["changed"]), (&json!(1), &json!(0)));
    // Two that say the same: nobody knows which is which.
    let found = between(&facts("old", ""), &(facts("one", "") + &facts("two", "")));
    assert_eq!([&found["counts"]["added"], &found["counts"]["removed"], &found["counts"]["renamed"]], [2, 1, 0]);
    // The same words, about something else.
    let other = facts("new", "property = 'p'").replace("many users", "a purse");
    let found = between(&facts("old", ""), &other);
    assert_eq!([&found["counts"]["added"], &found["counts"]["removed"], &found["counts"]["renamed"]], [1, 1, 0]);
}

#[test]
fn an_article_that_moves_or_gets_another_slug_stays_the_same_article() {
    let archive = committed(&facts("users", VALUE));
    let moved = |path: &str, head: &str| {
        let _ = std::fs::remove_dir_all(archive.path("content/articles"));
        archive.write(&format!("content/articles/{path}.md"), &ARTICLE.replace("title = 'Chat'", head));
        archive.write(&format!("content/articles/{path}.facts.toml"), &facts("users", VALUE));
        document(&archive, &["HEAD"])["articles"].clone()
    };
    assert_eq!(moved("2024/chat", "title = 'Chat'"), json!([]));
    for aliases in ["['chat']", "['/articles/chat/']"] {
        let found = moved("2024/kiku", &format!("title = 'Kiku'\naliases = {aliases}"));
        assert_eq!(found[0]["was"], json!({ "slug": "chat", "file": "content/articles/chat.md" }), "{found:#}");
        assert_eq!((&found[0]["fate"], &found[0]["facts"]), (&json!("stayed"), &json!([])));
    }
    let found = moved("chat", "title = 'Chat'\nslug = 'kiku'");
    assert_eq!((&found[0]["slug"], &found[0]["was"]["slug"]), (&json!("kiku"), &json!("chat")));
    let found = moved("kiku", "title = 'Kiku'");
    assert_eq!((found[0]["fate"].as_str(), found[1]["fate"].as_str()), (Some("removed"), Some("added")));
    assert_eq!((&found[0]["facts"][0]["turn"], &found[1]["facts"][0]["turn"]), (&json!("removed"), &json!("added")));
}

#[test]
fn folders_are_compared_without_a_repository() {
    let (old, new) = (chat(&facts("users", VALUE)), chat(&facts("users", "")));
    let paths = [old.root().to_str().unwrap(), new.root().to_str().unwrap()];
    let elsewhere = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_postilla"));
    let run = run_in(elsewhere.path(), program, &["facts", "diff", paths[0], paths[1], "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&found["format"], &found["version"]), (&json!("postilla-facts-diff"), &json!(1)));
    assert_eq!(found["old"], json!({ "kind": "folder", "name": paths[0] }));
    assert_eq!(found["counts"]["value"], 1);
    let run = run_in(elsewhere.path(), program, &["facts", "diff", paths[0], elsewhere.path().to_str().unwrap()]);
    assert!(run.code == 2 && run.stderr.contains("there is no configuration at"), "{}", run.stderr);
    let run = run_in(elsewhere.path(), program, &["facts", "diff", "HEAD", "main"]);
    assert!(run.code == 2 && run.stderr.contains("`HEAD` is no folder, and here is no archive"), "{}", run.stderr);
}

#[test]
fn an_archive_may_lie_deep_in_its_repository() {
    let folder = tempfile::tempdir().unwrap();
    let lay = |sidecar: &str| {
        for (path, text) in
            [("postilla.toml", CONFIG), ("content/articles/chat.md", ARTICLE), ("content/articles/chat.facts.toml", sidecar)]
        {
            write(&folder.path().join("the desk/città [x]").join(path), text.as_bytes());
        }
    };
    git(folder.path(), &["init", "-q"]);
    commit(folder.path());
    git(folder.path(), &["tag", "before"]);
    lay(&facts("users", VALUE));
    commit(folder.path());
    git(folder.path(), &["tag", "-a", "-m", "a tag", "v1.0"]);
    lay(&facts("users", "status = 'disputed'"));
    commit(folder.path());
    let inside = folder.path().join("the desk/città [x]/content");
    let program = Path::new(env!("CARGO_BIN_EXE_postilla"));
    let run = run_in(&inside, program, &["facts", "diff", "v1.0", "HEAD", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&found["counts"]["status"], &found["counts"]["added"], &found["counts"]["removed"]), (&json!(1), &json!(0), &json!(0)));
    assert_eq!(found["old"]["id"], git(folder.path(), &["rev-parse", "HEAD~1"]));
    let run = run_in(&inside, program, &["facts", "diff", "before"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`before` has no archive there: it has no file `the desk/città [x]/postilla.toml`"), "{}", run.stderr);
}

#[test]
fn names_that_stand_for_nothing_are_refused() {
    let archive = committed(&facts("users", VALUE));
    let said = |args: &[&str]| {
        let run = diff(&archive, args);
        assert_eq!((run.code, &*run.stdout), (2, ""), "{args:?}: {}", run.stderr);
        run.stderr
    };
    assert!(said(&["v9"]).contains("`v9` is no folder, and `v9` is no revision: git knows no single commit by that name"));
    assert!(said(&["HEAD..HEAD"]).contains("is no revision"));
    assert!(said(&["HEAD^!"]).contains("is no revision"));
    assert!(said(&["HEAD:postilla.toml"]).contains("it is a file, not a commit"));
    assert!(said(&[""]).contains("a value is required"));
    assert!(said(&["./HEAD"]).contains("there is no configuration at"));
    assert!(said(&["--", "--output=/tmp/x"]).contains("begins with another sign than `-`"));
    let plain = chat(&facts("users", VALUE));
    let run = diff(&plain, &["HEAD"]);
    assert!(run.code == 2 && run.stderr.contains("is in no git repository"), "{}", run.stderr);
}

#[test]
fn without_git_only_folders_can_be_compared() {
    let archive = committed(&facts("users", VALUE));
    let empty = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let program = env!("CARGO_BIN_EXE_postilla");
        let output = Command::new(program).args(args).current_dir(archive.root()).env("PATH", empty.path()).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run(&["facts", "diff", "HEAD"]);
    assert!(code == 2 && said.contains("by the program `git`, which cannot be run"), "{said}");
    assert_eq!(run(&["facts", "diff", "."]).0, 0);
}

#[test]
fn a_name_of_both_a_folder_and_a_revision_is_the_revision() {
    let archive = committed(&facts("users", VALUE));
    git(archive.root(), &["branch", "old"]);
    for (path, text) in [("postilla.toml", CONFIG), ("content/articles/chat.md", ARTICLE)] {
        archive.write(&format!("old/{path}"), text);
    }
    let run = diff(&archive, &["old"]);
    assert!(run.code == 0 && run.stdout.contains("no fact differs"), "{}", run.stdout);
    assert!(run.stderr.contains("`old` is a revision and a folder"), "{}", run.stderr);
    for name in ["./old", "old/"] {
        let run = diff(&archive, &[name]);
        assert!(run.stdout.contains("1 fact added") && run.stderr.is_empty(), "{name}: {}{}", run.stdout, run.stderr);
    }
    // No revision is called `new`, so that is the folder.
    archive.write("new/postilla.toml", CONFIG);
    assert!(diff(&archive, &["HEAD", "new"]).stdout.contains("1 fact removed; 1 article removed"));
}

#[test]
fn what_cannot_be_read_is_named_and_never_counts_as_gone() {
    let archive = committed(&facts("users", VALUE));
    let check = |why: &str| {
        let found = document(&archive, &["HEAD"]);
        assert_eq!([&found["counts"]["removed"], &found["counts"]["articles_removed"]], [0, 0], "{found:#}");
        let unread = found["unread"].as_array().unwrap();
        assert!(unread.iter().any(|unread| unread["side"] == "new" && unread["why"].as_str().unwrap().contains(why)), "{found:#}");
        assert_eq!(diff(&archive, &["HEAD", "--exit-code"]).code, 1);
        found
    };
    let sidecar = "content/articles/chat.facts.toml";
    archive.write(sidecar, "[[facts]\n");
    assert_eq!(check("")["articles"][0]["compared"], false);
    archive.write(sidecar, &facts("users", "status = 'confirmd'\nkind = 'x'"));
    check("and 1 more error");
    archive.write(sidecar, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n");
    check("a pointer of Git LFS");
    std::fs::write(archive.path(sidecar), b"\xff\xfe").unwrap();
    check("is not UTF-8");
    archive.write(sidecar, &facts("users", VALUE));
    archive.write("content/articles/chat.facts.yaml", "facts: []\n");
    check("is the sidecar of the same article");
    archive.remove("content/articles/chat.facts.yaml");
    archive.write("content/articles/chat.md", "no front matter\n");
    assert_eq!(check("has no front matter")["articles"], json!([]));
    archive.remove("content/articles/chat.md");
    check("there is no article beside it");
    archive.write("content/articles/chat.md", ARTICLE);
    archive.write("postilla.toml", "title = [\n");
    check("");
}

#[test]
fn a_clone_that_lacks_files_fetches_none() {
    let origin = committed(&facts("users", VALUE));
    git(origin.root(), &["config", "uploadpack.allowFilter", "true"]);
    origin.write("content/articles/chat.facts.toml", &facts("users", ""));
    commit(origin.root());
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.root().display());
    git(folder.path(), &["clone", "-q", "--filter=blob:none", &url, "clone"]);
    let program = Path::new(env!("CARGO_BIN_EXE_postilla"));
    let run = run_in(&folder.path().join("clone"), program, &["facts", "diff", "HEAD~1", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(found["unread"][0]["why"].as_str().unwrap().contains("does not have it"), "{found:#}");
    assert_eq!((&found["counts"]["removed"], &found["articles"][0]["compared"]), (&json!(0), &json!(false)), "{found:#}");
}

#[test]
fn a_file_too_large_to_be_read_is_named() {
    let archive = committed(&facts("users", VALUE));
    archive.write("content/articles/chat.md", &" ".repeat(17 << 20));
    commit(archive.root());
    archive.write("content/articles/chat.md", ARTICLE);
    let found = document(&archive, &["HEAD"]);
    assert!(found["unread"][0]["why"].as_str().unwrap().contains("is larger than"), "{found:#}");
    assert_eq!(found["articles"], json!([]));
}

#[cfg(unix)]
#[test]
fn links_and_submodules_of_a_revision_are_named_and_not_followed() {
    let archive = chat(&facts("users", VALUE));
    let root = archive.root();
    let other = committed(&facts("users", VALUE));
    archive.write("content/articles/more/flood.md", ARTICLE);
    archive.write("content/articles/deep/rain.md", ARTICLE);
    archive.write("content/articles/photo.jpg", "x");
    archive.write("content/articles/kept.old/rain.md", ARTICLE);
    archive.write("secret.toml", &facts("users", VALUE));
    git(root, &["init", "-q"]);
    commit(root);
    git(root, &["tag", "whole"]);
    std::fs::remove_dir_all(archive.path("content/articles/more")).unwrap();
    std::fs::remove_dir_all(archive.path("content/articles/deep")).unwrap();
    archive.remove("content/articles/chat.facts.toml");
    archive.remove("content/articles/photo.jpg");
    std::os::unix::fs::symlink("/etc", archive.path("content/articles/more")).unwrap();
    std::os::unix::fs::symlink("../../secret.toml", archive.path("content/articles/chat.facts.toml")).unwrap();
    std::os::unix::fs::symlink("/etc/photo.jpg", archive.path("content/articles/photo.jpg")).unwrap();
    std::os::unix::fs::symlink("kept.old", archive.path("content/articles/seen.old")).unwrap();
    let from = other.root().to_str().unwrap();
    git(root, &["add", "-A"]);
    git(root, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", from, "content/articles/deep"]);
    commit(root);
    let found = document(&archive, &["whole", "HEAD"]);
    let unread: Vec<&str> = found["unread"].as_array().unwrap().iter().map(|unread| unread["file"].as_str().unwrap()).collect();
    assert_eq!(unread, ["content/articles/chat.facts.toml", "content/articles/deep", "content/articles/more", "content/articles/seen.old"]);
    assert_eq!([&found["counts"]["removed"], &found["counts"]["articles_removed"]], [0, 0], "{found:#}");
    assert!(found["articles"].as_array().unwrap().iter().all(|article| article["compared"] == false), "{found:#}");
}

#[test]
fn weird_names_are_files_like_others() {
    let archive = committed(&facts("users", VALUE));
    for name in ["-rf", "a b", "città", "q\"uote", "tab\tbed", "*"] {
        archive.write(&format!("content/articles/{name}.md"), ARTICLE);
        archive.write(&format!("content/articles/{name}.facts.toml"), &facts("users", VALUE));
    }
    commit(archive.root());
    let found = document(&archive, &["HEAD~1", "HEAD"]);
    assert_eq!((&found["counts"]["articles_added"], &found["counts"]["added"]), (&json!(6), &json!(6)), "{found:#}");
    assert_eq!(document(&archive, &["HEAD"])["articles"], json!([]));
}

#[test]
fn what_the_configuration_ignores_is_ignored_in_a_revision_too() {
    let archive = committed(&facts("users", VALUE));
    archive.write("postilla.toml", &format!("{CONFIG}ignore = ['drafts', '*.old.md']\n"));
    for path in ["drafts/a.md", "b.old.md", ".hidden.md", "c.md~"] {
        archive.write(&format!("content/articles/{path}"), ARTICLE);
    }
    commit(archive.root());
    assert_eq!(document(&archive, &["HEAD~1", "HEAD"])["articles"], json!([]));
    assert_eq!(document(&archive, &["HEAD"])["articles"], json!([]));
}

#[test]
fn other_line_ends_are_no_change() {
    let sidecar = facts("users", VALUE).replace("'Kiku had many users.'", "'''\nKiku had\nmany users.'''");
    assert_eq!(between(&sidecar, &sidecar.replace('\n', "\r\n"))["articles"], json!([]));
}

#[test]
fn only_exit_code_makes_a_difference_matter() {
    let archive = committed(&facts("users", VALUE));
    assert_eq!(diff(&archive, &["HEAD", "--exit-code"]).code, 0);
    archive.write("content/articles/chat.facts.toml", &facts("users", ""));
    assert_eq!(diff(&archive, &["HEAD"]).code, 0);
    assert_eq!(diff(&archive, &["HEAD", "--exit-code"]).code, 1);
}

#[test]
fn colour_is_for_those_who_ask() {
    let archive = committed(&facts("users", VALUE));
    archive.write("content/articles/chat.facts.toml", &facts("users", "").replace("60 million", "62\u{9b}31m million\u{202e}"));
    assert!(!diff(&archive, &["HEAD"]).stdout.contains('\u{1b}'));
    let painted = diff(&archive, &["HEAD", "--color", "always"]).stdout;
    assert!(painted.contains("had \u{1b}[31m60 million\u{1b}[0m\u{1b}[32m62"), "{painted:?}");
    assert!(!painted.contains(['\u{9b}', '\u{202e}']), "{painted:?}");
}

#[test]
fn markdown_makes_no_links_of_what_the_content_says() {
    let archive = committed(&facts("users", VALUE));
    let nasty = "@anna | #12 `x` <img src=x onerror=y> **b** </code></table> https://x.example &lt; a@b.example";
    archive.write("content/articles/chat.facts.toml", &facts("users", "").replace("Kiku had many users.", nasty));
    let run = diff(&archive, &["HEAD", "--format", "markdown"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for event in Parser::new_ext(&run.stdout, pulldown_cmark::Options::all()) {
        assert!(!matches!(event, Event::Start(pulldown_cmark::Tag::Link { .. }) | Event::InlineHtml(_) | Event::Code(_)), "{event:?}");
    }
    let page = run.stdout.replace('\n', " ");
    assert!(page.contains("### Facts: 1 fact changed (1 value, 1 status, 1 claim)"), "{page}");
    // What is outside of `<code>` is the program's own.
    let outside: String = page.split("<code>").map(|part| part.split_once("</code>").map_or(part, |(_, rest)| rest)).collect();
    assert!(!outside.contains(['@', '|', '`', '*']) && !outside.contains("img") && !outside.contains("#1"), "{outside}");
    assert!(page.contains("&lt;img src=x onerror=y&gt;") && page.contains("@anna | #12 `x`"), "{page}");
}

#[test]
fn markdown_fits_into_a_comment() {
    let archive = committed(&facts("users", VALUE));
    let many: String = (0..900)
        .fold(String::new(), |all, number| all + &facts(&format!("f-{number}"), "").replace("many users", &format!("&{number} users")));
    archive.write("content/articles/chat.facts.toml", &many);
    archive.write("content/articles/later.md", ARTICLE);
    let page = diff(&archive, &["HEAD", "--format", "markdown"]).stdout;
    assert!(page.len() <= 65_536, "{}", page.len());
    let rows = page.matches("<tr><td>").count();
    assert!(rows > 300, "{rows}");
    assert!(page.ends_with(&format!("<p>{} more changes are left out here.</p>\n", 902 - rows)), "{}", &page[page.len() - 200..]);
    assert_eq!((page.matches("<details>").count(), page.matches("</details>").count()), (1, 1));
    // The longest names and reasons leave room, too.
    for number in 0..60 {
        archive.write(&format!("content/articles/{}{number}.facts.toml", "&".repeat(200)), "x");
    }
    let page = diff(&archive, &["HEAD", "--format", "markdown"]).stdout;
    assert!(page.len() <= 65_536 && page.contains("more</li>"), "{}", page.len());
}
