//! Starting, stopping, pausing.

use documents::Uuid;
use driver::events::DomainEventKind;
use driver::{Call, Error, Routes};
use protocol::enums::{
    DomainEventResumedDetailType as Resumed, DomainEventStartedDetailType as Started,
    DomainEventStoppedDetailType as Stopped, DomainEventSuspendedDetailType as Suspended,
    DomainEventType, DomainRunningReason as RunningReason, DomainShutoffReason,
};
use protocol::flags::DomainCreateFlags as CreateFlags;
use protocol::remote::{
    DomainCreate, DomainCreateArgs, DomainCreateWithFlags, DomainCreateWithFlagsArgs,
    DomainCreateWithFlagsRet, DomainCreateXml, DomainCreateXmlArgs, DomainCreateXmlRet,
    DomainDestroy, DomainDestroyArgs, DomainDestroyFlags, DomainDestroyFlagsArgs, DomainReboot,
    DomainRebootArgs, DomainReset, DomainResetArgs, DomainResume, DomainResumeArgs, DomainShutdown,
    DomainShutdownArgs, DomainShutdownFlags, DomainShutdownFlagsArgs, DomainSuspend,
    DomainSuspendArgs, NonnullDomain,
};

use super::Turn;
use super::complete::complete;
use super::definition::parse;
use super::error::DomainError;
use super::guest::{Guest, StartOptions};
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
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

async fn create(call: Call<TestDriver>, args: DomainCreateArgs) -> Result<(), Error> {
    start(&call, &args.dom, CreateFlags::empty()).map(|_| ())
}

async fn create_with_flags(
    call: Call<TestDriver>,
    args: DomainCreateWithFlagsArgs,
) -> Result<DomainCreateWithFlagsRet, Error> {
    Ok(DomainCreateWithFlagsRet {
        dom: start(&call, &args.dom, args.flags)?,
    })
}

fn start(
    call: &Call<TestDriver>,
    dom: &NonnullDomain,
    flags: CreateFlags,
) -> Result<NonnullDomain, Error> {
    let started = call.driver().domains().change(call, dom, |turn| {
        if turn.guest.is_active() {
            return Err(DomainError::AlreadyRunning);
        }
        let id = turn.next_id();
        turn.guest.start(id, options(flags, RunningReason::Booted));
        turn.publish_started(flags, RunningReason::Booted);
        Ok(turn.guest.wire())
    })?;
    tie_to_connection(call, &started, flags);
    Ok(started)
}

async fn create_xml(
    call: Call<TestDriver>,
    args: DomainCreateXmlArgs,
) -> Result<DomainCreateXmlRet, Error> {
    let validate = args.flags.contains(CreateFlags::START_VALIDATE);
    let (uuid, document) = complete(parse(&args.xml_desc, validate)?)?;
    let guest = Guest::transient(uuid, document);
    let started = add_running(&call, uuid, guest, args.flags, RunningReason::Booted)?;
    tie_to_connection(&call, &started, args.flags);
    Ok(DomainCreateXmlRet { dom: started })
}

/// Starts a document that nobody defined, or that replaces a definition for this one run.
pub(super) fn add_running(
    call: &Call<TestDriver>,
    uuid: Uuid,
    guest: Guest,
    flags: CreateFlags,
    reason: RunningReason,
) -> Result<NonnullDomain, Error> {
    let domains = call.driver().domains();
    let mut table = domains.lock();
    call.allow(&guest.target())?;
    table.check_identity(uuid, guest.name())?;
    let document = guest.definition().clone();
    if table.guests.get(&uuid).is_some_and(Guest::is_active) {
        return Err(DomainError::AlreadyActive(guest.name().to_owned()).into());
    }
    table.guests.entry(uuid).or_insert(guest);
    let started = table.turn(uuid, &domains.events, |turn| {
        let id = turn.next_id();
        turn.guest.start_other(id, document, options(flags, reason));
        turn.publish_started(flags, reason);
        turn.guest.wire()
    });
    Ok(started.ok_or(DomainError::UnknownUuid(uuid))?)
}

