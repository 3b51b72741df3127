//! What `entity.html` and `property.html` show of figures over time: a chart, and behind it all that is in it as a table.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::super::Site;
use super::super::drawing::chart::{self, Chart, Language, Paper, Point};
use super::cards::PropertyCard;
use super::html::Html;
use super::rows::FactRow;
use crate::archive::answer::Answer;
use crate::archive::{EntityIx, Fact, FactRef, PropertyIx};
use crate::base::Lang;
use crate::parse::dates::Edtf;
use crate::parse::sidecar::Status;

/// Figures of one property in one unit, over time.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FigureView<'a> {
    /// Its HTML id on the page.
    pub id: String,
    /// The property; absent on its own page.
    pub property: Option<PropertyCard<'a>>,
    /// Its currency or unit, where it has one.
    pub unit: Option<&'a str>,
    /// The drawing.
    pub sheet: Sheet,
    /// On a property's page: the drawing for small screens.
    pub small: Option<Sheet>,
    /// How many figures there are.
    pub count: usize,
    /// How many of them are drawn, where that is not all.
    pub drawn: Option<usize>,
    /// How many figures are disputed, refuted or contradicted by another.
    pub contested: usize,
    /// Whether equal steps of the axis are equal factors.
    pub log: bool,
    /// The earliest figure.
    pub first: Reading,
    /// The latest.
    pub last: Reading,
    /// On an entity's page: what is drawn, as a table, oldest first.
    pub rows: Vec<FactRow<'a>>,
}

/// A figure and its date, in words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Reading {
    /// The figure.
    pub value: Html,
    /// Its date.
    pub valid: Html,
}

/// A drawing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Sheet {
    /// Its width in its own units.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The inside of the SVG.
    pub svg: Html,
}

/// Figures of one chart: its property, the currency or unit, the facts.
type Series<'a> = BTreeMap<(PropertyIx, Option<&'a str>), Vec<FactRef>>;

/// Charts of an entity, and figures in each: a page is made for each of thousands of entities.
const CHARTS: usize = 12;
const FIGURES: usize = 40;
/// Figures in the chart of a property, and the entities that have one there.
const FIGURES_OF_ALL: usize = 200;
const ENTITIES: usize = 12;

const SMALL: Paper = Paper { width: 300.0, height: 164.0 };
const NARROW: Paper = Paper { width: 300.0, height: 280.0 };
const WIDE: Paper = Paper { width: 620.0, height: 340.0 };

