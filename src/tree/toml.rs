//! TOML as a tree.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::{Entry, Fault, Node, Tree, Value};

pub(super) fn read(text: &str, data: Range<usize>) -> Tree {
    let shift = data.start;
    let (table, errors) = DeTable::parse_recoverable(&text[data]);
    let span = shift..shift;
    let root = Node { value: table_value(table.get_ref(), shift), span };
    Tree { root, faults: errors.iter().map(|error| fault(error, shift)).collect() }
}

fn fault(error: &Error, shift: usize) -> Fault {
    let at = moved(&error.span().unwrap_or(0..0), shift);
    let message = match error.message().lines().next().unwrap_or("") {
        "duplicate key" => "a key stands here twice".to_owned(),
        message => format!("not valid TOML: {message}"),
    };
    Fault { at, message, first: None }
}

fn table_value(table: &DeTable<'_>, shift: usize) -> Value {
    let mut entries: Vec<Entry> = table.iter().map(|(key, value)| entry(key, value, shift)).collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Value::Table(entries)
}

fn entry(key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>, shift: usize) -> Entry {
    Entry { key: key.get_ref().to_string(), key_span: moved(&key.span(), shift), node: node(value, shift) }
}

fn node(value: &Spanned<DeValue<'_>>, shift: usize) -> Node {
    let span = moved(&value.span(), shift);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => integer(number.as_str(), number.radix()),
        DeValue::Float(number) => float(number.as_str()),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, shift)).collect()),
        DeValue::Table(table) => table_value(table, shift),
    };
    Node { value, span }
}

fn integer(digits: &str, radix: u32) -> Value {
    let end = if digits.starts_with('-') { i128::MIN } else { i128::MAX };
    Value::Integer(i128::from_str_radix(digits, radix).unwrap_or(end))
}

fn float(digits: &str) -> Value {
    Value::Float(digits.parse().unwrap_or(f64::NAN))
}

fn moved(span: &Range<usize>, shift: usize) -> Range<usize> {
    span.start + shift..span.end + shift
}
