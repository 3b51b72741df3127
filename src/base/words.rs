//! Text in one language or several, and the names of languages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

/// A language tag by BCP 47, such as `it` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Lang(Box<str>);

impl Lang {
    /// `None` when `tag` is no well-formed BCP 47 language identifier.
    pub fn new(tag: &str) -> Option<Self> {
        icu::locale::LanguageIdentifier::try_from_str(tag).ok().map(|_| Self(tag.into()))
    }

    /// The tag as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether readers of the one read the other: they differ at most in the region or the script.
    pub fn reads_as(&self, other: &Self) -> bool {
        self == other || self.primary() == other.primary()
    }

    fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        let locale = icu::locale::LanguageIdentifier::try_from_str(&self.0);
        locale.is_ok_and(|locale| icu::locale::LocaleDirectionality::new_common().is_right_to_left(&locale))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = Cow::<str>::deserialize(deserializer)?;
        Self::new(&tag).ok_or_else(|| de::Error::custom(format!("`{tag}` is not a BCP 47 language tag")))
    }
}

impl JsonSchema for Lang {
    fn schema_name() -> Cow<'static, str> {
        "Lang".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "bcp47", "description": "A language tag by BCP 47, such as `it`." })
    }
}

/// A text of the editor's: a string in the language of its file, or a table from language to string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// One text for every reader.
    One(Box<str>),
    /// A text for each language; not empty.
    ByLang(BTreeMap<Lang, Box<str>>),
}

impl Words {
    /// The text for a reader of `lang`: in that language, else in one that differs in the region, else in `own`, the language of
    /// the file, else any; with the language that it is in. A single text is in `own`.
    pub fn pick<'w>(&'w self, lang: &Lang, own: &'w Lang) -> (&'w Lang, &'w str) {
        match self {
            Self::One(text) => (own, text),
            Self::ByLang(texts) => texts
                .get_key_value(lang)
                .or_else(|| texts.iter().find(|(other, _)| other.reads_as(lang)))
                .or_else(|| texts.get_key_value(own))
                .or_else(|| texts.iter().next())
                .map_or((own, ""), |(lang, text)| (lang, text)),
        }
    }

    /// Whether there is a text that readers of `lang` read; a single text is in `own`.
    pub fn is_for(&self, lang: &Lang, own: &Lang) -> bool {
        match self {
            Self::One(_) => own.reads_as(lang),
            Self::ByLang(texts) => texts.keys().any(|other| other.reads_as(lang)),
        }
    }

    /// Every text, whatever its language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Self::One(text) => (Some(&**text), None),
            Self::ByLang(texts) => (None, Some(texts.values().map(|text| &**text))),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsVisitor)
    }
}

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, or a table of strings by language")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Words, E> {
        Ok(Words::One(text.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
        let mut texts = BTreeMap::new();
        while let Some((lang, text)) = map.next_entry::<Lang, Box<str>>()? {
            if texts.insert(lang, text).is_some() {
                return Err(de::Error::custom("one language twice"));
            }
        }
        if texts.is_empty() {
            return Err(de::Error::custom("a table by language wants at least one language"));
        }
        Ok(Words::ByLang(texts))
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text, or a table of texts by language.",
            "anyOf": [
                { "type": "string" },
                { "type": "object", "additionalProperties": { "type": "string" }, "propertyNames": { "format": "bcp47" }, "minProperties": 1 },
            ],
        })
    }
}
