//! Everything joined: references between articles followed, links resolved, and an index of where everything
//! is used. Runs over the whole archive at each build, so it does nothing twice.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rapidhash::RapidHashMap;
use rayon::prelude::*;

use super::entry::Entry;
use super::graph::{Archive, Article, Corrected, Href, Index, Kept, Page, Sheet};
use super::ids::{ArticleIx, EntityIx, FactRef, PageIx};
use super::links::{self, Targets};
use super::register::{Register, unknown};
use super::showing::Showing;
use crate::base::slug::own_or_stem;
use crate::base::{Code, DataPath, Diagnostic, Outcome, Place, SourcePath, Step};
use crate::parse::List;
use crate::parse::article::State;
use crate::picture::Picture;

/// What the archive is joined from, besides its articles.
pub struct Rest {
    /// Plain pages.
    pub pages: Vec<Arc<Sheet>>,
    /// Files that are copied.
    pub assets: Vec<SourcePath>,
    /// Those of them that texts show as pictures, measured.
    pub pictures: BTreeMap<SourcePath, Picture>,
    /// Documents that could not be read.
    pub unreadable: Vec<SourcePath>,
    /// What may be shown.
    pub showing: Showing,
}

/// Joins the archive.
pub fn resolve(register: Arc<Register>, entries: Vec<Entry>, rest: Rest) -> Outcome<Archive> {
    let mut found = Vec::new();
    let articles = in_order(entries, rest.showing);
    let article_of = by_slug(&articles, &mut found);
    let pages = pages_in_order(rest.pages, rest.showing);
    report_twins(pages.iter().map(|page| (&*page.slug, &page.file)), "pages", &mut found);

    let Rest { assets, pictures, .. } = rest;
    let mut archive = Archive { register, articles, pages, entity_links: Vec::new(), index: Index::default(), assets, pictures };
    archive.index.article_of = article_of;
    archive.index.page_of = archive.pages.iter().enumerate().map(|(position, page)| (page.slug.clone(), PageIx::new(position))).collect();

    let unread = unread_slugs(&rest.unreadable);
    follow_translations(&mut archive, &unread, &mut found);
    archive.index.twins = follow_facts(&archive, &unread, &mut found);
    let (links, uses) = rayon::join(|| follow_links(&archive, &rest.unreadable, rest.showing), || uses(&archive));
    archive.take(links.settle(&mut found));
    let Index { article_of, page_of, twins, translations, page_translations, .. } = archive.index;
    archive.index = Index { article_of, page_of, twins, translations, page_translations, ..uses };
    Outcome::new(archive, found)
}

/// The slugs that documents would have that could not be read: what names one of them is not wrong for that. One
/// may have had another slug, in the front matter.
fn unread_slugs(unreadable: &[SourcePath]) -> HashSet<String> {
    unreadable.iter().map(|file| own_or_stem(None, file).into()).collect()
}

/// Articles by date and slug, which makes every list made from them oldest first.
fn in_order(mut entries: Vec<Entry>, showing: Showing) -> Vec<Article> {
    entries
        .par_sort_unstable_by(|a, b| (a.kept.head.date, &a.kept.slug, &a.kept.file).cmp(&(b.kept.head.date, &b.kept.slug, &b.kept.file)));
    let article = |Entry { kept, named }| {
        let kept: Arc<Kept> = kept;
        Article {
            shown: showing.shows(kept.head.state, kept.head.embargo),
            links: Box::default(),
            corrections: Box::default(),
            kept,
            named,
        }
    };
    entries.into_iter().map(article).collect()
}

/// Which article has which slug.
fn by_slug(articles: &[Article], found: &mut Vec<Diagnostic>) -> BTreeMap<Box<str>, ArticleIx> {
    let mut sorted: Vec<(&str, &SourcePath, usize)> =
        articles.iter().enumerate().map(|(position, article)| (&*article.slug, &article.file, position)).collect();
    sorted.par_sort_unstable();
    report_twins(sorted.iter().map(|(slug, file, _)| (*slug, *file)), "articles", found);
    sorted.into_iter().map(|(slug, _, position)| (slug.into(), ArticleIx::new(position))).collect()
}

/// Pages by slug.
fn pages_in_order(mut sheets: Vec<Arc<Sheet>>, showing: Showing) -> Vec<Page> {
    sheets.sort_by(|a, b| (&a.slug, &a.file).cmp(&(&b.slug, &b.file)));
    // A page has no notice to show in place of its text, as an article has.
    let shown = |state| state != State::Withdrawn && showing.shows(state, None);
    sheets.into_iter().map(|sheet| Page { shown: shown(sheet.head.state), links: Box::default(), sheet }).collect()
}

