//! The same page in other languages: a page of one tree has its like in the others, a text has its translations.

use super::page::{PageKind, PlannedPage};
use super::views::Translation;
use super::{Site, trees};
use crate::archive::{ArticleIx, PageIx};
use crate::base::Lang;

/// A page in every language that has it; empty when only one does.
#[derive(Default)]
pub struct Counterparts<'a> {
    /// All of them, the page itself included.
    pub all: Vec<Translation<'a>>,
    /// The position of the one for readers of any other language: that of the first tree, else the original.
    chosen: Option<usize>,
}

impl<'a> Counterparts<'a> {
    /// The whole address of the one for readers of any other language.
    pub fn for_all_others(&self) -> Option<&str> {
        Some(&self.all[self.chosen?].canonical)
    }

    fn of(all: Vec<Translation<'a>>, is_first: impl Fn(&Translation<'a>) -> bool, original: Option<usize>) -> Self {
        if all.len() < 2 {
            return Self::default();
        }
        let chosen = all.iter().position(is_first).or(original);
        Self { all, chosen }
    }
}

impl<'a> Site<'a> {
    /// `page`, which stands in this tree, in every language that has it.
    pub(super) fn counterparts(&self, page: &PlannedPage) -> Counterparts<'a> {
        let in_first_tree = |other: &Translation<'_>| trees::home_of(other.lang, self.config) == 0;
        match &page.kind {
            PageKind::Article(index) => {
                let siblings = self.archive.index.translations.get(index).map(Vec::as_slice).unwrap_or_default();
                let original = siblings.iter().position(|index| self.archive.article(*index).head.translation_of.is_none());
                Counterparts::of(siblings.iter().map(|index| self.article_translation(*index)).collect(), in_first_tree, original)
            }
            PageKind::Plain(index) => {
                let siblings = self.archive.index.page_translations.get(index).map(Vec::as_slice).unwrap_or_default();
                let original = siblings.iter().position(|index| self.archive.page(*index).head.translation_of.is_none());
                Counterparts::of(siblings.iter().map(|index| self.page_translation(*index)).collect(), in_first_tree, original)
            }
            kind if self.trees.len() > 1 && (kind.is_for_readers() || *kind == PageKind::Search) => {
                let all = (0..self.trees.len()).filter_map(|tree| self.in_tree(page, tree)).collect();
                Counterparts::of(all, |other| *other.lang == self.trees[0].lang, None)
            }
            _ => Counterparts::default(),
        }
    }

    /// The like of `page` in another tree; the last numbered pages of a list may have none.
    fn in_tree(&self, page: &PlannedPage, tree: usize) -> Option<Translation<'a>> {
        let there = self.within(tree);
        let address = self.tree.routes.counterpart(&page.address, &there.tree.routes)?;
        self.plan.page_at(address.output()?.as_str()).filter(|other| other.kind == page.kind)?;
        let lang = &there.tree.lang;
        let title = match page.kind {
            PageKind::Entity(entity, _) => there.entity_name(entity, lang),
            _ => there.title(lang),
        };
        Some(self.translation(lang, title, there.tree.routes.url(&address)))
    }

    fn article_translation(&self, index: ArticleIx) -> Translation<'a> {
        let article = self.archive.article(index);
        self.translation(&article.lang, &article.head.title, self.article_url(index))
    }

    fn page_translation(&self, index: PageIx) -> Translation<'a> {
        let page = self.archive.page(index);
        self.translation(&page.lang, &page.head.title, self.page_url(index))
    }

    fn translation(&self, lang: &'a Lang, title: &'a str, url: String) -> Translation<'a> {
        Translation { lang, title, canonical: self.tree.routes.with_host(&url), url }
    }
}
