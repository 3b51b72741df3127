//! Front matter of others: the names that Obsidian, Hugo, Zola and Jekyll give to what an article says of itself.

use super::Foreign;
use super::loose::{Data, plain, texts};
use super::markdown::{Unmapped, once};
use super::toml::{Item, Keys};
use crate::base::{Code, Diagnostic, Lang, Place, SourcePath};
use crate::parse::form;
use crate::tree::{self, Entry, Format, FrontMatter, Node, Value};

/// What a text says of itself.
#[derive(Debug, Default)]
pub struct Front {
    /// Where the text begins, in bytes of the file.
    pub body: usize,
    /// Its headline.
    pub title: Option<String>,
    /// The address of the original.
    pub url: Option<String>,
    /// Other names by which texts call it.
    pub names: Vec<String>,
    slug: Option<String>,
    lang: Option<String>,
    date: Option<Item>,
    updated: Option<Item>,
    authors: Vec<String>,
    publisher: Option<String>,
    summary: Option<String>,
    tags: Vec<String>,
    addresses: Vec<String>,
    is_draft: bool,
}

impl Front {
    /// Reads TOML between `+++`, YAML between `---`, or an object of JSON at the start of a text; without any, nothing is said.
    pub fn read(foreign: &Foreign, unmapped: &mut Unmapped) -> Result<Self, Diagnostic> {
        let (file, text) = (&foreign.file, &foreign.text);
        let refuse = |at, message: String| Diagnostic::error(Code::Syntax, Place::bytes(file, at), message);
        let start = tree::skip_bom(text);
        let (format, data, body) = match tree::front_matter(text) {
            FrontMatter::Found { format, data, body } => (format, data, body.start),
            // Three dashes alone are also a rule between paragraphs; a fence of TOML is nothing else.
            FrontMatter::Unclosed(fence) => return Err(refuse(fence, "the front matter that begins here does not end".to_owned())),
            FrontMatter::Absent => match text[start..].starts_with('{').then(|| text.find("\n}")).flatten() {
                Some(end) => (Format::Json, start..end + 2, end + 2),
                None => return Ok(Self { body: start, date: dated(&foreign.inner), ..Self::default() }.drafted()),
            },
        };
        let read = tree::read(text, data.clone(), format);
        if let Some(fault) = read.faults.first() {
            return Err(refuse(fault.at.clone(), fault.message.clone()));
        }
        let mut front = Self { body, ..Self::default() };
        if let Value::Table(entries) = &read.root.value {
            front.take(file, entries, unmapped);
        }
        front.date = front.date.or_else(|| dated(&foreign.inner));
        Ok(front.drafted())
    }

    fn take(&mut self, file: &SourcePath, entries: &[Entry], unmapped: &mut Unmapped) {
        for entry in entries {
            if !self.take_key(entry) {
                let inner = match &entry.node.value {
                    Value::Table(inner) if entry.key == "taxonomies" => inner.as_slice(),
                    value if is_empty(value) => continue,
                    _ => std::slice::from_ref(entry),
                };
                for entry in inner.iter().filter(|inner| entry.key != "taxonomies" || !self.take_key(inner)) {
                    let place = Place::bytes(file, entry.key_span.clone());
                    unmapped.entry(entry.key.clone()).or_insert((place, 0)).1 += 1;
                }
            }
        }
    }

    /// Whether the key has a counterpart, and its value the form of one.
    fn take_key(&mut self, entry: &Entry) -> bool {
        let node = &entry.node;
        let text = || scalar(node);
        let all = || texts(Some(node), &["name", "title"]);
        let fill = |place: &mut Option<String>, with: Option<String>| {
            let fits = with.is_some() && place.is_none();
            fits.then(|| *place = with).is_some()
        };
        match entry.key.to_ascii_lowercase().as_str() {
            "title" => fill(&mut self.title, text()),
            "slug" => fill(&mut self.slug, text()),
            "lang" | "language" | "locale" => fill(&mut self.lang, text().filter(|tag| Lang::new(tag).is_some())),
            "date" | "published" if !matches!(node.value, Value::Bool(_)) => set_date(&mut self.date, node),
            "created" | "pubdate" | "publishdate" | "published_date" => self.date.is_some() || set_date(&mut self.date, node),
            "updated" | "lastmod" | "modified" | "last_modified_at" => set_date(&mut self.updated, node),
            "draft" => self.take_draft(node, true),
            "published" | "publish" => self.take_draft(node, false),
            "author" | "authors" => extend(&mut self.authors, all()),
            "publisher" | "site" => fill(&mut self.publisher, text()),
            "description" | "summary" | "excerpt" => fill(&mut self.summary, text()),
            "tags" | "categories" | "category" | "keywords" => extend(&mut self.tags, tags(&all())),
            "aliases" | "alias" | "redirect_from" => self.take_aliases(all()),
            "url" | "permalink" | "source" | "canonical" | "canonical_url" => match text() {
                Some(address) if form::address(&address).is_ok() => fill(&mut self.url, Some(address)),
                Some(path) if entry.key != "source" && path.contains('/') => self.take_aliases(vec![path]),
                _ => false,
            },
            _ => false,
        }
    }

