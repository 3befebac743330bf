//! `<memory model='…'>`: where on the host it lies; `<shmem>`: in which unit it is measured.

use documents::domain::Domain;

use super::numbers;
use crate::domain::error::MemoryDeviceError;

pub(super) fn check(domain: &Domain) -> Result<(), MemoryDeviceError> {
    for memory in &domain.devices.memories {
        let source = memory.source.as_ref();
        if let Some(nodes) = source.and_then(|source| source.nodemask.as_deref()) {
            numbers(nodes)?;
        }
    }
    let sizes = domain
        .devices
        .shmems
        .iter()
        .filter_map(|it| it.size.as_ref());
    for unit in sizes.filter_map(|size| size.unit.as_ref()) {
        if xml::unit_bytes(unit).is_none() {
            return Err(MemoryDeviceError::Unit { unit: unit.clone() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    #[test]
    fn memory_between_guests_has_a_known_unit() {
        let shmem = |unit: &str| {
            format!("<devices><shmem name='a'><size unit='{unit}'>4</size></shmem></devices>")
        };
        check(&shmem("M"), None);
        check(&shmem(""), None);
        check(&shmem("0"), Some((Code::InvalidArg, Origin::None)));
    }

    #[test]
    fn nodes_are_a_list() {
        let memory = |nodes: &str, expected| {
            let text = format!(
                "<devices><memory model='dimm'><source><nodemask>{nodes}</nodemask></source>\
                 <target><size unit='MiB'>128</size><node>0</node></target></memory></devices>"
            );
            check(&text, expected);
        };
        memory("0-1", None);
        memory("here", Some((Code::InvalidArg, Origin::None)));
        memory("1,^1", Some((Code::ConfigUnsupported, Origin::Domain)));
    }
}
