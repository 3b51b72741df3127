//! One file's data into one typed value: fast when it is right, thorough when it is wrong.

use std::ops::Range;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::strict;
use crate::base::{Code, DataPath, Diagnostic, Outcome, Place, SourcePath};
use crate::tree;
pub use crate::tree::Format;

/// Reads the `data` bytes of a file's whole `text`. Without a value there is at least one error, and every one
/// that can be named is named.
pub fn read<T: DeserializeOwned + JsonSchema>(file: &SourcePath, text: &str, data: Range<usize>, format: Format) -> Outcome<Option<T>> {
    let data = data.start.max(tree::skip_bom(text)).min(data.end)..data.end;
    match read_fast(&text[data.clone()], format) {
        Ok(value) => Outcome::clean(Some(value)),
        Err(refusal) => Outcome::new(None, explain::<T>(file, text, data, format, refusal)),
    }
}

/// Why serde refused, and where in the data.
struct Refusal {
    message: String,
    at: Option<Range<usize>>,
}

fn read_fast<T: DeserializeOwned>(data: &str, format: Format) -> Result<T, Refusal> {
    match format {
        Format::Toml => toml::from_str(data).map_err(|error| Refusal { message: error.message().to_owned(), at: error.span() }),
        Format::Yaml => read_yaml(data),
        Format::Json => serde_json::from_str(data).map_err(|error| Refusal { message: error.to_string(), at: None }),
    }
}

fn read_yaml<T: DeserializeOwned>(data: &str) -> Result<T, Refusal> {
    // A sidecar of some thousand facts has more values than the default budget lets pass; bombs need far more.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_nodes: 2_000_000, max_events: 4_000_000 },
        emit_comments: false,
        strict_booleans: true,
    };
    serde_saphyr::from_str_with_options(data, options).map_err(|error| {
        let span = error.location().map(|location| location.span());
        let start = span.and_then(|span| usize::try_from(span.byte_offset()?).ok());
        let length = span.and_then(|span| usize::try_from(span.byte_len()?).ok()).unwrap_or(0);
        let message = error.without_snippet().to_string().lines().next().unwrap_or("").to_owned();
        Refusal { message, at: start.map(|start| start..start + length) }
    })
}

fn explain<T: JsonSchema>(file: &SourcePath, text: &str, data: Range<usize>, format: Format, refusal: Refusal) -> Vec<Diagnostic> {
    let tree = tree::read(text, data.clone(), format);
    if !tree.faults.is_empty() {
        return tree.faults.into_iter().map(|fault| syntax_error(file, fault)).collect();
    }
    let found = strict::explain::<T>(file, text, &tree, format);
    if found.is_empty() { vec![refused(file, text, &data, refusal)] } else { found }
}

fn syntax_error(file: &SourcePath, fault: tree::Fault) -> Diagnostic {
    let error = Diagnostic::error(Code::Syntax, Place::bytes(file, fault.at), fault.message);
    match fault.first {
        Some(first) => error.related(Place::bytes(file, first), "first here"),
        None => error,
    }
}

/// What serde says, where the slow read found nothing.
fn refused(file: &SourcePath, text: &str, data: &Range<usize>, refusal: Refusal) -> Diagnostic {
    let place = match refusal.at {
        Some(at) => Place::bytes(file, on_characters(text, data.start + at.start..data.start + at.end)),
        None => Place::data(file, DataPath::root()),
    };
    Diagnostic::error(Code::WrongType, place, lowercase_phrase(&refusal.message))
}

fn on_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    whole(range.start)..whole(range.end)
}

fn lowercase_phrase(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut chars = message.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

/// Checks that a free table is one, and makes TOML's dates in it the strings that other notations have.
pub(super) fn mend_free_table(file: &SourcePath, table: Option<&mut Value>, found: &mut Vec<Diagnostic>) {
    match table {
        None | Some(Value::Null) => {}
        Some(table @ Value::Object(_)) => mend_dates(table),
        Some(_) => {
            let place = Place::data(file, DataPath::root().key("extra"));
            found.push(Diagnostic::error(Code::WrongType, place, "expected a table under `extra`"));
        }
    }
}

fn mend_dates(value: &mut Value) {
    const DATE_KEY: &str = "$__toml_private_datetime";
    match value {
        Value::Object(table) => match table.get(DATE_KEY) {
            Some(Value::String(date)) if table.len() == 1 => *value = Value::String(date.clone()),
            _ => table.values_mut().for_each(mend_dates),
        },
        Value::Array(items) => items.iter_mut().for_each(mend_dates),
        _ => {}
    }
}
