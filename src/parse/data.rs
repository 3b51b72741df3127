//! One file's data into one typed value: fast when it is right, thorough when it is wrong. Of data that breaks
//! its schema there is still a value wherever the rest makes one, so that later stages find in the same run what
//! else is wrong; how the wrong parts are left out, `strict` says. What a later check says only because of a part
//! left out is an echo, which `append_news` drops.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fast_toml;
use super::guard::Guard;
use super::{form, strict};
use crate::base::{Code, DataPath, Diagnostic, Outcome, Place, SourcePath, Spot, Step};
use crate::tree;
pub use crate::tree::Format;

/// Reads the `data` bytes of a file's whole `text`. Every error that can be named is named; without a value there
/// is at least one. A value beside errors is what is left without their parts, the positions in lists unchanged.
pub fn read<T: DeserializeOwned + JsonSchema>(file: &SourcePath, text: &str, data: Range<usize>, format: Format) -> Outcome<Option<T>> {
    let data = data.start.max(tree::skip_bom(text)).min(data.end)..data.end;
    let doubt = Cell::new(escapes_may_hide_controls(&text[data.clone()]));
    match read_fast(&text[data.clone()], format, &doubt) {
        Ok(value) if !doubt.get() => Outcome::clean(Some(value)),
        read => read_thoroughly(file, text, data, format, read),
    }
}

/// Whether something stands in `data` by which a string can hold a control character that the text does not.
fn escapes_may_hide_controls(data: &str) -> bool {
    let bytes = data.as_bytes();
    let escape = |at: usize| match bytes.get(at + 1) {
        Some(b'u') => is_control_code(data.get(at + 2..at + 6)),
        Some(b'U') => is_control_code(data.get(at + 2..at + 10)),
        Some(b'0' | b'a' | b'b' | b'e' | b'f' | b'v' | b'x') => true,
        _ => false,
    };
    memchr::memchr_iter(b'\\', bytes).any(escape)
}

fn is_control_code(digits: Option<&str>) -> bool {
    let character = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
    character.is_some_and(form::is_control)
}

/// Why serde refused, and where in the data.
struct Refusal {
    message: String,
    at: Option<Range<usize>>,
}

/// Sets `doubt` where the value may not be quite what was written.
fn read_fast<T: DeserializeOwned>(data: &str, format: Format, doubt: &Cell<bool>) -> Result<T, Refusal> {
    match format {
        Format::Toml => fast_toml::from_str(data).or_else(|_| read_toml(data, doubt)),
        Format::Yaml => read_yaml(data, doubt),
        Format::Json => read_json(data, doubt).map_err(|error| Refusal { message: error.to_string(), at: None }),
    }
}

fn read_toml<T: DeserializeOwned>(data: &str, doubt: &Cell<bool>) -> Result<T, Refusal> {
    toml::Deserializer::parse(data)
        .and_then(|reader| T::deserialize(Guard::new(reader, doubt)))
        .map_err(|error| Refusal { message: error.message().to_owned(), at: error.span() })
}

fn read_json<T: DeserializeOwned>(data: &str, doubt: &Cell<bool>) -> serde_json::Result<T> {
    let mut reader = serde_json::Deserializer::from_str(data);
    let value = T::deserialize(Guard::new(&mut reader, doubt))?;
    reader.end().map(|()| value)
}

fn read_yaml<T: DeserializeOwned>(data: &str, doubt: &Cell<bool>) -> Result<T, Refusal> {
    // A sidecar of some thousand facts has more values than the default budget lets pass; bombs need far more.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_nodes: 2_000_000, max_events: 4_000_000 },
        emit_comments: false,
        strict_booleans: true,
    };
    let read = serde_saphyr::with_deserializer_from_str_with_options(data, options, |reader| T::deserialize(Guard::new(reader, doubt)));
    read.map_err(|error| {
        let span = error.location().map(|location| location.span());
        let start = span.and_then(|span| usize::try_from(span.byte_offset()?).ok());
        let length = span.and_then(|span| usize::try_from(span.byte_len()?).ok()).unwrap_or(0);
        let message = error.without_snippet().to_string().lines().next().unwrap_or("").to_owned();
        Refusal { message, at: start.map(|start| start..start + length) }
    })
}

