//! What a domain is and does. Nothing here waits: everything is read from snapshots and `/proc`.

use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::flags::DomainVcpuFlags as VcpuFlags;
use protocol::remote::{
    DomainGetControlInfo, DomainGetControlInfoArgs, DomainGetControlInfoRet, DomainGetInfo,
    DomainGetInfoArgs, DomainGetInfoRet, DomainGetJobInfo, DomainGetJobInfoArgs,
    DomainGetJobInfoRet, DomainGetJobStats, DomainGetJobStatsArgs, DomainGetJobStatsRet,
    DomainGetMaxMemory, DomainGetMaxMemoryArgs, DomainGetMaxMemoryRet, DomainGetMaxVcpus,
    DomainGetMaxVcpusArgs, DomainGetMaxVcpusRet, DomainGetOsType, DomainGetOsTypeArgs,
    DomainGetOsTypeRet, DomainGetState, DomainGetStateArgs, DomainGetStateRet, DomainGetVcpusFlags,
    DomainGetVcpusFlagsArgs, DomainGetVcpusFlagsRet, DomainHasManagedSaveImage,
    DomainHasManagedSaveImageArgs, DomainHasManagedSaveImageRet, DomainIsActive,
    DomainIsActiveArgs, DomainIsActiveRet, DomainIsPersistent, DomainIsPersistentArgs,
    DomainIsPersistentRet, DomainIsUpdated, DomainIsUpdatedArgs, DomainIsUpdatedRet,
};

use super::object;
use super::process_times::cpu_time_ns;
use crate::driver::QemuDriver;
use crate::vm::admission::Reason;
use crate::vm::definition::Facts;
use crate::vm::error::VmError;
use crate::vm::snapshot::Snapshot;
use crate::vm::state::State;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainGetInfo>(info)
        .on::<DomainGetState>(state)
        .on::<DomainGetOsType>(os_type)
        .on::<DomainGetMaxMemory>(max_memory)
        .on::<DomainGetMaxVcpus>(max_vcpus)
        .on::<DomainGetVcpusFlags>(vcpus_flags)
        .on::<DomainGetControlInfo>(control_info)
        .on::<DomainGetJobInfo>(job_info)
        .on::<DomainGetJobStats>(job_stats)
        .on::<DomainIsActive>(is_active)
        .on::<DomainIsPersistent>(is_persistent)
        .on::<DomainIsUpdated>(is_updated)
        .on::<DomainHasManagedSaveImage>(has_managed_save);
}

async fn info(call: Call<QemuDriver>, args: DomainGetInfoArgs) -> Result<DomainGetInfoRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let facts = facts(&snapshot);
    let (state, _) = snapshot.state.numbers();
    let (memory, cpu_time) = match snapshot.state.live() {
        Some(live) => (live.balloon_kib, cpu_time_ns(live.pid)),
        None => (facts.memory_kib, 0),
    };
    Ok(DomainGetInfoRet {
        state: u8::try_from(state).unwrap_or(0),
        max_mem: facts.max_memory_kib,
        memory,
        nr_virt_cpu: u16::try_from(facts.vcpus).unwrap_or(u16::MAX),
        cpu_time,
    })
}

async fn state(
    call: Call<QemuDriver>,
    args: DomainGetStateArgs,
) -> Result<DomainGetStateRet, Error> {
    let (state, reason) = object::find(&call, &args.dom)?.snapshot().state.numbers();
    Ok(DomainGetStateRet { state, reason })
}

async fn os_type(
    call: Call<QemuDriver>,
    args: DomainGetOsTypeArgs,
) -> Result<DomainGetOsTypeRet, Error> {
    object::find(&call, &args.dom)?;
    // The check of every document admits no other.
    Ok(DomainGetOsTypeRet {
        r#type: "hvm".to_owned(),
    })
}

async fn max_memory(
    call: Call<QemuDriver>,
    args: DomainGetMaxMemoryArgs,
) -> Result<DomainGetMaxMemoryRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    Ok(DomainGetMaxMemoryRet {
        memory: facts(&snapshot).max_memory_kib,
    })
}

async fn max_vcpus(
    call: Call<QemuDriver>,
    args: DomainGetMaxVcpusArgs,
) -> Result<DomainGetMaxVcpusRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let facts = running_facts(&snapshot)?;
    Ok(DomainGetMaxVcpusRet {
        num: i32::try_from(facts.max_vcpus).unwrap_or(i32::MAX),
    })
}

