//! What `property.html` and `entity.html` show side by side: facts that cannot all be true.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::Site;
use super::cards::{FactCard, PropertyCard};
use super::html::Html;
use crate::archive::{Disagreement, EntityIx, FactRef, PropertyIx};
use crate::base::Lang;

/// Where facts disagree.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DisagreementsView<'a> {
    /// The latest.
    pub items: Vec<DisagreementView<'a>>,
    /// How many more there are.
    pub more: usize,
}

/// Facts that cannot all be true.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DisagreementView<'a> {
    /// The property; absent on its own page.
    pub property: Option<PropertyCard<'a>>,
    /// Of what it is said; absent on its own page.
    pub subject: Option<Html>,
    /// Who says what, by date.
    pub sides: Vec<SideView<'a>>,
    /// How many more facts take part.
    pub more: usize,
}

/// One of the facts.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SideView<'a> {
    /// The fact.
    pub fact: FactCard<'a>,
    /// The bibliography's sources that it rests on.
    pub sources: Vec<Html>,
}

/// Disagreements on one page, and facts of one disagreement.
const MOST: usize = 25;
const SIDES: usize = 12;

impl<'a> Site<'a> {
    /// Where facts on `subject` disagree; `None` where they do not.
    pub(super) fn disagreements_on(&self, subject: EntityIx, lang: &Lang) -> Option<DisagreementsView<'a>> {
        let all = self.plan.disagreements.on(subject).collect();
        self.latest(all, |one, view| DisagreementView { property: Some(self.property_card(one.property, lang)), ..view }, lang)
    }

    /// Where facts stating `property` disagree; `None` where they do not.
    pub(super) fn disagreements_by(&self, property: PropertyIx, lang: &Lang) -> Option<DisagreementsView<'a>> {
        let all = self.plan.disagreements.by(property).iter().collect();
        self.latest(all, |one, view| DisagreementView { subject: Some(self.named(one.subject, lang)), ..view }, lang)
    }

    fn latest(
        &self,
        mut all: Vec<&Disagreement>,
        head: impl Fn(&Disagreement, DisagreementView<'a>) -> DisagreementView<'a>,
        lang: &Lang,
    ) -> Option<DisagreementsView<'a>> {
        // Equal days stay in the order of the register.
        all.sort_by_key(|one| std::cmp::Reverse(one.facts.last().and_then(|fact| self.archive.fact(*fact).1.day)));
        let items: Vec<_> = all.iter().take(MOST).map(|one| head(one, self.disagreement(one, lang))).collect();
        (!items.is_empty()).then(|| DisagreementsView { more: all.len() - items.len(), items })
    }

    fn disagreement(&self, one: &Disagreement, lang: &Lang) -> DisagreementView<'a> {
        let sides: Vec<_> = one.facts.iter().take(SIDES).map(|fact| self.side(*fact, lang)).collect();
        DisagreementView { property: None, subject: None, more: one.facts.len() - sides.len(), sides }
    }

    fn side(&self, reference: FactRef, lang: &Lang) -> SideView<'a> {
        let reference = self.version(reference);
        let fact = self.archive.fact(reference).1;
        let source = |source| Html::safe(&self.source_link(source));
        let mut cited: Vec<_> = fact.sources.iter().map(|(source, _)| *source).collect();
        cited.dedup();
        SideView { fact: self.fact_card(reference, lang), sources: cited.into_iter().map(source).collect() }
    }
}