fn read_thoroughly<T: DeserializeOwned + JsonSchema>(
    file: &SourcePath,
    text: &str,
    data: Range<usize>,
    format: Format,
    read: Result<T, Refusal>,
) -> Outcome<Option<T>> {
    let tree = tree::read(text, data.clone(), format);
    if !tree.faults.is_empty() {
        return Outcome::new(None, tree.faults.into_iter().map(|fault| syntax_error(file, text, fault)).collect());
    }
    let Outcome { value: kept, diagnostics } = strict::explain::<T>(file, text, &tree, format);
    match read {
        Ok(value) if diagnostics.is_empty() => Outcome::clean(Some(value)),
        Err(refusal) if diagnostics.is_empty() => Outcome::new(None, vec![refused(file, text, &data, refusal)]),
        _ => {
            let value = kept.and_then(|kept| T::deserialize(Guard::new(kept, &Cell::new(false))).ok());
            Outcome::new(value, diagnostics)
        }
    }
}

/// Whether the lines end as no notation wants them.
pub(super) fn ends_lines_with_cr(text: &str) -> bool {
    text.contains('\r') && !text.contains('\n')
}

fn syntax_error(file: &SourcePath, text: &str, fault: tree::Fault) -> Diagnostic {
    let help = ends_lines_with_cr(text).then(|| "the line ends are CR alone; save the file with LF".to_owned());
    let error = Diagnostic::error(Code::Syntax, Place::bytes(file, fault.at), fault.message).help(help);
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

/// Appends what a check of the value `found` to what the reading `named`, without echoes: what is said inside a
/// part that was named, about the table or list that lost it, or about a key that lacks another beside it.
pub(super) fn append_news(named: &mut Vec<Diagnostic>, mut found: Vec<Diagnostic>) {
    let lost: BTreeSet<&[Step]> = named.iter().map(steps).collect();
    let around: BTreeSet<&[Step]> = lost.iter().filter_map(|path| Some(path.split_last()?.1)).collect();
    found.retain(|later| {
        let path = steps(later);
        let beside = || path.split_last().is_some_and(|(_, table)| around.contains(table));
        let inside = (1..=path.len()).any(|length| lost.contains(&path[..length]));
        !(inside || around.contains(path) || later.code == Code::MissingKey && beside())
    });
    named.append(&mut found);
}

fn steps(diagnostic: &Diagnostic) -> &[Step] {
    match &diagnostic.place.spot {
        Spot::Data(path) => &path.steps,
        Spot::Whole | Spot::Bytes(..) => &[],
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::word::UNREAD;
    use crate::parse::sidecar::{self, Sidecar};
    use crate::parse::{article, property};

    fn read_facts(text: &str) -> (Sidecar, Vec<String>) {
        let Outcome { value, diagnostics } = sidecar::read(&SourcePath::new("a.facts.yaml"), text, Format::Yaml);
        (value.unwrap(), diagnostics.iter().map(shown).collect())
    }

    fn shown(diagnostic: &Diagnostic) -> String {
        match &diagnostic.place.spot {
            Spot::Data(path) => format!("{path}: {}", diagnostic.message),
            spot => format!("{spot:?}: {}", diagnostic.message),
        }
    }

    #[test]
    fn what_is_left_reads_as_if_the_wrong_had_not_been_there() {
        let right = "{id: a, claim: c, subject: 1984, anchor: {exact: x}, value: {min: .nan, max: 3, approximate: true}, \
            valid: {from: 2023}, review_after: 2025-01-13, same_as: [b, c], status: confirmed}";
        let wrong = right.replace("{id: a", "{id: a, x: 1, confidence: surely, about: 3");
        let (kept, found) = read_facts(&format!("facts: [{wrong}]"));
        let (whole, none) = read_facts(&format!("facts: [{right}]"));
        assert_eq!((found.len(), none.len()), (4, 1), "{found:?}");
        assert_eq!(format!("{kept:?}"), format!("{whole:?}"));
    }

    #[test]
    fn a_fact_without_what_it_needs_keeps_its_place_and_the_rest() {
        let (kept, found) = read_facts(
            "facts: [{claim: c, anchor: {exact: x}}, 7, {id: c, claim: [], anchor: {exact: y}}, \
            {id: d, claim: c, anchor: {exact: z, occurrence: 0}, about: [p, {}, q], checks: [{by: a, date: no}]}]",
        );
        let facts: Vec<_> = kept.facts.iter().map(|fact| (&*fact.id, fact.claim.all().next().unwrap(), &*fact.anchor.exact)).collect();
        assert_eq!(facts, [(UNREAD, "c", "x"), (UNREAD, UNREAD, UNREAD), ("c", UNREAD, "y"), ("d", "c", UNREAD)]);
        assert_eq!(*kept.facts[3].about, ["p".into(), UNREAD.into(), "q".into()]);
        assert_eq!(kept.facts[3].checks.len(), 0);
        assert_eq!(
            found,
            [
                "facts[0].id: the key `id` is missing",
                "facts[1]: expected a table, found an integer",
                "facts[2].claim: expected a string or a table, found a list",
                "facts[3].anchor.occurrence: `0` is out of range: from 1 to 4294967295",
                "facts[3].about[1]: expected a string, found a table",
                "facts[3].checks[0].date: `no` is not a date such as `2025-01-13`",
            ]
        );
    }

    #[test]
    fn nothing_is_said_of_a_part_that_is_not_there() {
        let (_, found) = read_facts(
            "facts: [{id: A, claim: c, anchor: {exact: x}, subject: s, property: p, vlaue: {number: 1}}, \
            {id: b, claim: c, anchor: {exact: x}, value: {number: many}, evidence: [{surce: x}, {url: ftp://x, title: t}], \
            valid: {from: 2025, until: 2024}}]",
        );
        assert_eq!(
            found,
            [
                "facts[0].id: `A` cannot stand in an address: an id is made of lower-case letters, digits, `-`, `_` and inner `.`",
                "facts[0].vlaue: unknown key `vlaue`",
                "facts[1].value.number: expected a number, found a string",
                "facts[1].evidence[0].surce: unknown key `surce`",
                "facts[1].evidence[1].url: `ftp://x` is not an http or https address",
                "facts[1].valid.from: `from` 2025 is later than `until` 2024",
            ]
        );
    }

    #[test]
    fn a_document_with_mistakes_in_its_front_matter_is_still_one() {
        let text = "+++\ntags = ['a']\nnonsense = 1\n[extra]\nday = 2025-01-13\n+++\nText";
        let Outcome { value, diagnostics } = article::read(&SourcePath::new("a.md"), text);
        let document = value.unwrap();
        assert_eq!((&*document.head.title, document.head.tags.len(), &text[document.body]), (UNREAD, 1, "Text"));
        assert_eq!(*document.head.extra.unwrap(), serde_json::json!({ "day": "2025-01-13" }));
        let found: Vec<_> = diagnostics.iter().map(shown).collect();
        assert_eq!(found, ["nonsense: unknown key `nonsense`", "title: the key `title` is missing"]);
    }

    fn found(text: &str, format: Format) -> Vec<String> {
        let outcome = sidecar::read(&SourcePath::new("a.facts"), text, format);
        outcome.diagnostics.iter().filter(|found| found.is_error()).map(shown).collect()
    }

    #[test]
    fn a_list_is_no_table_however_well_its_values_fit() {
        let anchor = ["facts[0].anchor: expected a table, found a list"];
        let json = r#"{"facts":[{"id":"a","claim":"c","anchor":["Hello",null,null,null]}]}"#;
        assert_eq!(found(json, Format::Json), anchor);
        assert_eq!(found(json, Format::Yaml), anchor);
        assert_eq!(found("[[facts]]\nid = 'a'\nclaim = 'c'\nanchor = ['x', 'y', 'z', 1]\n", Format::Toml), anchor);
        assert_eq!(found("[[]]", Format::Json), [": expected a table, found a list"]);
        assert_eq!(found("[[]]", Format::Yaml), [": expected a table, found a list"]);
        assert_eq!(found("[]", Format::Json), [": expected a table, found a list"]);
    }

    #[test]
    fn a_number_that_would_lose_digits_is_refused() {
        let with = |number: &str| {
            format!("{{\"facts\":[{{\"id\":\"a\",\"claim\":\"c\",\"anchor\":{{\"exact\":\"x\"}},\"value\":{{\"number\":{number}}}}}]}}")
        };
        for number in ["9007199254740993", "-9007199254740993", "9223372036854775807"] {
            for format in [Format::Json, Format::Yaml] {
                let wrong = format!("facts[0].value.number: `{number}` has more digits than a number can keep");
                assert_eq!(found(&with(number), format), [wrong], "{format:?}");
            }
        }
        for number in ["9007199254740992", "1e300", "-0.0", "12.5"] {
            for format in [Format::Json, Format::Yaml] {
                assert_eq!(found(&with(number), format), [""; 0], "{format:?} {number}");
            }
        }
        let toml = "[[facts]]\nid = 'a'\nclaim = 'c'\nanchor.exact = 'x'\nvalue = {min = 9007199254740993, max = 1e17}\n";
        assert_eq!(found(toml, Format::Toml), ["facts[0].value.min: `9007199254740993` has more digits than a number can keep"]);
        let zero = toml.replace("9007199254740993", "-0.0");
        let value = sidecar::read(&SourcePath::new("a"), &zero, Format::Toml).value.unwrap();
        assert_eq!(value.facts[0].value.as_ref().unwrap().min.unwrap().to_bits(), 0);
    }

    #[test]
    fn an_escape_does_not_let_a_control_character_in() {
        let article = |text: &str, format| {
            let found = read::<article::Article>(&SourcePath::new("a"), text, 0..text.len(), format);
            found.diagnostics.iter().map(shown).collect::<Vec<_>>()
        };
        for (text, format, code) in [
            (r#"title = "a\u0007""#, Format::Toml, "0007"),
            (r#"title = "a\U0000FFFF""#, Format::Toml, "FFFF"),
            (r#"title = "a\b""#, Format::Toml, "0008"),
            (r#"{"title":"a\u000c"}"#, Format::Json, "000C"),
            (r#"{"title":"\f"}"#, Format::Json, "000C"),
            (r#"title: "\e""#, Format::Yaml, "001B"),
            (r#"title: "\x07""#, Format::Yaml, "0007"),
            (r#"title: "\0""#, Format::Yaml, "0000"),
        ] {
            assert_eq!(article(text, format), [format!("title: this text holds a control character, U+{code}")], "{text}");
        }
        let inside = "title = 'x'\n[extra]\na = [{b = \"\\u0001\"}]\n\"k\\u0002\" = 1\n";
        assert_eq!(
            article(inside, Format::Toml),
            ["extra.a[0].b: this text holds a control character, U+0001", "extra.k\u{2}: this key holds a control character, U+0002"]
        );
        for text in [r"title = 'a\b\u0007'", r#"title = "caf\u00e8\n\t\\b""#] {
            assert_eq!(article(text, Format::Toml), [""; 0], "{text}");
        }
    }

    #[test]
    fn common_slips_are_answered_with_what_to_write() {
        let help = |text: &str, format| {
            let outcome = sidecar::read(&SourcePath::new("a"), text, format);
            outcome.diagnostics.into_iter().find_map(|found| found.help).unwrap_or_default()
        };
        assert_eq!(help("[facts]\nid = 'a'\n", Format::Toml), "write `[[facts]]`");
        assert_eq!(help("[[facts]]\nid='a'\nclaim='c'\nanchor = 'Hello'\n", Format::Toml), "write `{ exact = \"Hello\" }`");
        assert_eq!(help("facts: [{id: a, claim: c, anchor: Hello}]", Format::Yaml), "write `{ exact: \"Hello\" }`");
        let article = |text: &str| {
            let found = article::read(&SourcePath::new("a.md"), text).diagnostics;
            found.into_iter().find_map(|found| found.help).unwrap_or_default()
        };
        assert_eq!(article("+++\ntitle = 'x'\nauthors = 'Bob'\n+++\n"), "write `[\"Bob\"]`");
        assert_eq!(article("+++\ntitle = 'x'\ndraft = true\n+++\n"), "write `state = \"draft\"`");
        assert_eq!(article("---\ntitle: x\ndraft: true\n---\n"), "write `state: draft`");
        assert_eq!(article("+++\rtitle = 'x'\r+++\r"), "the line ends are CR alone; save the file with LF");
        assert_eq!(article("\n \n---\ntitle: x\n---\n"), "`---` must be the first line: delete what stands before it");
        assert_eq!(help("[[facts]]\rid = 'a'\r", Format::Toml), "the line ends are CR alone; save the file with LF");
    }

    #[test]
    fn a_property_with_a_mistake_is_still_known() {
        let Outcome { value, diagnostics } = property::read(&SourcePath::new("p.toml"), "[p]\nlable = 'x'\n[q]\ntolerance = -1\n");
        assert_eq!((value.len(), diagnostics.len()), (2, 2));
    }
}
