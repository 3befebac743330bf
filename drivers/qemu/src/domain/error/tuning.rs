//! What can be wrong with the shares and places that the guest gets of the host.

use protocol::error::{Code, Origin};

use super::ListError;
use super::public::{ARGUMENT, DETAIL, NOT_HERE, NOWHERE, Public, VALUE, XML};

/// What is wrong with tuning.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum TuningError {
    #[error(transparent)]
    List(#[from] ListError),
    #[error("unknown suffix '{unit}'")]
    Unit { unit: String },
    #[error("Value of cputune '{name}' must be in range [{min}, {max}]")]
    Range {
        name: &'static str,
        min: u64,
        max: u64,
    },
    #[error("duplicate vcpupin for vcpu '{vcpu}'")]
    DuplicatePin { vcpu: u32 },
    #[error("duplicate iothreadpin for same iothread '{iothread}'")]
    DuplicateThreadPin { iothread: u32 },
    #[error("Cannot find 'iothread' : {id}")]
    NoIoThread { id: u32 },
    #[error("vCPU '{id}' is not present in domain definition")]
    NoVcpu { id: u32 },
    #[error("Missing required attribute 'priority' in element '{element}'")]
    NoPriority { element: &'static str },
    #[error("'{element}' attributes '{name}' must not overlap")]
    SchedulersOverlap {
        element: &'static str,
        name: &'static str,
    },
    #[error("Overlapping vcpus in resctrls")]
    GroupsOverlap,
    #[error("Colliding cache allocations for cache level '{level}' id '{id}', type '{kind}'")]
    CachesCollide {
        level: u32,
        id: u32,
        kind: &'static str,
    },
    #[error("Memory Bandwidth already defined for node {id}")]
    BandwidthTwice { id: u32 },
    #[error("Invalid monitor cache level '{level}'")]
    MonitorLevel { level: u32 },
    #[error("Monitor vcpus conflicts with allocation")]
    MonitorVcpus,
    #[error("vcpus is empty: a monitor names virtual CPUs that there are")]
    MonitorEmpty,
    #[error("Identical vcpus found in same type monitors")]
    MonitorTwice,
    #[error("vcpus overlaps in resctrl groups")]
    MonitorsOverlap,
    #[error("cachetune is only supported for KVM domains")]
    CachesWithoutKvm,
    #[error("duplicate blkio device path '{path}'")]
    DuplicateDevice { path: String },
    #[error("<resource> names neither a partition nor an application: leave it out")]
    EmptyResource,
    #[error("perf event '{name}' was already specified")]
    DuplicateEvent { name: &'static str },
    #[error("thread_pool_min must be smaller or equal to thread_pool_max")]
    ThreadPool,
    #[error(
        "Invalid value for attribute '{name}' in element '{element}': '{value}'. Expected non-negative value"
    )]
    NegativePool {
        name: &'static str,
        element: &'static str,
        value: i32,
    },
    #[error("an I/O thread's number counts from 1: Zero is not permitted")]
    IoThreadZero,
    #[error("the virtual CPUs '{text}' of <{element}> are no list: write them as 0-3,5")]
    GroupList { element: &'static str, text: String },
    #[error("uid and gid should be mapped both: <idmap> lacks one of them")]
    HalfIdMap,
    #[error("You must map the root user of container: one <uid> and one <gid> start at 0")]
    IdMapWithoutRoot,
}

impl TuningError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::List(error) => error.public(),
            Self::Unit { .. } => ARGUMENT,
            Self::Range { .. }
            | Self::NoIoThread { .. }
            | Self::NoVcpu { .. }
            | Self::DuplicateDevice { .. }
            | Self::HalfIdMap
            | Self::IdMapWithoutRoot
            | Self::ThreadPool => NOWHERE,
            Self::DuplicatePin { .. } | Self::DuplicateThreadPin { .. } => {
                (Code::InternalError, Origin::Domain)
            }
            Self::NoPriority { .. } | Self::NegativePool { .. } | Self::IoThreadZero => VALUE,
            Self::SchedulersOverlap { .. } => DETAIL,
            Self::CachesCollide { .. } | Self::BandwidthTwice { .. } => {
                (Code::XmlError, Origin::Resctrl)
            }
            Self::MonitorEmpty
            | Self::MonitorVcpus
            | Self::MonitorTwice
            | Self::MonitorsOverlap => (Code::InvalidArg, Origin::Domain),
            Self::EmptyResource => (Code::InternalError, Origin::None),
            Self::CachesWithoutKvm => NOT_HERE,
            _ => XML,
        }
    }
}
