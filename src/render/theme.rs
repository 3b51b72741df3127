//! The theme: the embedded one, with the archive's own templates, words and files laid over it, name by name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_bundle::FluentResource;
use include_dir::{Dir, File, include_dir};

use super::words::Words;
use super::words::lint::{self, Messages};
use crate::base::{Fingerprint, Outcome, SourcePath};
use crate::source::{Role, Snapshot};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Templates, words and files.
pub struct Theme {
    /// Templates by name, such as `article.html`.
    pub templates: BTreeMap<String, String>,
    /// The names of those that the archive brought.
    pub own: BTreeSet<String>,
    /// Files by name below `assets/`.
    pub assets: BTreeMap<String, Asset>,
    /// The words of the interface.
    pub words: Arc<Words>,
    print: Fingerprint,
    print_of_words: Fingerprint,
}

/// Where a file of the theme comes from.
#[derive(Debug, Clone)]
pub enum Asset {
    /// Out of the program.
    Embedded(&'static [u8]),
    /// Out of the archive.
    Own(SourcePath),
}

/// A file of the embedded theme.
#[derive(Debug, Clone, Copy)]
pub struct EmbeddedFile {
    /// Its path below `templates/`.
    pub name: &'static str,
    /// What it holds.
    pub bytes: &'static [u8],
}

impl EmbeddedFile {
    /// Every file of the embedded theme, by name.
    pub fn all() -> Vec<Self> {
        fn below(folder: &'static Dir<'static>) -> Vec<EmbeddedFile> {
            let file = |file: &'static File<'static>| Some(EmbeddedFile { name: file.path().to_str()?, bytes: file.contents() });
            folder.files().filter_map(file).chain(folder.dirs().flat_map(below)).collect()
        }
        let mut all = below(&EMBEDDED);
        all.sort_by_key(|file| file.name);
        all
    }

    /// Its text; a picture has none.
    pub fn text(&self) -> Option<&'static str> {
        std::str::from_utf8(self.bytes).ok()
    }

    /// What it is for: the first sentence of the comment that it opens with.
    pub fn purpose(&self) -> Option<String> {
        const COMMENTS: [(&str, &str); 4] = [("{#-", "-#}"), ("/*", "*/"), ("<!--", "-->"), ("# ", "\n")];
        let text = self.text()?;
        let comment = COMMENTS.iter().find_map(|(open, close)| Some(text.strip_prefix(open)?.split_once(close)?.0));
        let words: Vec<&str> = comment?.split_whitespace().collect();
        let end = words.iter().position(|word| word.ends_with('.')).map_or(words.len(), |at| at + 1);
        Some(words[..end].join(" ").trim_end_matches('.').to_owned()).filter(|purpose| !purpose.is_empty())
    }
}

/// What a folder of templates holds.
struct Folder {
    templates: BTreeMap<String, String>,
    assets: BTreeMap<String, Asset>,
    messages: Vec<Messages>,
}

impl Theme {
    /// The embedded theme with the templates of `snapshot` over it.
    pub fn load(snapshot: &Snapshot) -> Result<Outcome<Self>, crate::base::Error> {
        let Folder { mut templates, mut assets, mut messages } = embedded();
        let mut found = Vec::new();
        let mut own = BTreeMap::new();
        for file in snapshot.of(Role::Template) {
            let Some(name) = file.path.below("templates") else { continue };
            if let Some(asset) = name.strip_prefix("assets/") {
                assets.insert(asset.to_owned(), Asset::Own(file.path.clone()));
                continue;
            }
            let Some(text) = snapshot.read(file)?.settle(&mut found) else { continue };
            if let Some(name) = name.strip_prefix("words/") {
                messages.extend(lint::read(name, file.path.clone(), text, &mut found));
            } else {
                own.insert(name.to_owned(), &file.path);
                templates.insert(name.to_owned(), text);
            }
        }
        let texts: Vec<_> = own.iter().map(|(name, path)| (*path, templates[name].as_str())).collect();
        lint::check(&messages, &texts, &mut found);
        let own = own.into_keys().collect();
        Ok(Outcome::new(Self::of(Folder { templates, assets, messages }, own), found))
    }

