//! What to write instead, for slips that many make: one word where a list is wanted, a quote where its table is,
//! `[facts]` for `[[facts]]`, `draft = true` for `state = "draft"`. The schema says what is wanted.

use serde_json::Value as Schema;

use super::schema::{required, type_words, vocabulary};
use crate::tree::{Format, Value};

/// What to write where `value` is not of the type that `schema` wants, under the key `key`.
pub(super) fn for_type(schema: &Schema, value: &Value, key: Option<&str>, format: Format) -> Option<String> {
    let wants = |word| type_words(schema).any(|type_word| type_word == word);
    match value {
        Value::Text(text) if wants("array") && wants_text(&schema["items"]) => Some(format!("write `[{}]`", quoted(text))),
        Value::Text(text) if wants("object") => {
            let mut keys = required(schema);
            let only = keys.next().filter(|_| keys.next().is_none())?;
            wants_text(&schema["properties"][only]).then(|| format!("write `{}`", table_of(only, text, format)))
        }
        Value::Table(_) if wants("array") => match (key, format) {
            (Some(key), Format::Toml) => Some(format!("write `[[{key}]]`")),
            (_, Format::Yaml) => Some("begin each item with `- `".to_owned()),
            _ => Some("put `[` before it and `]` behind".to_owned()),
        },
        _ => None,
    }
}

/// What to write for a `key` that is nobody's, but a word of another key's vocabulary.
pub(super) fn for_word(schema: &Schema, resolve: impl Fn(&Schema) -> Vec<String>, key: &str, format: Format) -> Option<String> {
    let properties = schema["properties"].as_object()?;
    let (name, _) = properties.iter().find(|(_, schema)| resolve(schema).iter().any(|word| word == key))?;
    Some(match format {
        Format::Toml => format!("write `{name} = \"{key}\"`"),
        Format::Yaml => format!("write `{name}: {key}`"),
        Format::Json => format!("write `\"{name}\": \"{key}\"`"),
    })
}

fn wants_text(schema: &Schema) -> bool {
    vocabulary(schema).is_empty() && type_words(schema).any(|word| word == "string")
}

fn table_of(key: &str, text: &str, format: Format) -> String {
    match format {
        Format::Toml => format!("{{ {key} = {} }}", quoted(text)),
        Format::Yaml => format!("{{ {key}: {} }}", quoted(text)),
        Format::Json => format!("{{ \"{key}\": {} }}", quoted(text)),
    }
}

/// Short enough to be read, and never what the quotes or backticks of a message would break.
fn quoted(text: &str) -> String {
    let plain = text.chars().count() <= 40 && !text.contains(['"', '\\', '`']) && !text.contains(char::is_control);
    if plain { format!("\"{text}\"") } else { "\"…\"".to_owned() }
}
