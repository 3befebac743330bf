//! A guest in the making: the steps of a start, each of which makes one thing that QEMU needs.

use std::os::fd::{OwnedFd, RawFd};
use std::path::{Path, PathBuf};

use documents::domain::Domain;
use process::{Program, Spawn};
use tokio::runtime::Handle;

use super::attributes::configure;
use super::guest_files::GuestFiles;
use super::order::Order;
use super::save;
use crate::command_line::{self, CommandLine, Runtime, Surroundings};
use crate::devices::MasterKey;
use crate::domain::{DomainError, Live};
use crate::host_side::HostSide;
use crate::vm::control_group::GroupError;
use crate::vm::log::Log;
use crate::vm::network::{self, Network, Passt};
use crate::vm::paths::Paths;
use crate::vm::resources::Resources;
use crate::vm::start::advice::Advice;
use crate::vm::start::{StartError, files, helpers, limits, master_key, nvram, sockets};
use crate::vm::transient::OverlayError;
use crate::vm::{pci_binding, status, transient};

/// The document of a run, the process that is to be, and what has been taken for them so far.
pub(super) struct Making<'a> {
    order: &'a Order,
    live: Live,
    spawn: Spawn,
    resources: &'a mut Resources,
}

/// What comes of it.
pub(super) struct Made {
    pub(super) document: Domain,
    pub(super) log: Log,
    pub(super) spawn: Spawn,
    pub(super) command: Vec<String>,
    pub(super) env: Vec<(String, String)>,
    pub(super) advice: Option<Advice>,
}

impl<'a> Making<'a> {
    pub(super) fn new(order: &'a Order, live: Live, resources: &'a mut Resources) -> Self {
        let emulator = order.capabilities.emulator.clone();
        Self {
            order,
            live,
            spawn: Spawn::new(Program::Emulator(emulator)),
            resources,
        }
    }

    pub(super) fn document(&self) -> &Domain {
        self.live.document()
    }

    pub(super) fn paths(&self) -> &Paths {
        &self.resources.paths
    }

    /// The overlays of transient disks.
    pub(super) fn lay_overlays(&mut self) -> Result<(), StartError> {
        let failed = |source: OverlayError| StartError::Overlay {
            name: self.order.name.clone(),
            source,
        };
        let images = transient::lay_over(self.live.document_mut()).map_err(failed)?;
        let bound = pci_binding::to_take(self.live.document(), &host::Root::default());
        self.resources.changes.bound = bound;
        // Before anything is made, so that a daemon that comes after a kill finds and removes it.
        self.note()?;
        let user = self.order.driver.identity();
        transient::make(&images, user, &mut self.resources.overlays).map_err(failed)
    }

    /// The guest's own directories, with the key under which secrets are handed over.
    pub(super) fn make_home(&mut self) -> Result<MasterKey, StartError> {
        let files = self.files();
        files.directory(&self.paths().lib)?;
        files.directory(&self.paths().channels)?;
        let path = self.paths().master_key();
        master_key::write(&path, files.identity).map_err(files.at("write", &path))
    }

    /// The control group and the resource groups that the document asks for.
    pub(super) fn limit(&mut self) -> Result<(), StartError> {
        let Order {
            driver, id, name, ..
        } = self.order;
        let limited = |source| self.limited(source);
        let group = limits::group(driver, self.document(), *id).map_err(limited)?;
        if let Some(group) = group {
            self.resources.group = Some(group.clone());
            group.make().map_err(|source| self.limited(source))?;
            limits::set(&group, self.document()).map_err(|source| self.limited(source))?;
        }
        limits::name_partition(self.live.document_mut());
        let shares = limits::make_shares(driver, self.document(), *id);
        self.resources.shares = shares.map_err(|source| StartError::Share {
            name: name.clone(),
            source,
        })?;
        Ok(())
    }

    /// The socket on which QEMU will serve its monitor.
    pub(super) fn listen(&self) -> Result<OwnedFd, StartError> {
        self.files().listen(&self.paths().monitor)
    }

    /// The firmware's variables.
    pub(super) fn write_firmware(&self) -> Result<(), StartError> {
        let wanted = nvram::wanted(self.document(), self.order.reset_nvram);
        let Some(copy) = wanted.map_err(DomainError::from)? else {
            return Ok(());
        };
        let files = self.files();
        let made = copy.make(files.identity);
        made.map_err(files.at("make the firmware's variables", copy.place.path()))
    }

    /// What the document says to the protection of the guest's memory.
    pub(super) fn write_certificates(&self) -> Result<(), StartError> {
        let files = self.files();
        for (name, text) in command_line::security::files(self.document()) {
            let path = self.paths().lib.join(name);
            let written = master_key::write_file(&path, text.as_bytes(), files.identity);
            written.map_err(files.at("write", &path))?;
        }
        Ok(())
    }

    pub(super) fn open_log(&self) -> Result<Log, StartError> {
        let path = &self.paths().log;
        Log::open(path).map_err(self.files().at("open", path))
    }

