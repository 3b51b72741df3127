//! Links to other sites: what servers that answer well, badly or not at all come to, and what is remembered of them.
//! The servers stand on this machine; nothing else is asked.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use common::{Archive, CONFIG, Run, archive, running};
use postilla::network::{self, Fate, Heard, Manners, Reach};
use serde_json::Value;

/// A server on this machine.
struct Site {
    port: u16,
    /// Every question, as `HEAD /path`.
    asked: Arc<Mutex<Vec<String>>>,
    /// How many questions were open at once at most.
    most: Arc<AtomicUsize>,
}

impl Site {
    /// A site whose `answer` writes what it likes to a question such as `HEAD /path`, which is the nth of its kind.
    fn new(answer: impl Fn(&str, usize, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let site = Self { port: listener.local_addr().unwrap().port(), asked: Arc::default(), most: Arc::default() };
        let (asked, most, open, answer) =
            (Arc::clone(&site.asked), Arc::clone(&site.most), Arc::new(AtomicUsize::new(0)), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (asked, most, open, answer) = (Arc::clone(&asked), Arc::clone(&most), Arc::clone(&open), Arc::clone(&answer));
                thread::spawn(move || {
                    most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    attend(stream, &asked, &*answer);
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        site
    }

    /// A site that answers every question in one way.
    fn saying(answer: &'static str) -> Self {
        Self::new(move |_, _, stream| say(stream, answer))
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn attend(mut stream: TcpStream, asked: &Mutex<Vec<String>>, answer: &dyn Fn(&str, usize, &mut TcpStream)) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    assert!(headers.iter().any(|header| header.to_lowercase() == format!("user-agent: postilla/{}", env!("CARGO_PKG_VERSION"))));
    let question = first.trim_end_matches(" HTTP/1.1").to_owned();
    let nth = {
        let mut asked = asked.lock().unwrap();
        asked.push(question.clone());
        asked.iter().filter(|other| **other == question).count()
    };
    answer(&question, nth, &mut stream);
}

fn say(stream: &mut TcpStream, answer: &str) {
    let _ = write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

/// As towards the web, in a hurry.
fn hasty() -> Manners {
    Manners {
        reach: Reach::Private,
        connect: Duration::from_millis(500),
        whole: Duration::from_millis(500),
        pause: Duration::from_millis(5),
        backoff: Duration::from_millis(10),
        longest_wait: Duration::from_secs(2),
    }
}

fn ask(question: &str) -> Heard {
    network::ask(&[question.to_owned()], &hasty(), &|| ()).remove(0)
}

/// What comes of a site that answers every question in one way, and what it was asked.
#[track_caller]
fn check(answer: &'static str, expected: &str, questions: &[&str]) {
    let site = Site::saying(answer);
    assert_eq!(fate(&ask(&site.at("/")).fate), expected, "{answer}");
    assert_eq!(site.asked(), questions, "{answer}");
}

fn fate(fate: &Fate) -> String {
    match fate {
        Fate::There => "there".to_owned(),
        Fate::Gone(why) => format!("gone: {why}"),
        Fate::Unsure(why) => format!("unsure: {why}"),
        Fate::NotAsked(why) => format!("not asked: {why}"),
    }
}

#[test]
fn what_a_server_says_is_understood() {
    let (once, both) = (["HEAD /"].as_slice(), ["HEAD /", "GET /"].as_slice());
    let stubborn = ["HEAD /", "GET /", "GET /", "GET /"].as_slice();
    check("200 OK", "there", once);
    check("204 No Content", "there", once);
    check("404 Not Found", "gone: 404 Not Found", both);
    check("410 Gone", "gone: 410 Gone", both);
    check("401 Unauthorized", "unsure: 401 Unauthorized", both);
    check("403 Forbidden", "unsure: 403 Forbidden", both);
    check("999 Denied", "unsure: 999", both);
    check("416 Range Not Satisfiable", "there", once);
    check("500 Internal Server Error", "unsure: 500 Internal Server Error", stubborn);
    check("503 Service Unavailable", "unsure: 503 Service Unavailable", &["HEAD /"; 3]);
    check("429 Too Many Requests\r\nRetry-After: 3600", "unsure: 429 Too Many Requests", once);
}

#[test]
fn a_server_that_knows_no_head_is_asked_for_one_byte() {
    for refusal in ["405 Method Not Allowed", "403 Forbidden", "404 Not Found", "501 Not Implemented"] {
        let site =
            Site::new(move |question, _, stream| say(stream, if question.starts_with("GET") { "206 Partial Content" } else { refusal }));
        assert_eq!(ask(&site.at("/x")).fate, Fate::There);
        assert_eq!(site.asked(), ["HEAD /x", "GET /x"], "{refusal}");
    }
    let mute = Site::new(|question, _, stream| {
        if question.starts_with("GET") {
            say(stream, "200 OK");
        }
    });
    assert_eq!(ask(&mute.at("/x")).fate, Fate::There);
}

#[test]
fn a_server_in_trouble_is_asked_again_when_it_likes() {
    let site = Site::new(|_, nth, stream| say(stream, if nth == 1 { "503 Service Unavailable" } else { "200 OK" }));
    assert_eq!(ask(&site.at("/")).fate, Fate::There);
    let site = Site::new(|_, nth, stream| say(stream, if nth == 1 { "429 Too Many Requests\r\nRetry-After: 1" } else { "200 OK" }));
    let begin = Instant::now();
    assert_eq!(ask(&site.at("/")).fate, Fate::There);
    assert!(begin.elapsed() >= Duration::from_secs(1), "{:?}", begin.elapsed());
}

#[test]
fn a_server_that_wants_to_be_left_alone_is() {
    let site = Site::saying("429 Too Many Requests\r\nRetry-After: 3600");
    let questions: Vec<String> = (0..20).map(|nth| site.at(&format!("/{nth}"))).collect();
    let heard = network::ask(&questions, &hasty(), &|| ());
    assert!(heard.iter().all(|heard| matches!(heard.fate, Fate::Unsure(_))), "{heard:?}");
    assert!(site.asked().len() <= 4, "{:?}", site.asked());
}

#[test]
fn redirects_are_followed_to_their_end() {
    let site = Site::new(|question, _, stream| match question {
        "HEAD /old" => say(stream, "301 Moved Permanently\r\nLocation: /new"),
        "HEAD /lost" => say(stream, "308 Permanent Redirect\r\nLocation: /nowhere#part"),
        "HEAD /for-now" => say(stream, "302 Found\r\nLocation: /lost"),
        "HEAD /round" => say(stream, "302 Found\r\nLocation: /round"),
        "HEAD /away" => say(stream, "302 Found\r\nLocation: ftp://example.org/"),
        "HEAD /new" => say(stream, "200 OK"),
        _ => say(stream, "404 Not Found"),
    });
    let heard = |path: &str| ask(&site.at(path));
    assert_eq!(heard("/old"), Heard { fate: Fate::There, moved: Some(site.at("/new")), reached: true });
    let lost = heard("/lost");
    assert_eq!((fate(&lost.fate).as_str(), lost.moved), ("gone: 404 Not Found", Some(site.at("/nowhere"))));
    assert_eq!(heard("/for-now").moved, None, "what is not for good from the start is not noted");
    assert_eq!(fate(&heard("/round").fate), "unsure: it is redirected without an end");
    assert_eq!(site.asked().iter().filter(|question| *question == "HEAD /round").count(), 11);
    assert_eq!(fate(&heard("/away").fate), "unsure: it is redirected to what is no web page");
}

#[test]
fn nothing_a_server_does_takes_long() {
    let begin = Instant::now();
    let slow = Site::new(|_, _, _| thread::sleep(Duration::from_secs(3)));
    let trickle = Site::new(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ");
        while stream.write_all(b"x").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let endless = Site::new(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"X-More: of the same, and again of the same\r\n").is_ok() {}
    });
    let garbage = Site::new(|_, _, stream| drop(stream.write_all(b"\x00\xff\x16 what?\r\n\r\n")));
    let sites = [&slow, &trickle, &endless, &garbage];
    let questions: Vec<String> = sites.iter().map(|site| site.at("/")).collect();
    let heard = network::ask(&questions, &hasty(), &|| ());
    let fates: Vec<String> = heard.iter().map(|heard| fate(&heard.fate)).collect();
    assert_eq!(fates[..2], ["gone: no answer in time", "gone: no answer in time"]);
    assert!(fates[2].starts_with("unsure: the answer is not HTTP") && fates[3].starts_with("unsure: the answer is not HTTP"), "{fates:?}");
    assert!(begin.elapsed() < Duration::from_secs(8), "{:?}", begin.elapsed());
}

#[test]
fn a_page_is_not_downloaded() {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let site = Site::new(move |question, _, stream| {
        if question.starts_with("HEAD") {
            return say(stream, "405 Method Not Allowed");
        }
        let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        while stream.write_all(&vec![b'x'; 65536]).is_ok() {
            count.fetch_add(65536, Ordering::SeqCst);
        }
    });
    assert_eq!(ask(&site.at("/")).fate, Fate::There);
    thread::sleep(Duration::from_millis(200));
    let sent = sent.load(Ordering::SeqCst);
    assert!(sent < 50_000_000, "{sent} bytes were sent, none were wanted");
}

#[test]
fn who_does_not_answer_is_gone_and_is_asked_once_for_all() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(
        ask(&format!("http://{closed}/")),
        Heard { fate: Fate::Gone("the connection is refused".to_owned()), moved: None, reached: false }
    );
    assert_eq!(fate(&ask("http://nobody.invalid/").fate), "gone: there is no such host");
    assert_eq!(fate(&ask(&without_tls()).fate), "gone: its certificate or its encryption is not valid");
    let slow = Site::new(|_, _, _| thread::sleep(Duration::from_secs(2)));
    let questions: Vec<String> = (0..20).map(|nth| slow.at(&format!("/{nth}"))).collect();
    let heard = network::ask(&questions, &hasty(), &|| ());
    let unsure = heard.iter().filter(|heard| fate(&heard.fate) == "unsure: its server let another question wait too long").count();
    assert!(unsure >= 17, "{heard:?}");
    assert!(heard.iter().any(|heard| fate(&heard.fate) == "gone: no answer in time"), "{heard:?}");
}

/// A secure address at a server that knows no TLS.
fn without_tls() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
    });
    format!("https://127.0.0.1:{port}/")
}

#[test]
fn a_host_is_asked_two_things_at_once_with_pauses() {
    let site = Site::new(|_, _, stream| {
        thread::sleep(Duration::from_millis(100));
        say(stream, "200 OK");
    });
    let questions: Vec<String> = (0..12).map(|nth| site.at(&format!("/{nth}"))).collect();
    let told = AtomicUsize::new(0);
    let begin = Instant::now();
    let heard =
        network::ask(&questions, &Manners { pause: Duration::from_millis(60), ..hasty() }, &|| _ = told.fetch_add(1, Ordering::SeqCst));
    assert!(heard.iter().all(|heard| heard.fate == Fate::There));
    assert_eq!((told.load(Ordering::SeqCst), site.asked().len(), site.most.load(Ordering::SeqCst)), (12, 12, 2));
    assert!(begin.elapsed() >= Duration::from_millis(60 * 11), "{:?}", begin.elapsed());
}

#[test]
fn private_machines_are_not_asked_by_themselves() {
    let site = Site::saying("200 OK");
    let public = Manners { reach: Reach::Public, ..hasty() };
    let port = site.port;
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0x7f.1",
        "2130706433",
        "0.0.0.0",
        "169.254.169.254",
        "10.0.0.1",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
    ] {
        let question = network::question(&format!("http://{host}:{port}/")).unwrap();
        let heard = network::ask(&[question], &public, &|| ()).remove(0);
        assert!(matches!(heard.fate, Fate::NotAsked(_)), "{host}: {heard:?}");
    }
    assert_eq!(site.asked(), Vec::<String>::new());
    assert_eq!(ask(&format!("http://localhost:{port}/")).fate, Fate::There);
}

