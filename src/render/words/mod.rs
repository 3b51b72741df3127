//! The words of the interface, in Fluent (projectfluent.org): what each language says, and which one speaks where it is silent.
//! Knows no template and no page.

mod asks;
mod figure;
pub mod lint;
mod say;

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use fluent_syntax::ast::Entry;
use rapidhash::RapidHashMap;
use tera::{Map, Value};
use unic_langid::LanguageIdentifier;

use crate::base::Lang;
use crate::site::views::html::{push_attribute, push_text};

pub use say::Say;

/// The words of every language that has some, by its tag: what is said with all of its files first, and what is said without the
/// last of them behind it, for messages that cannot be used.
#[derive(Default)]
pub struct Words {
    tongues: BTreeMap<Box<str>, Vec<Tongue>>,
}

/// What one language says.
struct Tongue {
    tag: Box<str>,
    bundle: FluentBundle<Arc<FluentResource>>,
    /// The messages that take no arguments, resolved.
    plain: BTreeMap<Box<str>, Box<str>>,
    /// What was said of small numbers: a site counts the same things over and over.
    counted: RwLock<RapidHashMap<Box<str>, Vec<Option<Value>>>>,
}

/// What pages in one language see.
pub struct Spoken {
    /// Words, marked where they are in another language: `words`.
    pub words: Value,
    /// The same by vocabulary: `labels.status.confirmed` is `words.status_confirmed`.
    pub labels: Value,
    /// The same without marks, for attributes, titles and feeds: `plain`, and `plain.labels`.
    pub plain: Value,
}

/// Vocabularies whose words stand on every page that shows facts.
pub(super) const VOCABULARIES: [&str; 7] = ["confidence", "fact", "mode", "naming", "since", "stance", "status"];

/// The entries of `words` and `plain` that are no messages; an underscore in front is none that Fluent knows.
const TONGUES: &str = "_tongues";
const LABELS: &str = "labels";

impl Words {
    /// Words from files, each with its language's tag; of one language, later files replace messages of earlier ones.
    pub fn new(files: &[(Box<str>, Arc<FluentResource>)]) -> Self {
        let mut by_tag: BTreeMap<Box<str>, Vec<Arc<FluentResource>>> = BTreeMap::new();
        for (tag, file) in files {
            by_tag.entry(tag.clone()).or_default().push(Arc::clone(file));
        }
        let layers = |tag: &str, files: Vec<_>| (1..=files.len()).rev().map(|count| Tongue::new(tag, &files[..count])).collect();
        Self { tongues: by_tag.into_iter().map(|(tag, files)| (tag.clone(), layers(&tag, files))).collect() }
    }