fn report_twins<'a>(slugs: impl Iterator<Item = (&'a str, &'a SourcePath)>, what: &str, found: &mut Vec<Diagnostic>) {
    let mut last: Option<(&str, &SourcePath)> = None;
    for (slug, file) in slugs {
        if let Some((_, first)) = last.filter(|(known, _)| *known == slug) {
            found.push(
                Diagnostic::error(Code::DuplicateId, Place::whole(file), format!("two {what} have the slug `{slug}`"))
                    .related(Place::whole(first), "the first is here")
                    .help("set `slug` in one of them".to_owned()),
            );
        }
        last = Some((slug, file));
    }
}

/// Follows references to facts. Gives the facts that say of a translation what another of its facts says: lists
/// show one of the two, in the archive's language if it can be had, else the original's.
fn follow_facts(archive: &Archive, unread: &HashSet<String>, found: &mut Vec<Diagnostic>) -> HashMap<FactRef, FactRef> {
    let mut twins = HashMap::new();
    for (position, article) in archive.articles.iter().enumerate() {
        let index = ArticleIx::new(position);
        let siblings = archive.index.translations.get(&index);
        for (reference, path) in &article.references {
            let Some(other) = archive.find_fact(index, reference) else {
                if reference.split_once('#').is_some_and(|(slug, _)| !archive.index.article_of.contains_key(slug) && unread.contains(slug))
                {
                    continue;
                }
                let place = Place::data(article.sidecar.as_ref().unwrap_or(&article.file), path.clone());
                found.push(unknown_fact(archive, article, reference, place));
                continue;
            };
            if fact_of(path).is_some_and(|(fact, _)| other == FactRef { article: index, fact }) {
                found.push(names_itself(article, reference, path));
                continue;
            }
            let same = article.head.translation_of.is_some() && siblings.is_some_and(|siblings| siblings.contains(&other.article));
            if let (true, Some((fact, key))) = (same, fact_of(path))
                && key == "same_as"
                && archive.fact(other).1.public
                && article.speaks()
                && archive.article(other.article).speaks()
            {
                let translated = FactRef { article: index, fact };
                let twin = lesser(archive, translated, other);
                twins.insert(twin, if twin == other { translated } else { other });
            }
        }
    }
    twins
}

fn names_itself(article: &Article, reference: &str, path: &DataPath) -> Diagnostic {
    let place = Place::data(article.sidecar.as_ref().unwrap_or(&article.file), path.clone());
    Diagnostic::error(Code::BadValue, place, format!("the fact `{reference}` names itself"))
        .help("name another fact, or leave the key out".to_owned())
}

/// The position of the fact in which a reference stands, and the key under it.
pub(super) fn fact_of(path: &DataPath) -> Option<(u32, &str)> {
    let (fact, [Step::Key(key), ..]) = path.in_fact()? else { return None };
    Some((u32::try_from(fact).ok()?, key))
}

fn lesser(archive: &Archive, translated: FactRef, original: FactRef) -> FactRef {
    let native = |fact: FactRef| archive.article(fact.article).lang == archive.register.lang;
    if native(translated) && !native(original) { original } else { translated }
}

fn unknown_fact(archive: &Archive, article: &Article, reference: &str, place: Place) -> Diagnostic {
    let ids = |article: &Article| article.facts.iter().map(|fact| fact.id.to_string()).collect::<Vec<_>>();
    let Some((slug, id)) = reference.split_once('#') else {
        return unknown("fact", reference, place, ids(article).iter().map(String::as_str))
            .note("a fact of another article is written `article#fact`");
    };
    match archive.index.article_of.get(slug) {
        Some(other) => unknown("fact", id, place, ids(archive.article(*other)).iter().map(String::as_str)),
        None => unknown("article", slug, place, archive.index.article_of.keys().map(|slug| &**slug)),
    }
}

fn follow_translations(archive: &mut Archive, unread: &HashSet<String>, found: &mut Vec<Diagnostic>) {
    let (articles, pages, index) = (&archive.articles, &archive.pages, &archive.index);
    let asked: Vec<_> = articles.iter().map(|article| (&article.file, article.head.translation_of.as_deref())).collect();
    let groups = translations("article", &asked, &index.article_of, ArticleIx::new, ArticleIx::position, unread, found);
    let asked: Vec<_> = pages.iter().map(|page| (&page.file, page.head.translation_of.as_deref())).collect();
    let page_groups = translations("page", &asked, &index.page_of, PageIx::new, PageIx::position, unread, found);
    let members_of = members(groups, |index| articles[index.position()].shown);
    let members_of_page = members(page_groups, |index| pages[index.position()].shown);
    archive.index.translations = members_of;
    archive.index.page_translations = members_of_page;
}

