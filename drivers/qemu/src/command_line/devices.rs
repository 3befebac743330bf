//! All devices, in the order in which QEMU must create them.

use documents::domain::{DiskBus, Domain};

use super::Runtime;
use super::arguments::Arguments;
use super::memory_backend::{self, Wanted};
use super::order::Order;
use super::plain_memory;
use crate::capabilities::Capabilities;
use crate::devices::seat::Guest;
use crate::devices::{
    audio, character, controller, crypto, disk, filesystem, floppy, graphics, hostdev, hub, input,
    interface, iommu, memballoon, memory_device, pstore, redirdev, rng, shmem, smartcard, sound,
    tpm, video, vsock, watchdog,
};
use crate::domain::DomainError;
use crate::domain::images::next_number;
use crate::host_side::HostSide;

/// What devices are made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) guest: Guest<'a>,
    pub(super) capabilities: &'a Capabilities,
    pub(super) runtime: &'a Runtime,
}

/// Adds every device.
pub(super) fn add(
    args: &mut Arguments,
    domain: &Domain,
    world: &World<'_>,
) -> Result<(), DomainError> {
    let devices = world.guest.devices;
    let order = Order::new(domain);
    add_buses(args, world)?;
    add_memories(args, domain, world)?;
    for hub in &devices.hubs {
        args.parts(&hub::parts(hub, &world.guest)?);
    }
    add_disks(args, domain, world, &order)?;
    add_filesystems(args, world)?;
    add_interfaces(args, world, &order)?;
    add_characters(args, world)?;
    let tpm = world.runtime.host.tpm.as_ref();
    for device in &devices.tpms {
        args.parts(&tpm::parts(device, &world.guest, tpm)?);
    }
    for input in &devices.inputs {
        args.parts(&input::parts(input, &world.guest)?);
    }
    add_displays(args, &world.guest, &world.runtime.host)?;
    add_watchdogs(args, world)?;
    for redirdev in &devices.redirdevs {
        let parts = redirdev::parts(redirdev, &world.guest, world.capabilities)?;
        args.parts(&parts);
    }
    add_hostdevs(args, world, next_number(domain))?;
    add_virtual(args, world)
}

/// What other devices sit on.
fn add_buses(args: &mut Arguments, world: &World<'_>) -> Result<(), DomainError> {
    let devices = world.guest.devices;
    if let Some(iommu) = &devices.iommu {
        // Before the devices whose addresses it maps.
        args.parts(&iommu::parts(iommu, &world.guest)?);
    }
    for kind in controller::ORDER {
        for controller in controller::parents_first(&devices.controllers, *kind) {
            args.parts(&controller::parts(controller, &world.guest)?);
        }
    }
    Ok(())
}

fn add_memories(
    args: &mut Arguments,
    domain: &Domain,
    world: &World<'_>,
) -> Result<(), DomainError> {
    let host = &world.runtime.surroundings;
    let plain = plain_memory::of(domain, world.capabilities, host)?;
    let filled = plain.is_some_and(|plain| plain.filled);
    for memory in &world.guest.devices.memories {
        let wanted = Wanted::of_device(memory).filled(filled);
        args.object(&memory_backend::backend(domain, wanted, host)?)?;
        args.parts(&memory_device::parts(memory, domain, &world.guest)?);
    }
    Ok(())
}

fn add_filesystems(args: &mut Arguments, world: &World<'_>) -> Result<(), DomainError> {
    let servers = &world.runtime.host.filesystems;
    for (at, filesystem) in world.guest.devices.filesystems.iter().enumerate() {
        let server = servers.get(&at).map(String::as_str);
        args.parts(&filesystem::parts(filesystem, &world.guest, server)?);
    }
    Ok(())
}

fn add_interfaces(
    args: &mut Arguments,
    world: &World<'_>,
    order: &Order,
) -> Result<(), DomainError> {
    let World {
        guest,
        capabilities,
        runtime,
    } = world;
    for (index, interface) in guest.devices.interfaces.iter().enumerate() {
        let facts = interface::Facts {
            index,
            tap: runtime.taps.get(&index),
            vdpa: runtime.vdpa.get(&index).copied(),
            passt: runtime.passt.as_deref(),
            boot: order.interface(index),
        };
        args.parts(&interface::parts(interface, guest, capabilities, &facts)?);
    }
    Ok(())
}

