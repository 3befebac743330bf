//! One conversation with a QEMU binary that runs no guest.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use process::{Process, Program, Signal, Spawn, Stdio};
use qmp::{Command, Monitor, Options, Pending};
use rustix::fs::MemfdFlags;
use serde::Serialize;
use serde_json::value::RawValue;

use super::cpu_replies::CpuReplies;
use super::replies::Replies;
use super::{Capabilities, ProbeError, cpu_replies, feature};

/// How long a binary may take for everything. A usual one needs a fifth of a second.
const LIMIT: Duration = Duration::from_secs(20);

/// What QEMU may print before it is cut off in a message.
const OUTPUT_LIMIT: usize = 4096;

/// Declares queries without arguments whose answers are kept as text, and sends all of them.
macro_rules! queries {
    ($($name:ident = $wire:literal),+ $(,)?) => {
        $(
            #[derive(Serialize)]
            struct $name;
            impl Command for $name {
                type Ret = Box<RawValue>;
                const NAME: &'static str = $wire;
            }
        )+
        fn submit_queries(monitor: &Monitor) -> Vec<(&'static str, Pending<Box<RawValue>>)> {
            vec![$(($wire, monitor.submit(&$name))),+]
        }
    };
}

queries! {
    QueryVersion = "query-version",
    QueryTarget = "query-target",
    QueryKvm = "query-kvm",
    QueryMachines = "query-machines",
    QueryCommands = "query-commands",
    QueryQmpSchema = "query-qmp-schema",
    QueryCommandLineOptions = "query-command-line-options",
    QueryTpmModels = "query-tpm-models",
    QueryTpmTypes = "query-tpm-types",
    QuerySevCapabilities = "query-sev-capabilities",
    QuerySgxCapabilities = "query-sgx-capabilities",
    QueryGicCapabilities = "query-gic-capabilities",
}

/// The QOM types below another one.
#[derive(Serialize)]
struct QomListTypes {
    implements: &'static str,
    #[serde(rename = "abstract")]
    abstract_too: bool,
}

impl Command for QomListTypes {
    type Ret = Box<RawValue>;
    const NAME: &'static str = "qom-list-types";
}

/// The properties of a device model.
#[derive(Serialize)]
struct DeviceListProperties {
    typename: &'static str,
}

impl Command for DeviceListProperties {
    type Ret = Box<RawValue>;
    const NAME: &'static str = "device-list-properties";
}

/// Asks the binary at `emulator` what it can do. Its processes are gone when this returns or is dropped.
///
/// With `kvm` a second process is asked at the same time what CPUs it gives without.
pub(super) async fn probe(emulator: &Path, kvm: bool) -> Result<Capabilities, ProbeError> {
    let second = async {
        if !kvm {
            return None;
        }
        // A binary that was built without translation ends at once; the first process says why anything else fails.
        ask(
            emulator,
            "tcg",
            |monitor| async move { cpus(&monitor).await },
        )
        .await
        .ok()
    };
    let first = ask(emulator, "kvm:tcg", |monitor| async move {
        collect(&monitor).await
    });
    let (replies, translated) = tokio::join!(first, second);
    let mut replies = replies?;
    replies.translated = translated;
    replies.into_capabilities(emulator)
}

/// Starts the binary with an accelerator, and has a conversation with it.
async fn ask<T, F>(
    emulator: &Path,
    accelerator: &str,
    conversation: impl FnOnce(Monitor) -> F,
) -> Result<T, ProbeError>
where
    F: Future<Output = Result<T, qmp::Error>>,
{
    let (running, socket) = Running::start(emulator, accelerator)?;
    let talk = running.talk(emulator, socket, conversation);
    match tokio::time::timeout(LIMIT, talk).await {
        Ok(answer) => answer,
        Err(_) => Err(ProbeError::Silent {
            emulator: emulator.to_owned(),
            limit: LIMIT,
        }),
    }
}

/// A QEMU without a guest, killed when dropped: it has nothing to lose.
struct Running {
    process: Process,
    output: OwnedFd,
}

