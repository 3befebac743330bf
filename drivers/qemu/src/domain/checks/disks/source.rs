//! Disks: where the image is, how it is encrypted and what is behind it.

use crate::domain::completion::source_is_empty;
use documents::domain::{
    BackingSource, Disk, DiskBus, DiskDevice, DiskFormat, DiskSource, Domain, Encryption,
    EncryptionEngine, EncryptionFormat, NetworkProtocol, NetworkSource, NvmeSource, SourceCommon,
    SourceHost, SourceTransport, StartupPolicy, VhostUserSource,
};

use super::{broken, first};
use crate::capabilities::{Capabilities, Feature};
use crate::domain::checks::filesystems::has_shared_memory;
use crate::domain::error::{DiskError, DiskRule};

pub(super) fn check(
    disk: &Disk,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), DiskError> {
    let format = disk.driver.as_ref().and_then(|driver| driver.format);
    check_format(disk, format)?;
    check_auth(disk)?;
    if let DiskSource::VhostUser(process) = &disk.source {
        check_vhost_user(disk, process)?;
    }
    check_image(disk, &disk.source, format)?;
    check_encryption(disk, &disk.source, disk.encryption.as_ref(), format)?;
    let policy = disk
        .source
        .common()
        .and_then(|common| common.startup_policy);
    let removable = matches!(disk.device, Some(DiskDevice::Cdrom | DiskDevice::Floppy));
    first(
        disk,
        [
            (
                policy.is_some() && matches!(disk.source, DiskSource::Network(_)),
                DiskRule::NetworkStartupPolicy,
            ),
            (
                policy == Some(StartupPolicy::Requisite) && !removable,
                DiskRule::RequisiteDisk,
            ),
        ],
    )?;
    check_outside(disk, domain, capabilities)?;
    check_transient(disk)?;
    check_backing(disk)
}

/// Formats that no disk can have, or that QEMU does not read.
fn check_format(disk: &Disk, format: Option<DiskFormat>) -> Result<(), DiskError> {
    let Some(format) = format else { return Ok(()) };
    first(
        disk,
        [(
            matches!(
                format,
                DiskFormat::Auto | DiskFormat::Luks | DiskFormat::Vhdx | DiskFormat::Vmdk4
            ),
            DiskRule::UnknownFormat,
        )],
    )?;
    check_source_format(disk, &disk.source, format)?;
    let directory = matches!(disk.source, DiskSource::Dir(_));
    first(disk, [(directory && !disk.readonly, DiskRule::FatReadonly)])
}

/// Which format goes with which source, of the disk itself or of an image behind it.
fn check_source_format(
    disk: &Disk,
    source: &DiskSource,
    format: DiskFormat,
) -> Result<(), DiskError> {
    let directory = matches!(source, DiskSource::Dir(_));
    // What a volume is shows at start.
    let volume = matches!(source, DiskSource::Volume(_));
    first(
        disk,
        [
            (
                directory && format != DiskFormat::Fat,
                DiskRule::FatSourceFormat,
            ),
            (
                !directory && !volume && format == DiskFormat::Fat,
                DiskRule::FatSource,
            ),
            (
                matches!(format, DiskFormat::Iso | DiskFormat::Cow | DiskFormat::Dir),
                DiskRule::NoFormat,
            ),
        ],
    )
}

fn check_image(
    disk: &Disk,
    source: &DiskSource,
    format: Option<DiskFormat>,
) -> Result<(), DiskError> {
    match source {
        DiskSource::Network(network) => check_network(disk, network)?,
        DiskSource::Nvme(nvme) => check_nvme(disk, nvme)?,
        _ => {}
    }
    if let Some(common) = source.common() {
        check_data_store(disk, common, format)?;
    }
    let Some(SourceCommon {
        reservations: Some(reservations),
        ..
    }) = source.common()
    else {
        return Ok(());
    };
    let complete = reservations.source.as_ref().is_some_and(|source| {
        source.kind == "unix" && source.path.is_some() && source.mode.as_deref() == Some("client")
    });
    first(
        disk,
        [
            (
                reservations.managed != Some(true) && !complete,
                DiskRule::ReservationsSource,
            ),
            (disk.device != Some(DiskDevice::Lun), DiskRule::Reservations),
        ],
    )
}

