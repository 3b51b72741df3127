//! Which article of the old state is which of the new one, and which fact is which.

use std::collections::{BTreeMap, BTreeSet};

use super::{Side, Version};
use crate::base::Words;
use crate::parse::sidecar::Fact;

/// What was and what is; one of the two may be missing.
#[derive(Debug, Clone, Copy)]
pub struct Pair<T> {
    pub old: Option<T>,
    pub new: Option<T>,
}

/// Pairs articles: by slug and file, by slug, by an address that one of them says it once had, by file.
pub fn articles<'s>(old: &'s Side, new: &'s Side) -> Vec<Pair<&'s Version>> {
    let mut matching = Matching::new(&old.articles, &new.articles);
    matching.round(|article| article.slug.iter().map(|slug| (slug.clone(), article.file.clone())).collect());
    matching.round(|article| article.slug.iter().cloned().collect());
    let own = |side: &Side, article: &Version| article.slug.iter().map(|slug| address(side, slug)).collect();
    let earlier = |side: &Side, article: &Version| article.aliases.iter().map(|alias| address(side, alias)).collect();
    matching.cross(|article| own(old, article), |article| earlier(new, article));
    matching.cross(|article| earlier(old, article), |article| own(new, article));
    matching.round(|article| vec![article.file.clone()]);
    // Where front matter could not be read, the name of the file is all there is.
    matching.cross(guess, guess);
    matching.pairs()
}

/// The address that a slug or an alias means: a name alone stands in the folder of the articles.
fn address(side: &Side, alias: &str) -> String {
    let path = alias.trim_matches('/');
    if path.contains('/') { path.to_owned() } else { format!("{}/{path}", side.segment) }
}

fn guess(article: &Version) -> Vec<Box<str>> {
    vec![article.name()]
}

/// Pairs the facts of an article: by id; else, where only one on each side fits, by words and claim, by claim, or by
/// words where they speak of the same thing.
pub fn facts<'f>(old: &'f [Fact], new: &'f [Fact]) -> Vec<Pair<&'f Fact>> {
    let (old_ids, new_ids) = (counted_ids(old), counted_ids(new));
    let mut matching = Matching::new(old, new);
    matching.cross_at(|position, _| vec![old_ids[position]], |position, _| vec![new_ids[position]]);
    matching.round(|fact| vec![(&*fact.anchor.exact, claim(&fact.claim))]);
    matching.round(|fact| vec![claim(&fact.claim)]);
    matching.round(|fact| vec![(&*fact.anchor.exact, fact.kind, &fact.subject, &fact.property)]);
    matching.pairs()
}

/// Each id with its number among equal ones: ids that occur twice are an error, but no reason to compare nothing.
fn counted_ids(facts: &[Fact]) -> Vec<(&str, usize)> {
    let mut seen = BTreeMap::new();
    facts
        .iter()
        .map(|fact| {
            let count = seen.entry(&*fact.id).or_insert(0_usize);
            *count += 1;
            (&*fact.id, *count)
        })
        .collect()
}

fn claim(claim: &Words) -> Vec<&str> {
    claim.all().collect()
}

/// What is paired so far.
struct Matching<'t, T> {
    old: &'t [T],
    new: &'t [T],
    /// The partner of each old one.
    of_old: Vec<Option<usize>>,
    /// The partner of each new one.
    of_new: Vec<Option<usize>>,
}

impl<'t, T> Matching<'t, T> {
    fn new(old: &'t [T], new: &'t [T]) -> Self {
        Self { old, new, of_old: vec![None; old.len()], of_new: vec![None; new.len()] }
    }

    /// Pairs what has no partner yet and shares a key with one other alone.
    fn round<K: Ord>(&mut self, keys: impl Fn(&'t T) -> Vec<K>) {
        self.cross(&keys, &keys);
    }

    /// The same, with other keys on each side.
    fn cross<K: Ord>(&mut self, old_keys: impl Fn(&'t T) -> Vec<K>, new_keys: impl Fn(&'t T) -> Vec<K>) {
        self.cross_at(|_, item| old_keys(item), |_, item| new_keys(item));
    }

    fn cross_at<K: Ord>(&mut self, old_keys: impl Fn(usize, &'t T) -> Vec<K>, new_keys: impl Fn(usize, &'t T) -> Vec<K>) {
        let mut holders: BTreeMap<K, Holders> = BTreeMap::new();
        for (position, item) in self.old.iter().enumerate().filter(|(position, _)| self.of_old[*position].is_none()) {
            for key in old_keys(position, item) {
                holders.entry(key).or_default().old.insert(position);
            }
        }
        for (position, item) in self.new.iter().enumerate().filter(|(position, _)| self.of_new[*position].is_none()) {
            for key in new_keys(position, item) {
                holders.entry(key).or_default().new.insert(position);
            }
        }
        for (old, new) in holders.values().filter_map(Holders::only) {
            if self.of_old[old].is_none() && self.of_new[new].is_none() {
                self.of_old[old] = Some(new);
                self.of_new[new] = Some(old);
            }
        }
    }

    /// All pairs in the order of the new ones, then the old ones that are left.
    fn pairs(self) -> Vec<Pair<&'t T>> {
        let came = self.new.iter().zip(&self.of_new).map(|(new, old)| Pair { old: old.map(|old| &self.old[old]), new: Some(new) });
        let went = self.old.iter().zip(&self.of_old).filter(|(_, new)| new.is_none()).map(|(old, _)| Pair { old: Some(old), new: None });
        came.chain(went).collect()
    }
}

