//! A denial that stands before what it denies: `It is not true, the mayor said, that the river rose`.

use super::lexicon::Lexicon;
use super::token::Kind;
use crate::base::Lang;

/// So many words may stand between a denial and what it denies: who says so, when and where.
const FAR: usize = 16;

/// The words in `before`, which opens a sentence, that deny what follows; `None` when nothing does, or something else may
/// have been said in between.
pub fn denial(before: &str, lang: &Lang) -> Option<String> {
    let lexicon = Lexicon::of(lang);
    let tokens = lexicon.tokens(before);
    let (start, end) = (0..tokens.len()).rev().find_map(|at| Some((at, lexicon.denials.at(&tokens, at)?.1)))?;
    let between = &tokens[end..];
    let is_far = between.iter().filter(|token| token.kind == Kind::Word).count() > FAR;
    let is_over = between.iter().any(|token| token.is(";") || lexicon.table.denials.but.contains(&*token.lower));
    let words = tokens[start..end].iter().filter(|token| token.kind == Kind::Word).map(|token| &*token.raw);
    (!is_far && !is_over).then(|| words.collect::<Vec<_>>().join(" "))
}
