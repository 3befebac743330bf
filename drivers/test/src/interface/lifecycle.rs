//! Bringing interfaces up and down.

use driver::{Call, Error, Routes};
use protocol::remote::{
    InterfaceCreate, InterfaceCreateArgs, InterfaceDestroy, InterfaceDestroyArgs,
    InterfaceIsActive, InterfaceIsActiveArgs, InterfaceIsActiveRet,
};

use super::error::InterfaceError;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<InterfaceCreate>(create)
        .on::<InterfaceDestroy>(destroy)
        .on::<InterfaceIsActive>(is_active);
}

async fn create(call: Call<TestDriver>, args: InterfaceCreateArgs) -> Result<(), Error> {
    let interfaces = call.driver().interfaces();
    interfaces.with(&call, &args.iface, |interface| {
        if interface.is_active {
            return Err(InterfaceError::Active(interface.name().to_owned()));
        }
        interface.is_active = true;
        Ok(())
    })
}

async fn destroy(call: Call<TestDriver>, args: InterfaceDestroyArgs) -> Result<(), Error> {
    let interfaces = call.driver().interfaces();
    interfaces.with(&call, &args.iface, |interface| {
        if !interface.is_active {
            return Err(InterfaceError::NotActive(interface.name().to_owned()));
        }
        interface.is_active = false;
        Ok(())
    })
}

async fn is_active(
    call: Call<TestDriver>,
    args: InterfaceIsActiveArgs,
) -> Result<InterfaceIsActiveRet, Error> {
    let interfaces = call.driver().interfaces();
    let active = interfaces.with(&call, &args.iface, |interface| Ok(interface.is_active))?;
    Ok(InterfaceIsActiveRet {
        active: active.into(),
    })
}
