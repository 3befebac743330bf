//! Memory-mapped virtio: the slots of `microvm`, which has no PCI.

use documents::domain::{
    Address, ControllerKind, DeviceInfo, DiskBus, Domain, InputBus, MemBalloonModel,
};

use crate::domain::machine::Family;

/// Says of each virtio device of a `microvm` guest that it sits in a memory-mapped slot; QEMU counts the slots.
pub(super) fn assign(domain: &mut Domain) {
    if Family::of_domain(domain) != Family::Microvm {
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
    let balloon = devices
        .memballoon
        .as_mut()
        .filter(|b| b.model == MemBalloonModel::Virtio);
    if let Some(balloon) = balloon {
        put(&mut balloon.info);
    }
}
