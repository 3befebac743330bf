//! The controller of floppy drives, which takes their places in the boot order for them.

use documents::domain::{Disk, DiskBus};
use serde::Serialize;

use super::part::Part;
use super::seat::Guest;
use crate::domain::DomainError;
use crate::domain::addresses::drive;
use crate::domain::machine::Family;

/// A controller that the machine has not.
#[derive(Debug, Serialize)]
struct Controller {
    driver: &'static str,
    #[serde(rename = "bootindexA", skip_serializing_if = "Option::is_none")]
    first: Option<u32>,
    #[serde(rename = "bootindexB", skip_serializing_if = "Option::is_none")]
    second: Option<u32>,
}

/// Everything that the drives share; nothing where there is none. `boot` is the place of each disk in the boot order.
pub(crate) fn parts(
    guest: &Guest<'_>,
    boot: impl Fn(usize) -> Option<u32>,
) -> Result<Vec<Part>, DomainError> {
    let drives = || {
        let disks = guest.devices.disks.iter().enumerate();
        disks.filter(|(_, disk)| disk.target.bus == Some(DiskBus::Fdc))
    };
    let place = |second: bool| {
        let mut drives = drives().filter(|(_, disk)| is_second(disk) == second);
        drives.next_back().and_then(|(at, _)| boot(at))
    };
    let (first, second) = (place(false), place(true));
    if drives().next().is_none() {
        return Ok(Vec::new());
    }
    // q35 has had none built in since its version 2.4.
    if guest.family == Family::Q35 {
        return Ok(vec![Part::device(&Controller {
            driver: "isa-fdc",
            first,
            second,
        })?]);
    }
    let global = |(letter, order): (char, Option<u32>)| {
        let option = |order| format!("isa-fdc.bootindex{letter}={order}");
        order.map(|order| Part::option("global", option(order)))
    };
    Ok([('A', first), ('B', second)]
        .into_iter()
        .filter_map(global)
        .collect())
}

fn is_second(disk: &Disk) -> bool {
    drive::of(disk).is_some_and(|place| place.unit == 1)
}
