//! The site as `serve` shows it: the newest good edition, each page made when it is asked for.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use lru::LruCache;
use postilla::base::{Diagnostic, SourcePath};
use postilla::project::{Edition, Loaded, Made, Memory};
use postilla::report;
use postilla::serve::{Bell, Bytes, Served, Shelf};

/// How many made pages are kept: more than anybody has tabs, and little next to the archive.
const PAGES: NonZeroUsize = NonZeroUsize::new(256).expect("it is more than nothing");

/// The newest good edition, and what is wrong with the archive as it is now.
pub struct Preview {
    bell: Bell,
    shown: RwLock<Shown>,
    /// Pages as they were last made. One that cannot be made any more is shown as it was.
    pages: Mutex<LruCache<String, Page>>,
    /// The search index as it was last asked for, with the number of its edition.
    index: Mutex<Option<(u64, Index)>>,
    indexed: Memory,
}

type Index = BTreeMap<Box<str>, Bytes>;

#[derive(Default)]
struct Shown {
    number: u64,
    edition: Option<Arc<Edition>>,
    loaded: Option<Arc<Loaded>>,
    /// What the templates' failures added to what was found in the archive.
    faults: Vec<Diagnostic>,
    findings: Option<Arc<str>>,
}

struct Page {
    number: u64,
    file: Served,
}

impl Preview {
    /// Nothing to show yet.
    pub fn new(bell: Bell) -> Self {
        Self {
            bell,
            shown: RwLock::default(),
            pages: Mutex::new(LruCache::new(PAGES)),
            index: Mutex::default(),
            indexed: Memory::default(),
        }
    }

    /// Shows `edition` from now on, or the one before while there is none, and what was found in the archive.
    pub fn show(&self, edition: Option<Edition>, loaded: Loaded) {
        let findings = drawn(&loaded, &[]);
        let former = {
            let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            let number = shown.number + u64::from(edition.is_some());
            let edition = edition.map(Arc::new).or_else(|| shown.edition.clone());
            std::mem::replace(&mut *shown, Shown { number, edition, loaded: Some(Arc::new(loaded)), faults: Vec::new(), findings })
        };
        self.bell.ring();
        // What is large is dropped when nobody waits for it.
        drop(former);
    }

    /// Adds a template's failure to the findings.
    fn blame(&self, number: u64, fault: Diagnostic) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        if shown.number != number || shown.faults.contains(&fault) {
            return;
        }
        shown.faults.push(fault);
        if let Some(loaded) = &shown.loaded {
            shown.findings = drawn(loaded, &shown.faults);
        }
        drop(shown);
        self.bell.ring();
    }

    /// A file of the search index, which is made when it is asked for: no edit waits for it.
    fn index_file(&self, number: u64, edition: &Edition, path: &str) -> Option<Served> {
        let name = path.strip_prefix(&edition.search_folder()?)?;
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if index.as_ref().is_none_or(|(known, _)| *known != number) {
            let files = edition.index(&self.indexed, &|| false).ok().flatten()?;
            *index = Some((number, files.into_iter().map(|(name, bytes)| (name, Bytes::from(bytes))).collect()));
        }
        let (_, files) = index.as_ref()?;
        files.get(name).cloned().map(Served::Memory)
    }

    fn make(&self, number: u64, edition: &Edition, path: &str) -> Option<Served> {
        let mut buffer = Vec::new();
        match edition.make(edition.site().plan.page_at(path)?, &mut buffer) {
            Ok(Made::Copy(file)) => Some(Served::Disk(edition.full_path(&file))),
            Ok(Made::Embedded(bytes)) => Some(Served::Memory(Bytes::from_static(bytes))),
            Ok(Made::Faulty(fault)) => {
                self.blame(number, fault);
                None
            }
            // Another round is on its way when a text cannot be read any more.
            Err(_) => None,
            Ok(Made::Rendered) => Some(Served::Memory(Bytes::from(buffer))),
        }
    }
}

impl Shelf for Preview {
    fn file(&self, path: &str) -> Option<Served> {
        let (number, edition) = {
            let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
            (shown.number, shown.edition.clone()?)
        };
        let pages = || self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = pages().get(path).filter(|page| page.number == number) {
            return Some(page.file.clone());
        }
        if edition.site().plan.page_at(path).is_none() {
            return self.index_file(number, &edition, path);
        }
        match self.make(number, &edition, path) {
            Some(file) => {
                pages().put(path.to_owned(), Page { number, file: file.clone() });
                Some(file)
            }
            None => pages().get(path).map(|page| page.file.clone()),
        }
    }

    fn base(&self) -> String {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        shown.edition.as_ref().map(|edition| edition.site().routes.base().to_owned()).unwrap_or_default()
    }

    fn findings(&self) -> Option<Arc<str>> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).findings.clone()
    }
}

fn drawn(loaded: &Loaded, faults: &[Diagnostic]) -> Option<Arc<str>> {
    let all: Vec<Diagnostic> = loaded.diagnostics.iter().chain(faults).cloned().collect();
    let refused = loaded.refused.as_ref().map(ToString::to_string);
    let texts = |file: &SourcePath| loaded.text(file);
    (!all.is_empty() || refused.is_some()).then(|| report::overlay(&all, refused.as_deref(), &texts).into())
}
