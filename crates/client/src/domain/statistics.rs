//! What a domain does and has done: its disks, interfaces, memory.

use protocol::enums::{DomainDiskErrorCode, DomainMemoryStatTags};
use protocol::flags::{
    ConnectGetAllDomainStatsFlags, DomainStatsTypes, NoFlags, TypedParameterFlags,
};
use protocol::remote::{
    ConnectGetAllDomainStats, ConnectGetAllDomainStatsArgs, DomainBlockStatsFlags,
    DomainBlockStatsFlagsArgs, DomainGetBlockInfo, DomainGetBlockInfoArgs, DomainGetDiskErrors,
    DomainGetDiskErrorsArgs, DomainInterfaceStats, DomainInterfaceStatsArgs, DomainMemoryStats,
    DomainMemoryStatsArgs,
};
use protocol::typed_param::TypedParam;

use super::Domain;
use crate::connection::{Connection, text};
use crate::error::Result;

/// As many statistics of memory as the protocol knows, and some more.
const MEMORY_STATISTICS: u32 = 64;

/// The sizes of a disk, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskSizes {
    /// What the guest sees.
    pub capacity: u64,
    /// What is taken of the host's storage.
    pub allocation: u64,
    /// The end of the image.
    pub physical: u64,
}

/// What went through an interface, as the guest sees it; −1 where the driver does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InterfaceCounters {
    /// Bytes that the guest received.
    pub rx_bytes: i64,
    /// Packets that it received.
    pub rx_packets: i64,
    /// Of these, with errors.
    pub rx_errs: i64,
    /// Of these, dropped.
    pub rx_drop: i64,
    /// Bytes that the guest sent.
    pub tx_bytes: i64,
    /// Packets that it sent.
    pub tx_packets: i64,
    /// Of these, with errors.
    pub tx_errs: i64,
    /// Of these, dropped.
    pub tx_drop: i64,
}

/// A disk in error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskError {
    /// The disk's target.
    pub disk: String,
    /// What is wrong.
    pub error: DomainDiskErrorCode,
}

/// Statistics of one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainStatistics {
    /// The domain.
    pub domain: Domain,
    /// The statistics, by their names in the public API.
    pub values: Vec<TypedParam>,
}

impl Domain {
    /// The sizes of a disk, named by its target or its source.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] when it has no such disk.
    pub async fn disk_sizes(&self, disk: &str) -> Result<DiskSizes> {
        let args = DomainGetBlockInfoArgs {
            dom: self.wire(),
            path: text("the disk", disk)?,
            flags: NoFlags,
        };
        let answer = self.connection().call::<DomainGetBlockInfo>(&args).await?;
        Ok(DiskSizes {
            capacity: answer.capacity,
            allocation: answer.allocation,
            physical: answer.physical,
        })
    }

    /// The counters of a disk, named by its target or its source; of all together when empty.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn disk_counters(&self, disk: &str) -> Result<Vec<TypedParam>> {
        let mut args = DomainBlockStatsFlagsArgs {
            dom: self.wire(),
            path: text("the disk", disk)?,
            nparams: 0,
            flags: TypedParameterFlags::STRING_OKAY,
        };
        let room = self
            .connection()
            .call::<DomainBlockStatsFlags>(&args)
            .await?;
        args.nparams = room.nparams;
        let answer = self
            .connection()
            .call::<DomainBlockStatsFlags>(&args)
            .await?;
        Ok(answer.params)
    }

    /// The counters of an interface, named by the host's device or the MAC address.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn interface_counters(&self, device: &str) -> Result<InterfaceCounters> {
        let args = DomainInterfaceStatsArgs {
            dom: self.wire(),
            device: text("the device", device)?,
        };
        let answer = self
            .connection()
            .call::<DomainInterfaceStats>(&args)
            .await?;
        Ok(InterfaceCounters {
            rx_bytes: answer.rx_bytes,
            rx_packets: answer.rx_packets,
            rx_errs: answer.rx_errs,
            rx_drop: answer.rx_drop,
            tx_bytes: answer.tx_bytes,
            tx_packets: answer.tx_packets,
            tx_errs: answer.tx_errs,
            tx_drop: answer.tx_drop,
        })
    }

    /// What the guest does with its memory, in KiB but for the counts.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn memory_statistics(&self) -> Result<Vec<(DomainMemoryStatTags, u64)>> {
        let args = DomainMemoryStatsArgs {
            dom: self.wire(),
            max_stats: MEMORY_STATISTICS,
            flags: NoFlags,
        };
        let answer = self.connection().call::<DomainMemoryStats>(&args).await?;
        let stats = answer.stats.into_iter();
        Ok(stats.map(|it| (it.tag.into(), it.val)).collect())
    }

    /// The disks that are in error.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn disk_errors(&self) -> Result<Vec<DiskError>> {
        let mut args = DomainGetDiskErrorsArgs {
            dom: self.wire(),
            maxerrors: 0,
            flags: NoFlags,
        };
        let most = self.connection().call::<DomainGetDiskErrors>(&args).await?;
        args.maxerrors = u32::try_from(most.nerrors).unwrap_or(0);
        if args.maxerrors == 0 {
            return Ok(Vec::new());
        }
        let answer = self.connection().call::<DomainGetDiskErrors>(&args).await?;
        let errors = answer.errors.into_iter();
        Ok(errors
            .map(|it| DiskError {
                disk: it.disk,
                error: it.error.into(),
            })
            .collect())
    }
}

impl Connection {
    /// Statistics of the given domains, or of all; of the given kinds, or of all where empty.
    ///
    /// # Errors
    ///
    /// [`crate::Code::ArgumentUnsupported`] when a kind must be there and is not known.
    pub async fn domain_statistics(
        &self,
        domains: &[Domain],
        kinds: DomainStatsTypes,
        flags: ConnectGetAllDomainStatsFlags,
    ) -> Result<Vec<DomainStatistics>> {
        let args = ConnectGetAllDomainStatsArgs {
            doms: domains.iter().map(Domain::wire).collect(),
            stats: kinds.bits(),
            flags,
        };
        let answer = self.call::<ConnectGetAllDomainStats>(&args).await?;
        let records = answer.ret_stats.into_iter();
        Ok(records
            .map(|record| DomainStatistics {
                domain: Domain::new(self, record.dom),
                values: record.params,
            })
            .collect())
    }
}
