//! How much memory a domain's process may use.

use documents::domain::{Domain, MemTune};
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::remote::{
    DomainGetMemoryParameters, DomainGetMemoryParametersArgs, DomainGetMemoryParametersRet,
    DomainSetMemoryParameters, DomainSetMemoryParametersArgs,
};
use protocol::typed_param::TypedParam;

use super::object;
use super::parameters::{self, Kind};
use super::tuning::{change, document};
use crate::driver::QemuDriver;
use crate::vm::control_group::UNLIMITED;

/// `VIR_DOMAIN_MEMORY_HARD_LIMIT`
const HARD: &str = "hard_limit";
/// `VIR_DOMAIN_MEMORY_SOFT_LIMIT`
const SOFT: &str = "soft_limit";
/// `VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT`
const SWAP_HARD: &str = "swap_hard_limit";

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainGetMemoryParameters>(get)
        .on::<DomainSetMemoryParameters>(set);
}

async fn get(
    call: Call<QemuDriver>,
    args: DomainGetMemoryParametersArgs,
) -> Result<DomainGetMemoryParametersRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let (document, _) = document(&snapshot, args.flags)?;
    let tune = document.memtune.unwrap_or_default();
    let params = [
        (HARD, tune.hard_limit),
        (SOFT, tune.soft_limit),
        (SWAP_HARD, tune.swap_hard_limit),
    ]
    .map(|(name, limit)| TypedParam::new(name, limit.unwrap_or(UNLIMITED)));
    let (params, nparams) = parameters::answer(params.into(), args.nparams);
    Ok(DomainGetMemoryParametersRet { params, nparams })
}

async fn set(call: Call<QemuDriver>, args: DomainSetMemoryParametersArgs) -> Result<(), Error> {
    let params = args.params;
    parameters::check(&params, |name| {
        [HARD, SOFT, SWAP_HARD]
            .contains(&name)
            .then_some(Kind::Unsigned64)
    })?;
    let check = |document: &Domain| {
        let tune = document.memtune.clone().unwrap_or_default();
        match tune.hard_limit.zip(tune.swap_hard_limit) {
            Some((hard, swap)) if hard > swap => {
                let text = "memory hard_limit tunable value must be lower than or equal to swap_hard_limit";
                Err(Error::new(Code::InvalidArg, text))
            }
            _ => Ok(()),
        }
    };
    change(&call, &args.dom, args.flags, check, move |document| {
        write(document, &params);
    })
    .await
}

fn write(document: &mut Domain, params: &[TypedParam]) {
    let mut tune = document.memtune.take().unwrap_or_default();
    for param in params {
        let limit = param.value.as_u64().map(|kib| kib.min(UNLIMITED));
        match param.field.as_str() {
            HARD => tune.hard_limit = limit,
            SOFT => tune.soft_limit = limit,
            SWAP_HARD => tune.swap_hard_limit = limit,
            _ => {}
        }
    }
    document.memtune = Some(tune).filter(|tune| *tune != MemTune::default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_written_down() {
        let text = "<domain type='qemu'><name>a</name><os/>\
             <memtune><soft_limit>5</soft_limit></memtune></domain>";
        let mut document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        write(&mut document, &[TypedParam::new(HARD, 7_u64)]);
        let tune = document.memtune.unwrap();
        assert_eq!((tune.hard_limit, tune.soft_limit), (Some(7), Some(5)));
    }
}
