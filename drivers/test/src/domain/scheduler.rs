//! The scheduler: it is fair and gives every domain the same weight, whatever is set.

use driver::{Call, Error, Routes};
use protocol::fields::scheduler as field;
use protocol::remote::{
    DomainGetSchedulerParameters, DomainGetSchedulerParametersArgs,
    DomainGetSchedulerParametersFlags, DomainGetSchedulerParametersFlagsArgs,
    DomainGetSchedulerParametersFlagsRet, DomainGetSchedulerParametersRet, DomainGetSchedulerType,
    DomainGetSchedulerTypeArgs, DomainGetSchedulerTypeRet, DomainSetSchedulerParameters,
    DomainSetSchedulerParametersArgs, DomainSetSchedulerParametersFlags,
    DomainSetSchedulerParametersFlagsArgs, NonnullDomain,
};
use protocol::typed_param::{TypedParam, TypedParamValue};

use super::error::DomainError;
use crate::{TestDriver, flags};

/// Every domain's.
const WEIGHT: u32 = 50;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<DomainGetSchedulerType>(kind)
        .on::<DomainGetSchedulerParameters>(parameters)
        .on::<DomainGetSchedulerParametersFlags>(parameters_flags)
        .on::<DomainSetSchedulerParameters>(set)
        .on::<DomainSetSchedulerParametersFlags>(set_flags);
}

async fn kind(
    call: Call<TestDriver>,
    args: DomainGetSchedulerTypeArgs,
) -> Result<DomainGetSchedulerTypeRet, Error> {
    call.driver().domains().read(&call, &args.dom, |_| {
        Ok(DomainGetSchedulerTypeRet {
            r#type: "fair".to_owned(),
            nparams: 1,
        })
    })
}

async fn parameters(
    call: Call<TestDriver>,
    args: DomainGetSchedulerParametersArgs,
) -> Result<DomainGetSchedulerParametersRet, Error> {
    let params = known(&call, &args.dom, args.nparams)?;
    Ok(DomainGetSchedulerParametersRet { params })
}

async fn parameters_flags(
    call: Call<TestDriver>,
    args: DomainGetSchedulerParametersFlagsArgs,
) -> Result<DomainGetSchedulerParametersFlagsRet, Error> {
    flags::none(args.flags.bits(), "virDomainGetSchedulerParametersFlags")?;
    let params = known(&call, &args.dom, args.nparams)?;
    Ok(DomainGetSchedulerParametersFlagsRet { params })
}

/// All of them; a caller without room for one gets none.
fn known(
    call: &Call<TestDriver>,
    dom: &NonnullDomain,
    room: i32,
) -> Result<Vec<TypedParam>, Error> {
    call.driver().domains().read(call, dom, |_| {
        let weight = TypedParam {
            field: field::WEIGHT.to_owned(),
            value: TypedParamValue::UInt(WEIGHT),
        };
        Ok(Vec::from_iter((room > 0).then_some(weight)))
    })
}

async fn set(call: Call<TestDriver>, args: DomainSetSchedulerParametersArgs) -> Result<(), Error> {
    check(&call, &args.dom, &args.params)
}

async fn set_flags(
    call: Call<TestDriver>,
    args: DomainSetSchedulerParametersFlagsArgs,
) -> Result<(), Error> {
    flags::none(args.flags.bits(), "virDomainSetSchedulerParametersFlags")?;
    check(&call, &args.dom, &args.params)
}

/// What can be set at all.
fn check(call: &Call<TestDriver>, dom: &NonnullDomain, params: &[TypedParam]) -> Result<(), Error> {
    call.driver().domains().read(call, dom, |_| {
        let wrong = params.iter().find(|param| {
            param.field != field::WEIGHT || !matches!(param.value, TypedParamValue::UInt(_))
        });
        match wrong {
            None => Ok(()),
            Some(param) => Err(DomainError::NoSchedulerParameter(param.field.clone())),
        }
    })
}
