//! The site as `serve` shows it: the newest good edition, each page made when it is asked for.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, LockResult, Mutex, PoisonError, RwLock};

use lru::LruCache;
use postilla::base::{Diagnostic, SourcePath};
use postilla::project::{Edition, Loaded, Made, Memory};
use postilla::report;
use postilla::serve::{Bell, Bytes, Lack, Served, Shelf};

use crate::console::Console;

/// How many made pages are kept: more than anybody has tabs, and little next to the archive.
const PAGES: NonZeroUsize = NonZeroUsize::new(256).expect("it is more than nothing");

/// The newest good edition, and what is wrong with the archive as it is now.
pub struct Preview {
    bell: Bell,
    console: Arc<Console>,
    shown: RwLock<Shown>,
    /// Pages as they were last made. One that cannot be made any more is shown as it was.
    pages: Mutex<LruCache<String, Page>>,
    /// The pages that could not be made when they were last asked for, and why: so much was said.
    faulty: Mutex<BTreeMap<String, Diagnostic>>,
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
    pub fn new(bell: Bell, console: Arc<Console>) -> Self {
        Self {
            bell,
            console,
            shown: RwLock::default(),
            pages: Mutex::new(LruCache::new(PAGES)),
            faulty: Mutex::default(),
            index: Mutex::default(),
            indexed: Memory::default(),
        }
    }

    /// Shows `edition` from now on, or the one before while there is none, and what was found in the archive.
    pub fn show(&self, edition: Option<Edition>, loaded: Loaded) {
        let findings = drawn(&loaded, &[]);
        let former = {
            let mut shown = unpoisoned(self.shown.write());
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
        let mut shown = unpoisoned(self.shown.write());
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
    fn index_file(&self, number: u64, edition: &Edition, path: &str) -> Result<Served, Lack> {
        let folder = edition.search_folder().ok_or(Lack::NoSuch)?;
        let name = path.strip_prefix(&folder).ok_or(Lack::NoSuch)?;
        let mut index = unpoisoned(self.index.lock());
        if index.as_ref().is_none_or(|(known, _)| *known != number) {
            let files = edition.index(&self.indexed, &|| false).map_err(|refused| Lack::Failed(refused.to_string()))?;
            let files = files.ok_or(Lack::NoSuch)?;
            *index = Some((number, files.into_iter().map(|(name, bytes)| (name, Bytes::from(bytes))).collect()));
        }
        let file = index.as_ref().and_then(|(_, files)| files.get(name).cloned());
        file.map(Served::Memory).ok_or(Lack::NoSuch)
    }

    fn make(&self, number: u64, edition: &Edition, path: &str) -> Result<Served, Lack> {
        let page = edition.site().plan.page_at(path).ok_or(Lack::NoSuch)?;
        let mut buffer = Vec::new();
        // Another round is on its way when a text cannot be read any more.
        let made = edition.make(page, &mut buffer).map_err(|refused| Lack::Failed(refused.to_string()))?;
        if let Made::Faulty(fault) = made {
            let texts = self.texts();
            let why = report::human(std::slice::from_ref(&fault), &texts, false).trim_end().to_owned();
            self.complain(path, &fault, &texts);
            self.blame(number, fault);
            return Err(Lack::Failed(why));
        }
        unpoisoned(self.faulty.lock()).remove(path);
        Ok(match made {
            Made::Copy(file) => Served::Disk(edition.full_path(&file)),
            Made::Embedded(bytes) => Served::Memory(Bytes::from_static(bytes)),
            _ => Served::Memory(Bytes::from(buffer)),
        })
    }

    /// Says in the terminal why the page at `path` cannot be made, unless that was said.
    fn complain(&self, path: &str, fault: &Diagnostic, texts: &dyn report::Texts) {
        let mut faulty = unpoisoned(self.faulty.lock());
        let known = faulty.values().any(|known| known == fault);
        faulty.insert(path.to_owned(), fault.clone());
        drop(faulty);
        if !known {
            self.console.findings(std::slice::from_ref(fault), texts);
        }
    }

    /// The texts of the archive as it is now.
    fn texts(&self) -> impl Fn(&SourcePath) -> Option<String> {
        let loaded = unpoisoned(self.shown.read()).loaded.clone();
        move |file: &SourcePath| loaded.as_ref()?.text(file)
    }
}

impl Shelf for Preview {
    fn file(&self, path: &str) -> Result<Served, Lack> {
        let (number, edition) = {
            let shown = unpoisoned(self.shown.read());
            (shown.number, shown.edition.clone().ok_or(Lack::NoSuch)?)
        };
        if let Some(page) = unpoisoned(self.pages.lock()).get(path).filter(|page| page.number == number) {
            return Ok(page.file.clone());
        }
        if edition.site().plan.page_at(path).is_none() {
            return self.index_file(number, &edition, path);
        }
        match self.make(number, &edition, path) {
            Ok(file) => {
                unpoisoned(self.pages.lock()).put(path.to_owned(), Page { number, file: file.clone() });
                Ok(file)
            }
            Err(Lack::NoSuch) => Err(Lack::NoSuch),
            Err(failed) => unpoisoned(self.pages.lock()).get(path).map(|page| page.file.clone()).ok_or(failed),
        }
    }

    fn base(&self) -> String {
        let shown = unpoisoned(self.shown.read());
        shown.edition.as_ref().map(|edition| edition.site().tree.routes.base().to_owned()).unwrap_or_default()
    }

    fn findings(&self) -> Option<Arc<str>> {
        unpoisoned(self.shown.read()).findings.clone()
    }
}

fn unpoisoned<T>(held: LockResult<T>) -> T {
    held.unwrap_or_else(PoisonError::into_inner)
}

fn drawn(loaded: &Loaded, faults: &[Diagnostic]) -> Option<Arc<str>> {
    let all: Vec<Diagnostic> = loaded.diagnostics.iter().chain(faults).cloned().collect();
    let refused = loaded.refused.as_ref().map(ToString::to_string);
    let texts = |file: &SourcePath| loaded.text(file);
    (!all.is_empty() || refused.is_some()).then(|| report::overlay(&all, refused.as_deref(), &texts).into())
}
