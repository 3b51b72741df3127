//! Just enough of HTML to read what the program writes: tags that must nest, and text.

use std::collections::{BTreeMap, BTreeSet};

/// What a fragment says, apart from how it says it.
pub struct Fragment {
    /// Its text, without footnote numbers and ways back; blocks and line breaks end in a newline.
    pub text: String,
    /// The text under the marks of each status.
    pub marked: BTreeMap<String, String>,
    /// How many marks of each status carry an id, and a note's number.
    pub mark_ends: BTreeMap<String, (usize, usize)>,
    /// Every id.
    pub ids: BTreeSet<String>,
}

const VOID: [&str; 4] = ["br", "hr", "img", "input"];
const INLINE: [&str; 8] = ["a", "em", "strong", "del", "code", "mark", "sup", "img"];

/// Reads a fragment. The error says what is wrong with it: a tag that does not nest, an id that stands twice.
pub fn read(html: &str) -> Result<Fragment, String> {
    let mut reader = Reader {
        open: Vec::new(),
        fragment: Fragment { text: String::new(), marked: BTreeMap::new(), mark_ends: BTreeMap::new(), ids: BTreeSet::new() },
    };
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        reader.text(&decode(&rest[..start])?);
        let end = tag_end(&rest[start..]).ok_or_else(|| format!("a tag does not end: {:?}", &rest[start..]))?;
        reader.tag(&rest[start + 1..start + end])?;
        rest = &rest[start + end + 1..];
    }
    reader.text(&decode(rest)?);
    match reader.open.pop() {
        Some(tag) => Err(format!("<{}> stays open", tag.name)),
        None => Ok(reader.fragment),
    }
}

/// Runs of spaces and newlines as one space: how blocks are kept apart is not what they say.
pub fn flat(text: &str) -> String {
    text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

struct Open {
    name: String,
    class: String,
}

struct Reader {
    open: Vec<Open>,
    fragment: Fragment,
}

impl Reader {
    fn tag(&mut self, tag: &str) -> Result<(), String> {
        if let Some(name) = tag.strip_prefix('/') {
            let open = self.open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if open.name != name {
                return Err(format!("</{name}> closes <{}>", open.name));
            }
            self.edge(name);
            return Ok(());
        }
        let name = tag.split(' ').next().unwrap_or_default();
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(format!("not a tag: <{tag}>"));
        }
        self.check_place(name)?;
        self.edge(name);
        let class = attribute(tag, "class").unwrap_or_default();
        if let Some(id) = attribute(tag, "id")
            && !self.fragment.ids.insert(id.clone())
        {
            return Err(format!("the id {id} stands twice"));
        }
        if name == "mark" {
            let ends = self.fragment.mark_ends.entry(status(&class)).or_default();
            ends.0 += usize::from(attribute(tag, "id").is_some());
            ends.1 += usize::from(attribute(tag, "data-n").is_some());
        }
        if !VOID.contains(&name) {
            self.open.push(Open { name: name.to_owned(), class });
        }
        Ok(())
    }

    fn check_place(&self, name: &str) -> Result<(), String> {
        let inside = |outer: &str| self.open.iter().any(|open| open.name == outer);
        if name == "a" && inside("a") {
            return Err("a link stands in a link".to_owned());
        }
        match self.open.iter().find(|open| open.name == "p" || INLINE.contains(&open.name.as_str())) {
            Some(outer) if !INLINE.contains(&name) && !VOID.contains(&name) => Err(format!("<{name}> stands in <{}>", outer.name)),
            _ => Ok(()),
        }
    }

    fn edge(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.fragment.text.push('\n');
            self.fragment.marked.values_mut().for_each(|text| text.push('\n'));
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.iter().any(|open| matches!(open.class.as_str(), "fnref" | "fnback")) {
            return;
        }
        self.fragment.text.push_str(text);
        let covering: BTreeSet<String> = self.open.iter().filter(|open| open.name == "mark").map(|open| status(&open.class)).collect();
        for mark in covering {
            self.fragment.marked.entry(mark).or_default().push_str(text);
        }
    }
}

fn status(class: &str) -> String {
    class.strip_prefix("mark s-").unwrap_or(class).to_owned()
}

/// Where the tag at the start of `html` ends; `>` in a quoted value does not end it.
fn tag_end(html: &str) -> Option<usize> {
    let mut quoted = false;
    html.char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        })?
        .0
        .into()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

fn decode(text: &str) -> Result<String, String> {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&#x27;", '\'')];
        let (entity, c) =
            known.iter().find(|(entity, _)| rest[start..].starts_with(entity)).ok_or_else(|| format!("a bare & in {text:?}"))?;
        decoded.push(*c);
        rest = &rest[start + entity.len()..];
    }
    decoded.push_str(rest);
    match decoded.find('>').filter(|_| text.contains('>')) {
        Some(_) => Err(format!("a bare > in {text:?}")),
        None => Ok(decoded),
    }
}
