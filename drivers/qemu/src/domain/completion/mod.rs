//! What a document leaves out, as libvirt 11.3 fills it in.

use std::path::{Path, PathBuf};

use documents::domain::Domain;

use made_sockets::MadeSockets;

use super::error::{DomainError, MachineError};
use super::{Completed, Context, addresses, rules};
use crate::capabilities::{Arch, find_emulator};
use crate::domain::machine::Family;

mod backend;
mod boot;
mod character;
mod clock;
pub(crate) mod controller;
pub(crate) mod controller_number;
mod cpu;
mod disk;
mod disk_source;
mod display;
pub(crate) mod features;
mod firmware;
pub(crate) mod hostdev;
mod identity;
mod input;
mod interface;
mod iommu;
mod made_sockets;
pub(crate) mod memory;
mod memory_device;
mod numa;
pub(crate) mod os;
mod platform;
pub(crate) mod redirdev;
pub(crate) mod resctrl;
mod seclabel;
pub(crate) mod shmem;
mod sysinfo;
mod tpm;
pub(crate) mod tuning;
mod vcpus;
mod watchdog;

pub(crate) use disk::is_empty as source_is_empty;
pub(crate) use disk::source_path;
pub(crate) use interface::is_passt;

/// The emulator that a document names, or the installed one for its architecture.
///
/// # Errors
/// When the architecture is unknown or nothing emulates it.
pub fn emulator(domain: &Domain) -> Result<PathBuf, DomainError> {
    let named = domain
        .os
        .kind
        .as_ref()
        .and_then(|kind| kind.arch.as_deref());
    let unknown = |name: &str| MachineError::UnknownArch {
        arch: name.to_owned(),
    };
    let arch = match named {
        Some(name) => Some(Arch::from_name(name).ok_or_else(|| unknown(name))?),
        None => Arch::native(),
    };
    if let Some(path) = &domain.devices.emulator {
        return Ok(PathBuf::from(path));
    }
    let missing = || MachineError::NoEmulator {
        arch: named.unwrap_or("unknown").to_owned(),
    };
    Ok(arch.and_then(find_emulator).ok_or_else(missing)?)
}

/// Fills in a document. Completing a completed document changes nothing.
///
/// # Errors
/// When what is missing cannot be derived from what is there.
pub fn complete(mut domain: Domain, context: &Context<'_>) -> Result<Completed, DomainError> {
    rules::check(&domain)?;
    addresses::form::check(&mut domain.devices)?;
    sysinfo::complete(&mut domain);
    domain.uuid = domain.uuid.or_else(|| sysinfo::uuid(&domain));
    identity::complete(&mut domain, context.ids)?;
    os::complete(&mut domain, context.capabilities)?;
    firmware::complete(&mut domain, context)?;
    memory::complete(&mut domain)?;
    numa::complete(&mut domain);
    vcpus::complete(&mut domain);
    tuning::complete(&mut domain);
    features::complete(&mut domain, context.capabilities);
    if let Some(cpu) = domain.cpu.as_deref_mut() {
        super::cpu::settle(cpu)?;
    }
    cpu::complete(&mut domain, context.capabilities)?;
    cpu::check_address_bits(&domain, context.host)?;
    clock::complete(&mut domain);
    seclabel::complete(&mut domain);
    let family = Family::of_domain(&domain);
    let devices = &mut domain.devices;
    devices
        .emulator
        .get_or_insert_with(|| text(&context.capabilities.emulator));
    disk::complete(devices)?;
    interface::complete(&mut devices.interfaces, context, family)?;
    let made = MadeSockets::of(&context.host.layout());
    character::complete(devices, family, &made)?;
    display::complete(devices, context.capabilities, &made)?;
    input::complete(&mut domain);
    watchdog::complete(&mut domain);
    tpm::complete(&mut domain);
    hostdev::complete(&mut domain.devices);
    memory_device::complete(&mut domain);
    iommu::complete(&mut domain);
    shmem::complete(&mut domain.devices);
    redirdev::complete(&mut domain.devices);
    platform::complete(&mut domain, context)?;
    memory::complete_balloon(&mut domain);
    controller::complete(&mut domain, context.capabilities)?;
    boot::complete(&mut domain);
    let conventional = hostdev::conventional(&domain.devices, context.host);
    addresses::assign(&mut domain, &conventional)?;
    character::mirror_first_console(&mut domain.devices);
    Ok(Completed(domain))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use protocol::error::{Code, Origin};

    use super::*;

    fn named(attributes: &str, devices: &str) -> Result<PathBuf, DomainError> {
        let text = format!(
            "<domain type='qemu'><name>a</name><os><type {attributes}>hvm</type></os>\
             <devices>{devices}</devices></domain>"
        );
        emulator(&xml::parse(&text, &xml::Options::lenient()).unwrap())
    }

    #[test]
    fn an_emulator_is_of_an_architecture_that_there_is() {
        let own = "<emulator>/opt/qemu</emulator>";
        assert_eq!(named("arch='sparc'", own).unwrap(), Path::new("/opt/qemu"));
        let unknown = named("arch='z80'", own).unwrap_err();
        assert_eq!(unknown.to_string(), "Unknown architecture z80");
        assert_eq!(unknown.code(), Code::ConfigUnsupported);
        assert_eq!(unknown.origin(), Origin::Domain);
    }
}
