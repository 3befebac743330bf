//! `qemu-monitor-command`: a command for QEMU's own monitor.

use ferrovirt::MonitorLanguage;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::commands::pass_fds::{PASS_FDS, files};
use crate::failure::Failure;
use crate::json_text::{indented, member};
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
        PASS_FDS.named_only(),
        Opt::rest("cmd", "command").required(),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let (hmp, pretty) = (arguments.flag("hmp"), arguments.flag("pretty"));
    arguments.exclusive("hmp", "pretty")?;
    arguments.exclusive("hmp", "pass-fds")?;
    let domain = shell.domain(arguments).await?;
    let command = arguments.words("cmd").join(" ");
    let language = if hmp {
        MonitorLanguage::Hmp
    } else {
        MonitorLanguage::Qmp
    };
    let answer = match files(arguments)? {
        None => domain.monitor_command(&command, language).await?,
        Some(files) => domain.monitor_command_with_files(&command, files).await?,
    };
    let answer = match arguments.flag("return-value") {
        true => member(&answer, "return").ok_or(Failure::Usage {
            what: "the monitor's answer has no return value",
        })?,
        false => answer,
    };
    match pretty {
        true => shell.line(&indented(&answer)),
        false => shell.line(&answer),
    }
}
