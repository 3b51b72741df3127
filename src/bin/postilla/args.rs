//! The command line's words.

mod export;
mod import;

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgAction, Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum};
use postilla::base::Code;
use postilla::base::word::did_you_mean;
use postilla::parse::dates::Moment;

pub use export::{ExportFormat, Exporting};
pub use import::Importing;

use crate::timings::TimingsFormat;

/// A static site generator for annotated article archives: a fact cannot silently outlive its sentence.
#[derive(Debug, Parser)]
#[command(name = "postilla", version, propagate_version = true, max_term_width = 100)]
pub struct Args {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Command,
}

/// What holds for every verb, before it or after it.
#[derive(Debug, Clone, ClapArgs)]
pub struct Globals {
    /// The root of the archive [default: the nearest folder with a postilla.toml]
    #[arg(short, long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The configuration [default: postilla.toml in the root]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The output folder, in place of the configuration's
    #[arg(short, long, global = true, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// The base URL, in place of the configuration's
    #[arg(short = 'u', long, global = true, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// Show drafts, texts in review and what is under embargo
    #[arg(long, global = true)]
    pub drafts: bool,
    /// The moment of the build, for embargoes: a date, or a date with time [default: now]
    #[arg(long, global = true, value_name = "DATE", value_parser = moment)]
    pub now: Option<Moment>,
    /// Let raw HTML and links of any scheme through: only for text that is wholly your own
    #[arg(long, global = true)]
    pub unsafe_html: bool,
    /// How findings are written: for people to stderr; to stdout as JSON Lines and, by `check` and `build`, for services
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
    /// On how many threads to work [default: one for each processor]
    #[arg(short, long, global = true, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Whether to colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: what each stage took
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    pub verbose: bool,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lay out a new archive
    Init {
        /// Where: a folder that is new or empty
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Build the site
    Build {
        #[command(flatten)]
        building: Building,
        /// Say what each stage took, in time and memory
        #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "table", conflicts_with = "watch")]
        timings: Option<TimingsFormat>,
        /// Build again whenever something changes, until interrupted
        #[arg(short, long)]
        watch: bool,
        #[command(flatten)]
        watching: Watching,
    },
    /// Build the site, and build it again whenever something changes, until interrupted
    Watch {
        #[command(flatten)]
        building: Building,
        #[command(flatten)]
        watching: Watching,
    },
    /// Show the site from memory, with every edit at once; writes nothing
    Serve {
        #[command(flatten)]
        serving: Serving,
        #[command(flatten)]
        watching: Watching,
    },
    /// Look for everything that is wrong, and write nothing
    Check {
        #[command(flatten)]
        strictness: Strictness,
        /// Show and count only what is found by this rule, or by all of a group such as `anchor`; may be repeated
        #[arg(long = "rule", value_name = "ID", value_parser = rules)]
        rules: Vec<Rules>,
        #[command(flatten)]
        asking: Asking,
    },
    /// List what the archive holds, or the rules, one thing a line
    List {
        /// What to list
        what: Listed,
        /// As JSON Lines
        #[arg(long)]
        json: bool,
    },
    /// Say what a page is made from, what a fact stands on, or what a rule means
    Explain {
        /// The page: its address, its file, or the id or slug of what it shows. Or a fact, as
        /// `article#fact`; or a rule, such as `anchor::orphan`
        what: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// List the quotes that moved, and take the new words where that is asked for
    Reanchor(Reanchoring),
    /// Write what readers see for other programs
    Export(Exporting),
    /// Bring in what others wrote, as Markdown and TOML
    Import(Importing),
    /// Look at the archive's facts
    Facts {
        #[command(subcommand)]
        verb: FactsVerb,
    },
    /// Look at the theme
    Theme {
        #[command(subcommand)]
        verb: ThemeVerb,
    },
    /// Print a JSON Schema, for editors
    Schema {
        /// Of which file
        of: SchemaOf,
    },
    /// Print a shell's completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff
    Man,
}

/// Which quotes are taken anew.
#[derive(Debug, ClapArgs)]
pub struct Reanchoring {
    /// The articles, by slug, file or sidecar [default: all]
    pub articles: Vec<String>,
    /// Take the words of these facts as they stand now: ids, or `article#id`; also where they say something else
    #[arg(long, value_name = "FACT", num_args = 1.., conflicts_with = "accept_drifted")]
    pub accept: Vec<String>,
    /// Take the words of all facts that were reworded and say the same
    #[arg(long)]
    pub accept_drifted: bool,
    /// Write nothing; show what would be written
    #[arg(long)]
    pub dry_run: bool,
    /// As JSON Lines
    #[arg(long)]
    pub json: bool,
}

/// What can be done with facts.
#[derive(Debug, Subcommand)]
pub enum FactsVerb {
    /// Say which facts differ between two states of the archive
    Diff(Compared),
}

/// What can be done with the theme.
#[derive(Debug, Subcommand)]
pub enum ThemeVerb {
    /// Copy files of the theme into the archive's `templates/`, where they replace the theme's; never over a file
    Eject(Ejected),
}

/// Which files of the theme are copied.
#[derive(Debug, ClapArgs)]
pub struct Ejected {
    /// The files, such as `article.html` or `assets/postilla.css`; without any, all are listed
    #[arg(value_name = "TEMPLATE")]
    pub files: Vec<String>,
    /// Print the files, and write nothing
    #[arg(long, requires = "files")]
    pub stdout: bool,
}

/// What is compared, and how the difference is written.
#[derive(Debug, ClapArgs)]
pub struct Compared {
    /// The state before: a git revision, or an archive's folder (`./x` is always a folder)
    pub old: PathBuf,
    /// The state after [default: the archive's folder as it is]
    pub new: Option<PathBuf>,
    /// How the difference is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,
    /// End with exit code 1 if anything differs, or could not be compared
    #[arg(long)]
    pub exit_code: bool,
}

/// How a difference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people, one change a line
    Text,
    /// For programs, one document
    Json,
    /// For a pull request's comment
    Markdown,
}

/// How the site is written.
#[derive(Debug, Clone, ClapArgs)]
pub struct Building {
    /// Write into an output folder that holds files of others
    #[arg(long)]
    pub force: bool,
    /// Say of each page why it was rendered
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub strictness: Strictness,
}

/// What keeps the site from being published, besides errors.
#[derive(Debug, Clone, ClapArgs)]
pub struct Strictness {
    /// Let warnings end a run as errors do
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Denied>,
}

/// What can be denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Denied {
    /// Warnings
    Warnings,
}

