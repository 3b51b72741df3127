//! Facts as CSV, a fact a line, with the columns that `export` writes; any others are named. Lists and objects are JSON, as
//! there; a list may also be words with `;` between them. Free texts lose the apostrophe that keeps spreadsheets from
//! taking them for formulas.

use ::csv::{ReaderBuilder, StringRecord};

use super::draft::{Address, Drafts, Fact};
use super::loose::{self, Data};
use super::toml::{Item, Keys};
use crate::base::{Code, Diagnostic, Outcome, Place, SourcePath};
use crate::parse::sidecar::Anchor;
use crate::tree::{self, Format, Node, Value};

/// Columns that are read.
const READ: &[&str] = &[
    "fact",
    "article",
    "id",
    "url",
    "kind",
    "claim",
    "claim_lang",
    "claims",
    "status",
    "confidence",
    "about",
    "subject",
    "property",
    "object",
    "number",
    "min",
    "max",
    "text",
    "unit",
    "currency",
    "approximate",
    "stated",
    "valid_at",
    "valid_from",
    "valid_until",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
    "attribution",
    "evidence",
    "checks",
    "review_after",
    "responds_to",
    "same_as",
    "replaces",
    "article_url",
    "article_lang",
];

/// Columns of an export that say nothing which another does not.
const DERIVED: &[&str] = &["subject_name", "property_label", "object_name", "day", "drifted", "article_title", "article_date", "publisher"];

/// Reads a table; one that is cut off, or has a line with more or fewer cells than the first, is refused.
pub fn read(file: &SourcePath, text: &str) -> Outcome<Drafts> {
    let mut found = Vec::new();
    let facts = facts(file, text, &mut found).unwrap_or_else(|refused| {
        found.push(refused);
        Vec::new()
    });
    Outcome::new(Drafts { facts, ..Drafts::default() }, found)
}

fn facts(file: &SourcePath, text: &str, found: &mut Vec<Diagnostic>) -> Result<Vec<Fact>, Diagnostic> {
    let refuse = |at: usize, message: String| {
        let at = at.min(text.len());
        Diagnostic::error(Code::Syntax, Place::bytes(file, at..at), message).help("is the file whole? export it again".to_owned())
    };
    let start = tree::skip_bom(text);
    let data = &text[start..];
    if data.matches('"').count() % 2 == 1 {
        let at = data.rfind('"').unwrap_or_default();
        return Err(refuse(start + at, "a quotation mark is never closed".to_owned()));
    }
    let mut reader = ReaderBuilder::new().delimiter(delimiter(data)).from_reader(data.as_bytes());
    let header = reader.headers().map_err(|error| refuse(start, error.to_string()))?.clone();
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    check_columns(&columns, file, start).map_or(Ok(()), Err)?;
    let others: Vec<&str> = columns.iter().map(String::as_str).filter(|name| !READ.contains(name) && !DERIVED.contains(name)).collect();
    if !others.is_empty() {
        let message = format!("columns without a counterpart here are left out: `{}`", others.join("`, `"));
        found.push(Diagnostic::warning(Code::UnknownKey, Place::bytes(file, start..start), message));
    }
    let mut facts = Vec::new();
    for record in reader.records() {
        let at = |position: Option<&::csv::Position>| start + position.map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        let record = record.map_err(|error| refuse(at(error.position()), told(&error)))?;
        let place = Place::bytes(file, at(record.position())..at(record.position()));
        let row = Row { columns: &columns, cells: &record };
        match row.fact(place.clone()) {
            Ok(fact) => facts.push(fact),
            Err(why) => found.push(Diagnostic::error(Code::BadValue, place, why)),
        }
    }
    Ok(facts)
}

fn check_columns(columns: &[String], file: &SourcePath, start: usize) -> Option<Diagnostic> {
    let has = |names: &[&str]| columns.iter().any(|column| names.contains(&column.as_str()));
    let missing =
        [("claim", has(&["claim", "claims"])), ("exact", has(&["exact"])), ("article", has(&["article", "fact", "url", "article_url"]))];
    let (name, _) = missing.into_iter().find(|(_, is_there)| !is_there)?;
    let message = format!("the first line names no column `{name}`");
    let help = "a table of facts begins with the names of its columns: `article`, `claim` and `exact` at least".to_owned();
    Some(Diagnostic::error(Code::MissingKey, Place::bytes(file, start..start), message).help(help))
}

/// What stands between the cells of the first line.
fn delimiter(data: &str) -> u8 {
    let first = data.lines().next().unwrap_or_default();
    let most = [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| first.bytes().filter(|byte| byte == mark).count());
    most.unwrap_or(b',')
}

fn told(error: &::csv::Error) -> String {
    match error.kind() {
        ::csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the line has {len} cells, and the first one has {expected_len}")
        }
        _ => "the line is not CSV".to_owned(),
    }
}

struct Row<'r> {
    columns: &'r [String],
    cells: &'r StringRecord,
}

