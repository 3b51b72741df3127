//! Links as written into links that lead somewhere: wikilinks, paths to files of the archive, places on a page,
//! and addresses elsewhere of the few kinds that are let through.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rapidhash::RapidHashMap;

use super::graph::{Article, Corrected, Href, Page};
use super::ids::{ArticleIx, EntityIx, PageIx};
use super::register::Register;
use super::showing::Showing;
use crate::base::word::{did_you_mean, nearest};
use crate::base::{Code, Diagnostic, Place, SourcePath};
use crate::parse::List;
use crate::parse::article::Publish;
use crate::parse::body::{self, LinkKind, LinkUse};

/// Everything that a link may lead to.
pub struct Targets<'a> {
    /// Entities.
    pub register: &'a Register,
    /// Articles, all of them.
    pub articles: &'a [Article],
    /// Plain pages, all of them.
    pub pages: &'a [Page],
    /// Articles by slug.
    pub article_of: &'a BTreeMap<Box<str>, ArticleIx>,
    /// Plain pages by slug.
    pub page_of: &'a BTreeMap<Box<str>, PageIx>,
    /// Documents by path.
    pub documents: RapidHashMap<&'a str, Href>,
    /// Files that are copied, and documents that could not be read, about which enough has been said.
    pub files: HashSet<&'a str>,
    /// Documents that could not be read.
    pub unreadable: HashSet<&'a str>,
    /// The ids on the page of each article, once they have been asked for.
    pub article_ids: Vec<Ids<'a>>,
    /// The ids on each plain page, once they have been asked for.
    pub page_ids: Vec<Ids<'a>>,
}

/// The ids on a page, gathered once.
pub type Ids<'a> = OnceCell<HashSet<&'a str>>;

/// Whether `id` is one of an article's `ids`, or that of a fact's mark.
pub(super) fn has(ids: &HashSet<&str>, id: &str) -> bool {
    ids.contains(id) || id.strip_prefix("q-").is_some_and(|fact| ids.contains(fact))
}

/// A link or an image as its file means it; whether there is such a place is not known yet.
#[derive(Debug)]
pub struct Pointer {
    source: (u32, u32),
    to: To,
    is_picture: bool,
    is_wordless: bool,
}

/// What a link names.
#[derive(Debug)]
enum To {
    /// An address elsewhere that is let through.
    Outside(Arc<str>),
    /// An address of a scheme that is not.
    Unsafe(&'static str),
    /// A wikilink's target.
    Wiki(Box<str>, Fragment),
    /// A file of the archive.
    File(Box<str>, Fragment),
    /// A path that leads out of the archive.
    Astray(Box<str>),
    /// A place on the same page.
    Here(Fragment),
}

type Fragment = Option<Box<str>>;

/// Where a link leads; or what is wrong with it, unless that has been said.
type Followed = Result<Href, Option<Diagnostic>>;

impl Pointer {
    fn place(&self, file: &SourcePath) -> Place {
        Place::bytes(file, self.source.0 as usize..self.source.1 as usize)
    }

    /// The address elsewhere that it names, if it does, and its bytes in the file.
    pub fn outside(&self) -> Option<(&str, Range<usize>)> {
        match &self.to {
            To::Outside(address) => Some((address, self.source.0 as usize..self.source.1 as usize)),
            _ => None,
        }
    }

    /// The file of the archive that it shows, if it is a picture.
    pub fn shows(&self) -> Option<&str> {
        match &self.to {
            To::File(path, _) if self.is_picture => Some(path),
            _ => None,
        }
    }

