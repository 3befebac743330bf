//! The typed Rust API over any transport
