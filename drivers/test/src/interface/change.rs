//! Changes that can be taken back: begin, commit, roll back.

use driver::{Call, Error, Routes};
use protocol::remote::{
    InterfaceChangeBegin, InterfaceChangeBeginArgs, InterfaceChangeCommit,
    InterfaceChangeCommitArgs, InterfaceChangeRollback, InterfaceChangeRollbackArgs,
};

use super::error::InterfaceError;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<InterfaceChangeBegin>(begin)
        .on::<InterfaceChangeCommit>(commit)
        .on::<InterfaceChangeRollback>(roll_back);
}

async fn begin(call: Call<TestDriver>, _: InterfaceChangeBeginArgs) -> Result<(), Error> {
    let mut table = call.driver().interfaces().lock();
    if table.before.is_some() {
        return Err(InterfaceError::ChangesBegun.into());
    }
    table.before = Some(table.interfaces.clone());
    Ok(())
}

async fn commit(call: Call<TestDriver>, _: InterfaceChangeCommitArgs) -> Result<(), Error> {
    let before = call.driver().interfaces().lock().before.take();
    before
        .map(drop)
        .ok_or_else(|| InterfaceError::NothingToCommit.into())
}

async fn roll_back(call: Call<TestDriver>, _: InterfaceChangeRollbackArgs) -> Result<(), Error> {
    let mut table = call.driver().interfaces().lock();
    let before = table.before.take();
    table.interfaces = before.ok_or(InterfaceError::NothingToRollBack)?;
    Ok(())
}
