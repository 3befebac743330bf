//! Slots that several functions share.

use std::collections::BTreeSet;

use documents::domain::{Address, Devices};

use super::Result;
use super::info::named;
use super::seats::{Board, for_each_pci};

/// Function 0 must say that there are others in its slot.
pub(super) fn mark_shared_slots(devices: &mut Devices, board: Board<'_>) -> Result<()> {
    let mut others = BTreeSet::new();
    for_each_pci(devices, board, &mut |_, info| {
        others.extend(
            named(info)
                .filter(|pci| pci.function > 0)
                .map(|pci| (pci.bus, pci.slot)),
        );
        Ok(())
    })?;
    for_each_pci(devices, board, &mut |_, info| {
        if let Some(Address::Pci(pci)) = &mut info.address
            && pci.function == 0
            && others.contains(&(pci.bus, pci.slot))
        {
            pci.multifunction.get_or_insert(true);
        }
        Ok(())
    })
}
