//! Views to bytes, through Tera. Knows templates and views, nothing else.

mod faults;
pub mod theme;

use std::collections::BTreeMap;

use tera::{Context, Tera, Value};

use crate::base::{Diagnostic, Lang, Outcome};
use crate::site::{Content, Site, View};
use theme::Theme;

/// Templates ready to be filled, with what all pages share.
pub struct Renderer {
    tera: Tera,
    /// `site` and `words`, by language.
    shared: BTreeMap<Lang, (Value, Value)>,
}

impl Renderer {
    /// Reads the theme's templates and makes what the pages of `site` share. Without a value the templates
    /// cannot be used at all.
    pub fn new(theme: &Theme, site: &Site<'_>) -> Outcome<Option<Self>> {
        let mut tera = Tera::new();
        // Suffixes are asked for, so whole names are given: whatever is not plain text is escaped.
        let escaped = theme.templates.keys().filter(|name| !name.ends_with(".txt"));
        tera.autoescape_on(escaped.cloned().collect::<Vec<_>>());
        if let Err(error) = tera.add_raw_templates(theme.templates.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
            return Outcome::new(None, faults::of_all(theme, &error));
        }
        let articles = site.archive.articles.iter().map(|article| &article.lang);
        let pages = site.archive.pages.iter().map(|page| &page.lang);
        let mut shared = BTreeMap::new();
        for lang in articles.chain(pages).chain([&site.archive.register.lang]) {
            if !shared.contains_key(lang) {
                let words = Value::from_serializable(&theme.words(lang, &site.archive.register.lang));
                shared.insert(lang.clone(), (Value::from_serializable(&site.shared(lang)), words));
            }
        }
        Outcome::clean(Some(Self { tera, shared }))
    }

    /// Fills the view's template into `out`, whose former content goes.
    pub fn render(&self, view: &View<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        out.clear();
        let mut context = Context::new();
        if let Some((site, words)) = self.shared.get(view.head.lang) {
            context.insert_value("site", site.clone());
            context.insert_value("words", words.clone());
        }
        context.insert("page", &view.head);
        insert(&mut context, &view.content);
        self.tera.render_to(view.template, &context, out).map_err(|error| faults::of_one(&error, view.template))
    }
}

fn insert(context: &mut Context, content: &Content<'_>) {
    match content {
        Content::Home(view) => context.insert("home", view),
        Content::Articles(view) => context.insert("list", view),
        Content::Article(view) => context.insert("article", view),
        Content::Entities(view) => context.insert("list", view),
        Content::Entity(view) => context.insert("entity", view),
        Content::Properties(view) => context.insert("list", view),
        Content::Property(view) => context.insert("list", view),
        Content::Sources(view) => context.insert("list", view),
        Content::Source(view) => context.insert("list", view),
        Content::Timeline(view) => context.insert("list", view),
        Content::Page(view) => context.insert("content", view),
        Content::Redirect(view) => context.insert("redirect", view),
        Content::Feed(view) => context.insert("feed", view),
        Content::Sitemap(view) => context.insert("sitemap", view),
        Content::Robots(sitemap) => context.insert("sitemap", sitemap),
        Content::Nothing => {}
    }
}
