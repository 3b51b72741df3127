//! Pages that follow the site: what a tab is told of its page at first, and what it is compared with later.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use url::Url;

use super::address::Address;
use super::answer::{Asked, Desk};
use super::look::{self, Look, Shown};
use super::{Bytes, Served, Shelf, delivery, kind, page, policy, version};

/// Where the preview's own files lie, below the site's root.
pub(super) const SCRIPT: &str = "_postilla/reload.js";
pub(super) const EVENTS: &str = "_postilla/events";

/// The longest page on the disk that gets a script; a longer one is some export.
const LONGEST_PAGE: u64 = 16 * 1024 * 1024;

/// What a tab shows, or should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Survey {
    /// The version of the page, without the script.
    pub version: String,
    /// The versions of the stylesheets that it has of this site, by their paths on the host.
    pub styles: BTreeMap<String, String>,
}

impl Survey {
    /// The stylesheets as a JSON object.
    pub(super) fn styles_json(&self) -> String {
        serde_json::to_string(&self.styles).expect("strings are always JSON")
    }
}

/// Finds what is shown at `place`; where tabs follow, with its page in memory.
pub(super) async fn find(desk: &Desk, place: Option<String>) -> Asked<Look> {
    let look = desk.ask(move |shelf| look::look(shelf, place.as_deref())).await?;
    let shown = match look {
        Look::At(shown) if desk.reload => shown,
        settled => return Ok(settled),
    };
    match load(&shown).await {
        Ok(Some(bytes)) => Ok(Look::At(Shown { file: Served::Memory(bytes), ..shown })),
        Ok(None) => Ok(Look::At(shown)),
        Err(refused) if !delivery::is_gone(&refused) => Ok(Look::At(look::unreadable(&shown.path, &refused))),
        Err(_) if shown.status.is_success() => Ok(Look::At(desk.ask(look::missing).await?)),
        Err(_) => Ok(Look::At(look::no_such_page())),
    }
}

/// Works out what a tab that shows this at `place` must have. Asks the shelf for each stylesheet.
pub(super) fn survey(shelf: &dyn Shelf, place: Option<&str>, shown: &Shown) -> Survey {
    let styles = match &shown.file {
        Served::Memory(html) if kind::is_html(&shown.path) => styles(shelf, place.unwrap_or_default(), html),
        _ => BTreeMap::new(),
    };
    Survey { version: version::of(&shown.file).unwrap_or_default(), styles }
}

/// The answer that shows a page, with the script in it; without, when the page is no HTML that can be read.
pub(super) async fn open(desk: &Desk, place: Option<String>, shown: &Shown, html: Bytes) -> Asked<Response> {
    let seen = Shown { status: shown.status, path: shown.path.clone(), file: Served::Memory(html.clone()) };
    let (html, policies) = desk.ask(move |shelf| open_with_nonce(shelf, place.as_deref(), &seen, &html)).await?;
    let mut response = (shown.status, [(header::CONTENT_TYPE, kind::content_type(&shown.path))], html).into_response();
    for policy in policies {
        response.headers_mut().append(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

fn open_with_nonce(shelf: &dyn Shelf, place: Option<&str>, shown: &Shown, html: &Bytes) -> (Bytes, Vec<HeaderValue>) {
    let untouched = || (html.clone(), Vec::new());
    let mut random = [0; 16];
    if getrandom::fill(&mut random).is_err() {
        return untouched();
    }
    let nonce = format!("{:032x}", u128::from_ne_bytes(random));
    let script = script(&shelf.base(), place, &survey(shelf, place, shown), &nonce);
    let Ok(opened) = page::open(html, &script) else { return untouched() };
    let policies = opened.policies.iter().filter_map(|policy| policy::opened(policy, &nonce)).collect();
    (opened.html.into(), policies)
}

fn script(base: &str, place: Option<&str>, survey: &Survey, nonce: &str) -> String {
    let root = base.trim_end_matches('/');
    let attributes = [
        // Outside the site a tab shows the page for what is missing.
        ("data-page", place.unwrap_or("404.html")),
        ("data-version", &survey.version),
        ("data-styles", &survey.styles_json()),
        ("data-events", &format!("{root}/{EVENTS}")),
        ("nonce", nonce),
    ];
    page::script(&format!("{root}/{SCRIPT}"), &attributes)
}

fn styles(shelf: &dyn Shelf, place: &str, html: &[u8]) -> BTreeMap<String, String> {
    let base = shelf.base();
    let Some(here) = url_of(&base, place) else { return BTreeMap::new() };
    let version_at = |href: &String| {
        let there = here.join(href).ok().filter(|there| there.origin() == here.origin())?;
        let Address::Inside(place) = Address::find(there.path(), &base) else { return None };
        let version = version::of(&shelf.file(&place).ok()?)?;
        Some((there.path().to_owned(), version))
    };
    page::stylesheets(html).iter().filter_map(version_at).collect()
}

/// The URL of a place in the site, on some host.
fn url_of(base: &str, place: &str) -> Option<Url> {
    let mut url = Url::parse("http://localhost").ok()?.join(&format!("{}/", base.trim_end_matches('/'))).ok()?;
    url.path_segments_mut().ok()?.pop_if_empty().extend(place.split('/'));
    Some(url)
}

/// The bytes of a page that lies on the disk; `None` when it is no page, no plain file, or one too long.
async fn load(shown: &Shown) -> io::Result<Option<Bytes>> {
    match &shown.file {
        Served::Disk(path) if kind::is_html(&shown.path) && is_short(path).await? => Ok(Some(tokio::fs::read(path).await?.into())),
        _ => Ok(None),
    }
}

async fn is_short(path: &Path) -> io::Result<bool> {
    let seen = tokio::fs::metadata(path).await?;
    Ok(seen.is_file() && seen.len() <= LONGEST_PAGE)
}
