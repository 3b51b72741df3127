//! What `index.html` sees as `home`, `page.html` as `content`, and `redirect.html` as `redirect`.

use serde::Serialize;

use super::cards::{ArticleCard, DateView, EntityCard, StatusBar};

/// The front page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView<'a> {
    /// The newest articles; the first leads.
    pub articles: Vec<ArticleCard<'a>>,
    /// The entities that most articles mention.
    pub entities: Vec<EntityCard<'a>>,
    /// The latest corrections.
    pub corrections: Vec<LatestCorrection<'a>>,
    /// How all facts stand.
    pub statuses: StatusBar,
    /// How much there is.
    pub counts: Counts,
}

/// How much the archive holds.
#[derive(Debug, Clone, Serialize)]
pub struct Counts {
    /// Articles on the site.
    pub articles: usize,
    /// Public facts.
    pub facts: usize,
    /// Entities.
    pub entities: usize,
    /// Sources.
    pub sources: usize,
}

/// A correction on the front page.
#[derive(Debug, Clone, Serialize)]
pub struct LatestCorrection<'a> {
    /// When it was made.
    pub date: DateView,
    /// Safe HTML: what was wrong and what is right.
    pub html: String,
    /// The article's title.
    pub article: &'a str,
    /// The article's path.
    pub url: String,
}

/// A plain page.
#[derive(Debug, Clone, Serialize)]
pub struct PageView<'a> {
    /// Its heading.
    pub title: &'a str,
    /// Safe HTML.
    pub html: String,
    /// The front matter's `extra`.
    pub extra: Option<&'a serde_json::Value>,
}

/// A page that leads to another.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    /// The path of the other page.
    pub url: String,
}
