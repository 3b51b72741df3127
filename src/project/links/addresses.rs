//! Every address elsewhere that the archive names, and where.

use rayon::prelude::*;

use crate::archive::links::Pointer;
use crate::archive::{Archive, Article};
use crate::base::{Code, DataPath, Error, Place, SourcePath};
use crate::project::read;
use crate::source::Snapshot;

/// An address as it is written, and where it stands.
pub type Named = (Box<str>, Place);

/// All of them, but for those of facts that may name dead ones, and those beside which an archived copy is named: the copy
/// is what counts then. Evidence is read a second time: the archive keeps only
/// what joins need.
pub fn gather(archive: &Archive, snapshot: &Snapshot) -> Result<Vec<Named>, Error> {
    let mut named = Vec::new();
    let of_articles: Vec<_> = archive.articles.par_iter().map(|article| of_article(article, snapshot)).collect::<Result<_, Error>>()?;
    named.extend(of_articles.into_iter().flatten());
    for page in &archive.pages {
        of_body(&page.file, &page.written, &mut named);
    }
    for entity in &archive.register.entities {
        of_body(&entity.file, &entity.written, &mut named);
    }
    for source in &archive.register.sources {
        named.extend(source.url.clone().map(|url| (url, Place::bytes(&source.file, source.at.clone()))));
    }
    Ok(named)
}

fn of_article(article: &Article, snapshot: &Snapshot) -> Result<Vec<Named>, Error> {
    let mut named = Vec::new();
    let at = |path: DataPath| Place::data(&article.file, path);
    named.extend(
        lasting(article.head.url.as_deref(), article.head.archived.as_deref())
            .map(|(key, address)| (address, at(DataPath::root().key(key)))),
    );
    for (nth, links) in article.written_in_corrections.iter().enumerate() {
        named.extend(links.iter().filter_map(Pointer::outside).map(|(address, _)| (address.into(), article.correction_place(nth))));
    }
    of_body(&article.file, &article.written, &mut named);
    of_evidence(article, snapshot, &mut named)?;
    Ok(named)
}

fn of_body(file: &SourcePath, written: &[Pointer], named: &mut Vec<Named>) {
    let outside = written.iter().filter_map(Pointer::outside);
    named.extend(outside.map(|(address, at)| (address.into(), Place::bytes(file, at))));
}

fn of_evidence(article: &Article, snapshot: &Snapshot, named: &mut Vec<Named>) -> Result<(), Error> {
    let Some(path) = &article.sidecar else { return Ok(()) };
    let text = read::same_text(snapshot, path, None, article.sidecar_print)?;
    for (nth, fact) in read::facts_again(path, &text).iter().enumerate() {
        if article.facts.get(nth).is_none_or(|fact| fact.allowed.contains(&Code::DeadLink)) {
            continue;
        }
        for (piece, evidence) in fact.evidence.iter().enumerate() {
            let at = |key: &str| Place::data(path, DataPath::root().key("facts").index(nth).key("evidence").index(piece).key(key));
            named.extend(lasting(evidence.url.as_deref(), evidence.archived.as_deref()).map(|(key, address)| (address, at(key))));
        }
    }
    Ok(())
}

/// Of a page and its copy the one that has to last, with its key.
fn lasting(url: Option<&str>, archived: Option<&str>) -> Option<(&'static str, Box<str>)> {
    let copy = archived.map(|address| ("archived", address.into()));
    copy.or_else(|| Some(("url", url?.into())))
}
