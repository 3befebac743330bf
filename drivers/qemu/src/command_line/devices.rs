//! All devices, in the order in which QEMU must create them.

use std::collections::BTreeMap;

use documents::domain::Domain;

use super::Runtime;
use super::arguments::Arguments;
use super::order::Order;
use crate::capabilities::Capabilities;
use crate::devices::seat::Guest;
use crate::devices::{
    character, controller, disk, graphics, hub, input, interface, memballoon, rng, sound, video,
    watchdog,
};
use crate::domain::{Chains, DomainError};

/// What devices are made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) guest: Guest<'a>,
    pub(super) capabilities: &'a Capabilities,
    pub(super) runtime: &'a Runtime,
    pub(super) chains: &'a Chains,
}

/// Adds every device.
pub(super) fn add(
    args: &mut Arguments,
    domain: &Domain,
    world: &World<'_>,
) -> Result<(), DomainError> {
    let World {
        guest,
        capabilities,
        runtime,
        ..
    } = world;
    let devices = guest.devices;
    let order = Order::new(domain);
    for kind in controller::ORDER {
        for controller in devices
            .controllers
            .iter()
            .filter(|controller| controller.kind == *kind)
        {
            args.parts(&controller::parts(controller, guest)?);
        }
    }
    for hub in &devices.hubs {
        args.parts(&hub::parts(hub, guest)?);
    }
    add_disks(args, world, &order)?;
    for (index, interface) in devices.interfaces.iter().enumerate() {
        let facts = interface::Facts {
            index,
            tap: runtime.taps.get(&index),
            boot: order.interface(index),
        };
        args.parts(&interface::parts(interface, guest, capabilities, &facts)?);
    }
    for serial in &devices.serials {
        args.parts(&character::serial(serial, guest, capabilities)?);
    }
    for parallel in &devices.parallels {
        args.parts(&character::parallel(parallel, guest, capabilities)?);
    }
    for channel in &devices.channels {
        args.parts(&character::channel(channel, guest, capabilities)?);
    }
    for console in &devices.consoles {
        args.parts(&character::console(console, guest, capabilities)?);
    }
    for input in &devices.inputs {
        args.parts(&input::parts(input, guest)?);
    }
    add_displays(args, guest)?;
    for watchdog in &devices.watchdogs {
        args.parts(&watchdog::parts(watchdog, guest)?);
    }
    if let Some(watchdog) = devices.watchdogs.first() {
        args.option("watchdog-action", watchdog::action(watchdog));
    }
    if let Some(balloon) = &devices.memballoon {
        args.parts(&memballoon::parts(balloon, guest)?);
    }
    for rng in &devices.rngs {
        args.parts(&rng::parts(rng, guest, capabilities)?);
    }
    for panic in &devices.panics {
        args.parts(&hub::panic(panic, guest)?);
    }
    Ok(())
}

/// The numbers of block nodes count from the last disk to the first.
fn add_disks(args: &mut Arguments, world: &World<'_>, order: &Order) -> Result<(), DomainError> {
    let disks = &world.guest.devices.disks;
    let chain = |at: usize| {
        let target = disks.get(at)?.target.dev.as_deref()?;
        world.chains.get(target)
    };
    let facts = |at, node| disk::Facts {
        node,
        chain: chain(at),
        boot: order.disk(at),
    };
    let mut first = BTreeMap::new();
    let mut next = 1;
    for at in (0..disks.len()).rev() {
        first.insert(at, next);
        next += disk::node_count(&facts(at, next));
    }
    for (at, disk) in disks.iter().enumerate() {
        let node = first.get(&at).copied().unwrap_or_default();
        args.parts(&disk::parts(disk, &world.guest, &facts(at, node))?);
    }
    Ok(())
}

fn add_displays(args: &mut Arguments, guest: &Guest<'_>) -> Result<(), DomainError> {
    let audios = &guest.devices.audios;
    for audio in audios {
        args.part(&sound::audio(audio)?);
    }
    let first = audios.first().map(|audio| audio.id);
    for graphics in &guest.devices.graphics {
        args.parts(&graphics::parts(graphics, first)?);
    }
    for video in &guest.devices.videos {
        args.parts(&video::parts(video, guest)?);
    }
    for sound in &guest.devices.sounds {
        args.parts(&sound::parts(sound, guest, first)?);
    }
    Ok(())
}
