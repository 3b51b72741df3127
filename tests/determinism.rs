//! The same archive gives the same bytes, whatever the folder, the number of threads, the order of files on the
//! disk, or what was there before.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::process::Command;

use common::{Archive, archive, copy_of, files, is_a, repository};

type Site = BTreeMap<String, Vec<u8>>;

#[test]
fn the_bundled_archive_gives_equal_bytes_in_two_folders_with_one_thread_and_with_four() {
    let one = built(&copy_of(&repository()), "1");
    let four = built(&copy_of(&repository()), "4");
    assert!(one.len() > 100, "{} files", one.len());
    check_equal(&one, &four);
}

#[test]
fn many_articles_give_equal_bytes_in_whatever_order_their_files_were_made() {
    let sources = sources();
    let forwards = archive(&borrowed(&sources));
    let mut reversed = borrowed(&sources);
    reversed.reverse();
    let backwards = archive(&reversed);
    check_equal(&built(&forwards, "1"), &built(&backwards, "4"));
}

#[test]
fn findings_come_in_the_same_order_whatever_the_threads() {
    let mut sources = sources();
    for (number, (path, text)) in sources.iter_mut().enumerate() {
        if is_a(path, "toml") && number % 4 == 0 {
            *text = text.replace("id = 'size'", "id = 'size'\nabuot = []\nstatus = 'sure'");
        } else if is_a(path, "md") {
            text.push_str("\n\n[[nobody]] and [nowhere](nowhere.md)\n");
        }
    }
    let archive = archive(&borrowed(&sources));
    let said = |threads| {
        let run = command(&archive, threads).arg("check").output().unwrap();
        assert_eq!(run.status.code(), Some(1));
        String::from_utf8(run.stderr).unwrap()
    };
    let once = said("1");
    assert!(once.matches("error[").count() > 60, "{once}");
    assert_eq!(once, said("4"));
    assert_eq!(once, said("4"));
}

#[test]
fn a_site_built_step_by_step_equals_one_built_at_once() {
    let sources = sources();
    let (first, rest) = sources.split_at(sources.len() / 2);
    let grown = archive(&borrowed(first));
    grown.write("content/articles/passing.md", "+++\ntitle = 'Passing'\n+++\n\nGone soon.\n");
    built(&grown, "4");
    grown.remove("content/articles/passing.md");
    for (path, text) in rest {
        grown.write(path, text);
    }
    check_equal(&built(&grown, "4"), &built(&archive(&borrowed(&sources)), "4"));
}

/// Thirty articles about four entities that all mention each other, many on one day.
fn sources() -> Vec<(String, String)> {
    let mut sources = vec![("content/properties.toml".to_owned(), "[size]\ndatatype = 'quantity'\n".to_owned())];
    for (id, name) in [("ada", "Ada Test"), ("bea", "Bea Test"), ("cea", "Cea Test"), ("dea", "Dea Test")] {
        let text = format!("+++\nkind = 'person'\nname = '{name}'\naliases = ['Test']\n+++\n\nOf [[ada]].\n");
        sources.push((format!("content/entities/{id}.md"), text));
    }
    for number in 0..30 {
        let (day, size) = (number % 3 + 1, number * 7 % 5);
        let article = format!(
            "+++\ntitle = 'Article {size}'\ndate = 2025-01-0{day}\nabout = ['ada']\n+++\n\nAda Test met Bea Test and Dea Test {size} times.\n"
        );
        let facts = format!(
            "[[facts]]\nid = 'size'\nclaim = 'It is {size}.'\nanchor = {{ exact = '{size} times' }}\nsubject = 'ada'\nproperty = 'size'\n\
             value = {{ number = {size} }}\nvalid = {{ at = '2025' }}\nabout = ['dea', 'bea']\n"
        );
        sources.push((format!("content/articles/a-{number:02}.md"), article));
        sources.push((format!("content/articles/a-{number:02}.facts.toml"), facts));
    }
    sources
}

fn borrowed(sources: &[(String, String)]) -> Vec<(&str, &str)> {
    sources.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

fn built(archive: &Archive, threads: &str) -> Site {
    let run = command(archive, threads).args(["build", "--now", "2026-01-01"]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut site = files(&archive.path("public"));
    site.insert(".postilla/manifest".to_owned(), std::fs::read(archive.path("public/.postilla/manifest")).unwrap());
    site
}

fn command(archive: &Archive, threads: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postilla"));
    command.current_dir(archive.root()).env("RAYON_NUM_THREADS", threads);
    command
}

fn check_equal(one: &Site, other: &Site) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in one {
        assert!(
            bytes == &other[path],
            "{path} differs:\n{}\n---\n{}",
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(&other[path])
        );
    }
}
