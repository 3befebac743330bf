//! What the host and its emulators can do, as a document.

use documents::Uuid;
use documents::capabilities as doc;
use documents::domain::{CpuTopology, MaxPhysAddr, MaxPhysAddrMode, NumaSibling};
use driver::{Call, Error, Routes};
use host::cache::{Bank, Kind};
use host::{HostError, Root};
use protocol::error::Code;
use protocol::remote::{ConnectGetCapabilities, ConnectGetCapabilitiesRet};

use crate::capabilities::{Arch, Capabilities, HostProcessor, Machine};
use crate::config::Identity;
use crate::driver::QemuDriver;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes.on::<ConnectGetCapabilities>(get);
}

async fn get(call: Call<QemuDriver>, (): ()) -> Result<ConnectGetCapabilitiesRet, Error> {
    let emulators = call.driver().capabilities().all().await;
    let processor = call.driver().capabilities().host_processor().await;
    let secmodels = secmodels(call.driver().identity());
    let host = tokio::task::spawn_blocking(move || host(&Root::default(), &processor)).await;
    let host = host.map_err(|_| Error::new(Code::InternalError, "the driver is shutting down"))?;
    let mut host = host.map_err(|error| {
        Error::new(Code::InternalError, "the host does not tell").caused_by(error)
    })?;
    host.secmodels = secmodels;
    let guests = emulators
        .iter()
        .map(|(arch, emulator)| guest(*arch, emulator))
        .collect();
    let capabilities = doc::Capabilities { host, guests }.to_text();
    Ok(ConnectGetCapabilitiesRet { capabilities })
}

fn host(root: &Root, own: &HostProcessor) -> Result<doc::Host, HostError> {
    let cells = host::numa::cells(root)?;
    let banks = host::cache::banks(root)?;
    Ok(doc::Host {
        uuid: identity(root),
        cpu: processor(root, own)?,
        power_management: Some(doc::PowerManagement::default()),
        iommu: Some(host::devices::iommu(root)),
        migration_features: Some(doc::MigrationFeatures {
            live: true,
            uri_transports: ["tcp", "rdma"].map(str::to_owned).to_vec(),
        }),
        topology: Some(doc::Topology {
            cells: doc::Cells {
                num: number(cells.len()),
                cells: cells.into_iter().map(cell).collect(),
            },
        }),
        cache: Some(doc::Cache {
            banks: banks.into_iter().map(bank).collect(),
        }),
        ..doc::Host::default()
    })
}

/// The firmware's word, or else the installation's.
fn identity(root: &Root) -> Option<Uuid> {
    let firmware = host::boot::firmware_uuid(root).and_then(|text| text.parse().ok());
    let firmware = firmware.filter(|uuid: &Uuid| !uuid.is_placeholder());
    firmware.or_else(|| host::boot::machine_id(root)?.parse().ok())
}

/// What labels the guests' processes and files: nothing, or the user that they run as.
fn secmodels(identity: Option<&Identity>) -> Vec<doc::SecModel> {
    let none = doc::SecModel {
        model: "none".to_owned(),
        doi: "0".to_owned(),
        baselabels: Vec::new(),
    };
    let dac = identity.map(|identity| doc::SecModel {
        model: "dac".to_owned(),
        doi: "0".to_owned(),
        baselabels: ["kvm", "qemu"]
            .into_iter()
            .map(|kind| doc::BaseLabel {
                kind: kind.to_owned(),
                label: format!("+{}:+{}", identity.uid, identity.gid),
            })
            .collect(),
    });
    [Some(none), dac].into_iter().flatten().collect()
}

fn processor(root: &Root, own: &HostProcessor) -> Result<doc::HostCpu, HostError> {
    let processor = host::cpu::processor(root)?;
    let info = host::node::info(root)?;
    let signature = match (processor.family, processor.model, processor.stepping) {
        (Some(family), Some(model), Some(stepping)) => Some(doc::CpuSignature {
            family,
            model,
            stepping,
        }),
        _ => None,
    };
    let pages = host::memory::page_sizes(root)
        .into_iter()
        .filter_map(|size| page(size, None));
    let described = own.definition.as_ref();
    Ok(doc::HostCpu {
        arch: Some(host::name::system_name().machine),
        model: described.and_then(|own| own.model().map(str::to_owned)),
        vendor: described.and_then(|own| own.cpu.vendor.clone()),
        microcode: processor.microcode,
        signature,
        topology: Some(CpuTopology {
            sockets: info.sockets,
            dies: Some(1),
            clusters: Some(1),
            cores: info.cores,
            threads: info.threads,
        }),
        counter: own.counter.map(|counter| doc::CpuCounter {
            name: "tsc".to_owned(),
            frequency: counter.frequency,
            scaling: Some(counter.scaling),
        }),
        maxphysaddr: processor.physical_address_bits.map(|bits| MaxPhysAddr {
            mode: MaxPhysAddrMode::Emulate,
            bits: Some(bits),
            limit: None,
        }),
        features: described
            .map(|own| own.cpu.features.clone())
            .unwrap_or_default(),
        pages: pages.collect(),
        ..doc::HostCpu::default()
    })
}