    fn take_draft(&mut self, node: &Node, draft: bool) -> bool {
        let Value::Bool(said) = node.value else { return false };
        self.is_draft |= said == draft;
        true
    }

    /// Names, as Obsidian has them, or earlier addresses, as all others do.
    fn take_aliases(&mut self, written: Vec<String>) -> bool {
        for alias in written {
            let is_address = alias.contains('/') || alias.ends_with(".html");
            let is_address = is_address && form::alias(&alias).is_ok();
            let list = if is_address { &mut self.addresses } else { &mut self.names };
            list.push(alias);
        }
        true
    }

    /// What has no date has not come out.
    fn drafted(self) -> Self {
        Self { is_draft: self.is_draft || self.date.is_none(), ..self }
    }

    /// The name that the article would like to have.
    pub fn name(&self, inner: &SourcePath) -> String {
        let stem = match inner.stem() {
            "index" => inner.folder().rsplit('/').next().filter(|folder| !folder.is_empty()).unwrap_or("index"),
            stem => stem,
        };
        let bare = dated(inner).and_then(|_| stem.get(11..)).filter(|rest| !rest.is_empty()).unwrap_or(stem);
        self.slug.clone().unwrap_or_else(|| bare.to_owned())
    }

    /// The year of its date.
    pub fn year(&self) -> Option<String> {
        match &self.date {
            Some(Item::Bare(date)) => date.get(..4).map(str::to_owned),
            _ => None,
        }
    }

    /// The keys of an article.
    pub fn into_keys(self, title: &str) -> Keys {
        let text = |text: Option<String>| Item::text(text.unwrap_or_default());
        vec![
            ("title", Item::text(title)),
            ("lang", text(self.lang)),
            ("date", self.date.unwrap_or_else(|| Item::text(""))),
            ("updated", self.updated.unwrap_or_else(|| Item::text(""))),
            ("authors", Item::texts(once(self.authors))),
            ("publisher", text(self.publisher)),
            ("url", text(self.url)),
            ("summary", text(self.summary)),
            ("tags", Item::texts(once(self.tags))),
            ("aliases", Item::texts(once(self.addresses))),
            ("state", Item::text(if self.is_draft { "draft" } else { "" })),
        ]
    }
}

fn extend(list: &mut Vec<String>, with: Vec<String>) -> bool {
    let any = !with.is_empty();
    list.extend(with);
    any
}

/// Obsidian and Jekyll also write them in one line.
fn tags(written: &[String]) -> Vec<String> {
    let bare = |tag: &str| tag.trim().trim_start_matches('#').to_owned();
    written.iter().flat_map(|line| line.split(',')).map(bare).filter(|tag| !tag.is_empty()).collect()
}

fn set_date(place: &mut Option<Item>, node: &Node) -> bool {
    let date = scalar(node).and_then(|text| moment(&text));
    let fits = date.is_some();
    *place = date.or(place.take());
    fits
}

/// A moment; of one with a zone in a form of its own, the day.
fn moment(text: &str) -> Option<Item> {
    Item::moment(text).or_else(|| Item::moment(text.get(..10)?).filter(|_| text[10..].starts_with([' ', 'T'])))
}

/// The date with which Jekyll's file names begin.
fn dated(inner: &SourcePath) -> Option<Item> {
    let stem = inner.stem();
    Item::moment(stem.get(..10)?).filter(|_| stem.len() == 10 || stem[10..].starts_with('-'))
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Date(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Table(_) => Data(node).text("name").map(str::to_owned),
        _ => plain(node).map(str::to_owned),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Table(entries) => entries.is_empty(),
        _ => false,
    }
}
