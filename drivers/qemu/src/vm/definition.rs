//! What the next boot of a VM will use.
//!
//! Kept as the text that is on disk plus the few facts that lists and queries ask for: a host may have thousands
//! of definitions that nobody starts, and a parsed document is several times as large as its text.

use std::sync::Arc;

use documents::domain::Domain;
use documents::{Errors, Options, Uuid};

/// A completed document, as text, with its facts.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The VM's name.
    pub name: Arc<str>,
    /// The VM's UUID.
    pub uuid: Uuid,
    /// What queries ask for.
    pub facts: Facts,
    text: Box<str>,
}

/// The facts of a document that queries ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The most memory, in KiB.
    pub max_memory_kib: u64,
    /// The memory at boot, in KiB.
    pub memory_kib: u64,
    /// The most processors.
    pub max_vcpus: u32,
    /// The processors that are on.
    pub vcpus: u32,
}

impl Definition {
    /// Of a completed document.
    pub fn of(document: &Domain) -> Self {
        Self {
            name: document.name.as_str().into(),
            uuid: document.uuid.unwrap_or_default(),
            facts: Facts::of(document),
            text: xml::format(document).into(),
        }
    }

    /// Of a document's text, as it is on disk.
    ///
    /// # Errors
    /// When the text is no domain's document.
    pub fn parse(text: &str) -> Result<Self, Errors> {
        let document: Domain = xml::parse(text, &Options::lenient())?;
        Ok(Self::of(&document))
    }

    /// The text, passwords included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document.
    ///
    /// # Errors
    /// Never for a text that [`Definition::of`] made; the caller decides what to do nevertheless.
    pub fn document(&self) -> Result<Domain, Errors> {
        xml::parse(&self.text, &Options::lenient())
    }
}

impl Facts {
    /// The facts of a document.
    pub fn of(document: &Domain) -> Self {
        let memory = document.memory.map_or(0, |memory| memory.kib);
        let max_vcpus = document.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
        Self {
            max_memory_kib: memory,
            memory_kib: document.current_memory.unwrap_or(memory),
            max_vcpus,
            vcpus: document
                .vcpu
                .as_ref()
                .and_then(|vcpu| vcpu.current)
                .unwrap_or(max_vcpus),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<domain type='qemu'><name>a</name>\
        <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>\
        <memory unit='MiB'>64</memory><currentMemory unit='MiB'>32</currentMemory>\
        <vcpu current='2'>4</vcpu><os><type>hvm</type></os></domain>";

    #[test]
    fn the_facts_are_those_of_the_document() {
        let definition = Definition::parse(TEXT).unwrap();
        assert_eq!(&*definition.name, "a");
        assert_eq!(
            definition.uuid.to_string(),
            "c7a5fdbd-edaf-9455-926a-d65c16db1809"
        );
        let facts = Facts {
            max_memory_kib: 65536,
            memory_kib: 32768,
            max_vcpus: 4,
            vcpus: 2,
        };
        assert_eq!(definition.facts, facts);
    }

    #[test]
    fn the_document_comes_back() {
        let definition = Definition::parse(TEXT).unwrap();
        let document = definition.document().unwrap();
        assert_eq!(Definition::of(&document).text(), definition.text());
    }
}
