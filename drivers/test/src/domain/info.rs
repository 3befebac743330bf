//! What a domain is and does.

use driver::{Call, Error, Routes};
use protocol::remote::{
    DomainGetControlInfo, DomainGetControlInfoArgs, DomainGetControlInfoRet, DomainGetInfo,
    DomainGetInfoArgs, DomainGetInfoRet, DomainGetJobInfo, DomainGetJobInfoArgs,
    DomainGetJobInfoRet, DomainGetJobStats, DomainGetJobStatsArgs, DomainGetJobStatsRet,
    DomainGetOsType, DomainGetOsTypeArgs, DomainGetOsTypeRet, DomainGetSecurityLabel,
    DomainGetSecurityLabelArgs, DomainGetSecurityLabelRet, DomainGetState, DomainGetStateArgs,
    DomainGetStateRet, DomainIsActive, DomainIsActiveArgs, DomainIsActiveRet,
};
use xdr::Chars;

use super::error::DomainError;
use super::guest::Guest;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<DomainGetInfo>(info)
        .on::<DomainGetState>(state)
        .on::<DomainIsActive>(is_active)
        .on::<DomainGetOsType>(os_type)
        .on::<DomainGetControlInfo>(control_info)
        .on::<DomainGetJobInfo>(job_info)
        .on::<DomainGetJobStats>(job_stats)
        .on::<DomainGetSecurityLabel>(security_label);
}

async fn info(call: Call<TestDriver>, args: DomainGetInfoArgs) -> Result<DomainGetInfoRet, Error> {
    call.driver().domains().read(&call, &args.dom, |guest| {
        let document = guest.document();
        let vcpus = super::vcpu::current(document);
        Ok(DomainGetInfoRet {
            state: u8::try_from(guest.state().0.value()).unwrap_or_default(),
            max_mem: super::memory::maximum(document),
            memory: super::memory::current(document),
            nr_virt_cpu: u16::try_from(vcpus).unwrap_or(u16::MAX),
            cpu_time: guest.cpu_time(),
        })
    })
}

async fn state(
    call: Call<TestDriver>,
    args: DomainGetStateArgs,
) -> Result<DomainGetStateRet, Error> {
    let (state, reason) = call
        .driver()
        .domains()
        .read(&call, &args.dom, |it| Ok(it.state()))?;
    Ok(DomainGetStateRet {
        state: state.value(),
        reason,
    })
}

async fn is_active(
    call: Call<TestDriver>,
    args: DomainIsActiveArgs,
) -> Result<DomainIsActiveRet, Error> {
    let active = call
        .driver()
        .domains()
        .read(&call, &args.dom, |guest| Ok(guest.is_active()))?;
    Ok(DomainIsActiveRet {
        active: active.into(),
    })
}

async fn os_type(
    call: Call<TestDriver>,
    args: DomainGetOsTypeArgs,
) -> Result<DomainGetOsTypeRet, Error> {
    // libvirt's test driver says so of every domain.
    let linux = DomainGetOsTypeRet {
        r#type: "linux".to_owned(),
    };
    call.driver()
        .domains()
        .read(&call, &args.dom, |_| Ok(linux))
}

async fn control_info(
    call: Call<TestDriver>,
    args: DomainGetControlInfoArgs,
) -> Result<DomainGetControlInfoRet, Error> {
    call.driver().domains().read(&call, &args.dom, |guest| {
        running(guest)?;
        Ok(DomainGetControlInfoRet {
            state: 0,
            details: 0,
            state_time: 0,
        })
    })
}

async fn job_info(
    call: Call<TestDriver>,
    args: DomainGetJobInfoArgs,
) -> Result<DomainGetJobInfoRet, Error> {
    call.driver().domains().read(&call, &args.dom, |guest| {
        running(guest)?;
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
    })
}

async fn job_stats(
    call: Call<TestDriver>,
    args: DomainGetJobStatsArgs,
) -> Result<DomainGetJobStatsRet, Error> {
    call.driver().domains().read(&call, &args.dom, |guest| {
        running(guest)?;
        Ok(DomainGetJobStatsRet {
            r#type: 0,
            params: Vec::new(),
        })
    })
}

async fn security_label(
    call: Call<TestDriver>,
    args: DomainGetSecurityLabelArgs,
) -> Result<DomainGetSecurityLabelRet, Error> {
    call.driver().domains().read(&call, &args.dom, |_| {
        // The label that the daemon sends includes its closing zero.
        let label = Chars(b"libvirt-test\0".to_vec());
        Ok(DomainGetSecurityLabelRet {
            label,
            enforcing: 1,
        })
    })
}

fn running(guest: &Guest) -> Result<(), DomainError> {
    if guest.is_active() {
        Ok(())
    } else {
        Err(DomainError::NotRunning)
    }
}
