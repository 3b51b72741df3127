//! The schemas that editors get: they are JSON Schema, they ask for what the program asks for, and real files
//! pass them.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::path::Path;

use common::{archive, files, is_a, repository};
use serde_json::{Map, Value, json};

#[test]
fn schemas_name_the_keys_that_are_required() {
    for (of, required) in [
        ("article", json!(["title"])),
        ("entity", json!(["kind", "name"])),
        ("page", json!(["title"])),
        ("config", json!(["title", "base_url"])),
        ("facts", Value::Null),
    ] {
        let schema = schema(of);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{of}");
        assert_eq!(schema["required"], required, "{of}");
        assert_eq!(schema["additionalProperties"], false, "{of}: unknown keys are errors");
    }
    assert_eq!(schema("facts")["$defs"]["Fact"]["required"], json!(["id", "claim", "anchor"]));
}

#[test]
fn the_bundled_archive_passes_the_schemas() {
    assert!(check_archive(&repository()) > 40);
}

#[test]
fn the_archive_that_init_lays_out_passes_the_schemas() {
    let folder = archive(&[]);
    folder.remove("postilla.toml");
    assert_eq!(folder.run(&["init"]).code, 0);
    assert!(check_archive(folder.root()) >= 6);
}

#[test]
fn wrong_files_do_not_pass() {
    for (of, toml) in [
        ("article", "titel = 'x'"),
        ("article", "title = 3"),
        ("article", "title = 'x'\ndate = '13 January'"),
        ("article", "title = 'x'\nstate = 'nearly'"),
        ("facts", "[[facts]]\nid = 'a'\nclaim = 'b'"),
        ("facts", "[[facts]]\nid = 'a'\nclaim = 'b'\nanchor = { exact = 'c', occurrence = 0 }"),
        ("entity", "kind = 'person'\nname = {}"),
        ("config", "title = 'x'\nbase_url = '/'"),
    ] {
        assert!(validate(&schema(of), &from_toml(toml)).is_err(), "{of}: {toml}");
    }
}

/// Checks every file of an archive that has a schema; gives how many there were.
fn check_archive(root: &Path) -> usize {
    let schemas: Map<String, Value> =
        ["article", "facts", "entity", "page", "properties", "config"].into_iter().map(|of| (of.to_owned(), schema(of))).collect();
    let mut checked = 0;
    let mut sources = files(&root.join("content"));
    sources.insert("postilla.toml".to_owned(), std::fs::read(root.join("postilla.toml")).unwrap());
    for (path, bytes) in sources {
        let text = String::from_utf8(bytes).unwrap();
        let (of, data) = match path.as_str() {
            "postilla.toml" => ("config", text.as_str()),
            "properties.toml" => ("properties", text.as_str()),
            path if path.ends_with(".facts.toml") => ("facts", text.as_str()),
            path if is_a(path, "md") => (kind_of(path), front_matter(path, &text)),
            _ => continue,
        };
        validate(&schemas[of], &from_toml(data)).unwrap_or_else(|why| panic!("{path}: {why}"));
        checked += 1;
    }
    checked
}

fn kind_of(path: &str) -> &'static str {
    match path.split('/').next() {
        Some("articles") => "article",
        Some("entities") => "entity",
        _ => "page",
    }
}

fn front_matter<'t>(path: &str, text: &'t str) -> &'t str {
    let inner = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++"));
    inner.unwrap_or_else(|| panic!("{path} has TOML front matter")).0
}

fn schema(of: &str) -> Value {
    let run = archive(&[]).run(&["schema", of]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// TOML as JSON; its dates become strings, as editors' validators see them.
fn from_toml(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, convert(value))).collect::<Map<_, _>>().into(),
            toml::Value::Array(items) => items.into_iter().map(convert).collect(),
            toml::Value::String(text) => text.into(),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(truth) => truth.into(),
        }
    }
    convert(toml::Value::Table(toml::from_str(text).unwrap()))
}

/// As much of JSON Schema as the schemas use; a keyword that is not known here is an error.
fn validate(root: &Value, value: &Value) -> Result<(), String> {
    against(root, root, value, "")
}

fn against(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let Some(keywords) = schema.as_object() else {
        return if schema == &json!(false) { Err(format!("{at}: nothing may stand here")) } else { Ok(()) };
    };
    let tried = |schemas: &Value| schemas.as_array().unwrap().iter().filter(|one| against(root, one, value, at).is_ok()).count();
    for (keyword, rule) in keywords {
        let fits = match keyword.as_str() {
            "$ref" => return against(root, root.pointer(rule.as_str().unwrap().strip_prefix('#').unwrap()).unwrap(), value, at),
            "type" => match rule {
                Value::Array(types) => types.iter().any(|one| is_of(value, one)),
                one => is_of(value, one),
            },
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "anyOf" => tried(rule) > 0,
            "oneOf" => tried(rule) == 1,
            "required" => {
                value.as_object().is_none_or(|table| rule.as_array().unwrap().iter().all(|key| table.contains_key(key.as_str().unwrap())))
            }
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "minProperties" => value.as_object().is_none_or(|table| table.len() as u64 >= rule.as_u64().unwrap()),
            "format" => value.as_str().is_none_or(|text| postilla::parse::form::check(rule.as_str().unwrap(), text).is_ok()),
            "propertyNames" => value.as_object().is_none_or(|table| table.keys().all(|key| against(root, rule, &json!(key), at).is_ok())),
            "items" => {
                for (position, item) in value.as_array().into_iter().flatten().enumerate() {
                    against(root, rule, item, &format!("{at}/{position}"))?;
                }
                true
            }
            "properties" => {
                for (key, rule) in rule.as_object().unwrap() {
                    value.get(key).map_or(Ok(()), |inner| against(root, rule, inner, &format!("{at}/{key}")))?;
                }
                true
            }
            "additionalProperties" => {
                let known = |key: &String| schema["properties"].get(key).is_some();
                for (key, inner) in value.as_object().into_iter().flatten().filter(|(key, _)| !known(key)) {
                    against(root, rule, inner, &format!("{at}/{key}"))?;
                }
                true
            }
            "$schema" | "$defs" | "title" | "description" | "default" => true,
            other => return Err(format!("{at}: the keyword `{other}` is not known to this test")),
        };
        if !fits {
            return Err(format!("{at}: {value} does not fit `{keyword}`: {rule}"));
        }
    }
    Ok(())
}

fn is_of(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("a type of JSON Schema: {other}"),
    }
}
