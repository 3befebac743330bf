//! What disks have done, and what is wrong with them: asked of QEMU.

use documents::domain::Disk;
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::fields::block_stats as field;
use protocol::remote::{
    DomainBlockStats, DomainBlockStatsArgs, DomainBlockStatsFlags, DomainBlockStatsFlagsArgs,
    DomainBlockStatsFlagsRet, DomainBlockStatsRet, DomainDiskError, DomainGetDiskErrors,
    DomainGetDiskErrorsArgs, DomainGetDiskErrorsRet,
};
use protocol::typed_param::{TypedParam, TypedParamValue};
use qmp::commands::{BlockDeviceStats, BlockStats, QueryBlock, QueryBlockStats};

use super::{disks, live, object};
use crate::driver::QemuDriver;
use crate::vm::live::Live;

/// `virDomainDiskErrorCode`
const UNSPECIFIED: i32 = 1;
const NO_SPACE: i32 = 2;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainBlockStats>(block_stats)
        .on::<DomainBlockStatsFlags>(block_stats_flags)
        .on::<DomainGetDiskErrors>(disk_errors);
}

async fn block_stats(
    call: Call<QemuDriver>,
    args: DomainBlockStatsArgs,
) -> Result<DomainBlockStatsRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let stats = counters(live::running(&snapshot)?, &args.path).await?;
    Ok(DomainBlockStatsRet {
        rd_req: signed(stats.rd_operations),
        rd_bytes: signed(stats.rd_bytes),
        wr_req: signed(stats.wr_operations),
        wr_bytes: signed(stats.wr_bytes),
        // QEMU does not count them.
        errs: -1,
    })
}

/// A caller that brings no room asks for the number only.
async fn block_stats_flags(
    call: Call<QemuDriver>,
    args: DomainBlockStatsFlagsArgs,
) -> Result<DomainBlockStatsFlagsRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let live = live::running(&snapshot)?;
    let stats = counters(live, &args.path).await?;
    let fields = [
        (field::WRITE_BYTES, stats.wr_bytes),
        (field::WRITE_REQ, stats.wr_operations),
        (field::READ_BYTES, stats.rd_bytes),
        (field::READ_REQ, stats.rd_operations),
        (field::FLUSH_REQ, stats.flush_operations),
        (field::WRITE_TOTAL_TIMES, stats.wr_total_time_ns),
        (field::READ_TOTAL_TIMES, stats.rd_total_time_ns),
        (field::FLUSH_TOTAL_TIMES, stats.flush_total_time_ns),
    ];
    let room = usize::try_from(args.nparams).unwrap_or(0);
    let params: Vec<TypedParam> = fields
        .into_iter()
        .take(room)
        .map(|(field, value)| TypedParam {
            field: field.to_owned(),
            value: TypedParamValue::LLong(signed(value)),
        })
        .collect();
    let count = if room == 0 {
        fields.len()
    } else {
        params.len()
    };
    Ok(DomainBlockStatsFlagsRet {
        params,
        nparams: i32::try_from(count).unwrap_or(i32::MAX),
    })
}

/// The counters of the disk that `word` names; of all disks together where it is empty.
async fn counters(live: &Live, word: &str) -> Result<BlockDeviceStats, Error> {
    let disk =
        match word {
            "" => None,
            word => Some(disks::find(&live.document, word).ok_or_else(|| {
                Error::verbatim(Code::InvalidArg, format!("invalid path: {word}"))
            })?),
        };
    let query = QueryBlockStats { query_nodes: false };
    let answer = live.answers.block_stats.ask(&live.monitor, &query);
    let all = live::told(answer, "read the disks' counters").await?;
    match disk {
        Some(disk) => of_disk(&all, disk).ok_or_else(|| {
            let text = format!("cannot find statistics for device '{word}'");
            Error::new(Code::InternalError, text)
        }),
        None => Ok(all.iter().fold(BlockDeviceStats::default(), |sum, next| {
            add(sum, next.stats)
        })),
    }
}

/// The counters of one disk among those of all.
pub(super) fn of_disk(all: &[BlockStats], disk: &Disk) -> Option<BlockDeviceStats> {
    all.iter()
        .find(|stats| {
            stats
                .qdev
                .as_deref()
                .is_some_and(|qdev| disks::is_called(disk, qdev))
        })
        .map(|stats| stats.stats)
}

fn add(a: BlockDeviceStats, b: BlockDeviceStats) -> BlockDeviceStats {
    BlockDeviceStats {
        rd_bytes: a.rd_bytes.saturating_add(b.rd_bytes),
        wr_bytes: a.wr_bytes.saturating_add(b.wr_bytes),
        rd_operations: a.rd_operations.saturating_add(b.rd_operations),
        wr_operations: a.wr_operations.saturating_add(b.wr_operations),
        flush_operations: a.flush_operations.saturating_add(b.flush_operations),
        rd_total_time_ns: a.rd_total_time_ns.saturating_add(b.rd_total_time_ns),
        wr_total_time_ns: a.wr_total_time_ns.saturating_add(b.wr_total_time_ns),
        flush_total_time_ns: a.flush_total_time_ns.saturating_add(b.flush_total_time_ns),
        wr_highest_offset: a.wr_highest_offset.max(b.wr_highest_offset),
    }
}

/// A caller that brings no room asks how many disks there are.
async fn disk_errors(
    call: Call<QemuDriver>,
    args: DomainGetDiskErrorsArgs,
) -> Result<DomainGetDiskErrorsRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let live = live::running(&snapshot)?;
    let disks = &live.document.devices.disks;
    if args.maxerrors == 0 {
        return Ok(DomainGetDiskErrorsRet {
            errors: Vec::new(),
            nerrors: i32::try_from(disks.len()).unwrap_or(i32::MAX),
        });
    }
    let answer = live.answers.blocks.ask(&live.monitor, &QueryBlock);
    let devices = live::told(answer, "read the disks' states").await?;
    let status = |disk: &Disk| {
        let found = devices.iter().find(|device| {
            let qdev = device.qdev.as_deref();
            qdev.is_some_and(|qdev| disks::is_called(disk, qdev))
        });
        match found?.io_status.as_deref()? {
            "nospace" => Some(NO_SPACE),
            "failed" => Some(UNSPECIFIED),
            _ => None,
        }
    };
    let errors: Vec<DomainDiskError> = disks
        .iter()
        .filter_map(|disk| {
            Some(DomainDiskError {
                disk: disk.target.dev.clone()?,
                error: status(disk)?,
            })
        })
        .take(usize::try_from(args.maxerrors).unwrap_or(usize::MAX))
        .collect();
    let nerrors = i32::try_from(errors.len()).unwrap_or(i32::MAX);
    Ok(DomainGetDiskErrorsRet { errors, nerrors })
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
