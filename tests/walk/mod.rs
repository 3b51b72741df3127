//! A walk: an archive that is edited at random while `postilla watch` runs on it. After each step the output must
//! become what a clean build makes of the archive.

mod chance;
mod edits;
mod names;
mod saves;
mod texts;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::common::running::{PATIENCE, Running, start};
use crate::common::{run_in, write};
use chance::Chance;
use walkdir::WalkDir;

const PACE: Duration = Duration::from_millis(20);

/// What is edited, and the program that follows.
pub struct Walk {
    disk: TempDir,
    running: Running,
    chance: Chance,
    seed: u64,
    /// The steps so far.
    steps: Vec<String>,
    /// Numbers that were given to texts and names.
    numbers: u64,
    good: Good,
    /// What is wrong since the last step.
    wrong: Vec<Value>,
}

/// Files by path.
type Site = BTreeMap<String, Vec<u8>>;

/// The output after the last step that left nothing wrong.
#[derive(Default)]
struct Good {
    site: Site,
    /// How many builds there had been.
    rounds: usize,
    articles: u64,
}

/// What a clean build makes of the archive.
struct Clean {
    code: i32,
    articles: u64,
    findings: Vec<Value>,
    site: Site,
}

impl Walk {
    /// Lays out an archive and starts to watch it.
    pub fn begin(seed: u64, more: &[&str]) -> Self {
        let disk = tempfile::tempdir().unwrap();
        let root = disk.path().join("archive");
        write(&root.join("postilla.toml"), texts::config(0).as_bytes());
        write(&root.join("content/properties.toml"), texts::PROPERTIES.as_bytes());
        write(&root.join("content/entities/river.md"), texts::entity("River", 0).as_bytes());
        write(&root.join("content/pages/about.md"), texts::page(0).as_bytes());
        for number in 1..=12 {
            let stem = format!("content/articles/{}/a{number}", 2024 + number % 2);
            write(&root.join(format!("{stem}.md")), texts::article(number).as_bytes());
            write(&root.join(format!("{stem}.facts.toml")), texts::sidecar(number).as_bytes());
        }
        let running = start(&root, &[&["watch", "--now", "2026-01-01", "--message-format", "json"], more].concat());
        let mut walk = Self {
            disk,
            running,
            chance: Chance::new(seed),
            seed,
            steps: Vec::new(),
            numbers: 12,
            good: Good::default(),
            wrong: Vec::new(),
        };
        walk.settle();
        walk
    }

    /// Takes one step, and waits until the output has followed.
    pub fn step(&mut self) {
        let heal = !self.wrong.is_empty() && self.chance.one_in(2);
        let step = if heal { self.mend() } else { self.any_step() };
        self.steps.push(step);
        self.settle();
    }

    /// Many files at once. They are built in one round or two, unless the disk itself is slow.
    pub fn burst(&mut self) {
        self.steps.push("mend before a burst".to_owned());
        // What one mistake hid comes with the next build.
        for _ in 0..5 {
            if !self.wrong.is_empty() {
                self.mend();
                self.settle();
            }
        }
        assert!(self.wrong.is_empty(), "what is wrong cannot be mended\n{}", self.told());
        let before = self.good.articles;
        let number = self.number();
        let files = 60 + self.chance.below(20);
        let (begin, mut last, mut pauses) = (Instant::now(), Instant::now(), 0);
        for file in 0..files {
            let stem = self.at(&format!("content/articles/burst-{}/b{number}-{file}", file % 3));
            write(&stem.with_extension("md"), texts::article(number + file).as_bytes());
            pauses += usize::from(last.elapsed() > Duration::from_millis(40));
            last = Instant::now();
        }
        let took = begin.elapsed();
        self.steps.push(format!("a burst of {files} files in {} ms", took.as_millis()));
        self.settle();
        // What was said before, or is said late of the step before, knows of no more articles than there were.
        let said = self.running.said();
        let later = said.iter().rev().map(|line| json(line)).take_while(|line| line["articles"].as_u64() != Some(before));
        let rounds = later.filter(|line| line["event"] == "built").count();
        let slow = pauses + usize::try_from(took.as_millis() / 100).unwrap();
        assert!(rounds <= 2 + slow, "a burst was built in {rounds} rounds, {slow} more for a slow disk\n{}", self.told());
        for folder in 0..3 {
            let _ = fs::remove_dir_all(self.at(&format!("content/articles/burst-{folder}")));
        }
        self.steps.push("the burst removed".to_owned());
        self.settle();
    }

