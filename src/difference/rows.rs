//! A difference as rows for people: one change a row, values as they are written in the archive's first language.
//! Text and Markdown draw the same rows.

use super::{ArticleDiff, Change, Counts, FactDiff, FactsDiff, Fate, Origin, Told, Turn, UnreadIn, Was, Which};
use crate::base::word_diff::{Part, word_diff};
use crate::parse::dates::Edtf;
use crate::parse::sidecar::{Valid, Value};
use crate::site::format::{Format, Formats};

/// What stands where there is no value.
pub const NOTHING: &str = "–";

/// One change.
pub struct Row<'d> {
    pub sign: Sign,
    /// The fact's id.
    pub id: &'d str,
    /// What changed; empty for a fact that came or went.
    pub what: String,
    pub said: Said,
}

/// Whether the fact is new, gone, or another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Came,
    Went,
    Changed,
}

/// What a row says.
pub enum Said {
    /// Some words.
    Words(String),
    /// What was and what is; what they share, such as a unit, stands behind both.
    Turned { old: String, new: String, behind: String },
    /// What was and what is, word by word.
    Reworded(Vec<Part>),
}

/// The rows of an article.
pub fn rows<'d>(article: &'d ArticleDiff, format: &Format) -> Vec<Row<'d>> {
    article.facts.iter().flat_map(|fact| of_fact(fact, format)).collect()
}

/// The formats of the language in which a difference is told.
pub fn formats(diff: &FactsDiff) -> Formats {
    Formats::new([&diff.lang])
}

fn of_fact<'d>(fact: &'d FactDiff, format: &Format) -> Vec<Row<'d>> {
    let row = |sign, what: &str, said| Row { sign, id: &fact.id, what: what.to_owned(), said };
    match &fact.turn {
        Turn::Added { fact } => vec![row(Sign::Came, "", Said::Words(told(fact, format)))],
        Turn::Removed { fact } => vec![row(Sign::Went, "", Said::Words(told(fact, format)))],
        Turn::Changed { was, changes } => {
            let id = |was: &str| {
                row(Sign::Changed, "renamed", Said::Turned { old: was.into(), new: fact.id.to_string(), behind: String::new() })
            };
            let changes = changes.iter().map(|change| {
                let (what, said) = of_change(change, format);
                row(Sign::Changed, &what, said)
            });
            was.as_deref().map(id).into_iter().chain(changes).collect()
        }
    }
}

/// `The river rose by two metres. (2 m; confirmed)`
fn told(fact: &Told, format: &Format) -> String {
    let value = fact.value.as_ref().map(|value| format.value(value, None));
    let known = [value, fact.object.as_deref().map(str::to_owned), fact.valid.as_deref().map(valid), Some(spoken(fact.status.word()))];
    format!("{} ({})", fact.claim, known.into_iter().flatten().collect::<Vec<_>>().join("; "))
}

fn of_change(change: &Change, format: &Format) -> (String, Said) {
    match change {
        Change::Value(was) => ("value".to_owned(), figures(was, format)),
        Change::Subject(was) => ("subject".to_owned(), turned(words(was.old.as_deref()), words(was.new.as_deref()))),
        Change::Property(was) => ("property".to_owned(), turned(words(was.old.as_deref()), words(was.new.as_deref()))),
        Change::Object(was) => ("object".to_owned(), turned(words(was.old.as_deref()), words(was.new.as_deref()))),
        Change::Status(was) => ("status".to_owned(), turned(Some(spoken(was.old.word())), Some(spoken(was.new.word())))),
        Change::Valid(was) => ("valid".to_owned(), turned(was.old.as_deref().map(valid), was.new.as_deref().map(valid))),
        Change::Words(was) => ("words".to_owned(), reworded(&was.old, &was.new)),
        Change::Claim { lang, was } => {
            let what = lang.as_ref().map_or_else(|| "claim".to_owned(), |lang| format!("claim ({lang})"));
            let said = match (&was.old, &was.new) {
                (Some(old), Some(new)) => reworded(old, new),
                (old, new) => turned(words(old.as_deref()), words(new.as_deref())),
            };
            (what, said)
        }
        Change::Other { keys } => ("also".to_owned(), Said::Words(keys.join(", "))),
    }
}

/// `single source` for `single_source`.
fn spoken(word: &str) -> String {
    word.replace('_', " ")
}

fn words(word: Option<&str>) -> Option<String> {
    word.map(str::to_owned)
}

fn turned(old: Option<String>, new: Option<String>) -> Said {
    let shown = |side: Option<String>| side.unwrap_or_else(|| NOTHING.to_owned());
    Said::Turned { old: shown(old), new: shown(new), behind: String::new() }
}

