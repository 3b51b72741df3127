//! The theme: the embedded one, with the archive's own templates, words and files laid over it, name by name.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, File, include_dir};

use crate::base::{Code, Diagnostic, Fingerprint, Lang, Outcome, Place, SourcePath};
use crate::source::{Role, Snapshot};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Words of the interface, by key.
pub type InterfaceWords = BTreeMap<String, String>;

/// Templates, words and files.
pub struct Theme {
    /// Templates by name, such as `article.html`.
    pub templates: BTreeMap<String, String>,
    /// The names of those that the archive brought.
    pub own: BTreeSet<String>,
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
                None => theme.add_own(name, text),
            }
        }
        Ok(Outcome::new(theme, found))
    }

    pub(super) fn embedded() -> Self {
        let mut theme = Self { templates: BTreeMap::new(), own: BTreeSet::new(), assets: BTreeMap::new(), words: BTreeMap::new() };
        let mut found = Vec::new();
        for EmbeddedFile { name, bytes } in EmbeddedFile::all() {
            if let Some(asset) = name.strip_prefix("assets/") {
                theme.assets.insert(asset.to_owned(), Asset::Embedded(bytes));
                continue;
            }
            let text = std::str::from_utf8(bytes).expect("the embedded templates are text");
            match name.strip_prefix("words/").and_then(|name| name.strip_suffix(".toml")) {
                Some(lang) => theme.add_words(lang, &SourcePath::new(name), text, &mut found),
                None => {
                    theme.templates.insert(name.to_owned(), text.to_owned());
                }
            }
        }
        debug_assert!(found.is_empty(), "the embedded words are sound: {found:?}");
        theme
    }

    fn add_own(&mut self, name: &str, text: String) {
        self.own.insert(name.to_owned());
        self.templates.insert(name.to_owned(), text);
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
        let words = self.words.iter().flat_map(|(lang, words)| words.iter().flat_map(move |(key, word)| [lang, key, word]));
        let texts = self.templates.iter().flat_map(|(name, text)| [name, text]).chain(words);
        texts.fold(Fingerprint::default(), |print, text| print.then(Fingerprint::of(text.as_bytes())))
    }

    /// The text of an embedded template, for messages about it.
    pub fn embedded_text(path: &SourcePath) -> Option<&'static str> {
        EMBEDDED.get_file(path.below("templates")?)?.contents_utf8()
    }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}
