//! From the text that a client sends to a document that this driver can run.

use std::sync::Arc;

use documents::Uuid;
use documents::domain::Domain;
use driver::Error;
use protocol::error::Code;

use super::errors::EmulatorError;
use crate::capabilities::Capabilities;
use crate::domain;
use crate::domain::{Checked, Context, RandomIds};
use crate::driver::QemuDriver;
use crate::registry::Conflict;
use crate::vm::Vm;
use crate::vm::error::VmError;
use crate::vm::request::Action;

/// Parses, completes and checks a client's text; with `validate`, elements and attributes that nobody knows are
/// errors.
///
/// # Errors
/// When the text is no such document, or not one that this driver can run.
pub async fn completed(driver: &QemuDriver, text: &str, validate: bool) -> Result<Domain, Error> {
    let options = if validate {
        xml::Options::strict()
    } else {
        xml::Options::lenient()
    };
    let document: Domain = xml::parse(text, &options)?;
    let (checked, _) = checked(driver, document).await?;
    let document = checked.into_document();
    vm_name(&document.name)?;
    Ok(document)
}

/// Completes and checks a document.
///
/// # Errors
/// When this driver cannot run it.
pub async fn checked(
    driver: &QemuDriver,
    document: Domain,
) -> Result<(Checked, Arc<Capabilities>), Error> {
    let emulator = domain::emulator(&document)?;
    let capabilities = driver
        .capabilities()
        .get(&emulator)
        .await
        .map_err(EmulatorError::from)?;
    let completed = {
        let context = Context {
            capabilities: &capabilities,
            ids: &RandomIds,
            host: driver.host(),
        };
        domain::complete(document, &context)?
    };
    Ok((domain::check(completed, &capabilities)?, capabilities))
}

/// Asks the VM with this name and UUID, which is made if there is none. One that vanishes in this very moment is
/// made anew.
///
/// # Errors
/// When another VM has one of the two, and as the owner answers.
pub async fn ask(
    driver: &Arc<QemuDriver>,
    name: &Arc<str>,
    uuid: Uuid,
    action: impl Fn() -> Action,
) -> Result<Arc<Vm>, Error> {
    loop {
        let claimed = driver.registry().claim(name, uuid);
        let vm = claimed.map_err(|conflict| refused(&conflict))?;
        match vm.ask(driver, action()).await {
            Err(VmError::Gone(_)) => {}
            Err(error) => return Err(error.into()),
            Ok(()) => return Ok(vm),
        }
    }
}

/// A name or UUID that is taken, as clients are told.
fn refused(conflict: &Conflict) -> Error {
    Error::new(Code::OperationFailed, conflict.to_string())
}

/// A VM's name is also that of its files.
///
/// # Errors
/// When it cannot be.
pub fn vm_name(name: &str) -> Result<(), VmError> {
    crate::driver::file_name(name)?;
    Ok(())
}
