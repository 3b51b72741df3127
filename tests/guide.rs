//! The documentation keeps its word: the guide's examples build or fail as it says, every key and word of the
//! content model stands in it, and its links lead to files.
//!
//! In `docs/guide/`, a fenced block with `title="PATH"` is a file; the files of one chapter (`## …`) are an archive.
//! With `error="CODE"` or `warning="CODE"` it is laid over the others by itself, and the program must say so. Where a
//! chapter says nothing of `[rules]`, they are off.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use postilla::base::diagnostic::{Code, Severity};
use serde_json::Value;
use tempfile::TempDir;

/// What a chapter's archive has for a configuration when it shows none.
const CONFIG: &str = "title = 'Guide'\nbase_url = 'https://example.org/'\n";

/// The schemas, and the file of the guide in which every key of each must stand.
const SCHEMAS: &[(&str, &str)] = &[
    ("config", "README.md"),
    ("article", "articles.md"),
    ("page", "articles.md"),
    ("facts", "facts.md"),
    ("entity", "records.md"),
    ("properties", "records.md"),
];

#[test]
fn the_examples_build_or_fail_as_the_guide_says() {
    let mut shown = 0;
    for chapter in chapters().iter().filter(|chapter| !chapter.files.is_empty()) {
        let right: Vec<&Example> = chapter.files.iter().filter(|file| file.finding.is_none()).collect();
        let place = format!("{}, {}", chapter.file, chapter.title);
        let (code, said) = check(&right, None);
        assert!(code == 0 && !said.contains("warning["), "{place}: exit {code}\n{said}");
        for wrong in chapter.files.iter().filter(|file| file.finding.is_some()) {
            let (severity, finding) = wrong.finding.as_ref().unwrap();
            let (code, said) = check(&right, Some(wrong));
            let expected = if severity == "warning" {
                0
            } else if wrong.path == "postilla.toml" {
                2
            } else {
                1
            };
            assert!(said.contains(&format!("{severity}[{finding}]")), "{place}: `{}` should say {finding}\n{said}", wrong.path);
            assert_eq!(code, expected, "{place}: `{}`\n{said}", wrong.path);
            assert_eq!(said.matches("error[").count() + said.matches("warning[").count(), 1, "{place}: more than one finding\n{said}");
        }
        shown += chapter.files.len();
    }
    assert!(shown > 40, "only {shown} examples were found");
}

#[test]
fn every_key_and_word_of_the_content_model_is_in_the_guide() {
    let mut missing = Vec::new();
    for (schema, file) in SCHEMAS {
        let text = fs::read_to_string(guide().join(file)).unwrap();
        let printed = postilla(&["schema", schema], Path::new("."));
        let mut words = BTreeSet::new();
        gather(&serde_json::from_str(&printed.stdout).unwrap(), &mut words);
        assert!(words.len() > 5, "the schema of {schema} holds {words:?}");
        missing.extend(
            words.into_iter().filter(|word| !text.contains(&format!("`{word}`"))).map(|word| format!("{file}: `{word}` ({schema})")),
        );
    }
    assert!(missing.is_empty(), "not in the guide:\n  {}", missing.join("\n  "));
}

#[test]
fn every_code_is_in_the_guide_and_no_other() {
    let text = fs::read_to_string(guide().join("messages.md")).unwrap();
    let told: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(code, _)| code).collect();
    assert_eq!(told, Code::ALL.iter().map(|code| code.as_str()).collect());
}

