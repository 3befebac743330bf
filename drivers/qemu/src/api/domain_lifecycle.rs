//! Starting, stopping and pausing domains.

use std::sync::Arc;

use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::flags::{
    DomainCreateFlags as CreateFlags, DomainDestroyFlagsValues as DestroyFlags,
    DomainRebootFlagValues as RebootFlags, DomainShutdownFlagValues as ShutdownFlags,
};
use protocol::remote::{
    DomainCreate, DomainCreateArgs, DomainCreateWithFlags, DomainCreateWithFlagsArgs,
    DomainCreateWithFlagsRet, DomainCreateXml, DomainCreateXmlArgs, DomainCreateXmlRet,
    DomainDestroy, DomainDestroyArgs, DomainDestroyFlags, DomainDestroyFlagsArgs, DomainReboot,
    DomainRebootArgs, DomainReset, DomainResetArgs, DomainResume, DomainResumeArgs, DomainShutdown,
    DomainShutdownArgs, DomainShutdownFlags, DomainShutdownFlagsArgs, DomainSuspend,
    DomainSuspendArgs, NonnullDomain,
};

use super::{document, object};
use crate::driver::QemuDriver;
use crate::removed::removed;
use crate::vm::paths::Paths;
use crate::vm::request::{Action, Start};

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainCreate>(create)
        .on::<DomainCreateWithFlags>(create_with_flags)
        .on::<DomainCreateXml>(create_xml)
        .on::<DomainDestroy>(destroy)
        .on::<DomainDestroyFlags>(destroy_flags)
        .on::<DomainShutdown>(shutdown)
        .on::<DomainShutdownFlags>(shutdown_flags)
        .on::<DomainReboot>(reboot)
        .on::<DomainReset>(reset)
        .on::<DomainSuspend>(suspend)
        .on::<DomainResume>(resume);
}

async fn create(call: Call<QemuDriver>, args: DomainCreateArgs) -> Result<(), Error> {
    start_defined(&call, &args.dom, CreateFlags::empty())
        .await
        .map(drop)
}

async fn create_with_flags(
    call: Call<QemuDriver>,
    args: DomainCreateWithFlagsArgs,
) -> Result<DomainCreateWithFlagsRet, Error> {
    let dom = start_defined(&call, &args.dom, args.flags).await?;
    Ok(DomainCreateWithFlagsRet { dom })
}

async fn start_defined(
    call: &Call<QemuDriver>,
    domain: &NonnullDomain,
    flags: CreateFlags,
) -> Result<NonnullDomain, Error> {
    let vm = object::find(call, domain)?;
    let start = order(call, None, flags);
    vm.ask(call.driver(), Action::Start(Box::new(start)))
        .await?;
    Ok(object::of(&vm))
}

async fn create_xml(
    call: Call<QemuDriver>,
    args: DomainCreateXmlArgs,
) -> Result<DomainCreateXmlRet, Error> {
    let validate = args.flags.contains(CreateFlags::START_VALIDATE);
    let document = document::completed(call.driver(), &args.xml_desc, validate).await?;
    let (name, uuid): (Arc<str>, _) = (
        document.name.as_str().into(),
        document.uuid.unwrap_or_default(),
    );
    call.allow(&driver::Target::domain(&name, uuid.0))?;
    let known = call.driver().registry().by_uuid(uuid);
    if known.is_some_and(|vm| vm.snapshot().state.is_active()) {
        let text = format!("domain is already active as '{name}'");
        return Err(Error::new(Code::OperationInvalid, text));
    }
    let start = order(&call, Some(Arc::new(document)), args.flags);
    let action = || Action::Start(Box::new(start.clone()));
    let vm = document::ask(call.driver(), &name, uuid, action).await?;
    Ok(DomainCreateXmlRet {
        dom: object::of(&vm),
    })
}

