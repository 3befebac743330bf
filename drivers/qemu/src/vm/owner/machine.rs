//! The owner's side of a process.

use std::future::Future;
use std::pin::Pin;

use documents::domain::{DiskSource, Domain, LifecycleAction};
use process::Process;
use qmp::{Events, Monitor};

use crate::vm::reaction::{Ending, Policy};
use crate::vm::resources::Resources;

/// QEMU's process with everything that only the owner uses.
pub(super) struct Machine {
    /// QEMU itself.
    pub(super) process: Process,
    /// What QEMU is told through.
    pub(super) monitor: Monitor,
    /// What QEMU says; nothing after the monitor is gone.
    pub(super) events: Option<Events>,
    /// Ends with the process.
    pub(super) exited: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// What was taken for this run.
    pub(super) resources: Resources,
}

impl Machine {
    pub(super) fn new(
        process: Process,
        monitor: Monitor,
        events: Events,
        resources: Resources,
    ) -> Self {
        for helper in &resources.helpers {
            helper.serves(&process);
        }
        let watched = process.clone();
        let exited = Box::pin(async move {
            if let Err(error) = watched.wait().await {
                tracing::error!(%error, "a VM's process cannot be watched; taking it for gone");
            }
        });
        Self {
            process,
            monitor,
            events: Some(events),
            exited,
            resources,
        }
    }
}

/// What the VM is to do when its guest ends.
pub(super) fn policy(document: &Domain) -> Policy {
    Policy {
        on_poweroff: ending(document.on_poweroff),
        on_crash: ending(document.on_crash),
    }
}

/// Nothing said is to destroy. The actions that dump a core first are refused when a document is checked.
fn ending(action: Option<LifecycleAction>) -> Ending {
    match action {
        Some(
            LifecycleAction::Restart
            | LifecycleAction::RenameRestart
            | LifecycleAction::CoredumpRestart,
        ) => Ending::Restart,
        Some(LifecycleAction::Preserve) => Ending::Preserve,
        Some(LifecycleAction::Destroy | LifecycleAction::CoredumpDestroy) | None => Ending::Destroy,
    }
}

/// The image of the disk with this alias; QEMU only tells the alias, clients also want the path.
pub(super) fn image_of(document: &Domain, alias: &str) -> String {
    let mut disks = document.devices.disks.iter();
    let disk = disks.find(|disk| disk.info.alias.as_deref() == Some(alias));
    let path = disk.and_then(|disk| match &disk.source {
        DiskSource::File(source) => source.file.clone(),
        DiskSource::Block(source) => source.dev.clone(),
        _ => None,
    });
    path.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_found_by_the_alias_of_its_disk() {
        let text = "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
            <disk type='file'><source file='/a.img'/><target dev='vda'/><alias name='virtio-disk0'/></disk>\
            </devices></domain>";
        let document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        assert_eq!(image_of(&document, "virtio-disk0"), "/a.img");
        assert_eq!(image_of(&document, "virtio-disk1"), "");
    }
}
