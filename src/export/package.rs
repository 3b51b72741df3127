//! What lies beside the files of a folder and describes them: `datapackage.json` (Frictionless Data Package 1, in the public domain;
//! readers of version 2 take it too) and `checksums.txt` (SHA-256 as `sha256sum -c` reads it).

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::Desk;
use super::column::{Column, Kind, Row, Table};
use super::fact::FactRow;
use crate::base::slug;

/// A file of a folder that has been written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its path in the folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

impl Listed {
    /// Its media type: of IANA's where there is one.
    pub(super) fn media_type(&self) -> &'static str {
        match self.extension() {
            "csv" => "text/csv",
            "parquet" => "application/vnd.apache.parquet",
            "sqlite" => "application/vnd.sqlite3",
            "nq" => "application/n-quads",
            "ttl" => "text/turtle",
            "jsonl" | "json" => "application/jsonl",
            _ => "application/octet-stream",
        }
    }

    /// What it is, in a few words.
    pub(super) fn about(&self) -> String {
        match (self.extension(), &*self.name) {
            ("parquet", name) => format!("Apache Parquet: {}", name.split(['/', '.']).next().unwrap_or(name)),
            (_, "facts.csv") => "The facts as CSV; an apostrophe before words that begin as a formula is no part of them".to_owned(),
            (_, "facts.jsonl") => "The facts as JSON Lines".to_owned(),
            (_, "statements.csv") => "FollowTheMoney statements".to_owned(),
            (_, "entities.ftm.json") => "FollowTheMoney entities, one a line".to_owned(),
            ("sqlite", _) => "SQLite, all tables with full-text search".to_owned(),
            ("nq", _) => "RDF as N-Quads, a graph for each article".to_owned(),
            _ => "RDF as Turtle".to_owned(),
        }
    }

    pub(super) fn is_parquet(&self) -> bool {
        self.extension() == "parquet"
    }

    fn extension(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}

/// `datapackage.json`.
pub fn frictionless(desk: &Desk<'_>, files: &[Listed]) -> Value {
    let mut package = json!({
        "profile": "data-package",
        "name": format!("{}-facts", slug::slugify(desk.title())),
        "title": desk.title(),
    });
    if let Some(description) = &desk.config.description {
        package["description"] = desk.own(description).1.into();
    }
    package["homepage"] = desk.home().into();
    package["resources"] = files.iter().map(resource).collect();
    package
}

fn resource(file: &Listed) -> Value {
    let mut resource = json!({
        "name": file.name.to_lowercase().replace(|c: char| !matches!(c, 'a'..='z' | '0'..='9' | '.' | '_'), "-"),
        "path": file.name,
        "profile": "data-resource",
        // Without this word, Frictionless's own program wants to read as a table whatever could be one.
        "type": "file",
        "description": file.about(),
        "format": file.extension(),
        "mediatype": file.media_type(),
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
    });
    if file.extension() != "parquet" && file.extension() != "sqlite" {
        resource["encoding"] = "utf-8".into();
    }
    if file.name == "facts.csv" {
        resource["profile"] = "tabular-data-resource".into();
        resource["type"] = "table".into();
        resource["schema"] = schema(&FactRow::TABLE);
    }
    resource
}

/// A table by Frictionless Table Schema.
fn schema(table: &Table) -> Value {
    let fields = table.columns.iter().map(|column| field(table, column)).collect::<Vec<_>>();
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    if let Some(key) = table.key {
        schema["primaryKey"] = json!([key]);
    }
    schema
}

fn field(table: &Table, column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Word | Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Flag => "boolean",
        Kind::Day => "date",
        Kind::List | Kind::Objects => "array",
        Kind::Object => "object",
    };
    let mut field = Map::new();
    field.insert("name".to_owned(), column.name.into());
    field.insert("type".to_owned(), kind.into());
    field.insert("description".to_owned(), column.about.into());
    if table.key == Some(column.name) {
        field.insert("constraints".to_owned(), json!({ "required": true, "unique": true }));
    }
    field.into()
}

/// `checksums.txt`.
pub fn checksums(files: &[Listed]) -> String {
    files.iter().fold(String::new(), |mut lines, file| {
        let _ = writeln!(lines, "{}  {}", file.sha256, file.name);
        lines
    })
}
