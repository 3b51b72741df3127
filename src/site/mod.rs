//! Which pages there are, where they live, and what a template sees.

pub mod annotate;
pub mod cite;
mod counterparts;
pub mod drawing;
pub mod format;
pub mod fragment;
pub mod inline;
pub mod layers;
pub mod ledger;
pub mod paging;
pub mod plan;
pub mod routes;
mod sanitise;
mod seasons;
mod settle;
pub mod trees;
pub mod uses;
pub mod view;
pub mod views;

pub use plan::{PageKind, Plan, PlannedPage, Site, plan};
pub use view::{Content, View};
