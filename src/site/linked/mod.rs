//! What a page is about, for machines: JSON-LD in the words of schema.org. It says what readers of the page see and no
//! more, guesses nothing (a name without a record is neither a person's nor an organisation's), and gives a verdict only
//! where somebody has looked.

mod annotations;
mod article;
mod entity;
mod terms;

use serde::Serialize;

use super::Site;
use super::page::{PageKind, PlannedPage};
use super::view::Content;
use super::views::Head;
use super::views::html::Html;
use crate::archive::{EntityIx, SourceIx};
use crate::base::Lang;
use crate::parse::dates::Edtf;
use terms::{CONTEXT, Id, Source, Thing, WebPage, WebSite};

/// What a page says of itself: nothing where none is asked for, and for pages that readers are not meant to find.
pub(super) fn of_page<'a>(site: &'a Site<'a>, page: &PlannedPage, head: &Head<'a>, content: &Content<'a>) -> Option<Html> {
    if !site.config.exports.json_ld || !page.kind.is_for_readers() {
        return None;
    }
    Some(match (&page.kind, content) {
        (PageKind::Article(index), Content::Article(view)) => script(&site.linked_article(*index, head, view)),
        (PageKind::Entity(index, None), _) => script(&site.linked_entity(*index, head.lang)),
        (PageKind::Source(index, None), _) => script(&site.linked_source(*index, head)),
        (PageKind::Home, _) => script(&WebSite {
            context: Some(CONTEXT),
            url: Some(head.canonical.clone()),
            description: said(head.description),
            in_language: Some(head.lang.as_str()),
            ..site.web_site(head.lang)
        }),
        (PageKind::Plain(_), _) => script(&site.web_page("WebPage", head)),
        _ => script(&site.web_page("CollectionPage", head)),
    })
}

/// As it can stand in a `<script>`: only `<` can end one, or begin a comment.
fn script(node: &impl Serialize) -> Html {
    let json = serde_json::to_string(node).expect("nodes are plain data");
    Html::safe(&if json.contains('<') { json.replace('<', "\\u003c") } else { json })
}

fn said(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// A day, a month or a year; what else EDTF says, schema.org's dates cannot.
fn plain_date(date: &Edtf) -> Option<&str> {
    let text = date.as_str();
    let month = || text[5..7].parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    let figures = text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    (figures && (text.len() == 4 || matches!(text.len(), 7 | 10) && month())).then_some(text)
}

impl<'a> Site<'a> {
    /// An entity has one name for machines in all languages: its address in the first.
    fn entity_id(&self, entity: EntityIx) -> String {
        self.tree.routes.with_host(&self.trees[0].entity_urls[entity.position()])
    }

    fn source_id(&self, source: SourceIx) -> Id {
        let key = &self.archive.register.source(source).key;
        Id { id: self.tree.routes.absolute(&self.trees[0].routes.source(key)) }
    }

    fn home_id(&self, name: &str) -> String {
        format!("{}#{name}", self.tree.routes.absolute(&self.trees[0].routes.home()))
    }

    fn archive_id(&self) -> Id {
        Id { id: self.home_id("_archive") }
    }

    /// The entity's type in schema.org.
    fn entity_type(&self, entity: EntityIx) -> &'a str {
        let register = &self.archive.register;
        let kind = register.kinds.get(&register.entity(entity).head.kind);
        kind.and_then(|kind| kind.schema_org.as_deref()).unwrap_or("Thing")
    }

    fn thing(&self, entity: EntityIx, lang: &Lang) -> Thing<'a> {
        let wikidata = self.archive.register.entity(entity).head.wikidata.as_deref();
        Thing {
            kind: Some(self.entity_type(entity)),
            id: Some(self.entity_id(entity)),
            name: self.entity_name(entity, lang),
            same_as: wikidata.map(entity::wikidata),
        }
    }

    /// Who wrote or published something. Only people and organisations do: of anything else the name alone is told.
    fn whoever(&self, word: &'a str, lang: &Lang) -> Thing<'a> {
        let Some(entity) = self.archive.register.find_entity(word) else { return named(word) };
        if !entity::acts(self.entity_type(entity)) {
            return named(self.entity_name(entity, lang));
        }
        Thing { same_as: None, ..self.thing(entity, lang) }
    }

    fn web_site(&self, lang: &Lang) -> WebSite<'a> {
        let name = self.title(lang);
        WebSite {
            context: None,
            kind: "WebSite",
            id: self.home_id("_site"),
            name,
            url: None,
            description: None,
            in_language: None,
            publisher: Thing { kind: Some("Organization"), id: Some(self.archive_id().id), ..named(name) },
        }
    }

    fn web_page<'h>(&'h self, kind: &'static str, head: &'h Head<'a>) -> WebPage<'h> {
        WebPage {
            context: CONTEXT,
            kind,
            id: &head.canonical,
            name: said(head.title),
            description: said(head.description),
            in_language: head.lang.as_str(),
            is_part_of: self.web_site(head.lang),
        }
    }

    fn linked_source<'h>(&'h self, index: SourceIx, head: &'h Head<'a>) -> Source<'h> {
        let source = self.archive.register.source(index);
        Source {
            context: CONTEXT,
            kind: "CreativeWork",
            id: &head.canonical,
            name: head.title,
            url: source.url.as_deref(),
            archived_at: source.archived.as_deref(),
            author: source.authors.iter().map(|author| named(author)).collect(),
            publisher: source.publisher.as_deref().map(named),
            date_published: source.date.as_ref().and_then(plain_date),
        }
    }
}

/// A name of which no more is known.
fn named(name: &str) -> Thing<'_> {
    Thing { kind: None, id: None, name, same_as: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_months_and_years_are_plain_dates() {
        for date in ["2024", "2024-11", "2024-11-05"] {
            assert_eq!(plain_date(&Edtf::parse(date).unwrap()), Some(date));
        }
        for date in ["2024-11~", "2025-21", "202X", "2023/2024", "../2024", "-0044", "Y17000", "2024?"] {
            assert_eq!(plain_date(&Edtf::parse(date).unwrap()), None, "{date}");
        }
    }

    #[test]
    fn nothing_ends_the_script_in_which_a_node_stands() {
        assert_eq!(script(&named("</script><!--")).as_str(), r#"{"name":"\u003c/script>\u003c!--"}"#);
    }
}