/// From each original to itself and its translations. `asked` holds the documents with what they name as theirs.
fn translations<I: Copy + Ord>(
    what: &str,
    asked: &[(&SourcePath, Option<&str>)],
    known: &BTreeMap<Box<str>, I>,
    index: fn(usize) -> I,
    position: fn(I) -> usize,
    unread: &HashSet<String>,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<I, Vec<I>> {
    let place = |file: &SourcePath| Place::data(file, DataPath::root().key("translation_of"));
    let mut groups: BTreeMap<I, Vec<I>> = BTreeMap::new();
    let mut originals = vec![None; asked.len()];
    for (at, (file, slug)) in asked.iter().enumerate() {
        let Some(slug) = slug else { continue };
        match known.get(*slug) {
            Some(original) => {
                originals[at] = Some(position(*original));
                groups.entry(*original).or_insert_with(|| vec![*original]).push(index(at));
            }
            None if unread.contains(*slug) => {}
            None => found.push(unknown(what, slug, place(file), known.keys().map(|slug| &**slug))),
        }
    }
    for at in circles(&originals) {
        found.push(
            Diagnostic::error(
                Code::BadValue,
                place(asked[at].0),
                format!("this {what} is its own translation, by itself or by way of others"),
            )
            .help("`translation_of` names the original, which has none itself".to_owned()),
        );
    }
    groups
}

/// One member of each circle into which `next` leads.
fn circles(next: &[Option<usize>]) -> Vec<usize> {
    let mut walked: Vec<Option<usize>> = vec![None; next.len()];
    let mut found = Vec::new();
    for start in 0..next.len() {
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| walked[*here].is_none()) {
            walked[here] = Some(start);
            at = next[here];
        }
        found.extend(at.filter(|here| walked[*here] == Some(start)));
    }
    found
}

/// From each member of a group to the members that are shown.
fn members<I: Copy + Ord>(groups: BTreeMap<I, Vec<I>>, shown: impl Fn(&I) -> bool) -> BTreeMap<I, Vec<I>> {
    let mut members = BTreeMap::new();
    for group in groups.into_values() {
        let mut visible: Vec<I> = group.iter().copied().filter(&shown).collect();
        visible.sort();
        visible.dedup();
        members.extend(group.into_iter().map(|member| (member, visible.clone())));
    }
    members
}

/// Where the links of everything lead, in the order of the articles, pages and entities.
struct Links {
    articles: Vec<List<Href>>,
    corrections: Vec<List<Corrected>>,
    pages: Vec<List<Href>>,
    entities: Vec<List<Href>>,
}

impl Archive {
    fn take(&mut self, links: Links) {
        for (article, (links, corrections)) in self.articles.iter_mut().zip(links.articles.into_iter().zip(links.corrections)) {
            (article.links, article.corrections) = (links, corrections);
        }
        for (page, links) in self.pages.iter_mut().zip(links.pages) {
            page.links = links;
        }
        self.entity_links = links.entities;
    }
}

fn follow_links(archive: &Archive, unreadable: &[SourcePath], showing: Showing) -> Outcome<Links> {
    let mut found = Vec::new();
    let targets = Targets {
        register: &archive.register,
        articles: &archive.articles,
        pages: &archive.pages,
        article_of: &archive.index.article_of,
        page_of: &archive.index.page_of,
        documents: documents(archive),
        files: archive.assets.iter().map(SourcePath::as_str).collect(),
        unreadable: unreadable.iter().map(SourcePath::as_str).collect::<HashSet<_>>(),
        article_ids: vec![OnceCell::new(); archive.articles.len()],
        page_ids: vec![OnceCell::new(); archive.pages.len()],
    };
    let articles: Vec<List<Href>> = archive
        .articles
        .iter()
        .map(|article| {
            // Whatever of it is shown today: its own links are shown only where its full text is.
            let own = OnceCell::new();
            let has_id = |id: &str| links::has(own.get_or_init(|| article.own_ids().collect()), id);
            targets.resolve(&article.file, &article.written, has_id, &mut found)
        })
        .collect();
    let corrections = (0..archive.articles.len()).map(|position| targets.corrections(ArticleIx::new(position), showing, &mut found));
    let corrections: Vec<List<Corrected>> = corrections.collect();
    let pages: Vec<List<Href>> = archive
        .pages
        .iter()
        .enumerate()
        .map(|(position, page)| targets.resolve(&page.file, &page.written, |id| targets.page_has(PageIx::new(position), id), &mut found))
        .collect();
    let entities: Vec<List<Href>> = archive
        .register
        .entities
        .iter()
        .map(|entity| {
            let has_id = |id: &str| entity.headings.iter().any(|heading| *heading.id == *id);
            targets.resolve(&entity.file, &entity.written, has_id, &mut found)
        })
        .collect();
    Outcome::new(Links { articles, corrections, pages, entities }, found)
}