    /// The files that the document names become QEMU's.
    pub(super) fn give_images(&mut self) -> Result<(), StartError> {
        self.give(|making| files::of(making.document()))
    }

    pub(super) fn make_pstore_directory(&self) -> Result<(), StartError> {
        let pstore = self.document().devices.pstore.as_ref();
        match pstore.and_then(|it| Path::new(it.path.as_deref()?).parent()) {
            Some(directory) if !directory.exists() => self.files().directory(directory),
            _ => Ok(()),
        }
    }

    /// Hands a descriptor to QEMU; returns its number there.
    pub(super) fn pass(&mut self, descriptor: OwnedFd) -> RawFd {
        self.spawn.pass(descriptor)
    }

    /// The other ends of interfaces.
    pub(super) fn connect_network(&mut self) -> Result<Network, StartError> {
        let paths = self.resources.paths.clone();
        let passt = Passt {
            prefix: &paths.passt,
            identity: self.order.driver.identity(),
        };
        let undo = &mut self.resources.network;
        let made = network::make(self.live.document_mut(), &mut self.spawn, &passt, undo);
        let network = made.map_err(|source| StartError::Network {
            name: self.order.name.clone(),
            source,
        })?;
        // Devices of the network have their names by now, and what follows may take its time.
        self.note()?;
        Ok(network)
    }

    /// The host's side of the other devices.
    pub(super) fn prepare_devices(&mut self) -> Result<HostSide, StartError> {
        let paths = self.resources.paths.clone();
        let helpers = helpers::Helpers {
            driver: &self.order.driver,
            name: &self.order.name,
            paths: &paths,
        };
        let document = self.live.document_mut();
        let host = helpers.prepare(document, &mut self.spawn, self.resources)?;
        self.give(|making| helpers.device_files(making.document(), &host))?;
        Ok(host)
    }

    pub(super) fn make_memory_directories(
        &mut self,
        surroundings: &Surroundings,
    ) -> Result<(), StartError> {
        let capabilities = &self.order.capabilities;
        let wanted = command_line::memory_directories(self.document(), capabilities, surroundings)?;
        for directory in wanted {
            self.files().directory_among_others(&directory)?;
            self.resources.directories.push(directory);
        }
        Ok(())
    }

    /// QEMU and its helpers share the guest's control group.
    pub(super) fn join_groups(&mut self) -> Result<(), StartError> {
        let Some(group) = &self.resources.group else {
            return Ok(());
        };
        for helper in &self.resources.helpers {
            let joined = group.add_process(helper.pid());
            joined.map_err(|source| self.limited(source))?;
        }
        for directory in group.directories() {
            self.spawn.cgroup(directory);
        }
        Ok(())
    }

    /// The process, ready to be started.
    pub(super) fn finish(
        mut self,
        runtime: &Runtime,
        log: Log,
        advice: Option<Advice>,
    ) -> Result<Made, StartError> {
        let files = self.files();
        let mut reachable = self.live.clone();
        // With its overlay a disk shares its image already, and can be there from the beginning.
        for disk in &mut reachable.document_mut().devices.disks {
            disk.transient = None;
        }
        sockets::shorten(reachable.document_mut(), &mut self.spawn)
            .map_err(|(path, error)| files.at("open", &path)(error))?;
        let Order {
            driver,
            capabilities,
            ..
        } = self.order;
        let CommandLine { args, env, .. } = command_line::build(&reachable, capabilities, runtime)?;
        let document = self.live.document().clone();
        configure(&mut self.spawn, driver, &document, &log, &args, &env)
            .map_err(files.at("open", &self.paths().log))?;
        let program = capabilities.emulator.to_string_lossy().into_owned();
        Ok(Made {
            document,
            log,
            spawn: self.spawn,
            command: std::iter::once(program).chain(args).collect(),
            env,
            advice,
        })
    }

    /// Writes down what has been and will be taken, for a daemon that comes after a kill.
    fn note(&self) -> Result<(), StartError> {
        let Order { driver, name, .. } = self.order;
        let Resources {
            file,
            paths,
            changes,
            ..
        } = &*self.resources;
        let status = status::starting(driver.config(), self.document(), paths, changes);
        Handle::current().block_on(save(driver, name, file, &status))
    }

    /// Gives files to QEMU's user, where it is another.
    fn give(&mut self, paths: impl FnOnce(&Self) -> Vec<PathBuf>) -> Result<(), StartError> {
        let Some(ownership) = self.order.driver.ownership() else {
            return Ok(());
        };
        for path in paths(self) {
            let given = ownership.give(&path);
            given.map_err(|source| StartError::Ownership {
                name: self.order.name.clone(),
                source,
            })?;
            self.resources.changes.given.push(path);
        }
        Ok(())
    }

    fn limited(&self, source: GroupError) -> StartError {
        StartError::Limit {
            name: self.order.name.clone(),
            source,
        }
    }

    fn files(&self) -> GuestFiles<'a> {
        GuestFiles {
            name: &self.order.name,
            identity: self.order.driver.identity(),
        }
    }
}