async fn vcpus_flags(
    call: Call<QemuDriver>,
    args: DomainGetVcpusFlagsArgs,
) -> Result<DomainGetVcpusFlagsRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let flags = args.flags;
    if flags.contains(VcpuFlags::GUEST) {
        let text = "the guest agent cannot be used in this version";
        return Err(Error::new(Code::ArgumentUnsupported, text));
    }
    let (live, config) = (
        flags.contains(VcpuFlags::LIVE),
        flags.contains(VcpuFlags::CONFIG),
    );
    let facts = match (live, config) {
        (true, true) => {
            return Err(Error::verbatim(
                Code::InvalidArg,
                "flags 'VIR_DOMAIN_VCPU_LIVE' and 'VIR_DOMAIN_VCPU_CONFIG' are mutually exclusive",
            ));
        }
        (true, false) => running_facts(&snapshot)?,
        (false, true) => {
            let definition = snapshot.definition.as_ref();
            definition
                .ok_or(VmError::Transient {
                    what: "query the persistent config of",
                })?
                .facts
        }
        (false, false) => facts(&snapshot),
    };
    let num = if flags.contains(VcpuFlags::MAXIMUM) {
        facts.max_vcpus
    } else {
        facts.vcpus
    };
    Ok(DomainGetVcpusFlagsRet {
        num: i32::try_from(num).unwrap_or(i32::MAX),
    })
}

/// `virDomainControlInfo`: 0 is "ok", 3 "error", whose detail 2 is "monitor".
async fn control_info(
    call: Call<QemuDriver>,
    args: DomainGetControlInfoArgs,
) -> Result<DomainGetControlInfoRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let State::Active(live, _) = &snapshot.state else {
        return Err(VmError::from(Reason::NotRunning).into());
    };
    let answers = *live.monitor.responsive().borrow() && live.monitor.disconnected().is_none();
    let (state, details) = if answers { (0, 0) } else { (3, 2) };
    Ok(DomainGetControlInfoRet {
        state,
        details,
        state_time: 0,
    })
}

/// No job of the kind that this call tells of can run yet.
async fn job_info(
    call: Call<QemuDriver>,
    args: DomainGetJobInfoArgs,
) -> Result<DomainGetJobInfoRet, Error> {
    must_run(&object::find(&call, &args.dom)?.snapshot())?;
    Ok(DomainGetJobInfoRet {
        r#type: 0,
        time_elapsed: 0,
        time_remaining: 0,
        data_total: 0,
        data_processed: 0,
        data_remaining: 0,
        mem_total: 0,
        mem_processed: 0,
        mem_remaining: 0,
        file_total: 0,
        file_processed: 0,
        file_remaining: 0,
    })
}

async fn job_stats(
    call: Call<QemuDriver>,
    args: DomainGetJobStatsArgs,
) -> Result<DomainGetJobStatsRet, Error> {
    must_run(&object::find(&call, &args.dom)?.snapshot())?;
    Ok(DomainGetJobStatsRet {
        r#type: 0,
        params: Vec::new(),
    })
}

async fn is_active(
    call: Call<QemuDriver>,
    args: DomainIsActiveArgs,
) -> Result<DomainIsActiveRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    Ok(DomainIsActiveRet {
        active: i32::from(snapshot.state.is_active()),
    })
}

async fn is_persistent(
    call: Call<QemuDriver>,
    args: DomainIsPersistentArgs,
) -> Result<DomainIsPersistentRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    Ok(DomainIsPersistentRet {
        persistent: i32::from(snapshot.is_persistent()),
    })
}

async fn is_updated(
    call: Call<QemuDriver>,
    args: DomainIsUpdatedArgs,
) -> Result<DomainIsUpdatedRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let updated = snapshot.state.live().is_some_and(|live| live.updated);
    Ok(DomainIsUpdatedRet {
        updated: i32::from(updated),
    })
}

async fn has_managed_save(
    call: Call<QemuDriver>,
    args: DomainHasManagedSaveImageArgs,
) -> Result<DomainHasManagedSaveImageRet, Error> {
    object::find(&call, &args.dom)?;
    Ok(DomainHasManagedSaveImageRet { result: 0 })
}

/// The facts of the running VM, or of its definition.
pub(super) fn facts(snapshot: &Snapshot) -> Facts {
    match (snapshot.state.live(), &snapshot.definition) {
        (Some(live), _) => Facts::of(&live.document),
        (None, Some(definition)) => definition.facts,
        (None, None) => Facts {
            max_memory_kib: 0,
            memory_kib: 0,
            max_vcpus: 0,
            vcpus: 0,
        },
    }
}

fn running_facts(snapshot: &Snapshot) -> Result<Facts, Error> {
    must_run(snapshot)?;
    Ok(facts(snapshot))
}

fn must_run(snapshot: &Snapshot) -> Result<(), Error> {
    match snapshot.state.is_active() {
        true => Ok(()),
        false => Err(VmError::from(Reason::NotRunning).into()),
    }
}
