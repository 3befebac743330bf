//! Domains, blocking.

use std::os::fd::OwnedFd;

use protocol::enums::{DomainInterfaceAddressesSource, DomainMemoryStatTags};
use protocol::flags::{
    DomainConsoleFlags, DomainCreateFlags, DomainDestroyFlagsValues, DomainMemoryModFlags,
    DomainModificationImpact, DomainRebootFlagValues, DomainSaveRestoreFlags,
    DomainShutdownFlagValues, DomainUndefineFlagsValues, DomainVcpuFlags,
};

use protocol::typed_param::TypedParam;

use super::twins::twins;
use super::{Connection, Stream};
use crate::domain::{
    ControlInfo, CpuSet, DiskError, DiskSizes, DomainInfo, DomainState, GuestFileSystem,
    GuestInterface, InterfaceCounters, IoThread, JobInfo, Metadata, MonitorLanguage, VirtualCpu,
    XmlOptions,
};

twins! {
    /// A domain of a connection. It is a name for it, not the domain itself: the domain may end
    /// while the handle is there, and calls then say so. Handles are equal when their UUIDs are.
    #[derive(PartialEq, Eq, Hash)]
    Domain of crate::Domain;
    gets {
        fn name() -> &str;
        fn uuid() -> [u8; 16];
        fn uuid_string() -> String;
        fn id() -> Option<u32>;
    }
    waits {
        fn start() -> Domain;
        fn start_with(flags: DomainCreateFlags) -> Domain;
        fn start_with_files(files: Vec<OwnedFd>, flags: DomainCreateFlags) -> Domain;
        fn suspend() -> ();
        fn resume() -> ();
        fn shutdown() -> ();
        fn shutdown_with(flags: DomainShutdownFlagValues) -> ();
        fn reboot(flags: DomainRebootFlagValues) -> ();
        fn reset() -> ();
        fn destroy() -> ();
        fn destroy_with(flags: DomainDestroyFlagsValues) -> ();

        fn info() -> DomainInfo;
        fn state() -> DomainState;
        fn control_info() -> ControlInfo;
        fn job_info() -> JobInfo;
        fn max_memory() -> u64;
        fn max_vcpus() -> u32;
        fn vcpus(which: DomainVcpuFlags) -> u32;
        fn set_memory(memory: u64) -> ();
        fn set_memory_with(memory: u64, flags: DomainMemoryModFlags) -> ();
        fn set_max_memory(memory: u64) -> ();
        fn set_vcpus(count: u32) -> ();
        fn set_vcpus_with(count: u32, flags: DomainVcpuFlags) -> ();
        fn virtual_cpus(cpus: u32) -> Vec<VirtualCpu>;
        fn vcpu_pins(cpus: u32, impact: DomainModificationImpact) -> Vec<CpuSet>;
        fn emulator_pin(cpus: u32, impact: DomainModificationImpact) -> CpuSet;
        fn iothreads(impact: DomainModificationImpact) -> Vec<IoThread>;
        fn pin_vcpu(vcpu: u32, cpus: &CpuSet) -> ();
        fn pin_vcpu_with(vcpu: u32, cpus: &CpuSet, impact: DomainModificationImpact) -> ();
        fn pin_emulator(cpus: &CpuSet, impact: DomainModificationImpact) -> ();
        fn pin_iothread(id: u32, cpus: &CpuSet, impact: DomainModificationImpact) -> ();
        fn scheduler() -> (String, i32);
        fn scheduler_parameters(count: i32) -> Vec<TypedParam>;
        fn scheduler_parameters_of(
            count: i32,
            impact: DomainModificationImpact
        ) -> Vec<TypedParam>;
        fn set_scheduler_parameters(params: Vec<TypedParam>) -> ();
        fn set_scheduler_parameters_of(
            params: Vec<TypedParam>,
            impact: DomainModificationImpact
        ) -> ();

        fn interface_addresses(source: DomainInterfaceAddressesSource) -> Vec<GuestInterface>;
        fn file_systems() -> Vec<GuestFileSystem>;

        fn disk_sizes(disk: &str) -> DiskSizes;
        fn disk_counters(disk: &str) -> Vec<TypedParam>;
        fn disk_errors() -> Vec<DiskError>;
        fn interface_counters(device: &str) -> InterfaceCounters;
        fn memory_statistics() -> Vec<(DomainMemoryStatTags, u64)>;

        fn xml(options: XmlOptions) -> String;
        fn os_type() -> String;
        fn autostart() -> bool;
        fn autostart_once() -> bool;
        fn set_autostart(autostart: bool) -> ();
        fn set_autostart_once(autostart: bool) -> ();
        fn is_active() -> bool;
        fn is_persistent() -> bool;
        fn is_updated() -> bool;
        fn has_managed_save() -> bool;
        fn save(file: &str) -> ();
        fn save_with(file: &str, xml: Option<&str>, flags: DomainSaveRestoreFlags) -> ();
        fn managed_save(flags: DomainSaveRestoreFlags) -> ();
        fn remove_managed_save() -> ();
        fn rename(name: &str) -> Domain;
        fn undefine(flags: DomainUndefineFlagsValues) -> ();
        fn metadata(which: Metadata<'_>, impact: DomainModificationImpact) -> String;
        fn set_metadata(
            which: Metadata<'_>,
            value: Option<&str>,
            impact: DomainModificationImpact
        ) -> ();

        fn open_console(device: Option<&str>, flags: DomainConsoleFlags) -> Stream;
        fn monitor_command(command: &str, language: MonitorLanguage) -> String;
        fn monitor_command_with_files(command: &str, files: Vec<OwnedFd>) -> String;
    }
}

impl Domain {
    /// The connection that it came from.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.0.connection().clone().into()
    }
}
