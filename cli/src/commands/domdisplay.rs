//! `domdisplay`: the URI by which a viewer reaches a domain's display.

use ferrovirt::XmlOptions;
use roxmltree::Node;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, DOMAIN, Group, Opt};
use crate::document;
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domdisplay",
    group: Group::Domain,
    summary: "domain display connection URI",
    description: "Output the IP address and port number for the graphical display.",
    options: &[
        DOMAIN,
        Opt::text(
            "type",
            "select particular graphical display (e.g. \"vnc\", \"spice\", \"rdp\")",
        )
        .completed_by(Complete::Words(&["vnc", "spice", "rdp", "dbus"])),
        Opt::flag("all", "show all possible graphical displays"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    displays: Vec<String>,
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
    let wanted = arguments.text("type");
    let displays = document::devices(&parsed, "graphics")
        .filter(|graphics| wanted.is_none() || graphics.attribute("type") == wanted)
        .filter_map(uri)
        .take(if arguments.flag("all") { usize::MAX } else { 1 })
        .collect::<Vec<_>>();
    if displays.is_empty() {
        return Err(Failure::Usage {
            what: "No graphical display found",
        });
    }
    shell.show(arguments, &Shown { displays }, |shown| {
        shown
            .displays
            .iter()
            .map(|uri| format!("{uri}\n"))
            .collect()
    })
}

/// VNC counts displays, the others ports.
fn uri(graphics: Node<'_, '_>) -> Option<String> {
    let scheme = graphics.attribute("type")?;
    let address = document::local(graphics.attribute("listen"));
    let port: u16 = graphics.attribute("port")?.parse().ok()?;
    let shown = if scheme == "vnc" {
        port.checked_sub(5900)?
    } else {
        port
    };
    Some(format!("{scheme}://{address}:{shown}"))
}
