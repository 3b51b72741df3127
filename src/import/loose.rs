//! JSON of others, loosely shaped: one or many, a string or a table with a name. Every value knows its place.

use std::ops::Range;

use crate::base::{Code, Diagnostic, Place, SourcePath};
use crate::tree::{self, Format, Node, Tree, Value};

/// A value of a foreign text.
#[derive(Debug, Clone, Copy)]
pub struct Data<'t>(pub &'t Node);

impl<'t> Data<'t> {
    /// What stands under a key.
    pub fn get(self, key: &str) -> Option<&'t Node> {
        match &self.0.value {
            Value::Table(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node),
            _ => None,
        }
    }

    /// The string under a key, or the first of several; not blank.
    pub fn text(self, key: &str) -> Option<&'t str> {
        many(self.get(key)).into_iter().find_map(|node| plain(node))
    }

    /// The values under a key, one or many.
    pub fn all(self, key: &str) -> Vec<Self> {
        many(self.get(key)).into_iter().map(Self).collect()
    }

    /// A number, also where it is written as a string.
    pub fn as_number(node: &Node) -> Option<f64> {
        match &node.value {
            #[expect(clippy::cast_precision_loss, reason = "a float holds what people count")]
            Value::Integer(number) => Some(*number as f64),
            Value::Float(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
        .filter(|number| number.is_finite())
    }

    /// Its types, without what stands before the last `/`, `#` or `:`.
    pub fn kinds(self) -> Vec<&'t str> {
        let bare = |kind: &'t str| kind.rsplit(['/', '#', ':']).next().unwrap_or(kind);
        ["@type", "type"].iter().flat_map(|key| self.all(key)).filter_map(|kind| plain(kind.0)).map(bare).collect()
    }

    /// Every table in it, itself included, from the outside in.
    pub fn each(self, visit: &mut impl FnMut(&'t Node)) {
        match &self.0.value {
            Value::Table(entries) => {
                visit(self.0);
                for entry in entries {
                    Self(&entry.node).each(visit);
                }
            }
            Value::List(items) => {
                for item in items {
                    Self(item).each(visit);
                }
            }
            _ => {}
        }
    }

    /// Its place in the file.
    pub fn place(self, file: &SourcePath) -> Place {
        Place::bytes(file, self.0.span.start..self.0.span.start + 1)
    }
}

/// A string that is not blank.
pub fn plain(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    }
}

/// The strings of a value, one or many; of a table, what stands under the first of `keys` that it has.
pub fn texts(node: Option<&Node>, keys: &[&str]) -> Vec<String> {
    let text = |node: &Node| match &node.value {
        Value::Table(_) => keys.iter().find_map(|key| Data(node).text(key)).map(str::to_owned),
        _ => plain(node).map(str::to_owned),
    };
    many(node).into_iter().filter_map(text).collect()
}

/// The items of a list, or the one value that is none.
fn many(node: Option<&Node>) -> Vec<&Node> {
    match node.map(|node| (&node.value, node)) {
        Some((Value::List(items), _)) => items.iter().collect(),
        Some((Value::Null, _)) | None => Vec::new(),
        Some((_, node)) => vec![node],
    }
}

/// Reads the `data` bytes of a file as JSON; what is broken is an error at its place.
pub fn parse(file: &SourcePath, text: &str, data: Range<usize>) -> Result<Tree, Diagnostic> {
    let data = data.start.max(tree::skip_bom(text)).min(data.end)..data.end;
    let mut tree = tree::read(text, data.clone(), Format::Json);
    let refuse = |at, message: String| {
        let error = Diagnostic::error(Code::Syntax, Place::bytes(file, at), message);
        error.help("is the file whole? fetch or export it again".to_owned())
    };
    if !tree.faults.is_empty() {
        let fault = tree.faults.remove(0);
        return Err(refuse(fault.at, fault.message));
    }
    // The tree ends early where it would nest deeper than any data does.
    let end = data.start + text[data].trim_end().len();
    if tree.root.span.end < end {
        return Err(refuse(tree.root.span.end..tree.root.span.end, "the data nests too deep".to_owned()));
    }
    Ok(tree)
}
