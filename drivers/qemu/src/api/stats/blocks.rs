//! The statistics of disks.

use documents::domain::Disk;
use protocol::fields::stats as field;

use super::super::disk_info::{Sizes, format, of_device, of_file};
use super::super::disk_stats::of_disk;
use super::super::{disks, domain_xml};
use super::record::Record;
use super::told::Told;
use crate::vm::snapshot::Snapshot;

pub(super) async fn blocks(record: &mut Record, snapshot: &Snapshot, told: &Told) {
    let active = snapshot.state.live().is_some();
    // A definition that cannot be read any more has nothing to tell of; whoever asks for it is told why.
    let Ok(document) = domain_xml::document(snapshot, false) else {
        return;
    };
    let disks = &document.devices.disks;
    record.uint(
        field::BLOCK_COUNT,
        u32::try_from(disks.len()).unwrap_or(u32::MAX),
    );
    for (index, disk) in disks.iter().enumerate() {
        name(record, index, disk);
        if active {
            running(record, index, disk, told);
        } else {
            stopped(record, index, disk).await;
        }
    }
}

fn name(record: &mut Record, index: usize, disk: &Disk) {
    if let Some(target) = &disk.target.dev {
        record.text(
            format!("{}{index}{}", field::BLOCK_PREFIX, field::BLOCK_SUFFIX_NAME),
            target.as_str(),
        );
    }
    if let Some(path) = disks::path(disk) {
        record.text(
            format!("{}{index}{}", field::BLOCK_PREFIX, field::BLOCK_SUFFIX_PATH),
            path,
        );
    }
}

fn running(record: &mut Record, index: usize, disk: &Disk, told: &Told) {
    if let Some(number) = disks::index(disk) {
        record.uint(
            format!(
                "{}{index}{}",
                field::BLOCK_PREFIX,
                field::BLOCK_SUFFIX_BACKINGINDEX
            ),
            number,
        );
    }
    let counters = told.counters.as_ref().and_then(|all| of_disk(all, disk));
    if let Some(stats) = counters {
        record.unsigned_of(
            field::BLOCK_PREFIX,
            index,
            [
                (field::BLOCK_SUFFIX_RD_REQS, stats.rd_operations),
                (field::BLOCK_SUFFIX_RD_BYTES, stats.rd_bytes),
                (field::BLOCK_SUFFIX_RD_TIMES, stats.rd_total_time_ns),
                (field::BLOCK_SUFFIX_WR_REQS, stats.wr_operations),
                (field::BLOCK_SUFFIX_WR_BYTES, stats.wr_bytes),
                (field::BLOCK_SUFFIX_WR_TIMES, stats.wr_total_time_ns),
                (field::BLOCK_SUFFIX_FL_REQS, stats.flush_operations),
                (field::BLOCK_SUFFIX_FL_TIMES, stats.flush_total_time_ns),
            ],
        );
    }
    let sizes = told.devices.as_ref().and_then(|all| of_device(all, disk));
    if let (Some(stats), Some(sizes)) = (counters, sizes) {
        // While it runs, how far it has been written says how much of a block device is in use.
        let allocation = stats.wr_highest_offset;
        put_sizes(
            record,
            index,
            Sizes {
                allocation,
                ..sizes
            },
        );
    }
}

async fn stopped(record: &mut Record, index: usize, disk: &Disk) {
    let (Some(path), Some(format)) = (disks::local(disk), format(disk)) else {
        return;
    };
    // An image that is not there has no size.
    if let Ok(sizes) = of_file(path, format).await {
        put_sizes(record, index, sizes);
    }
}

fn put_sizes(record: &mut Record, index: usize, sizes: Sizes) {
    record.unsigned_of(
        field::BLOCK_PREFIX,
        index,
        [
            (field::BLOCK_SUFFIX_ALLOCATION, sizes.allocation),
            (field::BLOCK_SUFFIX_CAPACITY, sizes.capacity),
            (field::BLOCK_SUFFIX_PHYSICAL, sizes.physical),
        ],
    );
}
