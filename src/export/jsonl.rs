//! JSON Lines (jsonlines.org, UTF-8, one RFC 8259 object a line): a fact a line. Empty cells are left out.

use std::io::{self, Write};
use std::sync::Arc;

use super::column::{Cell, Row, number_text};
use super::{Desk, Piece, Sheet};

pub(super) fn make(desk: &Desk<'_>, piece: &Arc<Piece>) -> io::Result<Sheet> {
    let mut lines = Vec::new();
    for fact in desk.facts(piece) {
        push(&mut lines, &fact)?;
    }
    Ok(Sheet::Bytes(lines))
}

/// A row as an object and a line.
pub fn push<R: Row>(out: &mut Vec<u8>, row: &R) -> io::Result<()> {
    let mut before = "{";
    for (column, cell) in R::TABLE.columns.iter().zip(row.cells()) {
        if cell == Cell::Empty {
            continue;
        }
        write!(out, "{before}\"{}\":", column.name)?;
        match cell {
            Cell::Text(text) => serde_json::to_writer(&mut *out, &text)?,
            Cell::Number(number) => out.extend(number_text(number).as_bytes()),
            Cell::Day(day) => write!(out, "\"{day}\"")?,
            other => out.extend(other.to_text().unwrap_or_default().as_bytes()),
        }
        before = ",";
    }
    out.extend(b"}\n");
    Ok(())
}
