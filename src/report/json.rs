//! Diagnostics for programs: one JSON object a line.

use serde::Serialize;

use super::human::excerpt;
use super::locate::Library;
use super::{Texts, word};
use crate::base::{Diagnostic, Place};

/// Where something stands. Lines and columns count from 1, columns in Unicode scalar values, bytes from 0; ends
/// lie behind the last character. A file as a whole has none of them.
#[derive(Serialize)]
struct Where<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    byte_start: Option<usize>,
    byte_end: Option<usize>,
    /// The lines there, drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    excerpt: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Where<'a>,
    related: Vec<Related<'a>>,
    notes: &'a [String],
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Where<'a>,
}

/// All `diagnostics` in their order, each an object on a line of its own.
#[expect(clippy::missing_panics_doc, reason = "strings and numbers are always JSON")]
pub fn json(diagnostics: &[Diagnostic], texts: &dyn Texts) -> String {
    let mut library = Library::new(texts);
    let mut written = String::new();
    for diagnostic in library.in_order(diagnostics) {
        let line = line(diagnostic, &mut library, |_, _| None);
        written.push_str(&serde_json::to_string(&line).expect("strings and numbers are always JSON"));
        written.push('\n');
    }
    written
}

/// `diagnostics` in their order as one array, each place with its lines as `excerpt`; then what the disk `refused`,
/// without a place. For the preview's pages.
#[expect(clippy::missing_panics_doc, reason = "strings and numbers are always JSON")]
pub fn overlay(diagnostics: &[Diagnostic], refused: Option<&str>, texts: &dyn Texts) -> String {
    let mut library = Library::new(texts);
    let ordered = library.in_order(diagnostics);
    let lines = ordered.into_iter().take(MOST).map(|diagnostic| line(diagnostic, &mut library, excerpt));
    let mut array: Vec<serde_json::Value> =
        lines.map(|line| serde_json::to_value(line).expect("strings and numbers are always JSON")).collect();
    array.extend(refused.map(|message| serde_json::json!({ "severity": "error", "message": message })));
    serde_json::Value::from(array).to_string()
}

/// What nobody would read in a browser.
const MOST: usize = 200;

type Draw = fn(&Place, &mut Library<'_>) -> Option<String>;

fn line<'a>(diagnostic: &'a Diagnostic, library: &mut Library<'_>, draw: Draw) -> Line<'a> {
    let related = |(place, message): &'a (Place, String)| Related { message, place: locate(place, library, draw) };
    let related = diagnostic.related.iter().map(related).collect();
    Line {
        severity: word(diagnostic.severity),
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        place: locate(&diagnostic.place, library, draw),
        related,
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
    }
}

fn locate<'a>(place: &'a Place, library: &mut Library<'_>, draw: Draw) -> Where<'a> {
    let found = library.region(place);
    let found = found.as_ref();
    Where {
        file: place.file.as_str(),
        line: found.map(|found| found.start.line),
        column: found.map(|found| found.start.column),
        end_line: found.map(|found| found.end.line),
        end_column: found.map(|found| found.end.column),
        byte_start: found.map(|found| found.bytes.start),
        byte_end: found.map(|found| found.bytes.end),
        excerpt: draw(place, library),
    }
}
