//! Drawings made at build time: data in, the inside of an SVG out. They know neither the archive nor a language: names,
//! figures and dates come as words. Colours and strokes are classes of the style sheet, whose policy allows no inline
//! styles, and nothing stands in a drawing alone: the page has the same as a table or a list.

mod axis;
pub mod chart;
mod ink;
pub mod web;

pub use axis::{Tick, day_of};
pub use chart::{Chart, Paper, Point};
pub use web::{Group, Name, Web};
