//! What all drivers share: routes, call context, access checks, events, the store, layouts, errors.

pub mod layout;
pub mod store;

pub use layout::Layout;
