//! What a check was made against: a digest of the article's canonical text, or of the one sentence that holds the fact's
//! words. Anybody can work it out: it is SHA-256 (FIPS 180-4) of the text in UTF-8, without a newline at its end.

use std::cell::OnceCell;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::sentence;

/// How a digest begins.
pub const SCHEME: &str = "sha256:";
/// With so many hexadecimal digits a digest may be cut short.
pub const SHORTEST: usize = 12;

/// The digest of a text: `sha256:` and 64 hexadecimal digits.
pub fn of(text: &str) -> String {
    let digits = Sha256::digest(text.as_bytes());
    digits.iter().fold(SCHEME.to_owned(), |digest, byte| digest + &format!("{byte:02x}"))
}

/// The digest of the sentences that hold the words at `range` of the canonical `text`.
pub fn of_sentence(text: &str, range: &Range<usize>) -> String {
    of(&text[sentence::whole(text, range)])
}

/// A canonical text that checks may have been made against.
pub struct Proof<'t> {
    text: &'t str,
    digest: OnceCell<String>,
}

impl<'t> Proof<'t> {
    /// Of a canonical text.
    pub fn new(text: &'t str) -> Self {
        Self { text, digest: OnceCell::new() }
    }

    /// Whether what a check was made `against` is as it was: the whole text, or the sentence of the words at `range`.
    pub fn holds(&self, against: &str, range: Option<&Range<usize>>) -> bool {
        let is_given = |digest: &str| !against.is_empty() && digest.starts_with(against);
        is_given(self.digest.get_or_init(|| of(self.text))) || range.is_some_and(|range| is_given(&of_sentence(self.text, range)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_what_other_programs_make_of_the_text() {
        assert_eq!(of("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_check_holds_as_long_as_its_sentence_or_its_text_does() {
        let (old, new) = ("It rained. The river rose. It fell.", "It poured. The river rose. It fell.");
        let range = 11..20;
        let sentence = of_sentence(old, &range);
        assert_eq!(sentence, of("The river rose."));
        assert!(Proof::new(old).holds(&of(old), None) && !Proof::new(new).holds(&of(old), Some(&range)));
        assert!(
            Proof::new(new).holds(&sentence, Some(&range)) && Proof::new(new).holds(&sentence[..SCHEME.len() + SHORTEST], Some(&range))
        );
        assert!(!Proof::new("It rained. The river rise. It fell.").holds(&sentence, Some(&range)));
    }
}
