//! What no domain of this driver has yet, but every client asks for: snapshots, checkpoints, security labels.

use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::remote::{
    DomainGetSecurityLabel, DomainGetSecurityLabelArgs, DomainGetSecurityLabelList,
    DomainGetSecurityLabelListArgs, DomainGetSecurityLabelListRet, DomainGetSecurityLabelRet,
    DomainHasCurrentSnapshot, DomainHasCurrentSnapshotArgs, DomainHasCurrentSnapshotRet,
    DomainListAllCheckpoints, DomainListAllCheckpointsArgs, DomainListAllCheckpointsRet,
    DomainListAllSnapshots, DomainListAllSnapshotsArgs, DomainListAllSnapshotsRet,
    DomainSnapshotCurrent, DomainSnapshotCurrentArgs, DomainSnapshotCurrentRet,
    DomainSnapshotListNames, DomainSnapshotListNamesArgs, DomainSnapshotListNamesRet,
    DomainSnapshotNum, DomainSnapshotNumArgs, DomainSnapshotNumRet,
};
use xdr::Chars;

use super::object;
use crate::driver::QemuDriver;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainSnapshotNum>(snapshot_num)
        .on::<DomainSnapshotListNames>(snapshot_names)
        .on::<DomainListAllSnapshots>(snapshots)
        .on::<DomainHasCurrentSnapshot>(has_current_snapshot)
        .on::<DomainSnapshotCurrent>(current_snapshot)
        .on::<DomainListAllCheckpoints>(checkpoints)
        .on::<DomainGetSecurityLabel>(security_label)
        .on::<DomainGetSecurityLabelList>(security_labels);
}

async fn snapshot_num(
    call: Call<QemuDriver>,
    args: DomainSnapshotNumArgs,
) -> Result<DomainSnapshotNumRet, Error> {
    object::find(&call, &args.dom)?;
    Ok(DomainSnapshotNumRet { num: 0 })
}

async fn snapshot_names(
    call: Call<QemuDriver>,
    args: DomainSnapshotListNamesArgs,
) -> Result<DomainSnapshotListNamesRet, Error> {
    object::find(&call, &args.dom)?;
    Ok(DomainSnapshotListNamesRet { names: Vec::new() })
}

async fn snapshots(
    call: Call<QemuDriver>,
    args: DomainListAllSnapshotsArgs,
) -> Result<DomainListAllSnapshotsRet, Error> {
    object::find(&call, &args.dom)?;
    Ok(DomainListAllSnapshotsRet {
        snapshots: Vec::new(),
        ret: 0,
    })
}

async fn has_current_snapshot(
    call: Call<QemuDriver>,
    args: DomainHasCurrentSnapshotArgs,
) -> Result<DomainHasCurrentSnapshotRet, Error> {
    object::find(&call, &args.dom)?;
    Ok(DomainHasCurrentSnapshotRet { result: 0 })
}

async fn current_snapshot(
    call: Call<QemuDriver>,
    args: DomainSnapshotCurrentArgs,
) -> Result<DomainSnapshotCurrentRet, Error> {
    object::find(&call, &args.dom)?;
    let text = "the domain does not have a current snapshot";
    Err(Error::new(Code::NoDomainSnapshot, text))
}

async fn checkpoints(
    call: Call<QemuDriver>,
    args: DomainListAllCheckpointsArgs,
) -> Result<DomainListAllCheckpointsRet, Error> {
    object::find(&call, &args.dom)?;
    Ok(DomainListAllCheckpointsRet {
        checkpoints: Vec::new(),
        ret: 0,
    })
}

async fn security_label(
    call: Call<QemuDriver>,
    args: DomainGetSecurityLabelArgs,
) -> Result<DomainGetSecurityLabelRet, Error> {
    object::find(&call, &args.dom)?;
    Ok(DomainGetSecurityLabelRet {
        label: Chars(Vec::new()),
        enforcing: 0,
    })
}

async fn security_labels(
    call: Call<QemuDriver>,
    args: DomainGetSecurityLabelListArgs,
) -> Result<DomainGetSecurityLabelListRet, Error> {
    object::find(&call, &args.dom)?;
    Ok(DomainGetSecurityLabelListRet {
        labels: Vec::new(),
        ret: 0,
    })
}
