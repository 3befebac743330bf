//! `<on_*>` and `<pm>`.

use xml::{Xml, XmlEnum};

/// What happens after a power-off, reboot or crash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum LifecycleAction {
    /// The domain ends.
    #[default]
    Destroy,
    /// The domain starts again.
    Restart,
    /// Another domain of that name starts.
    RenameRestart,
    /// The domain stays for examination.
    Preserve,
    /// A core is dumped, then the domain ends. After a crash only.
    #[xml(since = "0.8.4")]
    CoredumpDestroy,
    /// A core is dumped, then the domain starts again. After a crash only.
    #[xml(since = "0.8.4")]
    CoredumpRestart,
}

/// What happens when a lock is lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum LockFailureAction {
    /// What the lock manager does by itself.
    #[default]
    #[xml(schema_absent)]
    Default,
    /// The domain ends.
    Poweroff,
    /// The domain starts again.
    Restart,
    /// The domain is paused.
    Pause,
    /// Nothing.
    Ignore,
}

/// Power management that the guest is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PowerManagement {
    /// Suspend to memory (S3).
    #[xml(
        child = "suspend-to-mem",
        attribute = "enabled",
        yes_no,
        absent = "the hypervisor decides"
    )]
    pub suspend_to_mem: Option<bool>,
    /// Suspend to disk (S4).
    #[xml(
        child = "suspend-to-disk",
        attribute = "enabled",
        yes_no,
        absent = "the hypervisor decides"
    )]
    pub suspend_to_disk: Option<bool>,
}
