//! QEMU's own monitor, for what the API does not say.

use std::os::fd::OwnedFd;

use protocol::flags::DomainQemuMonitorCommandFlags;
use protocol::qemu::{
    DomainMonitorCommand, DomainMonitorCommandArgs, DomainMonitorCommandWithFiles,
    DomainMonitorCommandWithFilesArgs,
};

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
    /// As [`Domain::monitor_command`] in QMP, with descriptors that go with the command.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when the domain does not run.
    pub async fn monitor_command_with_files(
        &self,
        command: &str,
        files: Vec<OwnedFd>,
    ) -> Result<String> {
        let args = DomainMonitorCommandWithFilesArgs {
            dom: self.wire(),
            cmd: text("the command", command)?,
            flags: DomainQemuMonitorCommandFlags::empty(),
        };
        let answer = self
            .connection()
            .call_with_files::<DomainMonitorCommandWithFiles>(&args, files)
            .await?;
        Ok(answer.result)
    }

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
