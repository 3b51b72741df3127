//! Apache Parquet (format 2.x of the Apache Software Foundation; pages of version 1, snappy, so that every reader has it): typed
//! tables in a folder. Facts are partitioned by the year of their article in the way of Hive, `facts/year=2025/facts.parquet`, so
//! that DuckDB, Spark or Trino read a whole archive at once and skip the years that nobody asked for.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use ::parquet::data_type::ByteArray;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use ::parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use ::parquet::schema::types::{ColumnDescPtr, Type, TypePtr};
use bytes::Bytes;
use jiff::civil::{Date, date};
use rayon::prelude::*;

use super::column::{Cell, Column, Kind, Row, Table};
use super::fact::FactRow;
use super::records::{ArticleRow, EntityRow, PropertyRow, RelationRow, SourceRow};
use super::{Desk, Make, Outlet, Piece, Sheet, Sink};

/// So many rows are in memory at a time, and so many make a row group.
const GROUP: usize = 32_768;
/// Texts are large, so few of them make a row group.
const ARTICLES: usize = 4_096;

/// Columns whose cells are hardly ever alike: a dictionary of them would be made for nothing.
const UNLIKE: [&str; 11] = ["fact", "slug", "url", "claim", "claims", "stated", "exact", "prefix", "suffix", "evidence", "text"];

/// The tables on their way to a folder.
pub(super) struct Tables<'o> {
    outlet: &'o dyn Outlet,
    articles: File,
    /// The year whose facts are being written.
    facts: Option<(Option<i16>, File)>,
}

/// An article's rows, column by column.
pub struct Batch {
    year: Option<i16>,
    article: Columns,
    facts: Columns,
}

impl<'o> Tables<'o> {
    pub(super) fn new(outlet: &'o dyn Outlet) -> io::Result<Self> {
        let articles = File::create(outlet, "articles.parquet", &ArticleRow::TABLE, ARTICLES)?;
        Ok(Self { outlet, articles, facts: None })
    }

    fn table<R: Row>(&self, rows: impl Iterator<Item = R>) -> io::Result<()> {
        let mut file = File::create(self.outlet, &format!("{}.parquet", R::TABLE.name), &R::TABLE, GROUP)?;
        for row in rows {
            file.columns.push(row.cells());
            file.flush_full()?;
        }
        file.end()
    }

    /// The file of a year. Articles come by date, so each year is opened once.
    fn facts_of(&mut self, year: Option<i16>) -> io::Result<&mut File> {
        if self.facts.as_ref().is_none_or(|(open, _)| *open != year) {
            if let Some((_, file)) = self.facts.take() {
                file.end()?;
            }
            // Hive's name for no value.
            let segment = year.map_or_else(|| "__HIVE_DEFAULT_PARTITION__".to_owned(), |year| year.to_string());
            let name = format!("facts/year={segment}/facts.parquet");
            self.facts = Some((year, File::create(self.outlet, &name, &FactRow::TABLE, GROUP)?));
        }
        self.facts.as_mut().map(|(_, file)| file).ok_or_else(|| io::Error::other("no file is open"))
    }
}

impl Batch {
    fn new(desk: &Desk<'_>, piece: &Piece) -> Self {
        let mut article = Columns::new(&ArticleRow::TABLE);
        article.push(desk.article(piece).cells());
        let mut facts = Columns::new(&FactRow::TABLE);
        desk.facts(piece).for_each(|fact| facts.push(fact.cells()));
        Self { year: piece.head.date.map(|date| date.day().year()), article, facts }
    }
}

impl Sink for Tables<'_> {
    fn begin(&mut self, desk: &Desk<'_>) -> io::Result<()> {
        self.table::<EntityRow<'_>>(desk.entities())?;
        self.table::<RelationRow<'_>>(desk.relations())?;
        self.table::<PropertyRow<'_>>(desk.properties())?;
        self.table::<SourceRow<'_>>(desk.sources())
    }

    fn make(&self) -> Make {
        |desk, piece| Ok(Sheet::Columns(Box::new(Batch::new(desk, piece))))
    }

    fn take(&mut self, _: &Desk<'_>, sheet: Sheet) -> io::Result<()> {
        let Sheet::Columns(batch) = sheet else { return Ok(()) };
        self.articles.append(batch.article)?;
        if batch.facts.rows == 0 {
            return Ok(());
        }
        self.facts_of(batch.year)?.append(batch.facts)
    }

    fn end(self: Box<Self>, _: &Desk<'_>) -> io::Result<()> {
        self.articles.end()?;
        self.facts.map_or(Ok(()), |(_, file)| file.end())
    }
}

