//! What the bytes at a path are.

use mime_guess::Mime;
use mime_guess::mime::{self, Name};

/// Whether a script can be put into the file at `path`.
pub(super) fn is_html(path: &str) -> bool {
    guess(path) == mime::TEXT_HTML
}

/// The `Content-Type` of the file at `path`. All text of a site is UTF-8.
pub(super) fn content_type(path: &str) -> String {
    let kind = guess(path);
    if is_text(&kind) { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}

fn guess(path: &str) -> Mime {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("mjs") => mime::TEXT_JAVASCRIPT,
        // Instead of the older `text/xml`.
        Some("xml") => "application/xml".parse().unwrap_or(mime::TEXT_XML),
        _ => mime_guess::from_path(name).first_or_octet_stream(),
    }
}

fn is_text(kind: &Mime) -> bool {
    let structured = |name: Name<'_>| matches!(name.as_str(), "xml" | "json" | "javascript");
    kind.type_() == mime::TEXT || structured(kind.subtype()) || kind.suffix().is_some_and(structured)
}