/// The cache of saved images can be passed by, but no domain of this driver has saved images yet, so that this flag
/// changes nothing.
fn order(
    call: &Call<QemuDriver>,
    document: Option<Arc<documents::domain::Domain>>,
    flags: CreateFlags,
) -> Start {
    let driver = call.driver();
    let bound =
        flags.contains(CreateFlags::START_AUTODESTROY) || driver.mode().binds_to_connection();
    if bound {
        driver.watch_connection(call.connection());
    }
    Start {
        document,
        paused: flags.contains(CreateFlags::START_PAUSED),
        autodestroy: bound.then(|| call.connection().id()),
        reset_nvram: flags.contains(CreateFlags::START_RESET_NVRAM),
    }
}

async fn destroy(call: Call<QemuDriver>, args: DomainDestroyArgs) -> Result<(), Error> {
    stop(&call, &args.dom, DestroyFlags::empty()).await
}

async fn destroy_flags(call: Call<QemuDriver>, args: DomainDestroyFlagsArgs) -> Result<(), Error> {
    stop(&call, &args.dom, args.flags).await
}

async fn stop(
    call: &Call<QemuDriver>,
    domain: &NonnullDomain,
    flags: DestroyFlags,
) -> Result<(), Error> {
    let vm = object::find(call, domain)?;
    let snapshot = vm.snapshot();
    let graceful = flags.contains(DestroyFlags::GRACEFUL);
    vm.ask(call.driver(), Action::Destroy { graceful }).await?;
    if flags.contains(DestroyFlags::REMOVE_LOGS) {
        let log = Paths::new(call.driver().layout(), -1, &snapshot.name).log;
        if let Err(error) = removed(std::fs::remove_file(&log)) {
            let text = format!("cannot remove '{}'", log.display());
            return Err(Error::verbatim(Code::SystemError, text).caused_by(error));
        }
    }
    Ok(())
}

async fn shutdown(call: Call<QemuDriver>, args: DomainShutdownArgs) -> Result<(), Error> {
    ask(&call, &args.dom, Action::Shutdown).await
}

async fn shutdown_flags(
    call: Call<QemuDriver>,
    args: DomainShutdownFlagsArgs,
) -> Result<(), Error> {
    let acpi = args.flags.is_empty() || args.flags.contains(ShutdownFlags::ACPI_POWER_BTN);
    only_acpi(acpi, args.flags.contains(ShutdownFlags::GUEST_AGENT))?;
    ask(&call, &args.dom, Action::Shutdown).await
}

async fn reboot(call: Call<QemuDriver>, args: DomainRebootArgs) -> Result<(), Error> {
    let acpi = args.flags.is_empty() || args.flags.contains(RebootFlags::ACPI_POWER_BTN);
    only_acpi(acpi, args.flags.contains(RebootFlags::GUEST_AGENT))?;
    ask(&call, &args.dom, Action::Reboot).await
}

/// Several ways may be allowed; the power button is the one that this driver has.
fn only_acpi(acpi: bool, agent: bool) -> Result<(), Error> {
    match (acpi, agent) {
        (true, _) => Ok(()),
        (false, true) => Err(Error::new(
            Code::ArgumentUnsupported,
            "the guest agent cannot be used in this version: use the ACPI power button",
        )),
        (false, false) => Err(Error::new(
            Code::ArgumentUnsupported,
            "QEMU guests know the ACPI power button and the guest agent only",
        )),
    }
}

async fn reset(call: Call<QemuDriver>, args: DomainResetArgs) -> Result<(), Error> {
    ask(&call, &args.dom, Action::Reset).await
}

async fn suspend(call: Call<QemuDriver>, args: DomainSuspendArgs) -> Result<(), Error> {
    ask(&call, &args.dom, Action::Suspend).await
}

async fn resume(call: Call<QemuDriver>, args: DomainResumeArgs) -> Result<(), Error> {
    ask(&call, &args.dom, Action::Resume).await
}

async fn ask(call: &Call<QemuDriver>, domain: &NonnullDomain, action: Action) -> Result<(), Error> {
    let vm = object::find(call, domain)?;
    Ok(vm.ask(call.driver(), action).await?)
}
