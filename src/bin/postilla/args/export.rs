//! What `postilla export` is asked.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args as ClapArgs, ValueEnum};
use postilla::export::Format;

/// What is written for other programs, and where.
#[derive(Debug, ClapArgs)]
pub struct Exporting {
    /// As what
    #[arg(value_enum)]
    pub format: ExportFormat,
    /// The file, or the folder where there are several; `-` is standard output, also when nothing is said
    // In the place of the global option with this id, which means the folder of a site.
    #[arg(id = "output_dir", short, long = "output", value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Replace the file that is there already, or write into a folder that holds files of others
    #[arg(long)]
    pub force: bool,
}

/// What an archive can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// One format.
    One(Format),
    /// All of them.
    All,
}

impl ValueEnum for ExportFormat {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [ExportFormat; Format::ALL.len() + 1] = {
            let mut all = [ExportFormat::All; Format::ALL.len() + 1];
            let mut at = 0;
            while at < Format::ALL.len() {
                all[at] = ExportFormat::One(Format::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::One(format) => PossibleValue::new(format.word()).help(format.about()),
            Self::All => PossibleValue::new("all").help("All of them into a folder"),
        })
    }
}
