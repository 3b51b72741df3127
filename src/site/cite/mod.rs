//! How an article, and each of its public facts, is cited: BibTeX, RIS and CSL-JSON. It says what readers see and no
//! more: facts of a withdrawn article are not in it.

mod bibtex;
mod csl;
mod ris;

use jiff::civil::Date;

use super::Site;
use crate::archive::{Article, ArticleIx, Fact};
use crate::base::Lang;
use crate::parse::sidecar::Valid;

/// A format of reference managers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CiteFormat {
    /// BibTeX, which biblatex reads too.
    Bibtex,
    /// RIS, as Research Information Systems described it in 2001 and reference managers exchange it.
    Ris,
    /// CSL-JSON, as citeproc 1.0.2 takes it.
    CslJson,
}

impl CiteFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Bibtex, Self::Ris, Self::CslJson];

    /// The name of the file beside the article's page.
    pub fn file(self) -> &'static str {
        match self {
            Self::Bibtex => "cite.bib",
            Self::Ris => "cite.ris",
            Self::CslJson => "cite.json",
        }
    }

    /// Its name for readers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
            Self::CslJson => "CSL-JSON",
        }
    }
}

/// What is cited: an article, or a fact that it states.
struct Work<'v> {
    /// The article's slug, and for a fact `-` and its id.
    key: String,
    /// The article's title, or the fact's claim.
    title: &'v str,
    /// For a fact, its article's title.
    within: Option<&'v str>,
    /// The names of the authors, whole: nobody can tell which part is the family's.
    authors: Vec<&'v str>,
    archive: &'v str,
    publisher: Option<&'v str>,
    date: Option<Date>,
    lang: &'v Lang,
    /// With host.
    url: String,
    /// For a fact, how it stands and when it holds, in the words of the content model.
    note: Option<String>,
}

impl<'v> Site<'v> {
    /// The article and its public facts in `format`, the article first.
    pub fn citations(&self, index: ArticleIx, format: CiteFormat) -> String {
        let article = self.archive.article(index);
        let cited = self.cited(index, article);
        let facts = article.public_facts().filter(|_| article.speaks()).map(|(_, fact)| of_fact(&cited, article, fact));
        let works: Vec<Work<'_>> = facts.collect();
        let works = std::iter::once(&cited).chain(&works);
        match format {
            CiteFormat::Bibtex => bibtex::write(works),
            CiteFormat::Ris => ris::write(works),
            CiteFormat::CslJson => csl::write(works),
        }
    }

    fn cited(&self, index: ArticleIx, article: &'v Article) -> Work<'v> {
        let (head, lang) = (&article.head, &article.lang);
        Work {
            key: article.slug.to_string(),
            title: &head.title,
            within: None,
            authors: head.authors.iter().map(|author| self.name_or_word(author, lang)).collect(),
            archive: self.config.title.pick(lang, &self.archive.register.lang).1,
            publisher: head.publisher.as_deref().map(|publisher| self.name_or_word(publisher, lang)),
            date: head.date.map(crate::parse::dates::Moment::day),
            lang,
            url: self.tree.routes.with_host(&self.article_url(index)),
            note: None,
        }
    }
}

fn of_fact<'v>(cited: &Work<'v>, article: &'v Article, fact: &'v Fact) -> Work<'v> {
    let (lang, claim) = fact.claim.pick(&article.lang, &article.lang);
    let status = fact.status.word().replace('_', " ");
    let note = match fact.valid.as_deref().and_then(valid) {
        Some(valid) => format!("status: {status}; valid: {valid}"),
        None => format!("status: {status}"),
    };
    Work {
        key: format!("{}-{}", cited.key, fact.id),
        title: claim,
        within: Some(cited.title),
        authors: cited.authors.clone(),
        url: format!("{}#{}", cited.url, fact.id),
        note: Some(note),
        lang,
        ..*cited
    }
}

/// When it holds, in EDTF.
pub(super) fn valid(valid: &Valid) -> Option<String> {
    if let Some(at) = &valid.at {
        return Some(at.as_str().to_owned());
    }
    let end = |date: &Option<crate::parse::dates::Edtf>| date.as_ref().map_or("..", |date| date.as_str()).to_owned();
    (valid.from.is_some() || valid.until.is_some()).then(|| format!("{}/{}", end(&valid.from), end(&valid.until)))
}

#[cfg(test)]
mod tests;
