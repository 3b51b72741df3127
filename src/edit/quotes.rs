//! Strings as each notation writes them: in the quotes of the old words where those can hold the new ones, else in
//! quotes that can hold anything.

use crate::tree::Format;

use super::NewValue;
use super::spot::Text;

/// What a string stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// None, as only YAML can.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`, which holds anything by escapes.
    Double,
    /// `'''…'''` of TOML.
    TripleSingle,
    /// `"""…"""` of TOML.
    TripleDouble,
}

/// The quotes of a value as it is written.
pub(super) fn like(format: Format, written: &str) -> Quotes {
    match format {
        Format::Toml if written.starts_with("'''") => Quotes::TripleSingle,
        Format::Toml if written.starts_with("\"\"\"") => Quotes::TripleDouble,
        Format::Toml | Format::Yaml if written.starts_with('\'') => Quotes::Single,
        Format::Yaml if !written.starts_with('"') => Quotes::Plain,
        _ => Quotes::Double,
    }
}

/// The value as it is to be written, in these quotes where they can hold it. `flow` is set between brackets; `old`
/// tells whether the lines of a long string begin behind the opening quotes or below them.
pub(super) fn write(file: &Text<'_>, to: &NewValue, quotes: Quotes, flow: bool, old: &str) -> String {
    let text = match to {
        NewValue::Text(text) => text.as_str(),
        NewValue::Number(number) => return number.to_string(),
        NewValue::Absent => return String::new(),
    };
    let below = old.get(3..).is_some_and(|inner| inner.starts_with(['\n', '\r'])) || text.starts_with(['\n', '\r']);
    let opening = if below { file.line_end } else { "" };
    match quotes {
        Quotes::Plain if is_plain(text, flow) => text.to_owned(),
        Quotes::Plain if text.contains(['"', '\\']) && single_holds(file.format, text) => single(file.format, text),
        Quotes::Single if single_holds(file.format, text) => single(file.format, text),
        Quotes::TripleSingle if triple_single_holds(file, text) => format!("'''{opening}{text}'''"),
        Quotes::TripleSingle | Quotes::TripleDouble => format!("\"\"\"{opening}{}\"\"\"", triple_escaped(file, text)),
        Quotes::Plain | Quotes::Single | Quotes::Double => format!("\"{}\"", escaped(file.format, text)),
    }
}

/// What some notation forbids, or no editor shows: written by its number.
pub(super) fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') || u32::from(c) & 0xFFFE == 0xFFFE
}

fn single_holds(format: Format, text: &str) -> bool {
    match format {
        Format::Toml => !text.contains(|c| c == '\'' || c != '\t' && needs_escape(c)),
        Format::Yaml => !text.contains(needs_escape),
        Format::Json => false,
    }
}

fn single(format: Format, text: &str) -> String {
    match format {
        Format::Yaml => format!("'{}'", text.replace('\'', "''")),
        Format::Toml | Format::Json => format!("'{text}'"),
    }
}

fn triple_single_holds(file: &Text<'_>, text: &str) -> bool {
    let lines = text.split(file.line_end);
    !text.contains("'''") && !text.ends_with('\'') && lines.flat_map(str::chars).all(|c| c == '\t' || !needs_escape(c))
}

/// Line ends of the file's own kind stand as they are.
fn triple_escaped(file: &Text<'_>, text: &str) -> String {
    let lines: Vec<String> = text.split(file.line_end).map(|line| escaped(file.format, line)).collect();
    lines.join(file.line_end)
}

fn escaped(format: Format, text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            c if !needs_escape(c) => written.push(c),
            c if c <= '\u{ffff}' => written.push_str(&format!("\\u{:04x}", u32::from(c))),
            c if format == Format::Json => {
                written.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
            }
            c => written.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    written
}

/// Whether YAML, of either version and in any reader, takes the bare words for a string.
fn is_plain(text: &str, flow: bool) -> bool {
    let letters = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    let begins = match text.chars().next() {
        Some(first) if first.is_alphabetic() => !is_word_of_yaml(text),
        Some(first) if first.is_ascii_digit() => text.split(' ').skip(1).any(letters),
        _ => false,
    };
    let closed = text.trim() == text && !text.ends_with(':');
    let marks = text.contains(needs_escape) || text.contains(": ") || text.contains(" #");
    begins && closed && !marks && !(flow && text.contains([',', '[', ']', '{', '}', ':', '?']))
}

/// Words that some reader of YAML takes for something else than themselves.
fn is_word_of_yaml(text: &str) -> bool {
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}
