//! What live reload reads in a page, and what it changes there. The page may be any HTML, whole or not.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html_escape::{decode_html_entities, encode_double_quoted_attribute};
use lol_html::errors::RewritingError;
use lol_html::html_content::ContentType;
use lol_html::{HtmlRewriter, Settings, element, end, end_tag};

/// A page with the script in it and without its policies.
pub(super) struct Opened {
    /// The page.
    pub html: Vec<u8>,
    /// The policies taken out of it.
    pub policies: Vec<String>,
}

/// The addresses of the stylesheets that `html` links, as they stand there.
pub(super) fn stylesheets(html: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let links = element!("link[rel~=\"stylesheet\" i][href]", |link| {
        found.extend(link.get_attribute("href").map(|href| decode_html_entities(&href).trim().to_owned()));
        Ok(())
    });
    let read = rewrite(html, settings().append_element_content_handler(links));
    if read.is_ok() { found } else { Vec::new() }
}

/// Puts `script`, an element, at the end of the body, and takes policies out. `Err` when the page cannot be read.
pub(super) fn open(html: &[u8], script: &str) -> Result<Opened, RewritingError> {
    let policies = RefCell::new(Vec::new());
    let placed = Rc::new(Cell::new(false));
    let policy = element!("meta[http-equiv=\"content-security-policy\" i]", |meta| {
        policies.borrow_mut().extend(meta.get_attribute("content").map(|policy| decode_html_entities(&policy).into_owned()));
        meta.remove();
        Ok(())
    });
    let body = element!("body", |body| {
        let (placed, script) = (Rc::clone(&placed), script.to_owned());
        body.on_end_tag(end_tag!(move |end| {
            if !placed.replace(true) {
                end.before(&script, ContentType::Html);
            }
            Ok(())
        }))
    });
    // A body may end without a tag.
    let end = end!(|end| {
        if !placed.get() {
            end.append(script, ContentType::Html);
        }
        Ok(())
    });
    let settings = settings().append_element_content_handler(policy).append_element_content_handler(body);
    let html = rewrite(html, settings.append_document_content_handler(end))?;
    Ok(Opened { html, policies: policies.take() })
}

/// An element that loads `address`, with these attributes.
pub(super) fn script(address: &str, attributes: &[(&str, &str)]) -> String {
    let mut element = format!("<script src=\"{}\" defer", encode_double_quoted_attribute(address));
    for (name, value) in attributes {
        element.push_str(&format!(" {name}=\"{}\"", encode_double_quoted_attribute(value)));
    }
    element.push_str("></script>");
    element
}

fn settings<'h, 's>() -> Settings<'h, 's> {
    Settings::new().with_strict(false)
}

fn rewrite(html: &[u8], settings: Settings<'_, '_>) -> Result<Vec<u8>, RewritingError> {
    let mut out = Vec::with_capacity(html.len() + 512);
    let mut rewriter = HtmlRewriter::new(settings, |chunk: &[u8]| out.extend_from_slice(chunk));
    rewriter.write(html)?;
    rewriter.end()?;
    Ok(out)
}
