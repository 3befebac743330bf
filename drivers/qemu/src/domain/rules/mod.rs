//! Rules that a document breaks or keeps by itself, before anything is filled in: what libvirt finds while it reads.
//!
//! They need neither a QEMU nor a host. A file a family, as everywhere.

use std::collections::BTreeSet;

use documents::domain::Domain;

use super::error::{DomainError, ListError};

pub(super) mod character;
mod clock;
pub(super) mod controller;
mod disk;
mod display;
mod features;
mod firmware;
mod hostdev;
mod hub;
mod input;
mod interface;
mod interface_address;
mod lifecycle;
pub(super) mod loader;
mod memory;
mod memory_device;
mod namespace;
mod numa;
mod seclabel;
mod sysinfo;
mod teaming;
mod tuning;
mod vcpus;

pub(crate) use tuning::{LARGEST_QUOTA, LONGEST_PERIOD, SHORTEST};

/// Holds a document against every rule.
///
/// # Errors
/// The first rule that is broken.
pub(super) fn check(domain: &Domain) -> Result<(), DomainError> {
    lifecycle::check(domain)?;
    memory::check(domain)?;
    tuning::check(domain)?;
    vcpus::check(domain)?;
    numa::check(domain)?;
    firmware::check(domain)?;
    sysinfo::check(domain)?;
    features::check(domain)?;
    clock::check(domain)?;
    controller::check(domain)?;
    disk::check(domain)?;
    character::check(domain)?;
    display::check(domain)?;
    hostdev::check(domain)?;
    hub::check(domain)?;
    input::check(domain)?;
    interface::check(domain)?;
    teaming::check(domain)?;
    memory_device::check(domain)?;
    seclabel::check(domain)?;
    namespace::check(domain)?;
    Ok(())
}

/// A list of numbers, all of which may be taken out again.
///
/// # Errors
/// When the text is no list.
pub(super) fn list(text: &str) -> Result<BTreeSet<u32>, ListError> {
    super::cpu_list::parse(text)
        .filter(|_| !text.trim().is_empty())
        .ok_or_else(|| ListError::Malformed {
            text: text.to_owned(),
        })
}

/// A list of numbers that must name at least one.
///
/// # Errors
/// When the text is no list, or an empty one.
fn numbers(text: &str) -> Result<BTreeSet<u32>, ListError> {
    match list(text)? {
        numbers if numbers.is_empty() => Err(ListError::Empty {
            text: text.to_owned(),
        }),
        numbers => Ok(numbers),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::error::Public;

    /// Reads a document of this content, and checks it: the public code and origin, or nothing.
    pub(crate) fn verdict(attributes: &str, content: &str) -> Option<Public> {
        let text = format!(
            "<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>a</name>\
             {content}</domain>"
        );
        let text = text.replacen("<os>", &format!("<os{attributes}>"), 1);
        let document: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        super::check(&document)
            .err()
            .map(|error| (error.code(), error.origin()))
    }

    /// What a rule says of this content.
    pub(crate) fn check(content: &str, expected: Option<Public>) {
        assert_eq!(verdict("", content), expected, "{content}");
    }
}
