//! Where the words of an article's facts stand, and what is wrong where they do not.

use std::ops::Range;

use super::anchor::{Found, Haystack, Moved};
use super::entry::Document;
use crate::base::slug::own_or_stem;
use crate::base::word::UNREAD;
use crate::base::{Code, DataPath, Diagnostic, Lang, Outcome, Place, SourcePath};
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

/// Looks up the words of each fact of an article in `lang`.
pub fn standings(document: &Document<'_>, lang: &Lang) -> Outcome<Vec<Standing>> {
    let Document { file, body, sidecar: Some((sidecar, facts)), .. } = document else { return Outcome::clean(Vec::new()) };
    let haystack = Haystack::new(&body.text, lang);
    let slug = own_or_stem(document.head.slug.as_deref(), file);
    let desk = Desk { article: file, slug: &slug, sidecar, body };
    let mut found = Vec::new();
    let standings = facts.facts.iter().enumerate().map(|(position, fact)| desk.stand(position, fact, &haystack, &mut found)).collect();
    Outcome::new(standings, found)
}

struct Desk<'a> {
    article: &'a SourcePath,
    slug: &'a str,
    sidecar: &'a SourcePath,
    body: &'a Body<'a>,
}

impl Desk<'_> {
    fn stand(&self, position: usize, fact: &Fact, haystack: &Haystack<'_>, found: &mut Vec<Diagnostic>) -> Standing {
        if *fact.anchor.exact == *UNREAD {
            return Standing::default();
        }
        let place = || Place::data(self.sidecar, DataPath::root().key("facts").index(position).key("anchor").key("exact"));
        match haystack.find(&fact.anchor) {
            Found::At(range) => Standing { at: Some(range), drifted: false },
            Found::Moved(moved) if moved.differences.is_empty() => {
                found.push(self.drifted(fact, &moved, place()));
                Standing { at: Some(moved.range), drifted: moved.quote < 1.0 }
            }
            Found::Moved(moved) => missed(self.changed(fact, &moved, place()), found),
            Found::Ambiguous(places) => missed(self.ambiguous(&fact.id, &places, place()), found),
            Found::Within(range) => missed(self.within(&fact.id, &range, place()), found),
            Found::Elsewhere(range) => missed(self.elsewhere(&fact.id, &range, place()), found),
            Found::Fewer { occurs } => missed(fewer(&fact.id, occurs, place()), found),
            Found::Absent(nearest) => missed(self.absent(&fact.id, nearest.as_ref(), place()), found),
        }
    }

    fn drifted(&self, fact: &Fact, moved: &Moved, place: Place) -> Diagnostic {
        let what = if moved.quote < 1.0 { "the words under" } else { "the words around those under" };
        let message = format!("{what} fact `{}` are not as they were quoted, and say the same", fact.id);
        Diagnostic::warning(Code::AnchorDrifted, place, message)
            .related(self.here(&moved.range), format!("they are here now ({})", likeness(moved)))
            .help(format!("read it again, then `postilla reanchor {} --accept {}` writes the new words", self.slug, fact.id))
    }

    fn changed(&self, fact: &Fact, moved: &Moved, place: Place) -> Diagnostic {
        let what = if moved.quote < 1.0 { "the words under" } else { "the words around those under" };
        let said: Vec<String> = moved.differences.iter().map(ToString::to_string).collect();
        let checked = fact.last_check().map(|(_, check)| format!("checked by {} on {}", check.by, check.date.day()));
        Diagnostic::error(Code::AnchorChanged, place, format!("{what} fact `{}` changed", fact.id))
            .related(self.here(&moved.range), likeness(moved))
            .note(said.into_iter().chain(checked).collect::<Vec<_>>().join("; "))
            .help(format!("check it again, then `postilla reanchor {} --accept {}`", self.slug, fact.id))
    }

    fn here(&self, range: &Range<usize>) -> Place {
        Place::bytes(self.article, self.body.source_of(range))
    }

    fn ambiguous(&self, id: &str, places: &[Range<usize>], place: Place) -> Diagnostic {
        let message = format!("the words under fact `{id}` occur {} times", places.len());
        let help = "add the words before it as `prefix` or after it as `suffix`, or say which with `occurrence`";
        let error = Diagnostic::error(Code::AnchorAmbiguous, place, message).help(help.to_owned());
        places.iter().take(3).fold(error, |error, range| error.related(self.here(range), "here"))
    }

    fn within(&self, id: &str, range: &Range<usize>, place: Place) -> Diagnostic {
        let message = format!("the words under fact `{id}` occur only inside longer words or numbers");
        Diagnostic::error(Code::AnchorOrphan, place, message)
            .related(self.here(range), "here, as part of something else")
            .help("quote whole words and whole numbers; if the sentence changed, check the fact again".to_owned())
    }

    fn elsewhere(&self, id: &str, range: &Range<usize>, place: Place) -> Diagnostic {
        let message = format!("the words under fact `{id}` stand, but not between its `prefix` and `suffix`");
        Diagnostic::error(Code::AnchorOrphan, place, message)
            .related(self.here(range), "here, with other words around")
            .help("check the fact against this sentence, then give the context as it stands".to_owned())
    }

    fn absent(&self, id: &str, nearest: Option<&Moved>, place: Place) -> Diagnostic {
        let error = Diagnostic::error(Code::AnchorOrphan, place, format!("the words under fact `{id}` are not in the article"));
        match nearest.filter(|nearest| nearest.quote >= WORTH_SHOWING) {
            Some(nearest) => error.related(self.here(&nearest.range), format!("the nearest words ({})", likeness(nearest))),
            None => error.related(Place::whole(self.article), "looked for in this article"),
        }
        .help("quote the article as a reader sees it, without Markdown; if the sentence changed, check the fact again".to_owned())
    }
}

/// An anchor that leads nowhere, and what is wrong with it.
fn missed(finding: Diagnostic, found: &mut Vec<Diagnostic>) -> Standing {
    found.push(finding);
    Standing::default()
}

fn fewer(id: &str, occurs: usize, place: Place) -> Diagnostic {
    let times = if occurs == 1 { "once".to_owned() } else { format!("{occurs} times") };
    Diagnostic::error(Code::AnchorOrphan, place, format!("the words under fact `{id}` occur {times}, and `occurrence` asks for more"))
        .help(format!("`occurrence` counts from 1 to {occurs} here"))
}

/// Words that are less like a quote are not worth an editor's look.
const WORTH_SHOWING: f64 = 0.35;

fn likeness(moved: &Moved) -> String {
    match moved.context {
        Some(context) => format!("quote {:.2}, context {context:.2}", moved.quote),
        None => format!("quote {:.2}", moved.quote),
    }
}
