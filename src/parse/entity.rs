//! An entity: somebody or something that facts speak of.

use schemars::JsonSchema;
use serde::Deserialize;

use super::List;
use super::dates::Edtf;
use super::sidecar::Valid;
use crate::base::Words;

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
