//! The phase in which everything is made that QEMU needs, before it exists.

mod attributes;
mod guest_files;
mod making;
mod order;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use documents::domain::{Domain, Status};
use driver::store::FileName;
use process::{Program, Spawn};

use self::order::{Failed, Order};
use super::advice::Advice;
use super::spawned::Spawned;
use super::threads::Allotted;
use super::{Abort, Plan, StartError, limits};
use crate::api::errors::EmulatorError;
use crate::capabilities::Capabilities;
use crate::domain::{self, Checked, Context, RandomIds};
use crate::driver::QemuDriver;
use crate::vm::log::{Head, Log};
use crate::vm::paths::Paths;
use crate::vm::resources::Resources;
use crate::vm::status;

/// Everything that QEMU needs, made; dropping it leaves it behind, [`Prepared::unwind`] does not.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The VM's name.
    pub(super) name: Arc<str>,
    /// The document of this run.
    pub(super) document: Domain,
    /// Where the VM's files are.
    pub(super) paths: Arc<Paths>,
    /// The VM's log.
    pub(super) log: Log,
    id: i32,
    driver: Arc<QemuDriver>,
    resources: Resources,
    spawn: Spawn,
    emulator_version: String,
    command: Vec<String>,
    env: Vec<(String, String)>,
    autodestroy: Option<u64>,
    /// Where the host's NUMA daemon would put it.
    advice: Option<Advice>,
}

impl Prepared {
    /// Completes and checks the document against today's QEMU, then makes what it needs.
    pub(super) async fn new(plan: Plan) -> Result<Self, StartError> {
        let Plan {
            driver,
            name,
            id,
            document,
            autodestroy,
            reset_nvram,
        } = plan;
        let emulator = domain::emulator(&document)?;
        let capabilities = driver
            .capabilities()
            .get(&emulator)
            .await
            .map_err(EmulatorError::from)?;
        let processor = driver.capabilities().host_processor().await;
        let checked = check(&driver, document, &capabilities)?;
        let order = Order {
            driver,
            name,
            id,
            checked,
            capabilities,
            processor,
            autodestroy,
            reset_nvram,
        };
        // Following images and changing owners may take as long as a file server likes.
        match tokio::task::spawn_blocking(move || order.prepare()).await {
            Ok(Ok(prepared)) => Ok(prepared),
            Ok(Err(Failed { taken, error })) => {
                if let Some((resources, driver)) = taken {
                    resources.release(&driver).await;
                }
                Err(error)
            }
            Err(_) => Err(StartError::ShuttingDown),
        }
    }

    /// Starts the process.
    pub(super) async fn spawn(mut self, abort: &mut Abort) -> Result<Spawned, StartError> {
        if let Err(error) = abort.check() {
            self.unwind().await;
            return Err(error);
        }
        let status = status::starting(
            self.driver.config(),
            &self.document,
            &self.paths,
            &self.resources.changes,
        );
        if let Err(error) = self.save(&status).await {
            self.unwind().await;
            return Err(error);
        }
        let started = self.begin_log().and_then(|()| {
            let program = Program::Emulator(PathBuf::new());
            let spawn = std::mem::replace(&mut self.spawn, Spawn::new(program));
            spawn.spawn().map_err(|source| StartError::Spawn {
                name: self.name.clone(),
                source,
            })
        });
        let process = match started {
            Ok(process) => process,
            Err(error) => {
                self.unwind().await;
                return Err(error);
            }
        };
        let spawned = Spawned {
            prepared: self,
            process,
        };
        let (pid, start_time) = (spawned.process.pid(), spawned.process.start_time());
        let bound = spawned.prepared.autodestroy.is_some();
        let status = status::with_process(status, pid, start_time, bound);
        if let Err(error) = spawned.prepared.save(&status).await {
            spawned.unwind().await;
            return Err(error);
        }
        spawned.prepared.write_pid(pid);
        Ok(spawned)
    }

    /// What its threads are to be put into.
    pub(super) fn allotted(&self) -> Allotted {
        Allotted {
            group: self.resources.group.clone(),
            shares: self.resources.shares.clone(),
            advice: self.advice.clone(),
        }
    }

    /// Gives everything back.
    pub(super) async fn unwind(self) {
        self.resources.release(&self.driver).await;
    }

    /// What the owner needs of it.
    pub(super) fn into_resources(mut self) -> (Resources, Option<u64>) {
        self.resources.fresh_tpm = None;
        // A change while the VM runs may make one.
        let group = || limits::place(&self.driver, &self.document, self.id);
        self.resources.group.get_or_insert_with(group);
        (self.resources, self.autodestroy)
    }

    async fn save(&self, status: &Status) -> Result<(), StartError> {
        save(&self.driver, &self.name, &self.resources.file, status).await
    }

    fn begin_log(&mut self) -> Result<(), StartError> {
        let head = Head {
            emulator_version: &self.emulator_version,
            hostname: &host::name::hostname(),
            env: &self.env,
            command: &self.command,
        };
        let (name, path) = (self.name.clone(), self.paths.log.clone());
        let begun = self.log.begin(&head);
        begun.map_err(|source| StartError::Prepare {
            name,
            what: "write",
            path,
            source,
        })
    }

    /// The pid file is for people and their scripts; the driver itself goes by the status file.
    fn write_pid(&self, pid: i32) {
        use std::io::Write;
        let written =
            fs::File::create(&self.paths.pid).and_then(|mut file| writeln!(file, "{pid}"));
        if let Err(error) = written {
            tracing::warn!(path = %self.paths.pid.display(), %error, "cannot write a pid file");
        }
    }
}

/// Writes the status file.
async fn save(
    driver: &QemuDriver,
    name: &Arc<str>,
    file: &FileName,
    status: &Status,
) -> Result<(), StartError> {
    let text = driver.status_text(status);
    let written = driver.status_files().write(file, text).await;
    written.map_err(|source| StartError::Status {
        name: name.clone(),
        source,
    })
}

fn check(
    driver: &QemuDriver,
    document: Domain,
    capabilities: &Capabilities,
) -> Result<Checked, StartError> {
    let context = Context {
        capabilities,
        ids: &RandomIds,
        host: driver.host(),
    };
    Ok(domain::check(
        domain::complete(document, &context)?,
        capabilities,
    )?)
}
