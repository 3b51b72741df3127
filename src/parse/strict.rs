//! The slow read: a file that serde refused is walked along the schema of its type, to name all that is
//! wrong with it at once, and to keep all that is right. Knows no type by name: the schema says everything.
//!
//! What is wrong is left out of what is kept, so that its default applies. Where it may not be left out, because
//! its key is required or because it is an item of a list and the others keep their positions, a stand-in takes
//! its place: the text [`word::UNREAD`], and for a table one of such texts. Later stages pass over it. What has
//! no stand-in, such as a date, takes the table around it along; a list ends before an item that has none.

use schemars::JsonSchema;
use serde_json::Value as Schema;
// Unlike JSON's, its numbers may be infinite or none.
use toml::Value as Kept;

use super::guard::MOST_EXACT;
use super::schema::{integer_range, is_date, is_read_by_serde, least, required, type_words, vocabulary, wanted};
use super::{advice, form};
use crate::base::{Code, DataPath, Diagnostic, Outcome, Place, SourcePath, Step, word};
use crate::tree::{Entry, Format, Node, Tree, Value};

/// Everything about `tree` that a `T` does not allow, in the order of the text, and what is left without it.
/// Nothing is found when the schema allows it all.
pub fn explain<T: JsonSchema>(file: &SourcePath, text: &str, tree: &Tree, format: Format) -> Outcome<Option<Kept>> {
    let schema = schemars::schema_for!(T).to_value();
    let mut walk = Walk { file, text, format, whole: &schema, found: Vec::new() };
    let kept = walk.node(&schema, &tree.root, &DataPath::root());
    Outcome::new(kept, walk.found)
}

struct Walk<'a> {
    file: &'a SourcePath,
    text: &'a str,
    format: Format,
    whole: &'a Schema,
    found: Vec<Diagnostic>,
}

impl<'a> Walk<'a> {
    fn report(&mut self, code: Code, path: DataPath, message: String) -> &mut Diagnostic {
        self.found.push(Diagnostic::error(code, Place::data(self.file, path), message));
        self.found.last_mut().expect("one was pushed")
    }

    fn node(&mut self, schema: &'a Schema, node: &Node, path: &DataPath) -> Option<Kept> {
        let (choices, optional) = self.choices(schema);
        if optional && matches!(node.value, Value::Null) {
            return None;
        }
        match &choices[..] {
            [only] => self.one(only, node, path),
            // More than one is a text or a table by language.
            several => match several.iter().find(|choice| self.fits(choice, node, false)) {
                Some(choice) => self.one(choice, node, path),
                None => self.wrong_type(several, node, path),
            },
        }
    }

    /// The schemas that a value may follow, references resolved, and whether it may be nothing at all.
    fn choices(&self, schema: &'a Schema) -> (Vec<&'a Schema>, bool) {
        let schema = self.resolve(schema);
        let Some(any) = schema["anyOf"].as_array() else { return (vec![schema], type_words(schema).any(|word| word == "null")) };
        let is_null = |choice: &&Schema| choice["type"] == "null";
        let mut optional = any.iter().any(|choice| is_null(&choice));
        let mut choices = Vec::new();
        for choice in any.iter().filter(|choice| !is_null(choice)) {
            let (mut inner, may_be_null) = self.choices(choice);
            choices.append(&mut inner);
            optional |= may_be_null;
        }
        (choices, optional)
    }

