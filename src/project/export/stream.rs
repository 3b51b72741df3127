//! Articles through formats: while one run of them is written, the next is read and made, on all cores.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::ledger::Card;
use super::survey::Stock;
use crate::base::Error;
use crate::export::{Desk, Make, Piece, Sheet, Sink};
use crate::parse::article;
use crate::project::{Progress, read};

/// So many articles are in memory at a time, twice.
const RUN: usize = 256;

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Facts.
    pub facts: usize,
}

/// Writes every article that readers see into every sink; `None` when that was no longer wanted. `place` is what messages name.
pub fn run(
    stock: &Stock,
    desk: &Desk<'_>,
    mut sinks: Vec<Box<dyn Sink + '_>>,
    place: &Path,
    progress: &dyn Progress,
) -> Result<Option<Counts>, Error> {
    let refused = |error: io::Error| Error::new("write", place, error);
    let makes: Vec<Make> = sinks.iter().map(|sink| sink.make()).collect();
    let cards: Vec<&Card> = stock.ledger.shown().collect();
    let mut counts = Counts { articles: cards.len(), facts: 0 };
    sinks.iter_mut().try_for_each(|sink| sink.begin(desk)).map_err(refused)?;
    let mut waiting = Vec::new();
    for run in cards.chunks(RUN) {
        if !progress.goes_on() {
            return Ok(None);
        }
        let (taken, made) = rayon::join(|| take(&mut sinks, desk, waiting), || make(stock, desk, &makes, run, progress));
        taken.map_err(refused)?;
        waiting = made?;
        counts.facts += waiting.iter().map(|made| made.facts).sum::<usize>();
    }
    take(&mut sinks, desk, waiting).map_err(refused)?;
    sinks.into_iter().try_for_each(|sink| sink.end(desk)).map_err(refused)?;
    Ok(Some(counts))
}

/// What one article gave: a sheet for each sink.
struct Made {
    sheets: Vec<Sheet>,
    facts: usize,
}

fn make(stock: &Stock, desk: &Desk<'_>, makes: &[Make], run: &[&Card], progress: &dyn Progress) -> Result<Vec<Made>, Error> {
    let made = |card: &&Card| {
        let piece = Arc::new(piece(stock, card)?);
        let sheets = makes.iter().map(|make| make(desk, &piece)).collect::<io::Result<_>>();
        progress.advance();
        Ok(Made { sheets: sheets.map_err(Error::at("export", Path::new(card.file.as_str())))?, facts: desk.facts(&piece).count() })
    };
    run.par_iter().map(made).collect()
}

fn take(sinks: &mut [Box<dyn Sink + '_>], desk: &Desk<'_>, waiting: Vec<Made>) -> io::Result<()> {
    for made in waiting {
        sinks.iter_mut().zip(made.sheets).try_for_each(|(sink, sheet)| sink.take(desk, sheet))?;
    }
    Ok(())
}

/// An article read again. Its files must be what they were.
fn piece(stock: &Stock, card: &Card) -> Result<Piece, Error> {
    let Stock { snapshot, register, .. } = stock;
    let own = read::same_text(snapshot, &card.file, None, Some(card.print))?;
    let facts = match &card.sidecar {
        Some((path, print)) => read::facts_again(path, &read::same_text(snapshot, path, None, Some(*print))?),
        None => Box::default(),
    };
    let read = article::read(&card.file, &own).value;
    let document = read.ok_or_else(|| Error::new("read", snapshot.full_path(&card.file), io::Error::other("it has changed")))?;
    let text = read::read_body(&own, &document.body, facts.iter().map(|fact| &*fact.id)).text;
    Ok(Piece {
        slug: card.slug.clone(),
        lang: document.head.lang.clone().unwrap_or_else(|| register.lang.clone()),
        head: document.head,
        marks: card.marks.clone(),
        text,
        facts,
    })
}
