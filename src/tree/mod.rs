//! A file's data as a tree that remembers where each value stands; TOML, YAML and JSON alike.
//! Slow and forgiving: read only when something is wrong with a file, to say what and where. It never
//! decides what a file means; the typed readers of `parse` do.

mod fences;
mod json;
mod toml;
mod yaml;

pub use fences::{FrontMatter, data_of, front_matter, skip_bom};

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{Aim, DataPath, Step};

/// A notation for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML 1.0.
    Toml,
    /// YAML 1.2.
    Yaml,
    /// JSON.
    Json,
}

impl Format {
    /// By the end of a file's name; `None` for any other file.
    pub fn of_extension(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1 {
            "toml" => Some(Self::Toml),
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// What a file's text holds, as far as it can be read.
#[derive(Debug)]
pub struct Tree {
    /// The outermost value.
    pub root: Node,
    /// Where the text breaks the rules of its notation, in the order of the text.
    pub faults: Vec<Fault>,
}

/// A breach of the notation's rules.
#[derive(Debug)]
pub struct Fault {
    /// Bytes of the file.
    pub at: Range<usize>,
    /// A lowercase phrase.
    pub message: String,
    /// For a repeated key, where it stood first.
    pub first: Option<Range<usize>>,
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Bytes of the file; of a TOML table, those of its header.
    pub span: Range<usize>,
}

/// A value of any notation.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number; saturates at the ends of `i128`.
    Integer(i128),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(String),
    /// A TOML date, time or both, as text.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of the text; a repeated key stands only once.
    Table(Vec<Entry>),
}

/// A key of a table and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Range<usize>,
    /// The value.
    pub node: Node,
}

/// No data nests deeper; hostile input does.
const MAX_DEPTH: usize = 100;

/// Reads the `data` bytes of `text`. Never fails: what cannot be read is left out and named in `faults`.
pub fn read(text: &str, data: Range<usize>, format: Format) -> Tree {
    let mut tree = match format {
        Format::Toml => toml::read(text, data),
        Format::Yaml => yaml::read(text, data),
        Format::Json => json::read(text, data),
    };
    tree.faults.sort_by_key(|fault| fault.at.start);
    tree
}

impl Tree {
    /// Where `path` leads, or its nearest ancestor that is there; of a value over several lines, only the first.
    pub fn find(&self, text: &str, path: &DataPath) -> Range<usize> {
        let (mut node, mut key_span) = (&self.root, None);
        for step in &path.steps {
            let Some((next, key)) = node.child(step) else { return first_line(text, &node.span) };
            (node, key_span) = (next, key);
        }
        match (path.aim, key_span) {
            (Aim::Key, Some(key)) => key.clone(),
            _ => first_line(text, &node.span),
        }
    }
}

impl Node {
    /// The value one step inside, and where its key stands.
    pub fn child(&self, step: &Step) -> Option<(&Self, Option<&Range<usize>>)> {
        match (&self.value, step) {
            (Value::Table(entries), Step::Key(key)) => {
                entries.iter().find(|entry| *entry.key == **key).map(|entry| (&entry.node, Some(&entry.key_span)))
            }
            (Value::List(items), Step::Index(index)) => items.get(*index).map(|item| (item, None)),
            _ => None,
        }
    }
}

/// The start of `span` up to the end of its line; never empty where the line has anything to show.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    // No further than is meant: the line may be the whole file.
    let rest = if span.is_empty() { text.get(start..) } else { text.get(start..span.end.min(text.len())) }.unwrap_or("");
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let end = if span.is_empty() { start + line } else { span.end.min(start + line) };
    let shown = text.get(start..end).unwrap_or("").trim_end();
    start..start + shown.len()
}

