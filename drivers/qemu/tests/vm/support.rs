//! A private root with a driver in it, and clients of it.

#![allow(
    unreachable_pub,
    missing_debug_implementations,
    clippy::unwrap_used,
    clippy::panic,
    reason = "this is part of a test"
)]

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use driver::Layout;
use protocol::enums::DomainState;
use protocol::error::Code;
use protocol::flags::{
    ConnectFlags, ConnectGetAllDomainStatsFlags as StatsFlags, DomainCreateFlags, DomainXmlFlags,
    NoFlags, Tolerant,
};
use protocol::procedure::{Event, Procedure};
use protocol::remote::{self as wire, NonnullDomain};
use protocol::typed_param::TypedParam;
use qemu_driver::{Config, Mode, QemuDriver};
use rpc::client::{CallError, Connection, Events, Incoming, Options};
use rpc::{Limits, transport};
use rustix::process::{Pid, Signal, kill_process};
use tokio::time::timeout;

/// Nothing that is waited for takes so long.
const PATIENCE: Duration = Duration::from_secs(30);

/// A document of the smallest guest that there is: firmware and a serial port.
pub fn domain(name: &str) -> String {
    format!(
        "<domain type='qemu'><name>{name}</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>\
         <os><type arch='x86_64' machine='pc'>hvm</type></os>\
         <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>\
         <serial type='pty'/><memballoon model='none'/></devices></domain>"
    )
}

/// Makes a raw image of 1 MiB.
pub fn raw_image(path: &Path) {
    File::create(path).unwrap().set_len(1 << 20).unwrap();
}

/// A private root with a driver in it.
pub struct Host {
    root: tempfile::TempDir,
    mode: Mode,
    driver: Option<Arc<QemuDriver>>,
}

impl Host {
    /// A new root.
    pub async fn new() -> Self {
        Self::with(Mode::Session).await
    }

    /// A new root with a driver of this kind.
    pub async fn with(mode: Mode) -> Self {
        let root = tempfile::tempdir().unwrap();
        let mut host = Self {
            root,
            mode,
            driver: None,
        };
        host.reopen().await;
        host
    }

    /// Opens a driver in the root.
    pub async fn reopen(&mut self) {
        let layout = Layout::root(self.root.path());
        let opened = QemuDriver::open(layout, Config::default(), self.mode).await;
        self.driver = Some(opened.unwrap());
    }