fn add_characters(args: &mut Arguments, world: &World<'_>) -> Result<(), DomainError> {
    let World {
        guest,
        capabilities,
        ..
    } = world;
    for card in &guest.devices.smartcards {
        args.parts(&smartcard::parts(card, guest, capabilities)?);
    }
    for serial in &guest.devices.serials {
        args.parts(&character::serial(serial, guest, capabilities)?);
    }
    for parallel in &guest.devices.parallels {
        args.parts(&character::parallel(parallel, guest, capabilities)?);
    }
    for channel in &guest.devices.channels {
        args.parts(&character::channel(channel, guest, capabilities)?);
    }
    for console in &guest.devices.consoles {
        args.parts(&character::console(console, guest, capabilities)?);
    }
    Ok(())
}

fn add_watchdogs(args: &mut Arguments, world: &World<'_>) -> Result<(), DomainError> {
    let watchdogs = &world.guest.devices.watchdogs;
    for watchdog in watchdogs {
        args.parts(&watchdog::parts(watchdog, &world.guest)?);
    }
    // QEMU has one action for all of them.
    if let Some(watchdog) = watchdogs.first() {
        args.option("watchdog-action", watchdog::action(watchdog));
    }
    Ok(())
}

/// Devices of the host; the numbers of their block nodes follow those of the disks.
fn add_hostdevs(
    args: &mut Arguments,
    world: &World<'_>,
    first_node: u32,
) -> Result<(), DomainError> {
    let mut node = first_node;
    let known = &world.runtime.host.hostdevs;
    for (at, device) in world.guest.devices.hostdevs.iter().enumerate() {
        let access = known.get(&at).cloned().unwrap_or_default();
        args.parts(&hostdev::parts(device, &world.guest, &access, node)?);
        node += u32::from(hostdev::has_node(device));
    }
    Ok(())
}

/// Devices that no real machine has.
fn add_virtual(args: &mut Arguments, world: &World<'_>) -> Result<(), DomainError> {
    let World {
        guest,
        capabilities,
        runtime,
    } = world;
    let devices = guest.devices;
    if let Some(balloon) = &devices.memballoon {
        args.parts(&memballoon::parts(balloon, guest)?);
    }
    for rng in &devices.rngs {
        args.parts(&rng::parts(rng, guest, capabilities)?);
    }
    for panic in &devices.panics {
        args.parts(&hub::panic(panic, guest)?);
    }
    for shmem in &devices.shmems {
        args.parts(&shmem::parts(shmem, guest)?);
    }
    if let Some(vsock) = &devices.vsock {
        args.parts(&vsock::parts(vsock, guest, runtime.host.vsock)?);
    }
    for crypto in &devices.cryptos {
        args.parts(&crypto::parts(crypto, guest)?);
    }
    if let Some(pstore) = &devices.pstore {
        args.parts(&pstore::parts(pstore, guest)?);
    }
    Ok(())
}

fn add_disks(
    args: &mut Arguments,
    domain: &Domain,
    world: &World<'_>,
    order: &Order,
) -> Result<(), DomainError> {
    for group in &domain.throttlegroups {
        args.part(&disk::throttle::group(group)?);
    }
    let disks = &world.guest.devices.disks;
    args.parts(&disk::shared(disks, world.runtime.home.as_deref())?);
    args.parts(&floppy::parts(&world.guest, |at| order.disk(at))?);
    let mut sd = 0;
    for (at, disk) in disks.iter().enumerate() {
        let facts = disk::Facts {
            boot: order.disk(at),
            secrets: &world.runtime.secrets,
            sd,
            cdroms: &world.runtime.cdroms,
        };
        args.parts(&disk::parts(
            disk,
            &world.guest,
            world.capabilities,
            &facts,
        )?);
        sd += u32::from(disk.target.bus == Some(DiskBus::Sd));
    }
    Ok(())
}

fn add_displays(
    args: &mut Arguments,
    guest: &Guest<'_>,
    host: &HostSide,
) -> Result<(), DomainError> {
    let audios = &guest.devices.audios;
    for audio in audios {
        args.part(&audio::part(audio)?);
    }
    let first = audios.first().map(|audio| audio.id);
    let facts = graphics::Facts {
        audio: first,
        render_node: host.render_node.as_deref(),
        audios,
    };
    for graphics in &guest.devices.graphics {
        args.parts(&graphics::parts(graphics, &facts)?);
    }
    for (at, video) in guest.devices.videos.iter().enumerate() {
        let painter = host.videos.get(&at).copied();
        args.parts(&video::parts(video, guest, painter)?);
    }
    for sound in &guest.devices.sounds {
        args.parts(&sound::parts(sound, guest, first)?);
    }
    Ok(())
}
