//! `vncdisplay`: address and number of a domain's VNC display.

use ferrovirt::XmlOptions;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::document;
use crate::failure::Failure;
use crate::shell::Shell;

/// The port of display 0.
const FIRST_PORT: u16 = 5900;

pub(crate) const COMMAND: Command = Command {
    name: "vncdisplay",
    group: Group::Domain,
    summary: "vnc display",
    description: "Output the IP address and port number for the VNC display.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    listen: Option<String>,
    display: u16,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    if domain.id().is_none() {
        return Err(Failure::Usage {
            what: "Domain is not running",
        });
    }
    let xml = domain.xml(XmlOptions::empty()).await?;
    let parsed = document::parse(&xml)?;
    let graphics = document::devices(&parsed, "graphics")
        .find(|graphics| graphics.attribute("type") == Some("vnc"))
        .ok_or(NO_DISPLAY)?;
    let port: u16 = graphics
        .attribute("port")
        .and_then(|port| port.parse().ok())
        .ok_or(NO_DISPLAY)?;
    let shown = Shown {
        listen: graphics.attribute("listen").map(str::to_owned),
        display: port.checked_sub(FIRST_PORT).ok_or(NO_DISPLAY)?,
    };
    shell.show(arguments, &shown, |shown| {
        let listen = shown
            .listen
            .as_deref()
            .filter(|&address| address != "0.0.0.0");
        format!("{}:{}\n", listen.unwrap_or_default(), shown.display)
    })
}

const NO_DISPLAY: Failure = Failure::Usage {
    what: "Failed to get VNC port. Is this domain using VNC?",
};