/// Whether the web pages of others are asked after.
#[derive(Debug, Clone, ClapArgs)]
pub struct Asking {
    /// Ask the network which links to other sites are dead; one that fails is, when a run an hour later or more fails too
    #[arg(long)]
    pub external_links: bool,
    /// Ask machines of your own network too
    #[arg(long, requires = "external_links")]
    pub allow_private: bool,
}

/// The codes that are chosen by one word: a code, or a group of them.
#[derive(Debug, Clone)]
pub struct Rules(pub Vec<Code>);

/// How changes are noticed.
#[derive(Debug, Clone, ClapArgs)]
pub struct Watching {
    /// Look for changes at intervals of so many milliseconds, where the system does not tell of them
    #[arg(long, value_name = "MS", num_args = 0..=1, default_missing_value = "500", value_parser = clap::value_parser!(u64).range(10..=3_600_000))]
    pub poll: Option<u64>,
}

/// How the site is shown.
#[derive(Debug, Clone, ClapArgs)]
pub struct Serving {
    /// The address to listen on; any but a loopback one lets others in
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// The port, and no other [default: 1111, or the next that is free]
    #[arg(short, long)]
    pub port: Option<u16>,
    /// Open the site in the browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Do not reload pages by themselves, and show no findings in them
    #[arg(long)]
    pub no_reload: bool,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Listed {
    /// Articles, oldest first
    Articles,
    /// Entities, by id
    Entities,
    /// Facts, in the order of the articles
    Facts,
    /// What can be found wrong, in the order in which it is looked for
    Rules,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SchemaOf {
    /// An article's front matter
    Article,
    /// A fact sidecar
    Facts,
    /// An entity's front matter
    Entity,
    /// A plain page's front matter
    Page,
    /// properties.toml
    Properties,
    /// postilla.toml
    Config,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people
    Human,
    /// For programs
    Json,
    /// For services and editors that read SARIF 2.1.0: one document
    Sarif,
    /// For GitHub's workflows: commands that mark the lines of a change
    Github,
}

impl Args {
    /// The words of the command line; an error where they do not go together.
    pub fn read() -> Result<Self, clap::Error> {
        let args = Self::try_parse()?;
        let once = matches!(args.command, Command::Check { .. } | Command::Build { watch: false, .. });
        if once || matches!(args.globals.message_format, MessageFormat::Human | MessageFormat::Json) {
            return Ok(args);
        }
        let message = "`--message-format sarif` and `github` are for `check` and for `build` without `--watch`";
        Err(Self::command().error(ErrorKind::ArgumentConflict, message))
    }

    /// What the command denies.
    pub fn denied(&self) -> Option<Denied> {
        match &self.command {
            Command::Build { building, .. } | Command::Watch { building, .. } => building.strictness.deny,
            Command::Check { strictness, .. } => strictness.deny,
            _ => None,
        }
    }
}

/// Whether to colour.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Color {
    /// On a terminal that takes it
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn moment(text: &str) -> Result<Moment, String> {
    Moment::parse(text).ok_or_else(|| "write it like 2025-01-13 or 2025-01-13T06:00:00Z".to_owned())
}

fn base_url(text: &str) -> Result<String, String> {
    postilla::parse::form::base_address(text).map(|()| text.to_owned())
}

fn rules(id: &str) -> Result<Rules, String> {
    let group = id.trim_end_matches("::");
    let meant = |code: &&Code| code.as_str() == id || code.as_str().split("::").next() == Some(group);
    let codes: Vec<Code> = Code::ALL.iter().filter(meant).copied().collect();
    if codes.is_empty() { Err(no_rule(id)) } else { Ok(Rules(codes)) }
}

/// Says that there is no such rule, and which may have been meant.
pub fn no_rule(id: &str) -> String {
    let meant = did_you_mean(id, Code::ALL.iter().map(|code| code.as_str()));
    let near = meant.map_or_else(String::new, |meant| format!(": {meant}"));
    format!("there is no rule `{id}`{near} (`postilla list rules` lists them)")
}
