//! Starting, pausing and stopping a domain.

use std::os::fd::OwnedFd;

use protocol::flags::{
    DomainCreateFlags, DomainDestroyFlagsValues, DomainRebootFlagValues, DomainShutdownFlagValues,
    NoFlags,
};
use protocol::remote::{
    DomainCreateWithFiles, DomainCreateWithFilesArgs, DomainCreateWithFlags,
    DomainCreateWithFlagsArgs, DomainDestroy, DomainDestroyArgs, DomainDestroyFlags,
    DomainDestroyFlagsArgs, DomainReboot, DomainRebootArgs, DomainReset, DomainResetArgs,
    DomainResume, DomainResumeArgs, DomainShutdownFlags, DomainShutdownFlagsArgs, DomainSuspend,
    DomainSuspendArgs,
};

use super::Domain;
use crate::error::Result;

impl Domain {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it runs already; QEMU's own words when it does not
    /// start.
    pub async fn start(&self) -> Result<Self> {
        self.start_with(DomainCreateFlags::empty()).await
    }

    /// Starts it with flags: paused, destroyed with the connection, …. The handle that comes back
    /// knows the running domain's number.
    ///
    /// # Errors
    ///
    /// As for [`Domain::start`].
    pub async fn start_with(&self, flags: DomainCreateFlags) -> Result<Self> {
        let args = DomainCreateWithFlagsArgs {
            dom: self.wire(),
            flags,
        };
        let started = self
            .connection()
            .call::<DomainCreateWithFlags>(&args)
            .await?;
        Ok(Self::new(self.connection(), started.dom))
    }

    /// As [`Domain::start_with`], with descriptors for the guest's first process.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSupport`] of drivers whose guests cannot be given any.
    pub async fn start_with_files(
        &self,
        files: Vec<OwnedFd>,
        flags: DomainCreateFlags,
    ) -> Result<Self> {
        let args = DomainCreateWithFilesArgs {
            dom: self.wire(),
            flags,
        };
        let started = self
            .connection()
            .call_with_files::<DomainCreateWithFiles>(&args, files)
            .await?;
        Ok(Self::new(self.connection(), started.dom))
    }

    /// Pauses it; its memory stays.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn suspend(&self) -> Result<()> {
        let args = DomainSuspendArgs { dom: self.wire() };
        self.connection().call::<DomainSuspend>(&args).await
    }

    /// Lets it go on.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run, or is not paused.
    pub async fn resume(&self) -> Result<()> {
        let args = DomainResumeArgs { dom: self.wire() };
        self.connection().call::<DomainResume>(&args).await
    }

    /// Asks the guest to shut down. That it did is told by an event.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn shutdown(&self) -> Result<()> {
        self.shutdown_with(DomainShutdownFlagValues::empty()).await
    }

    /// As [`Domain::shutdown`], in the given ways.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run, or a way is not to be had.
    pub async fn shutdown_with(&self, flags: DomainShutdownFlagValues) -> Result<()> {
        let args = DomainShutdownFlagsArgs {
            dom: self.wire(),
            flags,
        };
        self.connection().call::<DomainShutdownFlags>(&args).await
    }

    /// Asks the guest to reboot, in the given ways; empty flags leave the choice to the driver.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn reboot(&self, flags: DomainRebootFlagValues) -> Result<()> {
        let args = DomainRebootArgs {
            dom: self.wire(),
            flags,
        };
        self.connection().call::<DomainReboot>(&args).await
    }

    /// Resets it as its reset button would.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn reset(&self) -> Result<()> {
        let args = DomainResetArgs {
            dom: self.wire(),
            flags: NoFlags,
        };
        self.connection().call::<DomainReset>(&args).await
    }

    /// Stops it at once, without asking the guest; returns when it is gone.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn destroy(&self) -> Result<()> {
        self.destroy_with(DomainDestroyFlagsValues::empty()).await
    }

    /// As [`Domain::destroy`], with flags: gracefully, ….
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn destroy_with(&self, flags: DomainDestroyFlagsValues) -> Result<()> {
        if flags.is_empty() {
            // Drivers that know no flags have this one.
            let args = DomainDestroyArgs { dom: self.wire() };
            return self.connection().call::<DomainDestroy>(&args).await;
        }
        let args = DomainDestroyFlagsArgs {
            dom: self.wire(),
            flags,
        };
        self.connection().call::<DomainDestroyFlags>(&args).await
    }
}
