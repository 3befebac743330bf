//! Memory, in KiB.

use documents::domain::{Domain, Memory};
use driver::{Call, Error, Routes};
use protocol::flags::DomainMemoryModFlags as Flags;
use protocol::remote::{
    DomainGetMaxMemory, DomainGetMaxMemoryArgs, DomainGetMaxMemoryRet, DomainSetMaxMemory,
    DomainSetMaxMemoryArgs, DomainSetMemory, DomainSetMemoryArgs, DomainSetMemoryFlags,
    DomainSetMemoryFlagsArgs, NonnullDomain,
};

use super::error::DomainError;
use super::guest::Impact;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<DomainGetMaxMemory>(get_maximum)
        .on::<DomainSetMaxMemory>(set_maximum)
        .on::<DomainSetMemory>(set)
        .on::<DomainSetMemoryFlags>(set_flags);
}

/// What the guest has at most.
pub(super) fn maximum(document: &Domain) -> u64 {
    document.memory.map_or(0, |memory| memory.kib)
}

/// What the guest has now.
pub(super) fn current(document: &Domain) -> u64 {
    document.current_memory.unwrap_or_else(|| maximum(document))
}

async fn get_maximum(
    call: Call<TestDriver>,
    args: DomainGetMaxMemoryArgs,
) -> Result<DomainGetMaxMemoryRet, Error> {
    let domains = call.driver().domains();
    let memory = domains.read(&call, &args.dom, |guest| Ok(maximum(guest.document())))?;
    Ok(DomainGetMaxMemoryRet { memory })
}

async fn set_maximum(call: Call<TestDriver>, args: DomainSetMaxMemoryArgs) -> Result<(), Error> {
    change(&call, &args.dom, args.memory, Flags::MAXIMUM)
}

async fn set(call: Call<TestDriver>, args: DomainSetMemoryArgs) -> Result<(), Error> {
    change(&call, &args.dom, args.memory, Flags::LIVE)
}

async fn set_flags(call: Call<TestDriver>, args: DomainSetMemoryFlagsArgs) -> Result<(), Error> {
    change(&call, &args.dom, args.memory, args.flags)
}

fn change(
    call: &Call<TestDriver>,
    dom: &NonnullDomain,
    kib: u64,
    flags: Flags,
) -> Result<(), Error> {
    if kib == 0 {
        return Err(DomainError::NoMemory.into());
    }
    let impact = Impact {
        live: flags.contains(Flags::LIVE),
        config: flags.contains(Flags::CONFIG),
    };
    let to_maximum = flags.contains(Flags::MAXIMUM);
    call.driver().domains().change(call, dom, |turn| {
        if to_maximum && turn.guest.is_active() && impact.reaches_live() {
            return Err(DomainError::MaximumOfActive);
        }
        turn.guest.edit(impact, |document| {
            if to_maximum {
                set_document_maximum(document, kib);
            } else if kib > maximum(document) {
                return Err(DomainError::MemoryAboveMaximum);
            } else {
                document.current_memory = Some(kib);
            }
            Ok(())
        })
    })
}

fn set_document_maximum(document: &mut Domain, kib: u64) {
    document.memory.get_or_insert_with(Memory::default).kib = kib;
    document.current_memory = document.current_memory.map(|current| current.min(kib));
}
