//! Small changes to texts of which each key stands on a line of its own.

use std::ops::Range;

/// A text as its lines.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// Lines as a text.
pub fn joined(lines: &[String]) -> String {
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

/// The lines between the fences of front matter.
pub fn head(lines: &[String]) -> Option<Range<usize>> {
    let first = lines.first().filter(|line| *line == "+++")?;
    let end = lines.iter().skip(1).position(|line| line == first)?;
    Some(1..end + 1)
}

/// The lines behind the front matter.
pub fn body(lines: &[String]) -> Option<Range<usize>> {
    Some(head(lines)?.end + 1..lines.len())
}

/// The lines under each heading of a list, such as `[[facts]]`, the heading included.
pub fn blocks(lines: &[String], is_heading: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let starts: Vec<usize> = (0..lines.len()).filter(|at| is_heading(&lines[*at])).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Gives a key among the lines of `range` this value, or takes the key out.
pub fn set(lines: &mut Vec<String>, range: &Range<usize>, key: &str, value: Option<&str>) {
    let at = range.clone().find(|at| lines[*at].starts_with(&format!("{key} = ")));
    match (at, value) {
        (Some(at), Some(value)) => lines[at] = format!("{key} = {value}"),
        (Some(at), None) => _ = lines.remove(at),
        (None, Some(value)) => lines.insert(range.end, format!("{key} = {value}")),
        (None, None) => {}
    }
}

/// The value of a key among the lines of `range`.
pub fn get<'l>(lines: &'l [String], range: &Range<usize>, key: &str) -> Option<&'l str> {
    lines[range.clone()].iter().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
}
