//! Events of domains in the legacy form, without a callback id.

use crate::{
    enums::DomainEventId,
    limits,
    procedure::{events, structures},
    remote::NonnullDomain,
};

structures! {
    /// One end of a graphics connection.
    DomainEventGraphicsAddress { family: i32, node: String, service: String }

    /// Who a graphics client is.
    DomainEventGraphicsIdentity { r#type: String, name: String }
}

events! {
    Remote;

    /// A domain started, stopped, was defined ….
    107 DomainEventLifecycle "DOMAIN_EVENT_LIFECYCLE" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::Lifecycle.value())),
    )
        msg DomainEventLifecycleMsg { dom: NonnullDomain, event: i32, detail: i32 };

    /// The guest rebooted.
    169 DomainEventReboot "DOMAIN_EVENT_REBOOT" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::Reboot.value())),
    )
        msg DomainEventRebootMsg { dom: NonnullDomain };

    /// The guest set its clock.
    170 DomainEventRtcChange "DOMAIN_EVENT_RTC_CHANGE" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::RtcChange.value())),
    )
        msg DomainEventRtcChangeMsg { dom: NonnullDomain, offset: i64 };

    /// The guest's watchdog fired.
    171 DomainEventWatchdog "DOMAIN_EVENT_WATCHDOG" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::Watchdog.value())),
    )
        msg DomainEventWatchdogMsg { dom: NonnullDomain, action: i32 };

    /// A disk's request failed.
    172 DomainEventIoError "DOMAIN_EVENT_IO_ERROR" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::IoError.value())),
    )
        msg DomainEventIoErrorMsg {
            dom: NonnullDomain,
            #[xdr(name = "srcPath")] src_path: String,
            #[xdr(name = "devAlias")] dev_alias: String,
            action: i32,
        };

    /// A graphics client connected, authenticated or left.
    173 DomainEventGraphics "DOMAIN_EVENT_GRAPHICS" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::Graphics.value())),
    )
        msg DomainEventGraphicsMsg {
            dom: NonnullDomain,
            phase: i32,
            local: DomainEventGraphicsAddress,
            remote: DomainEventGraphicsAddress,
            #[xdr(name = "authScheme")] auth_scheme: String,
            #[xdr(max = limits::DOMAIN_EVENT_GRAPHICS_IDENTITY_MAX)]
            subject: Vec<DomainEventGraphicsIdentity>,
        };

    /// A disk's request failed, with the reason.
    195 DomainEventIoErrorReason "DOMAIN_EVENT_IO_ERROR_REASON" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::IoErrorReason.value())),
    )
        msg DomainEventIoErrorReasonMsg {
            dom: NonnullDomain,
            #[xdr(name = "srcPath")] src_path: String,
            #[xdr(name = "devAlias")] dev_alias: String,
            action: i32,
            reason: String,
        };

    /// The monitor of a domain is in error.
    224 DomainEventControlError "DOMAIN_EVENT_CONTROL_ERROR" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::ControlError.value())),
    )
        msg DomainEventControlErrorMsg { dom: NonnullDomain };

    /// A block job ended, failed or is ready; names the disk by its path.
    241 DomainEventBlockJob "DOMAIN_EVENT_BLOCK_JOB" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::BlockJob.value())),
    )
        msg DomainEventBlockJobMsg { dom: NonnullDomain, path: String, r#type: i32, status: i32 };

    /// The medium of a drive was missing at start.
    248 DomainEventDiskChange "DOMAIN_EVENT_DISK_CHANGE" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::DiskChange.value())),
    )
        msg DomainEventDiskChangeMsg {
            dom: NonnullDomain,
            #[xdr(name = "oldSrcPath")] old_src_path: Option<String>,
            #[xdr(name = "newSrcPath")] new_src_path: Option<String>,
            #[xdr(name = "devAlias")] dev_alias: String,
            reason: i32,
        };

    /// The tray of a drive was opened or closed.
    268 DomainEventTrayChange "DOMAIN_EVENT_TRAY_CHANGE" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::TrayChange.value())),
    )
        msg DomainEventTrayChangeMsg {
            dom: NonnullDomain,
            #[xdr(name = "devAlias")] dev_alias: String,
            reason: i32,
        };

    /// The guest woke.
    269 DomainEventPmwakeup "DOMAIN_EVENT_PMWAKEUP" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::Pmwakeup.value())),
    )
        msg DomainEventPmwakeupMsg { dom: NonnullDomain };

    /// The guest suspended itself to memory.
    270 DomainEventPmsuspend "DOMAIN_EVENT_PMSUSPEND" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::Pmsuspend.value())),
    )
        msg DomainEventPmsuspendMsg { dom: NonnullDomain };

    /// The guest's memory balloon changed.
    276 DomainEventBalloonChange "DOMAIN_EVENT_BALLOON_CHANGE" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::BalloonChange.value())),
    )
        msg DomainEventBalloonChangeMsg { dom: NonnullDomain, actual: u64 };

    /// The guest suspended itself to disk.
    292 DomainEventPmsuspendDisk "DOMAIN_EVENT_PMSUSPEND_DISK" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::PmsuspendDisk.value())),
    )
        msg DomainEventPmsuspendDiskMsg { dom: NonnullDomain };

    /// A device was unplugged.
    311 DomainEventDeviceRemoved "DOMAIN_EVENT_DEVICE_REMOVED" (
        form: Legacy,
        id: Some((Object::Domain, DomainEventId::DeviceRemoved.value())),
    )
        msg DomainEventDeviceRemovedMsg {
            dom: NonnullDomain,
            #[xdr(name = "devAlias")] dev_alias: String,
        };
}
