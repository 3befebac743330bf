//! Memory devices.

use documents::domain::{Domain, MemoryAccess, MemoryModel};

/// Fills in what a memory device leaves out.
pub(super) fn complete(domain: &mut Domain) {
    for memory in &mut domain.devices.memories {
        let target = &mut memory.target;
        // The size now is QEMU's to say.
        target.current = None;
        let stays = memory.model == MemoryModel::Nvdimm;
        if let Some(source) = &mut memory.source {
            source.pagesize.take_if(|size| *size == 0);
            // What a model has no use for is not kept.
            source.pmem &= stays;
            source.alignsize.take_if(|_| !stays);
            if matches!(
                memory.model,
                MemoryModel::Dimm | MemoryModel::VirtioMem | MemoryModel::SgxEpc
            ) {
                source.path = None;
            } else {
                (source.nodemask, source.pagesize) = (None, None);
            }
        }
        if !stays {
            (target.label_size, target.readonly) = (None, false);
            memory.uuid = None;
        }
        if memory.model != MemoryModel::VirtioMem {
            (target.block, target.requested) = (None, None);
        }
        match memory.model {
            MemoryModel::VirtioPmem => {
                // The guest's writes have to reach the file.
                memory.access.get_or_insert(MemoryAccess::Shared);
            }
            MemoryModel::VirtioMem => {
                target.block.get_or_insert(0);
                target.requested.get_or_insert(0);
            }
            MemoryModel::Dimm | MemoryModel::Nvdimm | MemoryModel::SgxEpc => {}
        }
        target.base.take_if(|base| *base == 0);
    }
}
