//! Models of processors, and what several have in common.

use cpu::x86::baseline::Limits;
use driver::{Call, Error, Routes};
use protocol::error::{Code, Origin};
use protocol::flags::ConnectBaselineCpuFlags as Flags;
use protocol::remote::{
    ConnectBaselineCpu, ConnectBaselineCpuArgs, ConnectBaselineCpuRet, ConnectGetCpuModelNames,
    ConnectGetCpuModelNamesArgs, ConnectGetCpuModelNamesRet,
};

use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<ConnectBaselineCpu>(baseline)
        .on::<ConnectGetCpuModelNames>(model_names);
}

async fn baseline(
    _: Call<TestDriver>,
    args: ConnectBaselineCpuArgs,
) -> Result<ConnectBaselineCpuRet, Error> {
    // The driver's host never migrates anything: that flag changes nothing.
    let expanded = args.flags.contains(Flags::EXPAND_FEATURES);
    Ok(ConnectBaselineCpuRet {
        cpu: cpu::baseline_of_hosts(&args.xml_cp_us, &Limits::default(), expanded)?,
    })
}

async fn model_names(
    _: Call<TestDriver>,
    args: ConnectGetCpuModelNamesArgs,
) -> Result<ConnectGetCpuModelNamesRet, Error> {
    if cpu::Arch::from_name(&args.arch).is_none() {
        let text = format!("cannot find architecture {}", args.arch);
        return Err(Error::new(Code::InvalidArg, text).from_origin(Origin::Test));
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
