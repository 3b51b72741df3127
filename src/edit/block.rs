//! Block scalars of YAML: a header, `|` or `>`, and indented lines below it. The tree knows their words; where they
//! stand is found here.

use std::ops::Range;

use super::NewValue;
use super::patch::Edit;
use super::quotes::{self, Quotes};
use super::spot::Text;

/// A block scalar.
pub(super) struct Block {
    /// The header without what stands behind it: `|`, `>-`, `|2+`.
    header: Range<usize>,
    /// From the end of the header's line to the end of the last line with words.
    pub(super) content: Range<usize>,
    indent: usize,
    /// Where the value ends, blank lines included if they belong to it; before the line end.
    pub(super) end: usize,
}

/// The block scalar behind the key at `key`, if there is one.
pub(super) fn behind(text: &Text<'_>, key: &Range<usize>) -> Option<Block> {
    let start = header_start(text.all, key.end)?;
    let rest = &text.all[start..];
    let header = start..start + rest.find(char::is_whitespace).unwrap_or(rest.len());
    let below = text.line_end_after(header.end);
    let column = key.start - text.line_start(key.start);
    let digit = text.all[header.clone()].chars().find_map(|c| c.to_digit(10));
    let given = digit.and_then(|digit| usize::try_from(digit).ok()).map(|digit| column + digit);
    let mut block = Block { header, content: below..below, indent: given.unwrap_or(column + 2), end: below };
    let (mut at, mut indent) = (below, given);
    while let Some(start) = text.next_line(at) {
        let end = text.line_end_after(start);
        let line = &text.all[start..end];
        let depth = line.len() - line.trim_start_matches(' ').len();
        let blank = line.trim().is_empty();
        if !blank && depth < indent.unwrap_or(column + 1) {
            break;
        }
        if !blank {
            (block.indent, indent) = (indent.unwrap_or(depth), Some(indent.unwrap_or(depth)));
            (block.content.end, block.end) = (end, end);
        } else if text.all[block.header.clone()].contains('+') && start < text.all.len() {
            block.end = end;
        }
        at = end;
    }
    Some(block)
}

/// Behind a key: its colon, comments, an anchor, a tag; and then the header.
fn header_start(text: &str, key_end: usize) -> Option<usize> {
    let mut at = key_end + text[key_end..].find(|c: char| !c.is_whitespace()).filter(|gap| text[key_end + gap..].starts_with(':'))? + 1;
    loop {
        at += text[at..].find(|c: char| !c.is_whitespace())?;
        let rest = &text[at..];
        at += match rest.chars().next()? {
            '|' | '>' => return Some(at),
            '#' => rest.find('\n')?,
            '&' | '!' => rest.find(char::is_whitespace)?,
            _ => return None,
        };
    }
}

/// The edits that put the new value in the block's place; a block again where a block can hold it.
pub(super) fn rewrite(text: &Text<'_>, block: &Block, to: &NewValue) -> Vec<Edit> {
    let old = &text.all[block.header.clone()];
    let lines = match to {
        NewValue::Text(words) if !block.content.is_empty() && !old.contains(|c: char| c.is_ascii_digit()) => {
            if old.starts_with('>') {
                folded(text, block, words)
            } else {
                literal(words)
            }
        }
        _ => None,
    };
    let Some(lines) = lines else {
        let quoted = quotes::write(text, to, Quotes::Double, false, "");
        return vec![Edit::new(block.header.clone(), quoted), Edit::new(block.content.clone(), "")];
    };
    let ends = matches!(to, NewValue::Text(words) if words.ends_with('\n'));
    let header = format!("{}{}", &old[..1], if ends { "" } else { "-" });
    let indent = " ".repeat(block.indent);
    let indented = |line: &String| if line.is_empty() { text.line_end.to_owned() } else { [text.line_end, &indent, line].concat() };
    vec![Edit::new(block.header.clone(), header), Edit::new(block.content.clone(), lines.iter().map(indented).collect::<String>())]
}

/// The words without the line end that closes them, if lines of a block can hold them.
fn body(words: &str) -> Option<&str> {
    let body = words.strip_suffix('\n').unwrap_or(words);
    let lost = body.is_empty() || body.starts_with(char::is_whitespace) || body.ends_with(char::is_whitespace);
    let strange = body.contains(|c| !matches!(c, '\n' | '\t') && quotes::needs_escape(c));
    (!lost && !strange && !body.lines().any(|line| !line.is_empty() && line.trim().is_empty())).then_some(body)
}

fn literal(words: &str) -> Option<Vec<String>> {
    Some(body(words)?.split('\n').map(str::to_owned).collect())
}

/// Lines no longer than the longest was, where the words let them.
fn folded(text: &Text<'_>, block: &Block, words: &str) -> Option<Vec<String>> {
    let body = body(words)?;
    if body.lines().any(|line| line.starts_with(char::is_whitespace)) {
        return None;
    }
    let width = text.all[block.content.clone()].lines().map(|line| line.trim().chars().count()).max().unwrap_or(0);
    let mut lines = Vec::new();
    for (at, paragraph) in body.split('\n').enumerate() {
        // A line end in the words is a blank line in the block; a blank line there stands for itself.
        if at > 0 && !paragraph.is_empty() {
            lines.push(String::new());
        }
        if paragraph.is_empty() {
            lines.push(String::new());
        } else {
            fold(paragraph, width, &mut lines);
        }
    }
    Some(lines)
}

fn fold(paragraph: &str, width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in paragraph.split(' ') {
        let full = line.chars().count() + word.chars().count() >= width;
        let may_break =
            !word.is_empty() && !word.starts_with(char::is_whitespace) && !line.ends_with(char::is_whitespace) && !line.is_empty();
        if full && may_break {
            lines.push(std::mem::take(&mut line));
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
}