    fn resolve(&self, schema: &'a Schema) -> &'a Schema {
        match schema["$ref"].as_str().and_then(|target| self.whole.pointer(target.strip_prefix('#')?)) {
            Some(target) => self.resolve(target),
            None => schema,
        }
    }

    /// Whether `node` is of the type that `schema` wants; plain YAML words may be read as strings.
    fn fits(&self, schema: &Schema, node: &Node, lenient: bool) -> bool {
        let words = vocabulary(schema);
        let wanted: Vec<&str> = if words.is_empty() { type_words(schema).collect() } else { vec!["string"] };
        wanted.is_empty()
            || wanted.iter().any(|wanted| match (*wanted, &node.value) {
                ("string", Value::Date(_)) => is_date(schema),
                ("string", Value::Integer(_)) if is_date(schema) => true,
                ("string", Value::Integer(_) | Value::Float(_) | Value::Bool(_)) => lenient && self.format == Format::Yaml,
                (wanted, value) => is_of_type(value, wanted),
            })
    }

    fn one(&mut self, schema: &'a Schema, node: &Node, path: &DataPath) -> Option<Kept> {
        if !self.fits(schema, node, true) {
            return self.wrong_type(&[schema], node, path);
        }
        match &node.value {
            Value::Table(entries) => self.table(schema, entries, path),
            Value::List(items) => self.list(schema, items, path),
            Value::Integer(number) if type_words(schema).any(|word| word == "integer") => self.integer(schema, *number, path),
            Value::Integer(number) if number.unsigned_abs() > MOST_EXACT.into() && type_words(schema).any(|word| word == "number") => {
                self.inexact(*number, path)
            }
            _ => self.word(schema, node, path),
        }
    }

    fn wrong_type(&mut self, schemas: &[&Schema], node: &Node, path: &DataPath) -> Option<Kept> {
        let mut wanted: Vec<&str> = schemas.iter().filter_map(|schema| wanted(schema)).collect();
        wanted.dedup();
        let message = format!("expected {}, found {}", wanted.join(" or "), kind(&node.value));
        let key = path.steps.last().and_then(|step| if let Step::Key(key) = step { Some(&**key) } else { None });
        let help = schemas.iter().find_map(|schema| advice::for_type(schema, &node.value, key, self.format));
        self.report(Code::WrongType, path.clone(), message).help = help;
        None
    }

    fn table(&mut self, schema: &'a Schema, entries: &[Entry], path: &DataPath) -> Option<Kept> {
        let known = schema["properties"].as_object();
        let rest = &schema["additionalProperties"];
        let mut kept = toml::Table::new();
        for entry in entries {
            let path = path.clone().key(&*entry.key);
            self.plain("key", &entry.key, || path.clone().of_key());
            let value = match known.and_then(|known| known.get(&entry.key)) {
                Some(schema) => self.node(schema, &entry.node, &path),
                None if *rest == Schema::Bool(false) => self.unknown_key(schema, &entry.key, path),
                None => {
                    let fits = self.key_form(schema, &entry.key, &path);
                    self.node(rest, &entry.node, &path).filter(|_| fits)
                }
            };
            kept.extend(value.map(|value| (entry.key.clone(), value)));
        }
        self.missing_keys(schema, entries, path);
        self.stand_in_keys(schema, kept)
    }

    fn unknown_key(&mut self, schema: &Schema, key: &str, path: DataPath) -> Option<Kept> {
        let known: Vec<&str> = schema["properties"].as_object().into_iter().flatten().map(|(key, _)| &**key).collect();
        let words = |schema: &Schema| self.words_of(schema);
        let help = advice::for_word(schema, words, key, self.format).or_else(|| word::did_you_mean(key, known.iter().copied()));
        let note = help.is_none().then(|| format!("known keys here: {}", listed(&known)));
        let error = self.report(Code::UnknownKey, path.of_key(), format!("unknown key `{key}`"));
        error.help = help;
        error.notes.extend(note);
        None
    }

    /// The words of an enumeration that may be referred to or be nothing.
    fn words_of(&self, schema: &Schema) -> Vec<String> {
        // Found anew, since the schemas of a walk live as long as the walk.
        let resolved = schema["$ref"].as_str().and_then(|target| self.whole.pointer(target.strip_prefix('#')?)).unwrap_or(schema);
        vocabulary(resolved).into_iter().map(str::to_owned).collect()
    }

    /// Reports a text that no page and no feed may hold.
    fn plain(&mut self, what: &str, text: &str, path: impl FnOnce() -> DataPath) -> bool {
        let control = text.chars().find(|c| form::is_control(*c));
        if let Some(c) = control {
            self.report(Code::BadValue, path(), format!("this {what} holds a control character, U+{:04X}", u32::from(c)));
        }
        control.is_none()
    }

    fn key_form(&mut self, schema: &Schema, key: &str, path: &DataPath) -> bool {
        let wrong = schema["propertyNames"]["format"].as_str().and_then(|form| form::check(form, key).err());
        let fits = wrong.is_none();
        if let Some(why) = wrong {
            self.report(Code::BadValue, path.clone().of_key(), why);
        }
        fits
    }

    fn missing_keys(&mut self, schema: &Schema, entries: &[Entry], path: &DataPath) {
        for key in required(schema).filter(|key| !entries.iter().any(|entry| entry.key == *key)) {
            self.report(Code::MissingKey, path.clone().key(key), format!("the key `{key}` is missing"));
        }
        if entries.is_empty() && least(schema, "minProperties") > 0 {
            self.report(Code::BadValue, path.clone(), "this table wants at least one entry".to_owned());
        }
    }

    /// The table with a stand-in for each required key that is not in it.
    fn stand_in_keys(&self, schema: &'a Schema, mut kept: toml::Table) -> Option<Kept> {
        for key in required(schema) {
            if !kept.contains_key(key) {
                kept.insert(key.to_owned(), self.stand_in(&schema["properties"][key])?);
            }
        }
        (kept.len() >= least(schema, "minProperties")).then_some(Kept::Table(kept))
    }

    /// What takes the place of something that cannot be read and may not be left out.
    fn stand_in(&self, schema: &'a Schema) -> Option<Kept> {
        let (choices, _) = self.choices(schema);
        let schema = choices.first()?;
        match type_words(schema).next() {
            Some("string") if vocabulary(schema).is_empty() && !is_read_by_serde(schema) => Some(Kept::String(word::UNREAD.to_owned())),
            Some("object") => self.stand_in_keys(schema, toml::Table::new()),
            _ => None,
        }
    }

    fn list(&mut self, schema: &'a Schema, items: &[Node], path: &DataPath) -> Option<Kept> {
        let least = least(schema, "minItems");
        if items.len() < least {
            self.report(Code::BadValue, path.clone(), "this list wants at least one item".to_owned());
        }
        let schema = &schema["items"];
        let read = |(index, item)| self.node(schema, item, &path.clone().index(index)).or_else(|| self.stand_in(schema));
        let read: Vec<Option<Kept>> = items.iter().enumerate().map(read).collect();
        let kept: Vec<Kept> = read.into_iter().map_while(|item| item).collect();
        (kept.len() >= least).then_some(Kept::Array(kept))
    }

    fn integer(&mut self, schema: &Schema, number: i128, path: &DataPath) -> Option<Kept> {
        let (least, most) = integer_range(schema);
        if number < least || number > most {
            self.report(Code::BadValue, path.clone(), format!("`{number}` is out of range: from {least} to {most}"));
            return None;
        }
        i64::try_from(number).ok().map(Kept::Integer)
    }

    fn inexact(&mut self, number: i128, path: &DataPath) -> Option<Kept> {
        let error = self.report(Code::BadValue, path.clone(), format!("`{number}` has more digits than a number can keep"));
        error.help = Some("give it as `text`, or rounded, such as `9.007e15`".to_owned());
        None
    }

    fn word(&mut self, schema: &Schema, node: &Node, path: &DataPath) -> Option<Kept> {
        let written = match &node.value {
            Value::Text(text) | Value::Date(text) => text.as_str(),
            Value::Integer(_) | Value::Float(_) | Value::Bool(_) => self.text.get(node.span.clone()).unwrap_or(""),
            Value::Null | Value::List(_) | Value::Table(_) => return None,
        };
        if !self.plain("text", written, || path.clone()) {
            return None;
        }
        let words = vocabulary(schema);
        if !words.is_empty() && !words.contains(&written) {
            let help = word::did_you_mean(written, words.iter().copied());
            let error = self.report(Code::UnknownWord, path.clone(), format!("unknown word `{written}`"));
            error.notes.push(format!("known words here: {}", listed(&words)));
            error.help = help;
            return None;
        }
        if let Some(Err(why)) = schema["format"].as_str().map(|form| form::check(form, written)) {
            self.report(Code::BadValue, path.clone(), why);
            if is_read_by_serde(schema) {
                return None;
            }
        }
        let text = !words.is_empty() || type_words(schema).any(|word| word == "string");
        if text { Some(Kept::String(written.to_owned())) } else { as_it_is(&node.value) }
    }
}

fn as_it_is(value: &Value) -> Option<Kept> {
    match value {
        Value::Bool(truth) => Some(Kept::Boolean(*truth)),
        #[expect(clippy::cast_precision_loss, reason = "a number beyond 64 bits has no other type")]
        Value::Integer(number) => Some(i64::try_from(*number).map_or(Kept::Float(*number as f64), Kept::Integer)),
        Value::Float(number) => Some(Kept::Float(*number)),
        Value::Text(text) | Value::Date(text) => Some(Kept::String(text.clone())),
        Value::Null | Value::List(_) | Value::Table(_) => None,
    }
}

fn is_of_type(value: &Value, wanted: &str) -> bool {
    match value {
        Value::Null => wanted == "null",
        Value::Bool(_) => wanted == "boolean",
        Value::Integer(_) => matches!(wanted, "integer" | "number"),
        Value::Float(_) => wanted == "number",
        Value::Text(_) | Value::Date(_) => wanted == "string",
        Value::List(_) => wanted == "array",
        Value::Table(_) => wanted == "object",
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Integer(_) => "an integer",
        Value::Float(_) => "a number",
        Value::Text(_) => "a string",
        Value::Date(_) => "a date",
        Value::List(_) => "a list",
        Value::Table(_) => "a table",
    }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::article::Article;
    use crate::parse::data;
    use crate::parse::entity::Entity;
    use crate::parse::sidecar::Sidecar;
    use serde::de::DeserializeOwned;

    fn wrongs<T: DeserializeOwned + JsonSchema>(text: &str, format: Format) -> Vec<String> {
        let outcome = data::read::<T>(&SourcePath::new("f"), text, 0..text.len(), format);
        assert!(outcome.value.is_some() || !outcome.diagnostics.is_empty());
        outcome.diagnostics.iter().map(shown).collect()
    }

    fn shown(diagnostic: &Diagnostic) -> String {
        let place = match &diagnostic.place.spot {
            crate::base::Spot::Data(path) => path.to_string(),
            spot => format!("{spot:?}"),
        };
        let help = diagnostic.help.as_deref().map_or(String::new(), |help| format!(" ({help})"));
        format!("{place}: {}{help}", diagnostic.message)
    }

    const WRONG: &str = r#"{"title": 7, "lang": "Italian!", "state": "publishd", "date": "2025-02-30", "rights": {"owner": "x"},
        "corrections": [{"date": "2025-01-01"}], "tags": "a"}"#;

