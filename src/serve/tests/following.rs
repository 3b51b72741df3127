//! What a tab hears.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use url::form_urlencoded::byte_serialize;

use super::{Preview, Reload, preview};

const FILES: &[(&str, &str)] = &[
    ("index.html", "<link rel=stylesheet href=/style.css><p>front"),
    ("a/index.html", "<p>a"),
    ("style.css", "p {}"),
    ("404.html", "<p>missing"),
];

/// Long enough for an event that should not come.
const MOMENT: Duration = Duration::from_millis(300);

/// The stream of one tab.
pub(super) struct Tab {
    stream: TcpStream,
    heard: String,
}

impl Preview {
    pub(super) fn open(&self, request: &str) -> TcpStream {
        let mut stream = self.connect();
        write!(stream, "{request}\r\n\r\n").unwrap();
        stream
    }

    /// Opens the stream of a tab that shows `version` of `page`.
    pub(super) fn follow(&self, page: &str, version: &str) -> Tab {
        let base = self.books.base.lock().unwrap().clone();
        let mut request = format!("GET {base}/_postilla/events?version={version}&page=");
        write!(request, "{}", byte_serialize(page.as_bytes()).collect::<String>()).unwrap();
        // An older HTTP has no chunks, which are not what is tested here.
        let mut tab = Tab { stream: self.open(&(request + " HTTP/1.0\r\nHost: localhost")), heard: String::new() };
        assert!(tab.block().contains("content-type: text/event-stream"));
        assert_eq!(tab.block(), "retry: 1000");
        tab
    }

    /// Opens `path` and then its stream, as a browser does.
    fn visit(&self, path: &str) -> Tab {
        let answer = self.get(path);
        self.follow(answer.attribute("data-page"), answer.attribute("data-version"))
    }

    fn find(&self, findings: Option<&str>) {
        *self.books.findings.lock().unwrap() = findings.map(Arc::from);
        self.bell.ring();
    }
}

impl Tab {
    /// What comes up to the next empty line.
    fn block(&mut self) -> String {
        loop {
            let end = ["\r\n\r\n", "\n\n"].iter().filter_map(|end| Some((self.heard.find(end)?, end.len()))).min();
            if let Some((at, length)) = end {
                let rest = self.heard.split_off(at + length);
                let block = std::mem::replace(&mut self.heard, rest);
                return block.trim_end().to_owned();
            }
            let mut chunk = [0; 4096];
            let read = self.stream.read(&mut chunk).expect("an event in time");
            assert_ne!(read, 0, "the stream has ended");
            self.heard.push_str(std::str::from_utf8(&chunk[..read]).unwrap());
        }
    }

    fn hears(&mut self, event: &str, data: &str) {
        assert_eq!(self.block(), format!("event: {event}\ndata: {data}"));
    }

    fn hears_styles(&mut self) -> String {
        let block = self.block();
        block.strip_prefix("event: styles\ndata: ").unwrap_or_else(|| panic!("{block}")).to_owned()
    }

    fn hears_nothing(&mut self) {
        assert_eq!(self.heard, "");
        self.stream.set_read_timeout(Some(MOMENT)).unwrap();
        let read = self.stream.read(&mut [0; 64]);
        assert!(read.is_err(), "{read:?}");
        self.stream.set_read_timeout(Some(super::PATIENCE)).unwrap();
    }
}

#[test]
fn a_tab_that_is_up_to_date_hears_the_findings_and_no_more() {
    let preview = preview("", Reload::On, FILES);
    let mut tab = preview.visit("/a/");
    tab.hears("findings", "[]");
    preview.bell.ring();
    tab.hears_nothing();
}

#[test]
fn only_the_tab_whose_page_changed_reloads() {
    let preview = preview("", Reload::On, FILES);
    let (mut front, mut a) = (preview.visit("/"), preview.visit("/a/"));
    front.hears_styles();
    front.hears("findings", "[]");
    a.hears("findings", "[]");
    preview.books.put("a/index.html", "<p>A");
    preview.bell.ring();
    a.hears("reload", "now");
    front.hears_nothing();
}

