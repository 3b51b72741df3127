//! The theme: the embedded one, with the archive's own templates, words and files laid over it, name by name.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::base::{Code, Diagnostic, Fingerprint, Lang, Outcome, Place, SourcePath};
use crate::source::{Role, Snapshot};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Words of the interface, by key.
pub type InterfaceWords = BTreeMap<String, String>;

/// Templates, words and files.
pub struct Theme {
    /// Templates by name, such as `article.html`.
    pub templates: BTreeMap<String, String>,
    /// Files by name below `assets/`.
    pub assets: BTreeMap<String, Asset>,
    words: BTreeMap<String, InterfaceWords>,
}

/// Where a file of the theme comes from.
#[derive(Debug, Clone)]
pub enum Asset {
    /// Out of the program.
    Embedded(&'static [u8]),
    /// Out of the archive.
    Own(SourcePath),
}

impl Theme {
    /// The embedded theme with the templates of `snapshot` over it.
    pub fn load(snapshot: &Snapshot) -> Result<Outcome<Self>, crate::base::Error> {
        let mut theme = Self::embedded();
        let mut found = Vec::new();
        for file in snapshot.of(Role::Template) {
            let Some(name) = file.path.below("templates") else { continue };
            if let Some(asset) = name.strip_prefix("assets/") {
                theme.assets.insert(asset.to_owned(), Asset::Own(file.path.clone()));
                continue;
            }
            let Some(text) = snapshot.read(file)?.settle(&mut found) else { continue };
            match name.strip_prefix("words/").and_then(|name| name.strip_suffix(".toml")) {
                Some(lang) => theme.add_words(lang, &file.path, &text, &mut found),
                None => {
                    theme.templates.insert(name.to_owned(), text);
                }
            }
        }
        Ok(Outcome::new(theme, found))
    }

    fn embedded() -> Self {
        let mut theme = Self { templates: BTreeMap::new(), assets: BTreeMap::new(), words: BTreeMap::new() };
        let mut found = Vec::new();
        for (name, bytes) in files(&EMBEDDED) {
            if let Some(asset) = name.strip_prefix("assets/") {
                theme.assets.insert(asset.to_owned(), Asset::Embedded(bytes));
                continue;
            }
            let text = std::str::from_utf8(bytes).expect("the embedded templates are text");
            match name.strip_prefix("words/").and_then(|name| name.strip_suffix(".toml")) {
                Some(lang) => theme.add_words(lang, &SourcePath::new(name.as_str()), text, &mut found),
                None => {
                    theme.templates.insert(name, text.to_owned());
                }
            }
        }
        debug_assert!(found.is_empty(), "the embedded words are sound: {found:?}");
        theme
    }

    fn add_words(&mut self, lang: &str, file: &SourcePath, text: &str, found: &mut Vec<Diagnostic>) {
        match toml::from_str::<InterfaceWords>(text) {
            Ok(words) => self.words.entry(lang.to_owned()).or_default().extend(words),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                found.push(Diagnostic::error(Code::Syntax, Place::bytes(file, span), error.message().trim_end_matches('.').to_owned()));
            }
        }
    }

    /// The words of the interface for pages in `lang`: missing ones come from the archive's language, then from
    /// English.
    pub fn words(&self, lang: &Lang, archive: &Lang) -> InterfaceWords {
        let mut words = InterfaceWords::new();
        for tag in ["en", primary(archive.as_str()), archive.as_str(), primary(lang.as_str()), lang.as_str()] {
            words.extend(self.words.get(tag).cloned().unwrap_or_default());
        }
        words
    }

    /// What its templates and words say.
    pub fn print(&self) -> Fingerprint {
        let texts = self.templates.iter().flat_map(|(name, text)| [name, text]);
        texts.fold(self.print_of_words(), |print, text| print.then(Fingerprint::of(text.as_bytes())))
    }

    /// What its words say.
    pub fn print_of_words(&self) -> Fingerprint {
        let words = self.words.iter().flat_map(|(lang, words)| words.iter().flat_map(move |(key, word)| [lang, key, word]));
        words.fold(Fingerprint::default(), |print, text| print.then(Fingerprint::of(text.as_bytes())))
    }

    /// The text of an embedded template, for messages about it.
    pub fn embedded_text(path: &SourcePath) -> Option<&'static str> {
        EMBEDDED.get_file(path.below("templates")?)?.contents_utf8()
    }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

fn files(folder: &'static Dir<'static>) -> Vec<(String, &'static [u8])> {
    let mut found: Vec<_> = folder.files().map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())).collect();
    found.extend(folder.dirs().flat_map(files));
    found.sort();
    found
}