    #[test]
    fn all_that_is_wrong_is_named_at_once() {
        assert_eq!(
            wrongs::<Article>(WRONG, Format::Json),
            [
                "title: expected a string, found an integer",
                "lang: `Italian!` is not a BCP 47 language tag",
                "state: unknown word `publishd` (did you mean `published`?)",
                "date: `2025-02-30` is not a date such as `2025-01-13`",
                "rights.owner: unknown key `owner`",
                "corrections[0].text: the key `text` is missing",
                "tags: expected a list, found a string (write `[\"a\"]`)",
            ]
        );
    }

    #[test]
    fn words_by_language_are_checked_key_by_key() {
        let text = "kind: company\nname:\n  it: Fiume\n  no such: x\n  en: [1]\nborn: 1999-13\n";
        assert_eq!(
            wrongs::<Entity>(text, Format::Yaml),
            [
                "name.no such: `no such` is not a BCP 47 language tag",
                "name.en: expected a string, found a list",
                "born: `1999-13` is not an EDTF date: invalid EDTF at offset 5: month must be 01-12 or a sub-year code 21-41",
            ]
        );
        assert_eq!(wrongs::<Entity>("kind = 'x'\nname = 3\n", Format::Toml), ["name: expected a string or a table, found an integer"]);
        assert_eq!(wrongs::<Entity>("kind = 'x'\nname = {}\n", Format::Toml), ["name: this table wants at least one entry"]);
    }

