//! Two wordings of one text, laid over each other word by word. The words are Unicode's (UAX 29).

use similar::{ChangeTag, TextDiff};

/// Texts of more bytes than this are not laid over each other: it would take long, and nobody would read it.
const MOST: usize = 10_000;

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// In both wordings.
    Same(String),
    /// In the old one alone.
    Gone(String),
    /// In the new one alone.
    Come(String),
}

/// What stays, goes and comes between `old` and `new`, in reading order; what goes stands before what comes in its
/// place. `Same` and `Gone` joined are `old`, `Same` and `Come` joined are `new`. No part is empty.
pub fn word_diff(old: &str, new: &str) -> Vec<Part> {
    let mut runs = Runs::default();
    if old != new && old.len().max(new.len()) > MOST {
        runs.gone.push_str(old);
        runs.come.push_str(new);
        return runs.finish();
    }
    for change in TextDiff::from_unicode_words(old, new).iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => runs.same.push_str(change.value()),
            ChangeTag::Delete => runs.changing().gone.push_str(change.value()),
            ChangeTag::Insert => runs.changing().come.push_str(change.value()),
        }
    }
    runs.finish()
}

/// The parts so far; then what goes and comes, and behind that what stays, none of it closed yet.
#[derive(Default)]
struct Runs {
    parts: Vec<Part>,
    gone: String,
    come: String,
    same: String,
}

impl Runs {
    /// Makes ready for a word that goes or comes. A mere blank between two such words goes with them, as it does for a reader.
    fn changing(&mut self) -> &mut Self {
        let changed = !(self.gone.is_empty() && self.come.is_empty());
        if changed && self.same.trim().is_empty() {
            self.gone.push_str(&self.same);
            self.come.push_str(&self.same);
            self.same.clear();
        } else if !self.same.is_empty() {
            self.close();
        }
        self
    }

    fn close(&mut self) {
        let runs = [(&mut self.gone, Part::Gone as fn(String) -> Part), (&mut self.come, Part::Come), (&mut self.same, Part::Same)];
        for (text, part) in runs {
            if !text.is_empty() {
                self.parts.push(part(std::mem::take(text)));
            }
        }
    }

    fn finish(mut self) -> Vec<Part> {
        self.close();
        self.parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: &str) {
        let parts = word_diff(old, new);
        let drawn: String = parts
            .iter()
            .map(|part| match part {
                Part::Same(text) => text.clone(),
                Part::Gone(text) => format!("[-{text}-]"),
                Part::Come(text) => format!("{{+{text}+}}"),
            })
            .collect();
        assert_eq!(drawn, expected);
        let joined = |of: fn(&Part) -> Option<&str>| parts.iter().filter_map(of).collect::<String>();
        let before = joined(|part| match part {
            Part::Same(text) | Part::Gone(text) => Some(text),
            Part::Come(_) => None,
        });
        let after = joined(|part| match part {
            Part::Same(text) | Part::Come(text) => Some(text),
            Part::Gone(_) => None,
        });
        assert_eq!((&*before, &*after), (old, new));
    }

    #[test]
    fn a_changed_word_stands_between_those_that_stay() {
        check("it had 60 million users", "it had 62 million users", "it had [-60-]{+62+} million users");
        check("", "", "");
        check("a", "", "[-a-]");
        check("", "a", "{+a+}");
        check("same words", "same words", "same words");
    }

    #[test]
    fn figures_are_words_as_a_whole() {
        check("about 1,234.5 euro", "about 1,234.6 euro", "about [-1,234.5-]{+1,234.6+} euro");
        check("l’età è 7", "l’età era 7", "l’età [-è-]{+era+} 7");
    }

    #[test]
    fn changed_words_side_by_side_are_one_change() {
        check("the old mill burned", "the new barn burned", "the [-old mill-]{+new barn+} burned");
    }

    #[test]
    fn very_long_texts_are_one_change() {
        let (old, new) = ("a ".repeat(MOST), "b ".repeat(MOST));
        assert_eq!(word_diff(&old, &new), [Part::Gone(old.clone()), Part::Come(new.clone())]);
        assert_eq!(word_diff(&old, &old), [Part::Same(old.clone())]);
    }
}
