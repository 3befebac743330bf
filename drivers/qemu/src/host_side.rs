//! What stands on the host's side of a guest's devices: found by looking, opened or started by a start.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use documents::domain::{
    Domain, FilesystemDriverKind, HostDevSource, ScsiHostDevSource, ScsiProtocol, Tpm, TpmBackend,
};
use host::Root;
use host::scsi::ScsiUnit;

use crate::devices::filesystem::{driver, mounted};
use crate::devices::{HostAccess, TpmAccess};
use crate::domain::checks::hostdevs::pci_driver;
use crate::domain::{DomainError, FilesystemError, HostDevError, TpmError};
use crate::vhost_user::{self, Kind};

/// The host's side of a guest's devices. Descriptors are named by the numbers that QEMU sees; devices of a list by
/// their place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostSide {
    /// The descriptor of `/dev/vhost-vsock`.
    pub vsock: Option<i32>,
    /// How QEMU reaches the TPM, where the guest has one.
    pub tpm: Option<TpmAccess>,
    /// The paths of the sockets at which folders are served.
    pub filesystems: BTreeMap<usize, String>,
    /// How QEMU reaches the devices of the host.
    pub hostdevs: BTreeMap<usize, HostAccess>,
    /// The sockets of the processes that draw for video cards.
    pub videos: BTreeMap<usize, i32>,
    /// The path of the device through which screens are drawn that name none.
    pub render_node: Option<String>,
}

impl HostSide {
    /// What can be said without opening or starting anything: sockets are where a start would have them.
    ///
    /// # Errors
    /// When the host lacks what the document names.
    pub(crate) fn shown(domain: &Domain, home: &Path, root: &Root) -> Result<Self, DomainError> {
        let tpm = domain.devices.tpms.iter().find_map(passthrough);
        if let Some(path) = tpm {
            if !path.contains('/') {
                let path = path.to_owned();
                return Err(TpmError::DevicePath { path }.into());
            }
            std::fs::File::open(path).map_err(|source| TpmError::Open {
                path: PathBuf::from(path),
                source,
            })?;
        }
        Ok(Self {
            hostdevs: hostdevs(domain, root)?,
            filesystems: servers(domain)?
                .into_iter()
                .map(|(at, alias, _)| (at, socket(home, &alias, "fs")))
                .collect(),
            videos: painters(domain)?
                .into_iter()
                .map(|(at, ..)| (at, SHOWN_FD + 2))
                .collect(),
            tpm: tpm.map(|_| TpmAccess::Host {
                device: SHOWN_FD,
                cancel: SHOWN_FD + 1,
            }),
            render_node: render_node(domain, root)?,
            ..Self::default()
        })
    }
}

/// The number of the first descriptor that is shown for a TPM.
const SHOWN_FD: i32 = 24;

/// The host's TPM that a guest is to have.
pub(crate) fn passthrough(tpm: &Tpm) -> Option<&str> {
    match &tpm.backend {
        TpmBackend::Passthrough(passthrough) => passthrough.device.as_deref(),
        _ => None,
    }
}

/// The socket of a server that is started for the device `alias`.
pub(crate) fn socket(home: &Path, alias: &str, what: &str) -> String {
    let path = home.join(format!("{alias}-{what}.sock"));
    path.to_string_lossy().into_owned()
}

/// The folders that a virtiofsd must be started for: place, alias, program.
pub(crate) fn servers(domain: &Domain) -> Result<Vec<(usize, String, PathBuf)>, FilesystemError> {
    let filesystems = domain.devices.filesystems.iter().enumerate();
    let own = filesystems.filter(|(_, filesystem)| {
        driver(filesystem) == FilesystemDriverKind::Virtiofs && mounted(filesystem).1.is_none()
    });
    own.map(|(at, filesystem)| {
        let named = filesystem.binary.as_ref();
        let program = match named.and_then(|binary| binary.path.as_deref()) {
            Some(path) if Path::new(path).is_file() => PathBuf::from(path),
            Some(path) => {
                return Err(FilesystemError::Server {
                    path: path.to_owned(),
                });
            }
            None => vhost_user::program(Kind::Fs).ok_or(FilesystemError::NoServer)?,
        };
        let alias = filesystem.info.alias.clone().unwrap_or_default();
        Ok((at, alias, program))
    })
    .collect()
}

