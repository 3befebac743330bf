//! Registrations for events, in every form that clients use.

use std::sync::Arc;

use protocol::error::{Code, Origin};
use protocol::flags::ConnectDomainQemuMonitorEventRegisterFlags as MonitorFlags;
use protocol::qemu::{
    ConnectDomainMonitorEventDeregister, ConnectDomainMonitorEventDeregisterArgs,
    ConnectDomainMonitorEventRegister, ConnectDomainMonitorEventRegisterArgs,
    ConnectDomainMonitorEventRegisterRet,
};
use protocol::remote as wire;

use crate::access::Target;
use crate::call::Call;
use crate::driver::Driver;
use crate::error::{Error, ToError};
use crate::events::{
    DomainEventKind, Family, Form, Interest, MonitorFilter, MonitorFilterError, ObjectKey,
    SubscriberId,
};
use crate::routes::Routes;

/// Why a registration was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum RegisterError {
    #[error("unsupported event ID {0}")]
    UnknownKind(i32),
    #[error("domain event {0} already registered")]
    AlreadyRegistered(i32),
    #[error("domain event {0} not registered")]
    NotRegistered(i32),
    #[error("event callback {0} not registered")]
    UnknownCallback(i32),
}

impl ToError for RegisterError {
    fn code(&self) -> Code {
        Code::InternalError
    }

    fn origin(&self) -> Option<Origin> {
        Some(Origin::Remote)
    }
}

impl ToError for MonitorFilterError {
    fn code(&self) -> Code {
        Code::InvalidArg
    }
}

/// The registrations for one family of events.
pub(super) fn routes<D: Driver>(routes: &mut Routes<D>, family: Family) {
    match family {
        Family::Domain => domain(routes),
        Family::Monitor => monitor(routes),
        Family::Network => network(routes),
        Family::StoragePool => storage_pool(routes),
        Family::NodeDevice => node_device(routes),
        Family::Secret => secret(routes),
    }
}

fn domain<D: Driver>(routes: &mut Routes<D>) {
    routes
        .on::<wire::ConnectDomainEventRegister>(register_lifecycle)
        .on::<wire::ConnectDomainEventDeregister>(deregister_lifecycle)
        .on::<wire::ConnectDomainEventRegisterAny>(register_legacy)
        .on::<wire::ConnectDomainEventDeregisterAny>(deregister_legacy)
        .on::<wire::ConnectDomainEventCallbackRegisterAny>(register_domain)
        .on::<wire::ConnectDomainEventCallbackDeregisterAny>(deregister_domain);
}

/// The lifecycle's number among the events of domains.
const LIFECYCLE: i32 = 0;

async fn register_lifecycle<D: Driver>(
    call: Call<D>,
    (): (),
) -> Result<wire::ConnectDomainEventRegisterRet, Error> {
    add_legacy(&call, LIFECYCLE)?;
    Ok(wire::ConnectDomainEventRegisterRet { cb_registered: 1 })
}

async fn deregister_lifecycle<D: Driver>(
    call: Call<D>,
    (): (),
) -> Result<wire::ConnectDomainEventDeregisterRet, Error> {
    remove_legacy(&call, LIFECYCLE)?;
    Ok(wire::ConnectDomainEventDeregisterRet { cb_registered: 0 })
}

async fn register_legacy<D: Driver>(
    call: Call<D>,
    args: wire::ConnectDomainEventRegisterAnyArgs,
) -> Result<(), Error> {
    add_legacy(&call, args.event_id)
}

async fn deregister_legacy<D: Driver>(
    call: Call<D>,
    args: wire::ConnectDomainEventDeregisterAnyArgs,
) -> Result<(), Error> {
    remove_legacy(&call, args.event_id)
}

async fn register_domain<D: Driver>(
    call: Call<D>,
    args: wire::ConnectDomainEventCallbackRegisterAnyArgs,
) -> Result<wire::ConnectDomainEventCallbackRegisterAnyRet, Error> {
    let object = domain_key(&call, args.dom.as_ref())?;
    let callback_id = add(&call, interest(Family::Domain, args.event_id, object)?);
    Ok(wire::ConnectDomainEventCallbackRegisterAnyRet { callback_id })
}

