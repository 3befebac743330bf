//! `<mirror>`: the copy that a block job makes.

use xml::Xml;

use super::{BackingSource, BackingStore, ImageFormat};

/// The copy that a block job makes.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Mirror {
    /// The job: `copy`, `active-commit`.
    #[xml(
        attribute,
        schema_words = "active-commit copy",
        since = "1.2.7",
        absent = "the copy was started by an old version: it is a `copy`"
    )]
    pub job: Option<String>,
    /// The file, as old clients look for it.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the copy is no file"
    )]
    pub file: Option<String>,
    /// Its format, as old clients look for it.
    #[xml(
        attribute = "format",
        schema_words = "bochs cloop cow dir dmg fat iso luks ploop qcow qcow2 qed raw vdi vhd vmdk vpc",
        absent = "the copy is no file, or its format is found from its content"
    )]
    pub old_format: Option<String>,
    /// `yes` when both are the same, `pivot` or `abort` when that is under way.
    #[xml(
        attribute,
        schema_words = "abort pivot yes",
        absent = "they are not the same yet"
    )]
    pub ready: Option<String>,
    /// Its format.
    #[xml(child, since = "1.2.6")]
    pub format: Option<ImageFormat>,
    /// Where the copy is.
    #[xml(flatten, lead, since = "1.2.6")]
    pub source: BackingSource,
    /// The image below the copy.
    #[xml(child, since = "5.10.0")]
    pub backing_store: Option<Box<BackingStore>>,
}