/// The video cards that another process draws for: place, alias, program.
pub(crate) fn painters(
    domain: &Domain,
) -> Result<Vec<(usize, String, PathBuf)>, crate::domain::DisplayError> {
    let videos = domain.devices.videos.iter().enumerate();
    let own = videos.filter(|(_, video)| crate::devices::video::is_vhost_user(video));
    own.map(|(at, video)| {
        let program = vhost_user::program(Kind::Gpu);
        let alias = video.info.alias.clone().unwrap_or_default();
        Ok((
            at,
            alias,
            program.ok_or(crate::domain::DisplayError::NoPainter)?,
        ))
    })
    .collect()
}

/// The device through which a screen without a window is drawn: the first of the host, where the document names none.
pub(crate) fn render_node(domain: &Domain, root: &Root) -> Result<Option<String>, HostDevError> {
    use documents::domain::Graphics;
    let wanting = |graphics: &Graphics| match graphics {
        Graphics::EglHeadless(egl) => egl
            .gl
            .as_ref()
            .and_then(|gl| gl.rendernode.as_ref())
            .is_none(),
        Graphics::Spice(spice) => spice
            .gl
            .as_ref()
            .is_some_and(|gl| gl.enable == Some(true) && gl.rendernode.is_none()),
        _ => false,
    };
    if !domain.devices.graphics.iter().any(wanting) {
        return Ok(None);
    }
    let folder = root.path("dev/dri");
    if let Err(source) = std::fs::read_dir(&folder) {
        return Err(HostDevError::Read {
            path: folder,
            source,
        });
    }
    let first = host::pci::render_nodes(root).first().copied();
    Ok(first.map(|number| format!("/dev/dri/renderD{number}")))
}

/// What is to be known of each device of the host.
pub(crate) fn hostdevs(
    domain: &Domain,
    root: &Root,
) -> Result<BTreeMap<usize, HostAccess>, HostDevError> {
    let mut found = BTreeMap::new();
    for (at, device) in domain.devices.hostdevs.iter().enumerate() {
        let mut access = HostAccess::default();
        match &device.source {
            HostDevSource::Pci(_) => pci_driver(device, host::pci::has_vfio(root))?,
            HostDevSource::Scsi(source) => access.scsi_generic = scsi_generic(source, root)?,
            HostDevSource::ScsiHost(_) if !root.path("dev/vhost-scsi").exists() => {
                return Err(HostDevError::NoVhostScsi);
            }
            _ => {}
        }
        found.insert(at, access);
    }
    Ok(found)
}

/// The generic device of a unit of an adapter of the host; nothing for one that is reached by iSCSI.
fn scsi_generic(source: &ScsiHostDevSource, root: &Root) -> Result<Option<String>, HostDevError> {
    if source.protocol.unwrap_or_default() == ScsiProtocol::Iscsi {
        return Ok(None);
    }
    let adapter = source.adapter.as_deref().ok_or(HostDevError::NoAdapter)?;
    let number = adapter.strip_prefix("scsi_host");
    let unknown = || HostDevError::Adapter {
        name: adapter.to_owned(),
    };
    let place = source.address.ok_or(HostDevError::NoScsiPlace)?;
    let unit = ScsiUnit {
        adapter: number.and_then(|it| it.parse().ok()).ok_or_else(unknown)?,
        channel: place.bus,
        target: place.target,
        unit: place.unit,
    };
    match host::scsi::generic(root, unit) {
        Ok(name) => Ok(Some(format!("/dev/{name}"))),
        Err(source) => Err(HostDevError::Read {
            path: host::scsi::generic_folder(root, unit),
            source,
        }),
    }
}

