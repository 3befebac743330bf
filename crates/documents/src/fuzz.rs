//! What fuzz targets and the tests that replay their corpus do with their input: one function
//! each. They return when the input is handled as it must be and panic when it is not.

use std::fmt::Debug;

use xml::{Options, Xml, format, parse};

use crate::backup::Backup;
use crate::capabilities::Capabilities;
use crate::checkpoint::Checkpoint;
use crate::domain::{Domain, Status};
use crate::domain_capabilities::DomainCapabilities;
use crate::interface::HostInterface;
use crate::migration_cookie::MigrationCookie;
use crate::network::Network;
use crate::node_device::NodeDevice;
use crate::nwfilter::NwFilter;
use crate::save_image::SaveImage;
use crate::secret::Secret;
use crate::snapshot::Snapshot;
use crate::storage_pool::StoragePool;
use crate::volume::Volume;

/// What one target does with an input.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: &[(&str, Target)] = &[
    ("xml_domain", xml_domain),
    ("xml_documents", xml_documents),
    ("save_image", save_image),
];

/// A kind of document: the name of its root element, and its check.
type Kind = (&'static str, fn(&str));

/// Every kind of document but the domain.
const KINDS: &[Kind] = &[
    ("domstatus", check::<Status>),
    ("domainsnapshot", check::<Snapshot>),
    ("domaincheckpoint", check::<Checkpoint>),
    ("domainbackup", check::<Backup>),
    ("qemu-migration", check::<MigrationCookie>),
    ("network", check::<Network>),
    ("filter", check::<NwFilter>),
    ("interface", check::<HostInterface>),
    ("pool", check::<StoragePool>),
    ("volume", check::<Volume>),
    ("secret", check::<Secret>),
    ("device", check::<NodeDevice>),
    ("capabilities", check::<Capabilities>),
    ("domainCapabilities", check::<DomainCapabilities>),
];

/// A domain's document, as a client sends it.
pub fn xml_domain(input: &[u8]) {
    if let Ok(text) = str::from_utf8(input) {
        check::<Domain>(text);
    }
}

/// Another document, as a client sends it, a file has it, or the other side of a migration says it:
/// read as what its root element is called, or as each kind if that is none.
pub fn xml_documents(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let is_of = |name: &str| text.trim_start().strip_prefix('<')?.strip_prefix(name);
    let kind = KINDS.iter().find(|(name, _)| {
        is_of(name).is_some_and(|rest| rest.starts_with(|it: char| !it.is_alphanumeric()))
    });
    match kind {
        Some((_, check)) => check(text),
        None => KINDS.iter().for_each(|(_, check)| check(text)),
    }
}

/// The beginning of a saved domain's file.
pub fn save_image(input: &[u8]) {
    match SaveImage::read(input) {
        Ok(image) => {
            let bytes = image.write().unwrap_or_default();
            assert_eq!(SaveImage::read(&bytes), Ok(image), "changed");
        }
        Err(error) => assert!(!error.to_string().is_empty(), "nameless"),
    }
}

/// What is read comes back; what is refused is refused at a place of the document.
fn check<T: Xml + PartialEq + Debug>(text: &str) {
    if let Err(errors) = parse::<T>(text, &Options::strict()) {
        let lines = u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX);
        let inside = |line: u32| line > 0 && line <= lines.saturating_add(1);
        assert!(
            errors.as_slice().iter().all(|it| inside(it.line)),
            "{errors}"
        );
    }
    if let Ok(document) = parse::<T>(text, &Options::lenient()) {
        let again = parse::<T>(&format(&document), &Options::lenient());
        assert_eq!(again.as_ref(), Ok(&document), "changed");
    }
}
