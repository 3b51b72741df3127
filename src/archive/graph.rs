//! The archive joined: one immutable graph. It keeps what joins need; the text of an article and the parts of
//! a fact that only its own page shows are read again when that page is made.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::Arc;

use super::ids::{ArticleIx, EntityIx, FactRef, PageIx, PropertyIx, SourceIx};
use super::links::Pointer;
use super::register::Register;
use super::resolve::fact_of;
use crate::base::{Code, DataPath, Fingerprint, Lang, Packed, Place, SourcePath, Words};
use crate::parse::List;
use crate::parse::article::{self, Publish, State};
use crate::parse::body::Heading;
use crate::parse::page;
use crate::parse::sidecar::{FactKind, Stance, Status, Valid, Value};
use crate::picture::Picture;

/// Everything that pages are made from. Indices hold only what is shown in this build, oldest article first.
#[derive(Debug)]
pub struct Archive {
    /// Entities, properties and sources.
    pub register: Arc<Register>,
    /// All articles, also those not shown, by date and slug.
    pub articles: Vec<Article>,
    /// All plain pages, also those not shown, by slug.
    pub pages: Vec<Page>,
    /// Links of the entities' biographies, by entity.
    pub entity_links: Vec<List<Href>>,
    /// Where everything is used.
    pub index: Index,
    /// Files of the archive that are copied: from where.
    pub assets: Vec<SourcePath>,
    /// Those of them that texts show as pictures, measured.
    pub pictures: BTreeMap<SourcePath, Picture>,
}

/// Where everything is used.
#[derive(Debug, Default)]
pub struct Index {
    /// The facts that speak of each entity.
    pub facts_about: Vec<Vec<FactRef>>,
    /// The articles that mention each entity, with the position of the mention in the article.
    pub mentions_of: Vec<Vec<(ArticleIx, u32)>>,
    /// Relations that name each entity as their object: whose, and the position there.
    pub relations_to: Vec<Vec<(EntityIx, u32)>>,
    /// The facts that state each property, by the date at which they hold.
    pub facts_stating: Vec<Vec<FactRef>>,
    /// The facts that rest on each source.
    pub facts_citing: Vec<Vec<(FactRef, Stance)>>,
    /// The facts of each year, by the date at which they hold.
    pub timeline: BTreeMap<i32, Vec<FactRef>>,
    /// Articles by slug.
    pub article_of: BTreeMap<Box<str>, ArticleIx>,
    /// Plain pages by slug.
    pub page_of: BTreeMap<Box<str>, PageIx>,
    /// Facts of translations that say what another fact of the same text says, with that other; lists and counts leave them out.
    pub twins: HashMap<FactRef, FactRef>,
    /// The translations of each article, itself included; empty without any.
    pub translations: BTreeMap<ArticleIx, Vec<ArticleIx>>,
    /// The translations of each page, itself included; empty without any.
    pub page_translations: BTreeMap<PageIx, Vec<PageIx>>,
}

/// An article in its archive.
#[derive(Debug)]
pub struct Article {
    /// What the archive keeps of its files.
    pub kept: Arc<Kept>,
    /// The names in its text.
    pub named: Arc<Named>,
    /// Whether this build shows it.
    pub shown: bool,
    /// Its links and images, in the order of the body.
    pub links: List<Href>,
    /// Its corrections whose day has come, newest first.
    pub corrections: List<Corrected>,
}

/// A correction that this build shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// Its position in the article's front matter.
    pub position: u32,
    /// Its links. A place on the article's page is named as one of that page, since corrections are shown elsewhere too.
    pub links: List<Href>,
}

impl Deref for Article {
    type Target = Kept;

    fn deref(&self) -> &Kept {
        &self.kept
    }
}

/// What the archive keeps of an article's files.
#[derive(Debug)]
pub struct Kept {
    /// Its file.
    pub file: SourcePath,
    /// Its sidecar's file.
    pub sidecar: Option<SourcePath>,
    /// What its file held when it was read.
    pub print: Fingerprint,
    /// What its sidecar held.
    pub sidecar_print: Option<Fingerprint>,
    /// Its file and its sidecar, where texts are kept.
    pub texts: Option<(Packed, Option<Packed>)>,
    /// Its name in addresses and references.
    pub slug: Box<str>,
    /// Its language.
    pub lang: Lang,
    /// Its front matter.
    pub head: article::Article,
    /// Its headings.
    pub headings: List<Heading>,
    /// Its links and images as written.
    pub written: List<Pointer>,
    /// The links of each of its corrections as written.
    pub written_in_corrections: List<List<Pointer>>,
    /// Its facts, internal ones too.
    pub facts: List<Fact>,
    /// The entities to whom its facts are attributed, each once.
    pub agents: List<EntityIx>,
    /// The positions of its facts by id; of facts with one id, the first comes first.
    pub(super) facts_by_id: List<u32>,
    /// References to facts, each with where it stands in the sidecar.
    pub(super) references: List<(Box<str>, DataPath)>,
}

