//! The page of an article made: its text with marks, and a note for each fact.

use std::collections::BTreeSet;

use pulldown_cmark::Event;

use super::super::Site;
use super::super::annotate::{self, Dressing};
use super::super::fragment::Page;
use super::super::layers::Mark;
use super::article::{ArticleView, AttributionView, Block, CheckView, CorrectionView, EvidenceView, Heading, Note, Review, Since};
use super::cards::{self, LinkView};
use super::corrections::correction_id;
use super::html::{Html, Told, push_link, push_text};
use crate::archive::digest::Proof;
use crate::archive::{Article, ArticleIx, Fact, FactRef, SourceIx};
use crate::parse::article::Publish;
use crate::parse::body::{self, Body};
use crate::parse::sidecar::{self, Confidence, Naming};

/// What the page of an article needs besides the archive: its own files, read again.
pub struct Parts<'t> {
    /// The body.
    pub body: Body<'t>,
    /// The facts in full, internal ones too.
    pub facts: &'t [sidecar::Fact],
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
        let review = notes.review();
        let (blocks, notes, sources) = notes.place(parts);
        let original = self.archive.index.article_of.get(head.translation_of.as_deref().unwrap_or_default());
        let original = original.filter(|original| self.archive.article(**original).shown);
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
            corrections: article.corrections.iter().filter_map(|shown| self.correction(article, shown.position)).collect(),
            statuses: Self::article_statuses(article),
            review,
            toc: article.headings.iter().filter(|heading| whole && !heading.text.is_empty()).map(Heading::from).collect(),
            blocks,
            notes,
            sources,
            cite: self.cite_links(article),
            files: self.files(article),
            extra: head.extra.as_deref(),
        }
    }

    /// Relative, since every note has them.
    fn cite_links(&self, article: &Article) -> Option<Html> {
        let mut links = String::new();
        for format in self.cite_formats {
            let address = self.tree.routes.citations(&article.slug, *format);
            let file = address.as_str().rsplit('/').next().unwrap_or_default();
            links.push_str(if links.is_empty() { "" } else { " · " });
            push_link(&mut links, file, format.name());
        }
        (!links.is_empty()).then(|| Html::safe(&links))
    }

    fn correction(&self, article: &'v Article, position: u32) -> Option<CorrectionView<'v>> {
        let (correction, links) = article.correction(position)?;
        let known = |id: &str| article.public_facts().any(|(_, fact)| &*fact.id == id) && article.speaks();
        let facts = correction.facts.iter().filter(|id| known(id)).map(|id| LinkView { text: id, url: format!("#{id}") }).collect();
        Some(CorrectionView {
            id: correction_id(position as usize),
            date: self.formats.of(&article.lang).moment(correction.date),
            html: Html::safe(&self.prose(&correction.text, links)),
            facts,
        })
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
    /// The text as it stands on the page.
    page: Page<'v>,
}

impl<'v> Notes<'v> {
    fn none(site: &'v Site<'v>, index: ArticleIx) -> Self {
        Self { site, index, article: site.archive.article(index), facts: Vec::new(), proof: Proof::new(""), page: Page::default() }
    }

    fn new(site: &'v Site<'v>, index: ArticleIx, parts: &'v Parts<'v>) -> Self {
        let article = site.archive.article(index);
        let mut facts: Vec<_> = article.facts.iter().zip(parts.facts).filter(|(fact, _)| fact.public).collect();
        facts.sort_by_key(|(fact, _)| fact.mark.map_or((u32::MAX, 0), |(start, end)| (start, u32::MAX - end)));
        let page = page(article, &facts, &parts.body);
        Self { site, index, article, facts, proof: Proof::new(&parts.body.text), page }
    }

    /// How much of the facts has been looked at.
    fn review(&self) -> Option<Review> {
        let count = |is: fn(&Fact) -> bool| self.facts.iter().filter(|(fact, _)| is(fact)).count();
        let last = self.facts.iter().flat_map(|(_, fact)| &fact.checks).map(|check| check.date).max();
        (!self.facts.is_empty()).then(|| Review {
            checked: count(|fact| fact.last_check.is_some()),
            sourced: count(|fact| fact.sourced),
            last_check: last.map(|date| self.site.formats.of(&self.article.lang).moment(date)),
        })
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
        self.facts.iter().enumerate().filter(|_| publish.shows_quotes()).filter_map(mark).collect()
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
                url: self.site.tree.routes.url(&self.site.tree.routes.source(&source.key)),
            }
        };
        cited.into_iter().map(link).collect()
    }

    fn note(&self, position: usize) -> Note<'v> {
        let (kept, fact) = self.facts[position];
        let (site, lang) = (self.site, &self.article.lang);
        let format = site.formats.of(lang);
        let may_quote = self.article.head.publish.shows_quotes();
        let marked = may_quote && kept.mark.is_some();
        let figure = site.figure(kept, lang);
        let stated = kept.value.as_ref().and_then(|value| value.stated.as_deref());
        Note {
            number: position + 1,
            id: &kept.id,
            kind: kept.kind,
            claim: Told::pick(&kept.claim, lang, lang).html(),
            sentence: kept.mark.filter(|_| marked).map(|mark| self.sentence(&kept.id, mark)),
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

    /// Browsers that cannot find the words go to the mark.
    fn sentence(&self, id: &str, (start, end): (u32, u32)) -> String {
        let directive = self.page.directive(&(start as usize..end as usize)).unwrap_or_default();
        format!("#q-{id}{directive}")
    }

    /// The statement that the fact makes, or the names that it speaks of.
    fn about(&self, fact: &Fact) -> Option<Html> {
        let (site, lang) = (self.site, &self.article.lang);
        let mut parts = Vec::new();
        parts.extend(fact.subject.map(|entity| site.named(entity, lang)));
        parts.extend(fact.property.map(|property| {
            let mut link = String::new();
            let address = site.tree.routes.property(site.archive.register.property(property).0);
            site.property_told(property, lang).push_link(&mut link, &site.tree.routes.url(&address));
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
        let (title, page) =
            (title.or(url).unwrap_or_default(), source.map(|source| site.tree.routes.url(&site.tree.routes.source(&source.key))));
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
        let (_, check) = fact.last_check()?;
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

/// The article's text on its page, with everything near it in which the same words may stand.
fn page<'t>(article: &'t Article, facts: &[(&Fact, &'t sidecar::Fact)], body: &'t Body<'t>) -> Page<'t> {
    let footnotes = body.pieces.iter().filter(|piece| matches!(piece.event, Event::FootnoteReference(_)));
    let said = facts.iter().flat_map(|(fact, full)| {
        let sides = full.evidence.iter().flat_map(|evidence| [evidence.quote.as_deref(), evidence.title.as_deref()]);
        let stated = fact.value.iter().filter_map(|value| value.stated.as_deref());
        let bases = full.attribution.iter().filter_map(|attribution| attribution.basis.as_deref());
        let claim = full.claim.pick(&article.lang, &article.lang).1;
        sides.flatten().chain(stated).chain(bases).chain([claim])
    });
    let headings = article.headings.iter().map(|heading| &*heading.text);
    let head = [&*article.head.title, article.head.summary.as_deref().unwrap_or_default()];
    let around = head.into_iter().chain(headings).chain(said);
    Page::new(&body.text, footnotes.map(|piece| piece.start).collect(), around, article.head.publish == Publish::Full)
}