/// Two figures in one unit have it once.
fn figures(was: &Was<Option<Box<Value>>>, format: &Format) -> Said {
    let shown = |value: &Option<Box<Value>>| value.as_ref().map(|value| format.value(value, None));
    let (Some(old), Some(new)) = (&was.old, &was.new) else { return turned(shown(&was.old), shown(&was.new)) };
    let measured = |value: &Value| [value.number, value.min, value.max].iter().any(Option::is_some);
    let same = old.unit == new.unit && old.currency == new.currency && measured(old) && measured(new);
    match new.currency.as_deref().or(new.unit.as_deref()).filter(|_| same) {
        None => turned(shown(&was.old), shown(&was.new)),
        Some(unit) => {
            let bare = |value: &Value| format.value(&Value { unit: None, currency: None, ..value.clone() }, None);
            Said::Turned { old: bare(old), new: bare(new), behind: format!(" {unit}") }
        }
    }
}

fn valid(valid: &Valid) -> String {
    let end = |date: &Option<Edtf>| date.as_ref().map_or("..", Edtf::as_str).to_owned();
    valid.at.as_ref().map_or_else(|| format!("{}/{}", end(&valid.from), end(&valid.until)), |at| at.as_str().to_owned())
}

/// Word by word, unless no word stays.
fn reworded(old: &str, new: &str) -> Said {
    let parts = word_diff(old, new);
    let stays = |part: &Part| matches!(part, Part::Same(text) if text.contains(char::is_alphanumeric));
    if parts.iter().any(stays) { Said::Reworded(parts) } else { turned(Some(old.to_owned()), Some(new.to_owned())) }
}

/// What came and went in a line: `2 facts added, 1 removed, 3 changed (2 values, 1 status) in 3 articles`.
pub fn summary(diff: &FactsDiff) -> String {
    let Counts { added, removed, renamed, changed, articles_added, articles_removed, articles_renamed, .. } = diff.counts;
    let mut facts = listed(&[(added, "added"), (removed, "removed"), (renamed, "renamed"), (changed, "changed")]);
    if let Some(first) = facts.first_mut() {
        let one = first.starts_with("1 ");
        *first = first.replacen(' ', if one { " fact " } else { " facts " }, 1);
    }
    let kinds = kinds(&diff.counts);
    if let (Some(last), false) = (facts.last_mut(), kinds.is_empty()) {
        last.push_str(&format!(" ({})", kinds.join(", ")));
    }
    let mut articles = listed(&[(articles_added, "added"), (articles_removed, "removed"), (articles_renamed, "renamed")]);
    if let Some(first) = articles.first_mut() {
        let one = first.starts_with("1 ");
        *first = first.replacen(' ', if one { " article " } else { " articles " }, 1);
    }
    let all = [facts, articles].into_iter().filter(|said| !said.is_empty()).map(|said| said.join(", ")).collect::<Vec<_>>();
    if all.is_empty() { "no fact differs".to_owned() } else { all.join("; ") }
}

fn listed(counts: &[(usize, &str)]) -> Vec<String> {
    counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect()
}

fn kinds(counts: &Counts) -> Vec<String> {
    let named = [
        (counts.value, "value", "values"),
        (counts.status, "status", "statuses"),
        (counts.valid, "date", "dates"),
        (counts.words, "quote", "quotes"),
        (counts.claim, "claim", "claims"),
        (counts.other, "in other keys", "in other keys"),
    ];
    named
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect()
}

/// What is to be said of an article beside its name.
pub fn fate(article: &ArticleDiff) -> Option<String> {
    let fate = match (article.fate, &article.was) {
        (Fate::Added, _) => Some("new article".to_owned()),
        (Fate::Removed, _) => Some("article removed".to_owned()),
        (Fate::Stayed, Some(was)) => Some(format!("was {}", was.slug)),
        (Fate::Stayed, None) => None,
    };
    let uncompared = (!article.compared).then(|| "facts not compared".to_owned());
    let said: Vec<String> = [fate, uncompared].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// How a state is called.
pub fn origin(origin: &Origin) -> &str {
    match origin {
        Origin::Folder { name } => name.as_deref().unwrap_or("the working folder"),
        Origin::Revision { name, .. } => name,
    }
}

/// Why a file could not be read: of which state, and what is wrong.
pub fn unread(diff: &FactsDiff, unread: &UnreadIn) -> String {
    let side = match unread.side {
        Which::Old => &diff.old,
        Which::New => &diff.new,
    };
    format!("in {}: {}", origin(side), unread.unread.why)
}