    /// Its bytes in the file, if it is a picture that says nothing to those who do not see it, and should.
    pub fn wordless(&self) -> Option<Range<usize>> {
        self.is_wordless.then_some(self.source.0 as usize..self.source.1 as usize)
    }
}

/// The links of `file`; with `unsafe_html`, addresses of any scheme are let through.
pub fn pointers(file: &SourcePath, links: &[LinkUse], unsafe_html: bool) -> List<Pointer> {
    let narrow = |at: usize| u32::try_from(at).expect("the source floor refuses texts of 4 GiB");
    let source = |link: &LinkUse| (narrow(link.source.start), narrow(link.source.end));
    let pointer = |link: &LinkUse| Pointer {
        source: source(link),
        to: to(file, link, unsafe_html),
        is_picture: link.kind == LinkKind::Image,
        is_wordless: link.is_wordless(),
    };
    links.iter().map(pointer).collect()
}

fn to(file: &SourcePath, link: &LinkUse, unsafe_html: bool) -> To {
    let part = |part: String| part.into_boxed_str();
    match (link.kind, scheme(&link.target)) {
        (LinkKind::Email, _) => To::Outside(format!("mailto:{}", link.target).into()),
        (LinkKind::Wiki, _) => {
            let (target, fragment) = split(&link.target);
            To::Wiki(part(target), fragment.map(part))
        }
        (_, Some(_)) if unsafe_html => To::Outside((&*link.target).into()),
        (_, Some("http" | "https" | "mailto")) => To::Outside(link.target.trim().replace(char::is_control, "").into()),
        (_, Some(scheme)) => To::Unsafe(scheme),
        (_, None) => match split(&link.target) {
            (target, fragment) if target.is_empty() => To::Here(fragment.map(part)),
            (target, fragment) => match path(file, &target) {
                Some(path) => To::File(part(path), fragment.map(part)),
                None => To::Astray(part(target)),
            },
        },
    }
}

/// The entity that a link means, if it means one.
pub fn entity(register: &Register, file: &SourcePath, link: &LinkUse) -> Option<EntityIx> {
    let (target, _) = split(&link.target);
    match link.kind {
        LinkKind::Wiki => register.find_entity(&target).or_else(|| register.find_named(&target)),
        LinkKind::Markdown => register.find_entity_at(&path(file, &target)?),
        LinkKind::Email | LinkKind::Image => None,
    }
}

/// The links of a Markdown text in the data of `file`.
pub fn of_text(file: &SourcePath, markdown: &str, unsafe_html: bool) -> List<Pointer> {
    pointers(file, &body::read(markdown, 0, |_| false).links, unsafe_html)
}

impl Targets<'_> {
    /// Whether an article's page has this id: a heading's, a fact's, or that of a fact's mark.
    pub fn article_has(&self, index: ArticleIx, id: &str) -> bool {
        let ids = self.article_ids[index.position()].get_or_init(|| self.articles[index.position()].ids().collect());
        has(ids, id)
    }

    /// Whether a plain page has this id.
    pub fn page_has(&self, index: PageIx, id: &str) -> bool {
        self.page_ids[index.position()].get_or_init(|| self.pages[index.position()].ids().collect()).contains(id)
    }

    /// Follows the links of `file`, whose page has the ids for which `has_id` is true.
    pub fn resolve(&self, file: &SourcePath, links: &[Pointer], has_id: impl Fn(&str) -> bool, found: &mut Vec<Diagnostic>) -> List<Href> {
        let follow = |link: &Pointer| {
            let place = || link.place(file);
            self.follow(file, link, &place, &|fragment| here(fragment, &has_id, place()))
        };
        links.iter().map(|link| follow(link).unwrap_or_else(|finding| report(finding, found))).collect()
    }

    /// The corrections of an article whose day has come, newest first; of one day, the last that is written first. The links
    /// of all are looked at.
    pub fn corrections(&self, index: ArticleIx, showing: Showing, found: &mut Vec<Diagnostic>) -> List<Corrected> {
        let written = &self.articles[index.position()].head.corrections;
        let mut shown = Vec::new();
        for (nth, correction) in (0_u32..).zip(written) {
            let links = self.resolve_correction(index, nth as usize, found);
            if showing.has_come(correction.date) {
                shown.push(Corrected { position: nth, links });
            }
        }
        shown.sort_by_key(|shown| Reverse((written[shown.position as usize].date, shown.position)));
        shown.into()
    }

    fn resolve_correction(&self, index: ArticleIx, position: usize, found: &mut Vec<Diagnostic>) -> List<Href> {
        let article = &self.articles[index.position()];
        let place = || article.correction_place(position);
        let here = |fragment: Option<&str>| match fragment {
            // Links on a page that is not shown are looked at as if it were.
            Some(fragment) if article.shown || !article.has_own(fragment) => self.at_article(index, Some(fragment), &place),
            Some(fragment) => Ok(Href::Article(index, Some(fragment.into()))),
            None => here(None, &|_| false, place()),
        };
        let follow = |link: &Pointer| self.follow(&article.file, link, &place, &here);
        let links = &article.written_in_corrections[position];
        links.iter().map(|link| follow(link).unwrap_or_else(|finding| report(finding, found))).collect()
    }

