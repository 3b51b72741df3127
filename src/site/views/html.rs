//! Safe HTML as part of a view: the pieces that pages are full of, in the shape in which they are printed.

use std::borrow::Cow;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use tera::Value;

use crate::base::{Lang, Words};

/// Safe HTML. It carries its own mark of safety, so that templates print it as it is; a copy shares its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Html(Value);

impl Html {
    /// Takes HTML that is safe.
    pub fn safe(html: &str) -> Self {
        Self(Value::safe_string(html))
    }

    /// Plain text.
    pub fn text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        push_text(&mut html, text);
        Self::safe(&html)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// As it is printed.
    pub fn as_str(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }
}

/// A text of the archive's with its language, where that is not the page's.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The text.
    pub text: &'a str,
    /// Its language; `None` where readers of the page read it.
    pub lang: Option<&'a Lang>,
}

impl<'a> Told<'a> {
    /// The text for a page in `lang`, out of a file in the language `own`.
    pub fn pick(words: &'a Words, lang: &Lang, own: &'a Lang) -> Self {
        let (spoken, text) = words.pick(lang, own);
        Self { text, lang: Some(spoken).filter(|spoken| !spoken.reads_as(lang)) }
    }

    /// A name. One for all languages is a name in each of them.
    pub fn name(words: &'a Words, lang: &Lang, own: &'a Lang) -> Self {
        match words {
            Words::One(text) => Self { text, lang: None },
            Words::ByLang(_) => Self::pick(words, lang, own),
        }
    }

    /// As it is printed: text of another language says so, to machines and in short to readers.
    pub fn html(self) -> Html {
        let mut html = String::with_capacity(self.text.len());
        self.push(&mut html);
        Html::safe(&html)
    }

    /// Adds it to `html`.
    pub fn push(self, html: &mut String) {
        let Some(lang) = self.lang else { return push_text(html, self.text) };
        html.push_str("<span lang=\"");
        push_attribute(html, lang.as_str());
        html.push_str("\" dir=\"auto\">");
        push_text(html, self.text);
        html.push_str("</span> <span class=\"in\">");
        push_text(html, lang.as_str());
        html.push_str("</span>");
    }

    /// Adds it to `html`, as a link.
    pub fn push_link(self, html: &mut String, url: &str) {
        html.push_str("<a href=\"");
        push_attribute(html, url);
        html.push_str("\">");
        self.push(html);
        html.push_str("</a>");
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl JsonSchema for Html {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Html".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

/// Adds a link to `html`.
pub fn push_link(html: &mut String, url: &str, text: &str) {
    Told { text, lang: None }.push_link(html, url);
}

/// Adds plain text to `html`.
pub fn push_text(html: &mut String, text: &str) {
    escape_html_body_text(html, text).expect("a string takes every write");
}

/// Adds a value between double quotes to `html`.
pub fn push_attribute(html: &mut String, value: &str) {
    escape_html(html, value).expect("a string takes every write");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_html_is_escaped() {
        let mut html = String::new();
        push_link(&mut html, "/a?b&\"c", "<b> & \"c\"");
        assert_eq!(html, "<a href=\"/a?b&amp;&quot;c\">&lt;b&gt; &amp; \"c\"</a>");
        assert_eq!(Html::text("1 < 2").as_str(), "1 &lt; 2");
    }

    #[test]
    fn a_text_in_another_language_says_so() {
        let lang = |tag| Lang::new(tag).unwrap();
        let both = Words::ByLang([(lang("it"), "uno".into()), (lang("fr"), "un".into())].into());
        let check = |told: Told<'_>, expected: &str| assert_eq!(told.html().as_str(), expected);
        let (it, en) = (lang("it"), lang("en"));
        check(Told::pick(&both, &lang("fr-CA"), &it), "un");
        check(Told::pick(&both, &en, &it), "<span lang=\"it\" dir=\"auto\">uno</span> <span class=\"in\">it</span>");
        check(Told::name(&both, &en, &it), "<span lang=\"it\" dir=\"auto\">uno</span> <span class=\"in\">it</span>");
        check(Told::name(&Words::One("Uno".into()), &en, &it), "Uno");
        check(Told::pick(&Words::One("uno".into()), &en, &it), "<span lang=\"it\" dir=\"auto\">uno</span> <span class=\"in\">it</span>");
    }

    #[test]
    fn it_is_printed_as_it_is_and_written_as_a_string() {
        let mut context = tera::Context::new();
        context.insert("h", &[Html::safe("<b>x</b>")]);
        assert_eq!(tera::Tera::one_off("{{ h[0] }}", &context, true).ok().as_deref(), Some("<b>x</b>"));
        assert_eq!(serde_json::to_string(&Html::safe("<b>x</b>")).ok().as_deref(), Some("\"<b>x</b>\""));
    }
}
