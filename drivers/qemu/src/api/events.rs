//! What has happened to a VM, in the wire's words.

use driver::events::DomainEventKind;

use crate::vm::announcement::{Announcement, IoError, IoErrorAction, MetadataKind, WatchdogAction};

/// The events that tell of it; some things are told twice, for older and newer clients.
pub fn kinds(announcement: Announcement) -> Vec<DomainEventKind> {
    vec![match announcement {
        Announcement::Lifecycle(lifecycle) => {
            let (event, detail) = lifecycle.numbers();
            DomainEventKind::Lifecycle { event, detail }
        }
        Announcement::Reboot => DomainEventKind::Reboot,
        Announcement::RtcChange(offset) => DomainEventKind::RtcChange { offset },
        Announcement::Watchdog(action) => DomainEventKind::Watchdog {
            action: watchdog(action),
        },
        Announcement::IoError(error) => return io_error(error),
        Announcement::BalloonChange(actual) => DomainEventKind::BalloonChange { actual },
        Announcement::DeviceRemoved(alias) => DomainEventKind::DeviceRemoved { alias },
        Announcement::TrayChange { device, open } => DomainEventKind::TrayChange {
            alias: device,
            reason: i32::from(!open),
        },
        Announcement::PmSuspend => DomainEventKind::PmSuspend { reason: 0 },
        Announcement::PmSuspendDisk => DomainEventKind::PmSuspendDisk { reason: 0 },
        Announcement::PmWakeup => DomainEventKind::PmWakeup { reason: 0 },
        Announcement::Metadata { kind, uri } => DomainEventKind::MetadataChange {
            kind: metadata(kind),
            nsuri: uri,
        },
    }]
}

fn io_error(error: IoError) -> Vec<DomainEventKind> {
    let IoError {
        device: alias,
        path,
        action,
        reason,
    } = error;
    let action = match action {
        IoErrorAction::None => 0,
        IoErrorAction::Pause => 1,
        IoErrorAction::Report => 2,
    };
    vec![
        DomainEventKind::IoError {
            path: path.clone(),
            alias: alias.clone(),
            action,
        },
        DomainEventKind::IoErrorReason {
            path,
            alias,
            action,
            reason,
        },
    ]
}

/// `virDomainEventWatchdogAction`
fn watchdog(action: WatchdogAction) -> i32 {
    match action {
        WatchdogAction::None => 0,
        WatchdogAction::Pause => 1,
        WatchdogAction::Reset => 2,
        WatchdogAction::Poweroff => 3,
        WatchdogAction::Shutdown => 4,
        WatchdogAction::Debug => 5,
        WatchdogAction::InjectNmi => 6,
    }
}

/// `virDomainMetadataType`
fn metadata(kind: MetadataKind) -> i32 {
    match kind {
        MetadataKind::Description => 0,
        MetadataKind::Title => 1,
        MetadataKind::Element => 2,
    }
}
