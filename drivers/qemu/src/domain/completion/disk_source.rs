//! What the source of a disk leaves out: ports, names, who decrypts; and what means nothing for its kind.

use documents::domain::{
    BackingSource, BackingStore, Disk, DiskSource, Encryption, EncryptionEngine, NetworkProtocol,
    NetworkSource, NvmeSource, Slice, SliceKind, SourceTransport,
};

use super::seclabel::complete_files;

/// Completes the sources of a disk's own image and of those that the document names behind it.
pub(super) fn complete(disk: &mut Disk) {
    complete_one(&mut disk.source);
    complete_encryption(disk.encryption.as_mut());
    let mut below = disk.backing_store.as_deref_mut();
    while let Some(store) = below {
        if store.source == BackingSource::End {
            // Nothing that stands in the end of the chain means anything.
            *store = BackingStore::default();
        }
        store.index = None;
        if let Some(mut source) = store.source.to_source() {
            complete_one(&mut source);
            store.source = BackingSource::from(source);
        }
        below = store.backing_store.as_deref_mut();
    }
}

fn complete_one(source: &mut DiskSource) {
    if let Some(common) = source.common_mut() {
        // The numbers of images belong to a running guest.
        common.index = None;
        let storage = |slice: &Slice| slice.kind == Some(SliceKind::Storage);
        let slice = common.slices.iter().find(|slice| storage(slice)).copied();
        common.slices = slice.into_iter().collect();
        complete_files(&mut common.seclabels);
        complete_encryption(common.encryption.as_mut());
    }
    if let DiskSource::Nvme(nvme) = source
        && *nvme != NvmeSource::default()
    {
        nvme.managed.get_or_insert(true);
    }
    if let DiskSource::Network(network) = source {
        complete_network(network);
    }
}

fn complete_encryption(encryption: Option<&mut Encryption>) {
    if let Some(encryption) = encryption {
        encryption.engine.get_or_insert(EncryptionEngine::Qemu);
    }
}

fn complete_network(network: &mut NetworkSource) {
    if let Some(port) = port(network.protocol) {
        let over_tcp = |transport: Option<SourceTransport>| {
            matches!(transport, None | Some(SourceTransport::Tcp))
        };
        for host in &mut network.hosts {
            if over_tcp(host.transport) {
                host.port.get_or_insert(port);
            }
        }
    }
    if network.protocol == NetworkProtocol::Iscsi
        && let Some(name) = &mut network.name
    {
        with_unit(name);
    }
    let curl = matches!(
        network.protocol,
        NetworkProtocol::Http
            | NetworkProtocol::Https
            | NetworkProtocol::Ftp
            | NetworkProtocol::Ftps
    );
    let http = matches!(
        network.protocol,
        NetworkProtocol::Http | NetworkProtocol::Https
    );
    let encrypted = matches!(
        network.protocol,
        NetworkProtocol::Https | NetworkProtocol::Ftps
    );
    if !http {
        network.cookies.clear();
        network.query = None;
    }
    if !encrypted {
        network.ssl_verify = None;
    }
    if !curl {
        (network.readahead, network.timeout) = (None, None);
    }
    if let Some(reconnect) = &mut network.reconnect {
        reconnect.delay = reconnect.delay.filter(|delay| *delay > 0);
    }
    network.readahead = network.readahead.filter(|size| *size > 0);
    network.timeout = network.timeout.filter(|seconds| *seconds > 0);
}

/// An iSCSI target without a unit means its first one.
pub(super) fn with_unit(name: &mut String) {
    if !name.contains('/') {
        name.push_str("/0");
    }
}

/// The port that a protocol is known by.
fn port(protocol: NetworkProtocol) -> Option<u16> {
    Some(match protocol {
        NetworkProtocol::Nbd => 10809,
        NetworkProtocol::Http => 80,
        NetworkProtocol::Https => 443,
        NetworkProtocol::Ftp => 21,
        NetworkProtocol::Ftps => 990,
        NetworkProtocol::Tftp => 69,
        NetworkProtocol::Iscsi => 3260,
        NetworkProtocol::Gluster => 24007,
        NetworkProtocol::Ssh => 22,
        NetworkProtocol::Sheepdog => 7000,
        NetworkProtocol::Vxhs => 9999,
        // Ceph's own configuration says it; NFS asks the server.
        NetworkProtocol::Rbd | NetworkProtocol::Nfs => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::SourceHost;

    fn completed(network: NetworkSource) -> NetworkSource {
        let mut source = DiskSource::Network(Box::new(network));
        complete_one(&mut source);
        match source {
            DiskSource::Network(network) => *network,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_host_gets_the_port_of_the_protocol_where_there_are_ports() {
        let host = |transport| SourceHost {
            transport,
            ..SourceHost::default()
        };
        let network = completed(NetworkSource {
            protocol: NetworkProtocol::Nbd,
            hosts: vec![host(None), host(Some(SourceTransport::Unix))],
            ..NetworkSource::default()
        });
        let ports: Vec<_> = network.hosts.iter().map(|host| host.port).collect();
        assert_eq!(ports, [Some(10809), None]);
    }

    #[test]
    fn an_iscsi_target_without_a_unit_means_the_first() {
        let network = completed(NetworkSource {
            protocol: NetworkProtocol::Iscsi,
            name: Some("iqn.2020-01.org:disk".to_owned()),
            ..NetworkSource::default()
        });
        assert_eq!(network.name.as_deref(), Some("iqn.2020-01.org:disk/0"));
    }
}
