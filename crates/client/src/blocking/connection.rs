//! The connection, blocking.

use std::os::fd::OwnedFd;
use std::time::Duration;

use protocol::enums::{
    ConnectCloseReason, CpuCompareResult, Feature, NodeSuspendTarget, SecretUsageType,
};
use protocol::flags::{
    ConnectBaselineCpuFlags, ConnectCompareCpuFlags, ConnectDomainQemuMonitorEventRegisterFlags,
    ConnectGetAllDomainStatsFlags, ConnectListAllDomainsFlags, ConnectListAllInterfacesFlags,
    ConnectListAllNetworksFlags, ConnectListAllNodeDeviceFlags, ConnectListAllSecretsFlags,
    ConnectListAllStoragePoolsFlags, DomainCreateFlags, DomainDefineFlags, DomainSaveImageXmlFlags,
    DomainSaveRestoreFlags, DomainStatsTypes, InterfaceDefineFlags, NetworkCreateFlags,
    NetworkDefineFlags, NodeAllocPagesFlags, NodeDeviceCreateXmlFlags, NodeDeviceDefineXmlFlags,
    NwFilterBindingCreateFlags, NwFilterDefineFlags, SecretDefineFlags, StoragePoolCreateFlags,
    StoragePoolDefineFlags,
};
use protocol::procedure::Procedure;

use super::twins::{each, twins};
use super::wait::{finish, wait};
use super::{
    Domain, DomainEvents, Interface, MonitorEvents, Network, NetworkFilter, NetworkFilterBinding,
    NodeDevice, Secret, StoragePool, StorageVolume,
};
use crate::cpu::HypervisorCpu;
use crate::domain::{DomainStatistics, DomainWord};
use crate::error::Result;
use crate::event::EventKind;
use crate::host::{NodeInfo, SecurityModel};
use crate::node::NodeCpus;
use crate::uri::ConnectUri;

twins! {
    /// A connection to a driver. Clones share it; it ends with [`Connection::close`] or with the
    /// last of them and of the objects that came from it.
    Connection of crate::Connection;
    gets {
        fn uri() -> &ConnectUri;
        fn is_alive() -> bool;
    }
    waits {
        fn close() -> ();
        fn supports(feature: Feature) -> bool;

        fn hostname() -> String;
        fn driver_type() -> String;
        fn version() -> u64;
        fn lib_version() -> u64;
        fn canonical_uri() -> String;
        fn max_vcpus(kind: Option<&str>) -> u32;
        fn capabilities() -> String;
        fn domain_capabilities(
            emulator: Option<&str>,
            arch: Option<&str>,
            machine: Option<&str>,
            kind: Option<&str>
        ) -> String;
        fn sysinfo() -> String;
        fn node_info() -> NodeInfo;
        fn free_memory() -> u64;
        fn cells_free_memory(first: i32, count: i32) -> Vec<u64>;
        fn node_cpus() -> NodeCpus;
        fn node_cpu_statistics(cpu: Option<i32>) -> Vec<(String, u64)>;
        fn node_memory_statistics(cell: Option<i32>) -> Vec<(String, u64)>;
        fn security_model() -> SecurityModel;
        fn suspend_node(target: NodeSuspendTarget, time: Duration) -> ();
        fn allocate_pages(kib: u32, count: u64, cell: i32, flags: NodeAllocPagesFlags) -> ();
        fn cpu_models(arch: &str) -> Vec<String>;
        fn compare_cpu(xml: &str, flags: ConnectCompareCpuFlags) -> CpuCompareResult;
        fn compare_hypervisor_cpu(
            whose: HypervisorCpu<'_>,
            xml: &str,
            flags: ConnectCompareCpuFlags
        ) -> CpuCompareResult;
        fn baseline_cpu(cpus: Vec<String>, flags: ConnectBaselineCpuFlags) -> String;
        fn baseline_hypervisor_cpu(
            whose: HypervisorCpu<'_>,
            cpus: Vec<String>,
            flags: ConnectBaselineCpuFlags
        ) -> String;
        fn domain_xml_to_native(format: &str, xml: &str) -> String;

        fn list_all_domains(flags: ConnectListAllDomainsFlags) -> Vec<Domain>, by each;
        fn num_of_domains() -> u32;
        fn num_of_defined_domains() -> u32;
        fn lookup_domain(name: &str) -> Domain;
        fn lookup_domain_by_id(id: i32) -> Domain;
        fn lookup_domain_by_uuid(uuid: [u8; 16]) -> Domain;
        fn find_domain(word: &str) -> Domain;
        fn find_domain_by(word: &str, ways: &[DomainWord]) -> Domain;
        fn define_domain(xml: &str) -> Domain;
        fn define_domain_with(xml: &str, flags: DomainDefineFlags) -> Domain;
        fn create_domain(xml: &str) -> Domain;
        fn create_domain_with(xml: &str, flags: DomainCreateFlags) -> Domain;
        fn create_domain_with_files(
            xml: &str,
            files: Vec<OwnedFd>,
            flags: DomainCreateFlags
        ) -> Domain;

        fn restore_domain(file: &str) -> ();
        fn restore_domain_with(
            file: &str,
            xml: Option<&str>,
            flags: DomainSaveRestoreFlags
        ) -> ();
        fn saved_domain_xml(file: &str, flags: DomainSaveImageXmlFlags) -> String;
        fn define_saved_domain(file: &str, xml: &str, flags: DomainSaveRestoreFlags) -> ();

        fn list_all_networks(flags: ConnectListAllNetworksFlags) -> Vec<Network>, by each;
        fn lookup_network(name: &str) -> Network;
        fn find_network(word: &str) -> Network;
        fn lookup_network_by_uuid(uuid: [u8; 16]) -> Network;
        fn define_network(xml: &str) -> Network;
        fn define_network_with(xml: &str, flags: NetworkDefineFlags) -> Network;
        fn create_network(xml: &str) -> Network;
        fn create_network_with(xml: &str, flags: NetworkCreateFlags) -> Network;

        fn list_all_storage_pools(flags: ConnectListAllStoragePoolsFlags) -> Vec<StoragePool>, by each;
        fn lookup_storage_pool(name: &str) -> StoragePool;
        fn find_storage_pool(word: &str) -> StoragePool;
        fn lookup_storage_pool_by_uuid(uuid: [u8; 16]) -> StoragePool;
        fn define_storage_pool(xml: &str, flags: StoragePoolDefineFlags) -> StoragePool;
        fn create_storage_pool(xml: &str, flags: StoragePoolCreateFlags) -> StoragePool;
        fn find_storage_pool_sources(kind: &str, spec: Option<&str>) -> String;
        fn lookup_storage_volume_by_key(key: &str) -> StorageVolume;
        fn lookup_storage_volume_by_path(path: &str) -> StorageVolume;
        fn list_all_interfaces(flags: ConnectListAllInterfacesFlags) -> Vec<Interface>, by each;
        fn lookup_interface(name: &str) -> Interface;
        fn find_interface(word: &str) -> Interface;
        fn lookup_interface_by_mac(mac: &str) -> Interface;
        fn define_interface(xml: &str, flags: InterfaceDefineFlags) -> Interface;
        fn begin_interface_changes() -> ();
        fn commit_interface_changes() -> ();
        fn roll_back_interface_changes() -> ();
        fn list_all_secrets(flags: ConnectListAllSecretsFlags) -> Vec<Secret>, by each;
        fn find_secret(word: &str) -> Secret;
        fn lookup_secret(uuid: [u8; 16]) -> Secret;
        fn lookup_secret_by_usage(kind: SecretUsageType, usage: &str) -> Secret;
        fn define_secret(xml: &str, flags: SecretDefineFlags) -> Secret;
        fn list_all_network_filters() -> Vec<NetworkFilter>, by each;
        fn lookup_network_filter(name: &str) -> NetworkFilter;
        fn lookup_network_filter_by_uuid(uuid: [u8; 16]) -> NetworkFilter;
        fn find_network_filter(word: &str) -> NetworkFilter;
        fn define_network_filter(xml: &str) -> NetworkFilter;
        fn define_network_filter_with(xml: &str, flags: NwFilterDefineFlags) -> NetworkFilter;
        fn list_all_network_filter_bindings() -> Vec<NetworkFilterBinding>, by each;
        fn lookup_network_filter_binding(port: &str) -> NetworkFilterBinding;
        fn create_network_filter_binding(
            xml: &str,
            flags: NwFilterBindingCreateFlags
        ) -> NetworkFilterBinding;
        fn list_all_node_devices(flags: ConnectListAllNodeDeviceFlags) -> Vec<NodeDevice>, by each;
        fn lookup_node_device(name: &str) -> NodeDevice;
        fn find_node_device(word: &str) -> NodeDevice;
        fn lookup_scsi_host_by_wwn(wwnn: &str, wwpn: &str) -> NodeDevice;
        fn create_node_device(xml: &str, flags: NodeDeviceCreateXmlFlags) -> NodeDevice;
        fn define_node_device(xml: &str, flags: NodeDeviceDefineXmlFlags) -> NodeDevice;
    }
}