    /// Ends it as Ctrl-C does.
    pub fn end(self) {
        let (run, _) = self.running.interrupt();
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    }

    fn root(&self) -> PathBuf {
        self.disk.path().join("archive")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// A number that was not given before.
    fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    fn rounds(&self) -> usize {
        self.running.count("\"event\":\"built\"")
    }

    /// Waits until the output is that of a clean build; where that fails, until the same is said to be wrong, and the
    /// output must be as it was.
    fn settle(&mut self) {
        let clean = self.clean();
        let begin = Instant::now();
        while let Some(difference) = self.difference(&clean) {
            assert!(!self.running.is_over(), "watch ended by itself\n{}", self.told());
            assert!(begin.elapsed() < PATIENCE, "{difference}\nexit code of a clean build: {}\n{}", clean.code, self.told());
            thread::sleep(PACE);
        }
        if clean.code == 0 {
            self.good = Good { site: clean.site, rounds: self.rounds(), articles: clean.articles };
        }
        self.wrong = clean.findings;
    }

    fn difference(&self, clean: &Clean) -> Option<String> {
        let standing = standing(&self.running.said());
        if standing != clean.findings {
            return Some(format!("a clean build finds\n  {}\nwatch says\n  {}", lines(&clean.findings), lines(&standing)));
        }
        let expected = match clean.code {
            0 => &clean.site,
            // On the way there may have been a moment without an error.
            _ if self.rounds() > self.good.rounds => return None,
            _ => &self.good.site,
        };
        match read(&self.at("public")) {
            Some(site) => first_difference(expected, &site),
            None => Some("the output changes".to_owned()),
        }
    }

    fn clean(&self) -> Clean {
        let fresh = self.disk.path().join("clean");
        if fresh.exists() {
            fs::remove_dir_all(&fresh).unwrap();
        }
        let args = ["build", "--now", "2026-01-01", "--message-format", "json", "-o", "../clean"];
        let run = run_in(&self.root(), Path::new(env!("CARGO_BIN_EXE_postilla")), &args);
        let said: Vec<String> = run.stdout.lines().map(str::to_owned).collect();
        let (events, findings): (Vec<Value>, Vec<Value>) = said.iter().map(|line| json(line)).partition(|line| line.get("event").is_some());
        let articles = events.first().and_then(|built| built["articles"].as_u64()).unwrap_or_default();
        let site = if run.code == 0 { read(&fresh).unwrap() } else { Site::new() };
        Clean { code: run.code, articles, findings, site }
    }

    fn told(&self) -> String {
        let steps: Vec<String> = self.steps.iter().enumerate().map(|(number, step)| format!("{number:>3} {step}")).collect();
        format!("seed {}, steps:\n{}\n{}", self.seed, steps.join("\n"), self.running.all())
    }
}

/// What was found in the last round that said anything.
fn standing(said: &[String]) -> Vec<Value> {
    let said: Vec<Value> = said.iter().map(|line| json(line)).collect();
    let is_event = |line: &Value| line.get("event").is_some();
    let end = said.iter().rposition(is_event).unwrap_or(0);
    let begin = said[..end].iter().rposition(is_event).map_or(0, |event| event + 1);
    said[begin..end].to_vec()
}

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

fn lines(findings: &[Value]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  ")
}

/// The files of an output, unless it changes while it is read.
fn read(root: &Path) -> Option<Site> {
    let mut site = Site::new();
    for entry in WalkDir::new(root) {
        let entry = entry.ok()?;
        let path = entry.path().strip_prefix(root).ok()?.to_str()?.to_owned();
        if entry.file_type().is_file() && !path.starts_with(".postilla/") {
            site.insert(path, fs::read(entry.path()).ok()?);
        }
    }
    Some(site)
}

fn first_difference(expected: &Site, found: &Site) -> Option<String> {
    let paths = expected.keys().chain(found.keys());
    let path = paths.filter(|path| expected.get(*path) != found.get(*path)).min()?;
    let show = |site: &Site| site.get(path).map_or("is not there".to_owned(), |bytes| String::from_utf8_lossy(bytes).into_owned());
    let (expected, found) = (show(expected), show(found));
    let same = expected.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| {
        String::from_utf8_lossy(text.as_bytes().get(same.saturating_sub(40)..).unwrap_or_default()).chars().take(160).collect::<String>()
    };
    Some(format!("`{path}` differs at byte {same}:\n  expected … {}\n  found    … {}", from(&expected), from(&found)))
}