/// A table of `entries`; of a repeated key the first stays, and the others become faults.
fn table(entries: Vec<Entry>, faults: &mut Vec<Fault>) -> Value {
    let mut firsts: BTreeMap<String, Range<usize>> = BTreeMap::new();
    let mut kept = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Some(first) = firsts.get(&entry.key) {
            let message = format!("the key `{}` stands here twice", entry.key);
            faults.push(Fault { at: entry.key_span, message, first: Some(first.clone()) });
            continue;
        }
        firsts.insert(entry.key.clone(), entry.key_span.clone());
        kept.push(entry);
    }
    Value::Table(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'a>(text: &'a str, format: Format, path: &DataPath) -> &'a str {
        &text[read(text, 0..text.len(), format).find(text, path)]
    }

    fn of(path: &[&str]) -> DataPath {
        path.iter().fold(DataPath::root(), |path, step| match step.parse() {
            Ok(index) => path.index(index),
            Err(_) => path.key(*step),
        })
    }

    const TOML: &str = "[[facts]]\nid = 'a'\n\n[[facts]]\nid = 'b'\n[facts.anchor]\nexact = 'x'\n";
    const YAML: &str = "facts:\n  - id: a\n  - id: b\n    anchor:\n      exact: x\n";
    const JSON: &str = "{\"facts\": [{\"id\": \"a\"},\n {\"id\": \"b\", \"anchor\": {\"exact\": \"x\"}}]}";

    #[test]
    fn a_path_is_found_in_every_notation() {
        let path = of(&["facts", "1", "anchor", "exact"]);
        assert_eq!((shown(TOML, Format::Toml, &path), shown(YAML, Format::Yaml, &path)), ("'x'", "x"));
        assert_eq!(shown(JSON, Format::Json, &path), "\"x\"");
    }

    #[test]
    fn a_key_is_found_in_every_notation() {
        let path = of(&["facts", "1", "anchor"]).of_key();
        assert_eq!((shown(TOML, Format::Toml, &path), shown(YAML, Format::Yaml, &path)), ("anchor", "anchor"));
        assert_eq!(shown(JSON, Format::Json, &path), "\"anchor\"");
    }

    #[test]
    fn what_is_not_there_is_drawn_at_the_table_that_lacks_it() {
        let path = of(&["facts", "1", "claim"]);
        assert_eq!((shown(TOML, Format::Toml, &path), shown(YAML, Format::Yaml, &path)), ("[[facts]]", "id: b"));
        assert_eq!(shown(JSON, Format::Json, &path), "{\"id\": \"b\", \"anchor\": {\"exact\": \"x\"}}");
        assert_eq!(shown(TOML, Format::Toml, &of(&["title"])), "[[facts]]");
    }

    #[test]
    fn a_repeated_key_is_a_fault_and_the_first_stands() {
        for (text, format) in
            [("a: 1\nb: 2\na: 3\n", Format::Yaml), ("{\"a\": 1, \"b\": 2, \"a\": 3}", Format::Json), ("a=1\nb=2\na=3\n", Format::Toml)]
        {
            let tree = read(text, 0..text.len(), format);
            assert_eq!(tree.faults.len(), 1, "{format:?}");
            assert!(tree.faults[0].message.contains("twice"), "{:?}", tree.faults);
            assert!(text[tree.faults[0].at.clone()].contains('a'), "{:?}", tree.faults);
        }
    }

    #[test]
    fn aliases_and_merge_keys_are_followed_to_where_the_words_stand() {
        let text = "base: &b {a: 1, b: 2}\nx: {<<: *b, a: 3}\ny: *b\n";
        let tree = read(text, 0..text.len(), Format::Yaml);
        assert!(tree.faults.is_empty(), "{:?}", tree.faults);
        for (path, at) in [(["x", "a"], 37), (["x", "b"], 19), (["y", "a"], 13)] {
            assert_eq!(tree.find(text, &of(&path)), at..at + 1, "{path:?}");
        }
    }

    #[test]
    fn a_table_of_very_many_keys_is_read_in_time() {
        let text = (0..100_000).map(|n| format!("k{n}: 1\n")).collect::<Vec<_>>().concat();
        assert!(read(&text, 0..text.len(), Format::Yaml).faults.is_empty());
    }

    #[test]
    fn hostile_text_makes_faults_and_no_crash() {
        let deep = |unit: &str| unit.repeat(10_000);
        let bomb: String = std::iter::once("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned())
            .chain((1..12).map(|n| format!("a{n}: &a{n} [*a{p},*a{p},*a{p},*a{p},*a{p},*a{p},*a{p},*a{p},*a{p}]\n", p = n - 1)))
            .collect();
        let dotted = format!("{}a = 1", deep("a."));
        let texts =
            [deep("["), deep("{\"a\":"), format!("a = {}", deep("[")), deep("- "), deep("{a: "), dotted, bomb, "\0".into(), "\"\\".into()];
        for text in texts {
            for format in [Format::Toml, Format::Yaml, Format::Json] {
                let tree = read(&text, 0..text.len(), format);
                assert!(tree.faults.iter().all(|fault| fault.at.end <= text.len()), "{format:?} {text:.20}");
            }
        }
    }
}
