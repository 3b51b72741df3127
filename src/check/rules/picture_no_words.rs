//! A picture without words for those who do not see it, in an article, a page or a biography. What is withdrawn is spared.

use crate::archive::links::Pointer;
use crate::base::{Code, Diagnostic, Place, SourcePath};
use crate::check::rule::{Look, Rule, Whole};
use crate::parse::article::State;

pub const RULE: Rule = Rule { code: Code::WordlessPicture, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let archive = whole.archive;
    let articles = archive.articles.iter().filter(|article| article.head.state != State::Withdrawn);
    let articles = articles.map(|article| (&article.file, &*article.written));
    let pages = archive.pages.iter().map(|page| (&page.file, &*page.written));
    let entities = archive.register.entities.iter().map(|entity| (&entity.file, &*entity.written));
    articles.chain(pages).chain(entities).for_each(|(file, written)| wordless(file, written, found));
}

fn wordless(file: &SourcePath, written: &[Pointer], found: &mut Vec<Diagnostic>) {
    let help =
        "say between the brackets what it shows; if it shows nothing, give it the title `decorative`: `![](line.svg \"decorative\")`";
    for at in written.iter().filter_map(Pointer::wordless) {
        let message = "the picture says nothing to those who do not see it";
        found.push(Diagnostic::warning(Code::WordlessPicture, Place::bytes(file, at), message).help(help.to_owned()));
    }
}