    /// Who speaks on pages in `lang`: the language, where it is silent the archive's, then English, then anyone.
    fn chain<'l>(&'l self, lang: &'l Lang, archive: &'l Lang) -> Vec<&'l str> {
        let tags = [lang.as_str(), primary(lang.as_str()), archive.as_str(), primary(archive.as_str()), "en"];
        let mut chain: Vec<&str> = Vec::new();
        for tag in tags.into_iter().chain(self.tongues.keys().map(|tag| &**tag)) {
            if self.tongues.contains_key(tag) && !chain.contains(&tag) {
                chain.push(tag);
            }
        }
        chain
    }

    fn tongues(&self, tag: &str) -> impl DoubleEndedIterator<Item = &Tongue> {
        self.tongues.get(tag).into_iter().flatten()
    }

    /// What pages in `lang` say by a message that takes no arguments; nothing where nobody says it so.
    pub fn word<'l>(&'l self, id: &str, lang: &'l Lang, archive: &'l Lang) -> &'l str {
        let mut tongues = self.chain(lang, archive).into_iter().flat_map(|tag| self.tongues(tag));
        let speaker = tongues.find(|tongue| tongue.bundle.has_message(id));
        speaker.and_then(|tongue| tongue.plain.get(id)).map_or("", |word| word)
    }

    /// What pages in `lang` see.
    pub fn spoken(&self, lang: &Lang, archive: &Lang) -> Spoken {
        let chain = self.chain(lang, archive);
        let mut texts: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        for tongue in chain.iter().rev().flat_map(|tag| self.tongues(tag).rev()) {
            texts.extend(tongue.plain.iter().map(|(id, text)| (&**id, (&*tongue.tag, &**text))));
            // What takes arguments here is no plain word, whatever others say.
            texts.retain(|id, _| tongue.plain.contains_key(*id) || !tongue.bundle.has_message(id));
        }
        let of = |value: &dyn Fn(&str, &str) -> Value| -> Map {
            texts.iter().map(|(id, (tag, text))| ((*id).to_owned().into(), value(tag, text))).collect()
        };
        let (mut words, mut plain) = (of(&|tag, text| marked(tag, text, lang.as_str())), of(&|_, text| Value::normal_string(text)));
        let (labels, plain_labels) = (labels(&words), labels(&plain));
        plain.insert(LABELS.into(), plain_labels);
        let speakers: Vec<&str> = [lang.as_str()].into_iter().chain(chain).collect();
        words.insert(TONGUES.into(), Value::from_serializable(&speakers));
        Spoken { words: words.into(), labels, plain: plain.into() }
    }
}

impl Tongue {
    fn new(tag: &str, files: &[Arc<FluentResource>]) -> Self {
        let langid = tag.parse::<LanguageIdentifier>().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![langid]);
        // Marks that keep directions apart are for languages that mix them.
        bundle.set_use_isolating(Lang::new(tag).is_some_and(|lang| lang.is_right_to_left()));
        bundle.set_formatter(Some(figure::format));
        let ids: Vec<Box<str>> = files.iter().flat_map(|file| messages(file).map(Box::from)).collect();
        for file in files {
            bundle.add_resource_overriding(Arc::clone(file));
        }
        let plain = ids.into_iter().filter_map(|id| Some((id.clone(), resolve(&bundle, &id)?))).collect();
        // What is said with arguments is HTML, since they may be; plain words are escaped by templates.
        bundle.set_transform(Some(say::escaped));
        Self { tag: tag.into(), bundle, plain, counted: RwLock::default() }
    }
}

/// A message without arguments; `None` when it asks for some.
fn resolve(bundle: &FluentBundle<Arc<FluentResource>>, id: &str) -> Option<Box<str>> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut errors);
    errors.is_empty().then(|| text.into())
}

/// The names of a file's messages.
fn messages(file: &FluentResource) -> impl Iterator<Item = &str> {
    file.entries().filter_map(|entry| if let Entry::Message(message) = entry { Some(message.id.name) } else { None })
}

/// The words of each vocabulary by themselves.
fn labels(words: &Map) -> Value {
    let of = |vocabulary: &'static str| {
        let entry = |(key, word): (&tera::value::Key<'static>, &Value)| {
            let rest = key.as_str()?.strip_prefix(vocabulary)?.strip_prefix('_')?;
            Some((rest.to_owned().into(), word.clone()))
        };
        (vocabulary.into(), words.iter().filter_map(entry).collect::<Map>().into())
    };
    VOCABULARIES.into_iter().map(of).collect::<Map>().into()
}

/// Words of `tag` on a page in `lang`: as they are, or as HTML that says in which language they are.
fn marked(tag: &str, text: &str, lang: &str) -> Value {
    if primary(tag) == primary(lang) {
        return Value::normal_string(text);
    }
    let mut html = String::new();
    push_text(&mut html, text);
    Value::safe_string(&spanned(tag, &html))
}

fn spanned(tag: &str, html: &str) -> String {
    let mut span = String::from("<span lang=\"");
    push_attribute(&mut span, tag);
    format!("{span}\">{html}</span>")
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests;
