//! Exports from end to end: the archive surveyed, then its articles through the formats and onto the disk. Nothing is
//! written while an article, the register or a reference between facts has an error.

pub(super) mod beside;
mod ledger;
mod outlet;
mod stream;
mod survey;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::memo::Memo;
use super::{Loaded, Progress, Request, Stage};
use crate::base::Error;
use crate::export::{Desk, Format, Outlet, Sink};
use crate::publish::{Draft, Opened, Published, Publisher};

use outlet::{Folder, Pipe, Single};
pub use stream::Counts;
use stream::run;
use survey::{Stock, Survey, survey};

/// Where an export goes. Whether it may go there is for [`publish`](crate::publish) to say, before anything is read.
pub enum Place {
    /// Out of the program, from the beginning to the end.
    Pipe(Box<dyn Write + Send>),
    /// Into a file, which it replaces.
    File(PathBuf),
    /// Into a folder, of which it replaces what an earlier export wrote.
    Folder(PathBuf),
}

/// How an export ended.
pub enum Exported {
    /// It stands; what happened in its folder, if it is one.
    Written(Counts, Option<Published>),
    /// Errors keep it from being written.
    Errors,
    /// The configuration cannot be used.
    ConfigErrors,
    /// It was no longer wanted.
    Stopped,
    /// The folder has files of others, such as this one.
    Foreign(PathBuf),
}

/// Writes the archive in `formats`. With what was found, for messages about it.
pub(super) fn export(
    request: &Request,
    memo: &mut Memo,
    formats: &[Format],
    place: Place,
    progress: &dyn Progress,
) -> Result<(Loaded, Exported), Error> {
    let Survey { config_file, config, stock, errors } = survey(request, memo, progress)?;
    let loaded = Loaded {
        snapshot: stock.as_ref().map(|stock| stock.snapshot.clone()),
        config,
        config_file,
        archive: None,
        theme: None,
        refused: None,
        showing: request.showing,
        diagnostics: errors,
    };
    let exported = match (&loaded.config, &stock) {
        (Some(_), Some(_)) if !loaded.diagnostics.is_empty() => Exported::Errors,
        (Some(config), Some(stock)) => {
            let desk = Desk::new(&stock.register, config, request.showing, &stock.ledger);
            write(request, stock, &desk, formats, place, progress)?
        }
        _ => Exported::ConfigErrors,
    };
    Ok((loaded, exported))
}

fn write(
    request: &Request,
    stock: &Stock,
    desk: &Desk<'_>,
    formats: &[Format],
    place: Place,
    progress: &dyn Progress,
) -> Result<Exported, Error> {
    progress.begin(Stage::Exporting, stock.ledger.count());
    match place {
        Place::Pipe(out) => {
            let name = PathBuf::from("standard output");
            let pipe = Pipe(Mutex::new(Some(out)));
            let sinks = sinks(formats, &pipe, &name)?;
            Ok(run(stock, desk, sinks, &name, progress)?.map_or(Exported::Stopped, |counts| Exported::Written(counts, None)))
        }
        Place::File(path) => {
            let single = Single(Draft::beside(&path)?);
            let sinks = sinks(formats, &single, &path)?;
            let Some(counts) = run(stock, desk, sinks, &path, progress)? else { return Ok(Exported::Stopped) };
            single.0.place()?;
            Ok(Exported::Written(counts, None))
        }
        Place::Folder(path) => {
            let publisher = match Publisher::open(&path, request.overwrite)? {
                Opened::Ready(publisher) => publisher,
                Opened::Foreign { example } => return Ok(Exported::Foreign(example)),
            };
            let folder = Folder::new(&publisher, "");
            let sinks = sinks(formats, &folder, &path)?;
            let Some(counts) = run(stock, desk, sinks, &path, progress)? else { return Ok(Exported::Stopped) };
            folder.describe(desk)?;
            folder.adopt()?;
            Ok(Exported::Written(counts, Some(publisher.commit()?)))
        }
    }
}

fn sinks<'o>(formats: &[Format], outlet: &'o dyn Outlet, place: &Path) -> Result<Vec<Box<dyn Sink + 'o>>, Error> {
    formats.iter().map(|format| format.sink(outlet)).collect::<std::io::Result<_>>().map_err(Error::at("write", place))
}
