//! Events of domains as they come over the wire.

use protocol::flags::DomainMemoryFailureFlags;
use protocol::procedure::Event;
use protocol::remote::{
    DomainEventBlockJob2, DomainEventBlockThreshold, DomainEventCallbackAgentLifecycle,
    DomainEventCallbackBalloonChange, DomainEventCallbackBlockJob, DomainEventCallbackControlError,
    DomainEventCallbackDeviceAdded, DomainEventCallbackDeviceRemovalFailed,
    DomainEventCallbackDeviceRemoved, DomainEventCallbackDiskChange, DomainEventCallbackGraphics,
    DomainEventCallbackIoError, DomainEventCallbackIoErrorReason, DomainEventCallbackJobCompleted,
    DomainEventCallbackLifecycle, DomainEventCallbackMetadataChange,
    DomainEventCallbackMigrationIteration, DomainEventCallbackPmsuspend,
    DomainEventCallbackPmsuspendDisk, DomainEventCallbackPmwakeup, DomainEventCallbackReboot,
    DomainEventCallbackRtcChange, DomainEventCallbackTrayChange, DomainEventCallbackTunable,
    DomainEventCallbackWatchdog, DomainEventGraphicsAddress, DomainEventMemoryDeviceSizeChange,
    DomainEventMemoryFailure, DomainEventNicMacChange, NonnullDomain,
};
use rpc::RawEvent;

use super::domain::{DomainEvent, GraphicsAddress};
use crate::connection::Connection;
use crate::domain::Domain;

/// The message of a raw event if it is an `E`.
pub(super) fn message<E: Event>(raw: &RawEvent) -> Option<E::Msg> {
    let same = raw.program == E::INFO.program.number() && raw.procedure == E::INFO.number;
    same.then(|| xdr::from_bytes(&raw.payload).ok()).flatten()
}

/// Reads each event into a number of its callback and what it says: older events are wrapped in a
/// message with the number, newer ones hold it.
macro_rules! readings {
    (
        wrapped { $($event:ident as $name:ident { $($field:ident: $value:expr),* $(,)? } of $msg:ident;)* }
        plain { $($newer:ident as $called:ident { $($part:ident: $is:expr),* $(,)? } of $whole:ident;)* }
    ) => {
        /// The event of a domain in `raw`, with the number of its callback.
        pub(super) fn domain_event<D: From<Domain>>(
            connection: &Connection,
            raw: &RawEvent,
        ) -> Option<(i32, DomainEvent<D>)> {
            let domain = |wire: NonnullDomain| D::from(Domain::new(connection, wire));
            $(
                if let Some(wrapped) = message::<$event>(raw) {
                    let $msg = wrapped.msg;
                    let event = DomainEvent::$name {
                        $($field: $value,)*
                        domain: domain($msg.dom),
                    };
                    return Some((wrapped.callback_id, event));
                }
            )*
            $(
                if let Some($whole) = message::<$newer>(raw) {
                    let event = DomainEvent::$called {
                        $($part: $is,)*
                        domain: domain($whole.dom),
                    };
                    return Some(($whole.callback_id, event));
                }
            )*
            None
        }
    };
}

readings! {
    wrapped {
        DomainEventCallbackLifecycle as Lifecycle { event: msg.event.into(), detail: msg.detail } of msg;
        DomainEventCallbackReboot as Reboot {} of msg;
        DomainEventCallbackRtcChange as RtcChange { offset: msg.offset } of msg;
        DomainEventCallbackWatchdog as Watchdog { action: msg.action.into() } of msg;
        DomainEventCallbackIoError as IoErrorPlain {
            path: msg.src_path,
            device: msg.dev_alias,
            action: msg.action.into(),
        } of msg;
        DomainEventCallbackGraphics as Graphics {
            phase: msg.phase.into(),
            local: address(msg.local),
            remote: address(msg.remote),
            authentication: msg.auth_scheme,
            identities: msg.subject.into_iter().map(|it| (it.r#type, it.name)).collect(),
        } of msg;
        DomainEventCallbackIoErrorReason as IoError {
            path: msg.src_path,
            device: msg.dev_alias,
            action: msg.action.into(),
            reason: msg.reason,
        } of msg;
        DomainEventCallbackControlError as ControlError {} of msg;
        DomainEventCallbackBlockJob as BlockJob {
            path: msg.path,
            job: msg.r#type.into(),
            status: msg.status.into(),
        } of msg;
        DomainEventCallbackDiskChange as DiskChange {
            device: msg.dev_alias,
            old: msg.old_src_path,
            new: msg.new_src_path,
            reason: msg.reason.into(),
        } of msg;
        DomainEventCallbackTrayChange as TrayChange {
            device: msg.dev_alias,
            reason: msg.reason.into(),
        } of msg;
        DomainEventCallbackPmwakeup as PmWakeup {} of msg;
        DomainEventCallbackPmsuspend as PmSuspend {} of msg;
        DomainEventCallbackBalloonChange as BalloonChange { actual: msg.actual } of msg;
        DomainEventCallbackPmsuspendDisk as PmSuspendDisk {} of msg;
        DomainEventCallbackDeviceRemoved as DeviceRemoved { device: msg.dev_alias } of msg;
    }
    plain {
        DomainEventBlockJob2 as BlockJobOfTarget {
            target: it.dst,
            job: it.r#type.into(),
            status: it.status.into(),
        } of it;
        DomainEventCallbackTunable as Tunable { values: it.params } of it;
        DomainEventCallbackAgentLifecycle as AgentLifecycle {
            state: it.state.into(),
            reason: it.reason.into(),
        } of it;
        DomainEventCallbackDeviceAdded as DeviceAdded { device: it.dev_alias } of it;
        DomainEventCallbackMigrationIteration as MigrationIteration { iteration: it.iteration } of it;
        DomainEventCallbackJobCompleted as JobCompleted { statistics: it.params } of it;
        DomainEventCallbackDeviceRemovalFailed as DeviceRemovalFailed { device: it.dev_alias } of it;
        DomainEventCallbackMetadataChange as MetadataChange {
            kind: it.r#type.into(),
            uri: it.nsuri,
        } of it;
        DomainEventBlockThreshold as BlockThreshold {
            device: it.dev,
            path: it.path,
            threshold: it.threshold,
            excess: it.excess,
        } of it;
        DomainEventMemoryFailure as MemoryFailure {
            recipient: it.recipient.into(),
            action: it.action.into(),
            flags: DomainMemoryFailureFlags::from_bits_truncate(it.flags),
        } of it;
        DomainEventMemoryDeviceSizeChange as MemoryDeviceSizeChange {
            device: it.alias,
            size: it.size,
        } of it;
        DomainEventNicMacChange as NicMacChange {
            device: it.alias,
            old: it.old_mac,
            new: it.new_mac,
        } of it;
    }
}

fn address(wire: DomainEventGraphicsAddress) -> GraphicsAddress {
    GraphicsAddress {
        family: wire.family.into(),
        node: wire.node,
        service: wire.service,
    }
}
