//! A page's content security policy, opened as little as live reload needs: for one script, and for its events.

use axum::http::HeaderValue;

/// Directives that a policy inside a page cannot give; as a header they would bind.
const DEAF: [&str; 3] = ["frame-ancestors", "report-uri", "sandbox"];

type Directive<'a> = (String, Vec<&'a str>);

/// The header for a page that carries `policy`, with a script under `nonce` and connections to its own host
/// allowed. `None` when nothing is left to say.
pub(super) fn opened(policy: &str, nonce: &str) -> Option<HeaderValue> {
    let mut directives = read(policy);
    let nonce = format!("'nonce-{nonce}'");
    open_scripts(&mut directives, &nonce);
    open(&mut directives, "connect-src", "'self'");
    let written = directives.iter().map(|(name, sources)| [&[name.as_str()], sources.as_slice()].concat().join(" "));
    let written = written.collect::<Vec<_>>().join("; ");
    (!written.is_empty()).then(|| HeaderValue::try_from(written).ok()).flatten()
}

/// As a browser reads them: of two directives of one name the first counts, and one that is not ASCII does not.
/// A comma would begin a second policy in a header, and is in no source that a browser knows.
fn read(policy: &str) -> Vec<Directive<'_>> {
    let mut directives: Vec<Directive<'_>> = Vec::new();
    for text in policy.split(';').filter(|text| text.is_ascii()) {
        let mut words = text.split_ascii_whitespace().filter(|word| !word.contains(|c: char| c == ',' || c.is_control()));
        let Some(name) = words.next().map(str::to_ascii_lowercase) else { continue };
        if !DEAF.contains(&name.as_str()) && directives.iter().all(|(known, _)| *known != name) {
            directives.push((name, words.collect()));
        }
    }
    directives
}

/// A nonce would switch `'unsafe-inline'` off, and with it scripts of the page; there the script is let in by
/// its address.
fn open_scripts<'a>(directives: &mut Vec<Directive<'a>>, nonce: &'a str) {
    let elements = sources(directives, "script-src-elem").is_some();
    let name = if elements { "script-src-elem" } else { "script-src" };
    let is = |name: &str, test: &dyn Fn(&str) -> bool| {
        let found = sources(directives, name).or_else(|| sources(directives, "default-src"));
        found.is_some_and(|found| found.iter().any(|source| test(&source.to_ascii_lowercase())))
    };
    let marked = is(name, &|source| source.starts_with("'nonce-") || source.starts_with("'sha") || source == "'strict-dynamic'");
    let inline = is(name, &|source| source == "'unsafe-inline'");
    open(directives, name, if inline && !marked { "'self'" } else { nonce });
}

/// Adds `source` to the directive, or to one made from the default; where neither is, all is allowed already.
fn open<'a>(directives: &mut Vec<Directive<'a>>, name: &str, source: &'a str) {
    let Some(present) = sources(directives, name).or_else(|| sources(directives, "default-src")) else { return };
    let mut wider: Vec<&str> = present.iter().copied().filter(|known| !known.eq_ignore_ascii_case("'none'")).collect();
    if !wider.contains(&source) {
        wider.push(source);
    }
    match directives.iter_mut().find(|(known, _)| known == name) {
        Some((_, sources)) => *sources = wider,
        None => directives.push((name.to_owned(), wider)),
    }
}

fn sources<'d, 'a>(directives: &'d [Directive<'a>], name: &str) -> Option<&'d [&'a str]> {
    directives.iter().find(|(known, _)| known == name).map(|(_, sources)| sources.as_slice())
}
