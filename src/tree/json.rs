//! JSON as a tree. Only as strict as finding places needs: whether a text is JSON at all, `serde_json` says.

use std::ops::Range;

use super::{Entry, Fault, MAX_DEPTH, Node, Tree, Value, table};

pub(super) fn read(text: &str, data: Range<usize>) -> Tree {
    let mut scanner = Scanner { text: &text[..data.end], at: data.start, faults: Vec::new() };
    let start = data.start;
    let root = scanner.value(0).unwrap_or(Node { value: Value::Null, span: start..start });
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&text[data]) {
        let at = offset_of(&text[start..], error.line(), error.column()) + start;
        let message = format!("not valid JSON: {}", without_position(&error));
        scanner.faults.push(Fault { at: at..at, message, first: None });
    }
    Tree { root, faults: scanner.faults }
}

/// The byte at `line` and `column`, both from 1, the column in bytes.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rfind(" at line ").map_or(message.clone(), |end| message[..end].to_owned())
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    faults: Vec<Fault>,
}

impl Scanner<'_> {
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, wanted: u8) -> Option<()> {
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        let first = self.peek()?;
        let start = self.at;
        let value = match first {
            b'{' | b'[' if depth >= MAX_DEPTH => return None,
            b'{' => self.table(depth),
            b'[' => self.list(depth),
            b'"' => Value::Text(self.string()?),
            _ => self.bare()?,
        };
        Some(Node { value, span: start..self.at })
    }

    fn table(&mut self, depth: usize) -> Value {
        let mut entries = Vec::new();
        self.at += 1;
        while let Some(entry) = self.entry(depth) {
            entries.push(entry);
            if self.eat(b',').is_none() {
                break;
            }
        }
        let _closed = self.eat(b'}');
        table(entries, &mut self.faults)
    }

    fn entry(&mut self, depth: usize) -> Option<Entry> {
        (self.peek()? == b'"').then_some(())?;
        let start = self.at;
        let key = self.string()?;
        let key_span = start..self.at;
        self.eat(b':')?;
        let node = self.value(depth + 1)?;
        Some(Entry { key, key_span, node })
    }

    fn list(&mut self, depth: usize) -> Value {
        let mut items = Vec::new();
        self.at += 1;
        while self.peek().is_some_and(|byte| byte != b']') {
            let Some(item) = self.value(depth + 1) else { break };
            items.push(item);
            if self.eat(b',').is_none() {
                break;
            }
        }
        let _closed = self.eat(b']');
        Value::List(items)
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        let mut escaped = false;
        let inner = &self.text.as_bytes()[start + 1..];
        let end = inner.iter().position(|&byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        self.at = start + end + 2;
        serde_json::from_str(&self.text[start..self.at]).ok()
    }

    fn bare(&mut self) -> Option<Value> {
        let rest = &self.text[self.at..];
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}' | ':')).unwrap_or(rest.len());
        self.at += length;
        match &rest[..length] {
            "" => None,
            "null" => Some(Value::Null),
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            digits => digits.parse().map(Value::Integer).or_else(|_| digits.parse().map(Value::Float)).ok(),
        }
    }
}
