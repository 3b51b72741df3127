//! Articles through formats: while one run of them is written, the next is read and made, on all cores.

use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::Error;
use crate::export::{Desk, Make, Piece, Sheet, Sink};
use crate::project::Progress;

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

/// Articles to be read again, one by one.
pub trait Pieces: Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// The article at a position, oldest first.
    fn piece(&self, position: usize) -> Result<Arc<Piece>, Error>;
}

/// Writes every article into every sink; `None` when that was no longer wanted. `place` is what messages name.
pub fn run(
    pieces: &dyn Pieces,
    desk: &Desk<'_>,
    mut sinks: Vec<Box<dyn Sink + '_>>,
    place: &Path,
    progress: &dyn Progress,
) -> Result<Option<Counts>, Error> {
    let refused = |error: io::Error| Error::new("write", place, error);
    let makes: Vec<Make> = sinks.iter().map(|sink| sink.make()).collect();
    let mut counts = Counts { articles: pieces.count(), facts: 0 };
    sinks.iter_mut().try_for_each(|sink| sink.begin(desk)).map_err(refused)?;
    let mut waiting = Vec::new();
    for start in (0..counts.articles).step_by(RUN) {
        let run = start..counts.articles.min(start + RUN);
        if !progress.goes_on() {
            return Ok(None);
        }
        let (taken, made) = rayon::join(|| take(&mut sinks, desk, waiting), || make(pieces, desk, &makes, run, progress));
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

fn make(pieces: &dyn Pieces, desk: &Desk<'_>, makes: &[Make], run: Range<usize>, progress: &dyn Progress) -> Result<Vec<Made>, Error> {
    let made = |position: usize| {
        let piece = pieces.piece(position)?;
        let sheets = makes.iter().map(|make| make(desk, &piece)).collect::<io::Result<_>>();
        progress.advance();
        Ok(Made { sheets: sheets.map_err(Error::at("export", Path::new(&*piece.slug)))?, facts: desk.facts(&piece).count() })
    };
    run.into_par_iter().map(made).collect()
}

fn take(sinks: &mut [Box<dyn Sink + '_>], desk: &Desk<'_>, waiting: Vec<Made>) -> io::Result<()> {
    for made in waiting {
        sinks.iter_mut().zip(made.sheets).try_for_each(|(sink, sheet)| sink.take(desk, sheet))?;
    }
    Ok(())
}
