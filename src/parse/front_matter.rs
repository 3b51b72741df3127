//! A Markdown file into its data and its text.

use std::ops::Range;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::data;
use crate::base::{Code, Diagnostic, Outcome, Place, SourcePath};
use crate::tree::{self, FrontMatter};

/// A file with front matter.
#[derive(Debug, Clone)]
pub struct Document<T> {
    /// The front matter.
    pub head: T,
    /// The bytes of the file behind the front matter.
    pub body: Range<usize>,
}

/// Reads TOML between `+++` lines or YAML between `---` lines at the very start of `text`.
pub fn read<T: DeserializeOwned + JsonSchema>(file: &SourcePath, text: &str) -> Outcome<Option<Document<T>>> {
    match tree::front_matter(text) {
        FrontMatter::Absent => Outcome::new(None, vec![absent(file, text)]),
        FrontMatter::Unclosed(fence) => Outcome::new(None, vec![unclosed(file, text, fence)]),
        FrontMatter::Found { format, data, body } => {
            let Outcome { value, diagnostics } = data::read(file, text, data, format);
            Outcome::new(value.map(|head| Document { head, body }), diagnostics)
        }
    }
}

fn absent(file: &SourcePath, text: &str) -> Diagnostic {
    let start = tree::skip_bom(text);
    Diagnostic::error(Code::FrontMatter, Place::bytes(file, start..start), "this file has no front matter")
        .help("begin it with a line `+++`, TOML keys such as `title = \"…\"`, and another line `+++`".to_owned())
}

fn unclosed(file: &SourcePath, text: &str, fence: Range<usize>) -> Diagnostic {
    let line = text[fence.clone()].to_owned();
    Diagnostic::error(Code::FrontMatter, Place::bytes(file, fence), "the front matter that begins here does not end")
        .help(format!("close it with another line `{line}`"))
}
