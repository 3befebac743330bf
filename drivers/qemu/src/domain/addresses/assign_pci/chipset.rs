//! The places that a chipset has for its functions, and those that devices beside it are used to.

use documents::domain::{ControllerKind, DeviceInfo, Devices, SoundModel};

use super::Result;
use super::info::{named, put, wanted};
use super::plugs::video_plug;
use crate::domain::addresses::AddressError;
use crate::domain::addresses::pci::{BusModel, Origin, Place, Plug, Topology};
use crate::domain::machine::Family;

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
    let place = (place.bus, place.slot, place.function);
    match family {
        Family::I440fx => place == (0, 1, 2),
        Family::Q35 => place == (0, 0x1f, 2),
        _ => false,
    }
}

/// The PIIX3 is slot 1: ISA bridge, IDE, USB and power management; the first video card comes next.
fn place_piix3(devices: &mut Devices, topology: &mut Topology) -> Result<()> {
    for controller in &mut devices.controllers {
        let function = match (
            controller.kind,
            controller.index,
            controller.model.as_deref(),
        ) {
            (ControllerKind::Ide, Some(0), _) => 1,
            (ControllerKind::Usb, Some(0), Some("piix3-uhci")) => 2,
            _ => continue,
        };
        let place = Place {
            bus: 0,
            slot: 1,
            function,
        };
        fix(&mut controller.info, place)?;
        topology.reserve(place, Plug::Pci, Origin::Document)?;
    }
    for function in [0, 3] {
        topology.reserve(
            Place {
                bus: 0,
                slot: 1,
                function,
            },
            Plug::Pci,
            Origin::Document,
        )?;
    }
    place_first_video(devices, topology, 2)
}

/// The ICH9 is slot 31: LPC bridge, SATA and SMBus; its USB functions have slots that they are used to.
fn place_ich9(devices: &mut Devices, topology: &mut Topology) -> Result<()> {
    for controller in &mut devices.controllers {
        match (
            controller.kind,
            controller.index,
            controller.model.as_deref(),
        ) {
            (ControllerKind::Sata, Some(0), _) => {
                fix(
                    &mut controller.info,
                    Place {
                        bus: 0,
                        slot: 0x1f,
                        function: 2,
                    },
                )?;
                // Its place is nobody else's, whether the document names it or not.
                topology.reserve(
                    Place {
                        bus: 0,
                        slot: 0x1f,
                        function: 2,
                    },
                    Plug::Pcie,
                    Origin::Document,
                )?;
            }
            (ControllerKind::Usb, _, Some("ich9-uhci1")) if controller.info.address.is_none() => {
                let Some(slot) = [0x1d, 0x1a]
                    .into_iter()
                    .find(|slot| !topology.slot_in_use(0, *slot))
                else {
                    continue;
                };
                let place = Place {
                    bus: 0,
                    slot,
                    function: 0,
                };
                topology.reserve(place, Plug::Pcie, Origin::Document)?;
                put(&mut controller.info, place);
            }
            (ControllerKind::Pci, _, Some("dmi-to-pci-bridge"))
                if controller.info.address.is_none() && !topology.slot_in_use(0, 0x1e) =>
            {
                let place = Place {
                    bus: 0,
                    slot: 0x1e,
                    function: 0,
                };
                topology.reserve(place, Plug::Pcie, Origin::Document)?;
                put(&mut controller.info, place);
            }
            _ => {}
        }
    }
    for function in [0, 3] {
        topology.reserve(
            Place {
                bus: 0,
                slot: 0x1f,
                function,
            },
            Plug::Pcie,
            Origin::Document,
        )?;
    }
    place_first_video(devices, topology, 1)?;
    place_ich9_sound(devices, topology)
}

/// The chipset's sound function has a slot that it is used to.
fn place_ich9_sound(devices: &mut Devices, topology: &mut Topology) -> Result<()> {
    let place = Place {
        bus: 0,
        slot: 0x1b,
        function: 0,
    };
    let sound = devices
        .sounds
        .iter_mut()
        .find(|s| s.model == SoundModel::Ich9 && wanted(&s.info));
    if let Some(sound) = sound
        && !topology.slot_in_use(0, place.slot)
    {
        topology.reserve(place, Plug::Pcie, Origin::Document)?;
        put(&mut sound.info, place);
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
        topology.reserve(
            Place {
                bus: 0,
                slot,
                function: 0,
            },
            plug,
            Origin::Document,
        )?
    };
    put(&mut video.info, place);
    Ok(())
}

/// A built-in function has its one place.
fn fix(info: &mut DeviceInfo, place: Place) -> Result<()> {
    match named(info) {
        Some(pci)
            if (pci.bus, pci.slot, pci.function) != (place.bus, place.slot, place.function) =>
        {
            Err(AddressError::BuiltIn { place })
        }
        _ => {
            put(info, place);
            Ok(())
        }
    }
}
