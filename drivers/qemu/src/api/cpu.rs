//! CPUs compared with what the host and the hypervisor can give, and the one that several hosts can give.

use cpu::x86::baseline::Limits;
use cpu::x86::table;
use cpu::{Comparison, CpuError, Definition};
use documents::domain::{Cpu, CpuFallback};
use driver::{Call, Error, Routes};
use protocol::error::{Code, Origin};
use protocol::flags::{ConnectBaselineCpuFlags, ConnectCompareCpuFlags};
use protocol::remote::{
    ConnectBaselineCpu, ConnectBaselineCpuArgs, ConnectBaselineCpuRet,
    ConnectBaselineHypervisorCpu, ConnectBaselineHypervisorCpuArgs,
    ConnectBaselineHypervisorCpuRet, ConnectCompareCpu, ConnectCompareCpuArgs,
    ConnectCompareCpuRet, ConnectCompareHypervisorCpu, ConnectCompareHypervisorCpuArgs,
    ConnectCompareHypervisorCpuRet, ConnectGetCpuModelNames, ConnectGetCpuModelNamesArgs,
    ConnectGetCpuModelNamesRet,
};

use super::emulator::{Asked, choose};
use crate::capabilities::Arch;
use crate::domain::cpu::{HypervisorCpu, Models, hypervisor_gives};
use crate::driver::QemuDriver;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<ConnectCompareCpu>(compare)
        .on::<ConnectBaselineCpu>(baseline)
        .on::<ConnectCompareHypervisorCpu>(compare_hypervisor)
        .on::<ConnectBaselineHypervisorCpu>(baseline_hypervisor)
        .on::<ConnectGetCpuModelNames>(model_names);
}

async fn compare(
    call: Call<QemuDriver>,
    args: ConnectCompareCpuArgs,
) -> Result<ConnectCompareCpuRet, Error> {
    let validate = args.flags.contains(ConnectCompareCpuFlags::VALIDATE_XML);
    let cpu = Definition::parse(&args.xml, validate)?;
    let host = call.driver().capabilities().host_processor().await;
    let arch = Arch::native().map_or("unknown", Arch::name);
    let found = cpu::compare(arch, host.definition.as_ref(), &cpu)?;
    Ok(ConnectCompareCpuRet {
        result: result(found, args.flags)?,
    })
}

async fn compare_hypervisor(
    call: Call<QemuDriver>,
    args: ConnectCompareHypervisorCpuArgs,
) -> Result<ConnectCompareHypervisorCpuRet, Error> {
    let asked = Asked {
        emulator: args.emulator.as_deref(),
        arch: args.arch.as_deref(),
        machine: args.machine.as_deref(),
        kind: args.virttype.as_deref(),
    };
    let choice = choose(call.driver().capabilities(), asked).await?;
    let arch = choice.capabilities.arch;
    if !arch.is_x86() {
        let text = format!("comparing with the hypervisor CPU is not supported for arch {arch}");
        return Err(Error::new(Code::OperationUnsupported, text));
    }
    let hypervisor = HypervisorCpu::of(&choice.capabilities, choice.kind)?;
    let validate = args.flags.contains(ConnectCompareCpuFlags::VALIDATE_XML);
    let cpu = Definition::parse(&args.xml_cpu, validate)?;
    let found = match &hypervisor {
        Some(hypervisor) => hypervisor_gives(&cpu, choice.kind, &choice.capabilities, hypervisor)?,
        None => cpu::compare(arch.name(), None, &cpu)?,
    };
    Ok(ConnectCompareHypervisorCpuRet {
        result: result(found, args.flags)?,
    })
}

/// The number of a result: 0 incompatible, 1 identical, 2 superset. A client may want an error for the first.
fn result(found: Comparison, flags: ConnectCompareCpuFlags) -> Result<i32, CpuError> {
    match found {
        Comparison::Incompatible(reason)
            if flags.contains(ConnectCompareCpuFlags::FAIL_INCOMPATIBLE) =>
        {
            Err(CpuError::Incompatible { reason })
        }
        Comparison::Incompatible(_) => Ok(0),
        Comparison::Identical => Ok(1),
        Comparison::Superset => Ok(2),
    }
}

