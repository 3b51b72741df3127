//! The bibliography: `sources.bib` in BibTeX or BibLaTeX, or `sources.yml` in Hayagriva's YAML.

use std::ops::Range;

use hayagriva::Entry;
use hayagriva::types::{Date, FormatString, Person};

use super::List;
use super::bibtex;
use super::dates::Edtf;
use super::form;
use crate::base::{Code, DataPath, Diagnostic, Outcome, Place, SourcePath};
use crate::tree::{self, Format, Tree, Value};

/// A source that evidence may name.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// By which evidence names it.
    pub key: Box<str>,
    /// What it is, by Hayagriva's entry types: `article`, `book`, `web`, `report` …
    pub kind: Box<str>,
    /// Its title.
    pub title: Option<Box<str>>,
    /// Who wrote it, given names first.
    pub authors: List<Box<str>>,
    /// Who published it, or the organisation behind it.
    pub publisher: Option<Box<str>>,
    /// The title of what it appeared in: a newspaper, a journal, a collection.
    pub container: Option<Box<str>>,
    /// When it appeared.
    pub date: Option<Edtf>,
    /// Where it stands; `http` or `https`.
    pub url: Option<Box<str>>,
    /// When it was read there.
    pub accessed: Option<Edtf>,
    /// Where a copy is kept: BibTeX's `archiveurl`, Hayagriva's `archive-location`; `http` or `https`.
    pub archived: Option<Box<str>>,
    /// Its DOI, without an address.
    pub doi: Option<Box<str>>,
    /// A word on it.
    pub note: Option<Box<str>>,
    /// The bibliography in which it stands.
    pub file: SourcePath,
    /// Where its key stands, in bytes of the file.
    pub at: Range<usize>,
}

/// From how many sources on each is read by itself.
const MANY: usize = 5_000;

/// Reads a bibliography by the end of its name: `.bib`, else YAML. Sources with errors are left out, the others stay.
pub fn read(file: &SourcePath, text: &str) -> Outcome<Vec<Source>> {
    let mut found = Vec::new();
    let entries = if file.name().rsplit_once('.').is_some_and(|(_, end)| end == "bib") {
        bibtex::read(file, text, &mut found)
    } else {
        read_yaml(file, text, &mut found)
    };
    let sources = entries.iter().map(|(entry, at)| source(file, entry, at, &mut found)).collect();
    Outcome::new(sources, found)
}

fn read_yaml(file: &SourcePath, text: &str, found: &mut Vec<Diagnostic>) -> Vec<(Entry, Range<usize>)> {
    let start = tree::skip_bom(text);
    let Tree { root, faults } = tree::read(text, start..text.len(), Format::Yaml);
    let entries = match root.value {
        Value::Table(entries) => entries,
        Value::Null if faults.is_empty() => return Vec::new(),
        _ if faults.is_empty() => {
            let place = Place::data(file, DataPath::root());
            found.push(Diagnostic::error(Code::WrongType, place, "expected a table of sources by their keys"));
            return Vec::new();
        }
        _ => Vec::new(),
    };
    let entries_with_controls: Vec<Diagnostic> = entries.iter().filter_map(|entry| control_in(file, entry)).collect();
    let keys: Vec<Range<usize>> = entries.into_iter().map(|entry| entry.key_span).collect();
    if !faults.is_empty() {
        found.extend(faults.into_iter().map(|fault| yaml_fault(file, fault, &keys)));
        return Vec::new();
    }
    found.extend(entries_with_controls);
    // Hayagriva compares every key with all before it.
    if keys.len() > MANY {
        return apart(file, text, &keys, "", found);
    }
    match hayagriva::io::from_yaml_str(&text[start..]) {
        Ok(library) => library.into_iter().zip(keys).collect(),
        Err(error) => apart(file, text, &keys, &error.to_string(), found),
    }
}

/// About a control character in a source: an escape brings in what the text itself may not hold.
fn control_in(file: &SourcePath, entry: &tree::Entry) -> Option<Diagnostic> {
    let c = first_control(&entry.node.value).or_else(|| entry.key.chars().find(|c| form::is_control(*c)))?;
    let message = format!("the source `{}` holds a control character, U+{:04X}", entry.key.escape_debug(), u32::from(c));
    Some(Diagnostic::error(Code::BadValue, Place::bytes(file, entry.key_span.clone()), message))
}

