//! From the archive to the disk.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::changes::Changes;
use super::edition::{Edition, Made};
use super::export::beside as data;
use super::memo::{Memo, Published};
use super::{Ended, Explained, Loaded, Progress, Remembers, Request, Stage, Summary};
use crate::base::diagnostic::sort;
use crate::base::{Diagnostic, Error, OutputPath};
use crate::picture;
use crate::publish::{self, Opened, Publisher};
use crate::site::{PageKind, PlannedPage};

/// Makes every page, and writes nothing.
pub(super) fn check(loaded: &mut Loaded, request: &Request, memo: &mut Memo, progress: &dyn Progress) -> Result<Ended, Error> {
    if let Some(edition) = super::edition::edition(loaded, memo, progress) {
        let output = loaded.output(request);
        proof(&edition, output, loaded, progress)?;
    }
    Ok(if progress.goes_on() { loaded.verdict() } else { Ended::Stopped })
}

/// Makes every page of the edition for nobody, to find what only that tells.
fn proof(edition: &Edition, output: PathBuf, loaded: &mut Loaded, progress: &dyn Progress) -> Result<(), Error> {
    progress.begin(Stage::Rendering, edition.site().plan.pages.len());
    let press = Press { edition, sink: Sink::Nowhere(output), last: None, changes: None };
    if let Some(sheets) = press.make_all(progress)? {
        loaded.add(sheets.errors);
    }
    Ok(())
}

/// Makes every page that is not as it was, and publishes the site.
pub(super) fn build(loaded: &mut Loaded, request: &Request, memo: &mut Memo, progress: &dyn Progress) -> Result<Ended, Error> {
    let output = loaded.output(request);
    if let Err(why) = publish::check_place(&request.root, &output) {
        return Ok(Ended::BadPlace(why));
    }
    let Some(edition) = super::edition::edition(loaded, memo, progress) else { return Ok(loaded.verdict()) };
    // With an error there is no edition.
    if memo.denies && !loaded.diagnostics.is_empty() {
        proof(&edition, output, loaded, progress)?;
        return Ok(Ended::ContentErrors);
    }
    // From here on the output is held: whoever ends the round has to wait until it is given free.
    progress.begin(Stage::Rendering, edition.site().plan.pages.len());
    if !progress.goes_on() {
        return Ok(Ended::Stopped);
    }
    let publisher = match Publisher::open(&output, request.overwrite)? {
        Opened::Ready(publisher) => publisher,
        Opened::Foreign { example } => return Ok(Ended::Foreign(example)),
    };
    let last = memo.published.as_ref();
    let changes = last.and_then(|last| Changes::between(&last.edition, &edition));
    let press = Press { edition: &edition, sink: Sink::Disk(&publisher), last, changes };
    let Some(Sheets { errors, lengths, rendered }) = press.make_all(progress)? else { return Ok(Ended::Stopped) };
    if !errors.is_empty() {
        loaded.add(errors);
        return Ok(Ended::ContentErrors);
    }
    let folder = edition.search_folder();
    match (&folder, memo.remembers) {
        (None, _) => {}
        (Some(folder), Remembers::Output) => publisher.keep_written(|path| super::search::is_index(folder, path)),
        (Some(_), _) => {
            progress.begin(Stage::Indexing, 1);
            super::search::put(&edition, &memo.indexed, &publisher)?;
        }
    }
    if memo.remembers == Remembers::Output && !edition.site().config.exports.data.is_empty() {
        publisher.keep_written(data::is_data);
    } else if !data::put(&edition, &publisher, progress)? {
        return Ok(Ended::Stopped);
    }
    let explained = if memo.explains { explain(&edition, &rendered, memo) } else { Vec::new() };
    progress.begin(Stage::Publishing, 1);
    let published = publisher.commit()?;
    progress.advance();
    memo.changed.clear();
    let archive = edition.site().archive;
    let summary = Summary {
        articles: archive.articles.len(),
        facts: archive.articles.iter().map(|article| article.facts.len()).sum(),
        entities: archive.register.entities.len(),
        rendered: rendered.len(),
        explained,
        published,
    };
    memo.published = (memo.remembers == Remembers::Output).then_some(Published { edition: Arc::new(edition), lengths });
    Ok(Ended::Built(summary))
}

fn explain(edition: &Edition, rendered: &[usize], memo: &Memo) -> Vec<Explained> {
    let known = |page: &PlannedPage| memo.published.as_ref().is_some_and(|last| last.lengths.contains_key(&page.output));
    let pages = rendered.iter().map(|position| &edition.site().plan.pages[*position]);
    pages.map(|page| edition.because(page, known(page), &memo.changed)).collect()
}

/// Where what is made goes.
enum Sink<'p> {
    /// To the disk.
    Disk(&'p Publisher),
    /// Nowhere: that it can be made is all that was asked. What stands in this output has been made.
    Nowhere(PathBuf),
}

/// Makes the pages of an edition.
struct Press<'p> {
    edition: &'p Edition,
    sink: Sink<'p>,
    /// What was published last, where that is remembered.
    last: Option<&'p Published>,
    /// What is new since then; `None` when anything may be.
    changes: Option<Changes>,
}

