//! Words that turn a sense where one takes another's place: `some` for `all`, `after` for `before`, `will` for `may`. That
//! one of these comes or goes by itself is a matter of style more often than of sense. Not so with verbs such as `rose`.

use super::sense::{Sense, Turn, Word};

/// Words of which one can stand in another's place.
const SENSES: &[&[&str]] = &[
    &["more", "less", "most", "least"],
    &["all", "both", "some", "many", "few", "most", "only", "even"],
    &["always", "often", "sometimes", "rarely"],
    &["again", "still", "already", "yet"],
    &["better", "worse"],
    &["above", "below"],
    &["before", "after", "since", "until", "last"],
    &["open", "close"],
    &["start", "end"],
    &["minimum", "maximum"],
    &["positive", "negative"],
    &["same", "different"],
    &["public", "private"],
];
const NEGATIONS: &[&[&str]] = &[&["true", "false"], &["likely", "unlikely"], &["possible", "impossible"], &["legal", "illegal"]];
const MODALITIES: &[&[&str]] =
    &[&["future", "possible", "able", "conditional", "should", "must", "plan", "expect", "try", "alleged", "claim", "if"]];

/// Words that change what is said also when they come or go alone.
const ALWAYS: &[(Turn, &str)] = &[
    (Turn::Negation, "true"),
    (Turn::Negation, "false"),
    (Turn::Negation, "unlikely"),
    (Turn::Negation, "impossible"),
    (Turn::Negation, "illegal"),
    (Turn::Modality, "possible"),
    (Turn::Modality, "conditional"),
    (Turn::Modality, "alleged"),
    (Turn::Modality, "plan"),
];

impl Word {
    /// Whether it says something else than the `other` passage may leave unsaid.
    pub(super) fn matters_beside(&self, other: &Sense) -> bool {
        let families = match self.turn {
            Turn::Sense => SENSES,
            Turn::Negation => NEGATIONS,
            Turn::Modality => MODALITIES,
            Turn::Extent | Turn::Amount => return true,
        };
        let mut own = families.iter().filter(|family| family.contains(&self.key)).peekable();
        if own.peek().is_none() || ALWAYS.contains(&(self.turn, self.key)) {
            return true;
        }
        own.any(|family| other.words.iter().any(|word| word.turn == self.turn && family.contains(&word.key)))
    }
}