impl<'a> Site<'a> {
    /// The figures over time of an entity, by property; those with most figures if there are many.
    pub(super) fn figures_of(&self, subject: EntityIx, lang: &Lang) -> Vec<FigureView<'a>> {
        let mut series: Series<'a> = BTreeMap::new();
        for reference in &self.archive.index.facts_about[subject.position()] {
            let fact = self.archive.fact(*reference).1;
            if let (Some(property), true) = (fact.property, fact.subject == Some(subject) && is_dated_figure(fact)) {
                series.entry((property, self.unit(fact))).or_default().push(*reference);
            }
        }
        let contested = Self::contested(self.disagreements.on(subject).flat_map(|one| &one.facts));
        let charts = series.into_iter().filter_map(|((property, unit), facts)| {
            let points = facts.iter().filter_map(|fact| self.point(*fact, 0, &contested, lang)).collect();
            let figure = self.figure_view(points, Vec::new(), unit, FIGURES, lang)?;
            let card = self.property_card(property, lang);
            let drawn = figure.0.drawn.map(|_| figure.1.as_slice());
            let rows = self.rows_of(&facts, drawn, lang);
            Some(FigureView { id: format!("_figure-{}", card.id), property: Some(card), rows, ..figure.0 })
        });
        let mut charts: Vec<_> = charts.collect();
        // A property has a chart for each of its units.
        let mut same = 1;
        for nth in 1..charts.len() {
            let id = charts[nth].id.clone();
            same = if charts[nth - same].id == id { same + 1 } else { 1 };
            if same > 1 {
                charts[nth].id = format!("{id}-{same}");
            }
        }
        if charts.len() > CHARTS {
            charts.sort_by_key(|figure| std::cmp::Reverse(figure.count));
            charts.truncate(CHARTS);
        }
        charts
    }

    /// The figures of all entities by one property, in the unit that most of them have.
    pub(super) fn figures_by(&self, property: PropertyIx, lang: &Lang) -> Option<FigureView<'a>> {
        let mut series: Series<'a> = BTreeMap::new();
        for reference in &self.archive.index.facts_stating[property.position()] {
            let fact = self.archive.fact(*reference).1;
            if fact.subject.is_some() && is_dated_figure(fact) {
                series.entry((property, self.unit(fact))).or_default().push(*reference);
            }
        }
        let ((_, unit), facts) = series.into_iter().max_by_key(|(key, facts)| (facts.len(), std::cmp::Reverse(*key)))?;
        let subjects = self.most_stated(&facts);
        let contested = Self::contested(self.disagreements.by(property).iter().flat_map(|one| &one.facts));
        let point = |fact: &FactRef| {
            let name = subjects.iter().position(|subject| Some(*subject) == self.archive.fact(*fact).1.subject)?;
            self.point(*fact, name, &contested, lang)
        };
        let names = subjects.iter().map(|subject| self.entity_name(*subject, lang)).collect();
        let (figure, _) = self.figure_view(facts.iter().filter_map(point).collect(), names, unit, FIGURES_OF_ALL, lang)?;
        let all = facts.len();
        Some(FigureView { drawn: figure.drawn.or((figure.count < all).then_some(figure.count)), count: all, ..figure })
    }

    /// The subjects of which most of these facts speak.
    fn most_stated(&self, facts: &[FactRef]) -> Vec<EntityIx> {
        let mut counts: BTreeMap<EntityIx, usize> = BTreeMap::new();
        for subject in facts.iter().filter_map(|fact| self.archive.fact(*fact).1.subject) {
            *counts.entry(subject).or_default() += 1;
        }
        let mut subjects: Vec<_> = counts.into_iter().collect();
        subjects.sort_by_key(|(subject, count)| (std::cmp::Reverse(*count), *subject));
        subjects.into_iter().take(ENTITIES).map(|(subject, _)| subject).collect()
    }

    fn contested<'f>(facts: impl Iterator<Item = &'f FactRef>) -> Vec<FactRef> {
        let mut facts: Vec<_> = facts.copied().collect();
        facts.sort_unstable();
        facts
    }

    fn point(&self, reference: FactRef, name: usize, contested: &[FactRef], lang: &Lang) -> Option<Point> {
        let shown = self.version(reference);
        let fact = self.archive.fact(shown).1;
        let valid = fact.valid.as_deref()?;
        let (first, last) = match &valid.at {
            Some(at) => Point::days(at.earliest(), at.latest())?,
            None => Point::days(valid.from.as_ref().map_or(i32::MIN, Edtf::earliest), valid.until.as_ref().map_or(i32::MAX, Edtf::latest))?,
        };
        let (low, high) = Answer::Value(fact.value.as_deref()?).ends()?;
        Some(Point {
            first,
            last,
            low,
            high,
            name,
            approximate: fact.value.as_ref().is_some_and(|value| value.approximate),
            status: fact.status,
            contradicted: contested.binary_search(&reference).is_ok(),
            url: self.fact_url(shown),
            figure: self.figure(fact, lang).unwrap_or_default(),
            date: self.formats.of(lang).valid_text(valid),
            who: self.stated_by_one(shown, lang).unwrap_or_default().to_owned(),
            times: 1,
        })
    }

    /// Who states a fact first; who published its article where nobody is named.
    fn stated_by_one(&self, reference: FactRef, lang: &Lang) -> Option<&'a str> {
        let (article, fact) = self.archive.fact(reference);
        let publisher = || Some(self.name_or_word(article.head.publisher.as_deref()?, lang));
        fact.stated_by.first().map(|agent| self.agent_name(agent, lang)).or_else(publisher)
    }

    /// The view and the points that are drawn; `None` where there is nothing to see.
    fn figure_view(
        &self,
        points: Vec<Point>,
        names: Vec<&'a str>,
        unit: Option<&'a str>,
        most: usize,
        lang: &Lang,
    ) -> Option<(FigureView<'a>, Vec<Point>)> {
        let count = points.len();
        let points = chart::settle(points, most);
        let drawn: usize = points.iter().map(|point| point.times).sum();
        if !chart::speaks(&points) {
            return None;
        }
        let format = self.formats.of(lang);
        let language = Language { figure: &|figure| format.figure(figure), tick: &|tick| format.tick(tick) };
        let several = names.len() > 1;
        let chart = Chart { points, names: if several { names } else { Vec::new() }, unit: unit.unwrap_or_default() };
        let sheet = |paper: Paper| Sheet { width: paper.width, height: paper.height, svg: Html::safe(&chart.draw(paper, language)) };
        let contested = chart.points.iter().filter(|point| point.is_loud()).map(|point| point.times).sum();
        let reading = |point: &Point| Reading { value: Html::text(&point.figure), valid: Html::text(&point.date) };
        let whole = most == FIGURES_OF_ALL;
        let view = FigureView {
            id: "_figure".to_owned(),
            property: None,
            unit,
            sheet: sheet(if whole { WIDE } else { SMALL }),
            small: whole.then(|| sheet(NARROW)),
            count,
            drawn: (drawn < count).then_some(drawn),
            contested,
            log: chart.scale().is_log(),
            first: reading(&chart.points[0]),
            last: reading(chart.points.last()?),
            rows: Vec::new(),
        };
        Some((view, chart.points))
    }

    /// The facts of a chart by date; where it leaves some out, those that are `drawn`.
    fn rows_of(&self, facts: &[FactRef], drawn: Option<&[Point]>, lang: &Lang) -> Vec<FactRow<'a>> {
        let drawn: Option<BTreeSet<&str>> = drawn.map(|points| points.iter().map(|point| point.url.as_str()).collect());
        let is_drawn = |fact: &&FactRef| drawn.as_ref().is_none_or(|urls| urls.contains(self.fact_url(self.version(**fact)).as_str()));
        let mut shown: Vec<_> = facts.iter().filter(is_drawn).collect();
        shown.sort_by_key(|fact| (self.archive.fact(**fact).1.day, **fact));
        shown.into_iter().map(|fact| self.fact_row(*fact, lang)).collect()
    }

    fn unit(&self, fact: &'a Fact) -> Option<&'a str> {
        let value = fact.value.as_deref()?;
        let kept = fact.property.and_then(|property| self.archive.register.property(property).1.unit.as_deref());
        value.currency.as_deref().or(value.unit.as_deref()).or(kept)
    }
}

fn is_dated_figure(fact: &Fact) -> bool {
    let has_figure = fact.value.as_deref().is_some_and(|value| Answer::Value(value).ends().is_some());
    has_figure && fact.valid.is_some() && fact.status != Status::Withdrawn
}
