//! What is wrong with an archive's own words, and with what its templates ask of the interface.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::asks::{self, Ask};
use super::primary;
use crate::base::word::did_you_mean;
use crate::base::{Code, Diagnostic, Lang, Place, SourcePath};

/// A file of words.
pub struct Messages {
    /// The language that it is named after.
    pub tag: Box<str>,
    /// What it says.
    pub resource: Arc<FluentResource>,
    /// Its place, when it is the archive's own.
    pub file: Option<SourcePath>,
}

/// How many missing messages a finding names.
const NAMED: usize = 8;

/// Reads a file of words; `None` when its name is no language's.
pub fn read(name: &str, file: SourcePath, text: String, found: &mut Vec<Diagnostic>) -> Option<Messages> {
    let Some(tag) = name.strip_suffix(".ftl").filter(|tag| Lang::new(tag).is_some()) else {
        let message = format!("`{}` is not read as words of the interface", file.name());
        let help = "words are in Fluent, in a file named after its language, such as `de.ftl`";
        found.push(Diagnostic::error(Code::Misnamed, Place::whole(&file), message).help(help.to_owned()));
        return None;
    };
    let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let message = super::super::faults::phrase(&error.to_string()).replace('"', "`");
            found.push(Diagnostic::error(Code::Syntax, Place::bytes(&file, error.pos), message));
        }
        resource
    });
    Some(Messages { tag: tag.into(), resource: Arc::new(resource), file: Some(file) })
}

/// Looks at the archive's own words and templates. `all` holds the program's words before the archive's.
pub fn check(all: &[Messages], templates: &[(&SourcePath, &str)], found: &mut Vec<Diagnostic>) {
    let own: Vec<_> = all.iter().filter_map(|messages| Some((messages, messages.file.as_ref()?))).collect();
    let asks: Vec<(&SourcePath, Ask<'_>)> =
        templates.iter().flat_map(|(file, text)| asks::of(text).into_iter().map(move |ask| (*file, ask))).collect();
    let program = all.iter().filter(|messages| messages.file.is_none() && &*messages.tag == "en");
    let mut known: BTreeMap<&str, BTreeSet<&str>> = program.flat_map(|messages| arguments(&messages.resource)).collect();
    let asked: BTreeSet<&str> = asks.iter().map(|(_, ask)| ask.id).collect();
    for (messages, file) in &own {
        twice(messages, file, found);
        for (id, wanted) in arguments(&messages.resource) {
            match known.get(id) {
                Some(given) => wrongly_asked(messages, file, id, &wanted, given, found),
                None if asked.contains(id) => {}
                None => found.push(unknown(messages, file, id, known.keys().copied())),
            }
        }
    }
    for (id, wanted) in own.iter().flat_map(|(messages, _)| arguments(&messages.resource)).filter(|(id, _)| asked.contains(id)) {
        known.entry(id).or_insert(wanted);
    }
    found.extend(asks.iter().filter_map(|(file, ask)| unanswered(file, ask, &known)));
    found.extend(own.iter().filter_map(|(messages, file)| missing(all, messages, file, &known)));
}

fn twice(messages: &Messages, file: &SourcePath, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for id in super::messages(&messages.resource).filter(|id| !seen.insert(*id)) {
        let source = messages.resource.source();
        let mut places = places(source, id).map(|at| Place::bytes(file, at));
        let (first, second) = (places.next(), places.next_back());
        let place = second.unwrap_or_else(|| Place::whole(file));
        let finding = Diagnostic::error(Code::DuplicateId, place, format!("there are two messages `{id}`"));
        found.push(first.into_iter().fold(finding, |finding, first| finding.related(first, "the first is here")));
    }
}

/// A message that asks for what it is not given.
fn wrongly_asked(
    messages: &Messages,
    file: &SourcePath,
    id: &str,
    wanted: &BTreeSet<&str>,
    given: &BTreeSet<&str>,
    found: &mut Vec<Diagnostic>,
) {
    for strange in wanted.difference(given) {
        let message = format!("the message `{id}` asks for `${strange}`, which it is not given");
        let names: Vec<_> = given.iter().map(|name| format!("`${name}`")).collect();
        let help = did_you_mean(strange, given.iter().copied());
        let note = if names.is_empty() { "it is given nothing".to_owned() } else { format!("it is given {}", names.join(", ")) };
        found.push(Diagnostic::warning(Code::UnknownMessage, place(messages, file, id), message).note(note).help(help));
    }
}

fn unknown<'a>(messages: &Messages, file: &SourcePath, id: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let message = format!("nothing asks for the message `{id}`");
    Diagnostic::warning(Code::UnknownMessage, place(messages, file, id), message).help(did_you_mean(id, known))
}

