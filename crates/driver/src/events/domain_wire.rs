//! The messages that tell of a domain's events, in both forms of the wire.

use protocol::remote as wire;

use super::{DomainEvent, DomainEventKind as Kind, Wire};

/// Encodes an event that has both forms: the callback form wraps the legacy message.
macro_rules! both {
    ($id:ident, $legacy:ident, $callback:ident, $envelope:ident { $($extra:ident),* }, $msg:expr) => {
        match $id {
            None => Wire::of::<wire::$legacy>(&$msg),
            Some(callback_id) => {
                let message = wire::$envelope { callback_id, $($extra: *$extra,)* msg: $msg };
                Wire::of::<wire::$callback>(&message)
            }
        }
    };
}

impl DomainEvent {
    /// The message for a subscriber with this callback id, or in the legacy form without one.
    /// `None` when the kind of event has no such form.
    #[allow(
        clippy::too_many_lines,
        reason = "one case for each kind of event, all alike"
    )]
    pub(super) fn wire(&self, id: Option<i32>) -> Option<Wire> {
        let dom = self.domain.clone();
        match &self.kind {
            &Kind::Lifecycle { event, detail } => both!(
                id,
                DomainEventLifecycle,
                DomainEventCallbackLifecycle,
                DomainEventCallbackLifecycleMsg {},
                wire::DomainEventLifecycleMsg { dom, event, detail }
            ),
            Kind::Reboot => both!(
                id,
                DomainEventReboot,
                DomainEventCallbackReboot,
                DomainEventCallbackRebootMsg {},
                wire::DomainEventRebootMsg { dom }
            ),
            &Kind::RtcChange { offset } => both!(
                id,
                DomainEventRtcChange,
                DomainEventCallbackRtcChange,
                DomainEventCallbackRtcChangeMsg {},
                wire::DomainEventRtcChangeMsg { dom, offset }
            ),
            &Kind::Watchdog { action } => both!(
                id,
                DomainEventWatchdog,
                DomainEventCallbackWatchdog,
                DomainEventCallbackWatchdogMsg {},
                wire::DomainEventWatchdogMsg { dom, action }
            ),
            Kind::IoError {
                path,
                alias,
                action,
            } => both!(
                id,
                DomainEventIoError,
                DomainEventCallbackIoError,
                DomainEventCallbackIoErrorMsg {},
                wire::DomainEventIoErrorMsg {
                    dom,
                    src_path: path.clone(),
                    dev_alias: alias.clone(),
                    action: *action
                }
            ),
            Kind::IoErrorReason {
                path,
                alias,
                action,
                reason,
            } => both!(
                id,
                DomainEventIoErrorReason,
                DomainEventCallbackIoErrorReason,
                DomainEventCallbackIoErrorReasonMsg {},
                wire::DomainEventIoErrorReasonMsg {
                    dom,
                    src_path: path.clone(),
                    dev_alias: alias.clone(),
                    action: *action,
                    reason: reason.clone()
                }
            ),
            Kind::Graphics {
                phase,
                local,
                remote,
                auth_scheme,
                subject,
            } => both!(
                id,
                DomainEventGraphics,
                DomainEventCallbackGraphics,
                DomainEventCallbackGraphicsMsg {},
                wire::DomainEventGraphicsMsg {
                    dom,
                    phase: *phase,
                    local: local.clone(),
                    remote: remote.clone(),
                    auth_scheme: auth_scheme.clone(),
                    subject: subject.clone()
                }
            ),
            Kind::ControlError => both!(
                id,
                DomainEventControlError,
                DomainEventCallbackControlError,
                DomainEventCallbackControlErrorMsg {},
                wire::DomainEventControlErrorMsg { dom }
            ),
            Kind::BlockJob { path, kind, status } => both!(
                id,
                DomainEventBlockJob,
                DomainEventCallbackBlockJob,
                DomainEventCallbackBlockJobMsg {},
                wire::DomainEventBlockJobMsg {
                    dom,
                    path: path.clone(),
                    r#type: *kind,
                    status: *status
                }
            ),
            Kind::DiskChange {
                old,
                new,
                alias,
                reason,
            } => both!(
                id,
                DomainEventDiskChange,
                DomainEventCallbackDiskChange,
                DomainEventCallbackDiskChangeMsg {},
                wire::DomainEventDiskChangeMsg {
                    dom,
                    old_src_path: old.clone(),
                    new_src_path: new.clone(),
                    dev_alias: alias.clone(),
                    reason: *reason
                }
            ),
            Kind::TrayChange { alias, reason } => both!(
                id,
                DomainEventTrayChange,
                DomainEventCallbackTrayChange,
                DomainEventCallbackTrayChangeMsg {},
                wire::DomainEventTrayChangeMsg {
                    dom,
                    dev_alias: alias.clone(),
                    reason: *reason
                }
            ),
            Kind::PmWakeup { reason } => both!(
                id,
                DomainEventPmwakeup,
                DomainEventCallbackPmwakeup,
                DomainEventCallbackPmwakeupMsg { reason },
                wire::DomainEventPmwakeupMsg { dom }
            ),
            Kind::PmSuspend { reason } => both!(
                id,
                DomainEventPmsuspend,
                DomainEventCallbackPmsuspend,
                DomainEventCallbackPmsuspendMsg { reason },
                wire::DomainEventPmsuspendMsg { dom }
            ),
            Kind::PmSuspendDisk { reason } => both!(
                id,
                DomainEventPmsuspendDisk,
                DomainEventCallbackPmsuspendDisk,
                DomainEventCallbackPmsuspendDiskMsg { reason },
                wire::DomainEventPmsuspendDiskMsg { dom }
            ),
            &Kind::BalloonChange { actual } => both!(
                id,
                DomainEventBalloonChange,
                DomainEventCallbackBalloonChange,
                DomainEventCallbackBalloonChangeMsg {},
                wire::DomainEventBalloonChangeMsg { dom, actual }
            ),
            Kind::DeviceRemoved { alias } => both!(
                id,
                DomainEventDeviceRemoved,
                DomainEventCallbackDeviceRemoved,
                DomainEventCallbackDeviceRemovedMsg {},
                wire::DomainEventDeviceRemovedMsg {
                    dom,
                    dev_alias: alias.clone()
                }
            ),
            newer => Self::newer(newer, dom, id?),
        }
    }

    /// The message of a kind of event that has the callback form only.
    fn newer(kind: &Kind, dom: wire::NonnullDomain, callback_id: i32) -> Option<Wire> {
        match kind {
            Kind::BlockJob2 {
                target,
                kind,
                status,
            } => Wire::of::<wire::DomainEventBlockJob2>(&wire::DomainEventBlockJob2Msg {
                callback_id,
                dom,
                dst: target.clone(),
                r#type: *kind,
                status: *status,
            }),
            Kind::Tunable { params } => {
                Wire::of::<wire::DomainEventCallbackTunable>(&wire::DomainEventCallbackTunableMsg {
                    callback_id,
                    dom,
                    params: params.clone(),
                })
            }
            &Kind::AgentLifecycle { state, reason } => {
                Wire::of::<wire::DomainEventCallbackAgentLifecycle>(
                    &wire::DomainEventCallbackAgentLifecycleMsg {
                        callback_id,
                        dom,
                        state,
                        reason,
                    },
                )
            }
            Kind::DeviceAdded { alias } => Wire::of::<wire::DomainEventCallbackDeviceAdded>(
                &wire::DomainEventCallbackDeviceAddedMsg {
                    callback_id,
                    dom,
                    dev_alias: alias.clone(),
                },
            ),
            &Kind::MigrationIteration { iteration } => {
                Wire::of::<wire::DomainEventCallbackMigrationIteration>(
                    &wire::DomainEventCallbackMigrationIterationMsg {
                        callback_id,
                        dom,
                        iteration,
                    },
                )
            }
            Kind::JobCompleted { params } => Wire::of::<wire::DomainEventCallbackJobCompleted>(
                &wire::DomainEventCallbackJobCompletedMsg {
                    callback_id,
                    dom,
                    params: params.clone(),
                },
            ),
            Kind::DeviceRemovalFailed { alias } => {
                Wire::of::<wire::DomainEventCallbackDeviceRemovalFailed>(
                    &wire::DomainEventCallbackDeviceRemovalFailedMsg {
                        callback_id,
                        dom,
                        dev_alias: alias.clone(),
                    },
                )
            }
            Kind::MetadataChange { kind, nsuri } => {
                Wire::of::<wire::DomainEventCallbackMetadataChange>(
                    &wire::DomainEventCallbackMetadataChangeMsg {
                        callback_id,
                        dom,
                        r#type: *kind,
                        nsuri: nsuri.clone(),
                    },
                )
            }
            Kind::BlockThreshold {
                device,
                path,
                threshold,
                excess,
            } => Wire::of::<wire::DomainEventBlockThreshold>(&wire::DomainEventBlockThresholdMsg {
                callback_id,
                dom,
                dev: device.clone(),
                path: path.clone(),
                threshold: *threshold,
                excess: *excess,
            }),
            &Kind::MemoryFailure {
                recipient,
                action,
                flags,
            } => Wire::of::<wire::DomainEventMemoryFailure>(&wire::DomainEventMemoryFailureMsg {
                callback_id,
                dom,
                recipient,
                action,
                flags,
            }),
            Kind::MemoryDeviceSizeChange { alias, size } => {
                Wire::of::<wire::DomainEventMemoryDeviceSizeChange>(
                    &wire::DomainEventMemoryDeviceSizeChangeMsg {
                        callback_id,
                        dom,
                        alias: alias.clone(),
                        size: *size,
                    },
                )
            }
            Kind::NicMacChange { alias, old, new } => {
                Wire::of::<wire::DomainEventNicMacChange>(&wire::DomainEventNicMacChangeMsg {
                    callback_id,
                    dom,
                    alias: alias.clone(),
                    old_mac: old.clone(),
                    new_mac: new.clone(),
                })
            }
            Kind::Lifecycle { .. }
            | Kind::Reboot
            | Kind::RtcChange { .. }
            | Kind::Watchdog { .. }
            | Kind::IoError { .. }
            | Kind::IoErrorReason { .. }
            | Kind::Graphics { .. }
            | Kind::ControlError
            | Kind::BlockJob { .. }
            | Kind::DiskChange { .. }
            | Kind::TrayChange { .. }
            | Kind::PmWakeup { .. }
            | Kind::PmSuspend { .. }
            | Kind::PmSuspendDisk { .. }
            | Kind::BalloonChange { .. }
            | Kind::DeviceRemoved { .. } => None,
        }
    }
}
