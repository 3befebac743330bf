//! How much CPU time the threads of a domain get.

use documents::domain::{CpuTune, Domain};
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::flags::{DomainModificationImpact as Impact, DomainParameterFlags};
use protocol::remote::{
    DomainGetSchedulerParameters, DomainGetSchedulerParametersArgs,
    DomainGetSchedulerParametersFlags, DomainGetSchedulerParametersFlagsArgs,
    DomainGetSchedulerParametersFlagsRet, DomainGetSchedulerParametersRet, DomainGetSchedulerType,
    DomainGetSchedulerTypeArgs, DomainGetSchedulerTypeRet, DomainSetSchedulerParameters,
    DomainSetSchedulerParametersArgs, DomainSetSchedulerParametersFlags,
    DomainSetSchedulerParametersFlagsArgs, NonnullDomain,
};
use protocol::typed_param::TypedParam;

use super::object;
use super::parameters::{self, Kind};
use super::tuning::{change, document, edit_cpus};
use crate::domain::rules::{LARGEST_QUOTA, LONGEST_PERIOD, SHORTEST};
use crate::driver::QemuDriver;

/// `VIR_DOMAIN_SCHEDULER_CPU_SHARES`
const SHARES: &str = "cpu_shares";

/// The shares of a group that nobody has changed.
const USUAL_SHARES: u64 = 1024;
/// The kernel's own period, in microseconds.
const USUAL_PERIOD: u64 = 100_000;

/// Where a document has a value.
type Place<T> = fn(&mut CpuTune) -> &mut Option<T>;

/// The periods and quotas, by their names in calls and their places in documents.
const PERIODS: [(&str, Place<u64>); 4] = [
    ("vcpu_period", |tune| &mut tune.period),
    ("emulator_period", |tune| &mut tune.emulator_period),
    ("global_period", |tune| &mut tune.global_period),
    ("iothread_period", |tune| &mut tune.iothread_period),
];
const QUOTAS: [(&str, Place<i64>); 4] = [
    ("vcpu_quota", |tune| &mut tune.quota),
    ("emulator_quota", |tune| &mut tune.emulator_quota),
    ("global_quota", |tune| &mut tune.global_quota),
    ("iothread_quota", |tune| &mut tune.iothread_quota),
];

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainGetSchedulerType>(kind)
        .on::<DomainGetSchedulerParameters>(get)
        .on::<DomainGetSchedulerParametersFlags>(get_flags)
        .on::<DomainSetSchedulerParameters>(set)
        .on::<DomainSetSchedulerParametersFlags>(set_flags);
}

async fn kind(
    call: Call<QemuDriver>,
    args: DomainGetSchedulerTypeArgs,
) -> Result<DomainGetSchedulerTypeRet, Error> {
    object::find(&call, &args.dom)?;
    let count = 1 + PERIODS.len() + QUOTAS.len();
    Ok(DomainGetSchedulerTypeRet {
        r#type: "posix".to_owned(),
        nparams: i32::try_from(count).unwrap_or(i32::MAX),
    })
}

async fn get(
    call: Call<QemuDriver>,
    args: DomainGetSchedulerParametersArgs,
) -> Result<DomainGetSchedulerParametersRet, Error> {
    let params = read(
        &call,
        &args.dom,
        DomainParameterFlags::empty(),
        args.nparams,
    )?;
    Ok(DomainGetSchedulerParametersRet { params })
}

async fn get_flags(
    call: Call<QemuDriver>,
    args: DomainGetSchedulerParametersFlagsArgs,
) -> Result<DomainGetSchedulerParametersFlagsRet, Error> {
    let params = read(&call, &args.dom, args.flags, args.nparams)?;
    Ok(DomainGetSchedulerParametersFlagsRet { params })
}

fn read(
    call: &Call<QemuDriver>,
    domain: &NonnullDomain,
    flags: DomainParameterFlags,
    most: i32,
) -> Result<Vec<TypedParam>, Error> {
    let snapshot = object::find(call, domain)?.snapshot();
    let (document, live) = document(&snapshot, flags)?;
    let tune = document.cputune.as_deref().cloned().unwrap_or_default();
    let mut params = list(tune, live);
    params.truncate(usize::try_from(most).unwrap_or(0));
    Ok(params)
}

