//! What an export says comes back: facts are exported, imported where they are not, and exported again, with the same bytes.

use std::fmt::Write;

use proptest::prelude::*;

use super::common::{self, Archive, archive};

const ENTITIES: &[(&str, &str)] = &[
    (
        "content/entities/works.md",
        "+++\nkind = 'company'\nname = 'Test Works'\nfounded = '1994-07'\nrelations = [{ property = 'owns', object = 'port', valid = { from = '2001', until = '2004-05' } }]\n+++\n",
    ),
    (
        "content/entities/anna.md",
        "+++\nkind = 'person'\nname = { en = 'Anna Test', it = 'Anna Prova' }\naliases = ['A. Test']\nborn = '1950-01-02'\n+++\n",
    ),
    (
        "content/entities/port.md",
        "+++\nkind = 'place'\nname = 'Testhafen'\nsummary = \"A 'port', <b>made up</b>.\"\nwikidata = 'Q999000001'\n+++\n",
    ),
];
const NAMES: &[&str] = &["works", "anna", "port"];
const PROPERTIES: &str = "[owns]\nlabel = 'is the owner of'\ndatatype = 'entity'\n\n[level]\nunit = 'm'\ndatatype = 'quantity'\n";
const STATUSES: &[&str] = &["unchecked", "confirmed", "single_source", "disputed", "refuted", "unverifiable", "superseded"];
const SENTENCES: usize = 12;

/// A made-up fact on a sentence's words from the first to the last.
#[derive(Debug, Clone)]
struct Fact {
    sentence: usize,
    words: (usize, usize),
    claim: String,
    about: Vec<&'static str>,
    statement: Option<(&'static str, Result<&'static str, f64>)>,
    valid: Option<(&'static str, &'static str)>,
    status: &'static str,
}

fn fact() -> impl Strategy<Value = Fact> {
    let about = prop::sample::subsequence(NAMES, 1..=NAMES.len());
    let answer = prop_oneof![prop::sample::select(NAMES).prop_map(Ok), (-1e6..1e6_f64).prop_map(Err)];
    let statement = prop::option::of((prop::sample::select(NAMES), answer));
    let valid = prop::option::of(prop::sample::select(&[("at", "2024-11"), ("from", "2001"), ("until", "2025-01-13")][..]));
    let claim = "[=+@'\"<&;,|\\\\a-zà-ü]{1,4} [ -~]{0,12}[a-z]";
    let place = (0..SENTENCES, (0..3_usize, 3..6_usize));
    (place, claim, about, statement, valid, prop::sample::select(STATUSES)).prop_map(
        |((sentence, words), claim, about, statement, valid, status)| Fact { sentence, words, claim, about, statement, valid, status },
    )
}

/// Sentences without a word in common, so that each quote stands once.
fn words(sentence: usize) -> Vec<String> {
    (0..6)
        .map(|word| {
            format!("kw{}{}", char::from(b'a' + u8::try_from(sentence).unwrap()), ["one", "two", "três", "four", "fünf", "six"][word])
        })
        .collect()
}

fn sidecar(facts: &[Fact]) -> String {
    facts.iter().enumerate().fold(String::new(), |mut text, (nth, fact)| {
        let quote = words(fact.sentence)[fact.words.0..=fact.words.1].join(" ");
        let (claim, about) = (toml::Value::from(fact.claim.trim()), &fact.about);
        write!(
            text,
            "[[facts]]\nid = 'f{nth}'\nclaim = {claim}\nanchor = {{ exact = '{quote}' }}\nabout = {about:?}\nstatus = '{}'\n",
            fact.status
        )
        .unwrap();
        match fact.statement {
            Some((subject, Ok(object))) => write!(text, "subject = '{subject}'\nproperty = 'owns'\nobject = '{object}'\n").unwrap(),
            Some((subject, Err(number))) => {
                write!(text, "subject = '{subject}'\nproperty = 'level'\nvalue = {{ number = {number:?} }}\n").unwrap();
            }
            None => {}
        }
        if let Some((key, date)) = fact.valid {
            writeln!(text, "valid = {{ {key} = '{date}' }}").unwrap();
        }
        text.push('\n');
        text
    })
}

/// An archive with what no export of facts gives back.
fn bare() -> Archive {
    let archive = archive(&[("content/properties.toml", PROPERTIES)]);
    archive.write("postilla.toml", &format!("{}languages = ['en', 'it']\n{}", common::CONFIG, common::without_rules()));
    let text: Vec<String> = (0..SENTENCES).map(|sentence| format!("{}.", words(sentence).join(" "))).collect();
    archive.write("content/articles/river.md", &format!("+++\ntitle = 'The river'\ndate = 2025-03-01\n+++\n{}\n", text.join(" ")));
    archive
}

fn with_entities() -> Archive {
    let archive = bare();
    for (path, text) in ENTITIES {
        archive.write(path, text);
    }
    archive
}

fn run(archive: &Archive, args: &[&str]) -> String {
    let run = archive.run(args);
    assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
    run.stdout
}

fn export(archive: &Archive, format: &str) -> String {
    run(archive, &["export", format, "--now", "2026-01-01"])
}

/// The page of annotations of the one article.
fn annotations(archive: &Archive) -> String {
    run(archive, &["build", "--now", "2026-01-01", "--quiet"]);
    archive.read("public/articles/river/annotations.jsonld")
}

/// What `project` says of the one archive, imported into the other, must make it say the same.
fn check(from: &Archive, into: &Archive, kind: &str, name: &str, project: impl Fn(&Archive) -> String) {
    let said = project(from);
    into.write(&format!("incoming/{name}"), &said);
    let run = into.run(&["import", kind, &format!("incoming/{name}")]);
    assert_eq!(run.code, 0, "{kind}: {}", run.stderr);
    assert_eq!(project(into), said, "{kind}: {}", run.stderr);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn what_is_exported_comes_back(facts in prop::collection::vec(fact(), 1..8)) {
        let archive = with_entities();
        archive.write("content/articles/river.facts.toml", &sidecar(&facts));
        check(&archive, &with_entities(), "csv", "facts.csv", |archive| export(archive, "csv"));
        check(&archive, &with_entities(), "annotations", "river.jsonld", annotations);
        check(&archive, &bare(), "followthemoney", "river.json", |archive| export(archive, "ftm"));
    }
}
