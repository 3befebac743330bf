//! How much memory and how many processors a domain has.

use protocol::flags::{DomainMemoryModFlags, DomainVcpuFlags};
use protocol::remote::{
    DomainSetMaxMemory, DomainSetMaxMemoryArgs, DomainSetMemory, DomainSetMemoryArgs,
    DomainSetMemoryFlags, DomainSetMemoryFlagsArgs, DomainSetVcpus, DomainSetVcpusArgs,
    DomainSetVcpusFlags, DomainSetVcpusFlagsArgs,
};

use super::Domain;
use crate::error::Result;

impl Domain {
    /// Sets the running guest's memory, in KiB, by its balloon.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run, [`crate::Code::InvalidArg`] above
    /// its most.
    pub async fn set_memory(&self, memory: u64) -> Result<()> {
        let args = DomainSetMemoryArgs {
            dom: self.wire(),
            memory,
        };
        self.connection().call::<DomainSetMemory>(&args).await
    }

    /// Sets a memory size, in KiB: live or configured, current or the most.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when the live size is meant and it does not run.
    pub async fn set_memory_with(&self, memory: u64, flags: DomainMemoryModFlags) -> Result<()> {
        let args = DomainSetMemoryFlagsArgs {
            dom: self.wire(),
            memory,
            flags,
        };
        self.connection().call::<DomainSetMemoryFlags>(&args).await
    }

    /// Sets the most memory that it may have, in KiB.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it runs and the driver cannot change that then.
    pub async fn set_max_memory(&self, memory: u64) -> Result<()> {
        let args = DomainSetMaxMemoryArgs {
            dom: self.wire(),
            memory,
        };
        self.connection().call::<DomainSetMaxMemory>(&args).await
    }

    /// Sets the number of the running guest's virtual processors.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run, [`crate::Code::InvalidArg`] for
    /// none or for more than its most.
    pub async fn set_vcpus(&self, count: u32) -> Result<()> {
        let args = DomainSetVcpusArgs {
            dom: self.wire(),
            nvcpus: count,
        };
        self.connection().call::<DomainSetVcpus>(&args).await
    }

    /// Sets a number of virtual processors: live or configured, current or the most.
    ///
    /// # Errors
    ///
    /// As for [`Domain::set_vcpus`].
    pub async fn set_vcpus_with(&self, count: u32, flags: DomainVcpuFlags) -> Result<()> {
        let args = DomainSetVcpusFlagsArgs {
            dom: self.wire(),
            nvcpus: count,
            flags,
        };
        self.connection().call::<DomainSetVcpusFlags>(&args).await
    }
}
