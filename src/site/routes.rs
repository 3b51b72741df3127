//! Every address of the site is made here.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::beside::Beside;
use super::cite::CiteFormat;
use crate::base::{Fingerprint, OutputPath, SourcePath};
use crate::config::{Config, Paths};
use crate::picture::Picture;

/// A page's or file's place on the site, without the base: `articles/ai-push/`, `feed.xml`, or nothing for the
/// home page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(String);

impl Address {
    /// Takes a place on the site as it is.
    pub fn new(place: impl Into<String>) -> Self {
        Self(place.into())
    }

    /// The place as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that answers at this address; `None` when its name cannot be one.
    pub fn output(&self) -> Option<OutputPath> {
        let directory = self.0.is_empty() || self.0.ends_with('/');
        OutputPath::new(&if directory { format!("{}index.html", self.0) } else { self.0.clone() })
    }
}

/// Makes addresses, and addresses into links.
#[derive(Debug, Clone)]
pub struct Routes {
    origin: String,
    base: String,
    /// What stands before the addresses of a language: nothing for the first, `en/` for another.
    tree: String,
    paths: Paths,
}

/// What a path may not hold as it is (RFC 3986, `pchar` and `/`).
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The folder of the archive's data, which serves all languages.
pub const DATA: &str = "data/";

impl Routes {
    /// Routes below the configuration's `base_url`, which has been checked, in the language at the position `tree`.
    pub fn new(config: &Config, tree: usize) -> Self {
        let whole = config.base_url.trim_end_matches('/');
        let host = whole.find("://").map_or(0, |scheme| scheme + 3);
        let (origin, base) = whole.split_at(whole[host..].find('/').map_or(whole.len(), |slash| host + slash));
        let tree = config.languages.get(tree).filter(|_| tree > 0).map_or_else(String::new, |lang| format!("{lang}/"));
        Self { origin: origin.to_owned(), base: base.to_owned(), tree, paths: config.paths.clone() }
    }

    /// The path before every address: empty, or such as `/archive`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// An address as a link on the site's host.
    pub fn url(&self, address: &Address) -> String {
        format!("{}/{}", self.base, utf8_percent_encode(&address.0, RESERVED))
    }

    /// An address with host.
    pub fn absolute(&self, address: &Address) -> String {
        self.with_host(&self.url(address))
    }

    /// A link on the site's host, with host.
    pub fn with_host(&self, url: &str) -> String {
        format!("{}{url}", self.origin)
    }

    /// The same place in the language of `other`.
    pub fn counterpart(&self, address: &Address, other: &Self) -> Option<Address> {
        Some(other.place(address.0.strip_prefix(&self.tree)?.to_owned()))
    }

    fn place(&self, below: String) -> Address {
        Address(if self.tree.is_empty() { below } else { format!("{}{below}", self.tree) })
    }

    /// The front page.
    pub fn home(&self) -> Address {
        self.place(String::new())
    }

    /// The list of articles.
    pub fn articles(&self) -> Address {
        self.place(format!("{}/", self.paths.articles))
    }

    /// The list of a year's articles.
    pub fn articles_of(&self, year: Option<i32>) -> Address {
        self.place(format!("{}/{}/", self.paths.articles, year_segment(year)))
    }

    /// An article.
    pub fn article(&self, slug: &str) -> Address {
        self.place(format!("{}/{slug}/", self.paths.articles))
    }

    /// How an article is cited.
    pub fn citations(&self, slug: &str, format: CiteFormat) -> Address {
        self.place(format!("{}/{slug}/{}", self.paths.articles, format.file()))
    }

    /// A file beside an article's page.
    pub fn beside(&self, slug: &str, file: Beside) -> Address {
        self.place(format!("{}/{slug}/{}", self.paths.articles, file.file()))
    }

    /// The list of entities.
    pub fn entities(&self) -> Address {
        self.place(format!("{}/", self.paths.entities))
    }

    /// The list of a kind's entities.
    pub fn entities_of(&self, kind: &str) -> Address {
        self.place(format!("{}/kind/{kind}/", self.paths.entities))
    }

    /// An entity.
    pub fn entity(&self, id: &str) -> Address {
        self.place(format!("{}/{id}/", self.paths.entities))
    }

    /// An entity's feed.
    pub fn entity_feed(&self, id: &str) -> Address {
        self.place(format!("{}/{id}/feed.xml", self.paths.entities))
    }

    /// An entity's record.
    pub fn entity_record(&self, id: &str) -> Address {
        self.place(format!("{}/{id}/entity.jsonld", self.paths.entities))
    }

    /// The list of properties.
    pub fn properties(&self) -> Address {
        self.place(format!("{}/", self.paths.properties))
    }

    /// A property.
    pub fn property(&self, id: &str) -> Address {
        self.place(format!("{}/{id}/", self.paths.properties))
    }

