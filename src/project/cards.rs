//! Share cards: what a page says of itself, put into words and strokes.

use super::edition::Made;
use crate::base::{Code, Diagnostic};
use crate::parse::sidecar::Status;
use crate::picture::card::{Card, Stroke, draw};
use crate::render::theme::Theme;
use crate::site::Site;
use crate::site::share::{Shared, SharedCard};
use crate::site::views::cards::StatusBar;

/// Draws the card of a page of this tree, into `buffer`.
pub(super) fn make(site: Site<'_>, theme: &Theme, shared: Shared, buffer: &mut Vec<u8>) -> Made {
    let Ok(SharedCard { title, archive, lang, statuses, .. }) = site.share_card(shared) else { return Made::Rendered };
    let summary = summary(&statuses, |id| theme.words.word(id, lang, &site.archive.register.lang));
    let strokes = statuses.parts.iter().map(|part| stroke(part.status, part.count)).collect();
    match draw(&Card { title, archive, summary: &summary, strokes }) {
        Ok(png) => {
            *buffer = png;
            Made::Rendered
        }
        Err(flaw) => {
            Made::Faulty(Diagnostic::error(Code::CardLetters, site.place_of(shared), format!("its share card cannot be drawn: {flaw:?}")))
        }
    }
}

/// `Facts: 54 – 30 confirmed, 24 attributed`; empty without facts.
fn summary<'t>(statuses: &StatusBar, word: impl Fn(&str) -> &'t str) -> String {
    if statuses.total == 0 {
        return String::new();
    }
    let parts = statuses.parts.iter().map(|part| format!("{} {}", part.count, word(&format!("status_{}", part.status.word()))));
    format!("{}: {} – {}", word("facts"), statuses.total, parts.collect::<Vec<_>>().join(", "))
}

/// The stroke of a status: the colours and dashes of the theme's `s-…`, on paper.
fn stroke(status: Status, share: usize) -> Stroke {
    let (colour, dashes) = match status {
        Status::Confirmed => ("#2b7440", ""),
        Status::Corroborated => ("#007677", ""),
        Status::SingleSource => ("#007677", "14 4"),
        Status::Attributed => ("#2a669f", "14 4"),
        Status::Unverifiable => ("#2a669f", "4 4"),
        Status::Unchecked => ("#69625d", "4 4"),
        Status::Disputed => ("#875800", "14 3 3 3"),
        Status::Refuted => ("#984742", ""),
        Status::Superseded => ("#69625d", ""),
        Status::Withdrawn => ("#69625d", "2 6"),
    };
    Stroke { share, colour, dashes }
}
