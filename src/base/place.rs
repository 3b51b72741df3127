//! Where in the archive a finding is. Kept small: the line and the column are found only when it is drawn.

use std::fmt;
use std::ops::Range;

use super::SourcePath;

/// A file and a spot in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the root of the archive.
    pub file: SourcePath,
    /// Where in the file.
    pub spot: Spot,
}

/// A spot in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The file as a whole.
    Whole,
    /// A run of its bytes: `start`, `end`.
    Bytes(usize, usize),
    /// A value or a key of its data (front matter, sidecar, configuration).
    Data(DataPath),
}

/// One step from a value to a value inside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The value under this key.
    Key(Box<str>),
    /// The value at this position, from 0.
    Index(usize),
}

/// Whether the key is meant or what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aim {
    /// The last key itself: for unknown and duplicate keys.
    Key,
    /// The value.
    Value,
}

/// A path in data, such as `facts[3].anchor.exact`. A path that leads to nothing is drawn at its nearest
/// ancestor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DataPath {
    /// From the root of the file's data.
    pub steps: Vec<Step>,
    /// What at the end of the steps is meant.
    pub aim: Aim,
}

impl Place {
    /// The file as a whole.
    pub fn whole(file: &SourcePath) -> Self {
        Self { file: file.clone(), spot: Spot::Whole }
    }

    /// A run of bytes of the file's text.
    pub fn bytes(file: &SourcePath, range: Range<usize>) -> Self {
        Self { file: file.clone(), spot: Spot::Bytes(range.start, range.end) }
    }

    /// A value of the file's data.
    pub fn data(file: &SourcePath, path: DataPath) -> Self {
        Self { file: file.clone(), spot: Spot::Data(path) }
    }
}

impl DataPath {
    /// The root of the data.
    pub fn root() -> Self {
        Self { steps: Vec::new(), aim: Aim::Value }
    }

    /// One step further, to the value under `key`.
    #[must_use]
    pub fn key(mut self, key: impl Into<Box<str>>) -> Self {
        self.steps.push(Step::Key(key.into()));
        self
    }

    /// One step further, to the value at `index`.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.steps.push(Step::Index(index));
        self
    }

    /// The position of the fact of a sidecar under which the path leads, and what follows: the key in `facts[3].anchor`.
    pub fn in_fact(&self) -> Option<(usize, &[Step])> {
        match self.steps.as_slice() {
            [Step::Key(facts), Step::Index(fact), rest @ ..] if **facts == *"facts" => Some((*fact, rest)),
            _ => None,
        }
    }

    /// The same path, meaning its last key.
    #[must_use]
    pub fn of_key(mut self) -> Self {
        self.aim = Aim::Key;
        self
    }
}

impl fmt::Display for DataPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
