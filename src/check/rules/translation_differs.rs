//! Two facts of which one says, in a translation, that it is the other, and which do not say the same. Words are translated:
//! of texts only the numbers are compared.

use std::collections::HashSet;

use crate::archive::answer::Answer;
use crate::archive::{Archive, Fact, FactRef};
use crate::base::{Code, Diagnostic};
use crate::check::rule::{Look, Rule, Whole};
use crate::check::ties::Tie;
use crate::parse::dates::Edtf;
use crate::parse::sidecar::{Valid, Value};

pub const RULE: Rule = Rule { code: Code::TranslationDiffers, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for tie in &whole.ties().translating {
        if seen.insert((tie.from.min(tie.to), tie.from.max(tie.to))) {
            found.extend(report(whole, *tie));
        }
    }
}

fn report(whole: &Whole<'_>, tie: Tie) -> Option<Diagnostic> {
    let archive = whole.archive;
    let ((_, one), (article, other)) = (archive.fact(tie.from), archive.fact(tie.to));
    let differences: Vec<(&str, String)> = PARTS.iter().filter_map(|part| Some((part.0, part.1(archive, one, other)?))).collect();
    let (key, _) = differences.first()?;
    let said: Vec<String> = differences.iter().map(|(key, how)| format!("`{key}`: {how}")).collect();
    let message = format!("the fact `{}` is the same as `{}#{}`, and differs in {}", one.id, article.slug, other.id, said.join("; "));
    let place = |fact: FactRef| whole.at(fact, |path| path.key(*key));
    let help = "mend the one that is wrong, or take out `same_as` if they are not the same fact";
    let finding = Diagnostic::warning(Code::TranslationDiffers, place(tie.from), message);
    Some(finding.related(place(tie.to), "the other is here").help(help.to_owned()))
}

/// How two facts differ, if they do.
type Difference = fn(&Archive, &Fact, &Fact) -> Option<String>;

/// What a translation may not change, by key.
const PARTS: &[(&str, Difference)] = &[
    ("value", |archive, one, other| {
        let (one, other) = (one.value.as_deref(), other.value.as_deref());
        let said = |value: Option<&Value>| value.map_or("none".to_owned(), |value| Answer::Value(value).said(archive));
        (!say_the_same(one, other)).then(|| format!("{} and {}", said(one), said(other)))
    }),
    ("status", |_, one, other| (one.status != other.status).then(|| format!("`{}` and `{}`", one.status.word(), other.status.word()))),
    ("valid", |_, one, other| {
        let (one, other) = (one.valid.as_deref(), other.valid.as_deref());
        (dates(one) != dates(other)).then(|| format!("{} and {}", when(one), when(other)))
    }),
    ("subject", |archive, one, other| differ(one.subject, other.subject, |entity| &*archive.register.entity(entity).id)),
    ("property", |archive, one, other| differ(one.property, other.property, |property| archive.register.property(property).0)),
    ("object", |archive, one, other| differ(one.object, other.object, |entity| &*archive.register.entity(entity).id)),
];

fn differ<'a, I: Copy + PartialEq>(one: Option<I>, other: Option<I>, id: impl Fn(I) -> &'a str) -> Option<String> {
    let said = |index: Option<I>| index.map_or("none".to_owned(), |index| format!("`{}`", id(index)));
    (one != other).then(|| format!("{} and {}", said(one), said(other)))
}

fn say_the_same(one: Option<&Value>, other: Option<&Value>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return one.is_none() == other.is_none() };
    let figure = |value: &'_ Value| (value.number, value.min, value.max, value.approximate, value.text.is_some());
    let unit_differs = one.unit.is_some() && other.unit.is_some() && one.unit != other.unit;
    let (one_numbers, other_numbers) = (numbers(one), numbers(other));
    let numbers_differ = !one_numbers.is_empty() && !other_numbers.is_empty() && one_numbers != other_numbers;
    figure(one) == figure(other) && one.currency == other.currency && !unit_differs && !numbers_differ
}

/// The numbers in the words of a value, by their digits. One language writes `seven` where another writes 7, or the day
/// before the month.
fn numbers(value: &Value) -> Vec<&str> {
    let text = value.text.as_deref().unwrap_or_default();
    let mut numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    numbers.sort_unstable();
    numbers
}

fn dates(valid: Option<&Valid>) -> [Option<&str>; 3] {
    valid.map_or([None; 3], |valid| [&valid.at, &valid.from, &valid.until].map(|date| date.as_ref().map(Edtf::as_str)))
}

fn when(valid: Option<&Valid>) -> String {
    match dates(valid) {
        [None, None, None] => "none".to_owned(),
        [Some(at), ..] => format!("`{at}`"),
        [None, from, until] => format!("`{}/{}`", from.unwrap_or_default(), until.unwrap_or_default()),
    }
}
