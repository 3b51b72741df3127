//! A SQLite database (file format 3, with FTS5; in the public domain), ready for Datasette: the tables with their foreign keys and
//! indices, what facts speak of and rest on as tables of their own, and a full-text index of claims and of texts that finds words
//! with and without accents.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::column::{Cell, Column, Kind, Row, Table};
use super::fact::{AboutRow, EvidenceRow, FactRow};
use super::records::{ArticleRow, EntityRow, PropertyRow, RelationRow, SourceRow};
use super::{Desk, Make, Outlet, Piece, Sheet, Sink};

/// What is looked for most, besides what the keys find.
const INDICES: &str = "
CREATE INDEX facts_of_article ON facts (article);
CREATE INDEX facts_of_subject ON facts (subject, property, day);
CREATE INDEX facts_of_property ON facts (property, day);
CREATE INDEX facts_of_status ON facts (status);
CREATE INDEX articles_of_date ON articles (date);
CREATE INDEX entities_of_kind ON entities (kind);
CREATE INDEX about_of_fact ON about (fact);
CREATE INDEX about_of_entity ON about (entity);
CREATE INDEX evidence_of_fact ON evidence (fact);
CREATE INDEX evidence_of_source ON evidence (source);
CREATE INDEX relations_of_subject ON relations (subject);
CREATE INDEX relations_of_object ON relations (object);
CREATE VIRTUAL TABLE facts_fts USING fts5(claim, exact, content='facts', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE articles_fts USING fts5(title, summary, text, content='articles', tokenize='unicode61 remove_diacritics 2');
INSERT INTO facts_fts (facts_fts) VALUES ('rebuild');
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
";

/// A database on its way.
pub(super) struct Database(Connection);

impl Database {
    pub(super) fn new(outlet: &dyn Outlet) -> io::Result<Self> {
        let database = Self::open(&outlet.reserve("archive.sqlite")?).map_err(io::Error::other)?;
        Ok(database)
    }

    fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        // The file is put in place when it is whole: nothing has to be taken back.
        connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN")?;
        let tables = [
            &ArticleRow::TABLE,
            &EntityRow::TABLE,
            &PropertyRow::TABLE,
            &SourceRow::TABLE,
            &RelationRow::TABLE,
            &FactRow::TABLE,
            &AboutRow::TABLE,
            &EvidenceRow::TABLE,
        ];
        tables.iter().try_for_each(|table| connection.execute_batch(&create(table)))?;
        Ok(Self(connection))
    }

    fn insert<R: Row>(&self, rows: impl Iterator<Item = R>) -> rusqlite::Result<()> {
        let places = vec!["?"; R::TABLE.columns.len()].join(", ");
        let mut statement = self.0.prepare_cached(&format!("INSERT INTO {} VALUES ({places})", R::TABLE.name))?;
        for row in rows {
            statement.execute(params_from_iter(row.cells().iter().map(bound)))?;
        }
        Ok(())
    }

    fn records(&self, desk: &Desk<'_>) -> rusqlite::Result<()> {
        self.insert(desk.entities())?;
        self.insert(desk.properties())?;
        self.insert(desk.sources())?;
        self.insert(desk.relations())
    }

    fn article(&self, desk: &Desk<'_>, piece: &Piece) -> rusqlite::Result<()> {
        self.insert(std::iter::once(desk.article(piece)))?;
        for fact in desk.facts(piece) {
            let (about, evidence): (Vec<_>, Vec<_>) = (fact.about_rows().collect(), fact.evidence_rows().collect());
            self.insert(std::iter::once(fact))?;
            self.insert(about.into_iter())?;
            self.insert(evidence.into_iter())?;
        }
        Ok(())
    }
}

impl Sink for Database {
    fn begin(&mut self, desk: &Desk<'_>) -> io::Result<()> {
        self.records(desk).map_err(io::Error::other)
    }

    fn make(&self) -> Make {
        |_, piece| Ok(Sheet::Piece(Arc::clone(piece)))
    }

    fn take(&mut self, desk: &Desk<'_>, sheet: Sheet) -> io::Result<()> {
        let Sheet::Piece(piece) = sheet else { return Ok(()) };
        self.article(desk, &piece).map_err(io::Error::other)
    }

    fn end(self: Box<Self>, _: &Desk<'_>) -> io::Result<()> {
        self.0.execute_batch(INDICES).and_then(|()| self.0.execute_batch("COMMIT")).map_err(io::Error::other)?;
        self.0.close().map_err(|(_, error)| io::Error::other(error))
    }
}

/// The statement that makes a table. Names are the program's own, and need no quotes but to be told from SQL's words.
fn create(table: &Table) -> String {
    let columns = table.columns.iter().map(|column| definition(table, column));
    format!("CREATE TABLE {} (\n  {}\n)", table.name, columns.collect::<Vec<_>>().join(",\n  "))
}

fn definition(table: &Table, column: &Column) -> String {
    let affinity = match column.kind {
        Kind::Word | Kind::Text | Kind::Day | Kind::List | Kind::Objects | Kind::Object => "TEXT",
        Kind::Integer | Kind::Flag => "INTEGER",
        Kind::Number => "REAL",
    };
    let key = if table.key == Some(column.name) { " NOT NULL PRIMARY KEY" } else { "" };
    let link = table.links.iter().find(|(name, _, _)| *name == column.name);
    let link = link.map_or_else(String::new, |(_, other, key)| format!(" REFERENCES {other} (\"{key}\")"));
    format!("\"{}\" {affinity}{key}{link}", column.name)
}

fn bound<'c>(cell: &'c Cell<'_>) -> ToSqlOutput<'c> {
    match cell {
        Cell::Empty => ToSqlOutput::Borrowed(ValueRef::Null),
        Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        Cell::Json(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        Cell::Integer(number) => (*number).into(),
        Cell::Number(number) => (*number).into(),
        Cell::Flag(flag) => (*flag).into(),
        Cell::Day(_) | Cell::List(_) => cell.to_text().unwrap_or_default().into_owned().into(),
    }
}
