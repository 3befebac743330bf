//! VMs as the wire names them, and the other way round.

use std::sync::Arc;

use documents::Uuid;
use driver::{Call, Error, Target, ToError};
use protocol::error::Code;
use protocol::remote::NonnullDomain;

use crate::driver::QemuDriver;
use crate::vm::Vm;

/// There is no such VM.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// No VM has the UUID; the name is what the client knew it by.
    #[error("no domain with matching uuid '{uuid}' ({name})")]
    Uuid {
        /// What was looked for.
        uuid: Uuid,
        /// The name in the client's handle, which may be an old one.
        name: String,
    },
    /// No VM has the UUID.
    #[error("no domain with matching uuid '{0}'")]
    BareUuid(Uuid),
    /// No VM has the name.
    #[error("no domain with matching name '{0}'")]
    Name(String),
    /// No active VM has the number.
    #[error("no domain with matching id {0}")]
    Id(i32),
}

impl ToError for NotFound {
    fn code(&self) -> Code {
        Code::NoDomain
    }
}

/// A VM as the wire names it.
pub fn of(vm: &Vm) -> NonnullDomain {
    named(&vm.snapshot().name, vm)
}

/// A VM as the wire names it, under a name that it had.
pub fn named(name: &str, vm: &Vm) -> NonnullDomain {
    NonnullDomain {
        name: name.to_owned(),
        uuid: vm.uuid.0,
        id: vm.snapshot().state.id().unwrap_or(-1),
    }
}

/// The VM that a call is about, when the caller may use it so.
///
/// # Errors
/// When there is none, or the caller may not.
pub fn find(call: &Call<QemuDriver>, domain: &NonnullDomain) -> Result<Arc<Vm>, Error> {
    let uuid = Uuid(domain.uuid);
    let found = call
        .driver()
        .registry()
        .by_uuid(uuid)
        .filter(|vm| vm.snapshot().is_visible());
    let vm = found.ok_or_else(|| NotFound::Uuid {
        uuid,
        name: domain.name.clone(),
    })?;
    allow(call, &vm)?;
    Ok(vm)
}

/// Fails unless the caller may use the VM in the way that the procedure declares.
///
/// # Errors
/// When the caller may not.
pub fn allow(call: &Call<QemuDriver>, vm: &Vm) -> Result<(), Error> {
    let snapshot = vm.snapshot();
    call.allow(&Target::domain(&snapshot.name, vm.uuid.0))
        .map(drop)
}
