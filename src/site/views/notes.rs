//! The page of an article made: its text with marks, and a note for each fact.

use std::collections::BTreeSet;

use super::super::Site;
use super::super::annotate::{self, Dressing};
use super::super::layers::Mark;
use super::article::{ArticleView, AttributionView, Block, CheckView, CorrectionView, EvidenceView, Heading, Note, Since};
use super::cards::{self, LinkView};
use super::corrections::correction_id;
use super::html::{Html, push_link, push_text};
use crate::archive::digest::Proof;
use crate::archive::{Article, ArticleIx, Fact, FactRef, SourceIx};
use crate::parse::article::{self, Publish};
use crate::parse::body::{self, Body};
use crate::parse::sidecar::{self, Confidence, Naming};

/// What the page of an article needs besides the archive: its own files, read again.
pub struct Parts<'t> {
    /// The body.
    pub body: Body<'t>,
    /// The facts in full, internal ones too.
    pub facts: Box<[sidecar::Fact]>,
}

impl<'v> Site<'v> {
    /// The page of an article.
    pub fn article(&'v self, index: ArticleIx, parts: &'v Parts<'v>) -> ArticleView<'v> {
        let article = self.archive.article(index);
        let head = &article.head;
        let lang = &article.lang;
        let format = self.formats.of(lang);
        let whole = article.speaks() && head.publish == Publish::Full;
        let notes = if article.speaks() { Notes::new(self, index, parts) } else { Notes::none(self, index) };
        let (blocks, notes, sources) = notes.place(parts);
        let original = self.archive.index.article_of.get(head.translation_of.as_deref().unwrap_or_default());
        let original = original.filter(|original| self.archive.article(**original).shown);
        let mut corrections: Vec<_> =
            head.corrections.iter().enumerate().map(|(nth, correction)| self.correction(article, nth, correction)).collect();
        corrections.reverse();
        ArticleView {
            slug: &article.slug,
            title: &head.title,
            lang,
            date: head.date.map(|date| format.moment(date)),
            updated: head.updated.map(|date| format.moment(date)),
            authors: head.authors.iter().map(|author| self.named_or_word(author, lang)).collect(),
            publisher: head.publisher.as_deref().map(|publisher| self.named_or_word(publisher, lang)),
            original: head.url.as_deref(),
            archived: head.archived.as_deref(),
            accessed: head.accessed.map(|date| format.moment(date)),
            translation_of: original
                .map(|original| LinkView { text: &self.archive.article(*original).head.title, url: self.article_url(*original) }),
            translator: head.translator.as_deref().map(|translator| self.named_or_word(translator, lang)),
            summary: head.summary.as_deref(),
            tags: head.tags.iter().map(|tag| &**tag).collect(),
            about: head
                .about
                .iter()
                .filter_map(|id| self.archive.register.find_entity(id))
                .map(|entity| self.entity_card(entity, lang))
                .collect(),
            state: head.state,
            publish: head.publish,
            rights: head.rights.as_ref(),
            corrections,
            statuses: Self::article_statuses(article),
            toc: article.headings.iter().filter(|heading| whole && !heading.text.is_empty()).map(Heading::from).collect(),
            blocks,
            notes,
            sources,
            extra: head.extra.as_deref(),
        }
    }

    fn correction(&self, article: &'v Article, position: usize, correction: &'v article::Correction) -> CorrectionView<'v> {
        let known = |id: &str| article.public_facts().any(|(_, fact)| &*fact.id == id) && article.speaks();
        let facts = correction.facts.iter().filter(|id| known(id)).map(|id| LinkView { text: id, url: format!("#{id}") }).collect();
        CorrectionView {
            id: correction_id(position),
            date: self.formats.of(&article.lang).moment(correction.date),
            html: Html::safe(&Self::prose(&correction.text)),
            facts,
        }
    }
}

impl From<&body::Heading> for Heading {
    fn from(heading: &body::Heading) -> Self {
        Self { level: heading.level, id: heading.id.to_string(), text: heading.text.to_string() }
    }
}

/// The notes of an article, in the order of their marks.
struct Notes<'v> {
    site: &'v Site<'v>,
    index: ArticleIx,
    article: &'v Article,
    /// The public facts in the order of their numbers: as kept, and in full.
    facts: Vec<(&'v Fact, &'v sidecar::Fact)>,
    /// What checks may have been made against.
    proof: Proof<'v>,
}

impl<'v> Notes<'v> {
    fn none(site: &'v Site<'v>, index: ArticleIx) -> Self {
        Self { site, index, article: site.archive.article(index), facts: Vec::new(), proof: Proof::new("") }
    }

    fn new(site: &'v Site<'v>, index: ArticleIx, parts: &'v Parts<'v>) -> Self {
        let article = site.archive.article(index);
        let mut facts: Vec<_> = article.facts.iter().zip(&parts.facts).filter(|(fact, _)| fact.public).collect();
        facts.sort_by_key(|(fact, _)| fact.mark.map_or((u32::MAX, 0), |(start, end)| (start, u32::MAX - end)));
        Self { site, index, article, facts, proof: Proof::new(&parts.body.text) }
    }

