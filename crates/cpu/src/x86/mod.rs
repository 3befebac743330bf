//! CPUs of the x86 line.

pub mod baseline;
pub mod compare;
pub mod decode;
pub mod expand;
mod features;
mod models;
mod registers;
mod selection;
mod set;
mod signature;
mod table;
pub mod update;
mod vendor;

pub use models::Model;
pub use registers::{Register, Registers};
pub use selection::Selection;
pub use set::FeatureSet;
pub use signature::Signature;
pub use table::{Feature, Table, table};
pub use vendor::Vendor;

/// The features, the maker and the signature of one processor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Data {
    /// What it can do.
    pub features: FeatureSet,
    /// Who made it, if that is a known maker.
    pub vendor: Option<Vendor>,
    /// Which one it is, if it says.
    pub signature: Option<Signature>,
}
