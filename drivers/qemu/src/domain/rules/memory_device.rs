//! `<memory model='…'>`: where on the host it lies.

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
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

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
