//! Views to bytes, through Tera. Knows templates and views, nothing else.

mod expression;
mod faults;
mod names;
mod shape;
#[cfg(test)]
mod tests;
pub mod theme;
mod tokens;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera, Value};

use crate::base::{Diagnostic, Fingerprint, Lang, Outcome};
use crate::site::trees::home_of;
use crate::site::{Site, View};
use theme::Theme;
use words::{Say, Spoken};

/// Templates ready to be filled.
pub struct Templates {
    tera: Tera,
}

impl Templates {
    /// Reads the theme's templates. Without a value they cannot be used at all.
    pub fn read(theme: &Theme) -> Outcome<Option<Self>> {
        let mut tera = Tera::new();
        tera.register_function("say", Say(Arc::clone(&theme.words)));
        // Suffixes are asked for, so whole names are given: whatever is not plain text is escaped.
        let escaped = theme.templates.keys().filter(|name| !name.ends_with(".txt"));
        tera.autoescape_on(escaped.cloned().collect::<Vec<_>>());
        match tera.add_raw_templates(theme.templates.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
            Ok(()) => {
                let found = names::unknown(&theme.templates, &theme.own, &words::VOCABULARIES);
                Outcome::new(found.is_empty().then_some(Self { tera }), found)
            }
            Err(error) => Outcome::new(None, faults::of_all(theme, &error)),
        }
    }
}

/// Templates with what all pages of a site share.
pub struct Renderer {
    templates: Arc<Templates>,
    theme: Fingerprint,
    shared: BTreeMap<Lang, Shared>,
}

/// What the pages in one language share.
struct Shared {
    site: Value,
    spoken: Spoken,
    print: Fingerprint,
}

impl Renderer {
    /// Makes what the pages of `site` share.
    pub fn new(templates: Arc<Templates>, theme: &Theme, site: &Site<'_>) -> Self {
        let archive = &site.archive.register.lang;
        let articles = site.archive.articles.iter().map(|article| &article.lang);
        let pages = site.archive.pages.iter().map(|page| &page.lang);
        let langs: BTreeSet<&Lang> = articles.chain(pages).chain(site.trees.iter().map(|tree| &tree.lang)).collect();
        let share = |lang: &Lang| {
            let site = site.within(home_of(lang, site.config)).shared(lang);
            let print = print_of(&site);
            let spoken = theme.words.spoken(lang, archive);
            (lang.clone(), Shared { site: Value::from_serializable(&site), spoken, print })
        };
        let shared = langs.into_iter().map(share).collect();
        Self { templates, theme: theme.print(), shared }
    }

    /// What templates say, and what all pages in each language share.
    pub fn prints(&self) -> (Fingerprint, Vec<(&Lang, Fingerprint)>) {
        (self.theme, self.shared.iter().map(|(lang, shared)| (lang, shared.print)).collect())
    }

    /// Fills the view's template into `out`, whose former content goes.
    pub fn render(&self, view: &View<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        out.clear();
        let mut context = Context::new();
        if let Some(Shared { site, spoken, .. }) = self.shared.get(view.head.lang) {
            context.insert_value("site", site.clone());
            context.insert_value("words", spoken.words.clone());
            context.insert_value("labels", spoken.labels.clone());
            context.insert_value("plain", spoken.plain.clone());
        }
        context.insert("page", &view.head);
        if let Some(name) = view.content.name() {
            context.insert(name, &view.content);
        }
        self.templates.tera.render_to(view.template, &context, out).map_err(|error| faults::of_one(&error, view.template))
    }
}

/// What a value says, whatever it is made of.
fn print_of(value: &impl Serialize) -> Fingerprint {
    Fingerprint::of(&serde_json::to_vec(value).expect("views are plain data"))
}