#[test]
fn what_is_asked_has_no_fragment_and_no_credentials() {
    assert_eq!(network::question("HTTPS://user:secret@Example.ORG/a#part").as_deref(), Some("https://example.org/a"));
    for other in ["mailto:a@example.org", "ftp://example.org/", "javascript:x", "http://", "nothing", "file:///etc/passwd"] {
        assert_eq!(network::question(other), None, "{other}");
    }
}

const HEAD: &str = "+++\ntitle = 'x'\n";

/// An archive that names `good` and `gone` in many ways.
fn named(good: &str, gone: &str) -> Archive {
    archive(&[
        ("postilla.toml", CONFIG),
        ("content/articles/a.md", &format!("{HEAD}url = '{gone}'\n+++\n\nThe river rose. [good]({good}#part)\n")),
        (
            "content/articles/a.facts.toml",
            &format!(
                "[[facts]]\nid = 'a'\nclaim = 'x'\nanchor = {{ exact = 'The river rose.' }}\nevidence = [{{ url = '{gone}' }}, {{ url = '{gone}/covered', archived = '{good}' }}]\n"
            ),
        ),
        ("content/pages/p.md", &format!("{HEAD}+++\n\n[gone]({gone}#one) and [again]({gone}#two)\n")),
        ("content/entities/e.md", &format!("+++\nkind = 'person'\nname = 'E'\n+++\n\n[gone]({gone})\n")),
    ])
}

