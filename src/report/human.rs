//! Diagnostics for people: the words, the lines they speak of, and what to do.

use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Texts;
use super::locate::{Cut, Library, Located};
use super::plain::{plain, plain_source};
use crate::base::{Diagnostic, Place, Severity};

/// What spans more lines is shown by its first alone.
const LINES: usize = 5;

/// How many characters of what is meant, and behind it, are shown at most.
const MEANT: usize = 1_000;
const TAIL: usize = 200;

/// How many findings of one file are drawn.
const MOST: usize = 200;

/// `diagnostics` drawn in the order of the files and the places in them, with a blank line between them; in colour
/// with ANSI escapes. Of a file with very many, only the first are drawn.
pub fn human(diagnostics: &[Diagnostic], texts: &dyn Texts, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut library = Library::new(texts);
    let mut drawn = String::new();
    for of_file in library.in_order(diagnostics).chunk_by(|a, b| a.place.file == b.place.file) {
        for diagnostic in of_file.iter().take(MOST) {
            drawn.push_str(&unseal(&renderer.render(&[group(diagnostic, &mut library)])));
            drawn.push_str("\n\n");
        }
        if of_file.len() > MOST {
            let (more, file) = (of_file.len() - MOST, owned(of_file[0].place.file.as_str()));
            let _ = write!(drawn, "... and {more} more in `{file}`; `--message-format json` gives all\n\n");
        }
    }
    drawn
}

/// The lines at `place`, drawn by themselves; `None` where nothing is known of them.
pub(super) fn excerpt(place: &Place, library: &mut Library<'_>) -> Option<String> {
    let (located, range) = library.find(place)?;
    let (snippet, _) = lines(located, range, AnnotationKind::Primary, None);
    let drawn = Renderer::plain().render(&[Group::with_level(Level::ERROR).element(snippet)]);
    // Where a path would stand above the lines, there is an empty one.
    Some(drawn.split_once('\n').map_or_else(|| drawn.clone(), |(_, lines)| lines.to_owned()))
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
        Some((located, range)) => snippet(group, located, range, path, kind, label),
    }
}

fn snippet(
    group: Group<'static>,
    located: &Located,
    range: Range<usize>,
    path: String,
    kind: AnnotationKind,
    label: Option<String>,
) -> Group<'static> {
    let first = located.position(range.start);
    let (snippet, clipped) = lines(located, range, kind, label);
    group.element(snippet.path(if clipped { format!("{path}:{}:{}{SEAL}", first.line, first.column) } else { path }))
}

/// What is meant with the lines around it, and whether more is there than is shown.
fn lines(
    located: &Located,
    range: Range<usize>,
    kind: AnnotationKind,
    label: Option<String>,
) -> (Snippet<'static, Annotation<'static>>, bool) {
    let first = located.position(range.start);
    let Cut { before, meant, after, clipped } = located.cut(range, LINES);
    let beginning = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    // What is shown in place of a control character may be longer than it.
    let [before, meant, after] = [before, &beginning(meant, MEANT), &beginning(after, TAIL)].map(plain_source);
    let span = before.len()..before.len() + meant.len();
    let annotation = kind.span(span).label(label);
    (Snippet::source(before + &meant + &after).line_start(first.line).annotation(annotation), clipped)
}

/// Stands behind the true place of a line that was cut: what is drawn behind it counts from the cut.
const SEAL: char = '\u{fdd0}';

fn unseal(drawn: &str) -> String {
    let mut parts = drawn.split(SEAL);
    let first = parts.next().unwrap_or("");
    let counted = |c: char| c == ':' || c.is_ascii_digit();
    parts.fold(first.to_owned(), |whole, part| whole + part.trim_start_matches(counted))
}

fn owned(text: &str) -> String {
    plain(text).into_owned()
}
