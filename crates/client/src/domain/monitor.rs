//! QEMU's own monitor, for what the API does not say.

use protocol::flags::DomainQemuMonitorCommandFlags;
use protocol::qemu::{DomainMonitorCommand, DomainMonitorCommandArgs};

use super::Domain;
use crate::connection::text;
use crate::error::Result;

/// The monitor's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonitorLanguage {
    /// JSON: QMP.
    Qmp,
    /// That of the human monitor.
    Hmp,
}

impl Domain {
    /// Sends a command to the monitor and returns its answer as it came.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when the domain does not run.
    pub async fn monitor_command(
        &self,
        command: &str,
        language: MonitorLanguage,
    ) -> Result<String> {
        let args = DomainMonitorCommandArgs {
            dom: self.wire(),
            cmd: text("the command", command)?,
            flags: match language {
                MonitorLanguage::Qmp => DomainQemuMonitorCommandFlags::empty(),
                MonitorLanguage::Hmp => DomainQemuMonitorCommandFlags::HMP,
            },
        };
        Ok(self
            .connection()
            .call::<DomainMonitorCommand>(&args)
            .await?
            .result)
    }
}
