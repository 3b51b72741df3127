//! The command line of Postilla.

fn main() {}