    /// Leaves the driver as a killed daemon does: its VMs go on.
    pub fn abandon(&mut self) {
        let driver = self.driver.take().unwrap();
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(driver::Driver::shutdown(driver));
        });
    }

    /// A client of the driver.
    pub async fn client(&self) -> Client {
        let (ours, theirs) = transport::pair();
        let service = self.driver.clone().unwrap().door();
        tokio::spawn(rpc::serve(theirs, service, Limits::default()));
        let client = Client(Connection::new(ours, Options::default()));
        let open = wire::ConnectOpenArgs {
            name: None,
            flags: Tolerant(ConnectFlags::empty()),
        };
        client.call::<wire::ConnectOpen>(open).await.unwrap();
        client
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.root.path().join(relative)
    }

    /// The file of a definition.
    pub fn definition(&self, name: &str) -> PathBuf {
        self.path(&format!("etc/qemu/{name}.xml"))
    }

    /// The process of a VM.
    pub fn pid(&self, name: &str) -> Pid {
        let text = std::fs::read_to_string(self.path(&format!("run/qemu/{name}.pid"))).unwrap();
        Pid::from_raw(text.trim().parse().unwrap()).unwrap()
    }

    /// Sends a signal to the process of a VM.
    pub fn signal(&self, name: &str, signal: Signal) {
        kill_process(self.pid(name), signal).unwrap();
    }

    /// Makes a status file what it was before the process was started.
    pub fn forget_process(&self, name: &str) {
        let path = self.path(&format!("run/qemu/{name}.xml"));
        let text = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once(" pid='").unwrap();
        let (_, after) = rest.split_once('\'').unwrap();
        let mut file = std::fs::File::create(path).unwrap();
        std::io::Write::write_all(&mut file, format!("{before}{after}").as_bytes()).unwrap();
    }

    /// The files of a domain's emulated TPM.
    pub fn tpm(&self, uuid: &str) -> Vec<String> {
        entries(&self.path(&format!("lib/swtpm/{uuid}/tpm2")))
    }

    /// The variables of a domain's firmware, once it has some.
    pub fn variables(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.path(&format!("lib/qemu/nvram/{name}_VARS.fd"))).ok()
    }

    /// Replaces them.
    pub fn write_variables(&self, name: &str, content: &[u8]) {
        let path = self.path(&format!("lib/qemu/nvram/{name}_VARS.fd"));
        let mut file = File::create(path).unwrap();
        std::io::Write::write_all(&mut file, content).unwrap();
    }

    /// What the kernel says of the process of a VM in this file below `/proc`.
    pub fn process_file(&self, name: &str, file: &str) -> String {
        let pid = self.pid(name).as_raw_nonzero();
        std::fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap()
    }

    /// The threads of a VM's process.
    pub fn threads(&self, name: &str) -> Vec<String> {
        let pid = self.pid(name).as_raw_nonzero();
        entries(Path::new(&format!("/proc/{pid}/task")))
    }

    /// What stopped VMs must not leave: status and pid files, directories of their own.
    pub fn leftovers(&self) -> Vec<String> {
        let mut names = Vec::new();
        for directory in [
            "run/qemu",
            "run/qemu/channel",
            "run/qemu/swtpm",
            "lib/qemu",
            "lib/qemu/ram",
        ] {
            names.extend(entries(&self.path(directory)));
        }
        names.retain(|name| !matches!(name.as_str(), "channel" | "swtpm" | "ram" | "nvram"));
        names
    }
}

impl Drop for Host {
    /// A test that fails must not leave guests behind.
    fn drop(&mut self) {
        for name in entries(&self.path("run/qemu")) {
            if let Some(name) = name.strip_suffix(".pid") {
                let _ = kill_process(self.pid(name), Signal::KILL);
            }
        }
    }
}

fn entries(directory: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return Vec::new();
    };
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Kills a process and waits for its end.
pub async fn kill(pid: Pid) {
    let _ = kill_process(pid, Signal::KILL);
    await_end(pid).await;
}

/// Waits for the end of a process.
pub async fn await_end(pid: Pid) {
    let number = pid.as_raw_nonzero().get();
    let Ok(started) = process::start_time(pid) else {
        return;
    };
    if let Ok(process) = process::Process::adopt(number, started) {
        timeout(PATIENCE, process.wait()).await.unwrap().unwrap();
    }
}

/// A client.
#[derive(Clone)]
pub struct Client(Connection);

impl Client {
    /// Makes a call.
    pub async fn call<P: Procedure>(&self, args: P::Args) -> Result<P::Ret, CallError> {
        timeout(PATIENCE, self.0.call::<P>(&args)).await.unwrap()
    }

    /// Defines a domain.
    pub async fn define(&self, xml: &str) -> NonnullDomain {
        let args = wire::DomainDefineXmlArgs {
            xml: xml.to_owned(),
        };
        self.call::<wire::DomainDefineXml>(args).await.unwrap().dom
    }

    /// Creates a transient domain.
    pub async fn create(&self, xml: &str, flags: DomainCreateFlags) -> NonnullDomain {
        let args = wire::DomainCreateXmlArgs {
            xml_desc: xml.to_owned(),
            flags,
        };
        self.call::<wire::DomainCreateXml>(args).await.unwrap().dom
    }

    /// Starts a defined domain.
    pub async fn start(&self, dom: &NonnullDomain) {
        let args = wire::DomainCreateArgs { dom: dom.clone() };
        self.call::<wire::DomainCreate>(args).await.unwrap();
    }

    /// Lets a paused domain run.
    pub async fn resume(&self, dom: &NonnullDomain) {
        let args = wire::DomainResumeArgs { dom: dom.clone() };
        self.call::<wire::DomainResume>(args).await.unwrap();
    }