impl<'r> Row<'r> {
    /// What stands in a column; not blank.
    fn get(&self, column: &str) -> Option<&'r str> {
        let position = self.columns.iter().position(|name| name == column)?;
        self.cells.get(position).filter(|cell| !cell.trim().is_empty())
    }

    /// Free words as they were before they were made harmless.
    fn words(&self, column: &str) -> Option<String> {
        let cell = self.get(column)?;
        let formula = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
        let is_guarded = cell.starts_with('\'') && cell.trim_start_matches('\'').starts_with(formula);
        Some(if is_guarded { cell[1..].to_owned() } else { cell.to_owned() })
    }

    fn word(&self, column: &str) -> Item {
        Item::text(self.get(column).unwrap_or_default().trim())
    }

    fn text(&self, column: &str) -> Item {
        Item::text(self.words(column).unwrap_or_default())
    }

    fn number(&self, column: &str) -> Result<Item, String> {
        let Some(cell) = self.get(column) else { return Ok(Item::text("")) };
        let number = cell.trim().parse().ok().filter(|number: &f64| number.is_finite());
        number.map(Item::Number).ok_or_else(|| format!("`{}` in `{column}` is not a number such as `3.5`", cell.escape_debug()))
    }

    fn json(&self, column: &str) -> Result<Option<Node>, String> {
        let Some(cell) = self.get(column) else { return Ok(None) };
        let tree = tree::read(cell, 0..cell.len(), Format::Json);
        let is_whole = tree.faults.is_empty() && tree.root.span.end >= cell.trim_end().len();
        if is_whole { Ok(Some(tree.root)) } else { Err(format!("the cell `{column}` is not JSON")) }
    }

    fn list(&self, column: &str) -> Result<Vec<String>, String> {
        match self.get(column) {
            Some(cell) if !cell.trim_start().starts_with('[') => {
                Ok(cell.split(';').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect())
            }
            _ => Ok(loose::texts(self.json(column)?.as_ref(), &[])),
        }
    }

    fn objects(&self, column: &str, form: &[(&'static str, Form)]) -> Result<Item, String> {
        let Some(node) = self.json(column)? else { return Ok(Item::List(Vec::new())) };
        let Value::List(items) = &node.value else { return Err(format!("the cell `{column}` is no list")) };
        let object =
            |item: &Node| object(item, form).map_err(|key| format!("the cell `{column}` holds `{key}`, which is nothing that is read"));
        Ok(Item::List(items.iter().map(object).collect::<Result<_, _>>()?))
    }

    fn fact(&self, from: Place) -> Result<Fact, String> {
        let exact = self.words("exact").ok_or("there is no `exact`: a fact needs the words that make it")?;
        let (claim, words) = self.claim()?;
        let of = self.article();
        let own = self.get("id").or_else(|| Some(self.get("fact")?.split_once('#')?.1)).map(str::trim);
        let context = |column: &str| self.words(column).map(String::into_boxed_str);
        let position = || Some((self.get("start")?.trim().parse().ok()?, self.get("end")?.trim().parse().ok()?));
        Ok(Fact {
            from,
            of,
            id: own.map_or_else(|| first_words(&words), str::to_owned),
            is_named: own.is_some(),
            anchor: Anchor { exact: exact.into(), prefix: context("prefix"), suffix: context("suffix"), occurrence: None },
            position: position(),
            keys: self.keys(claim)?,
        })
    }

    fn article(&self) -> Vec<Address> {
        let slug = self.get("article").or_else(|| Some(self.get("fact")?.split_once('#')?.0)).map(str::trim);
        let web = [self.get("article_url"), self.get("url")].into_iter().flatten().map(|url| Address::Web(url.trim().to_owned()));
        let named = slug.map(|slug| if slug.contains("://") { Address::Web(slug.to_owned()) } else { Address::Slug(slug.to_owned()) });
        named.into_iter().chain(web).collect()
    }

    /// The claim, and its words in one language.
    fn claim(&self) -> Result<(Item, String), String> {
        let by_lang: Vec<(String, String)> = match self.json("claims")?.map(|node| node.value) {
            Some(Value::Table(entries)) => {
                entries.iter().filter_map(|entry| Some((entry.key.clone(), loose::plain(&entry.node)?.to_owned()))).collect()
            }
            _ => Vec::new(),
        };
        if let Some((_, first)) = by_lang.first().cloned() {
            return Ok((Item::ByLang(by_lang), first));
        }
        let claim = self.words("claim").ok_or("there is no `claim`")?;
        let item = match (self.get("claim_lang"), self.get("article_lang")) {
            (Some(own), Some(article)) if own != article => Item::ByLang(vec![(own.to_owned(), claim.clone())]),
            _ => Item::text(&*claim),
        };
        Ok((item, claim))
    }

    fn keys(&self, claim: Item) -> Result<Keys, String> {
        let unless = |column: &str, default: &str| Item::text(self.get(column).filter(|word| *word != default).unwrap_or_default().trim());
        let mut about = self.list("about")?;
        // Exports name these last, unless an editor named them before.
        for said in ["object", "subject"] {
            if about.last().map(String::as_str) == self.get(said).map(str::trim) {
                about.pop();
            }
        }
        let valid = vec![("at", self.word("valid_at")), ("from", self.word("valid_from")), ("until", self.word("valid_until"))];
        let review = self.get("review_after").map(|day| Item::moment(day).ok_or_else(|| format!("`{}` is not a date", day.escape_debug())));
        Ok(vec![
            ("kind", unless("kind", "attribute")),
            ("claim", claim),
            ("about", Item::texts(about)),
            ("subject", self.word("subject")),
            ("property", self.word("property")),
            ("object", self.word("object")),
            ("value", self.value()?),
            ("valid", Item::Table(valid)),
            ("attribution", self.objects("attribution", ATTRIBUTION)?),
            ("evidence", self.objects("evidence", EVIDENCE)?),
            ("status", unless("status", "unchecked")),
            ("confidence", unless("confidence", "unknown")),
            ("checks", self.objects("checks", CHECK)?),
            ("review_after", review.transpose()?.unwrap_or_else(|| Item::text(""))),
            ("responds_to", self.word("responds_to")),
            ("same_as", Item::texts(self.list("same_as")?)),
            ("replaces", self.word("replaces")),
        ])
    }

    fn value(&self) -> Result<Item, String> {
        let answers =
            [("number", self.number("number")?), ("min", self.number("min")?), ("max", self.number("max")?), ("text", self.text("text"))];
        if answers.iter().all(|(_, item)| item.is_empty()) {
            return Ok(Item::Table(Vec::new()));
        }
        let mut keys = Keys::from(answers);
        keys.extend([("unit", self.text("unit")), ("currency", self.word("currency"))]);
        let approximate =
            self.get("approximate").is_some_and(|cell| ["true", "1", "yes"].contains(&cell.trim().to_ascii_lowercase().as_str()));
        if approximate {
            keys.push(("approximate", Item::Bool(true)));
        }
        keys.push(("stated", self.text("stated")));
        Ok(Item::Table(keys))
    }
}

/// What a key of an object holds.
enum Form {
    Text,
    Number,
    Bool,
    Day,
    /// A text that stands under another key here.
    As(&'static str),
    Table(&'static [(&'static str, Form)]),
}

