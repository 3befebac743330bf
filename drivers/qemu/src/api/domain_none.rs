//! What no domain of this driver has yet, but every client asks for: checkpoints, security labels.

use driver::{Call, Error, Routes};
use protocol::remote::{
    DomainGetSecurityLabel, DomainGetSecurityLabelArgs, DomainGetSecurityLabelList,
    DomainGetSecurityLabelListArgs, DomainGetSecurityLabelListRet, DomainGetSecurityLabelRet,
    DomainListAllCheckpoints, DomainListAllCheckpointsArgs, DomainListAllCheckpointsRet,
};
use xdr::Chars;

use super::object;
use crate::driver::QemuDriver;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainListAllCheckpoints>(checkpoints)
        .on::<DomainGetSecurityLabel>(security_label)
        .on::<DomainGetSecurityLabelList>(security_labels);
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
