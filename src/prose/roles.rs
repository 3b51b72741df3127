//! What tells who did what to whom: the small word before a name, the tense of a verb, the order of the words.

use std::collections::BTreeSet;

use super::reader::{Reader, has};
use super::sense::{Name, Sense, Step, Turn, Word};
use super::token::{Kind, Token};

/// So many words may stand between a small word and the name that it belongs to: `by the mayor Rossi`.
const BETWEEN: usize = 3;
/// So many letters has a word whose ending may change with a noun.
const BENDS: usize = 5;

impl Reader<'_> {
    /// The part that the name at `at` has in what happened; that of the `last` name, where that goes on here or in a list.
    pub(super) fn role(&self, at: usize, last: Option<&Name>, listed: bool) -> Option<&'static str> {
        if let Some(last) = last.filter(|last| listed || last.at + 1 == at) {
            return last.role;
        }
        let near = at.saturating_sub(BETWEEN + 1)..at;
        let before = self.tokens[near].iter().rev().take_while(|token| token.kind == Kind::Word && !token.is_capital());
        before.map(|token| self.form(token)).find_map(|word| self.lexicon.roles.get(word)).copied()
    }

    /// What the figure or the date at `at` is to what happened: `by 5%`, `to 5%`, `entro il 2030`.
    pub(super) fn bound(&self, at: usize) -> Option<&'static str> {
        let before = |steps: usize| self.lexicon.bounds.get(self.form(self.tokens.get(at.checked_sub(steps)?)?)).copied();
        let article = at > 0 && matches!(self.form(&self.tokens[at - 1]), "il" | "the");
        before(1).or_else(|| before(2).filter(|_| article))
    }

    /// One of the forms of a small word for all of them; other words as they are.
    fn form<'t>(&self, token: &'t Token) -> &'t str {
        self.lexicon.forms.get(&*token.lower).copied().unwrap_or(&token.lower)
    }

    /// Verbs that tell by their ending how sure it is: `firmerà`, `firmerebbe`.
    pub(super) fn read_tenses(&self, sense: &mut Sense) {
        let told: BTreeSet<usize> = sense.words.iter().filter(|word| word.turn == Turn::Modality).map(|word| word.at).collect();
        let verbs = self.tokens.iter().enumerate();
        let verbs = verbs.filter(|(at, token)| token.kind == Kind::Word && (!token.is_capital() || token.first) && !told.contains(at));
        sense.words.extend(verbs.filter_map(|(at, token)| Some(Word { turn: Turn::Modality, key: self.tense(token)?, at })));
    }

    pub(super) fn tense(&self, token: &Token) -> Option<&'static str> {
        let tenses = &self.lexicon.table.tenses;
        let ends = |endings: &[String]| endings.iter().any(|ending| token.lower.len() > ending.len() && token.lower.ends_with(&**ending));
        let key = if ends(&tenses.conditional) {
            "conditional"
        } else if ends(&tenses.future) {
            "future"
        } else {
            return None;
        };
        (!tenses.not.contains(&*token.lower)).then_some(key)
    }

    /// All words in their places.
    pub(super) fn line(&self) -> Vec<Step> {
        let mut line: Vec<Step> = Vec::new();
        let mut joined = false;
        for token in self.tokens {
            if matches!(token.kind, Kind::Mark | Kind::End) {
                joined |= token.is(",");
                continue;
            }
            let form = self.form(token);
            let leads = self.lexicon.table.leading.contains(form);
            line.push(Step { word: self.unbent(form).into(), joined, leads });
            joined = has(&self.lexicon.table.and, token);
        }
        line
    }

    /// A word of Italian without the vowel in which it agrees with a noun.
    fn unbent<'t>(&self, word: &'t str) -> &'t str {
        let bends = self.lexicon.comma_is_decimal && word.len() > BENDS;
        if bends { word.strip_suffix(['a', 'e', 'i', 'o']).unwrap_or(word) } else { word }
    }
}
