//! An entity: somebody or something that facts speak of.

use schemars::JsonSchema;
use serde::Deserialize;

use super::List;
use super::data;
use super::dates::Edtf;
use super::fact_form;
use super::form::{self, Findings, key};
use super::front_matter::{self, Document};
use super::sidecar::Valid;
use crate::base::{Outcome, SourcePath, Words};

/// The keys of an entity's front matter. Required: `kind` and `name`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Postilla entity", deny_unknown_fields)]
pub struct Entity {
    /// Its name in references and addresses; the file name when absent.
    #[schemars(extend("format" = "slug"))]
    pub id: Option<Box<str>>,
    /// What it is: a word of the kinds' table, or a kind of the archive's own.
    pub kind: Box<str>,
    /// Its name, in one language or several.
    pub name: Words,
    /// Other names by which articles call it.
    #[serde(default)]
    pub aliases: List<Box<str>>,
    /// Words that look like it and are something else; never linked.
    #[serde(default)]
    pub not: List<Box<str>>,
    /// A sentence on who or what it is.
    pub summary: Option<Words>,
    /// Its item in Wikidata, such as `Q95`.
    #[schemars(extend("format" = "wikidata"))]
    pub wikidata: Option<Box<str>>,
    /// Its addresses elsewhere.
    #[serde(default)]
    #[schemars(extend("items" = { "type": "string", "format": "url" }))]
    pub same_as: List<Box<str>>,
    /// The country it belongs to: an entity id or a name.
    pub country: Option<Box<str>>,
    /// When a person was born.
    pub born: Option<Edtf>,
    /// When a person died.
    pub died: Option<Edtf>,
    /// When an organisation began.
    pub founded: Option<Edtf>,
    /// When an organisation ended.
    pub dissolved: Option<Edtf>,
    /// How it stands to other entities.
    #[serde(default)]
    pub relations: List<Relation>,
    /// Ids that this entity had before a merge; their addresses lead here.
    #[serde(default)]
    pub merged_from: List<Box<str>>,
}

/// Reads an entity's file: its front matter, and where its biography begins.
pub fn read(file: &SourcePath, text: &str) -> Outcome<Option<Document<Entity>>> {
    let mut outcome = front_matter::read::<Entity>(file, text);
    if let Some(document) = &outcome.value {
        data::append_news(&mut outcome.diagnostics, check(file, &document.head));
    }
    outcome
}

fn check(file: &SourcePath, entity: &Entity) -> Vec<crate::base::Diagnostic> {
    let mut findings = Findings::new(file);
    findings.form(entity.id.as_deref(), form::slug, || key("id"));
    for name in entity.name.all() {
        findings.form(Some(name), form::not_blank, || key("name"));
    }
    findings.forms(&entity.aliases, form::not_blank, || key("aliases"));
    findings.forms(&entity.not, form::not_blank, || key("not"));
    findings.form(entity.wikidata.as_deref(), form::wikidata, || key("wikidata"));
    findings.forms(&entity.same_as, form::address, || key("same_as"));
    findings.forms(&entity.merged_from, form::slug, || key("merged_from"));
    for (index, relation) in entity.relations.iter().enumerate() {
        if let Some(valid) = &relation.valid {
            fact_form::check_valid(&mut findings, valid, &|| key("relations").index(index).key("valid"));
        }
    }
    findings.found
}

/// How an entity stands to another.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Relation {
    /// A property's id.
    pub property: Box<str>,
    /// The other entity's id.
    pub object: Box<str>,
    /// When it holds.
    pub valid: Option<Box<Valid>>,
    /// A key of the bibliography.
    pub source: Option<Box<str>>,
}