/// The names in an article's text.
#[derive(Debug)]
pub struct Named {
    /// Those that become links: start and end in the canonical text.
    pub autolinks: List<(u32, u32, EntityIx)>,
    /// The entities that it mentions, each once, in order of the first mention.
    pub mentions: List<Mention>,
    /// What an editor may want to settle: names without a link, links that are denied, names of several.
    pub unsettled: List<Unsettled>,
}

/// A name that somebody should look at.
#[derive(Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// Where it stands, in bytes of the article's file: start and end.
    pub at: (u32, u32),
    /// Why.
    pub why: Unclear,
}

/// What is not clear about a name.
#[derive(Debug, PartialEq, Eq)]
pub enum Unclear {
    /// Nothing in the article links the entity that it names.
    Unlinked(EntityIx),
    /// It is a link to an entity that is said not to be called so.
    Denied(EntityIx),
    /// These entities bear it, and nothing tells which is meant.
    Shared(List<EntityIx>),
}

impl Article {
    /// The facts of its own and of other articles that its facts refer to, as written.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        self.references.iter().map(|(reference, _)| &**reference)
    }

    /// The correction at this position in the front matter, if this build shows it, with its links.
    pub fn correction(&self, position: u32) -> Option<(&article::Correction, &[Href])> {
        let shown = self.corrections.iter().find(|shown| shown.position == position)?;
        Some((&self.head.corrections[position as usize], &shown.links))
    }

    /// Where the text of a correction stands, by its position.
    pub fn correction_place(&self, position: usize) -> Place {
        Place::data(&self.file, DataPath::root().key("corrections").index(position).key("text"))
    }

    /// The facts that readers see, with their positions.
    pub fn public_facts(&self) -> impl Iterator<Item = (usize, &Fact)> {
        self.facts.iter().enumerate().filter(|(_, fact)| fact.public)
    }

    /// Whether its text and facts are shown: it is shown and not withdrawn.
    pub fn speaks(&self) -> bool {
        self.shown && self.head.state != State::Withdrawn
    }

    /// Whether its sentences may be shown elsewhere.
    pub fn may_be_quoted(&self) -> bool {
        self.head.publish == Publish::Full
    }
}

/// The first mention of an entity in an article.
#[derive(Debug)]
pub struct Mention {
    /// The entity.
    pub entity: EntityIx,
    /// The sentence around it; empty where it may not be shown.
    pub sentence: Box<str>,
    /// The name in the sentence: start and end.
    pub name: (u32, u32),
}

/// What the archive keeps of a fact.
#[derive(Debug)]
pub struct Fact {
    /// Its id in its article.
    pub id: Box<str>,
    /// What sort of claim it is.
    pub kind: FactKind,
    /// The claim.
    pub claim: Words,
    /// What is known of its truth.
    pub status: Status,
    /// Whether readers see it.
    pub public: bool,
    /// Where its words stand in the canonical text; `None` when they do not any more.
    pub mark: Option<(u32, u32)>,
    /// Whether its words have been reworded since they were quoted.
    pub drifted: bool,
    /// Who says so, of whom or of what words; who denies it or says nothing is left out.
    pub stated_by: List<Agent>,
    /// The day, as `YYYYMMDD`, on which somebody last looked at it, and what that found.
    pub last_check: Option<(i32, Option<Status>)>,
    /// Whether anything is brought forward for it or against it.
    pub sourced: bool,
    /// When it should be looked at again, as `YYYYMMDD`.
    pub review_after: Option<i32>,
    /// The editorial rules that it may break.
    pub allowed: List<Code>,
    /// The entities that it speaks of, subject and object included, each once.
    pub about: List<EntityIx>,
    /// The entity of which something is said.
    pub subject: Option<EntityIx>,
    /// What is said of it.
    pub property: Option<PropertyIx>,
    /// The entity that is the answer.
    pub object: Option<EntityIx>,
    /// The figure or words that are the answer.
    pub value: Option<Box<Value>>,
    /// When it holds.
    pub valid: Option<Box<Valid>>,
    /// The first day at which it holds, as `YYYYMMDD`; `None` without a date.
    pub day: Option<i32>,
    /// The year in which it stands on the timeline.
    pub year: Option<i32>,
    /// The bibliography's sources that it rests on.
    pub sources: List<(SourceIx, Stance)>,
}