/// Who has a key.
#[derive(Default)]
struct Holders {
    old: BTreeSet<usize>,
    new: BTreeSet<usize>,
}

impl Holders {
    /// The one of each side, if there is exactly one.
    fn only(&self) -> Option<(usize, usize)> {
        let only = |set: &BTreeSet<usize>| set.first().copied().filter(|_| set.len() == 1);
        Some((only(&self.old)?, only(&self.new)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Lang, SourcePath};
    use crate::difference::Origin;
    use crate::parse::data::Format;
    use crate::parse::sidecar;

    /// A side of articles, each `file slug alias…`.
    fn side(articles: &[&str]) -> Side {
        let lang = Lang::new("en").unwrap();
        let version = |line: &&str| {
            let mut words = line.split(' ');
            let (file, slug) = (words.next().unwrap(), words.next().unwrap());
            Version {
                file: SourcePath::new(file),
                slug: (slug != "?").then(|| slug.into()),
                title: None,
                aliases: words.map(Into::into).collect(),
                lang: lang.clone(),
                facts: None,
            }
        };
        let articles = articles.iter().map(version).collect();
        Side { origin: Origin::Folder { name: None }, lang: lang.clone(), segment: "articles".into(), articles, unread: Vec::new() }
    }

    #[track_caller]
    fn check(old: &[&str], new: &[&str], expected: &[&str]) {
        let (old, new) = (side(old), side(new));
        let file = |version: Option<&Version>| version.map_or("-", |version| version.file.as_str()).to_owned();
        let pairs: Vec<String> = articles(&old, &new).into_iter().map(|pair| format!("{} {}", file(pair.old), file(pair.new))).collect();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn a_slug_says_more_than_a_file() {
        check(&["a.md x", "b.md y"], &["a.md y", "b.md x"], &["b.md a.md", "a.md b.md"]);
        check(&["a.md x"], &["a.md y"], &["a.md a.md"]);
        check(&["a.md x"], &["b.md y"], &["- b.md", "a.md -"]);
        check(&["a.md x", "b.md x"], &["a.md x", "b.md x"], &["a.md a.md", "b.md b.md"]);
    }

    #[test]
    fn an_alias_leads_forth_and_back() {
        check(&["a.md x"], &["b.md y x"], &["a.md b.md"]);
        check(&["a.md x"], &["b.md y /articles/x/"], &["a.md b.md"]);
        check(&["b.md y x"], &["a.md x"], &["b.md a.md"]);
        check(&["a.md x"], &["b.md y /elsewhere/x/"], &["- b.md", "a.md -"]);
    }

    #[test]
    fn without_a_slug_the_file_decides() {
        check(&["a.md x"], &["a.md ?"], &["a.md a.md"]);
        check(&["a.md a"], &["moved/a.md ?"], &["a.md moved/a.md"]);
    }

    #[test]
    fn facts_with_one_id_are_paired_in_their_order() {
        let read = |ids: &[&str]| {
            let fact = |(n, id): (usize, &&str)| format!("[[facts]]\nid='{id}'\nclaim='{n}'\nanchor.exact='{n}'\n");
            let text = ids.iter().enumerate().map(fact).collect::<Vec<_>>().concat();
            sidecar::read_unchecked(&SourcePath::new("a.facts.toml"), &text, Format::Toml).value.unwrap().facts
        };
        let (old, new) = (read(&["a", "a", "b"]), read(&["b", "a", "a"]));
        let claims = |pair: Pair<&Fact>| [pair.old, pair.new].map(|fact| fact.map_or("-", |fact| &*fact.anchor.exact).to_owned());
        let pairs: Vec<[String; 2]> = facts(&old, &new).into_iter().map(claims).collect();
        assert_eq!(pairs, [["2", "0"], ["0", "1"], ["1", "2"]]);
    }
}
