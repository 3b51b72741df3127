//! `postilla serve` as it runs: what it shows while the archive is edited, and that it leaves no trace.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use common::running::{PATIENCE, Running, start, until};
use common::{Archive, CONFIG, archive};

const ARTICLE: &str = "+++\ntitle = 'Made up'\ndate = 2025-01-01\n+++\n\nThe river is made up, near the old bridge.\n";
const SIDECAR: &str = "[[facts]]\nid = 'bridge'\nclaim = 'CLAIM'\nanchor = { exact = 'near the old bridge' }\n";
const BROKEN: &str = "+++\ntitle = \"Broken\n+++\n";

/// A template that can be read and fails when a page is made with it.
const FAILING: &str = "{% extends \"base.html\" %}\n{% block main %}{{ page.nothing.at_all }}{% endblock main %}\n";

#[test]
fn it_writes_nothing_anywhere() {
    let archive = archive(&[("content/articles/a.md", ARTICLE), (".hidden/x", "x")]);
    archive.build(&[]);
    archive.write("content/articles/a.facts.toml", SIDECAR);
    let before = traces(archive.root());
    let serve = serve(&archive, &[]);
    serve.shows("/base/articles/a/", "CLAIM");
    archive.write("content/articles/b.md", ARTICLE);
    serve.shows("/base/articles/", "/articles/b/");
    archive.write("content/articles/c.md", BROKEN);
    serve.running.says("c.md");
    let events = serve.follow("");
    until("the findings", || events.holds("c.md"), || events.all());
    for path in ["/base/", "/base/articles/a/", "/base/assets/postilla.css", "/base/none/", "/base/feed.xml"] {
        serve.get(path);
    }
    let (run, _) = serve.running.interrupt();
    assert_eq!(run.code, 0, "{}", run.stderr);

    let after = traces(archive.root());
    let changed = before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path));
    let changed: BTreeSet<&Path> = changed.map(|path| path.strip_prefix(archive.root()).unwrap()).collect();
    let edited = ["content/articles", "content/articles/b.md", "content/articles/c.md"];
    assert_eq!(changed, edited.iter().map(Path::new).collect());
}

#[test]
fn it_starts_with_errors_and_works_when_they_are_mended() {
    for (path, broken, whole) in [("content/articles/a.md", BROKEN, ARTICLE), ("postilla.toml", "titel = 'x'\n", CONFIG)] {
        let archive = archive(&[("content/articles/a.md", ARTICLE), (path, broken)]);
        let serve = serve(&archive, &[]);
        let (status, page) = serve.get("/");
        assert_eq!(status, 503, "{page}");
        archive.write(path, whole);
        serve.shows("/base/articles/a/", "made up");
    }
}

#[test]
fn an_article_that_breaks_is_shown_as_it_last_was() {
    let archive =
        archive(&[("content/articles/a.md", ARTICLE), ("content/articles/a.facts.toml", SIDECAR), ("content/articles/b.md", ARTICLE)]);
    let serve = serve(&archive, &[]);
    serve.shows("/base/", "Test archive");
    archive.write("content/articles/a.facts.toml", "[[facts]]\nid = \n");
    serve.running.says("a.facts.toml");
    fs::remove_file(archive.path("content/articles/b.md")).unwrap();
    archive.write("content/articles/c.md", BROKEN);
    serve.running.says("c.md");
    // Neither was asked for before.
    serve.shows("/base/articles/a/", "CLAIM");
    serve.shows("/base/articles/b/", "made up");
    archive.remove("content/articles/c.md");
    archive.write("content/articles/a.facts.toml", &SIDECAR.replace("CLAIM", "OTHER"));
    serve.shows("/base/articles/a/", "OTHER");
    until("the end of what was deleted", || serve.get("/base/articles/b/").0 == 404, || serve.running.all());
}

#[test]
fn a_template_that_fails_on_a_page_is_named_and_the_last_page_stays() {
    let archive = archive(&[("content/articles/a.md", ARTICLE), ("content/pages/about.md", "+++\ntitle = 'About'\n+++\n\nABOUT\n")]);
    let serve = serve(&archive, &[]);
    serve.shows("/base/about/", "ABOUT");
    let events = serve.follow("about/");
    archive.write("templates/page.html", FAILING);
    until("the template's name", || events.holds("templates/page.html"), || events.all());
    serve.shows("/base/about/", "ABOUT");
    serve.shows("/base/articles/a/", "made up");
    archive.write("templates/page.html", &FAILING.replace("page.nothing.at_all", "'MENDED'"));
    serve.shows("/base/about/", "MENDED");
}

