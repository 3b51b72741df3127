//! Where the words of an article's facts stand, and what is wrong where they do not.

use std::ops::Range;

use super::anchor::{Found, Haystack};
use crate::base::word::UNREAD;
use crate::base::{Code, DataPath, Diagnostic, Outcome, Place, SourcePath};
use crate::parse::body::Body;
use crate::parse::sidecar::Fact;

/// Where a fact's words stand in the canonical text of its article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// At this run of bytes; `None` when they do not stand there any more.
    pub at: Option<Range<usize>>,
    /// Whether they have been reworded since they were quoted.
    pub drifted: bool,
}

/// Looks up the words of each of `facts` in their article.
pub fn standings(article: &SourcePath, sidecar: &SourcePath, body: &Body<'_>, facts: &[Fact]) -> Outcome<Vec<Standing>> {
    let haystack = Haystack::new(&body.text);
    let desk = Desk { article, sidecar, body };
    let mut found = Vec::new();
    let standings = facts.iter().enumerate().map(|(position, fact)| desk.stand(position, fact, &haystack, &mut found)).collect();
    Outcome::new(standings, found)
}

struct Desk<'a> {
    article: &'a SourcePath,
    sidecar: &'a SourcePath,
    body: &'a Body<'a>,
}

impl Desk<'_> {
    fn stand(&self, position: usize, fact: &Fact, haystack: &Haystack<'_>, found: &mut Vec<Diagnostic>) -> Standing {
        if *fact.anchor.exact == *UNREAD {
            return Standing::default();
        }
        match haystack.find(&fact.anchor) {
            Found::At(range) => Standing { at: Some(range), drifted: false },
            missed => {
                let path = DataPath::root().key("facts").index(position).key("anchor").key("exact");
                found.push(self.missed(&fact.id, &missed, Place::data(self.sidecar, path)));
                Standing::default()
            }
        }
    }

    /// What is wrong with an anchor that leads nowhere.
    fn missed(&self, id: &str, missed: &Found, place: Place) -> Diagnostic {
        let orphan = |message: String| Diagnostic::error(Code::AnchorOrphan, place.clone(), message);
        let here = |range| Place::bytes(self.article, self.body.source_of(range));
        match missed {
            Found::Ambiguous(places) => {
                let message = format!("the words under fact `{id}` occur {} times", places.len());
                let help = "add the words before it as `prefix` or after it as `suffix`, or say which with `occurrence`";
                let error = Diagnostic::error(Code::AnchorAmbiguous, place, message).help(help.to_owned());
                places.iter().take(3).fold(error, |error, range| error.related(here(range), "here"))
            }
            Found::Within(range) => orphan(format!("the words under fact `{id}` occur only inside longer words or numbers"))
                .related(here(range), "here, as part of something else")
                .help("quote whole words and whole numbers; if the sentence changed, check the fact again".to_owned()),
            Found::Elsewhere(range) => orphan(format!("the words under fact `{id}` stand, but not between its `prefix` and `suffix`"))
                .related(here(range), "here, with other words around")
                .help("check the fact against this sentence, then give the context as it stands".to_owned()),
            Found::Fewer { occurs } => {
                let times = if *occurs == 1 { "once".to_owned() } else { format!("{occurs} times") };
                orphan(format!("the words under fact `{id}` occur {times}, and `occurrence` asks for more"))
                    .help(format!("`occurrence` counts from 1 to {occurs} here"))
            }
            Found::Absent | Found::At(_) => {
                let help = "quote the article as a reader sees it, without Markdown; if the sentence changed, check the fact again";
                orphan(format!("the words under fact `{id}` are not in the article"))
                    .related(Place::whole(self.article), "looked for in this article")
                    .help(help.to_owned())
            }
        }
    }
}
