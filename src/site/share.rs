//! The pages that have a share card: each article that speaks, and each entity's first page. Off unless the archive asks.

use std::ops::Range;

use super::page::PageKind;
use super::routes::Address;
use super::views::cards::StatusBar;
use super::{Site, trees};
use crate::archive::{ArticleIx, EntityIx};
use crate::base::{Code, DataPath, Diagnostic, Fingerprint, Lang, Place};
use crate::picture::card;

/// A page that has a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// An article's.
    Article(ArticleIx),
    /// An entity's.
    Entity(EntityIx),
}

/// What stands on a card, but for the words of the interface.
pub struct SharedCard<'a> {
    /// Where it lives: its name tells all that it is made from.
    pub address: Address,
    /// The title of the page.
    pub title: &'a str,
    /// Whose page it is.
    pub archive: &'a str,
    /// The language of the page.
    pub lang: &'a Lang,
    /// How the facts stand.
    pub statuses: StatusBar,
}

/// How cards are drawn: another number gives all of them another name.
const RECIPE: &[u8] = b"card-1";

impl Shared {
    /// The page of this kind, if it can have a card.
    pub(super) fn of(kind: &PageKind) -> Option<Self> {
        match kind {
            PageKind::Article(article) => Some(Self::Article(*article)),
            PageKind::Entity(entity, None) => Some(Self::Entity(*entity)),
            _ => None,
        }
    }
}

impl<'a> Site<'a> {
    /// The pages that should have a card.
    pub(super) fn shared_pages(self) -> impl Iterator<Item = Shared> {
        let articles = self.archive.shown_articles().map(|(article, _)| Shared::Article(article));
        let entities = (0..self.archive.register.entities.len()).map(|position| Shared::Entity(EntityIx::new(position)));
        articles.chain(entities).filter(move |shared| self.has_card(*shared))
    }

    fn has_card(&self, shared: Shared) -> bool {
        let speaks = match shared {
            Shared::Article(article) => self.archive.article(article).speaks(),
            Shared::Entity(_) => true,
        };
        self.config.share_cards.enabled && speaks
    }

    /// The trees in which a page stands: an article in that of its language, an entity in each.
    pub(super) fn trees_of(&self, shared: Shared) -> Range<usize> {
        match shared {
            Shared::Article(article) => {
                let home = trees::home_of(&self.archive.article(article).lang, self.config);
                home..home + 1
            }
            Shared::Entity(_) => 0..self.trees.len(),
        }
    }

    /// What stands on the card of a page of this tree; an `Err` is a letter that no card can show.
    pub fn share_card(&self, shared: Shared) -> Result<SharedCard<'a>, char> {
        let (page, title, lang, statuses) = match shared {
            Shared::Article(index) => {
                let article = self.archive.article(index);
                (self.tree.routes.article(&article.slug), &*article.head.title, &article.lang, Self::article_statuses(article))
            }
            Shared::Entity(index) => {
                let (lang, id) = (&self.tree.lang, &self.archive.register.entity(index).id);
                let statuses = self.statuses_of(&self.archive.index.facts_about[index.position()]);
                (self.tree.routes.entity(id), self.entity_name(index, lang), lang, statuses)
            }
        };
        let archive = self.title(lang);
        if let Some(letter) = card::missing(title).or_else(|| card::missing(archive)) {
            return Err(letter);
        }
        let print = [title, archive, lang.as_str()]
            .iter()
            .fold(self.words.then(Fingerprint::of(RECIPE)), |print, text| print.then(Fingerprint::of(text.as_bytes())));
        let parts = statuses.parts.iter().map(|part| format!("{} {}", part.count, part.status.word()));
        let print = parts.fold(print, |print, part| print.then(Fingerprint::of(part.as_bytes())));
        let address = Address::new(format!("{}card.{print}.png", page.as_str()));
        Ok(SharedCard { address, title, archive, lang, statuses })
    }

    /// The whole address of a page's card, if it has one.
    pub(super) fn card_url(&self, shared: Shared) -> Option<String> {
        let card = self.has_card(shared).then(|| self.share_card(shared).ok())??;
        Some(self.tree.routes.absolute(&card.address))
    }

    /// Where a shared page comes from.
    pub fn place_of(&self, shared: Shared) -> Place {
        match shared {
            Shared::Article(article) => Place::data(&self.archive.article(article).file, DataPath::root().key("title")),
            Shared::Entity(entity) => Place::data(&self.archive.register.entity(entity).file, DataPath::root().key("name")),
        }
    }

    pub(super) fn without_card(&self, shared: Shared, letter: char) -> Diagnostic {
        let message = format!("there is no share card, since its font has no `{letter}`");
        Diagnostic::warning(Code::CardLetters, self.place_of(shared), message)
            .help("cards know Latin letters; without one the page is shared by its title".to_owned())
    }
}
