//! What a start makes, in its order, where blocking is allowed.

use std::path::Path;
use std::sync::Arc;

use driver::store::FileName;

use super::Prepared;
use super::making::{Made, Making};
use crate::capabilities::{Capabilities, HostProcessor};
use crate::command_line::{MonitorSocket, Runtime, Surroundings};
use crate::devices::Secrets;
use crate::domain::{self, Checked, DomainError, Live, PortUse};
use crate::driver::QemuDriver;
use crate::vm::network::Network;
use crate::vm::paths::Paths;
use crate::vm::resctrl::ResourceGroups;
use crate::vm::resources::{HostChanges, Resources};
use crate::vm::start::{StartError, advice, files};

/// The ports of VNC's web sockets.
const WEBSOCKET_PORTS: (u16, u16) = (5700, 65535);

/// What is to be prepared, where blocking is allowed.
pub(super) struct Order {
    pub(super) driver: Arc<QemuDriver>,
    pub(super) name: Arc<str>,
    pub(super) id: i32,
    pub(super) checked: Checked,
    pub(super) capabilities: Arc<Capabilities>,
    pub(super) processor: Arc<HostProcessor>,
    pub(super) autodestroy: Option<u64>,
    pub(super) reset_nvram: bool,
}

/// A preparation that failed, with what had been taken.
pub(super) struct Failed {
    pub(super) taken: Option<(Box<Resources>, Arc<QemuDriver>)>,
    pub(super) error: StartError,
}

impl From<StartError> for Failed {
    fn from(error: StartError) -> Self {
        Self { taken: None, error }
    }
}

impl Order {
    pub(super) fn prepare(mut self) -> Result<Prepared, Failed> {
        let file = FileName::new(&*self.name).map_err(StartError::from)?;
        let paths = Arc::new(Paths::new(self.driver.layout(), self.id, &self.name));
        let mut resources = Resources {
            file,
            paths: paths.clone(),
            changes: HostChanges::default(),
            ports: Vec::new(),
            network: Vec::new(),
            sockets: Vec::new(),
            directories: Vec::new(),
            helpers: Vec::new(),
            overlays: Vec::new(),
            group: None,
            shares: ResourceGroups::default(),
            fresh_tpm: None,
        };
        match self.prepare_into(&mut resources) {
            Ok(made) => Ok(Prepared {
                name: self.name,
                document: made.document,
                paths,
                log: made.log,
                id: self.id,
                driver: self.driver,
                resources,
                spawn: made.spawn,
                emulator_version: version(&self.capabilities),
                command: made.command,
                env: made.env,
                autodestroy: self.autodestroy,
                advice: made.advice,
            }),
            Err(error) => Err(Failed {
                taken: Some((Box::new(resources), self.driver)),
                error,
            }),
        }
    }

    /// Notes in `resources` whatever it takes, as soon as it has taken it.
    fn prepare_into(&mut self, resources: &mut Resources) -> Result<Made, StartError> {
        self.leave_out_missing();
        let chains = domain::images(&self.checked)?;
        let mut live = self.live(resources)?;
        domain::attach(&mut live, &chains);
        let advice = advice::ask(live.document()).map_err(|source| StartError::Advice {
            name: self.name.clone(),
            source,
        })?;
        let mut making = Making::new(self, live, resources);
        making.lay_overlays()?;
        let key = making.make_home()?;
        making.limit()?;
        let monitor = making.listen()?;
        making.write_firmware()?;
        making.write_certificates()?;
        let log = making.open_log()?;
        making.give_images()?;
        making.make_pstore_directory()?;
        let monitor = making.pass(monitor);
        let Network { taps, vdpa } = making.connect_network()?;
        let surroundings = Surroundings {
            advised_nodes: advice.as_ref().map(|advice| advice.nodes.clone()),
            ..self.surroundings()
        };
        let host = making.prepare_devices()?;
        making.make_memory_directories(&surroundings)?;
        making.join_groups()?;
        let paths = making.paths();
        let runtime = Runtime {
            monitor: MonitorSocket::Fd(monitor),
            sandbox: self.driver.config().seccomp_sandbox,
            taps,
            vdpa,
            passt: Some(paths.passt.clone()),
            now: jiff::Timestamp::now().as_second(),
            home: Some(paths.lib.clone()),
            master_key: Some(paths.master_key()),
            host,
            secrets: Secrets::new(key),
            cdroms: files::cdroms(making.document()),
            surroundings,
        };
        making.finish(&runtime, log, advice)
    }

    fn leave_out_missing(&mut self) {
        for target in self.checked.drop_missing(&|path| Path::new(path).exists()) {
            tracing::warn!(
                domain = &*self.name,
                target,
                "an optional image is missing: left out"
            );
        }
    }

    /// The document of this run. Ports that it needs are taken.
    fn live(&self, resources: &mut Resources) -> Result<Live, DomainError> {
        let driver = &self.driver;
        let Resources { paths, ports, .. } = resources;
        let mut next_port = |wanted| {
            let range = match wanted {
                PortUse::Vnc => driver.config().display_ports,
                PortUse::VncWebsocket => WEBSOCKET_PORTS,
            };
            let port = driver.ports().reserve(range).ok()?;
            ports.push(port);
            Some(port)
        };
        let mut start = domain::Start {
            id: self.id,
            home: paths.lib.clone(),
            channel_dir: driver.layout().state_dir(crate::vm::DRIVER).join("channel"),
            vnc_listen: driver.config().vnc_listen.clone(),
            next_port: &mut next_port,
            capabilities: &self.capabilities,
            processor: self.processor.definition.as_ref(),
            counter: self.processor.counter,
        };
        domain::live(&self.checked, &mut start)
    }

    fn surroundings(&self) -> Surroundings {
        let host = self.driver.host().surroundings();
        host.of_guest(self.id, &self.name)
    }
}

fn version(capabilities: &Capabilities) -> String {
    let version = &capabilities.version;
    format!(
        "{}.{}.{}{}",
        version.major, version.minor, version.micro, version.package
    )
}