#[test]
fn a_page_that_was_never_made_is_an_error_that_the_terminal_says_once() {
    let archive = archive(&[
        ("content/articles/a.md", ARTICLE),
        ("content/pages/about.md", "+++\ntitle = 'About'\n+++\n\nABOUT\n"),
        ("content/pages/imprint.md", "+++\ntitle = 'Imprint'\n+++\n\nIMPRINT\n"),
        // What only a page shows: a name that there is not keeps the site from being made at all.
        ("templates/page.html", &FAILING.replace("{{ page.nothing.at_all", "<p>&lt;</p>{{ page.title | round")),
    ]);
    let serve = serve(&archive, &[]);
    for path in ["/base/about/", "/base/imprint/", "/base/about/"] {
        let (status, page) = serve.get(path);
        assert_eq!(status, 500, "{page}");
        assert!(page.contains("templates/page.html:2:") && page.contains("&amp;lt;") && !page.contains("<p>&lt;"), "{page}");
    }
    serve.running.says("templates/page.html:2:");
    archive.write("content/articles/b.md", ARTICLE);
    serve.shows("/base/articles/b/", "made up");
    assert_eq!(serve.get("/base/about/").0, 500);
    assert_eq!(serve.running.count("templates/page.html:2:"), 1, "{}", serve.running.all());

    let events = serve.follow("about/");
    archive.write("templates/page.html", &FAILING.replace("page.nothing.at_all", "'MENDED'"));
    until("the reload", || events.holds("event: reload"), || events.all());
    serve.shows("/base/about/", "MENDED");
    // What was mended and fails again is news.
    archive.write("templates/page.html", FAILING);
    until("the fault", || serve.get("/base/about/").0 == 200 && serve.running.count("templates/page.html:2:") == 2, || serve.running.all());
}

#[test]
fn a_port_is_held_to_and_none_moves_on() {
    let archive = archive(&[("content/articles/a.md", ARTICLE)]);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = start(archive.root(), &["serve", "--port", &port]).end();
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains(&port) && run.stderr.contains("taken"), "{}", run.stderr);

    let one = Serve::of(start(archive.root(), &["serve"]));
    let other = Serve::of(start(archive.root(), &["serve"]));
    assert_ne!(one.address, other.address);
    one.shows("/base/articles/a/", "made up");
    other.shows("/base/articles/a/", "made up");
}

#[test]
fn drafts_are_shown_when_asked_for() {
    let archive = archive(&[("content/articles/a.md", &ARTICLE.replace("date", "state = 'draft'\ndate"))]);
    serve(&archive, &["--drafts"]).shows("/base/articles/a/", "made up");
    let serve = serve(&archive, &[]);
    assert_eq!(serve.get("/base/articles/a/").0, 404);
    assert_eq!(serve.get("/base/").0, 200);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "an embargo that ends while the test runs")]
fn an_embargo_ends_by_itself() {
    let end = jiff::Timestamp::now().checked_add(Duration::from_secs(4)).unwrap();
    let archive = archive(&[("content/articles/a.md", &ARTICLE.replace("date", &format!("embargo = '{end}'\ndate")))]);
    let serve = serve(&archive, &[]);
    assert_eq!(serve.get("/base/").0, 200);
    until("the article", || serve.get("/base/articles/a/").0 == 200, || serve.running.all());
    assert!(jiff::Timestamp::now() >= end, "it was shown too early");
}

#[test]
fn an_interrupt_ends_it_at_once_whoever_listens() {
    let interrupted = || {
        let archive = archive(&[("content/articles/a.md", ARTICLE)]);
        let serve = serve(&archive, &[]);
        let events = serve.follow("");
        until("the stream", || events.holds("retry"), || events.all());
        let (run, took) = serve.running.interrupt();
        assert_eq!(run.code, 0, "{}", run.stderr);
        took
    };
    check_soon((0..3).map(|_| interrupted()));
}

