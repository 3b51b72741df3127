//! YAML as a tree. Anchors and merge keys are followed as far as honest data needs.

use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Entry, Fault, MAX_DEPTH, Node, Tree, Value, table};

/// How many values aliases may repeat in all: a bomb of aliases needs far more.
const MAX_REPEATED: usize = 200_000;

pub(super) fn read(text: &str, data: Range<usize>) -> Tree {
    let mut builder = Builder::new(data.start);
    for next in Parser::new_from_str(&text[data.clone()]) {
        let read = match next {
            Ok((event, span)) => builder.take(event, span.byte_range().unwrap_or(0..0)),
            Err(error) => Err(Stop { at: error.marker().byte_offset().unwrap_or(0), why: format!("not valid YAML: {}", error.info()) }),
        };
        if let Err(Stop { at, why }) = read {
            let at = (data.start + at).min(data.end);
            builder.faults.push(Fault { at: at..at, message: why, first: None });
            break;
        }
    }
    builder.finish(data)
}

struct Stop {
    at: usize,
    why: String,
}

/// A list or a table whose end has not come yet.
struct Open {
    start: usize,
    anchor: usize,
    inside: Inside,
}

enum Inside {
    List(Vec<Node>),
    Table(OpenTable),
}

/// A table whose end has not come yet.
#[derive(Default)]
struct OpenTable {
    own: Vec<Entry>,
    /// What merge keys lend it; its own entries come first.
    lent: Vec<Entry>,
    /// A key that waits for its value.
    key: Option<(String, Range<usize>)>,
}

struct Builder {
    shift: usize,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    repeated: usize,
    root: Option<Node>,
    faults: Vec<Fault>,
}

impl Builder {
    fn new(shift: usize) -> Self {
        Self { shift, open: Vec::new(), anchors: BTreeMap::new(), repeated: 0, root: None, faults: Vec::new() }
    }

    fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Stop> {
        let at = span.start;
        let span = span.start + self.shift..span.end + self.shift;
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = if plain { plain_scalar(&text) } else { Value::Text(text.into_owned()) };
                self.put(Node { value, span }, anchor);
            }
            Event::SequenceStart(_, anchor, _) => self.begin(Inside::List(Vec::new()), &span, anchor, at)?,
            Event::MappingStart(_, anchor, _) => self.begin(Inside::Table(OpenTable::default()), &span, anchor, at)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(span.end),
            Event::Alias(anchor) => self.repeat(anchor, at)?,
            Event::DocumentStart(..) if self.root.is_some() => {
                return Err(Stop { at, why: "a second YAML document begins here; only one is read".to_owned() });
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, inside: Inside, span: &Range<usize>, anchor: usize, at: usize) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Stop { at, why: "nested too deeply".to_owned() });
        }
        self.open.push(Open { start: span.start, anchor, inside });
        Ok(())
    }

    fn end(&mut self, end: usize) {
        let Some(Open { start, anchor, inside }) = self.open.pop() else { return };
        let value = match inside {
            Inside::List(items) => Value::List(items),
            Inside::Table(open) => with_lent(table(open.own, &mut self.faults), open.lent),
        };
        self.put(Node { value, span: start..end.max(start) }, anchor);
    }

    fn repeat(&mut self, anchor: usize, at: usize) -> Result<(), Stop> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(Stop { at, why: "an alias without its anchor".to_owned() });
        };
        self.repeated += count(node);
        if self.repeated > MAX_REPEATED || depth(node) + self.open.len() > MAX_DEPTH {
            return Err(Stop { at, why: "aliases repeat too much".to_owned() });
        }
        let node = node.clone();
        self.put(node, 0);
        Ok(())
    }

    fn put(&mut self, node: Node, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.inside) {
            None => self.root = Some(self.root.take().unwrap_or(node)),
            Some(Inside::List(items)) => items.push(node),
            Some(Inside::Table(open)) => match open.key.take() {
                None => open.key = Some((key_text(&node), node.span)),
                Some((key, _)) if key == "<<" => lend(node, &mut open.lent),
                Some((key, key_span)) => open.own.push(Entry { key, key_span, node }),
            },
        }
    }

    /// Closes what a fault left open, so that what was read can still be found.
    fn finish(mut self, data: Range<usize>) -> Tree {
        while !self.open.is_empty() {
            self.end(data.end);
        }
        let root = self.root.unwrap_or(Node { value: Value::Null, span: data.start..data.start });
        Tree { root, faults: self.faults }
    }
}

fn key_text(node: &Node) -> String {
    match &node.value {
        Value::Text(text) | Value::Date(text) => text.clone(),
        Value::Bool(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Null | Value::List(_) | Value::Table(_) => String::new(),
    }
}

/// What the value of a merge key lends: the entries of a table, or of several.
fn lend(node: Node, lent: &mut Vec<Entry>) {
    match node.value {
        Value::Table(mut entries) => lent.append(&mut entries),
        Value::List(tables) => tables.into_iter().for_each(|table| lend(table, lent)),
        _ => {}
    }
}

fn with_lent(own: Value, lent: Vec<Entry>) -> Value {
    match own {
        Value::Table(mut entries) if !lent.is_empty() => {
            entries.extend(lent);
            // The first of each key stands; that a lent one is hidden is no fault.
            table(entries, &mut Vec::new())
        }
        own => own,
    }
}

fn count(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Table(entries) => 1 + entries.iter().map(|entry| count(&entry.node)).sum::<usize>(),
        _ => 1,
    }
}

fn depth(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Table(entries) => 1 + entries.iter().map(|entry| depth(&entry.node)).max().unwrap_or(0),
        _ => 0,
    }
}

/// By the core schema of YAML 1.2.
fn plain_scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Value::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" => return Value::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Value::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let prefixed = |prefix, radix| text.strip_prefix(prefix).and_then(|digits| i128::from_str_radix(digits, radix).ok());
    if let Some(number) = text.parse().ok().or_else(|| prefixed("0x", 16)).or_else(|| prefixed("0o", 8)) {
        return Value::Integer(number);
    }
    let numeric = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    match text.parse() {
        Ok(number) if numeric && !text.ends_with(|c: char| c.is_alphabetic()) => Value::Float(number),
        _ => Value::Text(text.to_owned()),
    }
}