fn look(archive: &Archive, now: &str, more: &[&str]) -> Run {
    archive.run(&[&["check", "--external-links", "--allow-private", "--now", now], more].concat())
}

fn findings(run: &Run) -> Vec<Value> {
    let lines = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["code"] == "evidence::dead_link").collect()
}

/// What the last line says of links.
fn counts(run: &Run) -> BTreeMap<String, Value> {
    let last: Value = serde_json::from_str(run.stdout.lines().last().unwrap()).unwrap();
    serde_json::from_value(last["links"].clone()).unwrap()
}

const JSON: &[&str] = &["--message-format", "json"];

#[test]
fn a_link_is_dead_when_two_runs_an_hour_apart_say_so() {
    let site = Site::new(|question, _, stream| say(stream, if question.ends_with("/gone") { "404 Not Found" } else { "200 OK" }));
    let archive = named(&site.at("/good"), &site.at("/gone"));
    let first = look(&archive, "2026-01-01T10:00:00Z", &[]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(!first.stderr.contains("dead_link"), "{}", first.stderr);
    assert!(first.stderr.contains("1 address failed, and will be dead when a run an hour later or more fails too\n"), "{}", first.stderr);
    assert_eq!(site.asked().len(), 3, "each address is asked once: {:?}", site.asked());

    assert_eq!(findings(&look(&archive, "2026-01-01T10:59:00Z", JSON)).len(), 0, "a run of the same hour proves nothing");
    let second = look(&archive, "2026-01-01T11:30:00Z", JSON);
    assert_eq!(second.code, 0, "{}", second.stdout);
    let found = findings(&second);
    assert_eq!(found.len(), 1, "{}", second.stdout);
    assert_eq!((&found[0]["file"], &found[0]["severity"]), (&Value::from("content/articles/a.facts.toml"), &Value::from("warning")));
    assert_eq!(found[0]["notes"][0], "404 Not Found, in 2 runs since 2026-01-01");
    assert_eq!(found[0]["related"].as_array().unwrap().len(), 3, "{}", found[0]);
    assert_eq!(found[0]["notes"][1], "and at 1 more place");
    assert_eq!(counts(&second)["dead"], 1);
    assert_eq!(site.asked().iter().filter(|question| *question == "HEAD /good").count(), 1, "what was good is believed for a week");
    look(&archive, "2026-01-09T00:00:00Z", &[]);
    assert_eq!(site.asked().iter().filter(|question| *question == "HEAD /good").count(), 2);
}

#[test]
fn an_answer_in_between_begins_anew() {
    let site = Site::new(|question, nth, stream| match (question, nth) {
        ("HEAD /good", _) | ("HEAD /x", 2) => say(stream, "200 OK"),
        _ => say(stream, "404 Not Found"),
    });
    let archive = named(&site.at("/good"), &site.at("/x"));
    for (now, failed) in [("2026-01-01", 1), ("2026-01-02", 0), ("2026-02-01", 1)] {
        let run = look(&archive, now, JSON);
        assert_eq!((findings(&run).len(), &counts(&run)["failed"]), (0, &Value::from(failed)), "{now}");
    }
    assert_eq!(findings(&look(&archive, "2026-02-02", JSON)).len(), 1);
}

#[test]
fn rules_and_exceptions_hold_for_dead_links() {
    let site = Site::new(|question, _, stream| say(stream, if question.ends_with("/gone") { "410 Gone" } else { "200 OK" }));
    let gone = site.at("/gone");
    let article = format!("{HEAD}url = '{}'\n+++\n\nThe river rose.\n", site.at("/good"));
    let facts = format!("[[facts]]\nid = 'a'\nclaim = 'x'\nanchor = {{ exact = 'The river rose.' }}\nevidence = [{{ url = '{gone}' }}]\n");
    let archive = archive(&[("postilla.toml", CONFIG), ("content/articles/a.md", &article), ("content/articles/a.facts.toml", &facts)]);
    look(&archive, "2026-01-01", &[]);
    assert_eq!(findings(&look(&archive, "2026-01-02", JSON)).len(), 1);
    archive.write("postilla.toml", &format!("{CONFIG}rules = {{ 'evidence::dead_link' = 'error' }}\n"));
    assert_eq!(look(&archive, "2026-01-02", &[]).code, 1);
    assert_eq!(archive.run(&["check"]).code, 0, "nobody asked");
    archive.write("postilla.toml", &format!("{CONFIG}rules = {{ 'evidence::dead_link' = 'off' }}\n"));
    let before = site.asked().len();
    assert!(look(&archive, "2026-01-03", &[]).stderr.contains("no address was asked"));
    assert_eq!(site.asked().len(), before);
    archive.write("postilla.toml", CONFIG);
    archive
        .write("content/articles/a.facts.toml", &format!("{facts}allow = [{{ rule = 'evidence::dead_link', reason = 'it was there' }}]\n"));
    let excepted = look(&archive, "2026-01-04", &[]);
    assert_eq!(excepted.code, 0);
    assert!(!excepted.stderr.contains("dead_link") && !excepted.stderr.contains("unused_allow"), "{}", excepted.stderr);
}

#[test]
fn a_memory_that_is_broken_is_said_to_be_and_starts_anew() {
    let site = Site::saying("200 OK");
    let archive = named(&site.at("/a"), &site.at("/b"));
    archive.write(".postilla/links.json", "{ half");
    let run = look(&archive, "2026-01-01", &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("what earlier runs knew of links is lost: `.postilla/links.json` is not what it was"), "{}", run.stderr);
    assert!(!look(&archive, "2026-01-01", &[]).stderr.contains("is lost"));
    assert_eq!(archive.read(".postilla/.gitignore"), "*\n");
    archive.build(&[]);
    assert!(archive.site().keys().all(|path| !path.contains("links.json")));
}

#[test]
fn a_machine_without_a_network_concludes_nothing() {
    let archive = named("http://one.invalid/", "http://two.invalid/");
    for now in ["2026-01-01", "2026-01-02", "2026-01-03"] {
        let run = look(&archive, now, &[]);
        assert!(run.stderr.contains("no server answered at all") && !run.stderr.contains("dead_link"), "{}", run.stderr);
    }
    let site = Site::saying("200 OK");
    let archive = named(&site.at("/"), "http://two.invalid/");
    look(&archive, "2026-01-04", &[]);
    let run = look(&archive, "2026-01-20", JSON);
    assert_eq!(findings(&run)[0]["notes"][0], "there is no such host, in 2 runs since 2026-01-04");
}

#[test]
fn a_check_asks_nobody_unless_told_and_no_private_machine_unless_told_so() {
    let site = Site::saying("404 Not Found");
    let archive = named(&site.at("/a"), &site.at("/b"));
    archive.run(&["check"]);
    archive.build(&[]);
    assert!(!archive.path(".postilla").exists());
    let run = archive.run(&["check", "--external-links"]);
    assert!(run.stderr.contains("2 addresses not asked\n"), "{}", run.stderr);
    assert!(!archive.path(".postilla").exists(), "nothing was learnt");
    assert_eq!(site.asked(), Vec::<String>::new());
    assert_eq!(archive.run(&["check", "--allow-private"]).code, 2);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_check_at_once() {
    let slow = Site::new(|_, _, _| thread::sleep(Duration::from_secs(20)));
    let archive = named(&slow.at("/a"), &slow.at("/b"));
    let run = running::start(archive.root(), &["check", "--external-links", "--allow-private"]);
    running::until("a question", || !slow.asked().is_empty(), || run.all());
    let (_, took) = run.interrupt();
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert!(!archive.path(".postilla/links.json").exists());
}

/// The picture in `diagnostics/`, where the site has a port of as many digits as that of this machine.
#[test]
fn a_dead_link_looks_as_expected() {
    let site = Site::new(|question, _, stream| match question.split('/').next_back() {
        Some("there") => say(stream, "200 OK"),
        Some("moved") => say(stream, "301 Moved Permanently\r\nLocation: /new-home"),
        _ => say(stream, "404 Not Found"),
    });
    let folder = common::repository().join("tests/diagnostics/evidence__dead_link");
    let archive = common::copy_of(&folder);
    let (shown, real) = ("127.0.0.1:65000", format!("127.0.0.1:{}", site.port));
    for path in ["content/articles/river.md", "content/articles/river.facts.toml"] {
        archive.write(path, &archive.read(path).replace(shown, &real));
    }
    let rule = ["--rule", "evidence::dead_link", "--color", "never"];
    look(&archive, "2025-11-02", &rule);
    let said = look(&archive, "2026-01-01", &rule).stderr.replace(&real, shown);
    let of_others = |line: &&str| !line.ends_with(" of other rules not shown");
    let said = said.lines().filter(of_others).fold(String::new(), |said, line| said + line + "\n");
    let picture = folder.join("expected.txt");
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    if assert.selected_action() == snapbox::assert::Action::Overwrite {
        std::fs::write(picture, said).unwrap();
        return;
    }
    assert.eq(said, snapbox::Data::read_from(&picture, None).raw());
}