/// The device files through which QEMU reaches devices of the host. Those of VFIO are there once the devices are taken.
pub(crate) fn device_files(
    domain: &Domain,
    side: &HostSide,
    taken: &[(String, bool)],
    root: &Root,
) -> Vec<PathBuf> {
    let groups = taken.iter().filter_map(|(address, _)| {
        let group = host::pci::device(root, address)?.group?;
        Some(format!("/dev/vfio/{group}"))
    });
    let devices = domain.devices.hostdevs.iter().enumerate();
    let others = devices.filter_map(|(at, device)| match &device.source {
        HostDevSource::Usb(source) => {
            let address = source.address.as_ref()?;
            let (bus, device) = (address.bus?, address.device?);
            Some(format!("/dev/bus/usb/{bus:03}/{device:03}"))
        }
        HostDevSource::Scsi(_) => side.hostdevs.get(&at)?.scsi_generic.clone(),
        HostDevSource::Mdev(source) => {
            let folder = format!("sys/bus/mdev/devices/{}/iommu_group", source.uuid?);
            let group = std::fs::read_link(root.path(folder)).ok()?;
            let group = group.file_name()?.to_string_lossy().into_owned();
            Some(format!("/dev/vfio/{group}"))
        }
        _ => None,
    });
    let mut files: Vec<_> = groups.chain(others).map(PathBuf::from).collect();
    files.sort();
    files.dedup();
    files
}

