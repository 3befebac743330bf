//! Asking for events of domains.

use crate::{procedure::procedures, remote::NonnullDomain};

procedures! {
    Remote;

    /// Asks for lifecycle events of all domains (legacy form).
    105 ConnectDomainEventRegister "CONNECT_DOMAIN_EVENT_REGISTER"
        as virConnectDomainEventRegister (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Domain, Getattr)),
            rules: &[connect(SearchDomains)],
        )
        ret ConnectDomainEventRegisterRet { cb_registered: i32 };

    /// Ends what `ConnectDomainEventRegister` began.
    106 ConnectDomainEventDeregister "CONNECT_DOMAIN_EVENT_DEREGISTER"
        as virConnectDomainEventDeregister (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Read)],
        )
        ret ConnectDomainEventDeregisterRet { cb_registered: i32 };

    /// Asks for one kind of domain events (legacy form).
    167 ConnectDomainEventRegisterAny "CONNECT_DOMAIN_EVENT_REGISTER_ANY"
        as virConnectDomainEventRegisterAny (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Domain, Getattr)),
            rules: &[connect(SearchDomains)],
        )
        args ConnectDomainEventRegisterAnyArgs { #[xdr(name = "eventID")] event_id: i32 };

    /// Ends what `ConnectDomainEventRegisterAny` began.
    168 ConnectDomainEventDeregisterAny "CONNECT_DOMAIN_EVENT_DEREGISTER_ANY"
        as virConnectDomainEventDeregisterAny (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Read)],
        )
        args ConnectDomainEventDeregisterAnyArgs { #[xdr(name = "eventID")] event_id: i32 };

    /// Asks for one kind of domain events, of one or all domains.
    316 ConnectDomainEventCallbackRegisterAny "CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY"
        as virConnectDomainEventRegisterAny (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Domain, Getattr)),
            rules: &[connect(SearchDomains)],
        )
        args ConnectDomainEventCallbackRegisterAnyArgs {
            #[xdr(name = "eventID")] event_id: i32,
            dom: Option<NonnullDomain>,
        }
        ret ConnectDomainEventCallbackRegisterAnyRet {
            #[xdr(name = "callbackID")] callback_id: i32,
        };

    /// Ends what `ConnectDomainEventCallbackRegisterAny` began.
    317 ConnectDomainEventCallbackDeregisterAny "CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY"
        as virConnectDomainEventDeregisterAny (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Read)],
        )
        args ConnectDomainEventCallbackDeregisterAnyArgs {
            #[xdr(name = "callbackID")] callback_id: i32,
        };
}