async fn deregister_domain<D: Driver>(
    call: Call<D>,
    args: wire::ConnectDomainEventCallbackDeregisterAnyArgs,
) -> Result<(), Error> {
    remove(&call, Family::Domain, args.callback_id)
}

fn monitor<D: Driver>(routes: &mut Routes<D>) {
    routes
        .on::<ConnectDomainMonitorEventRegister>(register_monitor)
        .on::<ConnectDomainMonitorEventDeregister>(deregister_monitor);
}

async fn register_monitor<D: Driver>(
    call: Call<D>,
    args: ConnectDomainMonitorEventRegisterArgs,
) -> Result<ConnectDomainMonitorEventRegisterRet, Error> {
    let object = domain_key(&call, args.dom.as_ref())?;
    let ignore_case = args.flags.contains(MonitorFlags::NOCASE);
    let filter = match args.event {
        None => MonitorFilter::All,
        Some(pattern) if args.flags.contains(MonitorFlags::REGEX) => {
            MonitorFilter::pattern(&pattern, ignore_case)?
        }
        Some(name) => MonitorFilter::Name { name, ignore_case },
    };
    let callback_id = add(&call, Interest::monitor(filter, object));
    Ok(ConnectDomainMonitorEventRegisterRet { callback_id })
}

async fn deregister_monitor<D: Driver>(
    call: Call<D>,
    args: ConnectDomainMonitorEventDeregisterArgs,
) -> Result<(), Error> {
    remove(&call, Family::Monitor, args.callback_id)
}

fn network<D: Driver>(routes: &mut Routes<D>) {
    routes
        .on::<wire::ConnectNetworkEventRegisterAny>(register_network)
        .on::<wire::ConnectNetworkEventDeregisterAny>(deregister_network);
}

async fn register_network<D: Driver>(
    call: Call<D>,
    args: wire::ConnectNetworkEventRegisterAnyArgs,
) -> Result<wire::ConnectNetworkEventRegisterAnyRet, Error> {
    let object = args.net.map(|net| ObjectKey::Uuid(net.uuid));
    let callback_id = add(&call, interest(Family::Network, args.event_id, object)?);
    Ok(wire::ConnectNetworkEventRegisterAnyRet { callback_id })
}

async fn deregister_network<D: Driver>(
    call: Call<D>,
    args: wire::ConnectNetworkEventDeregisterAnyArgs,
) -> Result<(), Error> {
    remove(&call, Family::Network, args.callback_id)
}

fn storage_pool<D: Driver>(routes: &mut Routes<D>) {
    routes
        .on::<wire::ConnectStoragePoolEventRegisterAny>(register_storage_pool)
        .on::<wire::ConnectStoragePoolEventDeregisterAny>(deregister_storage_pool);
}

async fn register_storage_pool<D: Driver>(
    call: Call<D>,
    args: wire::ConnectStoragePoolEventRegisterAnyArgs,
) -> Result<wire::ConnectStoragePoolEventRegisterAnyRet, Error> {
    let object = args.pool.map(|pool| ObjectKey::Uuid(pool.uuid));
    let callback_id = add(&call, interest(Family::StoragePool, args.event_id, object)?);
    Ok(wire::ConnectStoragePoolEventRegisterAnyRet { callback_id })
}

async fn deregister_storage_pool<D: Driver>(
    call: Call<D>,
    args: wire::ConnectStoragePoolEventDeregisterAnyArgs,
) -> Result<(), Error> {
    remove(&call, Family::StoragePool, args.callback_id)
}

fn node_device<D: Driver>(routes: &mut Routes<D>) {
    routes
        .on::<wire::ConnectNodeDeviceEventRegisterAny>(register_node_device)
        .on::<wire::ConnectNodeDeviceEventDeregisterAny>(deregister_node_device);
}

