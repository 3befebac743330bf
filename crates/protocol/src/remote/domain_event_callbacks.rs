//! Events of domains with a callback id.

use crate::{
    enums::DomainEventId,
    limits,
    procedure::events,
    remote::{
        DomainEventBalloonChangeMsg, DomainEventBlockJobMsg, DomainEventControlErrorMsg,
        DomainEventDeviceRemovedMsg, DomainEventDiskChangeMsg, DomainEventGraphicsMsg,
        DomainEventIoErrorMsg, DomainEventIoErrorReasonMsg, DomainEventLifecycleMsg,
        DomainEventPmsuspendDiskMsg, DomainEventPmsuspendMsg, DomainEventPmwakeupMsg,
        DomainEventRebootMsg, DomainEventRtcChangeMsg, DomainEventTrayChangeMsg,
        DomainEventWatchdogMsg, NonnullDomain,
    },
    typed_param::TypedParam,
};

events! {
    Remote;

    /// A domain started, stopped, was defined ….
    318 DomainEventCallbackLifecycle "DOMAIN_EVENT_CALLBACK_LIFECYCLE" (
        id: Some((Object::Domain, DomainEventId::Lifecycle.value())),
    )
        msg DomainEventCallbackLifecycleMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventLifecycleMsg,
        };

    /// The guest rebooted.
    319 DomainEventCallbackReboot "DOMAIN_EVENT_CALLBACK_REBOOT" (
        id: Some((Object::Domain, DomainEventId::Reboot.value())),
    )
        msg DomainEventCallbackRebootMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventRebootMsg,
        };

    /// The guest set its clock.
    320 DomainEventCallbackRtcChange "DOMAIN_EVENT_CALLBACK_RTC_CHANGE" (
        id: Some((Object::Domain, DomainEventId::RtcChange.value())),
    )
        msg DomainEventCallbackRtcChangeMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventRtcChangeMsg,
        };

    /// The guest's watchdog fired.
    321 DomainEventCallbackWatchdog "DOMAIN_EVENT_CALLBACK_WATCHDOG" (
        id: Some((Object::Domain, DomainEventId::Watchdog.value())),
    )
        msg DomainEventCallbackWatchdogMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventWatchdogMsg,
        };

    /// A disk's request failed.
    322 DomainEventCallbackIoError "DOMAIN_EVENT_CALLBACK_IO_ERROR" (
        id: Some((Object::Domain, DomainEventId::IoError.value())),
    )
        msg DomainEventCallbackIoErrorMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventIoErrorMsg,
        };

    /// A graphics client connected, authenticated or left.
    323 DomainEventCallbackGraphics "DOMAIN_EVENT_CALLBACK_GRAPHICS" (
        id: Some((Object::Domain, DomainEventId::Graphics.value())),
    )
        msg DomainEventCallbackGraphicsMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventGraphicsMsg,
        };

    /// A disk's request failed, with the reason.
    324 DomainEventCallbackIoErrorReason "DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON" (
        id: Some((Object::Domain, DomainEventId::IoErrorReason.value())),
    )
        msg DomainEventCallbackIoErrorReasonMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventIoErrorReasonMsg,
        };

    /// The monitor of a domain is in error.
    325 DomainEventCallbackControlError "DOMAIN_EVENT_CALLBACK_CONTROL_ERROR" (
        id: Some((Object::Domain, DomainEventId::ControlError.value())),
    )
        msg DomainEventCallbackControlErrorMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventControlErrorMsg,
        };

    /// A block job ended, failed or is ready; names the disk by its path.
    326 DomainEventCallbackBlockJob "DOMAIN_EVENT_CALLBACK_BLOCK_JOB" (
        id: Some((Object::Domain, DomainEventId::BlockJob.value())),
    )
        msg DomainEventCallbackBlockJobMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventBlockJobMsg,
        };

    /// The medium of a drive was missing at start.
    327 DomainEventCallbackDiskChange "DOMAIN_EVENT_CALLBACK_DISK_CHANGE" (
        id: Some((Object::Domain, DomainEventId::DiskChange.value())),
    )
        msg DomainEventCallbackDiskChangeMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventDiskChangeMsg,
        };

    /// The tray of a drive was opened or closed.
    328 DomainEventCallbackTrayChange "DOMAIN_EVENT_CALLBACK_TRAY_CHANGE" (
        id: Some((Object::Domain, DomainEventId::TrayChange.value())),
    )
        msg DomainEventCallbackTrayChangeMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventTrayChangeMsg,
        };

    /// The guest woke.
    329 DomainEventCallbackPmwakeup "DOMAIN_EVENT_CALLBACK_PMWAKEUP" (
        id: Some((Object::Domain, DomainEventId::Pmwakeup.value())),
    )
        msg DomainEventCallbackPmwakeupMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            reason: i32,
            msg: DomainEventPmwakeupMsg,
        };

    /// The guest suspended itself to memory.
    330 DomainEventCallbackPmsuspend "DOMAIN_EVENT_CALLBACK_PMSUSPEND" (
        id: Some((Object::Domain, DomainEventId::Pmsuspend.value())),
    )
        msg DomainEventCallbackPmsuspendMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            reason: i32,
            msg: DomainEventPmsuspendMsg,
        };

    /// The guest's memory balloon changed.
    331 DomainEventCallbackBalloonChange "DOMAIN_EVENT_CALLBACK_BALLOON_CHANGE" (
        id: Some((Object::Domain, DomainEventId::BalloonChange.value())),
    )
        msg DomainEventCallbackBalloonChangeMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventBalloonChangeMsg,
        };

    /// The guest suspended itself to disk.
    332 DomainEventCallbackPmsuspendDisk "DOMAIN_EVENT_CALLBACK_PMSUSPEND_DISK" (
        id: Some((Object::Domain, DomainEventId::PmsuspendDisk.value())),
    )
        msg DomainEventCallbackPmsuspendDiskMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            reason: i32,
            msg: DomainEventPmsuspendDiskMsg,
        };

    /// A device was unplugged.
    333 DomainEventCallbackDeviceRemoved "DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED" (
        id: Some((Object::Domain, DomainEventId::DeviceRemoved.value())),
    )
        msg DomainEventCallbackDeviceRemovedMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            msg: DomainEventDeviceRemovedMsg,
        };

    /// A block job ended, failed or is ready; names the disk by its target.
    339 DomainEventBlockJob2 "DOMAIN_EVENT_BLOCK_JOB_2" (
        id: Some((Object::Domain, DomainEventId::BlockJob2.value())),
    )
        msg DomainEventBlockJob2Msg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            dst: String,
            r#type: i32,
            status: i32,
        };

    /// A tunable of a domain changed.
    346 DomainEventCallbackTunable "DOMAIN_EVENT_CALLBACK_TUNABLE" (
        id: Some((Object::Domain, DomainEventId::Tunable.value())),
    )
        msg DomainEventCallbackTunableMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_EVENT_TUNABLE_MAX)] params: Vec<TypedParam>,
        };

    /// The guest agent appeared or went.
    348 DomainEventCallbackAgentLifecycle "DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE" (
        id: Some((Object::Domain, DomainEventId::AgentLifecycle.value())),
    )
        msg DomainEventCallbackAgentLifecycleMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            state: i32,
            reason: i32,
        };

    /// A device was plugged in.
    354 DomainEventCallbackDeviceAdded "DOMAIN_EVENT_CALLBACK_DEVICE_ADDED" (
        id: Some((Object::Domain, DomainEventId::DeviceAdded.value())),
    )
        msg DomainEventCallbackDeviceAddedMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            #[xdr(name = "devAlias")] dev_alias: String,
        };

    /// A migration began another pass over the memory.
    359 DomainEventCallbackMigrationIteration "DOMAIN_EVENT_CALLBACK_MIGRATION_ITERATION" (
        id: Some((Object::Domain, DomainEventId::MigrationIteration.value())),
    )
        msg DomainEventCallbackMigrationIterationMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            iteration: i32,
        };

    /// A domain's job ended.
    363 DomainEventCallbackJobCompleted "DOMAIN_EVENT_CALLBACK_JOB_COMPLETED" (
        id: Some((Object::Domain, DomainEventId::JobCompleted.value())),
    )
        msg DomainEventCallbackJobCompletedMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_JOB_STATS_MAX)] params: Vec<TypedParam>,
        };

    /// A device could not be unplugged.
    367 DomainEventCallbackDeviceRemovalFailed "DOMAIN_EVENT_CALLBACK_DEVICE_REMOVAL_FAILED" (
        id: Some((Object::Domain, DomainEventId::DeviceRemovalFailed.value())),
    )
        msg DomainEventCallbackDeviceRemovalFailedMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            #[xdr(name = "devAlias")] dev_alias: String,
        };

    /// A domain's title, description or metadata changed.
    379 DomainEventCallbackMetadataChange "DOMAIN_EVENT_CALLBACK_METADATA_CHANGE" (
        id: Some((Object::Domain, DomainEventId::MetadataChange.value())),
    )
        msg DomainEventCallbackMetadataChangeMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            r#type: i32,
            nsuri: Option<String>,
        };

    /// A disk's writes went past the threshold that was set.
    385 DomainEventBlockThreshold "DOMAIN_EVENT_BLOCK_THRESHOLD" (
        id: Some((Object::Domain, DomainEventId::BlockThreshold.value())),
    )
        msg DomainEventBlockThresholdMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            dev: String,
            path: Option<String>,
            threshold: u64,
            excess: u64,
        };

    /// Memory of a domain failed.
    423 DomainEventMemoryFailure "DOMAIN_EVENT_MEMORY_FAILURE" (
        id: Some((Object::Domain, DomainEventId::MemoryFailure.value())),
    )
        msg DomainEventMemoryFailureMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            recipient: i32,
            action: i32,
            flags: u32,
        };

    /// The guest changed the size of a memory device.
    438 DomainEventMemoryDeviceSizeChange "DOMAIN_EVENT_MEMORY_DEVICE_SIZE_CHANGE" (
        id: Some((Object::Domain, DomainEventId::MemoryDeviceSizeChange.value())),
    )
        msg DomainEventMemoryDeviceSizeChangeMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            alias: String,
            size: u64,
        };

    /// The guest changed the MAC address of an interface.
    453 DomainEventNicMacChange "DOMAIN_EVENT_NIC_MAC_CHANGE" (
        id: Some((Object::Domain, DomainEventId::NicMacChange.value())),
    )
        msg DomainEventNicMacChangeMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            alias: String,
            #[xdr(name = "oldMAC")] old_mac: String,
            #[xdr(name = "newMAC")] new_mac: String,
        };

    /// A virtual CPU was unplugged.
    454 DomainEventVcpuRemoved "DOMAIN_EVENT_VCPU_REMOVED" (
        id: Some((Object::Domain, DomainEventId::VcpuRemoved.value())),
    )
        msg DomainEventVcpuRemovedMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            vcpuid: u32,
        };

    /// A channel's other end appeared or went.
    455 DomainEventCallbackChannelLifecycle "DOMAIN_EVENT_CALLBACK_CHANNEL_LIFECYCLE" (
        id: Some((Object::Domain, DomainEventId::ChannelLifecycle.value())),
    )
        msg DomainEventCallbackChannelLifecycleMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            #[xdr(name = "channelName")] channel_name: String,
            state: i32,
            reason: i32,
        };
}
