//! `<mirror>`: the copy that a block job makes.

use xml::Xml;

use super::{BackingSource, BackingStore, ImageFormat};

/// The copy that a block job makes.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Mirror {
    /// The job: `copy`, `active-commit`.
    #[xml(attribute, schema_words = "active-commit copy")]
    pub job: Option<String>,
    /// The file, as old clients look for it.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub file: Option<String>,
    /// Its format, as old clients look for it.
    #[xml(
        attribute = "format",
        schema_words = "bochs cloop cow dir dmg fat iso luks ploop qcow qcow2 qed raw vdi vhd vmdk vpc"
    )]
    pub old_format: Option<String>,
    /// `yes` when both are the same, `pivot` or `abort` when that is under way.
    #[xml(attribute, schema_words = "abort pivot yes")]
    pub ready: Option<String>,
    /// Its format.
    #[xml(child)]
    pub format: Option<ImageFormat>,
    /// Where the copy is.
    #[xml(flatten, lead)]
    pub source: BackingSource,
    /// The image below the copy.
    #[xml(child)]
    pub backing_store: Option<Box<BackingStore>>,
}