/// What a document does not say is the kernel's own while the VM runs, and nothing before.
fn list(mut tune: CpuTune, live: bool) -> Vec<TypedParam> {
    let (shares, period, quota) = match live {
        true => (USUAL_SHARES, USUAL_PERIOD, -1),
        false => (0, 0, 0),
    };
    let mut params = vec![TypedParam::new(SHARES, tune.shares.unwrap_or(shares))];
    for ((period_name, period_of), (quota_name, quota_of)) in PERIODS.into_iter().zip(QUOTAS) {
        let found = period_of(&mut tune).unwrap_or(period);
        params.push(TypedParam::new(period_name, found));
        let found = quota_of(&mut tune).unwrap_or(quota);
        params.push(TypedParam::new(quota_name, found));
    }
    params
}

async fn set(call: Call<QemuDriver>, args: DomainSetSchedulerParametersArgs) -> Result<(), Error> {
    write_all(&call, &args.dom, args.params, Impact::empty()).await
}

async fn set_flags(
    call: Call<QemuDriver>,
    args: DomainSetSchedulerParametersFlagsArgs,
) -> Result<(), Error> {
    write_all(&call, &args.dom, args.params, args.flags).await
}

async fn write_all(
    call: &Call<QemuDriver>,
    domain: &NonnullDomain,
    params: Vec<TypedParam>,
    flags: Impact,
) -> Result<(), Error> {
    parameters::check(&params, kind_of)?;
    params.iter().try_for_each(check_range)?;
    change(
        call,
        domain,
        flags,
        |_| Ok(()),
        move |document: &mut Domain| {
            edit_cpus(document, |tune| write(tune, &params));
        },
    )
    .await
}

fn kind_of(name: &str) -> Option<Kind> {
    let is_period = name == SHARES || PERIODS.iter().any(|(period, _)| *period == name);
    let is_quota = QUOTAS.iter().any(|(quota, _)| *quota == name);
    match (is_period, is_quota) {
        (true, _) => Some(Kind::Unsigned64),
        (_, true) => Some(Kind::Signed64),
        _ => None,
    }
}

/// Zero takes a value back; a negative quota is none.
fn check_range(param: &TypedParam) -> Result<(), Error> {
    let most = match kind_of(&param.field) {
        _ if param.field == SHARES => return Ok(()),
        Some(Kind::Unsigned64) => LONGEST_PERIOD,
        _ => LARGEST_QUOTA,
    };
    let value = param.value.as_u64().unwrap_or(0);
    if value == 0 || (SHORTEST..=most).contains(&value) {
        return Ok(());
    }
    let name = &param.field;
    let text = format!("value of '{name}' is out of range [{SHORTEST}, {most}]");
    Err(Error::new(Code::InvalidArg, text))
}

fn write(tune: &mut CpuTune, params: &[TypedParam]) {
    for param in params {
        let name = param.field.as_str();
        let positive = param.value.as_u64().filter(|value| *value > 0);
        if name == SHARES {
            tune.shares = positive;
        }
        for (_, place) in PERIODS.iter().filter(|(period, _)| *period == name) {
            *place(tune) = positive;
        }
        for (_, place) in QUOTAS.iter().filter(|(quota, _)| *quota == name) {
            *place(tune) = param.value.as_i64().filter(|value| *value != 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_the_kernels_own_of_a_running_vm() {
        let tune = CpuTune {
            quota: Some(5000),
            ..CpuTune::default()
        };
        let texts = |live| -> Vec<String> {
            let params = list(tune.clone(), live).into_iter().take(3);
            params
                .map(|it| format!("{}={}", it.field, it.value.as_i64().unwrap()))
                .collect()
        };
        assert_eq!(
            texts(true),
            ["cpu_shares=1024", "vcpu_period=100000", "vcpu_quota=5000"]
        );
        assert_eq!(
            texts(false),
            ["cpu_shares=0", "vcpu_period=0", "vcpu_quota=5000"]
        );
    }

    #[test]
    fn a_value_must_be_one_that_the_kernel_takes() {
        let refused = |param: TypedParam| check_range(&param).is_err();
        assert!(refused(TypedParam::new("vcpu_quota", 5_i64)));
        assert!(refused(TypedParam::new("vcpu_period", 2_000_000_u64)));
        assert!(!refused(TypedParam::new("vcpu_quota", -1_i64)));
        assert!(!refused(TypedParam::new("vcpu_period", 0_u64)));
        assert!(!refused(TypedParam::new("cpu_shares", 2_u64)));
    }

    #[test]
    fn zero_takes_a_value_back() {
        let mut tune = CpuTune {
            shares: Some(5),
            period: Some(5000),
            ..CpuTune::default()
        };
        let params = [
            TypedParam::new(SHARES, 0_u64),
            TypedParam::new("emulator_quota", -1_i64),
        ];
        write(&mut tune, &params);
        assert_eq!((tune.shares, tune.period), (None, Some(5000)));
        assert_eq!(tune.emulator_quota, Some(-1));
    }
}
