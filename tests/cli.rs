//! The command line as a user meets it: what is said where, and how a run ends.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Archive, Run, archive, files, is_a, run_in};
use serde_json::Value;
use snapbox::{assert_data_eq, str};

#[test]
fn the_binary_alone_lays_out_an_archive_and_builds_it() {
    let folder = tempfile::tempdir().unwrap();
    let postilla = folder.path().join(if cfg!(windows) { "postilla.exe" } else { "postilla" });
    fs::copy(env!("CARGO_BIN_EXE_postilla"), &postilla).unwrap();
    let run = |place: &Path, args: &[&str]| run_in(place, &postilla, args);

    let laid_out = run(folder.path(), &["init", "mine"]);
    check_end(&laid_out, 0);
    assert_data_eq!(
        laid_out.stderr,
        str![[r"
laid out a new archive in `mine`; build it with `postilla build`, there

"]]
    );

    let mine = folder.path().join("mine");
    let built = run(&mine, &["build"]);
    check_end(&built, 0);
    assert_data_eq!(
        built.stderr,
        str![[r"
read 1 article, 1 fact and 1 entity; rendered [..] pages: wrote [..], left 0 as they were, removed 0; [..] s

"]]
    );
    let page = fs::read_to_string(mine.join("public/articles/first-article/index.html")).unwrap();
    assert!(page.contains("id=\"q-three-keys\"") && page.contains("id=\"three-keys\""), "{page}");
    assert!(files(&mine.join("public")).keys().any(|path| is_a(path, "css")), "the theme's style is embedded");

    let again = run(&mine, &["init"]);
    check_end(&again, 2);
    assert!(again.stderr.contains("is already there"), "{}", again.stderr);
}

#[test]
fn check_says_that_nothing_is_wrong_and_writes_nothing() {
    let archive = small();
    let run = archive.run(&["check"]);
    check_end(&run, 0);
    assert_data_eq!(
        run.stderr,
        str![[r"
checked 2 articles: nothing keeps the site from being built

"]]
    );
    assert!(!archive.path("public").exists());
}

#[test]
fn check_draws_every_error_at_once() {
    let archive = small();
    archive.write(
        "content/articles/river.facts.toml",
        "[[facts]]\nid = 'depth'\nclaim = 'x'\nanchor = { exact = 'not there' }\nabout = ['rivr']\n",
    );
    let run = archive.run(&["check"]);
    check_end(&run, 1);
    assert_data_eq!(
        run.stderr,
        str![[r"
error[anchor::orphan]: the words under fact `depth` are not in the article
 --> content/articles/river.facts.toml:4:20
  |
4 | anchor = { exact = 'not there' }
  |                    ^^^^^^^^^^^
 ::: content/articles/river.md
  = note: looked for in this article
  = help: quote the article as a reader sees it, without Markdown; if the sentence changed, check the fact again

error[reference::unknown]: there is no entity `rivr`
 --> content/articles/river.facts.toml:5:10
  |
5 | about = ['rivr']
  |          ^^^^^^
  |
  = help: did you mean `river`?

1  anchor::orphan      error
1  reference::unknown  error
2 errors

"]]
    );
}

#[test]
fn lists_are_lines_of_fields() {
    let archive = small();
    let list = |what: &str| {
        let run = archive.run(&["list", what]);
        check_end(&run, 0);
        run.stdout
    };
    assert_data_eq!(
        list("articles"),
        str![[r"
secret		en	draft	false	0	SECRET	content/articles/secret.md
river	2025-01-01	en	published	true	1	The river	content/articles/river.md

"]]
    );
    assert_data_eq!(
        list("entities"),
        str![[r"
river	place	1	1	River	content/entities/river.md

"]]
    );
    assert_data_eq!(
        list("facts").replace('\t', "|"),
        str![[r"
river#depth|quantity|unchecked|true|river|depth||number: 7.0|at: 2025|The river is seven metres deep.

"]]
    );
}

#[test]
fn lists_are_json_lines_when_asked() {
    let archive = small();
    for (what, key, expected) in [("articles", "slug", "secret"), ("entities", "id", "river"), ("facts", "fact", "river#depth")] {
        let run = archive.run(&["list", what, "--json"]);
        check_end(&run, 0);
        assert_eq!(json_lines(&run.stdout)[0][key], expected, "{}", run.stdout);
    }
    archive.write("content/articles/broken.md", "+++\ntitle = \"Broken\"\n");
    let run = archive.run(&["list", "articles", "--json"]);
    check_end(&run, 1);
    assert_eq!(json_lines(&run.stdout).len(), 2, "what can be read is listed");
    assert!(run.stderr.contains("broken.md"), "{}", run.stderr);
}

#[test]
fn every_shell_gets_its_completions() {
    let archive = small();
    for (shell, word) in [("bash", "complete -F"), ("zsh", "#compdef postilla"), ("fish", "complete -c postilla")] {
        let run = archive.run(&["completions", shell]);
        check_end(&run, 0);
        assert!(run.stdout.contains(word) && run.stdout.contains("base-url"), "{shell}: {}", run.stdout);
    }
}

#[test]
fn the_manual_is_roff_with_every_verb() {
    let run = small().run(&["man"]);
    check_end(&run, 0);
    assert!(run.stdout.starts_with('.') && run.stdout.contains(".TH postilla 1"), "{}", run.stdout);
    for verb in ["init", "build", "check", "list", "schema", "completions", "man"] {
        assert!(run.stdout.contains(verb), "`{verb}` is not in the manual");
    }
}

#[test]
fn flags_stand_before_or_after_the_verb() {
    let archive = small();
    let before = archive.run(&["--now", "2026-01-01", "-u", "https://one.example", "-o", "a", "-q", "build"]);
    let after = archive.run(&["build", "--now", "2026-01-01", "-u", "https://one.example", "-o", "b", "-q"]);
    check_end(&before, 0);
    check_end(&after, 0);
    assert!(files(&archive.path("a")) == files(&archive.path("b")), "both builds are the same");
    assert!(archive.read("a/feed.xml").contains("https://one.example/feed.xml"));
}

#[test]
fn an_archive_is_found_from_below_by_root_and_by_configuration() {
    let archive = small();
    let program = PathBuf::from(env!("CARGO_BIN_EXE_postilla"));
    let elsewhere = tempfile::tempdir().unwrap();
    let (root, config) = (archive.root().to_str().unwrap(), archive.path("postilla.toml"));
    check_end(&run_in(&archive.path("content/articles"), &program, &["check"]), 0);
    check_end(&run_in(elsewhere.path(), &program, &["check", "--root", root]), 0);
    check_end(&run_in(elsewhere.path(), &program, &["check", "--config", config.to_str().unwrap()]), 0);
    check_end(&run_in(elsewhere.path(), &program, &["check"]), 2);
}

#[test]
fn machines_get_json_lines_on_stdout_and_nothing_on_stderr() {
    let archive = small();
    let run = archive.run(&["build", "--message-format", "json"]);
    check_end(&run, 0);
    let lines = json_lines(&run.stdout);
    assert_eq!((&lines[0]["event"], &lines[0]["articles"]), (&"built".into(), &2.into()));
    assert_eq!(run.stderr, "");

    archive.write("content/articles/broken.md", "+++\ntitle = 'x'\n+++\n\n[[nobody]] [[nothing]]\n");
    let run = archive.run(&["build", "--message-format", "json"]);
    check_end(&run, 1);
    let found: Vec<_> =
        json_lines(&run.stdout).iter().map(|line| (line["code"].clone(), line["line"].clone(), line["column"].clone())).collect();
    assert_eq!(found, [("link::broken".into(), 5.into(), 1.into()), ("link::broken".into(), 5.into(), 12.into())]);
    assert_eq!(run.stderr, "");

    let run = archive.run(&["check", "--root", "nowhere", "--message-format", "json"]);
    check_end(&run, 2);
    assert_eq!(json_lines(&run.stdout)[0]["severity"], "error");
}

#[test]
fn quiet_says_only_what_is_wrong() {
    let archive = small();
    archive.write("content/articles/warned.md", "+++\ntitle = 'x'\n+++\n\n[x](javascript:x)\n");
    assert!(archive.run(&["check"]).stderr.contains("warning[link::unsafe]"));
    for verb in ["check", "build"] {
        let run = archive.run(&[verb, "-q"]);
        check_end(&run, 0);
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""), "{verb}");
    }
    archive.write("content/articles/broken.md", "+++\ntitle = 3\n+++\n");
    assert!(archive.run(&["check", "-q"]).stderr.contains("error[schema::wrong_type]"));
}

#[test]
fn verbose_says_what_each_stage_took() {
    let run = small().run(&["build", "-v"]);
    for stage in ["reading", "rendering", "publishing"] {
        assert!(run.stderr.contains(stage), "{}", run.stderr);
    }
}

#[test]
fn colours_come_only_when_asked() {
    let archive = small();
    archive.write("content/articles/broken.md", "+++\ntitle = \"Broken\"\n");
    assert!(!archive.run(&["check"]).stderr.contains('\u{1b}'), "stderr is no terminal here");
    assert!(archive.run(&["check", "--color", "always"]).stderr.contains('\u{1b}'));
    assert!(!archive.run(&["check", "--color", "never"]).stderr.contains('\u{1b}'));
}

#[test]
fn a_command_line_that_is_wrong_ends_in_2() {
    let archive = small();
    let wrong: [&[&str]; 9] = [
        &[],
        &["frobnicate"],
        &["build", "--base-url", "ftp://x.example"],
        &["build", "--base-url", "/base/"],
        &["build", "--base-url", "https://x.example/?q"],
        &["build", "--now", "yesterday"],
        &["build", "-q", "-v"],
        &["list", "sources"],
        &["check", "--config", "nowhere.toml"],
    ];
    for args in wrong {
        let run = archive.run(args);
        check_end(&run, 2);
        assert!(!run.stderr.is_empty(), "{args:?} says nothing");
    }
    assert!(!archive.path("public").exists());
}

#[test]
fn a_configuration_that_is_wrong_ends_in_2() {
    let archive = small();
    for (keys, code) in [
        ("titel = 'x'\n", "schema::unknown_key"),
        ("languages = 3\n", "schema::wrong_type"),
        ("languages = []\n", "schema::bad_value"),
        ("= 3\n", "syntax"),
    ] {
        archive.write("postilla.toml", &(common::CONFIG.to_owned() + keys));
        for verb in ["check", "build"] {
            let run = archive.run(&[verb]);
            check_end(&run, 2);
            assert!(run.stderr.contains(code) && run.stderr.contains("postilla.toml:3:"), "{keys:?}: {}", run.stderr);
        }
    }
    archive.write("postilla.toml", "title = 'x'\n");
    let run = archive.run(&["build"]);
    check_end(&run, 2);
    assert!(run.stderr.contains("`base_url`"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_disk_that_refuses_ends_in_3() {
    let archive = small();
    archive.write("taken", "a file\n");
    for output in ["taken", "taken/below"] {
        let run = archive.run(&["build", "-o", output]);
        check_end(&run, 3);
        assert!(run.stderr.contains("taken"), "{}", run.stderr);
    }
    assert_eq!(archive.read("taken"), "a file\n");

    archive.write("content/entities/x.md", "+++\nkind = 'place'\nname = 'x'\n+++\n");
    fs::remove_dir_all(archive.path("content/entities")).unwrap();
    std::os::unix::fs::symlink("entities", archive.path("content/entities")).unwrap();
    for verb in ["check", "build"] {
        let run = archive.run(&[verb]);
        check_end(&run, 3);
        assert!(run.stderr.contains("content/entities"), "{}", run.stderr);
    }
}

#[test]
fn the_version_is_the_crates() {
    let run = small().run(&["--version"]);
    assert_eq!(run.stdout, format!("postilla {}\n", env!("CARGO_PKG_VERSION")));
}

/// An article with a fact, and a draft.
fn small() -> Archive {
    archive(&[
        ("content/articles/river.md", "+++\ntitle = 'The river'\ndate = 2025-01-01\n+++\n\nThe River is *seven* metres deep.\n"),
        (
            "content/articles/river.facts.toml",
            "[[facts]]\nid = 'depth'\nkind = 'quantity'\nclaim = 'The river is seven metres deep.'\nanchor = { exact = 'seven metres deep' }\n\
             subject = 'river'\nproperty = 'depth'\nvalue = { number = 7 }\nvalid = { at = '2025' }\n",
        ),
        ("content/articles/secret.md", "+++\ntitle = 'SECRET'\nstate = 'draft'\n+++\n\nSECRET text.\n"),
        ("content/entities/river.md", "+++\nkind = 'place'\nname = 'River'\n+++\n"),
        ("content/properties.toml", "[depth]\ndatatype = 'quantity'\nunit = 'm'\n"),
    ])
}

fn check_end(run: &Run, code: i32) {
    assert_eq!(run.code, code, "stdout: {}\nstderr: {}", run.stdout, run.stderr);
}

fn json_lines(text: &str) -> Vec<Value> {
    assert!(!text.is_empty(), "there is at least one line");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}
