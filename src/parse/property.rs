//! `properties.toml`: the figures and relations that facts may state.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::{self, Format};
use super::form::{self, Findings};
use crate::base::{Code, DataPath, Outcome, SourcePath, Words};

/// From a property's id to what it means.
pub type Properties = BTreeMap<Box<str>, Property>;

/// Reads `properties.toml`. Properties with errors are there without what is wrong.
pub fn read(file: &SourcePath, text: &str) -> Outcome<Properties> {
    let format = Format::of_extension(file.name()).unwrap_or(Format::Toml);
    let Outcome { value, mut diagnostics } = data::read::<Properties>(file, text, 0..text.len(), format);
    let properties = value.unwrap_or_default();
    let mut findings = Findings::new(file);
    for (id, property) in &properties {
        findings.form(Some(id), form::slug, || DataPath::root().key(&**id).of_key());
        if property.tolerance.is_some_and(|share| !share.is_finite() || share < 0.0) {
            let path = DataPath::root().key(&**id).key("tolerance");
            findings.error(Code::BadValue, path, "a tolerance is a share from zero up, such as `0.05`");
        }
    }
    data::append_news(&mut diagnostics, findings.found);
    Outcome::new(properties, diagnostics)
}

/// What a property means.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Postilla property", deny_unknown_fields)]
pub struct Property {
    /// Its name for readers; the id when absent.
    pub label: Option<Words>,
    /// Its name when read from the object's side: `owns` is `owned by`.
    pub inverse_label: Option<Words>,
    /// The unit of its figures.
    pub unit: Option<Box<str>>,
    /// What its values are.
    #[serde(default)]
    pub datatype: Datatype,
    /// Whether only one value is true at a time, so that two are a contradiction.
    #[serde(default)]
    pub functional: bool,
    /// By what share two figures may differ and still agree: `0.05` is five per cent.
    pub tolerance: Option<f64>,
}

/// What a property's values are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Datatype {
    /// Figures.
    Quantity,
    /// Amounts in a currency.
    Money,
    /// Dates.
    Date,
    /// Entities.
    Entity,
    /// Words.
    #[default]
    Text,
}
