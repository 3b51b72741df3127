//! A difference for a pull request's comment. Tables and folds are written as HTML, which forges take in Markdown: in
//! it no sign of the content's is Markdown. All words of the content stand in `<code>`, where forges make no
//! links of `@name`, `#123` and commits.

use super::rows::{self, Row, Said, Sign};
use super::{ArticleDiff, FactsDiff};
use crate::base::word_diff::Part;
use crate::report::plain;

/// What a comment may hold on the forge that takes least: 65,536 characters. Counted in bytes, which are never fewer.
pub const MOST: usize = 65_536;

/// Room for the line that says how much was left out, and for the fold that is open.
const REST: usize = 400;

/// No single text takes more of the comment than so many bytes.
const LONGEST: usize = 600;

/// Files that could not be read and are named.
const NAMED: usize = 20;

/// The difference as Markdown of at most [`MOST`] bytes; a last line says how many changes were left out.
pub fn markdown(diff: &FactsDiff) -> String {
    let mut page = Page { text: head(diff), left_out: 0 };
    let formats = rows::formats(diff);
    for article in &diff.articles {
        page.article(article, &rows::rows(article, formats.of(&diff.lang)));
    }
    if page.left_out > 0 {
        let changes = if page.left_out == 1 { "change is" } else { "changes are" };
        page.text.push_str(&format!("\n<p>{} more {changes} left out here.</p>\n", page.left_out));
    }
    page.text
}

fn head(diff: &FactsDiff) -> String {
    let (old, new) = (code(rows::origin(&diff.old)), code(rows::origin(&diff.new)));
    let mut head = format!("### Facts: {}\n\n<p>{old} → {new}</p>\n", rows::summary(diff));
    if diff.unread.is_empty() {
        return head;
    }
    head.push_str("\n<p><b>Could not be read, or only in part:</b></p>\n<ul>\n");
    for unread in diff.unread.iter().take(NAMED) {
        head.push_str(&format!("<li>{} {}</li>\n", code(&unread.unread.file), code(&rows::unread(diff, unread))));
    }
    let more = diff.unread.len().saturating_sub(NAMED);
    if more > 0 {
        head.push_str(&format!("<li>and {more} more</li>\n"));
    }
    head.push_str("</ul>\n");
    head
}

struct Page {
    text: String,
    left_out: usize,
}

impl Page {
    /// A fold with as many rows as there is room for. An article of which there is nothing to say but its fate is a
    /// change, too.
    fn article(&mut self, article: &ArticleDiff, rows: &[Row<'_>]) {
        let fate = rows::fate(article).map_or_else(String::new, |fate| format!(" {}", code(&fate)));
        let name = code(&article.file);
        if rows.is_empty() {
            let line = format!("\n<p>{name}{fate}</p>\n");
            return if self.has_room(&line) { self.text.push_str(&line) } else { self.left_out += 1 };
        }
        let count = if rows.len() == 1 { "1 change".to_owned() } else { format!("{} changes", rows.len()) };
        let open = format!(
            "\n<details><summary>{name}{fate}: {count}</summary>\n<table>\n<tr><th></th><th>Fact</th><th>What</th><th>Change</th></tr>\n"
        );
        let lines: Vec<String> = rows.iter().map(line).collect();
        if !self.has_room(&format!("{open}{}", lines[0])) {
            self.left_out += rows.len();
            return;
        }
        self.text.push_str(&open);
        // Once a row is left out so are those behind it: what is shown is a beginning, not a choice.
        let shown = lines.iter().take_while(|line| {
            let fits = self.has_room(line);
            if fits {
                self.text.push_str(line);
            }
            fits
        });
        let shown = shown.count();
        self.left_out += rows.len() - shown;
        self.text.push_str("</table>\n</details>\n");
    }

    fn has_room(&self, more: &str) -> bool {
        self.left_out == 0 && self.text.len() + more.len() + REST <= MOST
    }
}

fn line(row: &Row<'_>) -> String {
    let (sign, what) = match row.sign {
        Sign::Came => ("+", "added"),
        Sign::Went => ("−", "removed"),
        Sign::Changed => ("~", &*row.what),
    };
    format!("<tr><td>{sign}</td><td>{}</td><td>{what}</td><td>{}</td></tr>\n", code(row.id), said(&row.said))
}

fn said(said: &Said) -> String {
    match said {
        Said::Words(words) => code(words),
        Said::Turned { old, new, behind } if behind.is_empty() => format!("{} → {}", code(old), code(new)),
        Said::Turned { old, new, behind } => format!("{} → {} {}", code(old), code(new), code(behind.trim())),
        Said::Reworded(parts) => reworded(parts),
    }
}

fn reworded(parts: &[Part]) -> String {
    let inner = parts.iter().map(|part| match part {
        Part::Same(text) => escaped(text),
        Part::Gone(text) => format!("<del>{}</del>", escaped(text)),
        Part::Come(text) => format!("<ins>{}</ins>", escaped(text)),
    });
    // Of a very long sentence the beginning is shown.
    let mut room = LONGEST * 2;
    let fits = |part: &String| {
        room = room.saturating_sub(part.len());
        room > 0
    };
    let shown: Vec<String> = inner.take_while(fits).collect();
    let more = if shown.len() < parts.len() { "…" } else { "" };
    format!("<code>{}{more}</code>", shown.concat())
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// Text of the content on one line, at most [`LONGEST`] bytes long, with nothing in it that HTML reads. A blank line would
/// end the block of HTML; here no line ends.
fn escaped(text: &str) -> String {
    let text = plain(text);
    let mut escaped = String::new();
    for character in text.chars() {
        let mut buffer = [0; 4];
        let safe = html_escape::encode_text(character.encode_utf8(&mut buffer)).into_owned();
        if escaped.len() + safe.len() > LONGEST {
            return escaped + "…";
        }
        escaped.push_str(&safe);
    }
    escaped
}