    fn follow(&self, file: &SourcePath, link: &Pointer, place: &dyn Fn() -> Place, here: &dyn Fn(Option<&str>) -> Followed) -> Followed {
        let broken = |message: String| Some(Diagnostic::error(Code::BrokenLink, place(), message));
        match &link.to {
            To::Outside(address) => Ok(Href::Outside(Arc::clone(address))),
            To::Unsafe(scheme) => Err(Some(unsafe_link(scheme, place()))),
            To::Here(fragment) => here(fragment.as_deref()),
            To::Astray(target) => Err(broken(format!("`{target}` leads out of the archive"))),
            To::Wiki(target, fragment) => {
                let href = self.wiki(target).ok_or_else(|| Some(self.no_page(target, place())))?;
                self.arrive(href, fragment.as_deref(), place)
            }
            To::File(path, fragment) => self.arrive(self.file(file, path, broken)?, fragment.as_deref(), place),
        }
    }

    fn wiki(&self, target: &str) -> Option<Href> {
        let register = self.register;
        let entity = register.find_entity(target).map(Href::Entity);
        let article = || self.article_of.get(target).map(|article| Href::Article(*article, None));
        let page = || self.page_of.get(target).map(|page| Href::Page(*page, None));
        let named = || register.find_named(target).map(Href::Entity);
        entity.or_else(article).or_else(page).or_else(named)
    }

    fn no_page(&self, target: &str, place: Place) -> Diagnostic {
        let known =
            self.register.entity_ids().chain(self.article_of.keys().map(|slug| &**slug)).chain(self.page_of.keys().map(|slug| &**slug));
        let help = did_you_mean(target, known)
            .unwrap_or_else(|| "a wikilink takes an entity's id or name, or the slug of an article or page".to_owned());
        Diagnostic::error(Code::BrokenLink, place, format!("nothing is called `{target}`")).help(help)
    }

    fn file(&self, file: &SourcePath, path: &str, broken: impl FnOnce(String) -> Option<Diagnostic>) -> Followed {
        if let Some(href) = self.documents.get(path) {
            return Ok(href.clone());
        }
        if self.unreadable.contains(path) {
            return Err(None);
        }
        if self.files.contains(path) {
            return Ok(Href::Asset(SourcePath::new(path)));
        }
        let name = SourcePath::new(path);
        let alike = |known: &&str| *known != file.as_str() && nearest(name.name(), known.rsplit('/').next()).is_some();
        let mut known: Vec<&str> = self.documents.keys().copied().filter(alike).collect();
        known.sort_unstable();
        let help =
            did_you_mean(path, known).unwrap_or_else(|| "a link takes the path of a file, seen from this one, or `/content/…`".to_owned());
        Err(broken(format!("there is no file `{path}`")).map(|broken| broken.help(help)))
    }

    /// Checks that the page is shown and has the place that the link asks for.
    fn arrive(&self, href: Href, fragment: Option<&str>, place: &dyn Fn() -> Place) -> Followed {
        match href {
            Href::Article(index, _) => self.at_article(index, fragment, place),
            Href::Page(index, _) => {
                let page = &self.pages[index.position()];
                match fragment {
                    _ if !page.shown => Err(Some(unpublished(&page.file, place()))),
                    Some(fragment) if !self.page_has(index, fragment) => Err(Some(missing(fragment, &page.file, &mut page.ids(), place()))),
                    fragment => Ok(Href::Page(index, fragment.map(Into::into))),
                }
            }
            href => Ok(href),
        }
    }

    fn at_article(&self, index: ArticleIx, fragment: Option<&str>, place: &dyn Fn() -> Place) -> Followed {
        let article = &self.articles[index.position()];
        match fragment {
            _ if !article.shown => Err(Some(unpublished(&article.file, place()))),
            Some(fragment) if !self.article_has(index, fragment) => Err(Some(match article.why_not_shown(fragment) {
                Some(why) => {
                    let message = format!("`{}` does not show `{fragment}`, so the link is left out: {why}", article.file);
                    Diagnostic::warning(Code::Unpublished, place(), message).help("link to the article".to_owned())
                }
                None => missing(fragment, &article.file, &mut article.ids(), place()),
            })),
            fragment => Ok(Href::Article(index, fragment.map(Into::into))),
        }
    }
}

fn unpublished(file: &SourcePath, place: Place) -> Diagnostic {
    let message = format!("`{file}` is not published, so the link is left out");
    Diagnostic::warning(Code::Unpublished, place, message).help("publish it, or build with `--drafts`".to_owned())
}

