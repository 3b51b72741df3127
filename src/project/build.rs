//! From the archive to the disk.

use std::cell::RefCell;
use std::collections::HashMap;

use rayon::prelude::*;

use super::edition::{Before, Edition, Made};
use super::memo::{Memo, Pressed};
use super::{Ended, Explained, Loaded, Progress, Request, Stage, Summary};
use crate::base::diagnostic::sort;
use crate::base::{Diagnostic, Error, OutputPath};
use crate::publish::{self, Opened, Publisher};
use crate::site::PlannedPage;

/// Makes every page, and writes nothing.
pub(super) fn check(loaded: &mut Loaded, memo: &mut Memo, progress: &dyn Progress) -> Result<Ended, Error> {
    if let Some(edition) = super::edition::edition(loaded, memo, progress) {
        let press = Press { edition: &edition, sink: Sink::Nowhere, before: None };
        loaded.add(press.make_all(progress)?.errors);
    }
    Ok(loaded.verdict())
}

/// Makes every page that is not as it was, and publishes the site.
pub(super) fn build(loaded: &mut Loaded, request: &Request, memo: &mut Memo, progress: &dyn Progress) -> Result<Ended, Error> {
    let output = loaded.output(request);
    if let Err(why) = publish::check_place(&request.root, &output) {
        return Ok(Ended::BadPlace(why));
    }
    let Some(edition) = super::edition::edition(loaded, memo, progress) else { return Ok(loaded.verdict()) };
    let publisher = match Publisher::open(&output, request.overwrite)? {
        Opened::Ready(publisher) => publisher,
        Opened::Foreign { example } => return Ok(Ended::Foreign(example)),
    };
    let press = Press { edition: &edition, sink: Sink::Disk(&publisher), before: memo.pressed.as_ref() };
    let Sheets { errors, pressed, rendered } = press.make_all(progress)?;
    let explained = if memo.explains { explain(&edition, &rendered, memo) } else { Vec::new() };
    if !errors.is_empty() {
        loaded.add(errors);
        return Ok(Ended::ContentErrors);
    }
    progress.begin(Stage::Publishing, 1);
    let published = publisher.commit()?;
    progress.advance();
    if memo.pressed.is_some() {
        memo.pressed = Some(pressed);
    }
    memo.changed.clear();
    let archive = edition.site().archive;
    Ok(Ended::Built(Summary {
        articles: archive.articles.len(),
        facts: archive.articles.iter().map(|article| article.facts.len()).sum(),
        entities: archive.register.entities.len(),
        rendered: rendered.len(),
        explained,
        published,
    }))
}

fn explain(edition: &Edition, rendered: &[usize], memo: &Memo) -> Vec<Explained> {
    let known = |page: &PlannedPage| memo.pressed.as_ref().is_some_and(|pressed| pressed.contains_key(&page.output));
    let pages = rendered.iter().map(|position| &edition.site().plan.pages[*position]);
    pages.map(|page| edition.because(page, known(page), &memo.changed)).collect()
}

/// Where what is made goes.
enum Sink<'p> {
    /// To the disk.
    Disk(&'p Publisher),
    /// Nowhere: that it can be made is all that was asked.
    Nowhere,
}

/// Makes the pages of an edition.
struct Press<'p> {
    edition: &'p Edition,
    sink: Sink<'p>,
    /// The files of the last build, where they are remembered.
    before: Option<&'p HashMap<OutputPath, Pressed>>,
}

/// What a press made.
#[derive(Default)]
struct Sheets {
    /// The templates' errors, each once however many pages it spoils.
    errors: Vec<Diagnostic>,
    /// What to remember of the files.
    pressed: HashMap<OutputPath, Pressed>,
    /// The pages that were rendered, by position in the plan.
    rendered: Vec<usize>,
}

/// What became of one page.
enum Sheet {
    Good { pressed: Option<Pressed>, anew: bool },
    Spoilt(Diagnostic),
}

/// At how many different errors of templates it is enough.
const ENOUGH: usize = 20;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Press<'_> {
    fn make_all(&self, progress: &dyn Progress) -> Result<Sheets, Error> {
        let pages = &self.edition.site().plan.pages;
        progress.begin(Stage::Rendering, pages.len());
        let made = |page: &PlannedPage| {
            let made = BUFFER.with_borrow_mut(|buffer| self.make(page, buffer));
            progress.advance();
            made
        };
        let made: Vec<Sheet> = pages.par_iter().map(made).collect::<Result<_, Error>>()?;
        let mut sheets = Sheets::default();
        for (position, (page, sheet)) in pages.iter().zip(made).enumerate() {
            match sheet {
                Sheet::Good { pressed, anew } => {
                    sheets.rendered.extend(anew.then_some(position));
                    sheets.pressed.extend(pressed.map(|pressed| (page.output.clone(), pressed)));
                }
                Sheet::Spoilt(error) => sheets.errors.push(error),
            }
        }
        sort(&mut sheets.errors);
        sheets.errors.dedup();
        sheets.errors.truncate(ENOUGH);
        Ok(sheets)
    }

    fn make(&self, page: &PlannedPage, buffer: &mut Vec<u8>) -> Result<Sheet, Error> {
        let known = self.before.and_then(|before| before.get(&page.output)).copied();
        let before = self.before.map_or(Before::Unasked, |_| Before::Was(known.map(|known| known.print)));
        let mut made = self.edition.make(page, before, buffer)?;
        if let (Made::Same, Some(known)) = (&made, known) {
            if self.keep(page, known.length)? {
                return Ok(Sheet::Good { pressed: Some(known), anew: false });
            }
            made = self.edition.make(page, Before::Was(None), buffer)?;
        }
        self.put(page, made, buffer)
    }

    fn keep(&self, page: &PlannedPage, length: u64) -> Result<bool, Error> {
        match self.sink {
            Sink::Disk(publisher) => publisher.keep(&page.output, length),
            Sink::Nowhere => Ok(true),
        }
    }

    fn put(&self, page: &PlannedPage, made: Made, buffer: &[u8]) -> Result<Sheet, Error> {
        let put = |bytes: &[u8]| match self.sink {
            Sink::Disk(publisher) => publisher.put(&page.output, bytes),
            Sink::Nowhere => Ok(()),
        };
        let (mut pressed, mut anew) = (None, false);
        match made {
            Made::Rendered { print } => {
                put(buffer)?;
                anew = true;
                pressed = print.map(|print| Pressed { print, length: buffer.len() as u64 });
            }
            Made::Embedded(bytes) => put(bytes)?,
            Made::Copy(file) => {
                if let Sink::Disk(publisher) = self.sink {
                    publisher.copy(&page.output, &self.edition.full_path(&file))?;
                }
            }
            Made::Faulty(diagnostic) => return Ok(Sheet::Spoilt(diagnostic)),
            Made::Same => unreachable!("only what is known can be the same"),
        }
        Ok(Sheet::Good { pressed, anew })
    }
}
