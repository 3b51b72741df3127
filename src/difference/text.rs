//! A difference for people, one change a line.

use std::fmt::Write;

use super::rows::{self, Row, Said, Sign};
use super::{ArticleDiff, FactsDiff};
use crate::report::{plain, wording};
use crate::site::format::Format;

const GREEN: &str = "\u{1b}[32m";
const RED: &str = "\u{1b}[31m";
const BOLD: &str = "\u{1b}[1m";
const END: &str = "\u{1b}[0m";

/// The difference as lines; in colour with ANSI escapes, else what goes and comes within a sentence stands in `[-…-]`
/// and `{+…+}`, as in git's word diff.
pub fn text(diff: &FactsDiff, colour: bool) -> String {
    let pen = Pen { colour };
    let formats = rows::formats(diff);
    let (old, new) = (rows::origin(&diff.old), rows::origin(&diff.new));
    let mut text = format!("{} → {}: {}\n", plain(old), plain(new), rows::summary(diff));
    if !diff.unread.is_empty() {
        text.push_str("\ncould not be read, or only in part:\n");
        for unread in &diff.unread {
            let _ = writeln!(text, "  {}: {}", plain(&unread.unread.file), plain(&rows::unread(diff, unread)));
        }
    }
    for article in &diff.articles {
        text.push_str(&pen.article(article, formats.of(&diff.lang)));
    }
    text
}

struct Pen {
    colour: bool,
}

impl Pen {
    fn article(&self, article: &ArticleDiff, format: &Format) -> String {
        let fate = rows::fate(article).map_or_else(String::new, |fate| format!(" ({})", plain(&fate)));
        let mut text = format!("\n{}{fate}\n", self.painted(BOLD, &plain(&article.file)));
        let rows = rows::rows(article, format);
        let width = rows.iter().map(|row| row.id.chars().count()).max().unwrap_or(0).min(24);
        for row in rows {
            let _ = writeln!(text, "  {}", self.row(&row, width));
        }
        text
    }

    fn row(&self, row: &Row<'_>, width: usize) -> String {
        let id = format!("{:width$}", plain(row.id));
        let said = self.said(&row.said);
        match row.sign {
            Sign::Came => format!("{} {said}", self.painted(GREEN, &format!("+ {id}"))),
            Sign::Went => format!("{} {said}", self.painted(RED, &format!("- {id}"))),
            Sign::Changed => format!("~ {id} {}: {said}", row.what),
        }
    }

    fn said(&self, said: &Said) -> String {
        match said {
            Said::Words(words) => plain(words).into_owned(),
            Said::Turned { old, new, behind } => {
                format!("{} → {}{}", self.painted(RED, &plain(old)), self.painted(GREEN, &plain(new)), plain(behind))
            }
            Said::Reworded(parts) => wording(parts, self.colour),
        }
    }

    fn painted(&self, colour: &str, text: &str) -> String {
        if self.colour { format!("{colour}{text}{END}") } else { text.to_owned() }
    }
}