#[test]
fn a_tab_that_missed_an_edition_reloads_when_it_comes_back() {
    let preview = preview("", Reload::On, FILES);
    let version = preview.get("/a/").attribute("data-version").to_owned();
    preview.books.put("a/index.html", "<p>A");
    preview.follow("a/", &version).hears("reload", "now");
}

#[test]
fn a_page_that_is_gone_reloads_and_comes_back() {
    let preview = preview("", Reload::On, FILES);
    let mut tab = preview.visit("/a/");
    tab.hears("findings", "[]");
    preview.books.remove("a/index.html");
    preview.bell.ring();
    tab.hears("reload", "now");
    let mut tab = preview.visit("/a/");
    tab.hears("findings", "[]");
    preview.books.put("a/index.html", "<p>a");
    preview.bell.ring();
    tab.hears("reload", "now");
}

#[test]
fn a_page_that_comes_where_a_tab_left_out_the_slash_reloads_it() {
    let preview = preview("", Reload::On, FILES);
    let mut tab = preview.visit("/b");
    tab.hears("findings", "[]");
    preview.books.put("b/index.html", "<p>b");
    preview.bell.ring();
    tab.hears("reload", "now");
}

#[test]
fn the_first_edition_reloads_the_tabs_that_wait_for_it() {
    let preview = preview("/archive", Reload::On, &[]);
    preview.find(Some("[1]"));
    let mut tab = preview.visit("/archive/");
    tab.hears("findings", "[1]");
    preview.books.put("index.html", "<p>at last");
    preview.bell.ring();
    tab.hears("reload", "now");
}

#[test]
fn a_changed_stylesheet_is_told_without_a_reload() {
    let preview = preview("", Reload::On, FILES);
    let styles = preview.get("/").attribute("data-styles").replace("&quot;", "\"");
    let mut tab = preview.visit("/");
    assert_eq!(tab.hears_styles(), styles);
    tab.hears("findings", "[]");
    preview.books.put("style.css", "p { color: red }");
    preview.bell.ring();
    let now = tab.hears_styles();
    assert_ne!(now, styles);
    preview.bell.ring();
    tab.hears_nothing();
    assert_eq!(preview.visit("/").hears_styles(), now);
}

#[test]
fn findings_are_told_when_they_change() {
    let preview = preview("", Reload::On, FILES);
    preview.find(Some("[{\"severity\":\"error\"}]"));
    let mut tab = preview.visit("/a/");
    tab.hears("findings", "[{\"severity\":\"error\"}]");
    preview.bell.ring();
    tab.hears_nothing();
    preview.find(Some("[\n]"));
    tab.hears("findings", "[\ndata: ]");
    preview.find(None);
    tab.hears("findings", "[]");
}

#[test]
fn a_tab_outside_the_site_follows_the_page_for_what_is_missing() {
    let preview = preview("", Reload::On, FILES);
    let mut tab = preview.visit("/%00");
    tab.hears("findings", "[]");
    preview.books.put("404.html", "<p>Missing");
    preview.bell.ring();
    tab.hears("reload", "now");
    preview.follow("../secret", "x").hears("reload", "now");
}

#[test]
fn a_head_of_the_events_ends() {
    let answer = preview("", Reload::On, FILES).send("HEAD /_postilla/events?page= HTTP/1.1\r\nHost: localhost");
    assert_eq!((answer.status, answer.header("content-type"), answer.text()), (200, "text/event-stream", ""));
}

#[test]
fn rings_from_many_threads_reach_many_tabs() {
    let preview = preview("", Reload::On, FILES);
    let mut tabs: Vec<_> = (0..50).map(|_| preview.visit("/a/")).collect();
    for tab in &mut tabs {
        tab.hears("findings", "[]");
    }
    preview.books.put("a/index.html", "<p>A");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| preview.bell.ring());
        }
    });
    for tab in &mut tabs {
        tab.hears("reload", "now");
    }
}
