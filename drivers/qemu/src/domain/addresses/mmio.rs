//! Memory-mapped virtio: the slots of `microvm`, which has no PCI, and those of `virt`, which has both.

use documents::domain::{
    Address, ControllerKind, DeviceInfo, Devices, Disk, DiskBus, Domain, Input, InputBus,
    Interface, MemBalloon, MemBalloonModel, Sound, SoundModel, Video, VideoKind,
};

use super::for_each_info;
use crate::domain::machine::Family;

/// Says of each virtio device without a place that it sits in a memory-mapped slot; QEMU counts the slots. On `virt`
/// they sit on PCI, unless a device of the guest is in such a slot already: it was made when there was no PCI.
pub(super) fn assign(domain: &mut Domain) {
    let family = Family::of_domain(domain);
    let wanted = family == Family::Microvm || (family.is_virt() && has_slot(&mut domain.devices));
    if !wanted {
        return;
    }
    put_common(&mut domain.devices);
    // A small PC has no such devices.
    if family.is_virt() {
        put_virts(&mut domain.devices);
    }
}

fn put(info: &mut DeviceInfo) {
    info.address.get_or_insert(Address::VirtioMmio);
}

/// The devices that guests of both machines have.
fn put_common(devices: &mut Devices) {
    let disks = devices.disks.iter_mut();
    let virtio = |disk: &&mut Disk| disk.target.bus == Some(DiskBus::Virtio);
    disks.filter(virtio).for_each(|disk| put(&mut disk.info));
    let interfaces = devices.interfaces.iter_mut();
    let virtio = |interface: &&mut Interface| interface.model.as_deref() == Some("virtio");
    let cards = interfaces.filter(virtio);
    cards.for_each(|interface| put(&mut interface.info));
    for controller in &mut devices.controllers {
        let virtio_scsi = controller.model.as_deref() == Some("virtio-scsi");
        match controller.kind {
            ControllerKind::VirtioSerial => put(&mut controller.info),
            ControllerKind::Scsi if virtio_scsi => put(&mut controller.info),
            _ => {}
        }
    }
    let inputs = devices.inputs.iter_mut();
    let virtio = |input: &&mut Input| input.bus == Some(InputBus::Virtio);
    inputs.filter(virtio).for_each(|input| put(&mut input.info));
    devices.rngs.iter_mut().for_each(|rng| put(&mut rng.info));
    let balloon = devices.memballoon.iter_mut();
    let virtio = |balloon: &&mut MemBalloon| balloon.model == MemBalloonModel::Virtio;
    let balloon = balloon.filter(virtio);
    balloon.for_each(|balloon| put(&mut balloon.info));
}

/// The devices that guests of `virt` alone have.
fn put_virts(devices: &mut Devices) {
    let plays = |sound: &&mut Sound| sound.model == SoundModel::Virtio;
    let paints = |video: &&mut Video| {
        let model = video.model.as_ref();
        model.is_some_and(|model| model.kind == VideoKind::Virtio)
    };
    let sounds = devices.sounds.iter_mut().filter(plays);
    sounds.for_each(|sound| put(&mut sound.info));
    let videos = devices.videos.iter_mut().filter(paints);
    videos.for_each(|video| put(&mut video.info));
    let cryptos = devices.cryptos.iter_mut();
    cryptos.for_each(|crypto| put(&mut crypto.info));
}

/// Whether a device is in a memory-mapped slot.
fn has_slot(devices: &mut Devices) -> bool {
    let mut found = false;
    for_each_info(devices, |_, info| {
        found |= info.address == Some(Address::VirtioMmio);
    });
    found
}
