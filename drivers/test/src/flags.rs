//! Flags of the public API that this driver does nothing with, and therefore refuses.

use driver::ToError;
use protocol::error::Code;

/// A call came with flags that mean nothing here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the test driver does not know the flags {flags:#x} of {api}: leave them out")]
pub(crate) struct UnsupportedFlags {
    flags: u32,
    api: &'static str,
}

impl ToError for UnsupportedFlags {
    fn code(&self) -> Code {
        Code::InvalidArg
    }
}

/// Refuses any flag.
pub(crate) fn none(flags: u32, api: &'static str) -> Result<(), UnsupportedFlags> {
    match flags {
        0 => Ok(()),
        flags => Err(UnsupportedFlags { flags, api }),
    }
}