fn missing(fragment: &str, file: &SourcePath, known: &mut dyn Iterator<Item = &str>, place: Place) -> Diagnostic {
    let message = format!("`{file}` has no heading or fact `{fragment}`");
    Diagnostic::error(Code::BrokenFragment, place, message).help(did_you_mean(fragment, known))
}

impl Article {
    /// The ids that a link in its own text may name: those of the page that shows the text in full.
    pub fn own_ids(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(|heading| &*heading.id).chain(self.public_facts().map(|(_, fact)| &*fact.id))
    }

    fn has_own(&self, id: &str) -> bool {
        has(&self.own_ids().collect(), id)
    }

    /// Why its page, which is shown, does not show what has this id; `None` where nothing has it.
    fn why_not_shown(&self, id: &str) -> Option<&'static str> {
        let is_internal = |id: &str| self.facts.iter().any(|fact| !fact.public && *fact.id == *id);
        match self.head.publish {
            _ if is_internal(id.strip_prefix("q-").unwrap_or(id)) => Some("the fact is internal"),
            _ if !self.has_own(id) => None,
            _ if !self.speaks() => Some("it is withdrawn"),
            Publish::Full => None,
            Publish::Excerpts => Some("only excerpts of it are published"),
            Publish::FactsOnly => Some("only its facts are published"),
        }
    }

    /// The ids on its page that a link may name.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let shows_text = self.speaks() && self.may_be_quoted();
        let headings = self.headings.iter().filter(move |_| shows_text).map(|heading| &*heading.id);
        headings.chain(self.public_facts().filter(|_| self.speaks()).map(|(_, fact)| &*fact.id))
    }
}

impl Page {
    /// The ids on the page that a link may name.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(|heading| &*heading.id)
    }
}

fn report(finding: Option<Diagnostic>, found: &mut Vec<Diagnostic>) -> Href {
    found.extend(finding);
    Href::Nowhere
}

fn here(fragment: Option<&str>, has_id: &dyn Fn(&str) -> bool, place: Place) -> Followed {
    match fragment {
        Some(fragment) if has_id(fragment) => Ok(Href::Here(fragment.into())),
        Some(fragment) => {
            Err(Some(Diagnostic::error(Code::BrokenFragment, place, format!("this page has no heading or fact `{fragment}`"))))
        }
        None => Err(Some(Diagnostic::error(Code::BrokenLink, place, "the link has no target"))),
    }
}

fn unsafe_link(scheme: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::UnsafeLink, place, format!("links of the scheme `{scheme}` are left out"))
        .help("only `http`, `https`, `mailto` and paths are let through".to_owned())
}

/// The path in the archive that `target` means in `file`. `@/` stands for `content/`, as in Zola.
fn path(file: &SourcePath, target: &str) -> Option<String> {
    match target.strip_prefix("@/") {
        Some(rest) => SourcePath::new("content/x").join(rest),
        None => file.join(target),
    }
}

/// Splits off the fragment and the query, and undoes percent-encoding.
pub(super) fn split(target: &str) -> (String, Option<String>) {
    let decode = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment))),
        None => (target, None),
    };
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    (decode(path.trim()), fragment.filter(|fragment| !fragment.is_empty()))
}

/// The scheme of an address as a browser would read it: control characters and spaces do not hide one.
/// An address that begins with `//` counts as one of the scheme `//`.
fn scheme(target: &str) -> Option<&'static str> {
    let plain = without_controls(target).replace('\\', "/");
    if plain.starts_with("//") {
        return Some("//");
    }
    let end = plain.find([':', '/', '?', '#']).filter(|end| plain[*end..].starts_with(':'))?;
    let scheme = plain[..end].to_ascii_lowercase();
    let known = ["http", "https", "mailto", "javascript", "data", "vbscript", "file", "ftp", "tel"];
    Some(known.into_iter().find(|known| *known == scheme).unwrap_or("unknown"))
}

fn without_controls(target: &str) -> String {
    target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_cannot_hide() {
        for hidden in ["javascript:x", "JavaScript:x", "java\nscript:x", " \u{1}javascript:x", "java\tscript:x"] {
            assert_eq!(scheme(hidden), Some("javascript"), "{hidden:?}");
        }
        assert_eq!(scheme("//evil.example"), Some("//"));
        assert_eq!(scheme("\\\\evil.example"), Some("//"));
        assert_eq!(scheme("HTTPS://x"), Some("https"));
        assert_eq!(scheme("foo:bar"), Some("unknown"));
        assert_eq!(scheme("a/b:c.md"), None);
        assert_eq!(scheme("#a:b"), None);
    }
}