/// The file that holds the bytes of an image that holds only tables.
fn check_data_store(
    disk: &Disk,
    owner: &SourceCommon,
    format: Option<DiskFormat>,
) -> Result<(), DiskError> {
    let Some(data) = owner.data_store.as_deref() else {
        return Ok(());
    };
    let source = data.source.to_source();
    let common = source.as_ref().and_then(DiskSource::common);
    let raw = data.format.as_ref().map(|format| format.format) == Some(DiskFormat::Raw);
    first(
        disk,
        [
            (format != Some(DiskFormat::Qcow2), DiskRule::DataStoreOwner),
            (!raw, DiskRule::DataStoreFormat),
            (
                common.is_some_and(|common| common.data_store.is_some()),
                DiskRule::DataStoreNested,
            ),
            (
                common.is_some_and(|common| !common.slices.is_empty()),
                DiskRule::DataStoreSlice,
            ),
        ],
    )
}

/// What a secret can be for.
const SECRET_TYPES: [&str; 6] = ["none", "volume", "ceph", "iscsi", "tls", "vtpm"];

/// A password is the network's, and of the kind that the protocol knows.
fn check_auth(disk: &Disk) -> Result<(), DiskError> {
    let DiskSource::Network(network) = &disk.source else {
        return Ok(());
    };
    let Some(auth) = network.auth.as_ref().or(disk.auth.as_ref()) else {
        return Ok(());
    };
    use NetworkProtocol::{Gluster, Iscsi, Nbd, Nfs, Rbd, Sheepdog, Tftp, Vxhs};
    let wanted = match network.protocol {
        Iscsi => Some("iscsi"),
        Rbd => Some("ceph"),
        _ => None,
    };
    let kind = auth
        .secret
        .as_ref()
        .and_then(|secret| secret.kind.as_deref());
    first(
        disk,
        [
            (
                matches!(
                    network.protocol,
                    Nbd | Sheepdog | Gluster | Tftp | Vxhs | Nfs
                ),
                DiskRule::AuthProtocol,
            ),
            (
                !kind.is_some_and(|kind| SECRET_TYPES.contains(&kind)),
                DiskRule::AuthSecretType,
            ),
            (
                wanted.is_some_and(|wanted| kind != Some(wanted)),
                DiskRule::AuthSecret,
            ),
        ],
    )
}

fn check_network(disk: &Disk, network: &NetworkSource) -> Result<(), DiskError> {
    let unix = |transport| transport == Some(SourceTransport::Unix);
    let name = network.name.as_deref().unwrap_or_default();
    let split = name.find('/').is_some_and(|at| at > 0);
    first(
        disk,
        [
            (
                network
                    .hosts
                    .iter()
                    .any(|host| unix(host.transport) && host.socket.is_none()),
                DiskRule::UnixSocket,
            ),
            (
                network
                    .hosts
                    .iter()
                    .any(|host| !unix(host.transport) && host.socket.is_some()),
                DiskRule::SocketTransport,
            ),
            (
                name.is_empty() && network.protocol != NetworkProtocol::Nbd,
                DiskRule::SourceName,
            ),
            (
                matches!(
                    network.protocol,
                    NetworkProtocol::Rbd | NetworkProtocol::Gluster
                ) && !split,
                DiskRule::PathSplit,
            ),
            (
                network.protocol == NetworkProtocol::Sheepdog,
                DiskRule::Sheepdog,
            ),
            (network.protocol == NetworkProtocol::Tftp, DiskRule::Tftp),
            (
                network.protocol == NetworkProtocol::Nfs && !is_nfs_server(&network.hosts),
                DiskRule::NfsHost,
            ),
        ],
    )?;
    check_cookies(disk, network)
}

