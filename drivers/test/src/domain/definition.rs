//! Definitions: define, undefine, rename, autostart, XML.

use documents::Uuid;
use documents::domain::Domain;
use driver::store::FileName;
use driver::{Call, Error, Routes};
use protocol::enums::{
    DomainEventDefinedDetailType as Defined, DomainEventType,
    DomainEventUndefinedDetailType as Undefined,
};
use protocol::flags::{
    DomainDefineFlags, DomainUndefineFlagsValues as UndefineFlags, DomainXmlFlags,
};
use protocol::remote::{
    DomainDefineXml, DomainDefineXmlArgs, DomainDefineXmlFlags, DomainDefineXmlFlagsArgs,
    DomainDefineXmlFlagsRet, DomainDefineXmlRet, DomainGetAutostart, DomainGetAutostartArgs,
    DomainGetAutostartRet, DomainGetXmlDesc, DomainGetXmlDescArgs, DomainGetXmlDescRet,
    DomainHasManagedSaveImage, DomainHasManagedSaveImageArgs, DomainHasManagedSaveImageRet,
    DomainIsPersistent, DomainIsPersistentArgs, DomainIsPersistentRet, DomainIsUpdated,
    DomainIsUpdatedArgs, DomainIsUpdatedRet, DomainRename, DomainRenameArgs, DomainRenameRet,
    DomainSetAutostart, DomainSetAutostartArgs, DomainUndefine, DomainUndefineArgs,
    DomainUndefineFlags, DomainUndefineFlagsArgs, NonnullDomain,
};

use super::complete::complete;
use super::error::DomainError;
use super::guest::Guest;
use super::{Turn, gone};
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<DomainDefineXml>(define)
        .on::<DomainDefineXmlFlags>(define_flags)
        .on::<DomainUndefine>(undefine)
        .on::<DomainUndefineFlags>(undefine_flags)
        .on::<DomainRename>(rename)
        .on::<DomainGetXmlDesc>(xml_desc)
        .on::<DomainGetAutostart>(autostart)
        .on::<DomainSetAutostart>(set_autostart)
        .on::<DomainIsPersistent>(is_persistent)
        .on::<DomainIsUpdated>(is_updated)
        .on::<DomainHasManagedSaveImage>(has_managed_save);
}

/// Reads a domain's document, strictly if the caller wants it validated.
pub(super) fn parse(text: &str, validate: bool) -> Result<Domain, Error> {
    let options = if validate {
        xml::Options::strict()
    } else {
        xml::Options::lenient()
    };
    let document: Domain = xml::parse(text, &options)?;
    FileName::new(document.name.as_str())?;
    Ok(document)
}

async fn define(
    call: Call<TestDriver>,
    args: DomainDefineXmlArgs,
) -> Result<DomainDefineXmlRet, Error> {
    Ok(DomainDefineXmlRet {
        dom: add(&call, &args.xml, false)?,
    })
}

async fn define_flags(
    call: Call<TestDriver>,
    args: DomainDefineXmlFlagsArgs,
) -> Result<DomainDefineXmlFlagsRet, Error> {
    let validate = args.flags.contains(DomainDefineFlags::VALIDATE);
    Ok(DomainDefineXmlFlagsRet {
        dom: add(&call, &args.xml, validate)?,
    })
}

fn add(call: &Call<TestDriver>, text: &str, validate: bool) -> Result<NonnullDomain, Error> {
    let (uuid, document) = complete(parse(text, validate)?)?;
    let domains = call.driver().domains();
    let mut table = domains.lock();
    let guest = Guest::defined(uuid, document);
    call.allow(&guest.target())?;
    table.check_identity(uuid, guest.name())?;
    let mut detail = Defined::Added;
    match table.guests.get_mut(&uuid) {
        Some(known) => {
            if known.is_persistent() {
                detail = Defined::Updated;
            }
            known.define(guest.definition().clone());
        }
        None => {
            table.guests.insert(uuid, guest);
        }
    }
    let defined = table.turn(uuid, &domains.events, |turn| {
        turn.publish_lifecycle(DomainEventType::Defined, detail.value());
        turn.guest.wire()
    });
    Ok(defined.ok_or(DomainError::UnknownUuid(uuid))?)
}

async fn undefine(call: Call<TestDriver>, args: DomainUndefineArgs) -> Result<(), Error> {
    let domains = call.driver().domains();
    domains.change(&call, &args.dom, |turn| remove(turn, false))
}

