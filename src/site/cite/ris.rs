//! RIS: a tag of two letters, two spaces, a hyphen, a space and the value on each line; lines end with CR LF.

use super::Work;

pub(super) fn write<'w>(works: impl Iterator<Item = &'w Work<'w>>) -> String {
    let mut ris = String::new();
    works.for_each(|work| push_work(&mut ris, work));
    ris
}

fn push_work(ris: &mut String, work: &Work<'_>) {
    push(ris, "TY", "ELEC");
    push(ris, "ID", &work.key);
    push(ris, "TI", work.title);
    work.authors.iter().for_each(|author| push(ris, "AU", author));
    push(ris, "T2", work.within.unwrap_or(work.archive));
    if work.within.is_some() {
        push(ris, "T3", work.archive);
    }
    if let Some(publisher) = work.publisher {
        push(ris, "PB", publisher);
    }
    if let Some(date) = work.date {
        push(ris, "PY", &date.strftime("%Y").to_string());
        push(ris, "DA", &date.strftime("%Y/%m/%d").to_string());
    }
    push(ris, "LA", work.lang.as_str());
    push(ris, "UR", &work.url);
    if let Some(note) = &work.note {
        push(ris, "N1", note);
    }
    push(ris, "ER", "");
}

/// A value is one line: a break in it would begin another tag.
fn push(ris: &mut String, tag: &str, value: &str) {
    ris.push_str(tag);
    ris.push_str("  - ");
    let mut words = value.split_whitespace();
    ris.push_str(words.next().unwrap_or_default());
    words.for_each(|word| {
        ris.push(' ');
        ris.push_str(word);
    });
    ris.push_str("\r\n");
}
