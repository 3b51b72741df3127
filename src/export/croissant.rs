//! Croissant 1.0 (MLCommons, 2024; Apache 2.0), JSON-LD in terms of schema.org: the same as `datapackage.json`, for whoever looks for data sets
//! to learn from. Its records are those of the typed tables.

use serde_json::{Value, json};

use super::Desk;
use super::column::{Column, Kind, Row, Table};
use super::fact::FactRow;
use super::package::Listed;
use super::records::{ArticleRow, EntityRow, PropertyRow, RelationRow, SourceRow};

/// What the specification calls Parquet; IANA's name is younger.
const PARQUET: &str = "application/x-parquet";
/// The facts of all years.
const FACTS: &str = "facts-by-year";

/// `croissant.json`.
pub fn metadata(desk: &Desk<'_>, files: &[Listed]) -> Value {
    let mut set = json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": desk.title(),
    });
    if let Some(description) = &desk.config.description {
        set["description"] = desk.own(description).1.into();
    }
    set["url"] = desk.home().into();
    let partitioned = files.iter().any(|file| file.name.starts_with("facts/"));
    let whole = partitioned.then(by_year);
    set["distribution"] = files.iter().map(file_object).chain(whole).collect();
    let tables = [&ArticleRow::TABLE, &EntityRow::TABLE, &RelationRow::TABLE, &PropertyRow::TABLE, &SourceRow::TABLE];
    let parts = tables.iter().filter_map(|table| {
        let name = format!("{}.parquet", table.name);
        files.iter().any(|file| file.name == name).then(|| records(table, &json!({ "fileObject": { "@id": name } })))
    });
    let facts = json!({ "fileSet": { "@id": FACTS } });
    set["recordSet"] = partitioned.then(|| records(&FactRow::TABLE, &facts)).into_iter().chain(parts).collect();
    set
}

fn file_object(file: &Listed) -> Value {
    json!({
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.about(),
        "contentUrl": file.name,
        "contentSize": format!("{} B", file.bytes),
        "encodingFormat": if file.is_parquet() { PARQUET } else { file.media_type() },
        "sha256": file.sha256,
    })
}

fn by_year() -> Value {
    json!({
        "@type": "cr:FileSet",
        "@id": FACTS,
        "name": FACTS,
        "description": "The facts, a file for each year",
        "encodingFormat": PARQUET,
        "includes": "facts/*/facts.parquet",
    })
}

fn records(table: &Table, source: &Value) -> Value {
    let fields = table.columns.iter().map(|column| field(table, column, source)).collect::<Vec<_>>();
    let mut records = json!({ "@type": "cr:RecordSet", "@id": table.name, "name": table.name, "description": table.about });
    if let Some(key) = table.key {
        records["key"] = json!({ "@id": format!("{}/{key}", table.name) });
    }
    records["field"] = fields.into();
    records
}

fn field(table: &Table, column: &Column, source: &Value) -> Value {
    let kind = match column.kind {
        Kind::Word | Kind::Text | Kind::List | Kind::Objects | Kind::Object => "sc:Text",
        Kind::Integer => "sc:Integer",
        Kind::Number => "sc:Float",
        Kind::Flag => "sc:Boolean",
        Kind::Day => "sc:Date",
    };
    let mut source = source.clone();
    source["extract"] = json!({ "column": column.name });
    let mut field = json!({
        "@type": "cr:Field",
        "@id": format!("{}/{}", table.name, column.name),
        "name": column.name,
        "description": column.about,
        "dataType": kind,
        "source": source,
    });
    if column.kind == Kind::List {
        field["repeated"] = true.into();
    }
    field
}

/// The context that the specification gives, word for word.
fn context() -> Value {
    json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "citeAs": "cr:citeAs",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "data": { "@id": "cr:data", "@type": "@json" },
        "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
        "dct": "http://purl.org/dc/terms/",
        "equivalentProperty": "cr:equivalentProperty",
        "examples": { "@id": "cr:examples", "@type": "@json" },
        "extract": "cr:extract",
        "field": "cr:field",
        "fileProperty": "cr:fileProperty",
        "fileObject": "cr:fileObject",
        "fileSet": "cr:fileSet",
        "format": "cr:format",
        "includes": "cr:includes",
        "isLiveDataset": "cr:isLiveDataset",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "md5": "cr:md5",
        "parentField": "cr:parentField",
        "path": "cr:path",
        "recordSet": "cr:recordSet",
        "references": "cr:references",
        "regex": "cr:regex",
        "repeated": "cr:repeated",
        "replace": "cr:replace",
        "samplingRate": "cr:samplingRate",
        "sc": "https://schema.org/",
        "separator": "cr:separator",
        "source": "cr:source",
        "subField": "cr:subField",
        "transform": "cr:transform"
    })
}
