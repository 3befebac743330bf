//! The in-memory driver behind test:///default
