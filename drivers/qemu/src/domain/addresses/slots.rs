//! Slots of smart card readers and of memory devices, which are only numbered.

use documents::domain::{Address, CcidAddress, Devices, DimmAddress, Domain, MemoryModel};

use crate::domain::error::MemoryDeviceError;

/// Gives each smart card and each module of memory the next free slot.
pub(super) fn assign(domain: &mut Domain) -> Result<(), MemoryDeviceError> {
    assign_cards(&mut domain.devices);
    let slots = domain.max_memory.as_ref();
    // Without a count, the checks say that there is no room at all.
    let slots = slots.map(|maximum| maximum.slots.unwrap_or(0));
    assign_memory(&mut domain.devices, slots)
}

fn assign_cards(devices: &mut Devices) {
    let mut taken: Vec<CcidAddress> = Vec::new();
    for card in &devices.smartcards {
        if let Some(Address::Ccid(place)) = card.info.address {
            taken.push(place);
        }
    }
    for card in &mut devices.smartcards {
        if card.info.address.is_none() {
            let free = (0..=u32::MAX)
                .map(|slot| CcidAddress {
                    controller: 0,
                    slot,
                })
                .find(|place| !taken.contains(place));
            taken.extend(free);
            card.info.address = free.map(Address::Ccid);
        }
    }
}

fn assign_memory(devices: &mut Devices, slots: Option<u32>) -> Result<(), MemoryDeviceError> {
    let slot_of = |address: &Option<Address>| match address {
        Some(Address::Dimm(DimmAddress { slot, .. })) => *slot,
        _ => None,
    };
    let mut taken: Vec<u32> = devices
        .memories
        .iter()
        .filter_map(|m| slot_of(&m.info.address))
        .collect();
    for memory in &mut devices.memories {
        let module = matches!(memory.model, MemoryModel::Dimm | MemoryModel::Nvdimm);
        let base = match &memory.info.address {
            Some(Address::Dimm(place)) => place.base,
            None => None,
            // An address of another kind is for the checks.
            Some(_) => continue,
        };
        if !module || slot_of(&memory.info.address).is_some() {
            continue;
        }
        let slot = (0..slots.unwrap_or(u32::MAX)).find(|slot| !taken.contains(slot));
        let slot = slot.ok_or(MemoryDeviceError::NoSlot)?;
        taken.push(slot);
        memory.info.address = Some(Address::Dimm(DimmAddress {
            slot: Some(slot),
            base,
        }));
    }
    Ok(())
}
