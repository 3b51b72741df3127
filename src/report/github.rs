//! Diagnostics as commands to the runner of GitHub's workflows, which shows them beside the lines of a change:
//! `::error file=…,line=…::…`, one a line. Escaped as the toolkit does it (`@actions/core`, `command.ts`).

use std::fmt::Write;

use super::locate::Library;
use super::plain::{plain, prose};
use super::{Texts, word};
use crate::base::{Diagnostic, Place};

/// All `diagnostics` in their order, each a command on a line of its own.
pub fn github(diagnostics: &[Diagnostic], texts: &dyn Texts) -> String {
    let mut library = Library::new(texts);
    let ordered = library.in_order(diagnostics);
    ordered.into_iter().fold(String::new(), |commands, found| commands + &command(found, &mut library))
}

/// What kept the run from happening, as a command without a place.
pub fn github_refusal(what: &str) -> String {
    format!("::error::{}\n", message(what))
}

/// Of many findings the runner shows beside the lines only the first ten, and strips the places of the others, so
/// the message says the place once more.
fn command(found: &Diagnostic, library: &mut Library<'_>) -> String {
    let mut command = format!("::{} file={}", word(found.severity), property(&plain(found.place.file.as_str())));
    if let Some(region) = library.region(&found.place) {
        let (start, end) = (region.start, region.end);
        let _ = write!(command, ",line={},endLine={}", start.line, end.line);
        // Columns are for what stands in one line; with more, they would be refused.
        if start.line == end.line {
            let _ = write!(command, ",col={},endColumn={}", start.column, end.column);
        }
    }
    let mut words = format!("{}: {}", place(&found.place, library), prose(found));
    for (other, how) in &found.related {
        let _ = write!(words, "\nnote: {}: {}", place(other, library), plain(how));
    }
    let _ = writeln!(command, ",title={}::{}", property(found.code.as_str()), message(&words));
    command
}

fn place(place: &Place, library: &mut Library<'_>) -> String {
    let file = plain(place.file.as_str());
    match library.region(place) {
        Some(region) => format!("{file}:{}:{}", region.start.line, region.start.column),
        None => file.into_owned(),
    }
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