async fn undefine_flags(
    call: Call<TestDriver>,
    args: DomainUndefineFlagsArgs,
) -> Result<(), Error> {
    // The other flags are about files that belong to a domain; here it has none.
    let saved_too = args.flags.contains(UndefineFlags::MANAGED_SAVE);
    let domains = call.driver().domains();
    domains.change(&call, &args.dom, |turn| remove(turn, saved_too))
}

fn remove(turn: &mut Turn<'_>, saved_too: bool) -> Result<(), DomainError> {
    if turn.guest.managed_save() && !saved_too {
        return Err(DomainError::ManagedSaveKept);
    }
    turn.guest.undefine()?;
    turn.guest.set_managed_save(false);
    turn.publish_lifecycle(DomainEventType::Undefined, Undefined::Removed.value());
    Ok(())
}

async fn rename(call: Call<TestDriver>, args: DomainRenameArgs) -> Result<DomainRenameRet, Error> {
    let name = args.new_name.ok_or(DomainError::NoNewName)?;
    FileName::new(name.as_str())?;
    let domains = call.driver().domains();
    let mut table = domains.lock();
    let uuid = Uuid(args.dom.uuid);
    let guest = table.guests.get(&uuid).ok_or_else(|| gone(&args.dom))?;
    call.allow(&guest.target())?;
    may_rename(guest, &name)?;
    table.check_name(uuid, &name)?;
    let renamed = table.turn(uuid, &domains.events, |turn| {
        turn.publish_lifecycle(DomainEventType::Undefined, Undefined::Renamed.value());
        turn.guest.rename(name);
        turn.publish_lifecycle(DomainEventType::Defined, Defined::Renamed.value());
    });
    renamed.ok_or_else(|| gone(&args.dom))?;
    Ok(DomainRenameRet { retcode: 0 })
}

fn may_rename(guest: &Guest, name: &str) -> Result<(), DomainError> {
    match guest {
        guest if guest.is_active() => Err(DomainError::RenameActive(guest.name().to_owned())),
        guest if !guest.is_persistent() => Err(DomainError::RenameTransient),
        guest if guest.name() == name => Err(DomainError::RenameToItself),
        _ => Ok(()),
    }
}

async fn xml_desc(
    call: Call<TestDriver>,
    args: DomainGetXmlDescArgs,
) -> Result<DomainGetXmlDescRet, Error> {
    let mut document = call.driver().domains().read(&call, &args.dom, |guest| {
        if args.flags.contains(DomainXmlFlags::INACTIVE) {
            return Ok(guest.definition().clone());
        }
        Ok(Domain {
            id: guest.id(),
            ..guest.document().clone()
        })
    })?;
    if !args.flags.contains(DomainXmlFlags::SECURE) {
        document.hide_secrets();
    }
    Ok(DomainGetXmlDescRet {
        xml: xml::format(&document),
    })
}

async fn autostart(
    call: Call<TestDriver>,
    args: DomainGetAutostartArgs,
) -> Result<DomainGetAutostartRet, Error> {
    let autostart =
        call.driver()
            .domains()
            .read(&call, &args.dom, |guest| Ok(guest.autostart()))?;
    Ok(DomainGetAutostartRet {
        autostart: autostart.into(),
    })
}

async fn set_autostart(call: Call<TestDriver>, args: DomainSetAutostartArgs) -> Result<(), Error> {
    let wanted = args.autostart != 0;
    call.driver()
        .domains()
        .change(&call, &args.dom, |turn| turn.guest.set_autostart(wanted))
}

async fn is_persistent(
    call: Call<TestDriver>,
    args: DomainIsPersistentArgs,
) -> Result<DomainIsPersistentRet, Error> {
    let domains = call.driver().domains();
    let persistent = domains.read(&call, &args.dom, |guest| Ok(guest.is_persistent()))?;
    Ok(DomainIsPersistentRet {
        persistent: persistent.into(),
    })
}

async fn is_updated(
    call: Call<TestDriver>,
    args: DomainIsUpdatedArgs,
) -> Result<DomainIsUpdatedRet, Error> {
    // Definitions change through this driver only, which nobody calls an update.
    call.driver()
        .domains()
        .read(&call, &args.dom, |_| Ok(DomainIsUpdatedRet { updated: 0 }))
}

async fn has_managed_save(
    call: Call<TestDriver>,
    args: DomainHasManagedSaveImageArgs,
) -> Result<DomainHasManagedSaveImageRet, Error> {
    let domains = call.driver().domains();
    let saved = domains.read(&call, &args.dom, |guest| Ok(guest.managed_save()))?;
    Ok(DomainHasManagedSaveImageRet {
        result: saved.into(),
    })
}
