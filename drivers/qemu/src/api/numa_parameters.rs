//! On which of the host's nodes a domain's memory is.

use documents::domain::{Domain, NumaMemory, NumaMode, Placement};
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::remote::{
    DomainGetNumaParameters, DomainGetNumaParametersArgs, DomainGetNumaParametersRet,
    DomainSetNumaParameters, DomainSetNumaParametersArgs,
};
use protocol::typed_param::TypedParam;

use super::impact::affected;
use super::object;
use super::parameters::{self, Kind};
use super::tuning::{change, document};
use crate::domain::cpu_list;
use crate::driver::QemuDriver;

/// `VIR_DOMAIN_NUMA_NODESET`
const NODES: &str = "numa_nodeset";
/// `VIR_DOMAIN_NUMA_MODE`
const MODE: &str = "numa_mode";

/// The modes by their numbers in calls (`virDomainNumatuneMemMode`).
const MODES: [NumaMode; 4] = [
    NumaMode::Strict,
    NumaMode::Preferred,
    NumaMode::Interleave,
    NumaMode::Restrictive,
];

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainGetNumaParameters>(get)
        .on::<DomainSetNumaParameters>(set);
}

async fn get(
    call: Call<QemuDriver>,
    args: DomainGetNumaParametersArgs,
) -> Result<DomainGetNumaParametersRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let (document, _) = document(&snapshot, args.flags)?;
    let memory = memory(&document);
    let mode = memory.mode.unwrap_or_default();
    let number = MODES.iter().zip(0_i32..).find(|(it, _)| **it == mode);
    let params = vec![
        TypedParam::new(MODE, number.map_or(0, |(_, number)| number)),
        TypedParam::new(NODES, memory.nodeset.unwrap_or_default()),
    ];
    let (params, nparams) = parameters::answer(params, args.nparams);
    Ok(DomainGetNumaParametersRet { params, nparams })
}

async fn set(call: Call<QemuDriver>, args: DomainSetNumaParametersArgs) -> Result<(), Error> {
    parameters::check(&args.params, |name| match name {
        MODE => Some(Kind::Signed32),
        NODES => Some(Kind::Text),
        _ => None,
    })?;
    let wanted = Wanted::of(&args.params)?;
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    if affected(&snapshot, args.flags)?.live {
        let now = snapshot.state.live();
        let now = now.map(|live| memory(&live.document).mode.unwrap_or_default());
        check_live(wanted.mode, now.unwrap_or_default())?;
    }
    change(
        &call,
        &args.dom,
        args.flags,
        |_| Ok(()),
        move |document| {
            wanted.write(document);
        },
    )
    .await
}

/// QEMU itself has bound memory to its nodes, unless control groups alone see to it.
fn check_live(wanted: Option<NumaMode>, now: NumaMode) -> Result<(), Error> {
    let text = match wanted {
        Some(mode) if mode != now => "can't change numa mode for running domain",
        _ if now != NumaMode::Restrictive => {
            "change of nodeset for running domain requires restrictive numa mode"
        }
        _ => return Ok(()),
    };
    Err(Error::new(Code::OperationInvalid, text))
}

fn memory(document: &Domain) -> NumaMemory {
    let tune = document.numatune.as_ref();
    tune.and_then(|tune| tune.memory.clone())
        .unwrap_or_default()
}

/// A change that has been understood.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    mode: Option<NumaMode>,
    nodes: Option<String>,
}

impl Wanted {
    fn of(params: &[TypedParam]) -> Result<Self, Error> {
        let mut wanted = Self::default();
        for param in params {
            if let Some(text) = param.value.as_str() {
                let nodes = cpu_list::parse(text).filter(|nodes| !nodes.is_empty());
                let Some(nodes) = nodes else {
                    let text = format!("Invalid nodeset of 'numatune': {text}");
                    return Err(Error::new(Code::InvalidArg, text));
                };
                wanted.nodes = Some(cpu_list::format(&nodes));
                continue;
            }
            let number = param.value.as_u64();
            let mode = number.and_then(|number| MODES.get(usize::try_from(number).ok()?));
            let Some(mode) = mode else {
                let text = format!("unsupported numatune mode: '{}'", number.unwrap_or(0));
                return Err(Error::new(Code::InvalidArg, text));
            };
            wanted.mode = Some(*mode);
        }
        Ok(wanted)
    }

    fn write(&self, document: &mut Domain) {
        let tune = document.numatune.get_or_insert_default();
        let memory = tune.memory.get_or_insert_default();
        memory.mode = self.mode.or(memory.mode).or(Some(NumaMode::default()));
        if let Some(nodes) = &self.nodes {
            memory.nodeset = Some(nodes.clone());
            memory.placement.take_if(|it| *it == Placement::Auto);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_written_down() {
        let text = "<domain type='qemu'><name>a</name><os/></domain>";
        let mut document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        let params = [
            TypedParam::new(MODE, 3_i32),
            TypedParam::new(NODES, "0,1".to_owned()),
        ];
        Wanted::of(&params).unwrap().write(&mut document);
        let memory = memory(&document);
        assert_eq!(memory.mode, Some(NumaMode::Restrictive));
        assert_eq!(memory.nodeset.as_deref(), Some("0-1"));
        assert!(Wanted::of(&[TypedParam::new(MODE, 4_i32)]).is_err());
        assert!(Wanted::of(&[TypedParam::new(NODES, "x".to_owned())]).is_err());
    }

    #[test]
    fn what_qemu_has_bound_stays() {
        assert!(check_live(None, NumaMode::Strict).is_err());
        assert!(check_live(None, NumaMode::Restrictive).is_ok());
        assert!(check_live(Some(NumaMode::Strict), NumaMode::Restrictive).is_err());
    }
}
