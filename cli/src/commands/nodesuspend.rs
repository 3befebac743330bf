//! `nodesuspend`: let the host sleep for a while.

use std::time::Duration;

use ferrovirt::enums::NodeSuspendTarget as Target;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodesuspend",
    group: Group::Host,
    summary: "suspend the host node for a given time duration",
    description: "Suspend the host node for a given time duration and attempt to resume thereafter.",
    options: &[
        Opt::text(
            "target",
            "mem(Suspend-to-RAM), disk(Suspend-to-Disk), hybrid(Hybrid-Suspend)",
        )
        .required()
        .completed_by(Complete::Words(&["mem", "disk", "hybrid"])),
        Opt::number("duration", "Suspend duration in seconds, at least 60").required(),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let invalid = |what| Failure::Usage { what };
    let target = match arguments.required("target")? {
        "mem" => Target::Mem,
        "disk" => Target::Disk,
        "hybrid" => Target::Hybrid,
        _ => return Err(invalid("Invalid target")),
    };
    let seconds = arguments.number::<i64>("duration")?.unwrap_or_default();
    let seconds = u64::try_from(seconds).map_err(|_| invalid("Invalid duration"))?;
    let connection = shell.connection().await?;
    connection
        .suspend_node(target, Duration::from_secs(seconds))
        .await
        .map_err(Failure::call("The host was not suspended"))
}
