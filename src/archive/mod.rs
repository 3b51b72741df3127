//! Documents joined into one immutable graph.

pub mod alike;
pub mod anchor;
pub mod answer;
pub mod digest;
pub mod disagreements;
pub mod entry;
pub mod graph;
pub mod ids;
pub mod kinds;
pub mod links;
pub mod names;
pub mod quotation;
pub mod register;
pub mod renamed;
pub mod resolve;
pub mod sentence;
pub mod showing;
pub mod span;
pub mod standing;
pub mod unsure;
pub mod uses;

pub use disagreements::{Disagreement, Disagreements};
pub use graph::{Agent, Archive, Article, Fact, Href, Page, Sheet, Unclear};
pub use ids::{ArticleIx, EntityIx, FactRef, PageIx, PropertyIx, SourceIx};
pub use register::Register;
pub use showing::Showing;