/// Makes a domain end with the connection, where the flags ask for that.
fn tie_to_connection(call: &Call<TestDriver>, dom: &NonnullDomain, flags: CreateFlags) {
    if !flags.contains(CreateFlags::START_AUTODESTROY) {
        return;
    }
    let (driver, uuid, id) = (call.driver().clone(), Uuid(dom.uuid), dom.id);
    call.connection().on_close().register(move || async move {
        driver.domains().autodestroy(uuid, id);
    });
}

fn options(flags: CreateFlags, reason: RunningReason) -> StartOptions {
    StartOptions {
        paused: flags.contains(CreateFlags::START_PAUSED),
        reason,
    }
}

async fn destroy(call: Call<TestDriver>, args: DomainDestroyArgs) -> Result<(), Error> {
    end(&call, &args.dom, DomainShutoffReason::Destroyed)
}

async fn destroy_flags(call: Call<TestDriver>, args: DomainDestroyFlagsArgs) -> Result<(), Error> {
    end(&call, &args.dom, DomainShutoffReason::Destroyed)
}

async fn shutdown(call: Call<TestDriver>, args: DomainShutdownArgs) -> Result<(), Error> {
    end(&call, &args.dom, DomainShutoffReason::Shutdown)
}

async fn shutdown_flags(
    call: Call<TestDriver>,
    args: DomainShutdownFlagsArgs,
) -> Result<(), Error> {
    end(&call, &args.dom, DomainShutoffReason::Shutdown)
}

fn end(
    call: &Call<TestDriver>,
    dom: &NonnullDomain,
    reason: DomainShutoffReason,
) -> Result<(), Error> {
    call.driver().domains().change(call, dom, |turn| {
        if !turn.guest.is_active() {
            return Err(DomainError::NotRunning);
        }
        turn.stop(reason);
        Ok(())
    })
}

async fn reboot(call: Call<TestDriver>, args: DomainRebootArgs) -> Result<(), Error> {
    start_over(&call, &args.dom)
}

async fn reset(call: Call<TestDriver>, args: DomainResetArgs) -> Result<(), Error> {
    start_over(&call, &args.dom)
}

fn start_over(call: &Call<TestDriver>, dom: &NonnullDomain) -> Result<(), Error> {
    call.driver().domains().change(call, dom, |turn| {
        turn.guest.reboot()?;
        turn.publish(DomainEventKind::Reboot);
        Ok(())
    })
}

async fn suspend(call: Call<TestDriver>, args: DomainSuspendArgs) -> Result<(), Error> {
    call.driver().domains().change(&call, &args.dom, |turn| {
        turn.guest.suspend()?;
        turn.publish_lifecycle(DomainEventType::Suspended, Suspended::Paused.value());
        Ok(())
    })
}

async fn resume(call: Call<TestDriver>, args: DomainResumeArgs) -> Result<(), Error> {
    call.driver().domains().change(&call, &args.dom, |turn| {
        turn.guest.resume()?;
        turn.publish_lifecycle(DomainEventType::Resumed, Resumed::Unpaused.value());
        Ok(())
    })
}

impl Turn<'_> {
    /// Ends the run: the plug is pulled, or the guest obeys at once.
    pub(super) fn stop(&mut self, reason: DomainShutoffReason) {
        self.guest.stop(reason);
        let detail = match reason {
            DomainShutoffReason::Shutdown => Stopped::Shutdown,
            DomainShutoffReason::Saved => Stopped::Saved,
            _ => Stopped::Destroyed,
        };
        self.publish_lifecycle(DomainEventType::Stopped, detail.value());
    }

    fn next_id(&mut self) -> i32 {
        *self.last_id = self.last_id.saturating_add(1);
        *self.last_id
    }

    fn publish_started(&self, flags: CreateFlags, reason: RunningReason) {
        let detail = match reason {
            RunningReason::Restored => Started::Restored,
            _ => Started::Booted,
        };
        self.publish_lifecycle(DomainEventType::Started, detail.value());
        if flags.contains(CreateFlags::START_PAUSED) {
            self.publish_lifecycle(DomainEventType::Suspended, Suspended::Paused.value());
        }
    }
}