impl Connection {
    /// Waits for [`closed`](crate::Connection::closed).
    #[must_use]
    pub fn closed(&self) -> ConnectCloseReason {
        finish(self.0.closed())
    }

    /// Waits for [`call`](crate::Connection::call).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn call<P: Procedure>(&self, args: &P::Args) -> Result<P::Ret> {
        wait(self.0.call::<P>(args))
    }

    /// Waits for [`call_with_files`](crate::Connection::call_with_files).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn call_with_files<P: Procedure>(
        &self,
        args: &P::Args,
        files: Vec<OwnedFd>,
    ) -> Result<P::Ret> {
        wait(self.0.call_with_files::<P>(args, files))
    }

    /// Waits for [`domain_statistics`](crate::Connection::domain_statistics).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn domain_statistics(
        &self,
        domains: &[Domain],
        kinds: DomainStatsTypes,
        flags: ConnectGetAllDomainStatsFlags,
    ) -> Result<Vec<DomainStatistics>> {
        let domains: Vec<_> = domains.iter().map(|it| it.twin().clone()).collect();
        wait(self.0.domain_statistics(&domains, kinds, flags))
    }

    /// Waits for [`domain_events`](crate::Connection::domain_events).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn domain_events(
        &self,
        kinds: &[EventKind],
        domain: Option<&Domain>,
    ) -> Result<DomainEvents> {
        let events = self.0.domain_events(kinds, domain.map(Domain::twin));
        wait(events).map(DomainEvents)
    }

    /// Waits for [`monitor_events`](crate::Connection::monitor_events).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn monitor_events(
        &self,
        event: Option<&str>,
        domain: Option<&Domain>,
        flags: ConnectDomainQemuMonitorEventRegisterFlags,
    ) -> Result<MonitorEvents> {
        let events = self
            .0
            .monitor_events(event, domain.map(Domain::twin), flags);
        wait(events).map(MonitorEvents)
    }
}
