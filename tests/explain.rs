//! What a page is made from, where an entity is shown, and why pages are rendered again.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::time::SystemTime;

use common::{Archive, archive};
use jiff::Timestamp;
use postilla::archive::Showing;
use postilla::project::{Because, Ended, Explained, Progress, Remembers, Request, Stage, Workspace};
use postilla::publish::Overwrite;

const FLOOD: &str = "+++\ntitle = 'Flood'\n+++\n\nThe Test River Bank says the water rose by two metres.\n";
const FACTS: &str =
    "[[facts]]\nid = 'rise'\nclaim = 'It rose by two metres.'\nanchor = { exact = 'rose by two metres' }\nabout = ['bank']\n";
const OTHER: &str = "+++\ntitle = 'Other'\n+++\n\nNothing of the kind.\n";

fn small() -> Archive {
    archive(&[
        ("content/articles/flood.md", FLOOD),
        ("content/articles/flood.facts.toml", FACTS),
        ("content/articles/other.md", OTHER),
        ("content/entities/bank.md", "+++\nkind = 'company'\nname = 'Test River Bank'\n+++\n"),
    ])
}

#[test]
fn a_page_is_found_by_its_address_its_file_and_its_slug() {
    let archive = small();
    let by = |word: &str| archive.run(&["explain", word]);
    let expected = "articles/flood/index.html\ntemplate: article.html\nmade from:\n  content/articles/flood.facts.toml: facts\n  \
                    content/articles/flood.md: itself\n  content/entities/bank.md: name\n";
    for word in [
        "flood",
        "/articles/flood/",
        "articles/flood",
        "/base/articles/flood/#rise",
        "https://archive.example/base/articles/flood/",
        "articles/flood/index.html",
        "content/articles/flood.md",
        "content/articles/flood.facts.toml",
    ] {
        let run = by(word);
        assert_eq!((run.code, run.stdout.as_str()), (0, expected), "{word}: {}", run.stderr);
    }
    let nothing = by("nothing-of-the-kind");
    assert_eq!(nothing.code, 2);
    assert!(nothing.stderr.contains("no page is called `nothing-of-the-kind`"), "{}", nothing.stderr);
}

#[test]
fn an_entity_is_shown_where_it_is_named() {
    let archive = small();
    let run = archive.run(&["explain", "bank", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(said["page"], "entities/bank/index.html");
    let pages = [
        "articles/flood/facts.csv",
        "articles/flood/facts.json",
        "articles/flood/index.html",
        "entities/bank/entity.jsonld",
        "entities/bank/feed.xml",
        "entities/bank/index.html",
    ];
    assert_eq!(said["shown_on"], serde_json::json!(pages));
    let from: Vec<&str> = said["made_from"].as_array().unwrap().iter().map(|file| file["file"].as_str().unwrap()).collect();
    assert_eq!(from, ["content/articles/flood.facts.toml", "content/articles/flood.md", "content/entities/bank.md"]);
}

#[test]
fn with_errors_in_the_content_they_are_said_beside_what_is_known() {
    let archive = small();
    archive.write("content/articles/flood.facts.toml", &FACTS.replace("claim", "calim"));
    let run = archive.run(&["explain", "flood"]);
    assert!(run.stdout.starts_with("articles/flood/index.html\ntemplate: article.html\n"), "{}", run.stdout);
    assert!(run.code == 1 && run.stderr.contains("did you mean `claim`?"), "{}", run.stderr);
    let said: serde_json::Value = serde_json::from_str(&archive.run(&["explain", "bank", "--json"]).stdout).unwrap();
    assert_eq!(said["page"], "entities/bank/index.html");
    archive.write("content/articles/flood.md", "+++\ntitle = \n+++\n");
    let run = archive.run(&["explain", "flood"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("no page is called `flood`, as far as the archive could be read"), "{}", run.stderr);
}

#[test]
fn each_page_that_is_rendered_again_has_a_reason() {
    let archive = small();
    let mut rounds = Rounds::of(&archive);
    let first = rounds.build();
    assert!(first.iter().all(|page| page.because == Because::New), "{first:?}");
    assert!(first.iter().any(|page| page.output.as_str() == "articles/other/index.html"));

    assert_eq!(rounds.build(), []);

    archive.write("content/articles/flood.facts.toml", &FACTS.replace("It rose", "The water rose"));
    let again = rounds.build();
    let sidecar =
        |page: &Explained| matches!(&page.because, Because::Changed(files) if files.len() == 1 && files[0].name() == "flood.facts.toml");
    assert!(again.iter().all(sidecar), "{again:?}");
    let pages: Vec<&str> = again.iter().map(|page| page.output.as_str()).collect();
    assert!(pages.contains(&"articles/flood/index.html") && pages.contains(&"entities/bank/index.html"), "{pages:?}");
    assert!(!pages.contains(&"articles/other/index.html"), "{pages:?}");

    archive.remove("content/articles/other.md");
    let gone = rounds.build();
    let list = gone.iter().find(|page| page.output.as_str() == "articles/index.html").unwrap();
    assert!(matches!(&list.because, Because::Elsewhere(files) if files[0].name() == "other.md"), "{list:?}");
}

#[test]
fn a_build_says_it_for_people_and_for_programs() {
    let archive = small();
    let people = archive.build(&["--explain"]);
    assert!(people.stderr.contains("articles/flood/index.html: not rendered before in this run\n"), "{}", people.stderr);
    let programs = archive.build(&["--explain", "--message-format", "json"]);
    assert!(
        programs.stdout.contains(r#"{"event":"rendered","page":"articles/flood/index.html","because":"new","files":[]}"#),
        "{}",
        programs.stdout
    );
}

/// An archive that is built again and again.
struct Rounds {
    workspace: Workspace,
}

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn advance(&self) {}
}

impl Rounds {
    fn of(archive: &Archive) -> Self {
        let now: Timestamp = "2025-06-01T00:00:00Z".parse().unwrap();
        let request = Request {
            root: archive.root().to_owned(),
            config: None,
            output: None,
            base_url: None,
            unsafe_html: false,
            overwrite: Overwrite::OwnOnly,
            showing: Showing { now, drafts: false },
            at: SystemTime::UNIX_EPOCH,
        };
        Self { workspace: Workspace::new(request, Remembers::Output).explaining(true) }
    }

    fn build(&mut self) -> Vec<Explained> {
        let mut loaded = self.workspace.load(&Silent).unwrap();
        match self.workspace.build(&mut loaded, &Silent).unwrap() {
            Ended::Built(summary) => summary.explained,
            other => panic!("{other:?}: {:?}", loaded.diagnostics),
        }
    }
}
