//! Expressions of templates, as far as it matters what their names are made of. Which operator binds closer does not.

use std::sync::Arc;

use super::names::Walk;
use super::shape::{Names, Shape};
use super::tokens::{Kind, Token};

/// Filters that give what they were given, only fewer or in another order.
const SAME: [&str; 6] = ["filter", "reverse", "safe", "slice", "sort", "unique"];

/// Words between two values of which neither is what the whole is.
const JUDGING: [&str; 15] = ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", ">=", "<=", ">", "<", "in"];

/// A place among the words of a tag.
pub struct Cursor<'c> {
    tokens: &'c [Token<'c>],
    at: usize,
}

impl<'c> Cursor<'c> {
    pub fn new(tokens: &'c [Token<'c>]) -> Self {
        Self { tokens, at: 0 }
    }

    pub fn take(&mut self) -> Option<&'c Token<'c>> {
        let token = self.tokens.get(self.at);
        self.at += 1;
        token
    }

    /// The next word, if it is not a text.
    fn next(&self) -> &'c str {
        self.tokens.get(self.at).filter(|token| token.kind != Kind::Text).map_or("", |token| token.text)
    }

    /// Takes a word if it comes next.
    pub fn skip(&mut self, word: &str) -> bool {
        let comes = self.next() == word;
        self.at += usize::from(comes);
        comes
    }

    /// `card`, `lists.card`.
    pub fn dotted(&mut self) -> String {
        let mut name = self.take().map_or("", |token| token.text).to_owned();
        while self.skip(".") {
            name.push('.');
            name.push_str(self.take().map_or("", |token| token.text));
        }
        name
    }

    /// Passes over a parameter's type and default, to the one behind it.
    pub fn skip_default(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.tokens.len() {
            match self.next() {
                "," if depth == 0 => {
                    self.at += 1;
                    return;
                }
                ")" if depth == 0 => return,
                "[" | "{" | "(" => depth += 1,
                "]" | "}" | ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Whether the list that begins here is made by a loop: where its `for` stands.
    fn comprehension(&self) -> Option<usize> {
        let mut depth = 0_usize;
        for at in self.at..self.tokens.len() {
            let token = &self.tokens[at];
            match token.text {
                _ if token.kind == Kind::Text => {}
                "[" | "?[" | "(" | "{" => depth += 1,
                "]" if depth == 0 => return None,
                "]" | ")" | "}" => depth = depth.saturating_sub(1),
                "for" if depth == 0 => return Some(at),
                _ => {}
            }
        }
        None
    }
}

impl Walk<'_> {
    /// What an expression gives.
    pub fn expression(&mut self, cursor: &mut Cursor<'_>) -> Shape {
        let mut shape = self.operand(cursor);
        loop {
            let word = cursor.next();
            if word == "or" || word == "and" {
                cursor.take();
                shape = shape.or(self.operand(cursor));
            } else if word == "not" || JUDGING.contains(&word) && !ends_call(cursor) {
                cursor.take();
                if word != "not" {
                    self.operand(cursor);
                }
                shape = Shape::Plain;
            } else if word == "if" {
                cursor.take();
                self.expression(cursor);
                cursor.skip("else");
                return shape.or(self.expression(cursor));
            } else {
                return shape;
            }
        }
    }

    /// A value with its filters and tests.
    fn operand(&mut self, cursor: &mut Cursor<'_>) -> Shape {
        let mark = self.mark();
        while cursor.skip("not") || cursor.skip("-") {}
        let mut shape = self.value(cursor);
        loop {
            if cursor.skip("|") {
                shape = self.filtered(&shape, cursor);
            } else if cursor.skip("is") {
                cursor.skip("not");
                // Who asks whether there is such a name knows that there may be none.
                if matches!(cursor.take().map(|token| token.text), Some("defined" | "undefined")) {
                    self.forget(mark);
                }
                self.arguments(cursor);
                shape = Shape::Plain;
            } else {
                return shape;
            }
        }
    }

    fn filtered(&mut self, shape: &Shape, cursor: &mut Cursor<'_>) -> Shape {
        let name = cursor.take().map_or("", |token| token.text);
        let arguments = self.arguments(cursor);
        match name {
            "first" | "last" | "nth" => shape.item(),
            "default" => arguments.into_values().fold(shape.clone(), Shape::or),
            same if SAME.contains(&same) => shape.clone(),
            _ => Shape::Open,
        }
    }

    /// `(name=value, …)`, where there is one.
    pub fn arguments(&mut self, cursor: &mut Cursor<'_>) -> Names {
        let mut given = Names::new();
        if !cursor.skip("(") {
            return given;
        }
        while let Some(token) = cursor.take().filter(|token| token.text != ")") {
            if token.kind == Kind::Name && cursor.skip("=") {
                let value = self.expression(cursor);
                given.insert(token.text.to_owned(), value);
            }
        }
        given
    }

    fn value(&mut self, cursor: &mut Cursor<'_>) -> Shape {
        let Some(token) = cursor.take() else { return Shape::Open };
        let shape = match (token.kind, token.text) {
            (Kind::Text, _) => Shape::Plain,
            // `1.5` is two numbers and a sign.
            (Kind::Number, _) => {
                if cursor.skip(".") {
                    cursor.take();
                }
                return Shape::Plain;
            }
            (_, "(") => {
                let inner = self.expression(cursor);
                cursor.skip(")");
                inner
            }
            (_, "[") => self.list(cursor),
            (_, "{") => self.table(cursor),
            (_, "<") => {
                self.call(cursor);
                Shape::Plain
            }
            (_, "true" | "false" | "True" | "False" | "none" | "None" | "null") => Shape::Plain,
            (Kind::Name, _) if cursor.next() == "(" => {
                self.arguments(cursor);
                Shape::Open
            }
            (Kind::Name, _) => self.named(token),
            _ => Shape::Open,
        };
        self.fields(shape, token, cursor)
    }

    /// What follows a value: `.name`, `["name"]`, `[number]`, `[from:to]`.
    fn fields(&mut self, mut shape: Shape, first: &Token<'_>, cursor: &mut Cursor<'_>) -> Shape {
        loop {
            let whole = first.range.start..cursor.tokens.get(cursor.at.wrapping_sub(1)).map_or(first.range.end, |last| last.range.end);
            if cursor.skip(".") || cursor.skip("?.") {
                let Some(name) = cursor.take() else { return Shape::Open };
                shape = self.field(&shape, name, whole);
            } else if cursor.skip("[") || cursor.skip("?[") {
                shape = self.subscript(&shape, whole, cursor);
            } else {
                return shape;
            }
        }
    }

    fn subscript(&mut self, shape: &Shape, whole: std::ops::Range<usize>, cursor: &mut Cursor<'_>) -> Shape {
        let literal = cursor.tokens.get(cursor.at).filter(|token| token.kind == Kind::Text);
        if let (Some(name), Some("]")) = (literal, cursor.tokens.get(cursor.at + 1).map(|token| token.text)) {
            cursor.at += 2;
            return self.field(shape, name, whole);
        }
        let mut slice = false;
        while !cursor.skip("]") {
            if cursor.at >= cursor.tokens.len() {
                return Shape::Open;
            }
            if cursor.skip(":") {
                slice = true;
            } else {
                self.expression(cursor);
            }
        }
        if slice { shape.clone() } else { shape.item() }
    }

    /// Behind `[`: `a, b]`, or `a.b for a in c if d]`.
    fn list(&mut self, cursor: &mut Cursor<'_>) -> Shape {
        if let Some(at) = cursor.comprehension() {
            let start = std::mem::replace(&mut cursor.at, at + 1);
            let names = self.comprehended(cursor);
            let end = cursor.at;
            cursor.at = start;
            let item = self.within(names, |walk| walk.expression(&mut Cursor { tokens: &cursor.tokens[..at], at: start }));
            cursor.at = end;
            return Shape::List(Arc::new(item));
        }
        let mut items = Vec::new();
        while !cursor.skip("]") && cursor.at < cursor.tokens.len() {
            let spread = cursor.skip("...");
            let item = self.expression(cursor);
            items.push(if spread { item.item() } else { item });
            cursor.skip(",");
        }
        items.into_iter().reduce(Shape::or).map_or(Shape::Plain, |item| Shape::List(Arc::new(item)))
    }

    /// `a in b if c]`
    fn comprehended(&mut self, cursor: &mut Cursor<'_>) -> Names {
        // The `if` of a loop is no choice between two values, so what comes before it is read by itself.
        let is_if = |token: &Token<'_>| token.kind == Kind::Name && token.text == "if";
        let condition = cursor.tokens[cursor.at..].iter().position(is_if).map(|offset| cursor.at + offset);
        let Some(at) = condition else {
            let names = self.loop_names(cursor);
            cursor.skip("]");
            return names;
        };
        let names = self.loop_names(&mut Cursor { tokens: &cursor.tokens[..at], at: cursor.at });
        cursor.at = at + 1;
        self.within(names.clone(), |walk| walk.expression(cursor));
        cursor.skip("]");
        names
    }

    /// Behind `{`: `"a": b, …}`
    fn table(&mut self, cursor: &mut Cursor<'_>) -> Shape {
        let mut fields = Names::new();
        let mut open = false;
        while !cursor.skip("}") {
            let Some(key) = cursor.take() else { break };
            if key.text == "..." && key.kind == Kind::Sign {
                open = true;
                self.expression(cursor);
            } else if cursor.skip(":") {
                let value = self.expression(cursor);
                fields.insert(key.text.to_owned(), value);
            }
            cursor.skip(",");
        }
        if open { Shape::Open } else { Shape::Table(Arc::new(fields)) }
    }

    /// Behind `<`: a component's name and what it is given.
    pub fn call(&mut self, cursor: &mut Cursor<'_>) {
        let component = cursor.dotted();
        while let Some(token) = cursor.take().filter(|token| !matches!(token.text, "/" | ">")) {
            if token.text == "{" {
                cursor.skip("...");
                self.expression(cursor);
                cursor.skip("}");
                continue;
            }
            let value = if !cursor.skip("=") {
                self.named(token)
            } else if cursor.skip("{") {
                let value = self.expression(cursor);
                cursor.skip("}");
                value
            } else {
                cursor.take();
                Shape::Plain
            };
            self.give(&component, token.text, value);
        }
        cursor.skip(">");
    }
}

/// Whether `/ >` comes next, which ends a component's call and divides nothing.
fn ends_call(cursor: &Cursor<'_>) -> bool {
    cursor.next() == "/" && cursor.tokens.get(cursor.at + 1).is_some_and(|token| token.text == ">")
}
