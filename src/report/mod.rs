//! Diagnostics drawn.
