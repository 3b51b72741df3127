//! Names in an archive's templates that their views never have: Tera takes them for nothing in an `if` or a loop, and
//! on a page that happens not to be made nobody would meet them.
//!
//! A component sees what its calls give it, so what a field of its arguments may be is what any call makes it. What
//! cannot be told is not judged.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::expression::Cursor;
use super::shape::{self, Names, Shape};
use super::tokens::{self, Kind, Tag, Token};
use crate::base::word::did_you_mean;
use crate::base::{Code, Diagnostic, Place, SourcePath};

/// What the calls of each component give to each of its parameters.
type Calls = BTreeMap<String, Names>;

/// Components hand on what they were given, not much deeper than this.
const ROUNDS: usize = 8;

/// What the names in the templates that are the archive's own should have been. All `templates` are sound for Tera.
pub fn unknown(templates: &BTreeMap<String, String>, own: &BTreeSet<String>, vocabularies: &[&str]) -> Vec<Diagnostic> {
    if own.is_empty() {
        return Vec::new();
    }
    let theme = ThemeTags::read(templates, vocabularies);
    let mut calls = Calls::new();
    for _ in 0..ROUNDS {
        let mut next = Calls::new();
        for template in templates.keys() {
            theme.walk(template, &calls, &mut next);
        }
        if next == calls {
            break;
        }
        calls = next;
    }
    let found =
        |template: &String| theme.walk(template, &calls, &mut Calls::new()).into_iter().map(|one| one.told(template)).collect::<Vec<_>>();
    own.iter().filter(|template| templates.contains_key(*template)).flat_map(found).collect()
}

struct ThemeTags<'t> {
    templates: BTreeMap<&'t str, Read<'t>>,
    /// Names that some template sets: an included one may use them.
    set: BTreeSet<&'t str>,
    /// What any template may see.
    anywhere: Names,
}

struct Read<'t> {
    text: &'t str,
    tags: Vec<Tag<'t>>,
    sees: Names,
}

impl<'t> ThemeTags<'t> {
    fn read(templates: &'t BTreeMap<String, String>, vocabularies: &[&str]) -> Self {
        let tags: BTreeMap<_, _> = templates.iter().map(|(name, text)| (name.as_str(), (text.as_str(), tokens::tags(text)))).collect();
        let (mut shared, mut set) = (BTreeSet::new(), BTreeSet::new());
        for tag in tags.values().flat_map(|(_, tags)| tags) {
            let Tag::Statement(tokens) = tag else { continue };
            match tokens.first().map(|token| token.text) {
                Some("extends" | "include") => {
                    shared.extend(tokens.iter().filter(|token| token.kind == Kind::Text).map(|token| token.text));
                }
                Some("set" | "set_global") => set.extend(tokens.get(1).map(|token| token.text)),
                _ => {}
            }
        }
        let common = shape::shared(vocabularies);
        let mut anywhere = common.clone();
        anywhere.extend(shape::own("", true));
        let read = |(name, (text, tags))| {
            let mut sees = common.clone();
            // What others include or extend sees what each of them does.
            sees.extend(shape::own(name, shared.contains(name)));
            (name, Read { text, tags, sees })
        };
        Self { templates: tags.into_iter().map(read).collect(), set, anywhere }
    }

    /// Goes through a template: notes what it gives to components, and gives what it names in vain.
    fn walk(&self, template: &str, known: &Calls, calls: &mut Calls) -> Vec<Unknown> {
        let Some(Read { text, tags, sees }) = self.templates.get(template) else { return Vec::new() };
        let mut walk = Walk { text, theme: self, known, calls, scopes: vec![sees.clone()], outside: Vec::new(), found: Vec::new() };
        for tag in tags {
            match tag {
                Tag::Printed(tokens) => drop(walk.expression(&mut Cursor::new(tokens))),
                Tag::Statement(tokens) => walk.statement(tokens),
            }
        }
        walk.found
    }
}

/// A name in vain.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unknown {
    range: Range<usize>,
    name: String,
    /// What it was looked for in; empty for a name that stands by itself.
    within: String,
    /// The names that are there.
    known: Vec<String>,
}

impl Unknown {
    fn told(self, template: &str) -> Diagnostic {
        let Self { range, name, within, known } = self;
        let place = Place::bytes(&SourcePath::new(format!("templates/{template}")), range);
        let message = match (within.is_empty(), known.is_empty()) {
            (true, _) => format!("nothing is called `{name}` here"),
            (_, true) => format!("`{within}` has no fields, so no `{name}`"),
            _ => format!("`{within}` has no field `{name}`"),
        };
        let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let found = Diagnostic::error(Code::Template, place, message).help(did_you_mean(&name, known.iter().map(String::as_str)));
        if known.is_empty() { found } else { found.note(format!("there are {list}")) }
    }
}

/// One way through a template.
pub(super) struct Walk<'w> {
    pub text: &'w str,
    theme: &'w ThemeTags<'w>,
    known: &'w Calls,
    calls: &'w mut Calls,
    /// What is known by its name, the innermost last.
    scopes: Vec<Names>,
    /// The scopes around a component, which sees none of them.
    outside: Vec<Names>,
    found: Vec<Unknown>,
}

