//! The rules that look at the archive as a whole, on archives made in memory: `cargo bench --bench rules`, or with other
//! numbers of articles `cargo bench --bench rules -- 1000 20000`. Each article has ten facts.
//!
//! Memory is the process's peak so far, as the kernel counts it (`VmHWM`, on Linux): sizes that grow tell the truth.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a bench")]

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use postilla::archive::entry::{Document, Entry, enter};
use postilla::archive::register::{self, Entity, Register};
use postilla::archive::resolve::{Rest, resolve};
use postilla::archive::standing::standings;
use postilla::archive::{Archive, Showing};
use postilla::base::{Code, Fingerprint, SourcePath};
use postilla::check::{self, rule::Whole};
use postilla::config::{Autolink, Config, Level};
use postilla::parse::data::Format;
use postilla::parse::{article, body, config, entity, property, sidecar};
use rayon::prelude::*;

const FACTS: usize = 10;
const PROPERTIES: usize = 20;
const TODAY: i32 = 20_260_101;

/// What is timed: its name, and the rules that are on.
const TIMED: &[(&str, &[Code])] = &[
    ("contradictions", &[Code::Contradiction]),
    ("newer values", &[Code::NewerValue]),
    ("unlinked names", &[Code::Unlinked, Code::Denied, Code::SharedName]),
    ("duplicates", &[Code::DuplicateEntity]),
    ("all rules", Code::ALL),
];

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000, 100_000] } else { sizes };
    println!("{:>8} {:>9} {:<18} {:>9} {:>9}", "articles", "facts", "", "seconds", "findings");
    sizes.into_iter().for_each(measure);
}

fn measure(articles: usize) {
    let began = Instant::now();
    let register = Arc::new(register(articles));
    let entries: Vec<Entry> = (0..articles).into_par_iter().map(|number| entry(&register, number, articles)).collect();
    row(articles, "reading", began.elapsed(), None);
    let joining = Instant::now();
    let archive = join(Arc::clone(&register), entries);
    row(articles, "joining", joining.elapsed(), None);
    for (name, codes) in TIMED {
        // Looked for once, and then remembered: only the first time counts.
        let checking = Instant::now();
        let found = check::archive(&Whole::new(&archive, &only(codes), TODAY));
        row(articles, name, checking.elapsed(), Some(found.len()));
    }
    row(articles, "from end to end", began.elapsed(), None);
    if let Some(peak) = peak() {
        println!("{articles:>8} {:>9} {:<18} {peak:>6} MB", articles * FACTS, "peak memory");
    }
}

fn row(articles: usize, what: &str, took: Duration, findings: Option<usize>) {
    let findings = findings.map(|count| count.to_string()).unwrap_or_default();
    println!("{articles:>8} {:>9} {what:<18} {:>9.3} {findings:>9}", articles * FACTS, took.as_secs_f64());
}

/// The most memory that the process has had, in megabytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes: u64 = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// A configuration under which only these rules look.
fn only(codes: &[Code]) -> Config {
    let file = SourcePath::new("postilla.toml");
    let read = config::read(&file, "title = 'Bench'\nbase_url = 'https://archive.example/'\n").value.unwrap();
    let off = Code::ALL.iter().filter(|code| !codes.contains(code));
    Config { rules: off.map(|code| (code.as_str().into(), Level::Off)).collect(), ..read }
}

/// Entities, one for ten articles: every third shares its short name with others, every fiftieth is there twice.
fn register(articles: usize) -> Register {
    let count = entities(articles);
    let entity = |(id, head): (String, String)| {
        let file = SourcePath::new(format!("content/entities/{id}.md"));
        let text = format!("+++\n{head}\n+++\n");
        let document = entity::read(&file, &text).value.unwrap();
        let (headings, written) = Default::default();
        Arc::new(Entity {
            id: id.into(),
            file,
            head: document.head,
            markdown: "".into(),
            body_start: document.body.start,
            headings,
            written,
        })
    };
    let originals = (0..count).map(|nth| {
        let short = if nth % 3 == 0 { format!("aliases = ['Shared {}']", nth % 300) } else { format!("aliases = ['EN{nth}']") };
        (format!("e{nth}"), format!("kind = 'company'\nname = 'Entity Number {nth}'\n{short}"))
    });
    let twins = (0..count).step_by(50).map(|nth| (format!("twin-{nth}"), format!("kind = 'company'\nname = 'ENTITY Number {nth} Inc.'")));
    let properties = (0..PROPERTIES).fold(String::new(), |mut text, nth| {
        let _ = write!(text, "[p{nth}]\nfunctional = true\ntolerance = 0.01\n\n");
        text
    });
    let properties = property::read(&SourcePath::new("content/properties.toml"), &properties).value;
    register::register(originals.chain(twins).map(entity).collect(), properties, Vec::new(), Fingerprint::default(), &only(&[])).value
}

