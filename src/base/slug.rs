//! Words as parts of addresses.

use std::collections::HashMap;

use super::SourcePath;

/// Lower-case ASCII letters, digits and single hyphens; other scripts are transliterated. Never empty: what
/// leaves nothing becomes `x`.
pub fn slugify(words: &str) -> String {
    let slug = slug::slugify(words);
    if slug.is_empty() { "x".to_owned() } else { slug }
}

/// The author's own id or slug, or one made from the name of the file.
pub fn own_or_stem(own: Option<&str>, file: &SourcePath) -> Box<str> {
    own.map_or_else(|| slugify(file.stem()).into(), Into::into)
}

/// Whether an author's own id or slug may stand in an address as it is: letters and digits of any script,
/// `-`, `_`, and `.` inside.
pub fn is_slug(id: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() && !c.is_uppercase() || matches!(c, '-' | '_' | '.');
    let edge = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    (1..=200).contains(&id.len()) && id.chars().all(inner) && id.starts_with(edge) && id.ends_with(edge) && !id.contains("..")
}

/// Gives each of a page's headings an id of its own: the second `facts` becomes `facts-1`.
#[derive(Debug, Default)]
pub struct Unique {
    taken: HashMap<String, usize>,
}

impl Unique {
    /// `wanted`, or `wanted` with the first free number behind it.
    pub fn claim(&mut self, wanted: String) -> String {
        let Some(mut number) = self.taken.get(&wanted).copied() else {
            self.taken.insert(wanted.clone(), 1);
            return wanted;
        };
        let mut name = format!("{wanted}-{number}");
        while self.taken.contains_key(&name) {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        self.taken.insert(wanted, number + 1);
        self.taken.insert(name.clone(), 1);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_stay_in_their_folder() {
        for bad in ["", "..", "a/b", "a b", "A", ".a", "a.", "a..b", "a\0"] {
            assert!(!is_slug(bad), "{bad:?}");
        }
        for good in ["ai-push", "2025_01", "città", "v1.2", "中国"] {
            assert!(is_slug(good), "{good:?}");
        }
    }
}