#[test]
fn an_interrupt_ends_it_at_once_while_the_archive_is_read() {
    let archive = archive(&[]);
    for number in 0..600 {
        archive.write(&format!("content/articles/a{number}.md"), &ARTICLE.repeat(20).replacen("+++\n\n", "+++\n\n# x\n", 1));
    }
    let interrupted = || {
        let port = free_port();
        let running = start(archive.root(), &["serve", "--port", &port.to_string()]);
        let serve = Serve { running, address: format!("127.0.0.1:{port}"), base: String::new() };
        until("the port", || TcpStream::connect(&serve.address).is_ok(), || serve.running.all());
        // It is asked to end only after it has begun to answer.
        serve.get("/");
        let (run, took) = serve.running.interrupt();
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(!archive.path("public").exists());
        took
    };
    check_soon((0..3).map(|_| interrupted()));
}

#[test]
fn the_site_stands_where_its_base_url_says() {
    let archive = archive(&[("content/articles/a.md", ARTICLE)]);
    let serve = serve(&archive, &[]);
    assert_eq!(serve.base, "/base");
    assert_eq!(serve.get("/articles/a/").0, 404);
    assert!((300..400).contains(&serve.get("/").0));
    serve.shows("/base/articles/a/", "href=\"/base/");

    archive.write("postilla.toml", &CONFIG.replace("/base", "/other/place"));
    serve.shows("/other/place/articles/a/", "href=\"/other/place/");
    assert_eq!(serve.get("/base/articles/a/").0, 404);
}

/// A running preview.
struct Serve {
    running: Running,
    address: String,
    base: String,
}

/// Serves an archive at some free port, and waits until it has been read.
fn serve(archive: &Archive, more: &[&str]) -> Serve {
    Serve::of(start(archive.root(), &[&["serve", "--port", "0"], more].concat()))
}

impl Serve {
    fn of(running: Running) -> Self {
        let line = running.says("serving at http://");
        let url = line.split_whitespace().find_map(|word| word.strip_prefix("http://")).unwrap();
        let (address, base) = url.trim_end_matches('/').split_once('/').unwrap_or((url.trim_end_matches('/'), ""));
        let base = if base.is_empty() { String::new() } else { format!("/{base}") };
        Self { running, address: address.to_owned(), base }
    }

    fn send(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        stream
    }

    /// The status of the answer, and the answer.
    fn get(&self, path: &str) -> (u16, String) {
        let mut raw = Vec::new();
        self.send(path).read_to_end(&mut raw).unwrap();
        let text = String::from_utf8_lossy(&raw).into_owned();
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_else(|| panic!("no answer: {text}")), text)
    }

    /// Waits until the page at `path` is there and holds `words`.
    #[track_caller]
    fn shows(&self, path: &str, words: &str) {
        let mut last = String::new();
        let held = || {
            let (status, page) = self.get(path);
            last = page;
            status == 200 && last.contains(words)
        };
        until(&format!("`{words}` at `{path}`"), held, || self.running.all());
    }

    /// Follows a page as its script does.
    fn follow(&self, page: &str) -> Events {
        let (_, html) = self.get(&format!("{}/{page}", self.base));
        let version = html.split_once("data-version=\"").unwrap().1.split('"').next().unwrap();
        let page = page.replace('/', "%2F");
        let mut stream = self.send(&format!("{}/_postilla/events?page={page}&version={version}", self.base));
        let heard: Arc<Mutex<Vec<u8>>> = Arc::default();
        let kept = Arc::clone(&heard);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = stream.read(&mut buffer) {
                kept.lock().unwrap().extend(&buffer[..length]);
            }
        });
        Events(heard)
    }
}

/// What came through an event stream.
struct Events(Arc<Mutex<Vec<u8>>>);

impl Events {
    fn all(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }

    fn holds(&self, words: &str) -> bool {
        self.all().contains(words)
    }
}

/// The quickest of some: the machine may be busy with something else.
#[track_caller]
fn check_soon(took: impl Iterator<Item = Duration>) {
    let took = took.min().unwrap();
    assert!(took < Duration::from_secs(1), "{took:?}");
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Every file and folder, with when it was last changed and what it holds.
fn traces(root: &Path) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    entries
        .map(|entry| (entry.path().to_owned(), (entry.metadata().unwrap().modified().unwrap(), fs::read(entry.path()).unwrap_or_default())))
        .collect()
}