    /// Destroys a domain.
    pub async fn destroy(&self, dom: &NonnullDomain) {
        let args = wire::DomainDestroyArgs { dom: dom.clone() };
        self.call::<wire::DomainDestroy>(args).await.unwrap();
    }

    /// Undefines a domain.
    pub async fn undefine(&self, dom: &NonnullDomain) {
        let args = wire::DomainUndefineArgs { dom: dom.clone() };
        self.call::<wire::DomainUndefine>(args).await.unwrap();
    }

    /// Finds a domain.
    pub async fn lookup(&self, name: &str) -> NonnullDomain {
        let args = wire::DomainLookupByNameArgs {
            name: name.to_owned(),
        };
        self.call::<wire::DomainLookupByName>(args)
            .await
            .unwrap()
            .dom
    }

    /// State and reason.
    pub async fn state(&self, dom: &NonnullDomain) -> (DomainState, i32) {
        let args = wire::DomainGetStateArgs {
            dom: dom.clone(),
            flags: NoFlags,
        };
        let ret = self.call::<wire::DomainGetState>(args).await.unwrap();
        (DomainState::from(ret.state), ret.reason)
    }

    /// Everything counted of one domain.
    pub async fn stats(&self, dom: &NonnullDomain) -> Vec<TypedParam> {
        let args = wire::ConnectGetAllDomainStatsArgs {
            doms: vec![dom.clone()],
            stats: 0,
            flags: StatsFlags::empty(),
        };
        let answer = self.call::<wire::ConnectGetAllDomainStats>(args).await;
        let mut records = answer.unwrap().ret_stats;
        assert_eq!(records.len(), 1);
        records.remove(0).params
    }

    /// The document.
    pub async fn xml(&self, dom: &NonnullDomain, flags: DomainXmlFlags) -> String {
        let args = wire::DomainGetXmlDescArgs {
            dom: dom.clone(),
            flags,
        };
        self.call::<wire::DomainGetXmlDesc>(args).await.unwrap().xml
    }

    /// Listens to lifecycle events from now on.
    pub async fn lifecycle_events(&self) -> LifecycleEvents {
        let events = self.0.events();
        let args = wire::ConnectDomainEventCallbackRegisterAnyArgs {
            event_id: 0,
            dom: None,
        };
        self.call::<wire::ConnectDomainEventCallbackRegisterAny>(args)
            .await
            .unwrap();
        LifecycleEvents(tokio::sync::Mutex::new(events))
    }

    /// Hangs up.
    pub fn close(&self) {
        self.0.close();
    }
}

/// Lifecycle events on their way to a client.
pub struct LifecycleEvents(tokio::sync::Mutex<Events>);

impl LifecycleEvents {
    /// The events up to and including this one.
    pub async fn take_until(&self, last: (i32, i32)) -> Vec<(i32, i32)> {
        let mut taken = Vec::new();
        while taken.last() != Some(&last) {
            let mut events = self.0.lock().await;
            let incoming = timeout(PATIENCE, events.recv()).await;
            let Ok(Some(Incoming::Event(event))) = incoming else {
                panic!("no {last:?} after {taken:?}: {incoming:?}")
            };
            if event.procedure == wire::DomainEventCallbackLifecycle::INFO.number {
                let message: wire::DomainEventCallbackLifecycleMsg =
                    xdr::from_bytes(&event.payload).unwrap();
                taken.push((message.msg.event, message.msg.detail));
            }
        }
        taken
    }
}

/// The code of an error.
pub fn code<T: std::fmt::Debug>(result: &Result<T, CallError>) -> Code {
    match result {
        Err(CallError::Remote(body)) => body.code,
        other => panic!("not an error of the driver's: {other:?}"),
    }
}

/// The message of an error.
pub fn message<T: std::fmt::Debug>(result: &Result<T, CallError>) -> String {
    match result {
        Err(CallError::Remote(body)) => body.message.clone().unwrap_or_default(),
        other => panic!("not an error of the driver's: {other:?}"),
    }
}
