//! Tables as every format sees them: typed columns, and rows of cells. What a column means is said here once, and stands
//! in the metadata of the formats that have any.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

/// A table: its columns, the column by which its rows are known, and those that name rows of other tables.
#[derive(Debug)]
pub struct Table {
    /// Its name in files and databases.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// The column that no two rows share.
    pub key: Option<&'static str>,
    /// Columns that hold the key of a row of another table, each with that table's name and key.
    pub links: &'static [(&'static str, &'static str, &'static str)],
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold; any may be empty but those of the key.
    pub kind: Kind,
    /// What it means.
    pub about: &'static str,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word of a vocabulary, an id, an address, a date by EDTF: its grammar has been checked.
    Word,
    /// Anybody's words.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A day.
    Day,
    /// Words or texts.
    List,
    /// Objects, as JSON.
    Objects,
    /// One object, as JSON.
    Object,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'r> {
    /// Nothing is said.
    Empty,
    /// Of a column of words or texts.
    Text(Cow<'r, str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(Date),
    /// A list; not empty.
    List(Vec<Cow<'r, str>>),
    /// JSON, in one line.
    Json(String),
}

/// A row of a table.
pub trait Row {
    /// The table.
    const TABLE: Table;

    /// Its cells, one for each column.
    fn cells(&self) -> Vec<Cell<'_>>;
}

impl<'r> Cell<'r> {
    /// A text.
    pub fn text(text: impl Into<Cow<'r, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A text, where there is one.
    pub fn some(text: Option<impl Into<Cow<'r, str>>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A list, where it has items.
    pub fn list<T: Into<Cow<'r, str>>>(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<_> = items.into_iter().map(Into::into).collect();
        if items.is_empty() { Self::Empty } else { Self::List(items) }
    }

    /// Objects, where there are any.
    pub fn objects<T: Serialize>(items: &[T]) -> Self {
        if items.is_empty() { Self::Empty } else { Self::json(&items) }
    }

    /// One object.
    pub fn json(object: &impl Serialize) -> Self {
        serde_json::to_string(object).map_or(Self::Empty, Self::Json)
    }

    /// A whole number, where it is one of a machine's.
    pub fn count(number: usize) -> Self {
        i64::try_from(number).map_or(Self::Empty, Self::Integer)
    }

    /// Its text: JSON for a list.
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Empty => return None,
            Self::Text(text) => Cow::Borrowed(text),
            Self::Json(json) => Cow::Borrowed(json),
            Self::Integer(number) => number.to_string().into(),
            Self::Number(number) => number_text(*number).into(),
            Self::Flag(flag) => if *flag { "true" } else { "false" }.into(),
            Self::Day(day) => day.to_string().into(),
            Self::List(items) => serde_json::to_string(items).unwrap_or_default().into(),
        })
    }
}

/// A number as JSON has it: `300000000000` and not `300000000000.0`, so that no reader takes one figure for two.
pub fn number_text(number: f64) -> String {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT { format!("{number:.0}") } else { serde_json::json!(number).to_string() }
}

/// The columns of a table and the cells of its rows, beside each other: so that none can be in another's place.
macro_rules! table {
    ($row:ident = $type:ty, $name:literal ($about:literal), key $key:expr, links [$($link:expr),*]; $($column:literal $kind:ident $told:literal = $cell:expr;)+) => {
        impl $crate::export::column::Row for $type {
            const TABLE: $crate::export::column::Table = $crate::export::column::Table {
                name: $name,
                about: $about,
                columns: &[$($crate::export::column::Column { name: $column, kind: $crate::export::column::Kind::$kind, about: $told }),+],
                key: $key,
                links: &[$($link),*],
            };

            fn cells(&self) -> Vec<$crate::export::column::Cell<'_>> {
                let $row = self;
                vec![$($cell),+]
            }
        }
    };
}
pub(super) use table;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_it_was_meant() {
        for (number, text) in [(300e9, "300000000000"), (-0.5, "-0.5"), (1e300, "1e+300"), (0.1, "0.1"), (-3.0, "-3")] {
            assert_eq!(number_text(number), text);
        }
    }
}