const ATTRIBUTION: &[(&str, Form)] = &[
    ("agent", Form::Text),
    ("words", Form::As("agent")),
    ("mode", Form::Text),
    ("naming", Form::Text),
    ("count", Form::Number),
    ("basis", Form::Text),
];

const FIGURE: &[(&str, Form)] = &[
    ("number", Form::Number),
    ("min", Form::Number),
    ("max", Form::Number),
    ("text", Form::Text),
    ("unit", Form::Text),
    ("currency", Form::Text),
    ("approximate", Form::Bool),
];

const EVIDENCE: &[(&str, Form)] = &[
    ("source", Form::Text),
    ("url", Form::Text),
    ("title", Form::Text),
    ("accessed", Form::Day),
    ("archived", Form::Text),
    ("stance", Form::Text),
    ("locator", Form::Text),
    ("quote", Form::Text),
    ("value", Form::Table(FIGURE)),
];

const CHECK: &[(&str, Form)] =
    &[("by", Form::Text), ("date", Form::Day), ("result", Form::Text), ("against", Form::Text), ("note", Form::Text)];

/// An object with keys of a form, in the form's order; the error is a key that is none of them, or holds something else.
fn object(node: &Node, form: &[(&'static str, Form)]) -> Result<Item, String> {
    let Value::Table(entries) = &node.value else { return Err("a value that is no object".to_owned()) };
    if let Some(other) = entries.iter().find(|entry| form.iter().all(|(key, _)| *key != entry.key)) {
        return Err(other.key.clone());
    }
    let mut keys = Keys::new();
    for (key, form) in form {
        let Some(node) = Data(node).get(key).filter(|node| !matches!(node.value, Value::Null)) else { continue };
        let (name, item) = match (form, &node.value) {
            (Form::As(name), Value::Text(text)) => (*name, Some(Item::text(&**text))),
            (Form::Text, Value::Text(text)) => (*key, Some(Item::text(&**text))),
            (Form::Day, Value::Text(text)) => (*key, Item::moment(text)),
            (Form::Bool, Value::Bool(truth)) => (*key, Some(Item::Bool(*truth))),
            (Form::Number, _) => (*key, Data::as_number(node).map(Item::Number)),
            (Form::Table(inner), _) => (*key, Some(object(node, inner)?)),
            _ => (*key, None),
        };
        keys.push((name, item.ok_or_else(|| (*key).to_owned())?));
    }
    Ok(Item::Table(keys))
}

/// The first words of a claim, of which its id is made.
pub fn first_words(claim: &str) -> String {
    claim.split_whitespace().take(6).collect::<Vec<_>>().join(" ")
}
