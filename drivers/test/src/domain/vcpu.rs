//! Virtual CPUs.

use documents::domain::{Domain, Vcpu};
use driver::{Call, Error, Routes};
use protocol::flags::DomainVcpuFlags as Flags;
use protocol::remote::{
    DomainGetMaxVcpus, DomainGetMaxVcpusArgs, DomainGetMaxVcpusRet, DomainGetVcpusFlags,
    DomainGetVcpusFlagsArgs, DomainGetVcpusFlagsRet, DomainSetVcpus, DomainSetVcpusArgs,
    DomainSetVcpusFlags, DomainSetVcpusFlagsArgs, NonnullDomain,
};

use super::error::DomainError;
use super::guest::Impact;
use crate::TestDriver;
use crate::host::MAX_VCPUS;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<DomainGetMaxVcpus>(get_maximum)
        .on::<DomainGetVcpusFlags>(get_flags)
        .on::<DomainSetVcpus>(set)
        .on::<DomainSetVcpusFlags>(set_flags);
}

/// How many the guest may have.
fn maximum(document: &Domain) -> u32 {
    document.vcpu.as_ref().map_or(1, |vcpu| vcpu.max)
}

/// How many the guest has.
pub(super) fn current(document: &Domain) -> u32 {
    document
        .vcpu
        .as_ref()
        .and_then(|vcpu| vcpu.current)
        .unwrap_or_else(|| maximum(document))
}

async fn get_maximum(
    call: Call<TestDriver>,
    args: DomainGetMaxVcpusArgs,
) -> Result<DomainGetMaxVcpusRet, Error> {
    let maximum = call.driver().domains().read(&call, &args.dom, |guest| {
        // The API asks for the running domain's.
        let live = Impact {
            live: true,
            config: false,
        };
        Ok(maximum(guest.asked(live)?))
    })?;
    Ok(DomainGetMaxVcpusRet {
        num: as_number(maximum),
    })
}

async fn get_flags(
    call: Call<TestDriver>,
    args: DomainGetVcpusFlagsArgs,
) -> Result<DomainGetVcpusFlagsRet, Error> {
    if args.flags.contains(Flags::GUEST) {
        return Err(DomainError::NoAgent.into());
    }
    let num = call.driver().domains().read(&call, &args.dom, |guest| {
        let document = guest.asked(impact(args.flags))?;
        let wants_maximum = args.flags.contains(Flags::MAXIMUM);
        Ok(if wants_maximum {
            maximum(document)
        } else {
            current(document)
        })
    })?;
    Ok(DomainGetVcpusFlagsRet {
        num: as_number(num),
    })
}

async fn set(call: Call<TestDriver>, args: DomainSetVcpusArgs) -> Result<(), Error> {
    change(&call, &args.dom, args.nvcpus, Flags::LIVE)
}

async fn set_flags(call: Call<TestDriver>, args: DomainSetVcpusFlagsArgs) -> Result<(), Error> {
    change(&call, &args.dom, args.nvcpus, args.flags)
}

fn change(
    call: &Call<TestDriver>,
    dom: &NonnullDomain,
    wanted: u32,
    flags: Flags,
) -> Result<(), Error> {
    match wanted {
        _ if flags.contains(Flags::GUEST) => return Err(DomainError::NoAgent.into()),
        0 => return Err(DomainError::NoVcpus.into()),
        1..=MAX_VCPUS => {}
        _ => {
            return Err(DomainError::TooManyVcpusForDriver {
                wanted,
                most: MAX_VCPUS,
            }
            .into());
        }
    }
    let (impact, to_maximum) = (impact(flags), flags.contains(Flags::MAXIMUM));
    call.driver().domains().change(call, dom, |turn| {
        if to_maximum && turn.guest.is_active() && impact.reaches_live() {
            return Err(DomainError::MaximumVcpusOfActive);
        }
        turn.guest
            .edit(impact, |document| set_in(document, wanted, to_maximum))
    })
}

fn set_in(document: &mut Domain, wanted: u32, to_maximum: bool) -> Result<(), DomainError> {
    let now = current(document);
    let vcpu = document.vcpu.get_or_insert_with(|| Vcpu {
        max: 1,
        ..Vcpu::default()
    });
    if to_maximum {
        vcpu.max = wanted;
        vcpu.current = (now < wanted).then_some(now);
        return Ok(());
    }
    if wanted > vcpu.max {
        return Err(DomainError::TooManyVcpus {
            wanted,
            most: vcpu.max,
        });
    }
    vcpu.current = (wanted < vcpu.max).then_some(wanted);
    Ok(())
}

fn impact(flags: Flags) -> Impact {
    Impact {
        live: flags.contains(Flags::LIVE),
        config: flags.contains(Flags::CONFIG),
    }
}

fn as_number(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
