//! CSV (RFC 4180, UTF-8, a header, lines that end in LF): a fact a line. Lists and objects are JSON.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and formulas of strangers can do harm (OWASP,
//! “CSV Injection”). So free texts that begin so get an apostrophe before them, and so do those that begin with apostrophes and
//! then so: who wants the words as they were takes one apostrophe off each such cell again. Numbers, ids, dates and
//! addresses are none of anybody's words, and stay.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use ::csv::{Terminator, Writer, WriterBuilder};

use super::column::{Cell, Column, Kind, Row};
use super::fact::FactRow;
use super::{Desk, Piece, Sheet};

pub(super) fn begin(_: &Desk<'_>) -> io::Result<Vec<u8>> {
    header::<FactRow<'_>>()
}

pub(super) fn make(desk: &Desk<'_>, piece: &Arc<Piece>) -> io::Result<Sheet> {
    rows(desk.facts(piece)).map(Sheet::Bytes)
}

/// The names of a table's columns as a line.
pub fn header<R: Row>() -> io::Result<Vec<u8>> {
    let mut writer = writer();
    writer.write_record(R::TABLE.columns.iter().map(|column| column.name))?;
    finish(writer)
}

/// Rows as lines.
pub fn rows<R: Row>(rows: impl Iterator<Item = R>) -> io::Result<Vec<u8>> {
    let mut writer = writer();
    for row in rows {
        for (column, cell) in R::TABLE.columns.iter().zip(row.cells()) {
            writer.write_field(field(column, &cell).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    finish(writer)
}

fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new())
}

fn finish(writer: Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn field<'c>(column: &Column, cell: &'c Cell<'_>) -> Cow<'c, str> {
    let text = cell.to_text().unwrap_or_default();
    if column.kind == Kind::Text && is_formula(&text) { format!("'{text}").into() } else { text }
}

/// Whether a spreadsheet would take the text for a formula, or for one that has been made harmless.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_made_harmless_and_can_be_had_back() {
        let column = |kind| Column { name: "claim", kind, about: "" };
        let check = |kind, text: &str, expected: &str| assert_eq!(field(&column(kind), &Cell::text(text)), expected);
        check(Kind::Text, "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0");
        check(Kind::Text, "-2 degrees", "'-2 degrees");
        check(Kind::Text, "'=1", "''=1");
        check(Kind::Text, "'tis so", "'tis so");
        check(Kind::Text, "a = b", "a = b");
        check(Kind::Word, "-0044", "-0044");
    }
}
