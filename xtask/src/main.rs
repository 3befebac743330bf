//! The project's own tools: demo, verify, compare, tidy.

fn main() {}
