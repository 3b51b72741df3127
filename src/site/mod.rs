//! Which pages there are, where they live, and what a template sees.

pub mod annotate;
pub mod beside;
pub mod cite;
mod counterparts;
pub mod drawing;
pub mod format;
pub mod fragment;
mod icons;
pub mod inline;
pub mod layers;
pub mod ledger;
mod linked;
mod page;
pub mod paging;
mod pictures;
pub mod plan;
pub mod routes;
mod sanitise;
mod seasons;
mod settle;
pub mod share;
pub mod trees;
pub mod uses;
pub mod view;
pub mod views;

pub use beside::Beside;
pub use page::{PageKind, PlannedPage};
pub use plan::{Dress, Plan, Site, plan};
pub use view::{Content, View};
