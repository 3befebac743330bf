//! The objects that exist when the driver starts.

use documents::node_device::NodeDevice;
use documents::storage_pool::StoragePool;
use protocol::enums::DomainState;
use xml::{Options, Xml};

use crate::node_file::{FirstDomain, Node};

/// The default host and its objects.
///
/// The documents are part of the program, so they cannot fail to parse; tests prove that.
pub(crate) fn node() -> Node {
    let domain = parse(include_str!("domain.xml")).map(|document| FirstDomain {
        document,
        state: DomainState::Running,
        is_transient: false,
        managed_save: false,
    });
    let pool: Option<StoragePool> = parse(include_str!("storage_pool.xml"));
    Node {
        domains: domain.into_iter().collect(),
        networks: parse(include_str!("network.xml")).into_iter().collect(),
        interfaces: parse(include_str!("interface.xml")).into_iter().collect(),
        pools: pool.into_iter().map(|pool| (pool, Vec::new())).collect(),
        devices: node_devices(),
        ..Node::default()
    }
}

fn parse<T: Xml>(text: &str) -> Option<T> {
    xml::parse(text, &Options::lenient()).ok()
}

/// The documents of the host's devices, which stand in one file.
fn node_devices() -> Vec<NodeDevice> {
    let documents = include_str!("node_devices.xml").split_inclusive("</device>\n");
    documents.filter_map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Xml>(documents: &[T], text: &str) {
        let written: String = documents.iter().map(xml::format).collect();
        assert_eq!(written.trim(), text.trim());
    }

    #[test]
    fn the_default_objects_read_and_write_as_they_are() {
        let node = node();
        let domains: Vec<_> = node.domains.into_iter().map(|it| it.document).collect();
        check(&domains, include_str!("domain.xml"));
        check(&node.networks, include_str!("network.xml"));
        check(&node.interfaces, include_str!("interface.xml"));
        let pools: Vec<_> = node.pools.into_iter().map(|(pool, _)| pool).collect();
        check(&pools, include_str!("storage_pool.xml"));
        check(&node.devices, include_str!("node_devices.xml"));
    }
}