    /// The blocks with their notes, the notes without a block, and the sources of all.
    fn place(self, parts: &'v Parts<'v>) -> (Vec<Block<'v>>, Vec<Note<'v>>, Vec<LinkView<'v>>) {
        let sources = self.sources();
        let publish = self.article.head.publish;
        if !self.article.speaks() {
            return (Vec::new(), Vec::new(), sources);
        }
        let marks = self.marks(publish);
        let blocks = match publish {
            Publish::Full => self.full(parts, &marks),
            Publish::Excerpts => self.excerpts(parts, &marks),
            Publish::FactsOnly => Vec::new(),
        };
        // Facts without a mark come last.
        let loose = (marks.len()..self.facts.len()).map(|position| self.note(position)).collect();
        (blocks, loose, sources)
    }

    fn marks(&self, publish: Publish) -> Vec<Mark<'v>> {
        let mark = |(position, (fact, _)): (usize, &(&'v Fact, &'v sidecar::Fact))| {
            let (start, end) = fact.mark?;
            Some(Mark { number: position + 1, id: &fact.id, status: fact.status, start, end })
        };
        self.facts.iter().enumerate().filter(|_| publish != Publish::FactsOnly).filter_map(mark).collect()
    }

    fn full(&self, parts: &'v Parts<'v>, marks: &[Mark<'v>]) -> Vec<Block<'v>> {
        let hrefs: Vec<_> = self.article.links.iter().map(|href| self.site.href(href)).collect();
        let names: Vec<_> =
            self.article.named.autolinks.iter().map(|(start, end, entity)| (*start, *end, self.site.entity_url(*entity))).collect();
        let pictures = self.site.pictures(&self.article.links);
        let unsafe_html = self.site.config.markdown.unsafe_html;
        let dressing = Dressing { hrefs: &hrefs, pictures: &pictures, names: &names, marks, unsafe_html };
        let with_notes = |block: annotate::Block| Block {
            html: Html::safe(&block.html),
            notes: block.marks.into_iter().map(|position| self.note(marks[position].number - 1)).collect(),
        };
        annotate::blocks(&parts.body, &dressing).into_iter().map(with_notes).collect()
    }

    /// Only the words that facts are anchored to: marks that touch make one excerpt.
    fn excerpts(&self, parts: &'v Parts<'v>, marks: &[Mark<'v>]) -> Vec<Block<'v>> {
        let mut groups: Vec<(u32, u32, Vec<&Mark<'v>>)> = Vec::new();
        for mark in marks {
            match groups.last_mut() {
                Some((_, end, group)) if mark.start < *end => {
                    *end = (*end).max(mark.end);
                    group.push(mark);
                }
                _ => groups.push((mark.start, mark.end, vec![mark])),
            }
        }
        let excerpt = |(start, end, group): (u32, u32, Vec<&Mark<'v>>)| Block {
            html: Html::safe(&annotate::excerpt(&parts.body.text, start, end, &group)),
            notes: group.iter().map(|mark| self.note(mark.number - 1)).collect(),
        };
        groups.into_iter().map(excerpt).collect()
    }

    fn sources(&self) -> Vec<LinkView<'v>> {
        let cited: BTreeSet<SourceIx> = self.facts.iter().flat_map(|(fact, _)| fact.sources.iter().map(|(source, _)| *source)).collect();
        let link = |source| {
            let source = self.site.archive.register.source(source);
            LinkView {
                text: source.title.as_deref().unwrap_or(&source.key),
                url: self.site.routes.url(&self.site.routes.source(&source.key)),
            }
        };
        cited.into_iter().map(link).collect()
    }

    fn note(&self, position: usize) -> Note<'v> {
        let (kept, fact) = self.facts[position];
        let (site, lang) = (self.site, &self.article.lang);
        let format = site.formats.of(lang);
        let may_quote = self.article.head.publish != Publish::FactsOnly;
        let marked = may_quote && kept.mark.is_some();
        let figure = site.figure(kept, lang);
        let stated = kept.value.as_ref().and_then(|value| value.stated.as_deref());
        Note {
            number: position + 1,
            id: &kept.id,
            kind: kept.kind,
            claim: kept.claim.pick(lang, lang).1,
            status: kept.status,
            confidence: Some(fact.confidence).filter(|confidence| *confidence != Confidence::Unknown),
            quote: (may_quote && !marked).then_some(&*fact.anchor.exact),
            marked,
            gone: kept.mark.is_none(),
            drifted: kept.drifted,
            about: self.about(kept),
            stated: stated
                .filter(|stated| may_quote && figure.as_deref().is_none_or(|figure| figure.trim_start_matches("≈\u{202f}") != *stated)),
            value: figure.map(|figure| cards::value(&figure)),
            valid: site.valid(kept, lang),
            attribution: fact.attribution.iter().map(|attribution| self.attribution(attribution)).collect(),
            evidence: fact.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
            checks: fact.checks.iter().map(|check| self.check(check)).collect(),
            since: self.since(kept, fact),
            review_after: fact.review_after.map(|date| format.moment(date)),
            responds_to: fact.responds_to.as_deref().and_then(|id| self.fact_link(id)),
            same_as: fact.same_as.iter().filter_map(|id| self.twin_link(id)).collect(),
            replaces: fact.replaces.as_deref().and_then(|id| self.fact_link(id)),
        }
    }

    /// The statement that the fact makes, or the names that it speaks of.
    fn about(&self, fact: &Fact) -> Option<Html> {
        let (site, lang) = (self.site, &self.article.lang);
        let mut parts = Vec::new();
        parts.extend(fact.subject.map(|entity| site.named(entity, lang)));
        parts.extend(fact.property.map(|property| {
            let card = site.property_card(property, lang);
            let mut link = String::new();
            push_link(&mut link, &card.url, card.label);
            Html::safe(&link)
        }));
        parts.extend(fact.object.map(|entity| site.named(entity, lang)));
        if parts.is_empty() {
            return (!fact.about.is_empty()).then(|| site.names(&fact.about, lang));
        }
        let parts: Vec<&str> = parts.iter().map(Html::as_str).collect();
        Some(Html::safe(&parts.join(" · ")))
    }

    fn attribution(&self, attribution: &'v sidecar::Attribution) -> AttributionView<'v> {
        AttributionView {
            agent: self.site.named_or_word(&attribution.agent, &self.article.lang),
            mode: attribution.mode,
            naming: Some(attribution.naming).filter(|naming| *naming != Naming::Named),
            count: attribution.count,
            basis: attribution.basis.as_deref(),
        }
    }

    fn evidence(&self, evidence: &'v sidecar::Evidence) -> EvidenceView<'v> {
        let (site, register) = (self.site, &self.site.archive.register);
        let format = site.formats.of(&self.article.lang);
        let source = evidence.source.as_deref().and_then(|key| register.find_source(key)).map(|source| register.source(source));
        let url = evidence.url.as_deref().or_else(|| source?.url.as_deref());
        let title = evidence.title.as_deref().or_else(|| source.map(|source| source.title.as_deref().unwrap_or(&source.key)));
        let (title, page) = (title.or(url).unwrap_or_default(), source.map(|source| site.routes.url(&site.routes.source(&source.key))));
        let mut named = String::with_capacity(160);
        match page.as_deref().or(url) {
            Some(address) => push_link(&mut named, address, title),
            None => push_text(&mut named, title),
        }
        EvidenceView {
            title: Html::safe(&named),
            url: url.filter(|_| page.is_some()),
            archived: evidence.archived.as_deref(),
            accessed: evidence.accessed.map(|date| format.moment(date)),
            stance: evidence.stance,
            locator: evidence.locator.as_deref(),
            quote: evidence.quote.as_deref(),
            value: evidence.value.as_deref().map(|value| cards::value(&format.value(value, None))),
        }
    }

    fn check(&self, check: &'v sidecar::Check) -> CheckView<'v> {
        CheckView {
            by: &check.by,
            date: self.site.formats.of(&self.article.lang).moment(check.date),
            result: check.result,
            note: check.note.as_deref(),
        }
    }

    /// What has become of the sentence since it was last checked, where that can be told.
    fn since(&self, kept: &Fact, fact: &sidecar::Fact) -> Option<Since> {
        let check = fact.checks.iter().max_by_key(|check| check.date)?;
        if kept.drifted || kept.mark.is_none() {
            return Some(Since::Changed);
        }
        let range = kept.mark.map(|(start, end)| start as usize..end as usize);
        let holds = self.proof.holds(check.against.as_deref()?, range.as_ref());
        Some(if holds { Since::Same } else { Since::Changed })
    }

    /// The fact that `reference` means, if readers see it.
    fn follow(&self, reference: &str) -> Option<(FactRef, &'v Article, &'v Fact)> {
        let found = self.site.archive.find_fact(self.index, reference)?;
        let (article, fact) = self.site.archive.fact(found);
        (article.speaks() && fact.public).then_some((found, article, fact))
    }

    fn fact_link(&self, reference: &str) -> Option<LinkView<'v>> {
        let (found, article, fact) = self.follow(reference)?;
        Some(LinkView { text: fact.claim.pick(&self.article.lang, &article.lang).1, url: self.site.fact_url(found) })
    }

    fn twin_link(&self, reference: &str) -> Option<LinkView<'v>> {
        let (found, article, _) = self.follow(reference)?;
        Some(LinkView { text: &article.head.title, url: self.site.fact_url(found) })
    }
}
