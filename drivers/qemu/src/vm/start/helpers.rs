//! The host's side of a guest's devices: what is opened for QEMU, and the programs that serve it.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use documents::domain::Domain;
use driver::layout;
use host::Root;
use process::{Program, Spawn, SpawnError, open_vsock};

use super::StartError;
use crate::config::Identity;
use crate::devices::TpmAccess;
use crate::devices::filesystem::mounted;
use crate::domain::{DomainError, HostDevError, TpmError};
use crate::driver::QemuDriver;
use crate::host_side::{self, HostSide};
use crate::removed::removed;
use crate::vm::helper::{self, Helper, Place};
use crate::vm::paths::Paths;
use crate::vm::resources::Resources;
use crate::vm::swtpm::{self, SwtpmError};
use crate::vm::{pci_binding, virtiofsd};

/// How long a bus may take until it answers.
const BUS: Duration = Duration::from_secs(10);

/// Why the host's side of a device could not be made.
#[derive(Debug, thiserror::Error)]
pub enum HelperError {
    /// The emulated TPM.
    #[error(transparent)]
    Swtpm(#[from] SwtpmError),
    /// A PCI device.
    #[error(transparent)]
    Bind(#[from] pci_binding::BindError),
    /// A program could not be started.
    #[error("a helper of the guest cannot be started")]
    Spawn(#[from] SpawnError),
    /// A file or device could not be made or opened.
    #[error("cannot {what} '{}'", path.display())]
    File {
        /// What was tried.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// The guest's own bus did not come up.
    #[error("the D-Bus of the guest did not come up: see '{}'", log.display())]
    Bus {
        /// What it said.
        log: PathBuf,
    },
}

/// The helpers of one guest, before they are started.
pub(super) struct Helpers<'a> {
    pub(super) driver: &'a QemuDriver,
    /// The guest's name.
    pub(super) name: &'a str,
    /// Where the guest's sockets, logs and pid files are.
    pub(super) paths: &'a Paths,
}

impl Helpers<'_> {
    /// Opens, binds and starts everything, and notes what is taken in `resources` as soon as it is.
    pub(super) fn prepare(
        &self,
        document: &mut Domain,
        spawn: &mut Spawn,
        resources: &mut Resources,
    ) -> Result<HostSide, StartError> {
        let root = Root::default();
        host_side::find_usb(document, &root).map_err(DomainError::from)?;
        let mut side = HostSide {
            hostdevs: host_side::hostdevs(document, &root).map_err(DomainError::from)?,
            render_node: host_side::render_node(document, &root).map_err(DomainError::from)?,
            ..HostSide::default()
        };
        self.bind(document, &root, resources)?;
        self.open(document, spawn, &mut side)?;
        self.start_tpm(document, spawn, &mut side, resources)?;
        self.start_folders(document, &mut side, resources)?;
        self.start_painters(document, spawn, &mut side, resources)?;
        self.start_bus(document, resources)?;
        Ok(side)
    }

    /// The files of devices of the host, once they are prepared.
    pub(super) fn device_files(&self, document: &Domain, side: &HostSide) -> Vec<PathBuf> {
        let taken = pci_binding::wanted(document);
        host_side::device_files(document, side, &taken, &Root::default())
    }

    fn failed(&self, source: impl Into<HelperError>) -> StartError {
        StartError::Helper {
            name: self.name.into(),
            source: source.into(),
        }
    }

    fn at(&self, what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StartError + use<> {
        let (name, path) = (self.name.into(), path.to_owned());
        move |source| StartError::Helper {
            name,
            source: HelperError::File { what, path, source },
        }
    }

    fn identity(&self) -> Option<&Identity> {
        self.driver.identity()
    }

    fn bind(
        &self,
        document: &Domain,
        root: &Root,
        resources: &mut Resources,
    ) -> Result<(), StartError> {
        let wanted = pci_binding::wanted(document);
        // Before a controller is taken from the host that no guest can have.
        if pci_binding::controllers(document).next().is_some() && !host::pci::has_vfio(root) {
            return Err(DomainError::from(HostDevError::NoVfio).into());
        }
        pci_binding::take(&wanted, root, &mut resources.changes.bound)
            .map_err(|error| self.failed(error))
    }

    /// The kernel's devices that QEMU may not open itself.
    fn open(
        &self,
        document: &mut Domain,
        spawn: &mut Spawn,
        side: &mut HostSide,
    ) -> Result<(), StartError> {
        if let Some(vsock) = &mut document.devices.vsock {
            let cid = vsock.cid.get_or_insert_default();
            let wanted = cid.address.filter(|_| cid.auto != Some(true));
            let opened = open_vsock(wanted);
            let path = Path::new("/dev/vhost-vsock");
            let (device, number) = opened.map_err(self.at("open", path))?;
            cid.address = Some(number);
            side.vsock = Some(spawn.pass(device));
        }
        for (at, device) in document.devices.hostdevs.iter().enumerate() {
            if matches!(device.source, documents::domain::HostDevSource::ScsiHost(_)) {
                let path = Path::new("/dev/vhost-scsi");
                let file = read_write(path).map_err(self.at("open", path))?;
                side.hostdevs.entry(at).or_default().vhost = Some(spawn.pass(file));
            }
        }
        Ok(())
    }

    fn start_tpm(
        &self,
        document: &Domain,
        spawn: &mut Spawn,
        side: &mut HostSide,
        resources: &mut Resources,
    ) -> Result<(), StartError> {
        if let Some(path) = document
            .devices
            .tpms
            .iter()
            .find_map(host_side::passthrough)
        {
            let refused = |path: &Path| {
                let path = path.to_owned();
                move |source| DomainError::from(TpmError::Open { path, source })
            };
            let device = read_write(Path::new(path)).map_err(refused(Path::new(path)))?;
            let cancel = cancel_path(Path::new(path));
            let file = fs::File::options().write(true).open(&cancel);
            let file = file.map_err(refused(&cancel))?;
            side.tpm = Some(TpmAccess::Host {
                device: spawn.pass(device),
                cancel: spawn.pass(file),
            });
        }
        let Some((emulator, uuid)) = swtpm::emulator(document).zip(document.uuid) else {
            return Ok(());
        };
        let path = self.paths.swtpm.clone();
        let listener = self.listen(&path, 0o711)?;
        resources.sockets.push(path.clone());
        let place = Place::swtpm(self.paths);
        let order = swtpm::Order {
            emulator,
            name: self.name,
            uuid,
            layout: self.driver.layout(),
            identity: self.identity(),
            log: &place.log,
        };
        let (spawn, fresh) = order
            .prepare(listener)
            .map_err(|error| self.failed(error))?;
        resources.fresh_tpm = fresh.then_some(uuid);
        self.start(place, spawn, resources)?;
        side.tpm = Some(TpmAccess::Emulator(path.to_string_lossy().into_owned()));
        Ok(())
    }

    fn start_folders(
        &self,
        document: &Domain,
        side: &mut HostSide,
        resources: &mut Resources,
    ) -> Result<(), StartError> {
        for (at, alias, program) in host_side::servers(document).map_err(DomainError::from)? {
            let Some(filesystem) = document.devices.filesystems.get(at) else {
                continue;
            };
            let socket = host_side::socket(&self.paths.lib, &alias, "fs");
            let listener = self.listen(Path::new(&socket), 0o750)?;
            let (dir, _) = mounted(filesystem);
            let order = virtiofsd::order(&program, filesystem, dir.unwrap_or_default(), listener);
            self.start(Place::virtiofsd(self.paths, &alias), order, resources)?;
            side.filesystems.insert(at, socket);
        }
        Ok(())
    }

    fn start_painters(
        &self,
        document: &Domain,
        spawn: &mut Spawn,
        side: &mut HostSide,
        resources: &mut Resources,
    ) -> Result<(), StartError> {
        for (at, alias, program) in host_side::painters(document).map_err(DomainError::from)? {
            let pair = UnixStream::pair();
            let (ours, theirs) = pair.map_err(self.at("make the sockets of", &program))?;
            let mut order = Spawn::new(Program::VhostUser(program));
            let socket = order.pass(theirs);
            order.arg(format!("--fd={socket}"));
            let video = document.devices.videos.get(at);
            let model = video.and_then(|video| video.model.as_ref());
            let acceleration = model.and_then(|model| model.acceleration.as_ref());
            if let Some(acceleration) = acceleration {
                if acceleration.accel3d == Some(true) {
                    order.arg("--virgl");
                }
                if let Some(node) = &acceleration.rendernode {
                    order.args(["--render-node", node]);
                }
            }
            order.directory("/").new_session();
            self.start(Place::painter(self.paths, &alias), order, resources)?;
            side.videos.insert(at, spawn.pass(ours));
        }
        Ok(())
    }

    /// A bus of the guest's own, on which QEMU shows the screen.
    fn start_bus(&self, document: &Domain, resources: &mut Resources) -> Result<(), StartError> {
        let Some(socket) = helper::bus_socket(document) else {
            return Ok(());
        };
        self.folder(&socket, 0o711)?;
        let configuration = helper::bus_configuration(&socket);
        let text = bus_rules(&socket);
        let written = fs::File::create(&configuration)
            .and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()));
        written.map_err(self.at("write", &configuration))?;
        resources.sockets.extend(helper::bus_files(document));
        let mut order = Spawn::new(Program::DbusDaemon);
        let (reader, writer) = io::pipe().map_err(self.at("make a pipe for", &socket))?;
        let address = order.pass(OwnedFd::from(writer));
        order.args(["--nofork", "--nopidfile"]);
        order.arg(format!("--config-file={}", configuration.display()));
        order.arg(format!("--print-address={address}"));
        order.directory("/").new_session();
        let place = Place::bus(self.paths);
        let log = place.log.clone();
        self.start(place, order, resources)?;
        // It writes its address when it listens.
        if !answers(reader) {
            return Err(self.failed(HelperError::Bus { log }));
        }
        self.give(&socket)
    }

    fn start(
        &self,
        place: Place,
        mut spawn: Spawn,
        resources: &mut Resources,
    ) -> Result<(), StartError> {
        let furnished = place.furnish(&mut spawn);
        furnished.map_err(self.at("write", &place.log))?;
        let process = spawn.spawn().map_err(|error| self.failed(error))?;
        let helper = Helper::new(self.name, place, process);
        resources.helpers.push(helper);
        Ok(())
    }

    /// A socket that QEMU may connect to, in a folder of that mode.
    fn listen(&self, path: &Path, mode: u32) -> Result<OwnedFd, StartError> {
        self.folder(path, mode)?;
        removed(fs::remove_file(path)).map_err(self.at("remove", path))?;
        let listener = layout::listen(path).map_err(self.at("listen at", path))?;
        self.give(path)?;
        Ok(listener.into())
    }

    fn folder(&self, path: &Path, mode: u32) -> Result<(), StartError> {
        use std::os::unix::fs::DirBuilderExt;
        let Some(folder) = path.parent() else {
            return Ok(());
        };
        let mut builder = fs::DirBuilder::new();
        let made = builder.recursive(true).mode(mode).create(folder);
        made.map_err(self.at("make", folder))
    }

    fn give(&self, path: &Path) -> Result<(), StartError> {
        match self.identity() {
            Some(identity) => identity.own(path).map_err(self.at("give away", path)),
            None => Ok(()),
        }
    }
}

fn read_write(path: &Path) -> io::Result<fs::File> {
    fs::File::options().read(true).write(true).open(path)
}

/// The file through which a command of the host's TPM is broken off.
fn cancel_path(device: &Path) -> PathBuf {
    let name = device.file_name().unwrap_or_default();
    let class = Path::new("/sys/class/tpm").join(name).join("device/cancel");
    if class.exists() {
        class
    } else {
        // Newer interfaces have none; what is written there is lost.
        PathBuf::from("/dev/null")
    }
}

/// Whether a line comes before the other end is closed or time is up.
fn answers(reader: io::PipeReader) -> bool {
    let runtime = tokio::runtime::Handle::current();
    let fd = OwnedFd::from(reader);
    if rustix::io::ioctl_fionbio(&fd, true).is_err() {
        return false;
    }
    runtime.block_on(async {
        let Ok(mut receiver) = tokio::net::unix::pipe::Receiver::from_owned_fd(fd) else {
            return false;
        };
        let mut byte = [0u8; 1];
        let read = tokio::io::AsyncReadExt::read(&mut receiver, &mut byte);
        matches!(tokio::time::timeout(BUS, read).await, Ok(Ok(1)))
    })
}

/// A bus on which everybody who gets in may do everything: it has one guest's QEMU and who watches it.
fn bus_rules(socket: &Path) -> String {
    let path = socket.display();
    format!(
        "<busconfig>\n  <type>org.libvirt.qemu</type>\n  <listen>unix:path={path}</listen>\n  \
         <auth>EXTERNAL</auth>\n  <policy context='default'>\n    \
         <allow send_destination='*' eavesdrop='true'/>\n    <allow eavesdrop='true'/>\n    \
         <allow own='*'/>\n    <allow user='*'/>\n  </policy>\n</busconfig>\n"
    )
}