async fn register_node_device<D: Driver>(
    call: Call<D>,
    args: wire::ConnectNodeDeviceEventRegisterAnyArgs,
) -> Result<wire::ConnectNodeDeviceEventRegisterAnyRet, Error> {
    let object = args.dev.map(|dev| ObjectKey::Name(dev.name));
    let callback_id = add(&call, interest(Family::NodeDevice, args.event_id, object)?);
    Ok(wire::ConnectNodeDeviceEventRegisterAnyRet { callback_id })
}

async fn deregister_node_device<D: Driver>(
    call: Call<D>,
    args: wire::ConnectNodeDeviceEventDeregisterAnyArgs,
) -> Result<(), Error> {
    remove(&call, Family::NodeDevice, args.callback_id)
}

fn secret<D: Driver>(routes: &mut Routes<D>) {
    routes
        .on::<wire::ConnectSecretEventRegisterAny>(register_secret)
        .on::<wire::ConnectSecretEventDeregisterAny>(deregister_secret);
}

async fn register_secret<D: Driver>(
    call: Call<D>,
    args: wire::ConnectSecretEventRegisterAnyArgs,
) -> Result<wire::ConnectSecretEventRegisterAnyRet, Error> {
    let object = args.secret.map(|secret| ObjectKey::Uuid(secret.uuid));
    let callback_id = add(&call, interest(Family::Secret, args.event_id, object)?);
    Ok(wire::ConnectSecretEventRegisterAnyRet { callback_id })
}

async fn deregister_secret<D: Driver>(
    call: Call<D>,
    args: wire::ConnectSecretEventDeregisterAnyArgs,
) -> Result<(), Error> {
    remove(&call, Family::Secret, args.callback_id)
}

/// The domain that a registration is limited to; listening to it takes a permission.
fn domain_key<D: Driver>(
    call: &Call<D>,
    dom: Option<&wire::NonnullDomain>,
) -> Result<Option<ObjectKey>, Error> {
    let Some(dom) = dom else { return Ok(None) };
    call.allow(&Target::domain(&dom.name, dom.uuid))?;
    Ok(Some(ObjectKey::Uuid(dom.uuid)))
}

fn interest(family: Family, id: i32, object: Option<ObjectKey>) -> Result<Interest, RegisterError> {
    Interest::new(family, id, object).ok_or(RegisterError::UnknownKind(id))
}

fn add<D: Driver>(call: &Call<D>, interest: Interest) -> i32 {
    subscribe(call, interest, Form::Callback)
}

fn remove<D: Driver>(call: &Call<D>, family: Family, callback: i32) -> Result<(), Error> {
    let id = SubscriberId {
        connection: call.session().id(),
        callback,
    };
    if call.driver().events().unsubscribe(id, family) {
        return Ok(());
    }
    Err(RegisterError::UnknownCallback(callback).into())
}

fn add_legacy<D: Driver>(call: &Call<D>, id: i32) -> Result<(), Error> {
    let interest = legacy_interest(id)?;
    if call
        .driver()
        .events()
        .has_legacy(call.session().id(), &interest)
    {
        return Err(RegisterError::AlreadyRegistered(id).into());
    }
    subscribe(call, interest, Form::Legacy);
    Ok(())
}

fn remove_legacy<D: Driver>(call: &Call<D>, id: i32) -> Result<(), Error> {
    let interest = legacy_interest(id)?;
    if call
        .driver()
        .events()
        .unsubscribe_legacy(call.session().id(), &interest)
    {
        return Ok(());
    }
    Err(RegisterError::NotRegistered(id).into())
}

fn legacy_interest(id: i32) -> Result<Interest, RegisterError> {
    if !DomainEventKind::has_legacy_form(id) {
        return Err(RegisterError::UnknownKind(id));
    }
    interest(Family::Domain, id, None)
}

fn subscribe<D: Driver>(call: &Call<D>, interest: Interest, form: Form) -> i32 {
    let callback = call.connection().next_callback_id();
    let id = SubscriberId {
        connection: call.session().id(),
        callback,
    };
    let sink = Arc::new(call.session().clone());
    call.driver().events().subscribe(id, interest, form, sink);
    callback
}