#[test]
fn every_rule_is_in_the_guide_at_its_level() {
    let text = fs::read_to_string(guide().join("rules.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let told: BTreeSet<(&str, &str)> =
        rows.map(|row| (row.split('`').nth(1).unwrap(), row.rsplit("| ").next().unwrap().trim_end_matches(" |"))).collect();
    let word = |code: &Code, level: Severity| match level {
        _ if code.is_on_request() => "off",
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let level = |code: &Code| code.rule().map(|level| (code.as_str(), word(code, level)));
    assert_eq!(told, Code::ALL.iter().filter_map(level).collect());
}

#[test]
fn every_verb_and_flag_is_in_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let help = postilla(&["--help"], Path::new(".")).stdout;
    let verbs = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let verbs = verbs.filter_map(|line| line.split_whitespace().next()).filter(|verb| *verb != "help");
    let flags = help.split_whitespace().filter(|word| word.starts_with("--") && !["--help", "--version"].contains(word));
    let missing: Vec<&str> =
        verbs.chain(flags).filter(|word| !readme.contains(&format!("`{word}")) && !readme.contains(&format!("`postilla {word}"))).collect();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
}

#[test]
fn links_between_documents_lead_to_files() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = prose(&fs::read_to_string(&document).unwrap());
        for target in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
            let path = target.split('#').next().unwrap();
            let elsewhere = target.contains("://") || path.is_empty();
            if !elsewhere && !document.parent().unwrap().join(path).exists() {
                broken.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "links to nothing:\n  {}", broken.join("\n  "));
}

/// A section of the guide with the files that it shows.
struct Chapter {
    file: String,
    title: String,
    files: Vec<Example>,
}

/// A file that the guide shows, and what the program must say of it: a severity and a code.
struct Example {
    path: String,
    text: String,
    finding: Option<(String, String)>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> PathBuf {
    root().join("docs/guide")
}

fn documents() -> Vec<PathBuf> {
    let inner = fs::read_dir(guide()).unwrap().map(|entry| entry.unwrap().path());
    inner.chain(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(|name| root().join(name))).collect()
}

fn chapters() -> Vec<Chapter> {
    let mut files: Vec<PathBuf> = fs::read_dir(guide()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(|file| chapters_of(file.file_name().unwrap().to_str().unwrap(), &fs::read_to_string(file).unwrap())).collect()
}

fn chapters_of(file: &str, text: &str) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            chapters.push(Chapter { file: file.to_owned(), title: title.to_owned(), files: Vec::new() });
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let text = lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
        let Some(path) = attribute(info, "title") else { continue };
        let finding = ["error", "warning"].into_iter().find_map(|severity| Some((severity.to_owned(), attribute(info, severity)?)));
        chapters.last_mut().expect("examples stand in chapters").files.push(Example { path, text, finding });
    }
    chapters
}

/// The value of `name="…"` in the words behind a fence.
fn attribute(info: &str, name: &str) -> Option<String> {
    let (_, rest) = info.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

/// The words of a document that are no code.
fn prose(text: &str) -> String {
    let outside: String = text.split("\n```").step_by(2).collect();
    outside.split('`').step_by(2).collect()
}

struct Said {
    code: i32,
    stdout: String,
    stderr: String,
}

fn postilla(args: &[&str], folder: &Path) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_postilla")).args(args).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// What a build of an archive of these files says; `over` replaces the file at its path, or is one more. Where
/// `check` is content, `build` must be too.
fn check(files: &[&Example], over: Option<&Example>) -> (i32, String) {
    let folder = lay_out(files, over);
    let checked = postilla(&["check"], folder.path());
    let built = postilla(&["build", "--quiet"], folder.path());
    assert_eq!(checked.code, built.code, "check and build differ:\n{}\n{}", checked.stderr, built.stderr);
    (checked.code, checked.stderr)
}

fn lay_out(files: &[&Example], over: Option<&Example>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rules = common::without_rules();
    fs::write(folder.path().join("postilla.toml"), format!("{CONFIG}{rules}")).unwrap();
    for file in files.iter().copied().chain(over) {
        let path = folder.path().join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let silent = file.path == "postilla.toml" && !file.text.contains("[rules]");
        fs::write(path, file.text.clone() + if silent { &rules } else { "" }).unwrap();
    }
    folder
}

/// The names of all properties and the words of all vocabularies of a schema.
fn gather(schema: &Value, words: &mut BTreeSet<String>) {
    match schema {
        Value::Object(table) => {
            words.extend(table.get("const").and_then(Value::as_str).map(str::to_owned));
            words.extend(table.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
            for (key, value) in table {
                match value {
                    // A property may be called `properties`, so its own schema is not taken for a table of them.
                    Value::Object(properties) if key == "properties" => {
                        words.extend(properties.keys().cloned());
                        properties.values().for_each(|property| gather(property, words));
                    }
                    value => gather(value, words),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, words)),
        _ => {}
    }
}
