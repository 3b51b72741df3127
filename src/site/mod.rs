//! Which pages there are, where they live, and what a template sees.

pub mod views;
