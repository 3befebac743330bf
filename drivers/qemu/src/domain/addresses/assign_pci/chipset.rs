//! The places that a chipset has for its functions, and those that devices beside it are used to.

use documents::domain::{Controller, ControllerKind, DeviceInfo, Devices, SoundModel};

use super::Result;
use super::info::{named, put, wanted};
use super::plugs::video_plug;
use crate::domain::addresses::AddressError;
use crate::domain::addresses::pci::{BusModel, Origin, Place, Plug, Topology};
use crate::domain::machine::Family;

/// The PIIX3 is slot 1: ISA bridge, IDE, USB and power management.
const PIIX3: u32 = 1;
const PIIX3_IDE: Place = Place::on_root(PIIX3, 1);
const PIIX3_USB: Place = Place::on_root(PIIX3, 2);

/// The ICH9 is slot 31: LPC bridge, SATA and SMBus.
const ICH9: u32 = 0x1f;
const ICH9_SATA: Place = Place::on_root(ICH9, 2);

/// The other slots that the functions of an ICH9 are used to: two for USB, one each for its bridge and for sound.
const ICH9_USB_SLOTS: &[u32] = &[0x1d, 0x1a];
const ICH9_BRIDGE_SLOTS: &[u32] = &[0x1e];
const ICH9_SOUND_SLOTS: &[u32] = &[0x1b];

/// Places the functions of the machine's chipset, and the first video card behind it.
pub(super) fn place_chipset(
    devices: &mut Devices,
    family: Family,
    topology: &mut Topology,
) -> Result<()> {
    match family {
        Family::I440fx => place_piix3(devices, topology),
        Family::Q35 => place_ich9(devices, topology),
        _ => Ok(()),
    }
}

/// Whether it is the place that the chipset's USB or SATA function has.
pub(super) fn is_chipsets(family: Family, place: Place) -> bool {
    match family {
        Family::I440fx => place == PIIX3_USB,
        Family::Q35 => place == ICH9_SATA,
        _ => false,
    }
}

fn place_piix3(devices: &mut Devices, topology: &mut Topology) -> Result<()> {
    for controller in &mut devices.controllers {
        let model = controller.model.as_deref();
        let place = match (controller.kind, controller.index, model) {
            (ControllerKind::Ide, Some(0), _) => PIIX3_IDE,
            (ControllerKind::Usb, Some(0), Some("piix3-uhci")) => PIIX3_USB,
            _ => continue,
        };
        fix(&mut controller.info, place)?;
        topology.reserve(place, Plug::Pci, Origin::Document)?;
    }
    for function in [0, 3] {
        let place = Place::on_root(PIIX3, function);
        topology.reserve(place, Plug::Pci, Origin::Document)?;
    }
    place_first_video(devices, topology, 2)
}

fn place_ich9(devices: &mut Devices, topology: &mut Topology) -> Result<()> {
    for controller in &mut devices.controllers {
        place_ich9_controller(controller, topology)?;
    }
    for function in [0, 3] {
        let place = Place::on_root(ICH9, function);
        topology.reserve(place, Plug::Pcie, Origin::Document)?;
    }
    place_first_video(devices, topology, 1)?;
    let mut sounds = devices.sounds.iter_mut();
    match sounds.find(|sound| sound.model == SoundModel::Ich9 && wanted(&sound.info)) {
        Some(sound) => take_free(&mut sound.info, ICH9_SOUND_SLOTS, topology),
        None => Ok(()),
    }
}

fn place_ich9_controller(controller: &mut Controller, topology: &mut Topology) -> Result<()> {
    let info = &mut controller.info;
    let unplaced = info.address.is_none();
    match (
        controller.kind,
        controller.index,
        controller.model.as_deref(),
    ) {
        (ControllerKind::Sata, Some(0), _) => {
            fix(info, ICH9_SATA)?;
            // Its place is nobody else's, whether the document names it or not.
            topology.reserve(ICH9_SATA, Plug::Pcie, Origin::Document)?;
            Ok(())
        }
        (ControllerKind::Usb, _, Some("ich9-uhci1")) if unplaced => {
            take_free(info, ICH9_USB_SLOTS, topology)
        }
        (ControllerKind::Pci, _, Some("dmi-to-pci-bridge")) if unplaced => {
            take_free(info, ICH9_BRIDGE_SLOTS, topology)
        }
        _ => Ok(()),
    }
}

/// Takes the first free one of the slots; where none is free, the device is placed as any other.
fn take_free(info: &mut DeviceInfo, slots: &[u32], topology: &mut Topology) -> Result<()> {
    let mut slots = slots.iter();
    if let Some(slot) = slots.find(|slot| !topology.slot_in_use(0, **slot)) {
        let place = Place::on_root(*slot, 0);
        topology.reserve(place, Plug::Pcie, Origin::Document)?;
        put(info, place);
    }
    Ok(())
}

/// QEMU puts the first card into the first slot behind the chipset.
fn place_first_video(devices: &mut Devices, topology: &mut Topology, slot: u32) -> Result<()> {
    let express = topology.models().next() == Some(BusModel::PcieRoot);
    let Some(video) = devices.videos.first_mut() else {
        return Ok(());
    };
    let Some(plug) = video_plug(video, express) else {
        return Ok(());
    };
    if !wanted(&video.info) {
        return Ok(());
    }
    let place = if topology.slot_in_use(0, slot) {
        topology.reserve_next(plug, None)?
    } else {
        topology.reserve(Place::on_root(slot, 0), plug, Origin::Document)?
    };
    put(&mut video.info, place);
    Ok(())
}

/// A built-in function has its one place.
fn fix(info: &mut DeviceInfo, place: Place) -> Result<()> {
    match named(info) {
        Some(pci) if Place::from(pci) != place => Err(AddressError::BuiltIn { place }),
        _ => {
            put(info, place);
            Ok(())
        }
    }
}
