//! `postilla list`

use std::fmt::Write;

use postilla::archive::{Archive, Article, Fact};
use postilla::base::{Code, SourcePath};
use postilla::project::{Remembers, Workspace};
use serde_json::{Value, json};

use super::request;
use crate::Exit;
use crate::args::{Globals, Listed};
use crate::console::Console;
use crate::progress::Bar;

/// Lists what the archive holds, also what is not published; findings go to stderr. The rules are those of any archive.
pub fn run(globals: &Globals, what: Listed, as_json: bool, console: &Console) -> Exit {
    match what {
        Listed::Articles => of_archive(globals, articles, as_json, console),
        Listed::Entities => of_archive(globals, entities, as_json, console),
        Listed::Facts => of_archive(globals, facts, as_json, console),
        Listed::Rules => {
            console.data(&lines(&rules(), as_json));
            Exit::Fine
        }
    }
}

fn of_archive(globals: &Globals, rows: fn(&Archive) -> Vec<Value>, as_json: bool, console: &Console) -> Exit {
    let request = match request(globals, false, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let bar = Bar::new(console.shows_progress());
    let loaded = Workspace::new(request, Remembers::Reading).load(&bar);
    let _ = bar.finish();
    let loaded = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|found| found.is_error()).cloned().collect();
    console.findings(&errors, &|file: &SourcePath| loaded.text(file));
    if let Some(error) = &loaded.refused {
        return console.refuse(error, Exit::Disk);
    }
    let Some(archive) = &loaded.archive else { return Exit::Usage };
    console.data(&lines(&rows(archive), as_json));
    if errors.is_empty() { Exit::Fine } else { Exit::Content }
}

fn articles(archive: &Archive) -> Vec<Value> {
    let row = |article: &Article| {
        json!({
            "slug": article.slug,
            "date": article.head.date.map(|date| date.day().to_string()),
            "lang": article.lang,
            "state": article.head.state,
            "shown": article.shown,
            "facts": article.facts.len(),
            "title": article.head.title,
            "file": article.file.as_str(),
        })
    };
    archive.articles.iter().map(row).collect()
}

fn entities(archive: &Archive) -> Vec<Value> {
    let register = &archive.register;
    let rows = register.entities.iter().enumerate().map(|(position, entity)| {
        json!({
            "id": entity.id,
            "kind": entity.head.kind,
            "facts": archive.index.facts_about[position].len(),
            "articles": archive.index.mentions_of[position].len(),
            "name": entity.head.name.pick(&register.lang, &register.lang).1,
            "file": entity.file.as_str(),
        })
    });
    rows.collect()
}

fn facts(archive: &Archive) -> Vec<Value> {
    let register = &archive.register;
    let entity = |index: Option<postilla::archive::EntityIx>| index.map(|index| &register.entity(index).id);
    let row = |article: &Article, fact: &Fact| {
        json!({
            "fact": format!("{}#{}", article.slug, fact.id),
            "kind": fact.kind,
            "status": fact.status,
            "public": fact.public,
            "subject": entity(fact.subject),
            "property": fact.property.map(|property| register.property(property).0),
            "object": entity(fact.object),
            "value": fact.value,
            "valid": fact.valid,
            "claim": fact.claim.pick(&article.lang, &article.lang).1,
        })
    };
    archive.articles.iter().flat_map(|article| article.facts.iter().map(move |fact| row(article, fact))).collect()
}

fn rules() -> Vec<Value> {
    Code::ALL.iter().map(|code| json!({ "code": code.as_str(), "about": code.about() })).collect()
}

fn lines(rows: &[Value], as_json: bool) -> String {
    if as_json { json_lines(rows) } else { tab_separated(rows) }
}

fn json_lines(rows: &[Value]) -> String {
    rows.iter().fold(String::new(), |mut lines, row| {
        let _ = writeln!(lines, "{row}");
        lines
    })
}

/// One row a line, its fields separated by tabs; control characters of the content become spaces.
fn tab_separated(rows: &[Value]) -> String {
    let line = |row: &Value| row.as_object().map(|fields| fields.values().map(readable).collect::<Vec<_>>().join("\t"));
    rows.iter().filter_map(line).fold(String::new(), |lines, line| lines + &line + "\n")
}

/// A field for people: of a table, the parts that say something.
fn readable(field: &Value) -> String {
    match field {
        Value::Null => String::new(),
        Value::String(text) => text.replace(char::is_control, " "),
        Value::Object(parts) => {
            let says = |(_, part): &(&String, &Value)| !matches!(part, Value::Null | Value::Bool(false));
            parts.iter().filter(says).map(|(name, part)| format!("{name}: {}", readable(part))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_says_only_what_is_known() {
        let value = json!({ "number": 60, "min": null, "unit": "m", "approximate": false });
        assert_eq!(tab_separated(&[json!({ "fact": "a", "value": value, "valid": null })]), "a\tnumber: 60, unit: m\t\n");
    }
}
