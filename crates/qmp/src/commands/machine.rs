//! What this QEMU is, and the machine that it runs.

use serde::{Deserialize, Serialize};

use crate::command::{Empty, command};
use crate::wire::Version;

command! {
    /// QEMU's version (QMP: `query-version`).
    QueryVersion = "query-version" -> Version
}
command! {
    /// The machine types (QMP: `query-machines`).
    QueryMachines = "query-machines" -> Vec<MachineInfo>
}
command! {
    /// The architecture of the guest (QMP: `query-target`).
    QueryTarget = "query-target" -> TargetInfo
}
command! {
    /// Whether KVM is there and used (QMP: `query-kvm`).
    QueryKvm = "query-kvm" -> KvmInfo
}
command! {
    /// The name that the guest was started with (QMP: `query-name`).
    QueryName = "query-name" -> NameInfo
}
command! {
    /// The guest's UUID (QMP: `query-uuid`).
    QueryUuid = "query-uuid" -> UuidInfo
}

/// What happens on an event of the guest (QMP: `set-action`). Members that are missing stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SetAction {
    /// The guest reboots: `reset` or `shutdown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reboot: Option<Action>,
    /// The guest shuts down: `poweroff` or `pause`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shutdown: Option<Action>,
    /// The guest panics: `pause`, `shutdown`, `exit-failure` or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub panic: Option<Action>,
    /// The watchdog fires: `reset`, `shutdown`, `poweroff`, `pause`, `debug`, `none` or
    /// `inject-nmi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watchdog: Option<Action>,
}

impl crate::Command for SetAction {
    type Ret = Empty;
    const NAME: &'static str = "set-action";
}

/// What QEMU does on an event of the guest (QMP: `RebootAction`, `ShutdownAction`,
/// `PanicAction`, `WatchdogAction`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are QEMU's")]
pub enum Action {
    Debug,
    ExitFailure,
    InjectNmi,
    None,
    Pause,
    Poweroff,
    Reset,
    Shutdown,
}

/// A machine type (QMP: `MachineInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MachineInfo {
    /// Its name, such as `pc-q35-10.0`.
    pub name: String,
    /// Another name, such as `q35`.
    pub alias: Option<String>,
    /// Whether it is taken when none is named.
    #[serde(default)]
    pub is_default: bool,
    /// The most processors that it takes.
    pub cpu_max: u32,
    /// Whether processors can be plugged.
    #[serde(default)]
    pub hotpluggable_cpus: bool,
    /// Whether memory is given per NUMA node with `-numa node,mem=`.
    #[serde(default)]
    pub numa_mem_supported: bool,
    /// Whether it will be removed from a later QEMU.
    #[serde(default)]
    pub deprecated: bool,
    /// The processor type that is taken when none is named.
    pub default_cpu_type: Option<String>,
    /// The id of the memory backend that is made when none is given.
    pub default_ram_id: Option<String>,
    /// Whether it can run with ACPI tables; QEMU 8 and later tell.
    pub acpi: Option<bool>,
}

/// The architecture of the guest (QMP: `TargetInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TargetInfo {
    /// Such as `x86_64`.
    pub arch: String,
}

/// KVM (QMP: `KvmInfo`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct KvmInfo {
    /// Whether this guest uses it.
    pub enabled: bool,
    /// Whether this QEMU was built with it.
    pub present: bool,
}

/// A name (QMP: `NameInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct NameInfo {
    /// What `-name` said.
    pub name: Option<String>,
}

/// A UUID (QMP: `UuidInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct UuidInfo {
    /// What `-uuid` said, or all zero.
    #[serde(rename = "UUID")]
    pub uuid: String,
}
