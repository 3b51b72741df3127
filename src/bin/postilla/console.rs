//! What a person or a program gets to read. Words for people go to stderr, data to stdout.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use anstream::AutoStream;
use postilla::base::Diagnostic;

use postilla::report::{self, Sarif, Tally, Texts};
use serde::Serialize;

use crate::Exit;
use crate::args::{Color, Denied, Globals, MessageFormat};
use crate::progress;
use crate::timings::Took;

/// Where words and data go.
pub struct Console {
    format: MessageFormat,
    color: anstream::ColorChoice,
    data_color: anstream::ColorChoice,
    quiet: bool,
    verbose: bool,
    denied: Option<Denied>,
    /// What will be one document when the run has ended.
    sarif: Mutex<Sarif>,
    /// Whether data could not be written.
    lost: AtomicBool,
}

/// So many warnings of one rule are drawn where somebody wants to see a site, not all that could be better.
const FEW: usize = 10;

/// How a list of findings ends for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// With how many there are; of each rule only the first warnings are drawn.
    Total,
    /// With how many each rule found, too.
    ByRule,
}

impl Console {
    /// As the command line asks.
    pub fn new(globals: &Globals, denied: Option<Denied>) -> Self {
        let (color, data_color) = match globals.color {
            Color::Auto => (AutoStream::choice(&stderr()), AutoStream::choice(&stdout())),
            Color::Always => (anstream::ColorChoice::Always, anstream::ColorChoice::Always),
            Color::Never => (anstream::ColorChoice::Never, anstream::ColorChoice::Never),
        };
        Self {
            format: globals.message_format,
            color,
            data_color,
            quiet: globals.quiet,
            verbose: globals.verbose,
            denied,
            sarif: Mutex::default(),
            lost: AtomicBool::new(false),
        }
    }

    /// Whether a progress bar may be drawn.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && self.format == MessageFormat::Human && stderr().is_terminal()
    }

    /// Whether data for people may be in colour.
    pub fn colours_data(&self) -> bool {
        self.data_color != anstream::ColorChoice::Never
    }

    /// Whether it is a program that reads: it hears all that is so, not only what is new.
    pub fn is_for_programs(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// All findings; under `--quiet` only those that fail the run.
    pub fn findings(&self, diagnostics: &[Diagnostic], texts: &dyn Texts) {
        self.findings_closed(diagnostics, texts, Closing::Total);
    }

    /// The same, with an end of its own for people.
    pub fn findings_closed(&self, diagnostics: &[Diagnostic], texts: &dyn Texts, closing: Closing) {
        let wanted = self.wanted(diagnostics);
        match self.format {
            MessageFormat::Human => self.draw(&wanted, texts, closing),
            MessageFormat::Json => self.data(&report::json(&wanted, texts)),
            MessageFormat::Github => self.data(&report::github(&wanted, texts)),
            MessageFormat::Sarif => self.sarif.lock().unwrap_or_else(PoisonError::into_inner).add(&wanted, texts),
        }
    }

    /// What programs would read of `diagnostics`, places and all; nothing where people read.
    pub fn for_programs(&self, diagnostics: &[Diagnostic], texts: &dyn Texts) -> String {
        if self.is_for_programs() { report::json(&self.wanted(diagnostics), texts) } else { String::new() }
    }

    fn wanted(&self, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
        let matters = |found: &&Diagnostic| !self.quiet || found.is_error() || self.denied == Some(Denied::Warnings);
        diagnostics.iter().filter(matters).cloned().collect()
    }

    fn draw(&self, wanted: &[Diagnostic], texts: &dyn Texts, closing: Closing) {
        let most = if closing == Closing::Total { FEW } else { usize::MAX };
        let (first, left) = report::first_of_each(wanted, most);
        self.say(report::human(&first, texts, self.color != anstream::ColorChoice::Never).trim_end());
        for Tally { code, count, .. } in left {
            self.say(&format!("\n… and {count} more of `{code}`; `postilla check --rule {code}` shows all"));
        }
        let rules = if closing == Closing::ByRule { report::by_rule(wanted) } else { String::new() };
        if let Some(summary) = report::summary(wanted) {
            self.say(&format!("\n{rules}{summary}"));
        }
    }

    /// A line for people, unless they asked for quiet.
    pub fn note(&self, line: impl Display) {
        if !self.quiet && self.format == MessageFormat::Human {
            self.say(&line.to_string());
        }
    }

    /// A line for people who asked for more.
    pub fn detail(&self, line: impl Display) {
        if self.verbose {
            self.note(line);
        }
    }

    /// What each stage took, for people who asked for more.
    pub fn stages(&self, stages: &[Took]) {
        for took in stages {
            self.detail(format!("{:>10}  {:.3} s", progress::name(took.stage), took.wall.as_secs_f64()));
        }
    }

    /// What a run did, for programs.
    pub fn summary(&self, summary: &impl Serialize) {
        if self.format == MessageFormat::Json {
            self.data(&format!("{}\n", serde_json::to_string(summary).expect("a summary is plain data")));
        }
    }

    /// Something that kept the run from happening: what, and what to do.
    pub fn refuse(&self, what: impl Display, exit: Exit) -> Exit {
        match self.format {
            MessageFormat::Human => self.say(&format!("error: {what}")),
            MessageFormat::Json => {
                self.data(&format!("{}\n", serde_json::json!({ "severity": "error", "code": null, "message": what.to_string() })));
            }
            MessageFormat::Github => self.data(&report::github_refusal(&what.to_string())),
            MessageFormat::Sarif => self.sarif.lock().unwrap_or_else(PoisonError::into_inner).refuse(&what.to_string()),
        }
        exit
    }

    /// Data to stdout. A reader who has gone away, as `head` does, is no error.
    pub fn data(&self, text: &str) {
        let mut out = stdout();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe && !self.lost.swap(true, Ordering::Relaxed) => {
                self.say(&format!("error: cannot write to standard output: {error}"));
            }
            _ => {}
        }
    }

    /// How the run ends, given how it would have: what could not be written is the disk's refusal. Writes what waited
    /// for the end.
    pub fn end(&self, exit: Exit) -> Exit {
        if self.format == MessageFormat::Sarif {
            let ended_well = matches!(exit, Exit::Fine | Exit::Content);
            self.data(&self.sarif.lock().unwrap_or_else(PoisonError::into_inner).document(exit as u8, ended_well));
        }
        if self.lost.load(Ordering::Relaxed) { Exit::Disk } else { exit }
    }

    fn say(&self, text: &str) {
        if !text.is_empty() {
            let _ = writeln!(AutoStream::new(stderr(), self.color), "{text}");
        }
    }
}
