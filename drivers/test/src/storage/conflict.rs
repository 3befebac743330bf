//! Whether two pools would be on the same storage.

use documents::storage_pool::{PoolAdapter, PoolKind, PoolSource, StoragePool};

/// Whether two pools are on the same storage, as far as their documents tell.
pub(super) fn share(one: &StoragePool, other: &StoragePool) -> bool {
    use PoolKind::{Dir, Disk, Fs, Gluster, Iscsi, Logical, Mpath, Netfs, Scsi, Vstorage};
    let (Some(a), Some(b)) = (&one.source, &other.source) else {
        return false;
    };
    if on_devices(one.kind) && on_devices(other.kind) {
        let same = |device| b.devices.iter().any(|other| other == device);
        return a.devices.iter().any(same);
    }
    if one.kind != other.kind {
        return false;
    }
    match one.kind {
        Dir => path(one) == path(other),
        // A host has one multipath.
        Mpath => true,
        Netfs => a.dir == b.dir && same_host(a, b),
        Gluster => a.name == b.name && same_host(a, b),
        Iscsi => a.devices == b.devices && a.initiator == b.initiator && same_host(a, b),
        Scsi => match (&a.adapter, &b.adapter) {
            (Some(a), Some(b)) => same_adapter(a, b),
            _ => false,
        },
        Vstorage => a.name == b.name,
        Fs | Logical | Disk => false,
        PoolKind::IscsiDirect | PoolKind::Rbd | PoolKind::Sheepdog | PoolKind::Zfs => false,
    }
}

fn on_devices(kind: PoolKind) -> bool {
    matches!(kind, PoolKind::Fs | PoolKind::Logical | PoolKind::Disk)
}

fn path(pool: &StoragePool) -> Option<&str> {
    pool.target.as_ref()?.path.as_deref()
}

/// Whether two sources name the same first server. A port counts only where both say one.
fn same_host(a: &PoolSource, b: &PoolSource) -> bool {
    let (Some(a), Some(b)) = (a.hosts.first(), b.hosts.first()) else {
        return false;
    };
    let same_port = a.port.is_none() || b.port.is_none() || a.port == b.port;
    a.name == b.name && same_port
}

/// Adapters of the host have names of two forms; fibre channel ones are their ports.
fn same_adapter(a: &PoolAdapter, b: &PoolAdapter) -> bool {
    let number = |adapter: &PoolAdapter| {
        let name = adapter.name.clone()?;
        let rest = name
            .strip_prefix("scsi_host")
            .or_else(|| name.strip_prefix("host"));
        rest.map(str::to_owned)
    };
    let same_name = number(a).is_some() && number(a) == number(b);
    let same_address = a.parentaddr.is_some() && a.parentaddr == b.parentaddr;
    let same_port = a.wwpn.is_some() && (&a.wwnn, &a.wwpn) == (&b.wwnn, &b.wwpn);
    a.kind == b.kind && (same_name || same_address || same_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(kind: &str, source: &str, path: &str) -> StoragePool {
        let text = format!(
            "<pool type='{kind}'><source>{source}</source><target><path>{path}</path></target></pool>"
        );
        xml::parse(&text, &xml::Options::lenient()).unwrap()
    }

    fn check(one: (&str, &str), other: (&str, &str), expected: bool) {
        let (a, b) = (pool(one.0, one.1, "/p"), pool(other.0, other.1, "/p"));
        assert_eq!(share(&a, &b), expected, "{one:?} {other:?}");
    }

    #[test]
    fn the_same_storage_under_two_names_is_found() {
        let device = "<device path='/a'/>";
        check(("dir", ""), ("dir", ""), true);
        check(("fs", device), ("disk", device), true);
        check(("fs", device), ("dir", ""), false);
        check(("mpath", ""), ("mpath", ""), true);
        let on = |host: &str, dir: &str| format!("<host name='{host}'/><dir path='{dir}'/>");
        check(("netfs", &on("h", "/x")), ("netfs", &on("h", "/x")), true);
        check(("netfs", &on("h", "/x")), ("netfs", &on("h", "/y")), false);
        check(("netfs", &on("h", "/x")), ("netfs", &on("i", "/x")), false);
        let host = "<adapter type='scsi_host' name='host0'/>";
        let long = "<adapter type='scsi_host' name='scsi_host0'/>";
        check(("scsi", host), ("scsi", long), true);
        let iscsi = "<host name='h'/><device path='q'/>";
        let with_port = "<host name='h' port='3260'/><device path='q'/>";
        check(("iscsi", iscsi), ("iscsi", with_port), true);
        let other = "<host name='h'/><device path='q'/><initiator><iqn name='z'/></initiator>";
        check(("iscsi", iscsi), ("iscsi", other), false);
    }
}