async fn baseline(
    _: Call<QemuDriver>,
    args: ConnectBaselineCpuArgs,
) -> Result<ConnectBaselineCpuRet, Error> {
    some(&args.xml_cp_us, "virConnectBaselineCPU")?;
    let limits = Limits {
        migratable: args.flags.contains(ConnectBaselineCpuFlags::MIGRATABLE),
        ..Limits::default()
    };
    let expanded = args
        .flags
        .contains(ConnectBaselineCpuFlags::EXPAND_FEATURES);
    Ok(ConnectBaselineCpuRet {
        cpu: cpu::baseline_of_hosts(&args.xml_cp_us, &limits, expanded)?,
    })
}

async fn baseline_hypervisor(
    call: Call<QemuDriver>,
    args: ConnectBaselineHypervisorCpuArgs,
) -> Result<ConnectBaselineHypervisorCpuRet, Error> {
    let asked = Asked {
        emulator: args.emulator.as_deref(),
        arch: args.arch.as_deref(),
        machine: args.machine.as_deref(),
        kind: args.virttype.as_deref(),
    };
    some(&args.xml_cp_us, "virConnectBaselineHypervisorCPU")?;
    let mut cpus = Vec::with_capacity(args.xml_cp_us.len());
    for text in &args.xml_cp_us {
        cpus.push(Definition::parse(text, false)?);
    }
    if let Some(index) = cpus.iter().position(|cpu| cpu.model().is_none()) {
        return Err(CpuError::NoModelAt { index }.into());
    }
    let choice = choose(call.driver().capabilities(), asked).await?;
    let arch = choice.capabilities.arch;
    let accelerator = choice.capabilities.accelerator(choice.kind);
    let (true, Some(accelerator)) = (arch.is_x86(), accelerator) else {
        let text = format!("computing baseline hypervisor CPU is not supported for arch {arch}");
        return Err(Error::new(Code::OperationUnsupported, text));
    };
    let migratable = args.flags.contains(ConnectBaselineCpuFlags::MIGRATABLE);
    let models = Models(accelerator);
    let known = accelerator.host_cpu.as_ref();
    let limits = Limits {
        hypervisor: Some(&models),
        features: known.map(|cpu| table().set(cpu.known(migratable))),
        migratable: migratable && known.is_none(),
    };
    let mut common = cpu::x86::baseline::baseline(&cpus, &limits, table())?;
    if let Some(model) = &mut common.model {
        model.fallback = Some(CpuFallback::Forbid);
    }
    Ok(ConnectBaselineHypervisorCpuRet {
        cpu: document(arch.name(), common, args.flags)?,
    })
}

/// A baseline needs something to compute it of.
fn some(texts: &[String], function: &str) -> Result<(), Error> {
    if texts.is_empty() {
        let text = format!("xmlCPUs in {function} must not be NULL");
        return Err(Error::verbatim(Code::InvalidArg, text).from_origin(Origin::Domain));
    }
    Ok(())
}

fn document(arch: &str, mut cpu: Cpu, flags: ConnectBaselineCpuFlags) -> Result<String, CpuError> {
    if flags.contains(ConnectBaselineCpuFlags::EXPAND_FEATURES) {
        cpu::expand(arch, &mut cpu)?;
    }
    Ok(xml::format_root(&cpu, "cpu"))
}

async fn model_names(
    _: Call<QemuDriver>,
    args: ConnectGetCpuModelNamesArgs,
) -> Result<ConnectGetCpuModelNamesRet, Error> {
    if Arch::from_name(&args.arch).is_none() {
        let text = format!("cannot find architecture {}", args.arch);
        return Err(Error::new(Code::InvalidArg, text).from_origin(Origin::Qemu));
    }
    let names = cpu::model_names(&args.arch)?;
    let ret = i32::try_from(names.len()).unwrap_or(i32::MAX);
    let wanted = args.need_results != 0;
    let models = names.into_iter().filter(|_| wanted).map(str::to_owned);
    Ok(ConnectGetCpuModelNamesRet {
        models: models.collect(),
        ret,
    })
}
