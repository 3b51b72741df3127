//! The archive for other programs, one file a format. It knows what readers see and no more: no internal fact, no text that
//! waits or was withdrawn, no word of a text that may not be shown (`desk` decides). Nothing here touches the disk but
//! through an [`Outlet`], and nothing grows with the archive: articles come one by one, oldest first, and go again.

pub mod column;
pub mod croissant;
mod csv;
pub mod desk;
pub mod fact;
mod ftm;
mod jsonl;
pub mod package;
mod parquet;
mod rdf;
pub mod records;
mod sqlite;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

pub use crate::config::Format;
pub use desk::{Desk, Known, Mark, Piece};
pub use package::Listed;

/// Where files go.
pub trait Outlet: Sync {
    /// A new file, to be written from its beginning to its end; of an outlet for one file, that file, whatever its name.
    fn create(&self, name: &str) -> io::Result<Box<dyn Write + Send>>;
    /// Where on the disk a new file is to be made, for a library that makes its files by itself.
    fn reserve(&self, name: &str) -> io::Result<PathBuf>;
}

/// What an article gives a format. Made on many threads, taken on one.
pub enum Sheet {
    /// Bytes as they are written.
    Bytes(Vec<u8>),
    /// Rows, column by column.
    Columns(Box<parquet::Batch>),
    /// The article itself: the format wants its rows one after the other.
    Piece(Arc<Piece>),
}

/// How a format makes an article's sheet.
pub type Make = fn(&Desk<'_>, &Arc<Piece>) -> io::Result<Sheet>;

/// A format on its way to an outlet.
pub trait Sink: Send {
    /// Writes what does not come from articles.
    fn begin(&mut self, desk: &Desk<'_>) -> io::Result<()>;
    /// How sheets are made.
    fn make(&self) -> Make;
    /// Writes a sheet; they come in the order of the articles.
    fn take(&mut self, desk: &Desk<'_>, sheet: Sheet) -> io::Result<()>;
    /// Writes what is left.
    fn end(self: Box<Self>, desk: &Desk<'_>) -> io::Result<()>;
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Jsonl, Self::Csv, Self::Parquet, Self::Sqlite, Self::Ftm, Self::FtmStatements, Self::Nquads, Self::Turtle];

    /// Its name on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Sqlite => "sqlite",
            Self::Ftm => "ftm",
            Self::FtmStatements => "ftm-statements",
            Self::Nquads => "nquads",
            Self::Turtle => "turtle",
        }
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Jsonl => "The facts as JSON Lines",
            Self::Csv => "The facts as CSV",
            Self::Parquet => "Typed tables as Parquet, facts by year, in a folder",
            Self::Sqlite => "A SQLite database with full-text search",
            Self::Ftm => "FollowTheMoney entities as JSON Lines",
            Self::FtmStatements => "FollowTheMoney statements as CSV",
            Self::Nquads => "RDF as N-Quads, a graph for each article",
            Self::Turtle => "RDF as Turtle",
        }
    }

    /// Whether it is several files in a folder.
    pub fn is_folder(self) -> bool {
        self == Self::Parquet
    }

    /// Whether it can be written from its beginning to its end, as to a pipe.
    pub fn is_stream(self) -> bool {
        !matches!(self, Self::Parquet | Self::Sqlite)
    }

    /// What writes it.
    pub fn sink(self, outlet: &dyn Outlet) -> io::Result<Box<dyn Sink + '_>> {
        let lines = |name: &str, begin: Begin, make: Make| -> io::Result<Box<dyn Sink + '_>> {
            Ok(Box::new(Lines { out: outlet.create(name)?, begin, make }))
        };
        match self {
            Self::Jsonl => lines("facts.jsonl", |_| Ok(Vec::new()), jsonl::make),
            Self::Csv => lines("facts.csv", csv::begin, csv::make),
            Self::Ftm => lines("entities.ftm.json", ftm::entities_begin, ftm::entities_make),
            Self::FtmStatements => lines("statements.csv", ftm::statements_begin, ftm::statements_make),
            Self::Nquads => lines("archive.nq", rdf::quads_begin, rdf::quads_make),
            Self::Turtle => lines("archive.ttl", rdf::turtle_begin, rdf::turtle_make),
            Self::Parquet => Ok(Box::new(parquet::Tables::new(outlet)?)),
            Self::Sqlite => Ok(Box::new(sqlite::Database::new(outlet)?)),
        }
    }
}

/// Writes the facts of one article as CSV, with the columns of an export.
pub fn as_csv(desk: &Desk<'_>, piece: &Piece, out: &mut Vec<u8>) -> io::Result<()> {
    out.extend(csv::header::<fact::FactRow<'_>>()?);
    out.extend(csv::rows(desk.facts(piece))?);
    Ok(())
}

/// Writes the facts of one article as a JSON array of objects, with the keys of an export.
pub fn as_json(desk: &Desk<'_>, piece: &Piece, out: &mut Vec<u8>) -> io::Result<()> {
    for (nth, row) in desk.facts(piece).enumerate() {
        out.extend(if nth == 0 { "[\n" } else { ",\n" }.as_bytes());
        jsonl::push(out, &row)?;
        out.pop();
    }
    out.extend(b"\n]\n");
    Ok(())
}

/// How a format's file begins.
type Begin = fn(&Desk<'_>) -> io::Result<Vec<u8>>;

/// A format whose file is what articles give, one behind the other.
struct Lines {
    out: Box<dyn Write + Send>,
    begin: Begin,
    make: Make,
}

impl Sink for Lines {
    fn begin(&mut self, desk: &Desk<'_>) -> io::Result<()> {
        self.out.write_all(&(self.begin)(desk)?)
    }

    fn make(&self) -> Make {
        self.make
    }

    fn take(&mut self, _: &Desk<'_>, sheet: Sheet) -> io::Result<()> {
        match sheet {
            Sheet::Bytes(bytes) => self.out.write_all(&bytes),
            Sheet::Piece(_) | Sheet::Columns(_) => Ok(()),
        }
    }

    fn end(mut self: Box<Self>, _: &Desk<'_>) -> io::Result<()> {
        self.out.flush()
    }
}
