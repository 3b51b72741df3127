//! Diagnostics for people: the words, the lines they speak of, and what to do.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Texts;
use super::locate::{Library, Located};
use super::plain::{plain, plain_source};
use crate::base::{Diagnostic, Place, Severity};

/// What spans more lines is shown by its first alone.
const LINES: usize = 5;

/// How many characters behind what is meant are shown at most; the front is cut when it is drawn.
const TAIL: usize = 200;

/// All `diagnostics`, drawn in their order, with a blank line between them; in colour with ANSI escapes.
pub fn human(diagnostics: &[Diagnostic], texts: &dyn Texts, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut library = Library::new(texts);
    let mut drawn = String::new();
    for diagnostic in diagnostics {
        drawn.push_str(&renderer.render(&[group(diagnostic, &mut library)]));
        drawn.push_str("\n\n");
    }
    drawn
}

fn group(diagnostic: &Diagnostic, library: &mut Library<'_>) -> Group<'static> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(owned(&diagnostic.message)).id(diagnostic.code.as_str());
    let mut group = draw(Group::with_title(title), library, &diagnostic.place, AnnotationKind::Primary, None);
    for (place, how) in &diagnostic.related {
        group = draw(group, library, place, AnnotationKind::Context, Some(how));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(owned(note)));
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(owned(help))),
        None => group,
    }
}

fn draw(group: Group<'static>, library: &mut Library<'_>, place: &Place, kind: AnnotationKind, label: Option<&str>) -> Group<'static> {
    let path = owned(place.file.as_str());
    let label = label.map(owned);
    match library.find(place) {
        None => {
            let group = group.element(Origin::path(path));
            match label {
                Some(label) => group.element(Level::NOTE.message(label)),
                None => group,
            }
        }
        Some((located, range)) => group.element(snippet(located, range, path, kind, label)),
    }
}

fn snippet(
    located: &Located,
    range: Range<usize>,
    path: String,
    kind: AnnotationKind,
    label: Option<String>,
) -> Snippet<'static, Annotation<'static>> {
    let first = located.position(range.start).line;
    let (before, meant, after) = located.cut(range, LINES);
    let after: String = after.chars().take(TAIL).collect();
    // What is shown in place of a control character may be longer than it.
    let [before, meant, after] = [before, meant, &after].map(plain_source);
    let span = before.len()..before.len() + meant.len();
    let annotation = kind.span(span).label(label);
    Snippet::source(before + &meant + &after).line_start(first).path(path).annotation(annotation)
}

fn owned(text: &str) -> String {
    plain(text).into_owned()
}
