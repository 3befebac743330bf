//! Slots of smart card readers and of memory devices, which are only numbered.

use documents::domain::{Address, CcidAddress, Devices, DimmAddress, MemoryModel};

/// Gives each smart card and each module of memory the next free slot.
pub(super) fn assign(devices: &mut Devices) {
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
    assign_memory(devices);
}

fn assign_memory(devices: &mut Devices) {
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
        if !module || slot_of(&memory.info.address).is_some() {
            continue;
        }
        let base = match &memory.info.address {
            Some(Address::Dimm(place)) => place.base,
            _ => None,
        };
        let slot = (0..=u32::MAX).find(|slot| !taken.contains(slot));
        taken.extend(slot);
        memory.info.address = Some(Address::Dimm(DimmAddress { slot, base }));
    }
}
