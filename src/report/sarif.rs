//! Diagnostics as one document in SARIF 2.1.0, the OASIS standard that services and editors read. Numbers in brackets
//! are its sections.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use super::locate::{Library, Region};
use super::plain::{plain, prose};
use super::rules::explanation;
use super::{Texts, word};
use crate::base::{Code, Diagnostic, Fingerprint, Place, Severity, Spot, Step};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a run found, until it has ended and can be written down.
#[derive(Debug, Default)]
pub struct Sarif {
    found: Vec<Found>,
    refused: Vec<String>,
    /// How often each thing was found, by what its fingerprint is made from.
    alike: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Found {
    severity: Severity,
    code: Code,
    message: String,
    place: Location,
    related: Vec<Location>,
    print: String,
}

#[derive(Debug, Serialize)]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    place: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Spanned>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Spanned {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    byte_offset: usize,
    byte_length: usize,
}

#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

impl Sarif {
    /// Takes findings in, in their order.
    pub fn add(&mut self, diagnostics: &[Diagnostic], texts: &dyn Texts) {
        let mut library = Library::new(texts);
        for diagnostic in library.in_order(diagnostics) {
            let found = Found {
                severity: diagnostic.severity,
                code: diagnostic.code,
                message: text(&prose(diagnostic)),
                place: Location { id: None, place: physical(&diagnostic.place, &mut library), message: None },
                related: related(diagnostic, &mut library),
                print: self.print(diagnostic),
            };
            self.found.push(found);
        }
    }

    /// Takes in what kept the run from its end.
    pub fn refuse(&mut self, what: &str) {
        self.refused.push(text(&plain(what)));
    }

    /// The whole document. `ended_well` when the archive could be looked at to its end, whatever was found.
    pub fn document(&self, exit_code: u8, ended_well: bool) -> String {
        let mut rules: BTreeMap<Code, Severity> = BTreeMap::new();
        for found in &self.found {
            let level = rules.entry(found.code).or_insert(found.severity);
            *level = found.severity.min(*level);
        }
        let places: BTreeMap<Code, usize> = rules.keys().enumerate().map(|(index, code)| (*code, index)).collect();
        let notes = self.refused.iter().map(|what| json!({ "level": "error", "message": { "text": what } }));
        let document = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "Postilla",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.iter().map(|(code, level)| rule(*code, *level)).collect::<Vec<_>>(),
                } },
                "invocations": [{
                    "executionSuccessful": ended_well,
                    "exitCode": exit_code,
                    "toolExecutionNotifications": notes.collect::<Vec<_>>(),
                }],
                "columnKind": "unicodeCodePoints",
                "results": self.found.iter().map(|found| result(found, places[&found.code])).collect::<Vec<_>>(),
            }],
        });
        format!("{document:#}\n")
    }

    /// The same in every run until the finding is mended, wherever in its file it moves: of what is alike in all but its
    /// line, the first, the second and so on [3.27.17].
    fn print(&mut self, found: &Diagnostic) -> String {
        let made_of = [found.code.as_str(), found.place.file.as_str(), &keys(&found.place.spot), &found.message].join("\0");
        let number = self.alike.entry(made_of.clone()).or_default();
        *number += 1;
        Fingerprint::of(format!("{made_of}\0{number}").as_bytes()).to_string()
    }
}

/// The keys of a path in data, without positions in lists: those shift as lines do.
fn keys(spot: &Spot) -> String {
    let Spot::Data(path) = spot else { return String::new() };
    let keys = path.steps.iter().filter_map(|step| match step {
        Step::Key(key) => Some(&**key),
        Step::Index(_) => None,
    });
    keys.collect::<Vec<_>>().join(".")
}

/// The standard wants a level by default; the highest that was found comes nearest to it.
fn rule(code: Code, level: Severity) -> Value {
    let mut rule = json!({
        "id": code.as_str(),
        "shortDescription": { "text": text(code.about()) },
        "defaultConfiguration": { "level": word(level) },
    });
    if let Some(explained) = explanation(code) {
        rule["help"] = json!({ "text": text(explained), "markdown": braces(explained) });
    }
    rule
}

fn result(found: &Found, rule: usize) -> Value {
    let mut result = json!({
        "ruleId": found.code.as_str(),
        "ruleIndex": rule,
        "level": word(found.severity),
        "message": { "text": found.message },
        "locations": [found.place],
        "partialFingerprints": { "postilla/v1": found.print },
    });
    if !found.related.is_empty() {
        result["relatedLocations"] = json!(found.related);
    }
    result
}

fn related(diagnostic: &Diagnostic, library: &mut Library<'_>) -> Vec<Location> {
    let located = diagnostic.related.iter().enumerate().map(|(position, (place, how))| Location {
        id: Some(position + 1),
        place: physical(place, library),
        message: Some(Message { text: text(&plain(how)) }),
    });
    located.collect()
}

fn physical(place: &Place, library: &mut Library<'_>) -> Physical {
    let spanned = |Region { start, end, bytes }: Region| Spanned {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_offset: bytes.start,
        byte_length: bytes.len(),
    };
    Physical { artifact_location: artifact(place.file.as_str()), region: library.region(place).map(spanned) }
}

/// What may stand in a path as it is [RFC 3986, 2.3].
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A file of the archive, seen from its root; or one that is elsewhere, such as a configuration that was named.
fn artifact(file: &str) -> Artifact {
    let path = utf8_percent_encode(file, KEPT);
    if file.starts_with('/') {
        Artifact { uri: format!("file://{path}"), uri_base_id: None }
    } else {
        Artifact { uri: path.to_string(), uri_base_id: Some("%SRCROOT%") }
    }
}

/// Words in which nothing is a placeholder [3.11.5] or a link [3.11.6].
fn text(words: &str) -> String {
    braces(words).replace("](", "] (")
}

fn braces(words: &str) -> String {
    words.replace('{', "{{").replace('}', "}}")
}
