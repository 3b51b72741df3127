//! The theme in an archive's hands: `postilla theme eject`, and what is said of templates that name what is not there.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, archive, files};
use snapbox::{assert_data_eq, str};

fn small() -> Archive {
    archive(&[("content/articles/a.md", "+++\ntitle = \"Made-up news\"\ndate = 2025-01-01\n+++\nNothing happened.\n")])
}

#[test]
fn without_a_name_the_themes_files_are_listed() {
    let run = small().run(&["theme", "eject"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let names: Vec<&str> = run.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    for name in ["article.html", "base.html", "robots.txt", "assets/postilla.css"] {
        assert!(names.contains(&name), "{}", run.stdout);
    }
    assert!(names.is_sorted());
}

#[test]
fn a_theme_that_was_copied_whole_makes_the_same_site() {
    let archive = small();
    archive.build(&["--output-dir", "before"]);
    let listed = archive.run(&["theme", "eject"]).stdout;
    let names: Vec<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let run = archive.run(&[&["theme", "eject"], &names[..]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    archive.build(&["--output-dir", "after"]);
    assert_eq!(files(&archive.path("before")), files(&archive.path("after")));
}

#[test]
fn a_file_that_is_there_is_not_written_over_and_nothing_else_is_written() {
    let archive = small();
    archive.write("templates/base.html", "mine");
    let run = archive.run(&["theme", "eject", "article.html", "templates/base.html"]);
    assert_eq!(run.code, 2);
    assert_data_eq!(
        run.stderr,
        str![[r"
error: `templates/base.html` is already there, and nothing was written; `--stdout` prints the theme's

"]]
    );
    assert_eq!(archive.read("templates/base.html"), "mine");
    assert!(!archive.path("templates/article.html").exists());
}

#[test]
fn an_unknown_file_is_refused_with_the_nearest_name() {
    let run = small().run(&["theme", "eject", "articl.html"]);
    assert_eq!(run.code, 2);
    assert_data_eq!(
        run.stderr,
        str![[r"
error: the theme has no `articl.html`: did you mean `article.html`? (`postilla theme eject` lists its files)

"]]
    );
}

#[test]
fn on_request_files_are_only_printed() {
    let archive = small();
    let run = archive.run(&["theme", "eject", "--stdout", "robots.txt"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("User-agent"), "{}", run.stdout);
    assert!(!archive.path("templates").exists());
    assert_eq!(archive.run(&["theme", "eject", "--stdout"]).code, 2);
}

#[test]
fn a_name_that_the_view_never_has_is_an_error_at_its_place() {
    let archive = small();
    // No page is made with it.
    archive.write(
        "templates/timeline.html",
        "{% extends \"base.html\" %}\n{% block main %}{% if list.yeers %}{% endif %}{% endblock main %}\n",
    );
    for verb in ["check", "build"] {
        let run = archive.run(&[verb]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert_data_eq!(
            format!("{}\n", run.stderr.split("\n\n").next().unwrap()),
            str![[r"
error[template::error]: `list` has no field `yeers`
 --> templates/timeline.html:2:28
  |
2 | {% block main %}{% if list.yeers %}{% endif %}{% endblock main %}
  |                            ^^^^^
  |
  = note: there are [..]
  = help: did you mean `years`?

"]]
        );
    }
}