fn entities(articles: usize) -> usize {
    (articles / 10).max(10)
}

fn entry(register: &Register, number: usize, articles: usize) -> Entry {
    let (text, facts) = (text(number, articles), facts(number, articles));
    let (file, beside) =
        (SourcePath::new(format!("content/articles/a{number}.md")), SourcePath::new(format!("content/articles/a{number}.facts.toml")));
    let head = article::read(&file, &text).value.unwrap();
    let sidecar = sidecar::read(&beside, &facts, Format::Toml).value.unwrap();
    let document = Document {
        body: body::read(&text[head.body.clone()], head.body.start, |_| false),
        head: head.head,
        print: Fingerprint::of(text.as_bytes()),
        sidecar_print: Some(Fingerprint::of(facts.as_bytes())),
        texts: None,
        sidecar: Some((beside, sidecar)),
        file,
    };
    let standings = standings(&document, &register.lang).value;
    enter(register, document, &standings, Autolink::First, false).value
}

/// A heading with a name that nothing links, a name of several, and ten sentences with a name and a figure each.
fn text(number: usize, articles: usize) -> String {
    let count = entities(articles);
    let mut text = format!(
        "+++\ntitle = 'Article {number}'\ndate = 20{:02}-{:02}-01\n+++\n\n## Entity Number {}\n\nSo says Shared {}.\n\n",
        number % 25,
        number % 12 + 1,
        number * 7 % count,
        number % 100 * 3,
    );
    for nth in 0..FACTS {
        let _ = write!(
            text,
            "Of Entity Number {} it is known that figure {nth} is {}.\n\n",
            subject(number, nth, articles),
            figure(number, nth)
        );
    }
    text
}

/// A fact for each sentence: of one date, or until further notice. One of a hundred is off.
fn facts(number: usize, articles: usize) -> String {
    let mut text = String::new();
    for nth in 0..FACTS {
        let (year, month) = (number % 25, (number + nth) % 12 + 1);
        let valid = if nth == 0 { format!("from = '20{year:02}'") } else { format!("at = '20{year:02}-{month:02}'") };
        let off = if (number * 7 + nth) % 97 == 5 { 2 } else { 1 };
        let _ = write!(
            text,
            "[[facts]]\nid = 'f{nth}'\nclaim = 'A figure.'\nanchor = {{ exact = 'figure {nth} is {figure}.' }}\nsubject = 'e{subject}'\n\
             property = 'p{property}'\nvalue = {{ number = {said} }}\nvalid = {{ {valid} }}\nreview_after = 2030-01-01\n\n",
            figure = figure(number, nth),
            subject = subject(number, nth, articles),
            property = (number + nth) % PROPERTIES,
            said = figure(number, nth) * off,
        );
    }
    text
}

fn subject(number: usize, nth: usize, articles: usize) -> usize {
    (number * 3 + nth * 11) % entities(articles)
}

/// The same for all articles of one year and month, so that most of them agree.
fn figure(number: usize, nth: usize) -> usize {
    1_000 + number % 25 * 12 + (number + nth) % 12
}

fn join(register: Arc<Register>, entries: Vec<Entry>) -> Archive {
    let showing = Showing { now: "2026-01-01T00:00:00Z".parse().unwrap(), drafts: false };
    resolve(
        register,
        entries,
        Rest { pages: Vec::new(), assets: Vec::new(), pictures: std::collections::BTreeMap::new(), unreadable: Vec::new(), showing },
    )
    .value
}