/// Finds the USB devices that are named by vendor and product, and notes where they are.
///
/// # Errors
/// When a device that must be there is not, or several are and the document does not say which.
pub(crate) fn find_usb(domain: &mut Domain, root: &Root) -> Result<(), HostDevError> {
    use documents::domain::{StartupPolicy, UsbHostAddress};
    let present = host::usb::devices(root);
    for device in &mut domain.devices.hostdevs {
        let HostDevSource::Usb(source) = &mut device.source else {
            continue;
        };
        let (Some(vendor), Some(product)) = (source.vendor, source.product) else {
            continue;
        };
        let named = source.address.clone().unwrap_or_default();
        let fits = |it: &&host::usb::UsbDevice| {
            (it.vendor, it.product) == (vendor, product)
                && named.bus.is_none_or(|bus| bus == it.bus)
                && named.device.is_none_or(|device| device == it.device)
        };
        let mut candidates = present.iter().filter(fits);
        let name = || format!("{vendor:04x}:{product:04x}");
        match (candidates.next(), candidates.next()) {
            (Some(found), None) => {
                source.address = Some(UsbHostAddress {
                    bus: Some(found.bus),
                    device: Some(found.device),
                });
            }
            (Some(_), Some(_)) => return Err(HostDevError::UsbSeveral { device: name() }),
            (None, _) if source.startup_policy == Some(StartupPolicy::Optional) => {
                source.address = None;
            }
            (None, _) => return Err(HostDevError::UsbAbsent { device: name() }),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(devices: &str) -> Domain {
        let text = format!(
            "<domain type='qemu'><name>a</name><os><type>hvm</type></os>\
             <devices>{devices}</devices></domain>"
        );
        xml::parse(&text, &xml::Options::lenient()).unwrap()
    }

    fn root(files: &[(&str, &str)]) -> (tempfile::TempDir, Root) {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let mut file = std::fs::File::create(path).unwrap();
            std::io::Write::write_all(&mut file, content.as_bytes()).unwrap();
        }
        let root = Root::new(folder.path());
        (folder, root)
    }

    const USB: &str = "<hostdev mode='subsystem' type='usb'><source POLICY>\
         <vendor id='0x046d'/><product id='0xc52b'/></source></hostdev>";

    fn stick(name: &str) -> Vec<(String, &'static str)> {
        [
            ("busnum", "1"),
            ("devnum", "6"),
            ("idVendor", "046d"),
            ("idProduct", "c52b"),
        ]
        .map(|(file, text)| (format!("sys/bus/usb/devices/{name}/{file}"), text))
        .to_vec()
    }

    fn find(sticks: &[&str], policy: &str) -> Result<Option<u32>, HostDevError> {
        let files: Vec<_> = sticks.iter().flat_map(|name| stick(name)).collect();
        let files: Vec<_> = files.iter().map(|(a, b)| (a.as_str(), *b)).collect();
        let (_folder, root) = root(&files);
        let mut domain = domain(&USB.replace("POLICY", policy));
        find_usb(&mut domain, &root)?;
        match &domain.devices.hostdevs[0].source {
            HostDevSource::Usb(source) => Ok(source.address.as_ref().and_then(|it| it.device)),
            _ => Ok(None),
        }
    }

    #[test]
    fn a_usb_device_is_found_by_what_it_is() {
        assert_eq!(find(&["1-2"], "").unwrap(), Some(6));
        assert!(matches!(find(&[], ""), Err(HostDevError::UsbAbsent { .. })));
        let several = find(&["1-2", "2-1"], "");
        assert!(matches!(several, Err(HostDevError::UsbSeveral { .. })));
        assert_eq!(find(&[], "startupPolicy='optional'").unwrap(), None);
    }

    #[test]
    fn a_scsi_unit_has_a_generic_device() {
        let unit = "<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host1'/>\
             <address bus='0' target='2' unit='4'/></source></hostdev>";
        let file = "sys/bus/scsi/devices/1:0:2:4/scsi_generic/sg3/dev";
        let (_folder, found) = root(&[(file, "")]);
        let access = hostdevs(&domain(unit), &found).unwrap();
        assert_eq!(access[&0].scsi_generic.as_deref(), Some("/dev/sg3"));
        let (_folder, empty) = root(&[]);
        let absent = hostdevs(&domain(unit), &empty);
        assert!(matches!(absent, Err(HostDevError::Read { .. })));
    }

    #[test]
    fn devices_of_the_host_have_files() {
        let usb = "<hostdev mode='subsystem' type='usb'><source><address bus='1' device='6'/></source></hostdev>";
        let (_folder, root) = root(&[]);
        let mut domain = domain(usb);
        let side = HostSide::default();
        let file = |domain: &Domain, taken| device_files(domain, &side, taken, &root);
        assert_eq!(file(&domain, &[]), [PathBuf::from("/dev/bus/usb/001/006")]);
        domain.devices.hostdevs.clear();
        let folder = root.path("sys/bus/pci/devices/0000:06:02.0");
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["vendor", "device"] {
            let mut file = std::fs::File::create(folder.join(name)).unwrap();
            std::io::Write::write_all(&mut file, b"0x8086").unwrap();
        }
        std::os::unix::fs::symlink("../groups/7", folder.join("iommu_group")).unwrap();
        let taken = [("0000:06:02.0".to_owned(), true)];
        assert_eq!(file(&domain, &taken), [PathBuf::from("/dev/vfio/7")]);
    }

    #[test]
    fn a_pci_device_needs_vfio_unless_the_document_names_it() {
        let card = "<hostdev mode='subsystem' type='pci'>DRIVER<source>\
             <address domain='0' bus='6' slot='2' function='0'/></source></hostdev>";
        let (_folder, root) = root(&[]);
        let check = |driver: &str| hostdevs(&domain(&card.replace("DRIVER", driver)), &root);
        assert!(matches!(check(""), Err(HostDevError::NoVfio)));
        assert!(check("<driver name='vfio'/>").is_ok());
        let other = check("<driver name='kvm'/>");
        assert!(matches!(other, Err(HostDevError::PciDriver { .. })));
    }

    #[test]
    fn a_virtual_hba_needs_the_kernels_side() {
        let port = "<hostdev mode='subsystem' type='scsi_host'>\
             <source protocol='vhost' wwpn='naa.5140514a29c1bd6d'/></hostdev>";
        let (_folder, empty) = root(&[]);
        let absent = hostdevs(&domain(port), &empty);
        assert!(matches!(absent, Err(HostDevError::NoVhostScsi)));
        let (_folder, found) = root(&[("dev/vhost-scsi", "")]);
        assert!(hostdevs(&domain(port), &found).is_ok());
    }

    #[test]
    fn a_server_of_folders_that_the_document_names_is_there() {
        let (folder, _) = root(&[("virtiofsd", "")]);
        let named = |name: &str| {
            let path = folder.path().join(name);
            let text = format!(
                "<filesystem type='mount'><driver type='virtiofs'/><binary path='{}'/>\
                 <source dir='/srv'/><target dir='t'/></filesystem>",
                path.display()
            );
            servers(&domain(&text))
        };
        assert_eq!(named("virtiofsd").unwrap().len(), 1);
        let absent = named("other");
        assert!(matches!(absent, Err(FilesystemError::Server { .. })));
    }

    #[test]
    fn a_screen_without_a_window_is_drawn_by_a_device() {
        let headless = domain("<graphics type='egl-headless'/>");
        let (_folder, empty) = root(&[]);
        let absent = render_node(&headless, &empty);
        assert!(matches!(absent, Err(HostDevError::Read { .. })));
        let named = domain("<graphics type='egl-headless'><gl rendernode='/dev/a'/></graphics>");
        assert_eq!(render_node(&named, &empty).unwrap(), None);
    }
}
