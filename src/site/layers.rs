//! Marks and name links as layers over running text: opened and closed around each run, so that they may
//! cross emphasis, links and blocks, and each other.

use super::views::html::push_attribute;
use crate::parse::sidecar::Status;

/// A fact's mark on its article's text.
#[derive(Debug, Clone)]
pub struct Mark<'a> {
    /// The number of its note.
    pub number: usize,
    /// The fact's id.
    pub id: &'a str,
    /// The fact's status.
    pub status: Status,
    /// The first byte of the canonical text.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A walk along the canonical text that knows which layers cover the present run.
pub struct Layers<'a> {
    marks: &'a [Mark<'a>],
    names: &'a [(u32, u32, String)],
    /// Positions in `marks`, by start, longer first.
    order: Vec<usize>,
    next: usize,
    next_name: usize,
    /// Where any layer begins or ends, ascending.
    edges: Vec<usize>,
    next_edge: usize,
    /// The marks that cover the present run, outer first.
    active: Vec<usize>,
    /// Closing tags of what is written as open.
    open: Vec<&'static str>,
    /// What is written as open: marks and whether a name.
    shown: Option<(Vec<usize>, Option<usize>)>,
    /// Open marks without a number so far, and where in the output theirs would stand.
    unnumbered: Vec<(usize, usize)>,
    begun: Vec<usize>,
    /// By position in `marks`: whether some of its words lead to its note.
    linked: Vec<bool>,
}

impl<'a> Layers<'a> {
    /// `marks` in the order of their numbers, `names` in the order of the text.
    pub fn new(marks: &'a [Mark<'a>], names: &'a [(u32, u32, String)]) -> Self {
        let mut order: Vec<usize> = (0..marks.len()).collect();
        order.sort_by_key(|position| (marks[*position].start, std::cmp::Reverse(marks[*position].end), *position));
        let of_marks = marks.iter().flat_map(|mark| [mark.start as usize, mark.end as usize]);
        let of_names = names.iter().flat_map(|(start, end, _)| [*start as usize, *end as usize]);
        let mut edges: Vec<usize> = of_marks.chain(of_names).collect();
        edges.sort_unstable();
        edges.dedup();
        Self {
            marks,
            names,
            order,
            next: 0,
            next_name: 0,
            edges,
            next_edge: 0,
            active: Vec::new(),
            open: Vec::new(),
            shown: None,
            unnumbered: Vec::new(),
            begun: Vec::new(),
            linked: vec![false; marks.len()],
        }
    }

    /// Writes the tags due before the text at `from`, and gives the end of the run, at most `until`, over which
    /// nothing changes.
    pub fn advance(&mut self, from: usize, until: usize, in_link: bool, out: &mut String) -> usize {
        while self.edges.get(self.next_edge).is_some_and(|edge| *edge <= from) {
            self.next_edge += 1;
        }
        let end = self.edges.get(self.next_edge).map_or(until, |edge| until.min(*edge));
        self.cover(from);
        while self.names.get(self.next_name).is_some_and(|(_, name_end, _)| *name_end as usize <= from) {
            self.next_name += 1;
        }
        let name = self.names.get(self.next_name).filter(|(start, ..)| !in_link && *start as usize <= from).map(|_| self.next_name);
        if self.shown.as_ref().is_none_or(|(active, shown_name)| *active != self.active || *shown_name != name) {
            self.close(out);
            self.write_open(from, name, in_link, out);
        }
        self.number(end, out);
        end
    }

    fn cover(&mut self, from: usize) {
        self.active.retain(|position| self.marks[*position].end as usize > from);
        while let Some(position) = self.order.get(self.next).copied().filter(|position| self.marks[*position].start as usize <= from) {
            self.next += 1;
            self.begun.push(position);
            if self.marks[position].end as usize > from {
                self.active.push(position);
            }
        }
    }

    /// The last segment of a mark carries its number. Whether a segment is the last is known only at its end.
    fn number(&mut self, end: usize, out: &mut String) {
        let marks = self.marks;
        let mut shift = 0;
        self.unnumbered.retain_mut(|(position, at)| {
            *at += shift;
            let ends = marks[*position].end as usize == end;
            if ends {
                let number = format!(" data-n=\"{}\"", marks[*position].number);
                out.insert_str(*at, &number);
                shift += number.len();
            }
            !ends
        });
    }

    fn write_open(&mut self, from: usize, name: Option<usize>, in_link: bool, out: &mut String) {
        // Numbers stand at the ends of the marks, inner first: the outermost mark has the highest.
        let mut nested = self.active.clone();
        nested.sort_by_key(|position| std::cmp::Reverse(self.marks[*position].number));
        for position in &nested {
            let mark = &self.marks[*position];
            out.push_str("<mark class=\"mark s-");
            out.push_str(mark.status.word());
            out.push('"');
            if mark.start as usize == from {
                out.push_str(" id=\"q-");
                push_attribute(out, mark.id);
                out.push('"');
            }
            self.unnumbered.push((*position, out.len()));
            out.push('>');
            self.open.push("</mark>");
        }
        if let Some((.., url)) = name.map(|name| &self.names[name]) {
            out.push_str("<a class=\"entity\" href=\"");
            push_attribute(out, url);
            out.push_str("\">");
            self.open.push("</a>");
        } else if let Some(innermost) = self.active.last().filter(|_| !in_link) {
            out.push_str("<a href=\"#");
            push_attribute(out, self.marks[*innermost].id);
            // A mark in several pieces is one stop on the way of the keyboard.
            out.push_str(if std::mem::replace(&mut self.linked[*innermost], true) { "\" tabindex=\"-1\">" } else { "\">" });
            self.open.push("</a>");
        }
        self.shown = Some((self.active.clone(), name));
    }

    /// Closes what is written as open, before a tag of the text itself.
    pub fn close(&mut self, out: &mut String) {
        for tag in self.open.drain(..).rev() {
            out.push_str(tag);
        }
        self.shown = None;
        self.unnumbered.clear();
    }

    /// The positions of the marks that have begun since the last call.
    pub fn take_begun(&mut self) -> Vec<usize> {
        let mut begun = std::mem::take(&mut self.begun);
        begun.sort_unstable();
        begun
    }
}
