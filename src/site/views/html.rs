//! Safe HTML as part of a view: the pieces that pages are full of, in the shape in which they are printed.

use std::borrow::Cow;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use tera::Value;

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
    html.push_str("<a href=\"");
    push_attribute(html, url);
    html.push_str("\">");
    push_text(html, text);
    html.push_str("</a>");
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
    fn it_is_printed_as_it_is_and_written_as_a_string() {
        let mut context = tera::Context::new();
        context.insert("h", &[Html::safe("<b>x</b>")]);
        assert_eq!(tera::Tera::one_off("{{ h[0] }}", &context, true).ok().as_deref(), Some("<b>x</b>"));
        assert_eq!(serde_json::to_string(&Html::safe("<b>x</b>")).ok().as_deref(), Some("\"<b>x</b>\""));
    }
}
