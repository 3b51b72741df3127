//! The forms of single words: ids, addresses, dates, languages. Serde lets any string through; these do not.
//! Their names are the `format`s of the schemas.

use url::Url;

use super::dates::{Edtf, Moment};
use crate::base::word::{UNREAD, did_you_mean};
use crate::base::{Code, DataPath, Diagnostic, Lang, Place, SourcePath, slug};

/// What is found in one file's values after serde has let them through. Paths are made only for what is wrong.
pub(super) struct Findings<'a> {
    file: &'a SourcePath,
    /// In the order of the checks.
    pub found: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// Nothing yet.
    pub fn new(file: &'a SourcePath) -> Self {
        Self { file, found: Vec::new() }
    }

    /// Reports an error at a value.
    pub fn error(&mut self, code: Code, path: DataPath, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::error(code, self.place(path), message));
        self.found.last_mut().expect("one was pushed")
    }

    /// Reports a warning at a value.
    pub fn warn(&mut self, code: Code, path: DataPath, message: impl Into<String>) {
        self.found.push(Diagnostic::warning(code, self.place(path), message));
    }

    /// Reports `text` when it has not the form that `check` wants.
    pub fn form(&mut self, text: Option<&str>, check: fn(&str) -> Result<(), String>, path: impl FnOnce() -> DataPath) {
        if let Some(Err(why)) = text.map(check) {
            self.error(Code::BadValue, path(), why);
        }
    }

    /// Reports every one of `texts` that has not the form that `check` wants.
    pub fn forms(&mut self, texts: &[Box<str>], check: fn(&str) -> Result<(), String>, path: impl Fn() -> DataPath) {
        for (index, text) in texts.iter().enumerate() {
            self.form(Some(text), check, || path().index(index));
        }
    }

    /// The editorial rule that `id` names, or an error that there is none.
    pub fn rule(&mut self, id: &str, path: impl FnOnce() -> DataPath) -> Option<Code> {
        let rule = Code::of(id).filter(|code| code.rule().is_some());
        if rule.is_none() && id != UNREAD {
            let known = Code::ALL.iter().filter(|code| code.rule().is_some()).map(|code| code.as_str());
            let error = self.error(Code::UnknownWord, path(), format!("there is no rule `{id}`"));
            error.help = did_you_mean(id, known);
        }
        rule
    }

    /// A value's place in the file.
    pub fn place(&self, path: DataPath) -> Place {
        Place::data(self.file, path)
    }
}

/// A path of one key.
pub(super) fn key(name: &str) -> DataPath {
    DataPath::root().key(name)
}

/// Whether `text` has the form that a schema names; the error says what is wrong. An unknown form fits anything.
pub fn check(form: &str, text: &str) -> Result<(), String> {
    match form {
        "slug" => slug(text),
        "digest" => digest(text),
        "url" => address(text),
        "base_url" => base_address(text),
        "moment" => Moment::parse(text).map(drop).ok_or_else(|| format!("`{text}` is not a date such as `2025-01-13`")),
        "edtf" => Edtf::parse(text).map(drop).map_err(|why| format!("`{text}` is not an EDTF date: {why}")),
        "bcp47" => Lang::new(text).map(drop).ok_or_else(|| format!("`{text}` is not a BCP 47 language tag")),
        "wikidata" => wikidata(text),
        _ => Ok(()),
    }
}

/// A word that may stand in an address as it is.
pub fn slug(text: &str) -> Result<(), String> {
    let why = "an id is made of lower-case letters, digits, `-`, `_` and inner `.`";
    slug::is_slug(text).then_some(()).ok_or_else(|| format!("`{text}` cannot stand in an address: {why}"))
}

/// The digest of a text: `sha256:` and 64 hexadecimal digits, or at least the first 12 of them.
pub fn digest(text: &str) -> Result<(), String> {
    let digits = text.strip_prefix("sha256:").unwrap_or_default();
    let is_digest = (12..=64).contains(&digits.len()) && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_digest.then_some(()).ok_or_else(|| format!("`{text}` is not a digest such as `sha256:` and 64 hexadecimal digits"))
}

/// An absolute `http` or `https` address.
pub fn address(text: &str) -> Result<(), String> {
    let Some(rest) = strip_http(text) else { return Err(format!("`{text}` is not an http or https address")) };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    if host.is_empty() {
        return Err(format!("`{text}` names no host"));
    }
    // To the end rather than to the first: so it goes many bytes at a time.
    let is_doubtful = |byte| byte <= b' ' || byte >= 0x7f || matches!(byte, b'<' | b'>' | b'"' | b'\\' | b'`');
    if text.bytes().fold(0, |any, byte| any | u8::from(is_doubtful(byte))) == 0 {
        return Ok(());
    }
    match text.chars().find(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '`')) {
        Some(c) => Err(format!("an address cannot hold {}", named(c))),
        None => Ok(()),
    }
}