impl Walk<'_> {
    fn statement(&mut self, tokens: &[Token<'_>]) {
        let mut cursor = Cursor::new(tokens);
        match cursor.take().map_or("", |token| token.text) {
            "if" | "elif" => drop(self.expression(&mut cursor)),
            "for" => {
                let names = self.loop_names(&mut cursor);
                self.scopes.push(names);
            }
            "set" | "set_global" => self.set(&mut cursor),
            "filter" => {
                cursor.take();
                self.arguments(&mut cursor);
            }
            "component" => self.component(&mut cursor),
            "endfor" if self.scopes.len() > 1 => drop(self.scopes.pop()),
            "endcomponent" => self.scopes = std::mem::take(&mut self.outside),
            "<" => self.call(&mut cursor),
            _ => {}
        }
    }

    /// `a in list`, `key, value in table`.
    pub fn loop_names(&mut self, cursor: &mut Cursor<'_>) -> Names {
        let mut names: Vec<String> = Vec::new();
        while let Some(token) = cursor.take().filter(|token| token.text != "in") {
            if token.kind == Kind::Name {
                names.push(token.text.to_owned());
            }
        }
        let item = self.expression(cursor).item();
        let value = names.pop().map(|name| (name, item));
        let key = names.pop().map(|name| (name, Shape::Plain));
        value.into_iter().chain(key).chain([("loop".to_owned(), Shape::Open)]).collect()
    }

    fn set(&mut self, cursor: &mut Cursor<'_>) {
        let Some(name) = cursor.take() else { return };
        let value = if cursor.skip("=") { self.expression(cursor) } else { Shape::Plain };
        let Some(scope) = self.scopes.last_mut() else { return };
        // It may have been set in another branch.
        let before = scope.remove(name.text).unwrap_or(Shape::Plain);
        scope.insert(name.text.to_owned(), before.or(value));
    }

    fn component(&mut self, cursor: &mut Cursor<'_>) {
        let name = cursor.dotted();
        let given = self.known.get(&name);
        let mut names = Names::from([("body".to_owned(), Shape::Plain)]);
        cursor.skip("(");
        while let Some(token) = cursor.take().filter(|token| token.text != ")") {
            let implicit = token.text == "@";
            let rest = token.text == "...";
            let Some(name) = (if implicit || rest { cursor.take() } else { Some(token) }) else { break };
            let from_page = implicit.then(|| self.theme.anywhere.get(name.text).cloned().unwrap_or(Shape::Open));
            // A component that nobody calls may be given anything.
            let from_calls = given.and_then(|given| given.get(name.text)).cloned();
            let shape = from_calls.into_iter().chain(from_page).reduce(Shape::or);
            names.insert(name.text.to_owned(), shape.filter(|_| !rest).unwrap_or(Shape::Open));
            cursor.skip_default();
        }
        self.outside = std::mem::replace(&mut self.scopes, vec![names]);
    }

    /// What one call gives to one parameter.
    pub fn give(&mut self, component: &str, parameter: &str, shape: Shape) {
        let given = self.calls.entry(component.to_owned()).or_default();
        let before = given.remove(parameter).unwrap_or(Shape::Plain);
        given.insert(parameter.to_owned(), before.or(shape));
    }

    /// What a name that stands by itself means.
    pub fn named(&mut self, token: &Token<'_>) -> Shape {
        if let Some(shape) = self.scopes.iter().rev().find_map(|scope| scope.get(token.text)) {
            return shape.clone();
        }
        // Set in a loop or a block that is over, or where this one is included; or Tera's own.
        if self.theme.set.contains(token.text) || token.text.starts_with("__tera") {
            return Shape::Open;
        }
        let known: BTreeSet<String> = self.scopes.iter().flat_map(|scope| scope.keys().cloned()).collect();
        self.report(token, "", known.into_iter().collect());
        Shape::Open
    }

    /// What stands under a field's name; `within` is what the template calls the whole.
    pub fn field(&mut self, shape: &Shape, token: &Token<'_>, within: Range<usize>) -> Shape {
        shape.field(token.text).unwrap_or_else(|known| {
            let within = self.text.get(within).unwrap_or_default();
            self.report(token, within, known);
            Shape::Open
        })
    }

    fn report(&mut self, token: &Token<'_>, within: &str, known: Vec<String>) {
        self.found.push(Unknown { range: token.range.clone(), name: token.text.to_owned(), within: within.to_owned(), known });
    }

    /// How much was found by now, and a way back to it.
    pub fn mark(&self) -> usize {
        self.found.len()
    }

    /// Forgets what was found since.
    pub fn forget(&mut self, mark: usize) {
        self.found.truncate(mark);
    }

    /// Does `what` where `names` are known too.
    pub fn within<T>(&mut self, names: Names, what: impl FnOnce(&mut Self) -> T) -> T {
        self.scopes.push(names);
        let made = what(self);
        self.scopes.pop();
        made
    }
}
