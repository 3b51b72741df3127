//! One planned page: where it lives, and what it shows.

use super::beside::Beside;
use super::cite::CiteFormat;
use super::routes::Address;
use super::share::Shared;
use crate::archive::{ArticleIx, EntityIx, PageIx, PropertyIx, SourceIx};
use crate::base::{OutputPath, SourcePath};

/// One page.
#[derive(Debug, Clone)]
pub struct PlannedPage {
    /// Where it lives.
    pub address: Address,
    /// The file that it becomes.
    pub output: OutputPath,
    /// The position of the tree in which it stands.
    pub tree: usize,
    /// What it shows.
    pub kind: PageKind,
}

/// What a page shows. A number is that of a page in a long list; `None` is the list's own address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// The front page.
    Home,
    /// The newest articles.
    Articles,
    /// A year's articles.
    ArticlesOf(Option<i32>, Option<usize>),
    /// An article.
    Article(ArticleIx),
    /// How an article and its facts are cited.
    Citations(ArticleIx, CiteFormat),
    /// What an article says, for programs.
    Beside(ArticleIx, Beside),
    /// The most mentioned entities.
    Entities,
    /// A kind's entities.
    EntitiesOf(Box<str>, Option<usize>),
    /// An entity.
    Entity(EntityIx, Option<usize>),
    /// An entity's feed.
    EntityFeed(EntityIx),
    /// What an entity is, and where the archive speaks of it, for machines.
    EntityRecord(EntityIx),
    /// All properties.
    Properties,
    /// A property.
    Property(PropertyIx, Option<usize>),
    /// The bibliography.
    Sources,
    /// A source.
    Source(SourceIx, Option<usize>),
    /// The newest facts by date.
    Timeline,
    /// A year's facts by date.
    TimelineOf(i32, Option<usize>),
    /// How much is checked: the whole, and the newest articles; or older ones.
    Coverage(Option<usize>),
    /// Corrections.
    Corrections(Option<usize>),
    /// The feed of corrections.
    CorrectionsFeed,
    /// The search page.
    Search,
    /// A plain page.
    Plain(PageIx),
    /// What a host shows for addresses that are not.
    NotFound,
    /// A page that leads to another.
    Redirect(Address),
    /// The site's feed.
    Feed,
    /// The sitemap, or the list of its parts.
    Sitemap,
    /// A part of the sitemap, from 1.
    SitemapPart(usize),
    /// `robots.txt`.
    Robots,
    /// `llms.txt`.
    Llms,
    /// A file of the archive, copied.
    Copy(SourcePath),
    /// A picture of the archive, made this many pixels wide.
    Smaller(SourcePath, u32),
    /// The picture that other sites show of a page.
    Card(Shared),
    /// A file of the theme: its name under `assets/`.
    ThemeAsset(Box<str>),
}

impl PageKind {
    /// Whether it is a page for readers, which a sitemap lists.
    pub fn is_for_readers(&self) -> bool {
        !matches!(
            self,
            Self::NotFound
                | Self::Search
                | Self::Redirect(_)
                | Self::Feed
                | Self::EntityFeed(_)
                | Self::CorrectionsFeed
                | Self::Citations(..)
                | Self::Beside(..)
                | Self::EntityRecord(_)
                | Self::Sitemap
                | Self::SitemapPart(_)
                | Self::Robots
                | Self::Llms
                | Self::Copy(_)
                | Self::Smaller(..)
                | Self::Card(_)
                | Self::ThemeAsset(_)
        )
    }
}