impl Running {
    fn start(emulator: &Path, accelerator: &str) -> Result<(Self, OwnedFd), ProbeError> {
        let prepare = |source| ProbeError::Prepare {
            emulator: emulator.to_owned(),
            source,
        };
        let (socket, theirs) = UnixStream::pair().map_err(prepare)?;
        let output = rustix::fs::memfd_create("qemu-output", MemfdFlags::CLOEXEC)
            .map_err(|errno| prepare(errno.into()))?;
        let stderr = output.try_clone().map_err(prepare)?;
        let mut spawn = Spawn::new(Program::Emulator(emulator.to_owned()));
        let fd = spawn.pass(theirs);
        spawn
            .args(["-S", "-no-user-config", "-nodefaults", "-nographic"])
            .args(["-machine", &format!("none,accel={accelerator}")])
            .args(["-chardev", &format!("socket,id=monitor,fd={fd}")])
            .args(["-mon", "chardev=monitor,mode=control"])
            .env("LC_ALL", "C")
            .stderr(Stdio::Fd(stderr))
            .dies_with_us(Signal::KILL);
        let process = spawn.spawn().map_err(|source| ProbeError::Start {
            emulator: emulator.to_owned(),
            source,
        })?;
        Ok((Self { process, output }, socket.into()))
    }

    async fn talk<T, F>(
        &self,
        emulator: &Path,
        socket: OwnedFd,
        conversation: impl FnOnce(Monitor) -> F,
    ) -> Result<T, ProbeError>
    where
        F: Future<Output = Result<T, qmp::Error>>,
    {
        let name = emulator.display().to_string();
        let connected = Monitor::connect_fd(socket, Options::new(name)).await;
        let (monitor, _events) = connected.map_err(|source| ProbeError::Greeting {
            emulator: emulator.to_owned(),
            output: self.output(),
            source,
        })?;
        conversation(monitor)
            .await
            .map_err(|source| ProbeError::Conversation {
                emulator: emulator.to_owned(),
                output: self.output(),
                source,
            })
    }

    /// What QEMU printed, for the message.
    fn output(&self) -> String {
        let mut bytes = vec![0; OUTPUT_LIMIT];
        let read = rustix::io::pread(&self.output, &mut bytes, 0).unwrap_or(0);
        bytes.truncate(read);
        String::from_utf8_lossy(&bytes).trim().to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Nothing is lost when it is gone already.
        let _ = self.process.kill(Signal::KILL);
    }
}

/// All questions go out together; what QEMU refuses stays unanswered.
async fn collect(monitor: &Monitor) -> Result<Replies, qmp::Error> {
    let cpus = cpu_replies::submit(monitor);
    let queries = submit_queries(monitor);
    let devices = monitor.submit(&QomListTypes {
        implements: "device",
        abstract_too: false,
    });
    let objects = monitor.submit(&QomListTypes {
        implements: "user-creatable",
        abstract_too: false,
    });
    let properties: Vec<_> = feature::asked_devices()
        .into_iter()
        .map(|typename| (typename, monitor.submit(&DeviceListProperties { typename })))
        .collect();
    let mut replies = Replies {
        cpus: cpus.answers().await?,
        ..Replies::default()
    };
    for (query, answer) in queries {
        if let Some(text) = text(answer.await)? {
            replies.answers.insert(query, text);
        }
    }
    replies.devices = text(devices.await)?.unwrap_or_else(|| "[]".to_owned());
    replies.objects = text(objects.await)?.unwrap_or_else(|| "[]".to_owned());
    for (device, answer) in properties {
        if let Some(text) = text(answer.await)? {
            replies.properties.insert(device, text);
        }
    }
    Ok(replies)
}

/// What is asked of CPUs.
async fn cpus(monitor: &Monitor) -> Result<CpuReplies, qmp::Error> {
    cpu_replies::submit(monitor).answers().await
}

/// An answer; nothing when QEMU does not know the query or cannot tell.
pub(super) fn known<T>(answer: Result<T, qmp::Error>) -> Result<Option<T>, qmp::Error> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.refused().is_some() => Ok(None),
        Err(error) => Err(error),
    }
}

/// An answer's text.
fn text(answer: Result<Box<RawValue>, qmp::Error>) -> Result<Option<String>, qmp::Error> {
    let text = |value| Box::<str>::from(value).into_string();
    Ok(known(answer)?.map(text))
}
