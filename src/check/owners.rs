//! Whose evidence is: by the house that published it, else by where it stands and who wrote it. Nothing is guessed from
//! who owns whom: two papers of one group count as two.

use url::{Host, Url};

use super::copies;
use super::rule::Case;
use crate::base::slug::slugify;
use crate::parse::bibliography::Source;
use crate::parse::sidecar::Evidence;

/// An owner of evidence, and the pieces that are theirs.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The house; without one, who wrote it.
    names: Vec<Name>,
    /// Whether the names are of a house: then only they decide.
    is_house: bool,
    /// Where its evidence stands.
    hosts: Vec<String>,
    /// What the bibliography calls it, where nothing else is known.
    keys: Vec<String>,
    /// The positions of its pieces in the fact's list.
    pub pieces: Vec<usize>,
}

#[derive(Debug, Clone)]
struct Name {
    written: String,
    plain: String,
}

/// Whether two names are one, but for capitals, white space and punctuation. So the id of an entity is mostly its name, too.
pub fn are_one_name(one: &str, other: &str) -> bool {
    slugify(one) == slugify(other)
}

/// The owners of the `pieces` of evidence at these positions, in the order of their first.
pub fn owners<'e>(case: &Case<'_>, pieces: impl Iterator<Item = (usize, &'e Evidence)>) -> Vec<Owner> {
    let mut owners: Vec<Owner> = Vec::new();
    for (position, evidence) in pieces {
        let piece = of_evidence(case, position, evidence);
        let (same, others): (Vec<_>, Vec<_>) = owners.into_iter().partition(|owner| owner.is(&piece));
        owners = others;
        owners.push(same.into_iter().chain([piece]).reduce(Owner::with).expect("there is at least the piece"));
        owners.sort_by_key(|owner| owner.pieces.first().copied());
    }
    owners
}

/// Who published the article itself.
pub fn of_article(case: &Case<'_>) -> Owner {
    Owner {
        names: case.head.publisher.iter().map(|name| Name::new(name)).collect(),
        is_house: case.head.publisher.is_some(),
        hosts: case.head.url.iter().filter_map(|address| site(address)).collect(),
        keys: Vec::new(),
        pieces: Vec::new(),
    }
}

/// Whether it can be told whose evidence is: it is no copy whose address does not say of what.
pub fn is_known(case: &Case<'_>, evidence: &Evidence) -> bool {
    let is_copy = |address: &str| Url::parse(address).is_ok_and(|url| copies::is_copy(&url));
    let owner = of_evidence(case, 0, evidence);
    !owner.names.is_empty() || !owner.hosts.is_empty() || !case.address_of(evidence).is_some_and(is_copy)
}

fn of_evidence(case: &Case<'_>, position: usize, evidence: &Evidence) -> Owner {
    let source = case.source_of(evidence);
    let house = source.and_then(|source| source.publisher.as_ref().or(source.container.as_ref()));
    let names = house.map_or_else(|| source.map_or(&[][..], |source| &*source.authors), std::slice::from_ref);
    let key = |source: &Source| source.title.clone().unwrap_or_else(|| source.key.clone());
    Owner {
        names: names.iter().map(|name| Name::new(name)).collect(),
        is_house: house.is_some(),
        hosts: case.address_of(evidence).and_then(site).into_iter().collect(),
        keys: source.map(key).into_iter().map(String::from).collect(),
        pieces: vec![position],
    }
}

/// The part of an address that somebody registered: `example.co.uk` of `https://news.example.co.uk/a`, and of a copy of it.
fn site(address: &str) -> Option<String> {
    match copies::original(address)?.host()? {
        Host::Domain(host) => Some(psl::domain_str(host.trim_end_matches('.')).unwrap_or(host).to_owned()),
        numbers => Some(numbers.to_string()),
    }
}

impl Owner {
    /// Whether both are one. A site of two houses keeps them apart.
    pub fn is(&self, other: &Self) -> bool {
        let names = self.names.iter().any(|name| other.names.iter().any(|theirs| theirs.plain == name.plain));
        let hosts = !(self.is_house && other.is_house) && self.hosts.iter().any(|host| other.hosts.contains(host));
        let nothing_else = self.names.is_empty() && self.hosts.is_empty();
        names || hosts || nothing_else && self.keys.iter().any(|key| other.keys.contains(key))
    }

    /// What it is called in a message.
    pub fn called(&self) -> String {
        let house = self.names.first().filter(|_| self.is_house).map(|name| &name.written);
        let shown = house.or(self.hosts.first()).or(self.names.first().map(|name| &name.written)).or(self.keys.first());
        shown.cloned().unwrap_or_default()
    }

    fn with(mut self, other: Self) -> Self {
        match (self.is_house, other.is_house) {
            (false, true) => self.names = other.names,
            (true, false) => {}
            _ => self.names.extend(other.names),
        }
        self.is_house |= other.is_house;
        self.hosts.extend(other.hosts);
        self.keys.extend(other.keys);
        self.pieces.extend(other.pieces);
        self
    }
}

impl Name {
    fn new(written: &str) -> Self {
        Self { written: written.trim().to_owned(), plain: slugify(written) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_what_somebody_registered() {
        for (address, expected) in [
            ("https://www.bbc.co.uk/news", "bbc.co.uk"),
            ("https://News.Example.COM./a", "example.com"),
            ("https://anna.github.io/x", "anna.github.io"),
            ("http://192.168.0.1:80/", "192.168.0.1"),
            ("http://localhost/", "localhost"),
            ("https://www.città.it/", "xn--citt-3na.it"),
            ("https://web.archive.org/web/2024/https://news.example.com/a", "example.com"),
        ] {
            assert_eq!(site(address).as_deref(), Some(expected), "{address}");
        }
        assert_eq!(site("nowhere"), None);
    }

    #[test]
    fn a_name_is_one_however_it_is_written() {
        assert!(are_one_name("The Valley Post", "the  valley post"));
        assert!(are_one_name("The Valley Post", "the-valley-post"));
        assert!(!are_one_name("The Valley Post", "The Valley Times"));
    }
}
