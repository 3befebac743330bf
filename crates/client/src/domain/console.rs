//! The consoles of a domain.

use protocol::flags::DomainConsoleFlags;
use protocol::remote::{DomainOpenConsole, DomainOpenConsoleArgs};
use rpc::stream::Holes;

use super::Domain;
use crate::connection::text;
use crate::error::{Error, Result};
use crate::stream::Stream;

impl Domain {
    /// Opens a console or serial port, the first one or that with the alias `device`. What the
    /// guest writes is received, what is sent the guest reads.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationFailed`] when another client has it and the flags do not force it.
    pub async fn open_console(
        &self,
        device: Option<&str>,
        flags: DomainConsoleFlags,
    ) -> Result<Stream> {
        let args = DomainOpenConsoleArgs {
            dom: self.wire(),
            dev_name: device.map(|name| text("the device", name)).transpose()?,
            flags,
        };
        self.connection()
            .peer()
            .open_stream::<DomainOpenConsole>(&args, Holes::Refused)
            .await
            .map(|((), stream)| Stream::new(self.connection(), stream))
            .map_err(Error::from)
    }
}
