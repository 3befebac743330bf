//! Definitions: making, changing, forgetting them, and whether they start with the host.

use std::sync::Arc;

use driver::{Call, Error, Routes, Target};
use protocol::error::Code;
use protocol::flags::{DomainDefineFlags, DomainUndefineFlagsValues as UndefineFlags};
use protocol::remote::{
    DomainDefineXml, DomainDefineXmlArgs, DomainDefineXmlFlags, DomainDefineXmlFlagsArgs,
    DomainDefineXmlFlagsRet, DomainDefineXmlRet, DomainGetAutostart, DomainGetAutostartArgs,
    DomainGetAutostartOnce, DomainGetAutostartOnceArgs, DomainGetAutostartOnceRet,
    DomainGetAutostartRet, DomainRename, DomainRenameArgs, DomainRenameRet, DomainSetAutostart,
    DomainSetAutostartArgs, DomainSetAutostartOnce, DomainSetAutostartOnceArgs, DomainUndefine,
    DomainUndefineArgs, DomainUndefineFlags, DomainUndefineFlagsArgs, NonnullDomain,
};

use super::{document, object};
use crate::driver::QemuDriver;
use crate::vm::definition::Definition;
use crate::vm::request::{Action, Undefine};

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainDefineXml>(define)
        .on::<DomainDefineXmlFlags>(define_with_flags)
        .on::<DomainUndefine>(undefine)
        .on::<DomainUndefineFlags>(undefine_with_flags)
        .on::<DomainRename>(rename)
        .on::<DomainGetAutostart>(autostart)
        .on::<DomainSetAutostart>(set_autostart)
        .on::<DomainGetAutostartOnce>(autostart_once)
        .on::<DomainSetAutostartOnce>(set_autostart_once);
}

async fn define(
    call: Call<QemuDriver>,
    args: DomainDefineXmlArgs,
) -> Result<DomainDefineXmlRet, Error> {
    let dom = define_text(&call, &args.xml, false).await?;
    Ok(DomainDefineXmlRet { dom })
}

async fn define_with_flags(
    call: Call<QemuDriver>,
    args: DomainDefineXmlFlagsArgs,
) -> Result<DomainDefineXmlFlagsRet, Error> {
    let validate = args.flags.contains(DomainDefineFlags::VALIDATE);
    let dom = define_text(&call, &args.xml, validate).await?;
    Ok(DomainDefineXmlFlagsRet { dom })
}

async fn define_text(
    call: &Call<QemuDriver>,
    text: &str,
    validate: bool,
) -> Result<NonnullDomain, Error> {
    let driver = call.driver();
    let mut document = document::completed(driver, text, validate).await?;
    document.id = None;
    let definition = Arc::new(Definition::of(&document));
    call.allow(&Target::domain(&definition.name, definition.uuid.0))?;
    let define = || Action::Define(definition.clone());
    let vm = document::ask(driver, &definition.name, definition.uuid, define).await?;
    Ok(object::of(&vm))
}

async fn undefine(call: Call<QemuDriver>, args: DomainUndefineArgs) -> Result<(), Error> {
    forget(&call, &args.dom, UndefineFlags::empty()).await
}

async fn undefine_with_flags(
    call: Call<QemuDriver>,
    args: DomainUndefineFlagsArgs,
) -> Result<(), Error> {
    forget(&call, &args.dom, args.flags).await
}

/// Saved images and checkpoints do not exist in this driver yet, so that their flags, which allow their removal, change
/// nothing.
async fn forget(
    call: &Call<QemuDriver>,
    domain: &NonnullDomain,
    flags: UndefineFlags,
) -> Result<(), Error> {
    let exclusive = |one, other, names| match flags.contains(one | other) {
        true => Err(Error::verbatim(
            Code::InvalidArg,
            format!("flags {names} are mutually exclusive"),
        )),
        false => Ok(()),
    };
    exclusive(
        UndefineFlags::NVRAM,
        UndefineFlags::KEEP_NVRAM,
        "'VIR_DOMAIN_UNDEFINE_NVRAM' and 'VIR_DOMAIN_UNDEFINE_KEEP_NVRAM'",
    )?;
    exclusive(
        UndefineFlags::TPM,
        UndefineFlags::KEEP_TPM,
        "'VIR_DOMAIN_UNDEFINE_TPM' and 'VIR_DOMAIN_UNDEFINE_KEEP_TPM'",
    )?;
    let nvram = match (
        flags.contains(UndefineFlags::NVRAM),
        flags.contains(UndefineFlags::KEEP_NVRAM),
    ) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    let tpm = match (
        flags.contains(UndefineFlags::TPM),
        flags.contains(UndefineFlags::KEEP_TPM),
    ) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    let vm = object::find(call, domain)?;
    let (snapshots, snapshot) = (call.driver().snapshots(), vm.snapshot());
    let known = snapshots.of(vm.uuid).moments().count();
    let goes = known > 0 && !snapshot.state.is_active();
    if goes && !flags.contains(UndefineFlags::SNAPSHOTS_METADATA) {
        let text = format!(
            "cannot delete inactive domain with {known} snapshots: delete them first, or allow that they are forgotten \
             (--snapshots-metadata)"
        );
        return Err(Error::new(Code::OperationInvalid, text));
    }
    vm.ask(call.driver(), Action::Undefine(Undefine { nvram, tpm }))
        .await?;
    if goes {
        snapshots.forget(vm.uuid, &snapshot.name).await?;
    }
    Ok(())
}

async fn rename(call: Call<QemuDriver>, args: DomainRenameArgs) -> Result<DomainRenameRet, Error> {
    let vm = object::find(&call, &args.dom)?;
    let snapshot = vm.snapshot();
    let new_name: Arc<str> = args.new_name.unwrap_or_default().into();
    document::vm_name(&new_name)?;
    if new_name == snapshot.name {
        let text = "Can't rename domain to itself";
        return Err(Error::new(Code::InvalidArg, text));
    }
    vm.ask(call.driver(), Action::Rename(new_name.clone()))
        .await?;
    let snapshots = call.driver().snapshots();
    snapshots.follow(&snapshot.name, &new_name).await;
    Ok(DomainRenameRet { retcode: 0 })
}

async fn autostart(
    call: Call<QemuDriver>,
    args: DomainGetAutostartArgs,
) -> Result<DomainGetAutostartRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    Ok(DomainGetAutostartRet {
        autostart: i32::from(snapshot.autostart),
    })
}

async fn set_autostart(call: Call<QemuDriver>, args: DomainSetAutostartArgs) -> Result<(), Error> {
    let vm = object::find(&call, &args.dom)?;
    Ok(vm
        .ask(call.driver(), Action::SetAutostart(args.autostart != 0))
        .await?)
}

async fn autostart_once(
    call: Call<QemuDriver>,
    args: DomainGetAutostartOnceArgs,
) -> Result<DomainGetAutostartOnceRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    Ok(DomainGetAutostartOnceRet {
        autostart: i32::from(snapshot.autostart_once),
    })
}

async fn set_autostart_once(
    call: Call<QemuDriver>,
    args: DomainSetAutostartOnceArgs,
) -> Result<(), Error> {
    let vm = object::find(&call, &args.dom)?;
    Ok(vm
        .ask(call.driver(), Action::SetAutostartOnce(args.autostart != 0))
        .await?)
}
