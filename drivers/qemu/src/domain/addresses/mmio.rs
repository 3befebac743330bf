//! Memory-mapped virtio: the slots of `microvm`, which has no PCI, and those of `virt`, which has both.

use documents::domain::{
    Address, ControllerKind, DeviceInfo, Devices, DiskBus, Domain, InputBus, MemBalloonModel,
    Sound, SoundModel, Video, VideoKind,
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
    let devices = &mut domain.devices;
    let put = |info: &mut DeviceInfo| {
        info.address.get_or_insert(Address::VirtioMmio);
    };
    for disk in devices
        .disks
        .iter_mut()
        .filter(|disk| disk.target.bus == Some(DiskBus::Virtio))
    {
        put(&mut disk.info);
    }
    let virtio_cards = |model: Option<&str>| matches!(model, Some("virtio"));
    for interface in devices
        .interfaces
        .iter_mut()
        .filter(|i| virtio_cards(i.model.as_deref()))
    {
        put(&mut interface.info);
    }
    for controller in &mut devices.controllers {
        let virtio_scsi = controller.model.as_deref() == Some("virtio-scsi");
        match controller.kind {
            ControllerKind::VirtioSerial => put(&mut controller.info),
            ControllerKind::Scsi if virtio_scsi => put(&mut controller.info),
            _ => {}
        }
    }
    for input in devices
        .inputs
        .iter_mut()
        .filter(|input| input.bus == Some(InputBus::Virtio))
    {
        put(&mut input.info);
    }
    for rng in &mut devices.rngs {
        put(&mut rng.info);
    }
    // A small PC has no such devices.
    if family.is_virt() {
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
    let balloon = devices
        .memballoon
        .as_mut()
        .filter(|b| b.model == MemBalloonModel::Virtio);
    if let Some(balloon) = balloon {
        put(&mut balloon.info);
    }
}

/// Whether a device is in a memory-mapped slot.
fn has_slot(devices: &mut Devices) -> bool {
    let mut found = false;
    for_each_info(devices, |_, info| {
        found |= info.address == Some(Address::VirtioMmio);
    });
    found
}
