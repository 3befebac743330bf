//! `domif-getlink`: whether an interface's cable is plugged in.

use ferrovirt::XmlOptions;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::document;
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domif-getlink",
    group: Group::Monitor,
    summary: "get link state of a virtual interface",
    description: "Shows whether the link of an interface is up.",
    options: &[
        DOMAIN,
        Opt::text("interface", "host device or MAC address of the interface").required(),
        Opt::flag("config", "as the next start will have it"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    interface: String,
    state: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let word = arguments.required("interface")?;
    let mut options = XmlOptions::empty();
    options.set(XmlOptions::INACTIVE, arguments.flag("config"));
    let xml = shell.domain(arguments).await?.xml(options).await?;
    let parsed = document::parse(&xml)?;
    let is_mac = word.split(':').count() == 6;
    let (child, attribute, kind) = match is_mac {
        true => ("mac", "address", "mac"),
        false => ("target", "dev", "dev"),
    };
    let found = document::devices(&parsed, "interface")
        .find(|interface| {
            let value = document::of_child(*interface, child, attribute);
            value.is_some_and(|value| value.eq_ignore_ascii_case(word))
        })
        .ok_or_else(|| Failure::NoInterface {
            kind,
            word: word.to_owned(),
        })?;
    let shown = Shown {
        interface: word.to_owned(),
        state: document::of_child(found, "link", "state")
            .unwrap_or("up")
            .to_owned(),
    };
    shell.show(arguments, &shown, |shown| {
        format!("{} {}", shown.interface, shown.state)
    })
}
