//! What a template's view is made of: which names it has, and which fields each. Taken from the JSON Schemas of the
//! view types, so that it is never behind them.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use schemars::{JsonSchema, schema_for};
use serde_json::Value as Schema;

use crate::site::views::article::ArticleView;
use crate::site::views::corrections::CorrectionsView;
use crate::site::views::coverage::CoverageView;
use crate::site::views::entity::EntityView;
use crate::site::views::front::{HomeView, PageView, RedirectView};
use crate::site::views::lists::{ArticlesView, EntitiesView, PropertiesView, PropertyView, SourceView, SourcesView, TimelineView};
use crate::site::views::machine::{FeedView, SitemapView};
use crate::site::views::{Head, Site};

/// What a value is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A text, a number, yes or no: without fields.
    Plain,
    /// Whatever an archive puts there; any field may be there.
    Open,
    /// Values of one shape.
    List(Arc<Shape>),
    /// Values of one shape under any keys.
    Map(Arc<Shape>),
    /// These fields and no other.
    Table(Arc<BTreeMap<String, Shape>>),
}

/// What a template sees by its names.
pub type Names = BTreeMap<String, Shape>;

/// A template, the name by which it knows its view, and what that is made of.
type SeenBy = (&'static str, &'static str, fn() -> Shape);