fn documents(archive: &Archive) -> RapidHashMap<&str, Href> {
    let articles = archive
        .articles
        .iter()
        .enumerate()
        .map(|(position, article)| (article.file.as_str(), Href::Article(ArticleIx::new(position), None)));
    let pages = archive.pages.iter().enumerate().map(|(position, page)| (page.file.as_str(), Href::Page(PageIx::new(position), None)));
    let entities = archive
        .register
        .entities
        .iter()
        .enumerate()
        .map(|(position, entity)| (entity.file.as_str(), Href::Entity(EntityIx::new(position))));
    articles.chain(pages).chain(entities).collect()
}

/// Where everything is used: the index, but for what names and references lead to.
fn uses(archive: &Archive) -> Index {
    let register = &archive.register;
    let mut index = Index {
        facts_about: vec![Vec::new(); register.entities.len()],
        mentions_of: vec![Vec::new(); register.entities.len()],
        relations_to: vec![Vec::new(); register.entities.len()],
        facts_stating: vec![Vec::new(); register.properties.len()],
        facts_citing: vec![Vec::new(); register.sources.len()],
        ..Index::default()
    };
    for (position, article) in archive.articles.iter().enumerate().filter(|(_, article)| article.speaks()) {
        let article_ix = ArticleIx::new(position);
        for (nth, mention) in (0_u32..).zip(&article.named.mentions) {
            index.mentions_of[mention.entity.position()].push((article_ix, nth));
        }
        for (nth, fact) in (0_u32..).zip(&article.facts).filter(|(_, fact)| fact.public) {
            let reference = FactRef { article: article_ix, fact: nth };
            if archive.index.twins.contains_key(&reference) {
                continue;
            }
            for entity in &fact.about {
                index.facts_about[entity.position()].push(reference);
            }
            if let Some(property) = fact.property {
                index.facts_stating[property.position()].push(reference);
            }
            for (source, stance) in &fact.sources {
                let citing = &mut index.facts_citing[source.position()];
                if citing.last() != Some(&(reference, *stance)) {
                    citing.push((reference, *stance));
                }
            }
            if let Some(year) = fact.year {
                index.timeline.entry(year).or_default().push(reference);
            }
        }
    }
    for (position, entity) in register.entities.iter().enumerate() {
        for (nth, relation) in (0_u32..).zip(&entity.head.relations) {
            if let Some(object) = register.find_entity(&relation.object) {
                index.relations_to[object.position()].push((EntityIx::new(position), nth));
            }
        }
    }
    let articles = &archive.articles;
    let day = |reference: &FactRef| (articles[reference.article.position()].facts[reference.fact as usize].day, *reference);
    index.facts_stating.iter_mut().for_each(|facts| facts.sort_by_cached_key(day));
    index.timeline.values_mut().for_each(|facts| facts.sort_by_cached_key(day));
    index
}

/// Marks a sidecar that has no article, or is the second of one.
pub fn stray_sidecar(file: &SourcePath, first: Option<&SourcePath>) -> Diagnostic {
    match first {
        Some(first) => Diagnostic::error(Code::Sidecar, Place::whole(file), "an article has two sidecars")
            .related(Place::whole(first), "the other is here")
            .help("move the facts into one of them".to_owned()),
        None => Diagnostic::error(Code::Sidecar, Place::whole(file), "this sidecar has no article beside it").help(format!(
            "its article would be `{}/{}.md`",
            file.folder(),
            file.stem()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_once() {
        assert!(circles(&[Some(1), Some(2), None]).is_empty());
        assert_eq!(circles(&[Some(0), Some(0)]), [0]);
        assert_eq!(circles(&[Some(1), Some(2), Some(1), Some(3), Some(0)]), [1, 3]);
    }
}
