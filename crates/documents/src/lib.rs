//! Every XML document of the public API as Rust types
