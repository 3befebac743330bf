//! How much memory QEMU may lock: what is to stay in the host's memory, and what devices of the host reach by
//! themselves.

use documents::domain::{DiskSource, Domain, HostDevSource, InterfaceSource};
use process::Resource;

/// What QEMU needs beside the guest's memory to map devices, in KiB.
const MAPPINGS_KIB: u64 = 1 << 20;

/// The most that a process may lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MemoryLock {
    /// So much, in KiB.
    Kib(u64),
    /// Everything.
    Unlimited,
}

impl MemoryLock {
    /// The same in bytes; nothing when there is no limit.
    pub(super) fn bytes(self) -> Option<u64> {
        match self {
            Self::Kib(kib) => Some(kib.saturating_mul(1024)),
            Self::Unlimited => None,
        }
    }
}

/// The limit to be set for a guest: nothing when this process has as much, which QEMU inherits.
pub(super) fn to_raise(domain: &Domain) -> Option<MemoryLock> {
    let own = rustix::process::getrlimit(Resource::Memlock).maximum;
    limit(domain).filter(|wanted| is_more(*wanted, own))
}

/// Whether a limit is above one in bytes, where nothing is no limit.
fn is_more(wanted: MemoryLock, own: Option<u64>) -> bool {
    match (wanted.bytes(), own) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(wanted), Some(own)) => wanted > own,
    }
}

/// The limit that a guest needs, if it needs another one than everybody has. What the document limits the guest's
/// memory to is the most that it could lock.
fn limit(domain: &Domain) -> Option<MemoryLock> {
    let locked = domain
        .memory_backing
        .as_ref()
        .is_some_and(|backing| backing.locked);
    let mappings = mappings(domain);
    if !locked && mappings == 0 {
        return None;
    }
    if let Some(kib) = domain.memtune.as_ref().and_then(|tune| tune.hard_limit) {
        return Some(MemoryLock::Kib(kib));
    }
    if locked {
        return Some(MemoryLock::Unlimited);
    }
    let memory = domain.memory.map_or(0, |memory| memory.kib);
    let kib = memory.saturating_mul(mappings).saturating_add(MAPPINGS_KIB);
    Some(MemoryLock::Kib(kib))
}

/// How many times the guest's memory is mapped for devices of the host. Those of VFIO share one mapping, unless the
/// guest has an IOMMU and may give each its own.
fn mappings(domain: &Domain) -> u64 {
    let devices = &domain.devices;
    let vfio =
        |source: &HostDevSource| matches!(source, HostDevSource::Pci(_) | HostDevSource::Mdev(_));
    let vfio = devices
        .hostdevs
        .iter()
        .filter(|it| vfio(&it.source))
        .count();
    let vfio = match devices.iommu.is_none() {
        true => vfio.min(1),
        false => vfio,
    };
    let vdpa = devices
        .interfaces
        .iter()
        .filter(|it| matches!(it.source, InterfaceSource::Vdpa(_)))
        .count();
    let own =
        |source: &DiskSource| matches!(source, DiskSource::Nvme(_) | DiskSource::VhostVdpa(_));
    let disks = devices.disks.iter().filter(|it| own(&it.source)).count();
    u64::try_from(vfio + vdpa + disks).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str, expected: Option<MemoryLock>) {
        let text = format!(
            "<domain type='qemu'><name>a</name><memory unit='GiB'>2</memory>{content}</domain>"
        );
        let domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        assert_eq!(limit(&domain), expected, "{content}");
    }

    #[test]
    fn what_stays_in_memory_may_be_locked() {
        let locked = "<memoryBacking><locked/></memoryBacking>";
        check("", None);
        check(locked, Some(MemoryLock::Unlimited));
        let limited = format!("<memtune><hard_limit>4096</hard_limit></memtune>{locked}");
        check(&limited, Some(MemoryLock::Kib(4096)));
        check("<memtune><hard_limit>4096</hard_limit></memtune>", None);
    }

    #[test]
    fn a_limit_is_only_raised() {
        assert!(is_more(MemoryLock::Unlimited, Some(1 << 20)));
        assert!(is_more(MemoryLock::Kib(2), Some(1024)));
        assert!(!is_more(MemoryLock::Kib(1), Some(1024)));
        assert!(!is_more(MemoryLock::Unlimited, None));
    }

    #[test]
    fn devices_of_the_host_reach_all_of_the_memory() {
        let card = "<hostdev mode='subsystem' type='pci'><source>\
             <address domain='0' bus='1' slot='0' function='0'/></source></hostdev>";
        let two = format!("<devices>{card}{card}</devices>");
        check(&two, Some(MemoryLock::Kib((2 << 20) + (1 << 20))));
        let apart = format!("<devices>{card}{card}<iommu model='intel'/></devices>");
        check(&apart, Some(MemoryLock::Kib((4 << 20) + (1 << 20))));
    }
}