/// What a press made.
#[derive(Default)]
struct Sheets {
    /// The templates' errors, each once however many pages it spoils.
    errors: Vec<Diagnostic>,
    /// The length of each file, in bytes, where it is known.
    lengths: HashMap<OutputPath, u64>,
    /// The pages that were rendered, by position in the plan.
    rendered: Vec<usize>,
}

/// What became of one page.
enum Sheet {
    Good { length: Option<u64>, anew: bool },
    Spoilt(Diagnostic),
}

/// At how many different errors of templates it is enough.
const ENOUGH: usize = 20;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Press<'_> {
    /// Makes every page; `None` if that was no longer wanted before the last was made.
    fn make_all(&self, progress: &dyn Progress) -> Result<Option<Sheets>, Error> {
        let pages = &self.edition.site().plan.pages;
        let made = |page: &PlannedPage| {
            if !progress.goes_on() {
                return Ok(None);
            }
            let made = BUFFER.with_borrow_mut(|buffer| self.make(page, buffer));
            progress.advance();
            made.map(Some)
        };
        let made: Vec<Option<Sheet>> = pages.par_iter().map(made).collect::<Result<_, Error>>()?;
        let Some(made) = made.into_iter().collect::<Option<Vec<Sheet>>>() else { return Ok(None) };
        let mut sheets = Sheets::default();
        for (position, (page, sheet)) in pages.iter().zip(made).enumerate() {
            match sheet {
                Sheet::Good { length, anew } => {
                    sheets.rendered.extend(anew.then_some(position));
                    sheets.lengths.extend(length.map(|length| (page.output.clone(), length)));
                }
                Sheet::Spoilt(error) => sheets.errors.push(error),
            }
        }
        sort(&mut sheets.errors);
        sheets.errors.dedup();
        sheets.errors.truncate(ENOUGH);
        Ok(Some(sheets))
    }

    fn make(&self, page: &PlannedPage, buffer: &mut Vec<u8>) -> Result<Sheet, Error> {
        if let Some(length) = self.unchanged(page)
            && self.keep(page, length)?
        {
            return Ok(Sheet::Good { length: Some(length), anew: false });
        }
        if matches!(page.kind, PageKind::Smaller(..) | PageKind::Card(_)) && self.stands(page)? {
            return Ok(Sheet::Good { length: None, anew: false });
        }
        let made = match self.sink {
            Sink::Disk(_) => self.edition.make(page, buffer)?,
            Sink::Nowhere(_) => self.edition.prove(page, buffer)?,
        };
        self.put(page, made, buffer)
    }

    /// The length of the page's file, if it was published last time and nothing that it is made from has changed.
    fn unchanged(&self, page: &PlannedPage) -> Option<u64> {
        let last = self.last?;
        let length = *last.lengths.get(&page.output).filter(|_| last.edition.shows_at(page) == Some(&page.kind))?;
        let same = match page.kind {
            PageKind::Copy(_) | PageKind::ThemeAsset(_) => self.edition.copies_the_same(page, &last.edition),
            PageKind::Smaller(..) | PageKind::Card(_) => true,
            _ => self.changes.as_ref().is_some_and(|changes| !changes.touch(self.edition, page)),
        };
        same.then_some(length)
    }

    fn keep(&self, page: &PlannedPage, length: u64) -> Result<bool, Error> {
        match &self.sink {
            Sink::Disk(publisher) => publisher.keep(&page.output, length),
            Sink::Nowhere(_) => Ok(true),
        }
    }

    /// Whether the output has the page already, if its name tells all that it is made from.
    fn stands(&self, page: &PlannedPage) -> Result<bool, Error> {
        match &self.sink {
            Sink::Disk(publisher) => publisher.keep_whole(&page.output, picture::is_whole),
            Sink::Nowhere(output) => Ok(publish::holds_whole(&output.join(page.output.as_str()), picture::is_whole)),
        }
    }

    fn put(&self, page: &PlannedPage, made: Made, buffer: &[u8]) -> Result<Sheet, Error> {
        let put = |bytes: &[u8]| match &self.sink {
            Sink::Disk(publisher) => publisher.put(&page.output, bytes),
            Sink::Nowhere(_) => Ok(()),
        };
        let length = match made {
            Made::Rendered => {
                put(buffer)?;
                Some(buffer.len() as u64)
            }
            Made::Embedded(bytes) => {
                put(bytes)?;
                Some(bytes.len() as u64)
            }
            Made::Copy(file) => {
                let full = self.edition.full_path(&file);
                match &self.sink {
                    Sink::Disk(publisher) => publisher.copy(&page.output, &full)?,
                    Sink::Nowhere(_) => publish::can_copy(&full)?,
                }
                self.edition.snapshot.get(file.as_str()).map(|file| file.stamp.size())
            }
            Made::Faulty(diagnostic) => return Ok(Sheet::Spoilt(diagnostic)),
        };
        Ok(Sheet::Good {
            length,
            anew: !matches!(page.kind, PageKind::Copy(_) | PageKind::Smaller(..) | PageKind::Card(_) | PageKind::ThemeAsset(_)),
        })
    }
}