/// Who states a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agent {
    /// An entity.
    Entity(EntityIx),
    /// Somebody without a record, such as `people with knowledge of the matter`.
    Words(Box<str>),
}

/// A plain page in its archive.
#[derive(Debug)]
pub struct Page {
    /// What its file says.
    pub sheet: Arc<Sheet>,
    /// Whether this build shows it.
    pub shown: bool,
    /// Its links and images, in the order of the body.
    pub links: List<Href>,
}

impl Deref for Page {
    type Target = Sheet;

    fn deref(&self) -> &Sheet {
        &self.sheet
    }
}

/// What the file of a plain page says.
#[derive(Debug)]
pub struct Sheet {
    /// Its file.
    pub file: SourcePath,
    /// Its name in addresses and references.
    pub slug: Box<str>,
    /// Its language.
    pub lang: Lang,
    /// Its front matter.
    pub head: page::Page,
    /// Its Markdown.
    pub markdown: Box<str>,
    /// Where the Markdown begins in the file.
    pub body_start: usize,
    /// Its headings.
    pub headings: List<Heading>,
    /// Its links and images as written.
    pub written: List<Pointer>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Href {
    /// An entity's page.
    Entity(EntityIx),
    /// An article's page, at a heading or note.
    Article(ArticleIx, Option<Box<str>>),
    /// A plain page, at a heading.
    Page(PageIx, Option<Box<str>>),
    /// A place on the same page.
    Here(Box<str>),
    /// A file that is copied.
    Asset(SourcePath),
    /// Somewhere else: `http`, `https` or `mailto`.
    Outside(Arc<str>),
    /// Nowhere: the words stay, the link goes.
    Nowhere,
}

impl Archive {
    /// The article at an index.
    pub fn article(&self, index: ArticleIx) -> &Article {
        &self.articles[index.position()]
    }

    /// The page at an index.
    pub fn page(&self, index: PageIx) -> &Page {
        &self.pages[index.position()]
    }

    /// The fact and its article.
    pub fn fact(&self, fact: FactRef) -> (&Article, &Fact) {
        let article = self.article(fact.article);
        (article, &article.facts[fact.fact as usize])
    }

    /// The articles that this build shows, oldest first.
    pub fn shown_articles(&self) -> impl DoubleEndedIterator<Item = (ArticleIx, &Article)> {
        self.articles.iter().enumerate().filter(|(_, article)| article.shown).map(|(position, article)| (ArticleIx::new(position), article))
    }

    /// The pages that this build shows, by slug.
    pub fn shown_pages(&self) -> impl Iterator<Item = (PageIx, &Page)> {
        self.pages.iter().enumerate().filter(|(_, page)| page.shown).map(|(position, page)| (PageIx::new(position), page))
    }

    /// The facts of an article that name another under `key`, each with the other; those that lead nowhere are left out.
    pub fn naming(&self, article: ArticleIx, key: &str) -> impl Iterator<Item = (FactRef, FactRef)> {
        self.article(article).references.iter().filter_map(move |(reference, path)| {
            let (fact, _) = fact_of(path).filter(|(_, under)| *under == key)?;
            let from = FactRef { article, fact };
            Some((from, self.find_fact(article, reference).filter(|to| *to != from)?))
        })
    }

    /// The fact that `reference` means when it stands in `article`: `id`, or `slug#id`.
    pub fn find_fact(&self, article: ArticleIx, reference: &str) -> Option<FactRef> {
        let (article, id) = match reference.split_once('#') {
            Some((slug, id)) => (*self.index.article_of.get(slug)?, id),
            None => (article, reference),
        };
        let Kept { facts, facts_by_id: by_id, .. } = &**self.article(article);
        let id_at = |position: &u32| &*facts[*position as usize].id;
        let fact = *by_id.get(by_id.partition_point(|position| id_at(position) < id))?;
        (id_at(&fact) == id).then_some(FactRef { article, fact })
    }
}
