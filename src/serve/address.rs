//! From the path of a request to a place in the site. What is not plainly a place in the site is outside.

use percent_encoding::percent_decode_str;

/// Where the path of a request leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Into the site: a decoded path such as `articles/x/`, `style.css` or, for the front page, nothing.
    Inside(String),
    /// To the site's root, spelt in another way.
    Root,
    /// Nowhere.
    Outside,
}

impl Address {
    /// The address at `path` of a host on which the site lies at `base`; both are encoded.
    pub(super) fn find(path: &str, base: &str) -> Self {
        let (Some(path), Some(base)) = (decode(path.strip_prefix('/').unwrap_or(path)), decode(base.trim_matches('/'))) else {
            return Self::Outside;
        };
        if base.is_empty() {
            return Self::Inside(path);
        }
        if path.is_empty() || path == base {
            return Self::Root;
        }
        match path.strip_prefix(&base).and_then(|rest| rest.strip_prefix('/')) {
            Some(place) => Self::Inside(place.to_owned()),
            None => Self::Outside,
        }
    }
}

/// `place`, when its parts are plain names; the last one may be empty, as that of a folder is.
pub(super) fn plain(place: &str) -> Option<&str> {
    let folder = place.strip_suffix('/').unwrap_or(place);
    (place.is_empty() || folder.split('/').all(is_plain_name)).then_some(place)
}

/// Part by part, so that an encoded slash does not become one.
fn decode(path: &str) -> Option<String> {
    let parts: Vec<String> = path.split('/').map(decode_part).collect::<Option<_>>()?;
    let place = parts.join("/");
    plain(&place).is_some().then_some(place)
}

fn decode_part(part: &str) -> Option<String> {
    let is_escape = |at: usize| part.as_bytes().get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    let strict = part.match_indices('%').all(|(at, _)| is_escape(at));
    let decoded = percent_decode_str(part).decode_utf8().ok()?;
    (strict && !decoded.contains('/')).then(|| decoded.into_owned())
}

fn is_plain_name(part: &str) -> bool {
    let refused = |c: char| c.is_control() || matches!(c, '\\' | ':');
    !matches!(part, "" | "." | "..") && !part.contains(refused)
}
