//! The archive read for an export: the register whole, and of the articles what a [`Ledger`] keeps. Every article is judged as
//! a build judges it, and forgotten.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::ledger::{Card, Ledger};
use super::stream::Pieces;
use crate::archive::Register;
use crate::base::diagnostic::any_error;
use crate::base::{Diagnostic, Error, Outcome, SourcePath};
use crate::config::Config;
use crate::export::Piece;
use crate::parse::article;
use crate::project::memo::{Memo, Reading};
use crate::project::read::{self, Against};
use crate::project::{Progress, Request, Stage, load};
use crate::source::{File, Role, Snapshot};

/// What a survey found.
pub struct Survey {
    /// The configuration's path, and the name that messages give it.
    pub config_file: (PathBuf, SourcePath),
    /// What the archive says about itself; `None` when that could not be used.
    pub config: Option<Arc<Config>>,
    /// The files, the register and the articles; `None` when the configuration could not be used.
    pub stock: Option<Stock>,
    /// Every error of the configuration, the register and the articles.
    pub errors: Vec<Diagnostic>,
}

/// What an export is made from.
pub struct Stock {
    /// The files.
    pub snapshot: Arc<Snapshot>,
    /// Entities, properties and sources.
    pub register: Arc<Register>,
    /// The articles.
    pub ledger: Ledger,
}

impl Pieces for Stock {
    fn count(&self) -> usize {
        self.ledger.count()
    }

    /// Its files must be what they were.
    fn piece(&self, position: usize) -> Result<Arc<Piece>, Error> {
        let Self { snapshot, register, ledger } = self;
        let card = ledger.shown(position);
        let own = read::same_text(snapshot, &card.file, None, Some(card.print))?;
        let facts = match &card.sidecar {
            Some((path, print)) => read::facts_again(path, &read::same_text(snapshot, path, None, Some(*print))?),
            None => Box::default(),
        };
        let read = article::read(&card.file, &own).value;
        let document = read.ok_or_else(|| Error::new("read", snapshot.full_path(&card.file), io::Error::other("it has changed")))?;
        let text = read::read_body(&own, &document.body, facts.iter().map(|fact| &*fact.id)).text;
        Ok(Arc::new(Piece {
            slug: card.slug.clone(),
            lang: document.head.lang.clone().unwrap_or_else(|| register.lang.clone()),
            head: document.head,
            marks: card.marks.clone(),
            text,
            facts,
        }))
    }
}

/// Reads the archive for an export.
pub fn survey(request: &Request, memo: &mut Memo, progress: &dyn Progress) -> Result<Survey, Error> {
    let mut found = Vec::new();
    let (config_file, config) = load::config(request, memo, &mut found)?;
    let stock = match &config {
        Some(config) if !any_error(&found) => Some(stock(request, config, memo, progress, &mut found)?),
        _ => None,
    };
    if let Some(config) = &config {
        config.judge(&mut found);
    }
    found.retain(Diagnostic::is_error);
    crate::base::diagnostic::sort(&mut found);
    found.dedup();
    Ok(Survey { config_file, config, stock, errors: found })
}

fn stock(
    request: &Request,
    config: &Config,
    memo: &mut Memo,
    progress: &dyn Progress,
    found: &mut Vec<Diagnostic>,
) -> Result<Stock, Error> {
    progress.begin(Stage::Scanning, 1);
    let snapshot = load::scan(request, config, memo)?.settle(found);
    let reading = Reading { snapshot: &snapshot, at: request.at, keeps_texts: false };
    let (register, news, _) = load::registered(reading, config, memo, found)?;
    let against = Against { register: &register, config, news: &news };
    let cards = cards(request, reading, against, progress, found)?;
    let ledger = Ledger::new(cards).settle(found);
    Ok(Stock { snapshot, register, ledger })
}

/// A card of each article that can be read.
fn cards(
    request: &Request,
    reading: Reading<'_>,
    against: Against<'_>,
    progress: &dyn Progress,
    found: &mut Vec<Diagnostic>,
) -> Result<Vec<Card>, Error> {
    let sidecars = read::sidecars(reading.snapshot, found);
    let files: Vec<&File> = reading.snapshot.of(Role::Article).collect();
    progress.begin(Stage::Reading, files.len());
    let card = |file: &&File| {
        let beside = file.path.as_str().strip_suffix(".md").and_then(|article| sidecars.get(article));
        let read = read::article(reading, against, file, beside.copied())?;
        progress.advance();
        Ok(read.map(|entry| entry.map(|entry| Card::new(&entry.kept, request.showing))))
    };
    let read: Vec<Outcome<Option<Card>>> =
        files.par_iter().map(card).map(|read: Result<_, Error>| read.map(|read| judged(read, against.config))).collect::<Result<_, _>>()?;
    Ok(read.into_iter().filter_map(|outcome| outcome.settle(found)).collect())
}

/// Without what keeps nothing from being written: of a large archive there is much of it.
fn judged<T>(mut read: Outcome<T>, config: &Config) -> Outcome<T> {
    config.judge(&mut read.diagnostics);
    read.diagnostics.retain(Diagnostic::is_error);
    read
}