/// NFS asks one server, by TCP, for its ports.
fn is_nfs_server(hosts: &[SourceHost]) -> bool {
    match hosts {
        [host] => {
            matches!(host.transport, None | Some(SourceTransport::Tcp)) && host.port.is_none()
        }
        _ => false,
    }
}

/// RFC 6265, section 4.1.1: names are tokens, values are cookie octets, perhaps in quotes.
fn check_cookies(disk: &Disk, network: &NetworkSource) -> Result<(), DiskError> {
    let token = |c: char| c.is_ascii_graphic() && !"()<>@,;:\\\"/[]?={}".contains(c);
    let octet = |c: char| c.is_ascii_graphic() && !"\",;\\".contains(c);
    for (at, cookie) in network.cookies.iter().enumerate() {
        let value = cookie
            .value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .unwrap_or(&cookie.value);
        let named = |other: &documents::domain::Cookie| other.name == cookie.name;
        first(
            disk,
            [
                (!cookie.name.chars().all(token), DiskRule::CookieName),
                (!value.chars().all(octet), DiskRule::CookieValue),
                (
                    network.cookies.iter().take(at).any(named),
                    DiskRule::CookieTwice,
                ),
            ],
        )?;
    }
    Ok(())
}

fn check_nvme(disk: &Disk, nvme: &NvmeSource) -> Result<(), DiskError> {
    first(
        disk,
        [
            (nvme.kind.as_deref() != Some("pci"), DiskRule::NvmeType),
            (nvme.namespace == Some(0), DiskRule::NvmeNamespace),
            (nvme.address.is_none(), DiskRule::NvmeAddress),
        ],
    )
}

/// Nearly all that a disk may say is the business of the process at the other end.
fn check_vhost_user(disk: &Disk, process: &VhostUserSource) -> Result<(), DiskError> {
    let driver = disk.driver.as_deref();
    let options = driver.is_some_and(|driver| {
        driver.cache.is_some()
            || driver.error_policy.is_some()
            || driver.rerror_policy.is_some()
            || driver.io.is_some()
            || driver.ioeventfd.is_some()
            || driver.copy_on_read.is_some()
            || driver.discard.is_some()
            || driver.iothread.is_some()
            || driver.detect_zeroes.is_some()
            || driver.metadata_cache.is_some()
    });
    let rest = disk.transient.is_some()
        || disk.iotune.is_some()
        || disk.geometry.is_some()
        || disk.blockio.is_some()
        || disk.serial.is_some()
        || disk.wwn.is_some()
        || disk.vendor.is_some()
        || disk.product.is_some()
        || disk.encryption.is_some()
        || disk.readonly
        || disk.shareable
        || disk.backing_store.is_some()
        || disk.rawio.is_some()
        || disk.sgio.is_some()
        || disk.snapshot != Some(documents::domain::DiskSnapshot::No);
    first(
        disk,
        [
            (
                process.kind.as_deref() != Some("unix"),
                DiskRule::VhostUserType,
            ),
            (process.path.is_none(), DiskRule::VhostUserPath),
            (
                disk.target.bus != Some(DiskBus::Virtio),
                DiskRule::VhostUserBus,
            ),
            (!disk.throttlefilters.is_empty(), DiskRule::ThrottleBus),
            (options || rest, DiskRule::VhostUserOption),
        ],
    )
}

/// Disks that another process or device serves out of the guest's memory.
fn check_outside(
    disk: &Disk,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), DiskError> {
    let vdpa = matches!(disk.source, DiskSource::VhostVdpa(_));
    let nameless = matches!(&disk.source, DiskSource::VhostVdpa(source) if source.dev.is_none());
    if !vdpa && !matches!(disk.source, DiskSource::VhostUser(_)) {
        return Ok(());
    }
    first(
        disk,
        [
            (nameless, DiskRule::VdpaDevice),
            (
                vdpa && !capabilities.has(Feature::BlockdevVhostVdpa),
                DiskRule::VhostVdpa,
            ),
            (
                vdpa && disk.target.bus != Some(DiskBus::Virtio),
                DiskRule::VhostVdpaBus,
            ),
            (!has_shared_memory(domain), DiskRule::SharedMemory),
        ],
    )
}