/// A file of one table.
struct File {
    writer: SerializedFileWriter<Box<dyn Write + Send>>,
    columns: Columns,
    table: Table,
    group: usize,
}

impl File {
    fn create(outlet: &dyn Outlet, name: &str, table: &Table, group: usize) -> io::Result<Self> {
        let writer = SerializedFileWriter::new(outlet.create(name)?, schema(table)?, properties()).map_err(refused)?;
        let table = Table { ..*table };
        Ok(Self { writer, columns: Columns::new(&table), table, group })
    }

    fn append(&mut self, columns: Columns) -> io::Result<()> {
        self.columns.append(columns);
        self.flush_full()
    }

    fn flush_full(&mut self) -> io::Result<()> {
        if self.columns.rows < self.group { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> io::Result<()> {
        let columns = std::mem::replace(&mut self.columns, Columns::new(&self.table));
        let (kinds, properties) = (self.writer.schema_descr().columns(), self.writer.properties());
        let columns = columns.columns.into_par_iter().zip(kinds);
        let encoded: Vec<_> = columns.map(|(column, kind)| column.encode(kind, properties)).collect::<Result<_, _>>().map_err(refused)?;
        let mut group = self.writer.next_row_group().map_err(refused)?;
        encoded.into_iter().try_for_each(|(bytes, written)| group.append_column(&bytes, written)).map_err(refused)?;
        group.close().map(drop).map_err(refused)
    }

    fn end(mut self) -> io::Result<()> {
        if self.columns.rows > 0 {
            self.flush()?;
        }
        self.writer.finish().map_err(refused)?;
        self.writer.inner_mut().flush()
    }
}

fn refused(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

/// Nothing in it that differs from one machine to the next.
fn properties() -> WriterPropertiesPtr {
    let name = concat!("postilla version ", env!("CARGO_PKG_VERSION")).to_owned();
    let plain = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by(name).set_max_row_group_row_count(None);
    Arc::new(UNLIKE.iter().fold(plain, |all, column| all.set_column_dictionary_enabled((*column).into(), false)).build())
}

fn schema(table: &Table) -> io::Result<TypePtr> {
    let fields: Vec<TypePtr> =
        table.columns.iter().map(|column| field(table, column).map(Arc::new)).collect::<Result<_, _>>().map_err(refused)?;
    Type::group_type_builder(table.name).with_fields(fields).build().map(Arc::new).map_err(refused)
}

fn field(table: &Table, column: &Column) -> Result<Type, ParquetError> {
    let repetition = if table.key == Some(column.name) { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let (physical, logical) = match column.kind {
        Kind::Word | Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Objects | Kind::Object => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::List => return list(column.name),
    };
    Type::primitive_type_builder(column.name, physical).with_repetition(repetition).with_logical_type(logical).build()
}

/// A list of texts, by the three levels of the format's rules for lists.
fn list(name: &str) -> Result<Type, ParquetError> {
    let text = Type::primitive_type_builder("element", Physical::BYTE_ARRAY).with_repetition(Repetition::REQUIRED);
    let text = text.with_logical_type(Some(LogicalType::String)).build()?;
    let items = Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![Arc::new(text)]).build()?;
    let list = Type::group_type_builder(name).with_repetition(Repetition::OPTIONAL).with_logical_type(Some(LogicalType::List));
    list.with_fields(vec![Arc::new(items)]).build()
}

/// Rows, column by column.
struct Columns {
    columns: Vec<Values>,
    rows: usize,
}

/// The values of a column, and on which level of its schema each row ends: 0 where nothing is said.
struct Values {
    held: Held,
    levels: Vec<i16>,
    /// Of a list, whether a value begins a row (0) or goes on with it (1).
    repeats: Option<Vec<i16>>,
    required: bool,
}

enum Held {
    Texts(Texts),
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Flags(Vec<bool>),
    Days(Vec<i32>),
}

/// Texts of an article, one behind the other, and those of articles before it. Each ends where the next begins.
#[derive(Default)]
struct Texts {
    before: Vec<ByteArray>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.bytes.extend(text.as_bytes());
        self.ends.push(self.bytes.len());
    }

    /// All of them. They share the bytes of their article, so that none is a piece of memory by itself.
    fn settle(&mut self) -> &mut Vec<ByteArray> {
        let bytes = Bytes::from(std::mem::take(&mut self.bytes));
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        self.before.extend(starts.zip(&self.ends).map(|(start, end)| ByteArray::from(bytes.slice(start..*end))));
        self.ends.clear();
        &mut self.before
    }
}

impl Columns {
    fn new(table: &Table) -> Self {
        let values = |column: &Column| Values {
            held: match column.kind {
                Kind::Word | Kind::Text | Kind::Objects | Kind::Object | Kind::List => Held::Texts(Texts::default()),
                Kind::Integer => Held::Integers(Vec::new()),
                Kind::Number => Held::Numbers(Vec::new()),
                Kind::Flag => Held::Flags(Vec::new()),
                Kind::Day => Held::Days(Vec::new()),
            },
            levels: Vec::new(),
            repeats: (column.kind == Kind::List).then(Vec::new),
            required: table.key == Some(column.name),
        };
        Self { columns: table.columns.iter().map(values).collect(), rows: 0 }
    }

    fn push(&mut self, cells: Vec<Cell<'_>>) {
        self.columns.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
        self.rows += 1;
    }

    fn append(&mut self, more: Self) {
        self.columns.iter_mut().zip(more.columns).for_each(|(column, more)| column.append(more));
        self.rows += more.rows;
    }
}

impl Values {
    fn push(&mut self, cell: Cell<'_>) {
        match (&mut self.held, cell) {
            (Held::Texts(texts), Cell::List(items)) => {
                let repeats = self.repeats.get_or_insert_default();
                repeats.extend((0..items.len()).map(|nth| i16::from(nth > 0)));
                self.levels.extend(std::iter::repeat_n(2, items.len()));
                for item in &items {
                    texts.push(item);
                }
                return;
            }
            (Held::Texts(texts), Cell::Text(text)) => texts.push(&text),
            (Held::Texts(texts), Cell::Json(json)) => texts.push(&json),
            (Held::Integers(integers), Cell::Integer(integer)) => integers.push(integer),
            (Held::Numbers(numbers), Cell::Number(number)) => numbers.push(number),
            (Held::Flags(flags), Cell::Flag(flag)) => flags.push(flag),
            (Held::Days(days), Cell::Day(day)) => days.push(since_1970(day)),
            _ => {
                self.levels.push(0);
                self.repeats.iter_mut().for_each(|repeats| repeats.push(0));
                return;
            }
        }
        self.levels.push(1);
    }

    fn append(&mut self, more: Self) {
        match (&mut self.held, more.held) {
            (Held::Texts(all), Held::Texts(mut more)) => all.settle().append(more.settle()),
            (Held::Integers(all), Held::Integers(more)) => all.extend(more),
            (Held::Numbers(all), Held::Numbers(more)) => all.extend(more),
            (Held::Flags(all), Held::Flags(more)) => all.extend(more),
            (Held::Days(all), Held::Days(more)) => all.extend(more),
            _ => {}
        }
        self.levels.extend(more.levels);
        if let (Some(all), Some(more)) = (&mut self.repeats, more.repeats) {
            all.extend(more);
        }
    }

    /// Its bytes in a file, and what the file's footer says of them.
    fn encode(mut self, kind: &ColumnDescPtr, properties: &WriterPropertiesPtr) -> Result<(Bytes, ColumnCloseResult), ParquetError> {
        let mut out = TrackedWrite::new(Vec::new());
        let pages = Box::new(SerializedPageWriter::new(&mut out));
        let mut writer = get_column_writer(Arc::clone(kind), Arc::clone(properties), pages);
        self.write(&mut writer)?;
        let written = writer.close()?;
        Ok((out.into_inner()?.into(), written))
    }

    fn write(&mut self, writer: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = (!self.required).then_some(&*self.levels);
        let repeats = self.repeats.as_deref();
        match (&mut self.held, writer) {
            (Held::Texts(values), ColumnWriter::ByteArrayColumnWriter(writer)) => writer.write_batch(values.settle(), levels, repeats),
            (Held::Integers(values), ColumnWriter::Int64ColumnWriter(writer)) => writer.write_batch(values, levels, repeats),
            (Held::Numbers(values), ColumnWriter::DoubleColumnWriter(writer)) => writer.write_batch(values, levels, repeats),
            (Held::Flags(values), ColumnWriter::BoolColumnWriter(writer)) => writer.write_batch(values, levels, repeats),
            (Held::Days(values), ColumnWriter::Int32ColumnWriter(writer)) => writer.write_batch(values, levels, repeats),
            _ => Err(ParquetError::General("a column is of another type than its schema says".to_owned())),
        }
        .map(drop)
    }
}

fn since_1970(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!((since_1970(date(1970, 1, 2)), since_1970(date(1969, 12, 31)), since_1970(date(2025, 1, 13))), (1, -1, 20_101));
    }
}
