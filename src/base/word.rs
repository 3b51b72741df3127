//! Single words: what stands in for one that could not be read, and the nearest known one, for "did you mean".

/// Stands where a word must be and could not be read, about which enough has been said: U+FFFD. Checks pass over it.
pub const UNREAD: &str = "\u{fffd}";

/// The word of `known` that `written` most probably meant, if any is near enough to be worth proposing.
/// Likeness is Jaro-Winkler's; ties go to the first in the alphabet, whatever the order of `known`.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const ENOUGH: f64 = 0.80;
    let lower = written.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for word in known {
        let is_lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let likeness = if is_lower { strsim::jaro_winkler(&lower, word) } else { strsim::jaro_winkler(&lower, &word.to_lowercase()) };
        if likeness >= ENOUGH && best.is_none_or(|(most, first)| likeness > most || likeness.total_cmp(&most).is_eq() && word < first) {
            best = Some((likeness, word));
        }
    }
    best.map(|(_, word)| word)
}

/// The nearest known word as a sentence of help.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, known).map(|word| format!("did you mean `{word}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_finds_its_word() {
        let known = ["disputed", "confirmed", "unchecked"];
        assert_eq!(nearest("confirmd", known), Some("confirmed"));
        assert_eq!(nearest("Disputed", known), Some("disputed"));
        assert_eq!(nearest("banana", known), None);
    }

    #[test]
    fn the_order_of_the_known_words_does_not_matter() {
        assert_eq!(nearest("river-x", ["river-b", "river-a"]), Some("river-a"));
        assert_eq!(nearest("river-x", ["river-a", "river-b"]), Some("river-a"));
    }
}
