//! What `postilla import` is asked.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use postilla::import::Kind;

/// What is imported.
#[derive(Debug, ClapArgs)]
pub struct Importing {
    /// What it is
    pub kind: ImportKind,
    /// The files, or folders of them
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// Write nothing; print what would be written
    #[arg(long)]
    pub dry_run: bool,
}

/// What can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportKind {
    /// Saved pages of the web, as articles
    Html,
    /// Markdown with front matter, as Obsidian, Hugo, Zola and Jekyll keep it, as articles
    Markdown,
    /// Entities of Wikidata, as JSON
    Wikidata,
    /// Facts as CSV, with the columns of an export
    Csv,
    /// Web Annotations, as Recogito and Hypothesis export them, as facts
    Annotations,
    /// Reviews of claims as JSON-LD of schema.org, as facts
    #[value(name = "claimreview")]
    ClaimReview,
    /// Entities of FollowTheMoney, as OpenAleph and OpenSanctions export them, as entities, relations and facts
    #[value(name = "followthemoney")]
    FollowTheMoney,
}

impl From<ImportKind> for Kind {
    fn from(kind: ImportKind) -> Self {
        match kind {
            ImportKind::Html => Self::Html,
            ImportKind::Markdown => Self::Markdown,
            ImportKind::Wikidata => Self::Wikidata,
            ImportKind::Csv => Self::Csv,
            ImportKind::Annotations => Self::Annotations,
            ImportKind::ClaimReview => Self::ClaimReview,
            ImportKind::FollowTheMoney => Self::FollowTheMoney,
        }
    }
}
