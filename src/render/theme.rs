//! The theme: the embedded one, with the archive's own templates, words and files laid over it, name by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::FluentResource;
use include_dir::{Dir, include_dir};

use super::words::Words;
use super::words::lint::{self, Messages};
use crate::base::{Fingerprint, Outcome, SourcePath};
use crate::source::{Role, Snapshot};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Templates, words and files.
pub struct Theme {
    /// Templates by name, such as `article.html`.
    pub templates: BTreeMap<String, String>,
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
        let mut own = Vec::new();
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
                own.push((&file.path, name));
                templates.insert(name.to_owned(), text);
            }
        }
        let own: Vec<_> = own.into_iter().map(|(path, name)| (path, templates[name].as_str())).collect();
        lint::check(&messages, &own, &mut found);
        let print_of_words = print(messages.iter().flat_map(|messages| [&*messages.tag, messages.resource.source()]));
        let print = print(templates.iter().flat_map(|(name, text)| [name.as_str(), text])).then(print_of_words);
        let files: Vec<_> = messages.into_iter().map(|messages| (messages.tag, messages.resource)).collect();
        Ok(Outcome::new(Self { templates, assets, words: Arc::new(Words::new(&files)), print, print_of_words }, found))
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
    for (name, bytes) in files(&EMBEDDED) {
        if let Some(asset) = name.strip_prefix("assets/") {
            folder.assets.insert(asset.to_owned(), Asset::Embedded(bytes));
            continue;
        }
        let text = std::str::from_utf8(bytes).expect("the embedded templates are text").to_owned();
        if let Some(tag) = name.strip_prefix("words/").and_then(|name| name.strip_suffix(".ftl")) {
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
            folder.messages.push(Messages { tag: tag.into(), resource: Arc::new(resource), file: None });
        } else {
            folder.templates.insert(name, text);
        }
    }
    folder
}

fn print<'t>(texts: impl Iterator<Item = &'t str>) -> Fingerprint {
    texts.fold(Fingerprint::default(), |print, text| print.then(Fingerprint::of(text.as_bytes())))
}

fn files(folder: &'static Dir<'static>) -> Vec<(String, &'static [u8])> {
    let mut found: Vec<_> = folder.files().map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())).collect();
    found.extend(folder.dirs().flat_map(files));
    found.sort();
    found
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