/// The address of a site: no user, no query, no fragment, and a path of plain parts, since pages stand below it.
pub fn base_address(text: &str) -> Result<(), String> {
    address(text)?;
    if text.contains(['?', '#']) {
        return Err(format!("`{text}` has a query or a fragment: pages cannot stand below it"));
    }
    let (authority, path) = strip_http(text).map_or(("", ""), |rest| rest.split_once('/').unwrap_or((rest, "")));
    if authority.contains('@') {
        return Err("the address names a user or a password, which every page would show".to_owned());
    }
    let url = Url::parse(text).map_err(|why| format!("`{text}` is not an address: {why}"))?;
    if authority.ends_with(':') || url.port() == Some(0) {
        return Err(format!("`{text}` has no valid port"));
    }
    match path {
        "" => Ok(()),
        path => path.strip_suffix('/').unwrap_or(path).split('/').try_for_each(|part| path_part(text, part)),
    }
}

fn path_part(text: &str, part: &str) -> Result<(), String> {
    let is_hex = |digits: Option<&[u8]>| digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if part.bytes().enumerate().any(|(at, byte)| byte == b'%' && !is_hex(part.as_bytes().get(at + 1..at + 3))) {
        return Err(format!("`{text}` has a `%` without two hexadecimal digits behind it; write `%25`"));
    }
    match &*percent_encoding::percent_decode_str(part).decode_utf8().map_err(|_| format!("`{text}` is not UTF-8 behind its `%`"))? {
        "" => Err(format!("`{text}` has an empty part in its path")),
        "." | ".." => Err(format!("`{text}` has a part `{part}` in its path")),
        plain if plain.contains(is_control) => Err(format!("`{text}` has a control character in its path")),
        _ => Ok(()),
    }
}

/// Whether neither HTML nor XML may hold the character.
pub(super) fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

/// Something that can be read.
pub fn not_blank(text: &str) -> Result<(), String> {
    (!text.trim().is_empty()).then_some(()).ok_or_else(|| "this text is empty".to_owned())
}

/// An item of Wikidata.
pub fn wikidata(text: &str) -> Result<(), String> {
    let number = text.strip_prefix('Q').unwrap_or("");
    let fits = number.starts_with(|c: char| ('1'..='9').contains(&c)) && number.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(()).ok_or_else(|| format!("`{text}` is not an item of Wikidata such as `Q95`"))
}

/// An earlier address on this site: a path, or a name in its place.
pub fn alias(text: &str) -> Result<(), String> {
    let climbs = text.split('/').any(|part| matches!(part, "." | ".."));
    if text.trim_matches('/').is_empty() || climbs || text.contains(['\\', '?', '#', ':']) || text.contains(char::is_control) {
        return Err(format!("`{}` is not a path on this site, such as `/old/name/`", text.escape_debug()));
    }
    Ok(())
}

/// A currency by the form of ISO 4217.
pub fn currency(text: &str) -> Result<(), String> {
    let fits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    fits.then_some(()).ok_or_else(|| format!("`{text}` is not a currency such as `USD`"))
}

fn strip_http(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then_some(rest)
}

fn named(c: char) -> String {
    if c == ' ' { "a space; write `%20`".to_owned() } else { format!("`{}`", c.escape_debug()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_pass() {
        for good in ["https://example.org", "HTTP://example.org/a?b#c", "https://example.org/città"] {
            assert_eq!(address(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "javascript:alert(1)",
            "ftp://x",
            "https://",
            "https:///x",
            "https://a b",
            "https://a\u{1b}[0m",
            "http://x/\"y",
        ] {
            assert!(address(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn pages_can_stand_below_the_address_of_a_site() {
        for good in ["https://x.org", "https://x.org/", "http://x.org:8080/a/b/", "https://città.it/caff%C3%A8", "http://[::1]:1/"] {
            assert_eq!(base_address(good), Ok(()), "{good}");
        }
        for bad in [
            "https://example.org/?q",
            "https://x.org/#",
            "https://anna:secret@x.org/",
            "https://anna@x.org/",
            "https://x.org:99999/",
            "https://x.org:/",
            "https://x.org:0/",
            "https://x.org//",
            "https://x.org//a//",
            "https://x.org/a//b",
            "https://x.org/a/../b",
            "https://x.org/%2e%2E/",
            "https://x.org/a%",
            "https://x.org/a%zz/",
            "https://x.org/a%00",
            "https://x.org/%ff",
            "https://[::1/",
            "https://a^b/",
        ] {
            assert!(base_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_alias_stays_on_the_site() {
        for good in ["/old/x/", "old-name", "/città/1.html"] {
            assert_eq!(alias(good), Ok(()), "{good}");
        }
        for bad in ["", "/", "../x", "/a/../b", "a\\b", "a\0", "https://x", "x?y"] {
            assert!(alias(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn wikidata_items_begin_with_q_and_no_zero() {
        assert_eq!(wikidata("Q95"), Ok(()));
        for bad in ["", "Q", "Q0", "95", "q95", "Q9x"] {
            assert!(wikidata(bad).is_err(), "{bad:?}");
        }
    }
}
