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
        .help(how_to_begin(&text[start..]))
}

fn how_to_begin(text: &str) -> String {
    let late = text.trim_start().lines().next().map_or("", str::trim_end);
    match late {
        _ if data::ends_lines_with_cr(text) => "the line ends are CR alone; save the file with LF".to_owned(),
        "+++" | "---" => format!("`{late}` must be the first line: delete what stands before it"),
        _ => "begin it with a line `+++`, TOML keys such as `title = \"…\"`, and another line `+++`".to_owned(),
    }
}

fn unclosed(file: &SourcePath, text: &str, fence: Range<usize>) -> Diagnostic {
    let line = text[fence.clone()].to_owned();
    Diagnostic::error(Code::FrontMatter, Place::bytes(file, fence), "the front matter that begins here does not end")
        .help(format!("close it with another line `{line}`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{article, entity, page};

    fn file() -> SourcePath {
        SourcePath::new("content/a.md")
    }

    fn body_of(text: &str) -> &str {
        let Outcome { value, diagnostics } = article::read(&file(), text);
        assert_eq!(diagnostics, [], "{text:?}");
        &text[value.unwrap().body]
    }

    #[test]
    fn front_matter_is_toml_or_yaml_and_the_rest_is_text() {
        assert_eq!(body_of("+++\ntitle = 'x'\n+++\nText\n+++\n"), "Text\n+++\n");
        assert_eq!(body_of("\u{feff}---\r\ntitle: x\r\n--- \r\nText"), "Text");
        assert_eq!(body_of("+++\ntitle = 'x'\n+++"), "");
    }

    #[test]
    fn front_matter_that_is_not_there_or_does_not_end_is_an_error() {
        for (text, at) in [("", 0..0), ("Text", 0..0), (" +++\n+++\n", 0..0), ("\u{feff}+++\ntitle = 'x'", 3..6), ("---\n--", 0..3)] {
            let Outcome { value, diagnostics } = article::read(&file(), text);
            assert!(value.is_none());
            let [found] = &diagnostics[..] else { panic!("{diagnostics:?}") };
            assert_eq!((found.code, &found.place), (Code::FrontMatter, &Place::bytes(&file(), at)), "{text:?}");
        }
    }

    #[test]
    fn a_free_table_keeps_dates_as_strings() {
        let text = "+++\ntitle = 'x'\n[extra]\nday = 2025-01-13\nmore = [{at = 07:30:00}]\n+++\n";
        let Outcome { value, diagnostics } = page::read(&file(), text);
        assert_eq!(diagnostics, []);
        assert_eq!(*value.unwrap().head.extra.unwrap(), serde_json::json!({ "day": "2025-01-13", "more": [{ "at": "07:30:00" }] }));
        assert_eq!(page::read(&file(), "+++\ntitle = 'x'\nextra = 3\n+++\n").diagnostics.len(), 1);
    }

    #[test]
    fn forms_are_checked_in_files_that_serde_likes() {
        let article = "---\ntitle: ' '\nslug: A\nurl: ftp://x\naliases: [/old/, ../x]\n---\n";
        assert_eq!(article::read(&file(), article).diagnostics.len(), 4);
        let entity = "---\nkind: person\nname: ''\nid: A\nwikidata: 95\nsame_as: [x]\nmerged_from: [a b]\nrelations: [{property: p, object: o, valid: {}}]\n---\n";
        assert_eq!(entity::read(&file(), entity).diagnostics.len(), 6);
    }
}