fn page(size: u64, count: Option<u64>) -> Option<doc::PageSize> {
    let size = u32::try_from(size).ok()?;
    Some(doc::PageSize {
        unit: Some("KiB".to_owned()),
        size,
        count,
    })
}

fn cell(cell: host::numa::Cell) -> doc::Cell {
    let pages = cell
        .pages
        .iter()
        .filter_map(|pages| page(pages.size, Some(pages.count)));
    let distances = cell.distances.iter();
    let cpus = cell.cpus.iter().map(|cpu| doc::CellCpu {
        id: cpu.id,
        socket_id: Some(cpu.socket),
        die_id: Some(cpu.die),
        cluster_id: Some(cpu.cluster),
        core_id: Some(cpu.core),
        siblings: Some(cpu.siblings.to_string()),
    });
    doc::Cell {
        id: cell.id,
        memory: Some(cell.memory),
        pages: pages.collect(),
        distances: distances
            .map(|to| NumaSibling {
                id: to.cell,
                value: to.value,
            })
            .collect(),
        cpus: Some(doc::CellCpus {
            num: number(cell.cpus.len()),
            cpus: cpus.collect(),
        }),
    }
}

fn bank(bank: Bank) -> doc::CacheBank {
    let kind = match bank.kind {
        Kind::Both => "both",
        Kind::Code => "code",
        Kind::Data => "data",
    };
    let (size, unit) = match bank.size % 1024 {
        0 => (bank.size / 1024, "MiB"),
        _ => (bank.size, "KiB"),
    };
    doc::CacheBank {
        id: bank.id,
        level: bank.level,
        kind: kind.to_owned(),
        size,
        unit: unit.to_owned(),
        cpus: bank.cpus.to_string(),
    }
}

fn guest(arch: Arch, emulator: &Capabilities) -> doc::Guest {
    let domain = |kind: &str| doc::GuestDomain {
        kind: kind.to_owned(),
        ..Default::default()
    };
    let mut domains = vec![domain("qemu")];
    if emulator.has_kvm() {
        domains.push(domain("kvm"));
    }
    let on = |toggle| {
        Some(doc::Toggle {
            default: Some(true),
            toggle: Some(toggle),
        })
    };
    let x86 = arch.is_x86();
    let acpi = x86 || arch == Arch::Aarch64;
    doc::Guest {
        os_type: "hvm".to_owned(),
        arch: doc::GuestArch {
            name: arch.name().to_owned(),
            wordsize: u32::from(arch.word_size()),
            emulator: Some(emulator.emulator.to_string_lossy().into_owned()),
            loader: None,
            machines: emulator.machines.iter().flat_map(machine).collect(),
            domains,
        },
        features: Some(doc::GuestFeatures {
            acpi: acpi.then(|| on(doc::ToggleChoice::Yes)).flatten(),
            apic: x86.then(|| on(doc::ToggleChoice::No)).flatten(),
            pae: arch == Arch::I686,
            nonpae: arch == Arch::I686,
            cpuselection: true,
            deviceboot: true,
            disksnapshot: on(doc::ToggleChoice::No),
            external_snapshot: true,
            ..doc::GuestFeatures::default()
        }),
    }
}

/// A machine under its own name and under its alias.
fn machine(machine: &Machine) -> impl Iterator<Item = doc::GuestMachine> {
    let entry = |name: &str, canonical: Option<&str>| doc::GuestMachine {
        canonical: canonical.map(ToOwned::to_owned),
        max_cpus: Some(machine.max_cpus),
        deprecated: machine.deprecated.then_some(true),
        name: name.to_owned(),
    };
    let alias = machine
        .alias
        .as_deref()
        .map(|alias| entry(alias, Some(&machine.name)));
    [Some(entry(&machine.name, None)), alias]
        .into_iter()
        .flatten()
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_host_has_a_document() {
        let host = host(&Root::default(), &HostProcessor::read()).unwrap();
        let text = doc::Capabilities {
            host,
            guests: Vec::new(),
        }
        .to_text();
        assert!(
            text.contains(&format!("<arch>{}</arch>", std::env::consts::ARCH)),
            "{text}"
        );
        assert!(text.contains("<cell id='0'>"), "{text}");
        assert_eq!(
            text.contains("<model>"),
            cfg!(target_arch = "x86_64"),
            "{text}"
        );
    }

    #[test]
    fn a_machine_is_told_under_both_of_its_names() {
        let known = Machine {
            name: "pc-q35-10.0".into(),
            alias: Some("q35".into()),
            is_default: false,
            max_cpus: 4096,
            hotplug_cpus: true,
            numa_memory: false,
            deprecated: false,
            acpi: true,
            default_cpu: None,
            default_ram_id: None,
        };
        let told: Vec<_> = machine(&known).map(|it| (it.name, it.canonical)).collect();
        let alias = ("q35".to_owned(), Some("pc-q35-10.0".to_owned()));
        assert_eq!(told, [("pc-q35-10.0".to_owned(), None), alias]);
    }
}