/// What a template asks for and nobody says.
fn unanswered(file: &SourcePath, ask: &Ask<'_>, known: &BTreeMap<&str, BTreeSet<&str>>) -> Option<Diagnostic> {
    let place = || Place::bytes(file, ask.at.clone());
    match known.get(ask.id) {
        None => {
            let help = did_you_mean(ask.id, known.keys().copied());
            Some(Diagnostic::error(Code::Template, place(), format!("the interface has no word `{}`", ask.id)).help(help))
        }
        Some(wanted) if !ask.says && !wanted.is_empty() => {
            let given: Vec<_> = wanted.iter().map(|name| format!("{name}=…")).collect();
            let help = format!("write `{{{{ say(id=\"{}\", {}) }}}}`", ask.id, given.join(", "));
            Some(Diagnostic::error(Code::Template, place(), format!("the message `{}` takes arguments", ask.id)).help(help))
        }
        Some(_) => None,
    }
}

/// What a language of the archive's does not say.
fn missing(all: &[Messages], own: &Messages, file: &SourcePath, known: &BTreeMap<&str, BTreeSet<&str>>) -> Option<Diagnostic> {
    let speaks = |messages: &&Messages| messages.tag == own.tag || &*messages.tag == primary(&own.tag);
    let said: BTreeSet<&str> = all.iter().filter(speaks).flat_map(|messages| super::messages(&messages.resource)).collect();
    let silent: Vec<&str> = known.keys().copied().filter(|id| !said.contains(id)).collect();
    let named: Vec<_> = silent.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
    let more = if silent.len() > NAMED { format!(" and {} more", silent.len() - NAMED) } else { String::new() };
    (!silent.is_empty()).then(|| {
        let message = format!("messages that are not in `{}`: {}", own.tag, silent.len());
        Diagnostic::warning(Code::MissingMessage, Place::whole(file), message)
            .note(format!("missing: {}{more}", named.join(", ")))
            .help("until then they are shown in another language, and marked as such".to_owned())
    })
}

fn place(messages: &Messages, file: &SourcePath, id: &str) -> Place {
    let at = places(messages.resource.source(), id).next();
    at.map_or_else(|| Place::whole(file), |at| Place::bytes(file, at))
}

/// Where messages of this name begin. Fluent's own tree has no places.
fn places<'t>(text: &'t str, id: &'t str) -> impl DoubleEndedIterator<Item = Range<usize>> {
    let begins = move |at: &usize| {
        let starts = *at == 0 || text[..*at].ends_with('\n');
        starts && text[at + id.len()..].trim_start_matches(' ').starts_with('=')
    };
    let hits: Vec<usize> = text.match_indices(id).map(|(at, _)| at).filter(begins).collect();
    hits.into_iter().map(move |at| at..at + id.len())
}

/// The messages of a file with the arguments that they ask for.
pub(in crate::render) fn arguments(file: &FluentResource) -> impl Iterator<Item = (&str, BTreeSet<&str>)> {
    file.entries().filter_map(|entry| {
        let Entry::Message(message) = entry else { return None };
        let mut names = BTreeSet::new();
        message.value.iter().for_each(|pattern| of_pattern(pattern, &mut names));
        Some((message.id.name, names))
    })
}

fn of_pattern<'a>(pattern: &Pattern<&'a str>, names: &mut BTreeSet<&'a str>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, names);
        }
    }
}

fn of_expression<'a>(expression: &Expression<&'a str>, names: &mut BTreeSet<&'a str>) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            for variant in variants {
                of_pattern(&variant.value, names);
            }
            selector
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name);
        }
        InlineExpression::Placeable { expression } => of_expression(expression, names),
        _ => {}
    }
}
