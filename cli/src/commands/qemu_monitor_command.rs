//! `qemu-monitor-command`: a command for QEMU's own monitor.

use ferrovirt::MonitorLanguage;
use serde_json::Value;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "qemu-monitor-command",
    group: Group::Host,
    summary: "QEMU Monitor Command",
    description: "QEMU Monitor Command.",
    options: &[
        DOMAIN,
        Opt::flag("hmp", "command is in human monitor protocol"),
        Opt::flag("pretty", "pretty-print any qemu monitor protocol output"),
        Opt::flag(
            "return-value",
            "extract the value of the 'return' key from the returned string",
        ),
        Opt::rest("cmd", "command").required(),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let (hmp, pretty) = (arguments.flag("hmp"), arguments.flag("pretty"));
    if hmp && pretty {
        return Err(Failure::Exclusive {
            one: "hmp",
            other: "pretty",
        });
    }
    let domain = shell.domain(arguments).await?;
    let command = arguments.words("cmd").join(" ");
    let language = if hmp {
        MonitorLanguage::Hmp
    } else {
        MonitorLanguage::Qmp
    };
    let answer = domain.monitor_command(&command, language).await?;
    let answer = if arguments.flag("return-value") {
        form(&answer, |value| value.get("return").cloned(), pretty)?
    } else if pretty {
        form(&answer, |value| Some(value.clone()), pretty)?
    } else {
        answer
    };
    shell.line(&answer)
}

/// A part of a JSON answer, indented where asked.
fn form(
    answer: &str,
    part: impl FnOnce(&Value) -> Option<Value>,
    pretty: bool,
) -> Result<String, Failure> {
    let value = serde_json::from_str(answer).ok();
    let part = value.as_ref().and_then(part).ok_or(Failure::Usage {
        what: "the monitor's answer has no such value",
    })?;
    Ok(if pretty {
        format!("{part:#}")
    } else {
        part.to_string()
    })
}
