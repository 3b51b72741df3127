//! Which words of the interface a template asks for by name. Reads the tags of a template as text: the engine has no door to its tree.

use std::ops::Range;

/// A word that a template asks for.
#[derive(Debug, PartialEq, Eq)]
pub struct Ask<'t> {
    /// Its name.
    pub id: &'t str,
    /// Where the name stands.
    pub at: Range<usize>,
    /// Whether it may come with arguments.
    pub says: bool,
}

/// Everything that the text asks for. What it puts together (`words["state_" ~ s]`) is not known.
pub fn of(text: &str) -> Vec<Ask<'_>> {
    let mut asks = Vec::new();
    for tag in tags(text) {
        let inside = &text[tag.clone()];
        for (object, says) in [("words", false), ("plain", false), ("say", true)] {
            let hits = inside.match_indices(object).filter(|(at, _)| !inside[..*at].ends_with(is_name) && !inside[..*at].ends_with('.'));
            asks.extend(hits.filter_map(|(at, _)| {
                let rest = &inside[at + object.len()..];
                let name = if says { named_argument(rest) } else { field(rest) }?;
                let start = tag.start + at + object.len() + name.start;
                let at = start..start + name.len();
                Some(Ask { id: &text[at.clone()], at, says })
            }));
        }
    }
    asks.retain(|ask| ask.id != super::LABELS);
    asks.sort_by_key(|ask| ask.at.start);
    asks
}

/// `.name` or `["name"]`.
fn field(rest: &str) -> Option<Range<usize>> {
    if let Some(name) = rest.strip_prefix('.') {
        let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
        return (end > 0).then_some(1..1 + end);
    }
    let name = rest.strip_prefix("[\"")?;
    let end = name.find('"')?;
    name[end..].starts_with("\"]").then_some(2..2 + end)
}

/// `(… id="name" …)`.
fn named_argument(rest: &str) -> Option<Range<usize>> {
    let arguments = &rest[..rest.strip_prefix('(').and_then(|rest| rest.find(')')).map_or(0, |end| end + 1)];
    let start = arguments.find("id=\"").filter(|at| !arguments[..*at].ends_with(is_name))? + 4;
    let end = start + arguments[start..].find('"')?;
    (!arguments[end..].trim_start_matches('"').trim_start().starts_with('~')).then_some(start..end)
}

/// The insides of `{{ … }}` and `{% … %}`; comments hold none.
fn tags(text: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let close = match text[open..].get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let end = text[open..].find(close).map_or(text.len(), |end| open + end);
        if close != "#}" {
            tags.push(open + 2..end);
        }
        at = end;
    }
    tags
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(of(text).iter().map(|ask| &text[ask.at.clone()]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn what_a_template_asks_for_is_found() {
        check("words.no {{ words.feed }} {% if x %}{{ plain[\"next\"] | upper }}{% endif %}", &["feed", "next"]);
        check("{{ say(id=\"facts_counted\", n=3) }}{{ say(n=3, id=\"page_of\") }}", &["facts_counted", "page_of"]);
    }

    #[test]
    fn what_only_looks_alike_is_not() {
        check("{# words.no #}{{ my.words.no }}{{ mywords.no }}{{ words[\"state_\" ~ s] }}{{ words[x] }}{{ plain.labels.status }}", &[]);
        check("{{ say(id=\"state_\" ~ s) }}{ words.no", &[]);
    }
}
