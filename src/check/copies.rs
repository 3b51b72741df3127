//! Copies of web pages in web archives, and of what they are copies. Only addresses are looked at.

use percent_encoding::percent_decode_str;
use url::{Position, Url};

/// What stands at these hosts, or below them, is a copy of something.
const ARCHIVES: &[&str] =
    &["archive.org", "archive.today", "archive.ph", "archive.is", "archive.li", "archive.fo", "archive.md", "archive.vn", "perma.cc"];

/// Whether a page stands in a web archive.
pub fn is_copy(url: &Url) -> bool {
    ARCHIVES.iter().any(|archive| stands_at(url, archive))
}

/// Whether a page stands at a host, or below it.
pub fn stands_at(url: &Url, host: &str) -> bool {
    let own = url.host_str().unwrap_or_default().trim_end_matches('.');
    own.strip_suffix(host).is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

/// The address itself; for that of a copy, that of its original. `None` where the copy's does not say, or for no address.
pub fn original(address: &str) -> Option<Url> {
    let mut url = Url::parse(address).ok()?;
    while is_copy(&url) {
        let inside = percent_decode_str(&url[Position::BeforePath..]).decode_utf8().ok()?.into_owned();
        url = Url::parse(&written_in(&inside)?).ok()?;
    }
    Some(url)
}

/// Whether two addresses are of one page, or of copies of it.
pub fn are_one_page(one: &str, other: &str) -> bool {
    let page = |address| original(address).map(|url| url[Position::BeforeHost..].trim_end_matches('/').to_owned());
    one == other || page(one).is_some_and(|one| page(other) == Some(one))
}

/// The address in the path of a copy: `/web/20241103/https://x.example/a`, or without its scheme behind a date. It is
/// shorter than the path.
fn written_in(path: &str) -> Option<String> {
    let segments = || path.match_indices('/').map(|(slash, _)| &path[slash + 1..]);
    let with_scheme = segments().find_map(|rest| {
        let (scheme, host) = rest.split_once(":/")?;
        // Some programs take the two slashes for one.
        matches!(scheme, "http" | "https").then(|| format!("{scheme}://{}", host.trim_start_matches('/')))
    });
    with_scheme.or_else(|| {
        let (date, rest) = segments().find_map(|rest| rest.split_once('/').filter(|(date, _)| is_date(date)))?;
        let host = rest.split('/').next().filter(|host| host.contains('.'))?;
        (!date.is_empty() && !host.starts_with('.')).then(|| format!("http://{rest}"))
    })
}

fn is_date(segment: &str) -> bool {
    segment.len() >= 4 && segment.bytes().take(4).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_of_what_it_is_one() {
        for (address, expected) in [
            ("https://x.example/a?b#c", Some("https://x.example/a?b#c")),
            ("https://web.archive.org/web/20241103000000/https://x.example/a?b", Some("https://x.example/a?b")),
            ("https://web.archive.org/web/20241103id_/http:/x.example/a", Some("http://x.example/a")),
            ("https://web.archive.org/web/2024*/x.example/a", Some("http://x.example/a")),
            ("https://web.archive.org/save/https://x.example/", Some("https://x.example/")),
            ("https://archive.ph/2024.11.03-120000/https://x.example/", Some("https://x.example/")),
            ("https://archive.ph/https%3A%2F%2Fx.example%2Fa", Some("https://x.example/a")),
            ("https://web.archive.org/web/2024/https://archive.ph/2023/https://x.example/", Some("https://x.example/")),
            ("https://web.archive.org/web/2024/https://archive.ph/AbCd", None),
            ("https://archive.ph/AbCd", None),
            ("https://archive.ph/2024/nothing", None),
            ("https://perma.cc/AB12-CD34", None),
            ("https://archive.org/details/leaflet", None),
            ("nowhere", None),
        ] {
            assert_eq!(original(address).as_ref().map(Url::as_str), expected, "{address}");
        }
    }

    #[test]
    fn a_page_and_its_copy_are_one() {
        assert!(are_one_page("https://x.example/a", "https://web.archive.org/web/2024/http://x.example/a/"));
        assert!(are_one_page("https://archive.ph/AbCd", "https://archive.ph/AbCd"));
        assert!(!are_one_page("https://archive.ph/AbCd", "https://archive.ph/EfGh"));
        assert!(!are_one_page("https://x.example/a", "https://x.example/b"));
    }
}