/// What the template of each kind of page sees besides what all see.
const VIEWS: &[SeenBy] = &[
    ("index.html", "home", Shape::of::<HomeView<'static>>),
    ("articles.html", "list", Shape::of::<ArticlesView<'static>>),
    ("article.html", "article", Shape::of::<ArticleView<'static>>),
    ("entities.html", "list", Shape::of::<EntitiesView<'static>>),
    ("entity.html", "entity", Shape::of::<EntityView<'static>>),
    ("properties.html", "list", Shape::of::<PropertiesView>),
    ("property.html", "list", Shape::of::<PropertyView<'static>>),
    ("sources.html", "list", Shape::of::<SourcesView<'static>>),
    ("source.html", "list", Shape::of::<SourceView<'static>>),
    ("timeline.html", "list", Shape::of::<TimelineView<'static>>),
    ("coverage.html", "list", Shape::of::<CoverageView<'static>>),
    ("corrections.html", "list", Shape::of::<CorrectionsView<'static>>),
    ("page.html", "content", Shape::of::<PageView<'static>>),
    ("redirect.html", "redirect", Shape::of::<RedirectView>),
    ("atom.xml", "feed", Shape::of::<FeedView<'static>>),
    ("sitemap.xml", "sitemap", Shape::of::<SitemapView>),
    ("sitemap_index.xml", "sitemap", Shape::of::<SitemapView>),
    ("robots.txt", "sitemap", || Shape::Plain),
];

/// The same, worked out once.
static SHAPES: LazyLock<Vec<(&str, &str, Shape)>> =
    LazyLock::new(|| VIEWS.iter().map(|(template, name, shape)| (*template, *name, shape())).collect());

/// Templates whose pages have nothing of their own.
const BARE: [&str; 2] = ["404.html", "search.html"];

/// Any other template is asked for by an article or a plain page.
const CHOSEN: [&str; 2] = ["article.html", "page.html"];

/// What every template sees; `vocabularies` are the fields of `labels`.
pub fn shared(vocabularies: &[&str]) -> Names {
    let words = || Shape::Map(Arc::new(Shape::Plain));
    let labels = vocabularies.iter().map(|vocabulary| ((*vocabulary).to_owned(), words())).collect();
    let names = [
        ("page", Shape::of::<Head<'static>>()),
        ("site", Shape::of::<Site<'static>>()),
        ("words", words()),
        ("labels", Shape::Table(Arc::new(labels))),
        // The words again and the vocabularies among them: the words' own check knows these.
        ("plain", Shape::Open),
    ];
    names.map(|(name, shape)| (name.to_owned(), shape)).into()
}

/// What a template sees besides; `anywhere` for one that others include or extend, which may see what each of them does.
pub fn own(template: &str, anywhere: bool) -> Names {
    let known = VIEWS.iter().any(|(name, ..)| *name == template);
    let sees = |name: &str| anywhere || if known { name == template } else { CHOSEN.contains(&name) && !BARE.contains(&template) };
    let mut names = Names::new();
    for (_, name, shape) in SHAPES.iter().filter(|(template, ..)| sees(template)) {
        let joined = names.remove(*name).unwrap_or(Shape::Plain).or(shape.clone());
        names.insert((*name).to_owned(), joined);
    }
    names
}

/// What the comment at the head of a template says of its view, if it has one.
#[cfg(test)]
pub fn told(template: &str) -> Option<String> {
    let (_, name, shape) = SHAPES.iter().find(|(known, ..)| *known == template)?;
    Some(match shape {
        Shape::Table(fields) => format!("Sees `{name}`: {}.", fields.keys().map(String::as_str).collect::<Vec<_>>().join(", ")),
        _ => format!("Sees `{name}`."),
    })
}

impl Shape {
    /// The shape of what serde makes of a `T`.
    pub fn of<T: JsonSchema>() -> Self {
        let whole = schema_for!(T).to_value();
        Self::read(&whole, &whole, 0)
    }

    fn read(schema: &Schema, whole: &Schema, depth: usize) -> Self {
        // No view holds itself; should one, what lies so deep is not judged.
        const DEEP: usize = 24;
        if depth > DEEP || schema.as_object().is_none_or(serde_json::Map::is_empty) {
            return Self::Open;
        }
        let next = |schema: &Schema| Self::read(schema, whole, depth + 1);
        if let Some(path) = schema["$ref"].as_str() {
            return whole.pointer(path.trim_start_matches('#')).map_or(Self::Open, next);
        }
        for several in ["anyOf", "oneOf", "allOf"] {
            if let Some(choices) = schema[several].as_array() {
                return choices.iter().map(next).reduce(Self::or).unwrap_or(Self::Open);
            }
        }
        if let Some(fields) = schema["properties"].as_object() {
            return Self::Table(Arc::new(fields.iter().map(|(name, field)| (name.clone(), next(field))).collect()));
        }
        if let Some(items) = schema.get("items") {
            return Self::List(Arc::new(next(items)));
        }
        match schema.get("additionalProperties") {
            Some(values) => Self::Map(Arc::new(next(values))),
            None if schema["type"] == "object" || schema["type"] == "array" => Self::Open,
            None if ["type", "enum", "const"].iter().any(|key| schema.get(key).is_some()) => Self::Plain,
            None => Self::Open,
        }
    }

    /// A value that may be of either shape: what either has, it may have.
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Plain, shape) | (shape, Self::Plain) => shape,
            (Self::List(one), Self::List(other)) => Self::List(Arc::new(one.either(&other))),
            (Self::Map(one), Self::Map(other)) => Self::Map(Arc::new(one.either(&other))),
            (Self::Table(one), Self::Table(other)) => {
                let mut fields = (*one).clone();
                for (name, shape) in &*other {
                    let joined = fields.remove(name).unwrap_or(Self::Plain).or(shape.clone());
                    fields.insert(name.clone(), joined);
                }
                Self::Table(Arc::new(fields))
            }
            _ => Self::Open,
        }
    }

    fn either(&self, other: &Self) -> Self {
        self.clone().or(other.clone())
    }

    /// What stands under a name, or the names that there are.
    pub fn field(&self, name: &str) -> Result<Self, Vec<String>> {
        match self {
            Self::Open => Ok(Self::Open),
            Self::Map(value) => Ok((**value).clone()),
            Self::Table(fields) => fields.get(name).cloned().ok_or_else(|| fields.keys().cloned().collect()),
            Self::Plain | Self::List(_) => Err(Vec::new()),
        }
    }

    /// What a loop goes over, or a place in a list holds.
    pub fn item(&self) -> Self {
        match self {
            Self::List(item) | Self::Map(item) => (**item).clone(),
            Self::Plain => Self::Plain,
            Self::Open | Self::Table(_) => Self::Open,
        }
    }
}