    /// The bibliography.
    pub fn sources(&self) -> Address {
        self.place(format!("{}/", self.paths.sources))
    }

    /// A source. Keys of bibliographies hold colons and slashes, so they are made into slugs.
    pub fn source(&self, key: &str) -> Address {
        let segment = if crate::base::slug::is_slug(key) { key.to_owned() } else { crate::base::slug::slugify(key) };
        self.place(format!("{}/{segment}/", self.paths.sources))
    }

    /// The timeline.
    pub fn timeline(&self) -> Address {
        self.place(format!("{}/", self.paths.timeline))
    }

    /// A year of the timeline.
    pub fn timeline_of(&self, year: i32) -> Address {
        self.place(format!("{}/{year}/", self.paths.timeline))
    }

    /// How much of the archive is checked.
    pub fn coverage(&self) -> Address {
        self.place(format!("{}/", self.paths.coverage))
    }

    /// The list of corrections.
    pub fn corrections(&self) -> Address {
        self.place(format!("{}/", self.paths.corrections))
    }

    /// The feed of corrections.
    pub fn corrections_feed(&self) -> Address {
        self.place(format!("{}/feed.xml", self.paths.corrections))
    }

    /// What hosts show for addresses that are not.
    pub fn not_found(&self) -> Address {
        self.place("404.html".to_owned())
    }

    /// The search page; the files of its index lie below it.
    pub fn search(&self) -> Address {
        self.place(format!("{}/", self.paths.search))
    }

    /// A plain page.
    pub fn page(&self, slug: &str) -> Address {
        self.place(format!("{slug}/"))
    }

    /// The site's feed.
    pub fn feed(&self) -> Address {
        self.place("feed.xml".to_owned())
    }

    /// A numbered page of a list.
    pub fn numbered(&self, list: &Address, number: usize) -> Address {
        Address(format!("{}page/{number}/", list.0))
    }

    /// A file that is copied: beside the articles, the entities or the pages where it stands in `content/`, or at
    /// the root of the site for `static/`.
    pub fn asset(&self, file: &SourcePath) -> Address {
        let below = |folder: &str, segment: &str| Some(format!("{segment}/{}", file.below(folder)?));
        let place = below("content/articles", &self.paths.articles)
            .or_else(|| below("content/entities", &self.paths.entities))
            .or_else(|| file.below("content/pages").or_else(|| file.below("static")).map(str::to_owned));
        Address(place.unwrap_or_else(|| file.as_str().to_owned()))
    }

    /// A smaller picture, beside the one of which it is made. Its name tells all that it is made from, so that what stands
    /// under it never changes.
    pub fn smaller(&self, file: &SourcePath, picture: &Picture, width: u32) -> Address {
        let Address(whole) = self.asset(file);
        let folder = whole.rfind('/').map_or("", |slash| &whole[..=slash]);
        let stem: String = file.stem().chars().take(LONGEST_STEM).collect();
        // Two pictures whose names differ only at the end may hold the same.
        let print = picture.print_of_smaller().then(Fingerprint::of(file.name().as_bytes()));
        Address(format!("{folder}{stem}.{print}.{width}.webp"))
    }
}

/// How much of a picture's name the names of smaller ones keep: with up to four bytes to a character it stays a name of a file.
const LONGEST_STEM: usize = 40;

fn year_segment(year: Option<i32>) -> String {
    year.map_or_else(|| "undated".to_owned(), |year| year.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(base_url: &str) -> Config {
        toml::from_str(&format!("title = 'x'\nbase_url = '{base_url}'\nlanguages = ['it', 'en']")).unwrap()
    }

    fn routes(base_url: &str) -> Routes {
        Routes::new(&config(base_url), 0)
    }

    #[test]
    fn a_base_may_have_a_path() {
        let article = |base: &str| routes(base).absolute(&routes(base).article("città"));
        assert_eq!(article("https://a.example"), "https://a.example/articles/citt%C3%A0/");
        assert_eq!(article("https://a.example/x/y/"), "https://a.example/x/y/articles/citt%C3%A0/");
        assert_eq!(routes("https://a.example/x").url(&Address::new("")), "/x/");
        assert_eq!(Address::new("").output().unwrap().as_str(), "index.html");
    }

    #[test]
    fn a_language_that_is_not_the_first_has_addresses_of_its_own() {
        let config = config("https://a.example/x");
        let (it, en) = (Routes::new(&config, 0), Routes::new(&config, 1));
        assert_eq!(en.url(&en.entity("lake")), "/x/en/entities/lake/");
        assert_eq!(en.url(&en.numbered(&en.timeline_of(2024), 2)), "/x/en/timeline/2024/page/2/");
        assert_eq!(it.counterpart(&it.home(), &en), Some(en.home()));
        assert_eq!(en.counterpart(&en.source("a"), &it), Some(it.source("a")));
    }
}
