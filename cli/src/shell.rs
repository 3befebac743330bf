//! What commands work on: the connection, where output goes, and how it is shown.

use std::collections::BTreeMap;
use std::io::{self, Write};

use ferrovirt::{Connection, Domain, DomainWord};
use serde::Serialize;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::log::{Level, Log};
use crate::options::Options;
use crate::report;
use crate::xpath;

/// The state that lives from command to command.
pub(crate) struct Shell {
    pub(crate) options: Options,
    pub(crate) log: Log,
    connection: Option<Connection>,
    /// Set by `quit`; the prompt ends after the command.
    pub(crate) ended: bool,
}

impl Shell {
    pub(crate) fn new(options: Options, log: Log) -> Self {
        Self {
            options,
            log,
            connection: None,
            ended: false,
        }
    }

    /// The connection, opened by the first command that needs it.
    pub(crate) async fn connection(&mut self) -> Result<Connection, Failure> {
        if let Some(open) = self.connection.as_ref().filter(|open| open.is_alive()) {
            return Ok(open.clone());
        }
        let opened = self.open().await?;
        self.connection = Some(opened.clone());
        Ok(opened)
    }

    /// The connection that is open already, if any.
    pub(crate) fn open_connection(&self) -> Option<Connection> {
        self.connection.clone().filter(Connection::is_alive)
    }

    /// Closes the connection and opens another one, as `connect` does.
    pub(crate) async fn reconnect(
        &mut self,
        uri: Option<String>,
        read_only: bool,
    ) -> Result<(), Failure> {
        self.disconnect().await;
        self.options.uri = uri.or_else(|| self.options.uri.take());
        self.options.read_only = read_only;
        self.connection = Some(self.open().await?);
        Ok(())
    }

    /// Closes the connection, if any.
    pub(crate) async fn disconnect(&mut self) {
        if let Some(connection) = self.connection.take() {
            // The daemon notices the end of the socket as well; nothing is lost when this fails.
            let _ = connection.close().await;
        }
    }

    async fn open(&self) -> Result<Connection, Failure> {
        let mut options = ferrovirt::options().read_only(self.options.read_only);
        if let Some((interval, count)) = self.options.keepalive() {
            options = options.keepalive(interval, count);
        }
        options
            .open(self.options.uri.as_deref())
            .await
            .map_err(|source| Failure::Connection {
                what: "failed to connect to the hypervisor".to_owned(),
                source,
            })
    }

    /// The domain that a command's `<domain>` names: by number, UUID or name.
    pub(crate) async fn domain(&mut self, arguments: &Arguments) -> Result<Domain, Failure> {
        self.domain_by(arguments, &DomainWord::ALL).await
    }

    /// The domain that a command's `<domain>` names in one of the given ways, tried in their order.
    pub(crate) async fn domain_by(
        &mut self,
        arguments: &Arguments,
        ways: &[DomainWord],
    ) -> Result<Domain, Failure> {
        self.find(arguments.required("domain")?, ways).await
    }

    /// The domain that a word names: by number, UUID or name.
    pub(crate) async fn domain_called(&mut self, word: &str) -> Result<Domain, Failure> {
        self.find(word, &DomainWord::ALL).await
    }

    async fn find(&mut self, word: &str, ways: &[DomainWord]) -> Result<Domain, Failure> {
        let connection = self.connection().await?;
        connection
            .find_domain_by(word, ways)
            .await
            .map_err(|source| {
                if source.is_not_found() {
                    Failure::NoDomain {
                        word: word.to_owned(),
                    }
                } else {
                    Failure::call(format!("failed to get domain '{word}'"))(source)
                }
            })
    }

    /// Tells why a command failed.
    pub(crate) fn report(&self, failure: &Failure) {
        report::report(failure);
        self.log.write(Level::Error, &failure.to_string());
    }

    /// Prints `text` as it is.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(Failure::Output)
    }

    /// Prints `text` and ends the line.
    pub(crate) fn line(&self, text: &str) -> Result<(), Failure> {
        self.print(&format!("{text}\n"))
    }

    /// Prints a message that `--quiet` leaves out, and ends the line.
    pub(crate) fn note(&self, text: &str) -> Result<(), Failure> {
        if self.options.quiet {
            return Ok(());
        }
        self.line(text)
    }

    /// Prints a message that `--quiet` leaves out, without ending the line.
    pub(crate) fn remark(&self, text: &str) -> Result<(), Failure> {
        if self.options.quiet {
            return Ok(());
        }
        self.print(text)
    }

    /// Prints a document: all of it, or what `--xpath` selects. In JSON it is the field `field`.
    pub(crate) fn show_document(
        &self,
        arguments: &Arguments,
        field: &'static str,
        xml: String,
    ) -> Result<(), Failure> {
        let text = match arguments.text("xpath") {
            Some(expression) => xpath::select(&xml, expression, arguments.flag("wrap"))?,
            None => xml,
        };
        let shown = BTreeMap::from([(field, text)]);
        self.show(arguments, &shown, |shown| {
            shown.values().map(String::as_str).collect()
        })
    }

    /// Prints `value` as JSON where `--json` asks for it, else what `text` makes of it.
    pub(crate) fn show<T: Serialize>(
        &self,
        arguments: &Arguments,
        value: &T,
        text: impl FnOnce(&T) -> String,
    ) -> Result<(), Failure> {
        if arguments.flag("json") {
            let json = serde_json::to_string_pretty(value)
                .map_err(|error| Failure::Output(io::Error::other(error)))?;
            return self.line(&json);
        }
        self.print(&text(value))
    }
}

/// The text of a file that the user names.
pub(crate) fn read_file(path: &str) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|cause| Failure::File {
        action: "open file",
        path: path.to_owned(),
        cause,
    })
}
