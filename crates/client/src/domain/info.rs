//! What can be asked of a domain at any time.

use std::fmt;

use protocol::enums::{
    DomainControlState, DomainCrashedReason, DomainJobType, DomainPausedReason,
    DomainRunningReason, DomainShutdownReason, DomainShutoffReason, DomainState as State,
};
use protocol::flags::{DomainVcpuFlags, NoFlags};
use protocol::remote::{
    DomainGetControlInfo, DomainGetControlInfoArgs, DomainGetInfo, DomainGetInfoArgs,
    DomainGetJobInfo, DomainGetJobInfoArgs, DomainGetMaxMemory, DomainGetMaxMemoryArgs,
    DomainGetMaxVcpus, DomainGetMaxVcpusArgs, DomainGetState, DomainGetStateArgs,
    DomainGetVcpusFlags, DomainGetVcpusFlagsArgs,
};

use super::Domain;
use crate::error::Result;
use crate::host::unsigned;
use crate::words;

/// State and resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainInfo {
    /// What it does.
    pub state: State,
    /// The most memory that it may have, in KiB.
    pub max_memory: u64,
    /// The memory that it has, in KiB.
    pub memory: u64,
    /// Its virtual processors.
    pub vcpus: u32,
    /// The processor time that it has used, in nanoseconds.
    pub cpu_time: u64,
}

/// A state with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DomainState {
    /// It runs.
    Running(DomainRunningReason),
    /// It is paused.
    Paused(DomainPausedReason),
    /// The guest is shutting down.
    Shutdown(DomainShutdownReason),
    /// It does not run.
    Shutoff(DomainShutoffReason),
    /// It crashed.
    Crashed(DomainCrashedReason),
    /// Another state, with the reason's number.
    Other(State, i32),
}

impl DomainState {
    fn new(state: i32, reason: i32) -> Self {
        match State::from(state) {
            State::Running => Self::Running(reason.into()),
            State::Paused => Self::Paused(reason.into()),
            State::Shutdown => Self::Shutdown(reason.into()),
            State::Shutoff => Self::Shutoff(reason.into()),
            State::Crashed => Self::Crashed(reason.into()),
            other => Self::Other(other, reason),
        }
    }

    /// The state without its reason.
    #[must_use]
    pub fn state(self) -> State {
        match self {
            Self::Running(_) => State::Running,
            Self::Paused(_) => State::Paused,
            Self::Shutdown(_) => State::Shutdown,
            Self::Shutoff(_) => State::Shutoff,
            Self::Crashed(_) => State::Crashed,
            Self::Other(state, _) => state,
        }
    }
}

/// The state's word, as `virsh` says it: `running`, `shut off`.
impl fmt::Display for DomainState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(words::state(self.state()))
    }
}

/// Whether the hypervisor can be talked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ControlInfo {
    /// Free, busy or broken.
    pub state: DomainControlState,
    /// Why it is broken.
    pub details: u32,
    /// For how long, in milliseconds.
    pub state_time: u64,
}

/// The long work that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobInfo {
    /// Whether there is any, and of which kind.
    pub kind: DomainJobType,
    /// Milliseconds since it began.
    pub time_elapsed: u64,
    /// Bytes in all.
    pub data_total: u64,
    /// Bytes done.
    pub data_processed: u64,
    /// Bytes left.
    pub data_remaining: u64,
}

impl Domain {
    /// State and resources.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn info(&self) -> Result<DomainInfo> {
        let args = DomainGetInfoArgs { dom: self.wire() };
        let answer = self.connection().call::<DomainGetInfo>(&args).await?;
        Ok(DomainInfo {
            state: State::from(i32::from(answer.state)),
            max_memory: answer.max_mem,
            memory: answer.memory,
            vcpus: answer.nr_virt_cpu.into(),
            cpu_time: answer.cpu_time,
        })
    }

    /// The state with its reason.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn state(&self) -> Result<DomainState> {
        let args = DomainGetStateArgs {
            dom: self.wire(),
            flags: NoFlags,
        };
        let answer = self.connection().call::<DomainGetState>(&args).await?;
        Ok(DomainState::new(answer.state, answer.reason))
    }

    /// Whether the hypervisor can be talked to.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn control_info(&self) -> Result<ControlInfo> {
        let args = DomainGetControlInfoArgs {
            dom: self.wire(),
            flags: NoFlags,
        };
        let answer = self
            .connection()
            .call::<DomainGetControlInfo>(&args)
            .await?;
        Ok(ControlInfo {
            state: DomainControlState::from(answer.state.cast_signed()),
            details: answer.details,
            state_time: answer.state_time,
        })
    }

    /// The long work that is under way.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn job_info(&self) -> Result<JobInfo> {
        let args = DomainGetJobInfoArgs { dom: self.wire() };
        let answer = self.connection().call::<DomainGetJobInfo>(&args).await?;
        Ok(JobInfo {
            kind: DomainJobType::from(answer.r#type),
            time_elapsed: answer.time_elapsed,
            data_total: answer.data_total,
            data_processed: answer.data_processed,
            data_remaining: answer.data_remaining,
        })
    }

    /// The most memory that it may have, in KiB.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn max_memory(&self) -> Result<u64> {
        let args = DomainGetMaxMemoryArgs { dom: self.wire() };
        Ok(self
            .connection()
            .call::<DomainGetMaxMemory>(&args)
            .await?
            .memory)
    }

    /// The most virtual processors that it may have.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn max_vcpus(&self) -> Result<u32> {
        let args = DomainGetMaxVcpusArgs { dom: self.wire() };
        Ok(unsigned(
            self.connection()
                .call::<DomainGetMaxVcpus>(&args)
                .await?
                .num,
        ))
    }

    /// A number of virtual processors: live or configured, current or at most. The setter is
    /// [`Domain::set_vcpus_with`].
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when the live number is asked of a domain that does not
    /// run, or the configured one of a transient domain.
    pub async fn vcpus(&self, which: DomainVcpuFlags) -> Result<u32> {
        let args = DomainGetVcpusFlagsArgs {
            dom: self.wire(),
            flags: which,
        };
        Ok(unsigned(
            self.connection()
                .call::<DomainGetVcpusFlags>(&args)
                .await?
                .num,
        ))
    }
}
