//! `postilla schema`

use postilla::config::Config;
use postilla::parse::article::Article;
use postilla::parse::entity::Entity;
use postilla::parse::page::Page;
use postilla::parse::property::Properties;
use postilla::parse::sidecar::Sidecar;
use schemars::schema_for;

use crate::Exit;
use crate::args::SchemaOf;
use crate::console::Console;

/// Prints a JSON Schema (draft 2020-12).
pub fn run(of: SchemaOf, console: &Console) -> Exit {
    let schema = match of {
        SchemaOf::Article => schema_for!(Article),
        SchemaOf::Facts => schema_for!(Sidecar),
        SchemaOf::Entity => schema_for!(Entity),
        SchemaOf::Page => schema_for!(Page),
        SchemaOf::Properties => schema_for!(Properties),
        SchemaOf::Config => schema_for!(Config),
    };
    console.data(&format!("{}\n", serde_json::to_string_pretty(&schema).expect("a schema is plain data")));
    Exit::Fine
}
