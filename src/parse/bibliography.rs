//! placeholder until merged
use super::List;
use super::dates::Edtf;
/// x
#[derive(Debug, Clone)]
pub struct Source {
    /// x
    pub key: Box<str>,
    /// x
    pub title: Option<Box<str>>,
    /// x
    pub kind: Box<str>,
    /// x
    pub authors: List<Box<str>>,
    /// x
    pub publisher: Option<Box<str>>,
    /// x
    pub date: Option<Edtf>,
    /// x
    pub url: Option<Box<str>>,
    /// x
    pub note: Option<Box<str>>,
}