fn check_encryption(
    disk: &Disk,
    source: &DiskSource,
    outside: Option<&Encryption>,
    format: Option<DiskFormat>,
) -> Result<(), DiskError> {
    let inside = source
        .common()
        .and_then(|common| common.encryption.as_ref());
    let Some(encryption) = inside.or(outside) else {
        return Ok(());
    };
    let librbd = encryption.engine == Some(EncryptionEngine::Librbd);
    let format = format.unwrap_or_default();
    let rbd =
        matches!(source, DiskSource::Network(network) if network.protocol == NetworkProtocol::Rbd);
    first(
        disk,
        [
            (
                encryption.format == EncryptionFormat::Luks && encryption.cipher.is_some(),
                DiskRule::Cipher,
            ),
            (
                disk.target.bus == Some(DiskBus::Sd) && encryption.secrets.len() > 1,
                DiskRule::SdSecrets,
            ),
            (
                matches!(
                    encryption.format,
                    EncryptionFormat::Default | EncryptionFormat::Qcow
                ),
                DiskRule::OldEncryption,
            ),
            (librbd && !rbd, DiskRule::LibrbdSource),
            (
                !librbd
                    && matches!(
                        encryption.format,
                        EncryptionFormat::Luks2 | EncryptionFormat::LuksAny
                    ),
                DiskRule::EncryptionEngine,
            ),
            (
                !librbd && !matches!(format, DiskFormat::Raw | DiskFormat::Qcow2),
                DiskRule::EncryptionFormat,
            ),
            (!librbd && encryption.secrets.len() > 1, DiskRule::KeyCount),
        ],
    )
}

fn check_transient(disk: &Disk) -> Result<(), DiskError> {
    let Some(transient) = &disk.transient else {
        return Ok(());
    };
    let bus = disk.target.bus.unwrap_or_default();
    first(
        disk,
        [
            (source_is_empty(&disk.source), DiskRule::TransientEmpty),
            (disk.readonly, DiskRule::TransientReadonly),
            (
                !matches!(disk.source, DiskSource::File(_)),
                DiskRule::TransientFile,
            ),
            (
                disk.device != Some(DiskDevice::Disk),
                DiskRule::TransientLun,
            ),
        ],
    )?;
    if transient.share_backing == Some(true)
        && !matches!(bus, DiskBus::Virtio | DiskBus::Usb | DiskBus::Scsi)
    {
        return Err(DiskError::ShareBacking {
            bus: crate::domain::completion::os::word(bus),
        });
    }
    Ok(())
}

/// The chain that the document spells out.
fn check_backing(disk: &Disk) -> Result<(), DiskError> {
    let mut below = disk.backing_store.as_deref();
    while let Some(store) = below {
        if store.source == BackingSource::End {
            return Ok(());
        }
        let Some(format) = &store.format else {
            return Err(broken(DiskRule::BackingFormat, disk));
        };
        if let Some(source) = store.source.to_source() {
            check_source_format(disk, &source, format.format)?;
            check_image(disk, &source, Some(format.format))?;
            let cache = format.metadata_cache.as_ref();
            let cached = cache
                .and_then(|cache| cache.max_size)
                .is_some_and(|size| size.bytes > 0);
            if cached && format.format != DiskFormat::Qcow2 {
                return Err(broken(DiskRule::MetadataCache, disk));
            }
            check_encryption(disk, &source, None, Some(format.format))?;
        }
        below = store.backing_store.as_deref();
    }
    Ok(())
}
