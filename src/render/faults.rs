//! What is wrong with templates, at its place in them.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{Error, ErrorKind, Tera};

use super::theme::Theme;
use crate::base::{Code, Diagnostic, Place, SourcePath};

/// What keeps the theme's templates from being used; `error` is what the engine said of all of them. It stops at
/// the first that it cannot parse, so each is then tried by itself.
pub fn of_all(theme: &Theme, error: &Error) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(_) => theme.templates.iter().filter_map(|(name, text)| unparsed(name, text)).collect(),
        ErrorKind::Msg(reports) => of_reports(reports, &theme.templates),
        ErrorKind::MissingParent { current, parent } => {
            let text = theme.templates.get(current).map_or("", String::as_str);
            let message = format!("there is no template `{parent}`");
            let place = text
                .find(parent.as_str())
                .map_or_else(|| Place::whole(&file(current)), |at| Place::bytes(&file(current), at..at + parent.len()));
            vec![Diagnostic::error(Code::Template, place, message)]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain } | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            let message = format!("the template `{tpl}` comes back to itself");
            vec![Diagnostic::error(Code::Template, Place::whole(&file(tpl)), message).note(format!("the way: {}", chain.join(" → ")))]
        }
        _ => vec![of_one(error, "")],
    }
}

/// An error at its place. Where the engine names none, the template as a whole is meant.
pub fn of_one(error: &Error, template: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let place = Place::bytes(&file(report.filename()), report.span().range.clone());
            Diagnostic::error(Code::Template, place, phrase(report.message()))
        }
        _ => Diagnostic::error(Code::Template, Place::whole(&file(template)), phrase(&error.to_string())),
    }
}

fn unparsed(name: &str, text: &str) -> Option<Diagnostic> {
    let error = Tera::new().add_raw_template(name, text).err()?;
    matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| of_one(&error, name))
}

/// The engine gives what it finds in templates that it has parsed as drawn reports, one behind the other.
fn of_reports(reports: &str, templates: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let drawn: Vec<&str> = reports.split("\n\n").filter(|report| report.starts_with("error: ")).collect();
    if drawn.is_empty() {
        let place = Place::whole(&SourcePath::new("templates"));
        return vec![Diagnostic::error(Code::Template, place, phrase(reports))];
    }
    drawn.into_iter().map(|report| of_report(report, templates)).collect()
}

fn of_report(report: &str, templates: &BTreeMap<String, String>) -> Diagnostic {
    let mut lines = report.lines();
    let message = lines.next().unwrap_or("").trim_start_matches("error: ");
    let place = lines.clone().find_map(|line| line.trim_start().strip_prefix("--> ")).and_then(|spot| {
        let mut parts = spot.rsplitn(3, ':');
        let (column, line, name) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        let width = lines.last()?.chars().filter(|c| *c == '^').count();
        let range = bytes(templates.get(name)?, line, column, width)?;
        Some(Place::bytes(&file(name), range))
    });
    Diagnostic::error(Code::Template, place.unwrap_or_else(|| Place::whole(&SourcePath::new("templates"))), phrase(message))
}

/// The bytes of `width` characters at a line and a column, both from 1.
fn bytes(text: &str, line: usize, column: usize, width: usize) -> Option<Range<usize>> {
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(before..)?;
    let at = |column: usize| before + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
    let start = column.checked_sub(1)?;
    Some(at(start)..at(start + width))
}

fn file(template: &str) -> SourcePath {
    SourcePath::new(if template.is_empty() { "templates".to_owned() } else { format!("templates/{template}") })
}

/// The first line of the engine's sentence as a lowercase phrase without a full stop.
pub(super) fn phrase(message: &str) -> String {
    let message = message.trim().lines().next().unwrap_or("").trim_end_matches('.');
    let mut characters = message.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