    /// The embedded theme alone.
    #[cfg(test)]
    pub(super) fn embedded() -> Self {
        Self::of(embedded(), BTreeSet::new())
    }

    fn of(Folder { templates, assets, messages }: Folder, own: BTreeSet<String>) -> Self {
        let print_of_words = print(messages.iter().flat_map(|messages| [&*messages.tag, messages.resource.source()]));
        let print = print(templates.iter().flat_map(|(name, text)| [name.as_str(), text])).then(print_of_words);
        let files: Vec<_> = messages.into_iter().map(|messages| (messages.tag, messages.resource)).collect();
        Self { templates, own, assets, words: Arc::new(Words::new(&files)), print, print_of_words }
    }

    /// What its templates and words say.
    pub fn print(&self) -> Fingerprint {
        self.print
    }

    /// What its words say.
    pub fn print_of_words(&self) -> Fingerprint {
        self.print_of_words
    }

    /// The text of an embedded template, for messages about it.
    pub fn embedded_text(path: &SourcePath) -> Option<&'static str> {
        EMBEDDED.get_file(path.below("templates")?)?.contents_utf8()
    }
}

fn embedded() -> Folder {
    let mut folder = Folder { templates: BTreeMap::new(), assets: BTreeMap::new(), messages: Vec::new() };
    for EmbeddedFile { name, bytes } in EmbeddedFile::all() {
        if let Some(asset) = name.strip_prefix("assets/") {
            folder.assets.insert(asset.to_owned(), Asset::Embedded(bytes));
            continue;
        }
        let text = std::str::from_utf8(bytes).expect("the embedded templates are text").to_owned();
        if let Some(tag) = name.strip_prefix("words/").and_then(|name| name.strip_suffix(".ftl")) {
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
            folder.messages.push(Messages { tag: tag.into(), resource: Arc::new(resource), file: None });
        } else {
            folder.templates.insert(name.to_owned(), text);
        }
    }
    folder
}

fn print<'t>(texts: impl Iterator<Item = &'t str>) -> Fingerprint {
    texts.fold(Fingerprint::default(), |print, text| print.then(Fingerprint::of(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_of_the_program_says_everything_and_asks_for_the_same() {
        let Folder { messages, .. } = embedded();
        let said = |messages: &Messages| lint::arguments(&messages.resource).map(|(id, names)| format!("{id} {names:?}")).collect();
        let [first, others @ ..] = messages.as_slice() else { panic!("no language") };
        let first: BTreeSet<String> = said(first);
        assert_eq!(others.iter().map(|messages| &*messages.tag).collect::<Vec<_>>(), ["it"]);
        assert!(others.iter().all(|other| said(other) == first));
    }

    #[test]
    fn the_templates_of_the_program_ask_for_what_there_is_and_keep_marks_out_of_attributes() {
        let Folder { templates, messages, .. } = embedded();
        let files: Vec<_> = templates.keys().map(|name| SourcePath::new(format!("templates/{name}"))).collect();
        let mut found = Vec::new();
        lint::check(&messages, &files.iter().zip(templates.values().map(String::as_str)).collect::<Vec<_>>(), &mut found);
        assert_eq!(found, []);
        for (name, text) in &templates {
            for object in ["words.", "words[", "labels."] {
                let in_attribute = |(at, _): &(usize, &str)| text[..*at].trim_end_matches([' ', '{', '-']).ends_with("=\"");
                assert_eq!(
                    text.match_indices(object).find(in_attribute),
                    None,
                    "`{name}` has words in an attribute: `plain` holds no marks"
                );
            }
        }
        assert!(!templates["atom.xml"].contains("words"), "a feed takes plain words");
    }
}
