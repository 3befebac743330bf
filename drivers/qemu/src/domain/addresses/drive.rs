//! Where disks sit on IDE, SATA, SCSI and floppy controllers.

use documents::domain::{Address, Controller, ControllerKind, Disk, DiskBus, DriveAddress};

use crate::domain::disk_name;
use crate::domain::error::DiskError;

/// The place that the target name `index` stands for; nothing for buses without drive addresses.
fn place(bus: DiskBus, index: u32) -> Option<DriveAddress> {
    let place = |controller, bus, unit| {
        Some(DriveAddress {
            controller,
            bus,
            target: 0,
            unit,
        })
    };
    match bus {
        DiskBus::Ide => place(index / 4, index % 4 / 2, index % 2),
        DiskBus::Sata => place(index / 6, 0, index % 6),
        DiskBus::Scsi => place(index / 7, 0, index % 7),
        DiskBus::Fdc => place(index / 2, 0, index % 2),
        _ => None,
    }
}

/// Why a SCSI controller has no such place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScsiFault {
    /// It has one bus.
    Bus,
    /// Its model has one target.
    Target,
}

/// What is wrong with the address of a SCSI unit.
pub(crate) fn scsi_fault(place: &DriveAddress, controllers: &[Controller]) -> Option<ScsiFault> {
    if place.bus != 0 {
        return Some(ScsiFault::Bus);
    }
    let is_its =
        |it: &&Controller| it.kind == ControllerKind::Scsi && it.index == Some(place.controller);
    let controller = controllers.iter().find(is_its);
    let model = controller.and_then(|controller| controller.model.as_deref());
    (model == Some("lsilogic") && place.target != 0).then_some(ScsiFault::Target)
}

/// Gives each disk that names no address the one that its target stands for. Units are the SCSI devices of the host.
///
/// # Errors
/// When a name stands for no place, or for one that a unit has.
pub(crate) fn assign(disks: &mut [Disk], units: &[DriveAddress]) -> Result<(), DiskError> {
    for at in 0..disks.len() {
        let Some(disk) = disks.get(at) else { break };
        let (Some(bus), Some(name)) = (disk.target.bus, disk.target.dev.as_deref()) else {
            continue;
        };
        // Names of namespaces have their own numbers.
        if disk.info.address.is_some() || bus == DiskBus::Nvme {
            continue;
        }
        let target = || name.to_owned();
        let index =
            disk_name::index(name).ok_or_else(|| DiskError::UnknownName { target: target() })?;
        let Some(named) = place(bus, index) else {
            continue;
        };
        if bus == DiskBus::Scsi && units.contains(&named) {
            return Err(DiskError::NamedPlaceTaken {
                target: target(),
                place: named,
            });
        }
        let free = (index..index.saturating_add(4096))
            .filter_map(|index| place(bus, index))
            .find(|place| bus != DiskBus::Scsi || !taken(disks, bus, *place));
        let address = free.map(Address::Drive);
        if let Some(disk) = disks.get_mut(at) {
            disk.info.address = address;
        }
    }
    Ok(())
}

fn taken(disks: &[Disk], bus: DiskBus, place: DriveAddress) -> bool {
    disks.iter().any(|disk| {
        disk.target.bus == Some(bus) && disk.info.address == Some(Address::Drive(place))
    })
}

/// The address of a disk on a bus that has drive addresses.
pub(crate) fn of(disk: &Disk) -> Option<DriveAddress> {
    match disk.info.address {
        Some(Address::Drive(place)) => Some(place),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bus: DiskBus, name: &str, expected: (u32, u32, u32)) {
        let mut disks = [Disk::default()];
        disks[0].target.bus = Some(bus);
        disks[0].target.dev = Some(name.to_owned());
        assign(&mut disks, &[]).unwrap();
        let (controller, bus, unit) = expected;
        assert_eq!(
            of(&disks[0]),
            Some(DriveAddress {
                controller,
                bus,
                target: 0,
                unit
            }),
            "{name}"
        );
    }

    #[test]
    fn the_target_name_decides() {
        check(DiskBus::Ide, "hdd", (0, 1, 1));
        check(DiskBus::Ide, "hde", (1, 0, 0));
        check(DiskBus::Sata, "sdg", (1, 0, 0));
        check(DiskBus::Scsi, "sdz", (3, 0, 4));
        check(DiskBus::Fdc, "fdb", (0, 0, 1));
    }

    #[test]
    fn a_name_without_a_number_cannot_be_placed() {
        let mut disks = [Disk::default()];
        disks[0].target.bus = Some(DiskBus::Ide);
        disks[0].target.dev = Some("/dev/hda".to_owned());
        for bus in [DiskBus::Ide, DiskBus::Virtio] {
            disks[0].target.bus = Some(bus);
            let error = assign(&mut disks, &[]).unwrap_err();
            assert!(matches!(error, DiskError::UnknownName { target } if target == "/dev/hda"));
        }
    }

    #[test]
    fn a_place_of_the_hosts_unit_is_no_disks() {
        let mut disks = [Disk::default()];
        disks[0].target.bus = Some(DiskBus::Scsi);
        disks[0].target.dev = Some("sda".to_owned());
        let unit = DriveAddress::default();
        let error = assign(&mut disks, &[unit]).unwrap_err();
        assert!(matches!(error, DiskError::NamedPlaceTaken { place, .. } if place == unit));
    }
}
