//! TOML as an editor writes it: keys in the order of the content model, one a line, small tables between braces.

use std::str::FromStr;

use crate::parse::dates::Moment;

/// A value to write.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A string.
    Text(String),
    /// A number; finite.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A date or a whole number, as it stands in TOML.
    Bare(String),
    /// A list.
    List(Vec<Item>),
    /// A table, in order.
    Table(Keys),
    /// A text by language.
    ByLang(Vec<(String, String)>),
}

/// Keys and their values, in the order in which they are written.
pub type Keys = Vec<(&'static str, Item)>;

impl Item {
    /// A string.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list of strings.
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// A text in each of its languages; a string where there is one, or all are the same.
    pub fn by_lang(texts: Vec<(String, String)>) -> Self {
        match texts.first() {
            Some((_, first)) if texts.iter().all(|(_, text)| text == first) => Self::text(first),
            _ => Self::ByLang(texts),
        }
    }

    /// A date, or a date with time, in TOML's own form where it has one; `None` for what is neither.
    pub fn moment(text: &str) -> Option<Self> {
        let text = text.trim();
        let moment = Moment::parse(text)?;
        match ::toml::value::Datetime::from_str(text) {
            Ok(date) if date.date.is_some() => Some(Self::Bare(date.to_string())),
            _ => Some(Self::Bare(moment.to_string())),
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Table(keys) => keys.iter().all(|(_, item)| item.is_empty()),
            Self::ByLang(texts) => texts.is_empty(),
            Self::Number(_) | Self::Bool(_) | Self::Bare(_) => false,
        }
    }

    fn write(&self) -> String {
        match self {
            Self::Text(text) => string(text),
            Self::Number(number) => write_number(*number),
            Self::Bool(truth) => truth.to_string(),
            Self::Bare(bare) => bare.clone(),
            Self::List(items) => format!("[{}]", items.iter().map(Self::write).collect::<Vec<_>>().join(", ")),
            Self::Table(keys) => {
                let said = keys.iter().filter(|(_, item)| !item.is_empty());
                between_braces(said.map(|(key, item)| format!("{key} = {}", item.write())))
            }
            Self::ByLang(texts) => between_braces(texts.iter().map(|(lang, text)| format!("{lang} = {}", string(text)))),
        }
    }
}

/// Lines of `key = value`; what is empty is left out.
pub fn lines(keys: &[(&'static str, Item)]) -> String {
    let mut lines = String::new();
    for (key, item) in keys.iter().filter(|(_, item)| !item.is_empty()) {
        lines.extend([key, " = ", &item.write(), "\n"]);
    }
    lines
}

fn between_braces(entries: impl Iterator<Item = String>) -> String {
    format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
}

/// A basic string, in one line.
fn string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whole numbers without a point.
fn write_number(number: f64) -> String {
    let plain = number.to_string();
    if number.fract() == 0.0 && plain.len() < 17 {
        return if plain == "-0" { "0".to_owned() } else { plain };
    }
    if plain.contains('.') { plain } else { format!("{number:e}") }
}

/// A Markdown file with TOML in front of it. `tables` are arrays of tables, such as `[[relations]]`.
pub fn document(keys: &[(&'static str, Item)], tables: &[(&'static str, Keys)], body: &str) -> String {
    let tables: Vec<String> = tables.iter().map(|(name, keys)| format!("\n[[{name}]]\n{}", lines(keys))).collect();
    let tables = tables.concat();
    let body = body.trim_matches(['\n', '\r']);
    let body = if body.is_empty() { String::new() } else { format!("\n{body}\n") };
    format!("+++\n{}{tables}+++\n{body}", lines(keys))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_read_as_they_were() {
        for number in [0.0, -0.0, 1.0, 60_000_000.0, 0.05, -3.5, 1e300, 1.5e-9, 9_007_199_254_740_992.0] {
            let read: ::toml::Table = ::toml::from_str(&lines(&[("n", Item::Number(number))])).unwrap();
            let value = &read["n"];
            #[expect(clippy::cast_precision_loss, reason = "small ones")]
            let back = value.as_float().unwrap_or_else(|| value.as_integer().unwrap() as f64);
            assert!((back - number).abs() <= f64::EPSILON * number.abs(), "{number}: {value}");
        }
    }

    #[test]
    fn dates_stand_bare() {
        for (text, expected) in [
            ("2025-01-13", "2025-01-13"),
            ("2025-01-13T06:00:00+01:00", "2025-01-13T06:00:00+01:00"),
            ("2025-01-13T06:00:00Z[UTC]", "2025-01-13T06:00:00Z"),
        ] {
            assert_eq!(Item::moment(text), Some(Item::Bare(expected.to_owned())), "{text}");
        }
        for text in ["", "yesterday", "2025-13-01", "12:00:00", "2025"] {
            assert_eq!(Item::moment(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_string_reads_as_it_was(text in any::<String>()) {
            let read: ::toml::Table = ::toml::from_str(&lines(&[("key", Item::List(vec![Item::text(text.clone())]))])).unwrap();
            prop_assert_eq!(read["key"][0].as_str(), Some(text.as_str()));
        }
    }
}
