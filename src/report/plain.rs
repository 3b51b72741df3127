//! Words of the archive made safe to show: no character may steer a terminal or turn the line around.

use std::borrow::Cow;

use crate::base::Diagnostic;

/// The words of a finding, safe to show: what is wrong, the notes and the help, each on a line of its own.
pub(super) fn prose(diagnostic: &Diagnostic) -> String {
    let notes = diagnostic.notes.iter().map(|note| format!("\nnote: {}", plain(note)));
    let help = diagnostic.help.iter().map(|help| format!("\nhelp: {}", plain(help)));
    notes.chain(help).fold(plain(&diagnostic.message).into_owned(), |whole, line| whole + &line)
}

/// `text` with every control and direction character replaced; line breaks and tabs become spaces.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(steers) { Cow::Owned(text.chars().map(shown).collect()) } else { Cow::Borrowed(text) }
}

/// The same for a piece of a file: line breaks and tabs stay, and so does the length of each line in characters.
pub(super) fn plain_source(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t') { c } else { shown(c) }).collect()
}

fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    c.is_control() || turns
}

fn shown(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        '\0'..'\u{20}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if steers(c) => '\u{fffd}',
        c => c,
    }
}