fn first_control(value: &Value) -> Option<char> {
    match value {
        Value::Text(text) => text.chars().find(|c| form::is_control(*c)),
        Value::List(items) => items.iter().find_map(|item| first_control(&item.value)),
        Value::Table(entries) => entries.iter().find_map(|entry| first_control(&entry.node.value)),
        _ => None,
    }
}

fn yaml_fault(file: &SourcePath, fault: tree::Fault, keys: &[Range<usize>]) -> Diagnostic {
    let source = fault.first.as_ref().is_some_and(|first| keys.contains(first));
    let code = if source { Code::DuplicateId } else { Code::Syntax };
    let error = Diagnostic::error(code, Place::bytes(file, fault.at), fault.message);
    match fault.first {
        Some(first) => error.related(Place::bytes(file, first), "first here"),
        None => error,
    }
}

/// Reads each source by itself, so that one that is wrong does not hide the others.
fn apart(file: &SourcePath, text: &str, keys: &[Range<usize>], whole: &str, found: &mut Vec<Diagnostic>) -> Vec<(Entry, Range<usize>)> {
    let before = found.len();
    let mut entries = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        let end = keys.get(index + 1).map_or(text.len(), |next| next.start);
        match hayagriva::io::from_yaml_str(text.get(key.start..end).unwrap_or("")) {
            Ok(library) => entries.extend(library.into_iter().map(|entry| (entry, key.clone()))),
            Err(error) => {
                found.push(Diagnostic::error(Code::BadValue, Place::bytes(file, key.clone()), without_position(&error.to_string())));
            }
        }
    }
    if found.len() == before && !whole.is_empty() {
        found.push(Diagnostic::error(Code::BadValue, Place::whole(file), without_position(whole)));
    }
    entries
}

fn without_position(message: &str) -> String {
    let end = message.find(", expected one of").or_else(|| message.rfind(" at line ")).unwrap_or(message.len());
    message[..end].to_owned()
}

fn source(file: &SourcePath, entry: &Entry, at: &Range<usize>, found: &mut Vec<Diagnostic>) -> Source {
    let url = entry.url_any();
    let address = url.map(|url| url.value.as_str());
    if let Some(Err(why)) = address.map(form::address) {
        found.push(Diagnostic::error(Code::BadValue, Place::bytes(file, at.clone()), format!("the source `{}`: {why}", entry.key())));
    }
    let publisher = entry.map(|entry| entry.publisher().and_then(|publisher| publisher.name())).or_else(|| entry.organization());
    Source {
        key: entry.key().into(),
        kind: kind(entry),
        title: entry.title().map(words),
        authors: entry.authors().or_else(|| entry.editors()).unwrap_or_default().iter().map(name).collect(),
        publisher: publisher.map(words),
        container: entry.map_parents(|parent| parent.title()).map(words),
        date: entry.date_any().and_then(edtf),
        url: address.filter(|address| form::address(address).is_ok()).map(Box::from),
        accessed: url.and_then(|url| url.visit_date.as_ref()).and_then(edtf),
        archived: archived(entry),
        doi: entry.doi().map(Box::from),
        note: entry.note().map(words),
        file: file.clone(),
        at: at.clone(),
    }
}

/// A shelf mark is no address.
fn archived(entry: &Entry) -> Option<Box<str>> {
    let location = words(entry.archive_location()?);
    form::address(&location).is_ok().then_some(location)
}

fn kind(entry: &Entry) -> Box<str> {
    match serde_json::to_value(entry.entry_type()) {
        Ok(serde_json::Value::String(kind)) => kind.into(),
        _ => "misc".into(),
    }
}

fn words(text: &FormatString) -> Box<str> {
    text.value.to_string().trim().into()
}

fn name(person: &Person) -> Box<str> {
    person.given_first(false).trim().into()
}

