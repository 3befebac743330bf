//! The mapping between a Rust type and its XML, declared once on the type