    #[test]
    fn numbers_out_of_range_are_named() {
        let text = "[[facts]]\nid='a'\nclaim='c'\nanchor={exact='x', occurrence=0}\nattribution=[{agent='a', count=-1}, {agent='b', count=4294967296}]\n";
        assert_eq!(
            wrongs::<Sidecar>(text, Format::Toml),
            [
                "facts[0].anchor.occurrence: `0` is out of range: from 1 to 4294967295",
                "facts[0].attribution[0].count: `-1` is out of range: from 0 to 4294967295",
                "facts[0].attribution[1].count: `4294967296` is out of range: from 0 to 4294967295",
            ]
        );
    }

    #[test]
    fn dates_are_read_as_each_notation_writes_them() {
        for (text, format) in [
            ("title='a'\ndate=2025-01-13\n", Format::Toml),
            ("title: a\ndate: 2025-01-13\n", Format::Yaml),
            ("{\"title\":\"a\",\"date\":\"2025-01-13\"}", Format::Json),
        ] {
            assert_eq!(wrongs::<Article>(text, format), [""; 0], "{format:?}");
        }
        assert_eq!(wrongs::<Article>("title=2025-01-13\n", Format::Toml), ["title: expected a string, found a date"]);
    }

    #[test]
    fn yaml_needs_no_quotes_around_a_title_that_looks_like_a_number() {
        assert_eq!(wrongs::<Article>("title: 1984\n", Format::Yaml), [""; 0]);
        assert_eq!(wrongs::<Article>("title: 1984\ntag: x\n", Format::Yaml), ["tag: unknown key `tag` (did you mean `tags`?)"]);
    }

    #[test]
    fn hostile_data_is_refused_without_a_crash() {
        let bomb: String = std::iter::once("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned())
            .chain((1..12).map(|n| format!("a{n}: &a{n} [*a{p},*a{p},*a{p},*a{p},*a{p},*a{p},*a{p},*a{p},*a{p}]\n", p = n - 1)))
            .collect();
        let mut texts: Vec<String> = ["[", "{\"extra\":", "- ", "{a: ", "a.", "[a.", "? "].iter().map(|unit| unit.repeat(10_000)).collect();
        texts.extend([format!("title='a'\nextra = {}", "[".repeat(10_000)), format!("title='a'\nextra.{}a=1", "a.".repeat(10_000)), bomb]);
        texts.extend(
            [
                "\0",
                "title = 'a\0'",
                "title = 1e999",
                "{\"authors\": 1e999}",
                "title: *x",
                "title: \"\\ud800\"",
                "\u{feff}\u{feff}",
                "{",
                "'''",
            ]
            .map(String::from),
        );
        for text in texts {
            for format in [Format::Toml, Format::Yaml, Format::Json] {
                assert_ne!(wrongs::<Article>(&text, format), [""; 0], "{format:?} {text:.20}");
            }
        }
    }
}