fn edtf(date: &Date) -> Option<Edtf> {
    let sign = if date.year < 0 { "-" } else { "" };
    // Of a season, only the year is kept.
    let month = date.month.filter(|_| date.season.is_none()).map(|month| format!("-{:02}", u16::from(month) + 1));
    let day = date.day.filter(|_| month.is_some()).map(|day| format!("-{:02}", u16::from(day) + 1));
    let approximate = if date.approximate { "~" } else { "" };
    let text = format!("{sign}{:04}{}{}{approximate}", date.year.unsigned_abs(), month.unwrap_or_default(), day.unwrap_or_default());
    Edtf::parse(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIB: &str = r#"
@string{ft = "Financial Times"}
@article{mcmorrow2024, author = {McMorrow, Ryan and Olcott, Eleanor}, title = {The {AI} push}, journaltitle = ft, date = {2024-11-03},
  url = {https://example.org/a?b=1}, urldate = {2025-01-02}}
@inproceedings{talk, title = {A talk}, crossref = {conf}, note = {see p. 3}}
@proceedings{conf, title = {The conference}, year = 2023, publisher = {ACM}}
"#;

    const YAML: &str = "ft-2024:\n  type: article\n  title: The AI push\n  author: [\"McMorrow, Ryan\"]\n  date: 2024-11\n  \
        url: { value: https://example.org/, date: 2025-01-02 }\n  parent: { type: newspaper, title: Financial Times }\n";

    fn read_as(name: &str, text: &str) -> Outcome<Vec<Source>> {
        read(&SourcePath::new(name), text)
    }

    fn wrongs(name: &str, text: &str) -> Vec<String> {
        let found = read_as(name, text).diagnostics;
        found.iter().map(|diagnostic| format!("{:?} {}", diagnostic.place.spot, diagnostic.message)).collect()
    }

    #[test]
    fn an_escape_does_not_let_a_control_character_in() {
        let text = "a:\n  type: book\n  title: \"x\\u0007\"\nb:\n  type: book\n  author: [\"\\e\"]\nc:\n  type: book\n  title: \"\\t\"\n";
        assert_eq!(
            wrongs("sources.yml", text),
            [
                "Bytes(0, 1) the source `a` holds a control character, U+0007",
                "Bytes(35, 36) the source `b` holds a control character, U+001B"
            ]
        );
    }

    #[test]
    fn bibtex_is_read_with_its_abbreviations_and_cross_references() {
        let Outcome { value: sources, diagnostics } = read_as("sources.bib", BIB);
        assert_eq!(diagnostics, []);
        let [article, talk, _] = &sources[..] else { panic!("{sources:?}") };
        assert_eq!((&*article.key, &*article.kind, &BIB[article.at.clone()]), ("mcmorrow2024", "article", "mcmorrow2024"));
        assert_eq!(*article.authors, ["Ryan McMorrow".into(), "Eleanor Olcott".into()]);
        assert_eq!((article.title.as_deref(), article.container.as_deref()), (Some("The AI push"), Some("Financial Times")));
        assert_eq!(article.date.as_ref().map(Edtf::as_str), Some("2024-11-03"));
        assert_eq!(article.accessed.as_ref().map(Edtf::as_str), Some("2025-01-02"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/a?b=1"));
        assert_eq!((talk.container.as_deref(), talk.note.as_deref()), (Some("The conference"), Some("see p. 3")));
    }

    #[test]
    fn hayagriva_yaml_is_read() {
        let Outcome { value: sources, diagnostics } = read_as("sources.yml", YAML);
        assert_eq!(diagnostics, []);
        let [source] = &sources[..] else { panic!("{sources:?}") };
        assert_eq!((&*source.key, source.container.as_deref(), &YAML[source.at.clone()]), ("ft-2024", Some("Financial Times"), "ft-2024"));
        assert_eq!(source.date.as_ref().map(Edtf::as_str), Some("2024-11"));
        assert_eq!(read_as("sources.yml", "").value, []);
    }

    #[test]
    fn a_source_that_is_wrong_does_not_hide_the_others() {
        let bib = "@book{a, title = {x}, date = {20x4}}\n@book{b, title = {y}}\n@book{b, title = {z}}\n@book{c, title = nowhere}\n";
        assert_eq!(
            wrongs("s.bib", bib),
            [
                "Bytes(65, 66) two sources with the key `b`",
                "Bytes(98, 105) not valid BibTeX: unknown abbreviation \"nowhere\"",
                "Bytes(6, 7) the date of the source `a` cannot be read",
            ]
        );
        assert_eq!(read_as("s.bib", bib).value.len(), 2);
        let yaml = "a:\n  type: nothing\nb:\n  type: book\n  url: javascript:alert(1)\n";
        assert_eq!(
            wrongs("s.yml", yaml),
            [
                "Bytes(0, 1) a.type: unknown variant `nothing`",
                "Bytes(19, 20) the source `b`: `javascript:alert(1)` is not an http or https address"
            ]
        );
        assert_eq!(read_as("s.yml", yaml).value.len(), 1);
    }

    #[test]
    fn repeated_keys_are_named_with_the_first() {
        let twice = "a: {type: book}\nb: {type: book, type: web}\na: {type: web}\n";
        assert_eq!(
            wrongs("s.yml", twice),
            ["Bytes(32, 36) the key `type` stands here twice", "Bytes(43, 44) the key `a` stands here twice"]
        );
    }

    #[test]
    fn what_leads_back_to_itself_is_refused() {
        let deep = format!("@book{{a, title = {{{}x{}}}}}", "\\a{".repeat(5_000), "}".repeat(5_000));
        let doubling = (1..60).map(|n| format!("@string{{s{n} = s{p} # s{p}}}\n", p = n - 1)).collect::<Vec<_>>().concat();
        let texts = [
            "@string{a = b}@string{b = a}@book{x, title = a}".to_owned(),
            "@string{a = {x}}@string{b = a}@string{a = b}@book{x, title = b}".to_owned(),
            "@book{a, crossref = {b}}@book{b, crossref = {a}}".to_owned(),
            "@book{a, crossref = {{A}}, ids = {A}}".to_owned(),
            (0..60).map(|n| format!("@xdata{{e{n}, XDATA = {{e{p},e{p}}}}}\n", p = n + 1)).collect::<Vec<_>>().concat(),
            format!("@string{{s0 = {{xxxxxxxxxx}}}}{doubling}@book{{a, title = s59}}"),
            deep,
        ];
        for text in texts {
            assert_eq!(wrongs("s.bib", &text).len(), 1, "{text:.60}");
        }
    }

    #[test]
    fn garbage_never_crashes() {
        let kinds = ["article", "inbook", "mvbook", "incollection", "inproceedings", "thesis", "online", "xdata", "video", "zzz"];
        let fields = [
            "author",
            "editor",
            "editora",
            "date",
            "year",
            "month",
            "day",
            "pages",
            "volume",
            "number",
            "edition",
            "url",
            "urldate",
            "doi",
            "language",
            "langid",
            "title",
            "maintitle",
            "booktitle",
            "ids",
            "crossref",
            "xdata",
            "eventdate",
            "isbn",
            "eprint",
            "eprinttype",
            "pubstate",
            "series",
            "chapter",
            "pagetotal",
        ];
        let values = [
            "",
            "{}",
            "{{}}",
            "-",
            "--",
            ",",
            ", ,",
            "and",
            " and ",
            "a, b, c, d",
            "\\",
            "\\'",
            "\\'{}",
            "$x$",
            "0",
            "99999999999999999999",
            "-1",
            "2024-13-45",
            "0000-00",
            "2024/",
            "/",
            "../2024",
            "19XX",
            "2024-02-3u",
            "?~%",
            "a:b",
            "\u{0}",
            "\u{feff}",
            "è𝄞",
            "http://",
            "1--2--3",
            "i\\\"\\i",
            "~",
            "#",
        ];
        for kind in kinds {
            for field in fields {
                for value in values {
                    let _any =
                        read_as("s.bib", &format!("@{kind}{{k, title = {{x}}, maintitle = {{m}}, volume = {{1}}, {field} = {{{value}}}}}"));
                }
            }
        }
        for text in values.iter().map(|value| (*value).to_owned()).chain((0..BIB.len()).filter_map(|end| BIB.get(..end).map(String::from)))
        {
            let _any = (read_as("s.bib", &text), read_as("s.yml", &text));
        }
        for end in 0..YAML.len() {
            let _any = read_as("s.yml", &YAML[..end]);
        }
        for field in fields {
            for value in values {
                let _any = read_as(
                    "s.yml",
                    &format!("a: {{type: book, {field}: \"{}\", parent: {{title: x, {field}: '{value}'}}}}", value.escape_default()),
                );
            }
        }
        let nested = format!("a: {}", "{type: book, parent: ".repeat(10_000));
        assert_eq!(wrongs("s.yml", &nested).len(), 1);
    }
}
