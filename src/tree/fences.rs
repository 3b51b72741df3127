//! Which bytes of a file hold its data: all of them, or those between the fences of front matter.

use std::ops::Range;

use super::Format;

/// What stands at the head of a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrontMatter {
    /// No fence in the first line.
    Absent,
    /// A fence that is never closed; its bytes.
    Unclosed(Range<usize>),
    /// Data between two fences.
    Found {
        /// By the fence: `+++` is TOML, `---` is YAML.
        format: Format,
        /// The bytes between the fences.
        data: Range<usize>,
        /// The bytes behind the closing fence's line.
        body: Range<usize>,
    },
}

/// Where the text begins: behind a byte order mark.
pub fn skip_bom(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

/// Finds the front matter of a Markdown file. A fence is a line of its own; blanks behind it are let pass.
pub fn front_matter(text: &str) -> FrontMatter {
    let start = skip_bom(text);
    let mut lines = text[start..].split_inclusive('\n');
    let opening = lines.next().unwrap_or("");
    let (fence, format) = match opening.trim_end() {
        "+++" => ("+++", Format::Toml),
        "---" => ("---", Format::Yaml),
        _ => return FrontMatter::Absent,
    };
    let data = start + opening.len();
    let mut at = data;
    for line in lines {
        if line.trim_end() == fence {
            return FrontMatter::Found { format, data: data..at, body: at + line.len()..text.len() };
        }
        at += line.len();
    }
    FrontMatter::Unclosed(start..start + fence.len())
}

/// The data of a file by its name; `None` when it holds none.
pub fn data_of(name: &str, text: &str) -> Option<(Format, Range<usize>)> {
    match Format::of_extension(name) {
        Some(format) => Some((format, skip_bom(text)..text.len())),
        None => match front_matter(text) {
            FrontMatter::Found { format, data, .. } => Some((format, data)),
            FrontMatter::Absent | FrontMatter::Unclosed(_) => None,
        },
    }
}
