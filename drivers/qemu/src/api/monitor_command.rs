//! QEMU's monitor, handed through.

use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::flags::DomainQemuMonitorCommandFlags as CommandFlags;
use protocol::qemu::{
    DomainMonitorCommand, DomainMonitorCommandArgs, DomainMonitorCommandRet,
    DomainMonitorCommandWithFiles, DomainMonitorCommandWithFilesArgs,
    DomainMonitorCommandWithFilesRet,
};
use qmp::commands::HumanMonitorCommand;

use super::object;
use crate::driver::QemuDriver;
use crate::vm::admission::Reason;
use crate::vm::error::{VmError, monitor_code};
use crate::vm::snapshot::Snapshot;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainMonitorCommand>(command)
        .on::<DomainMonitorCommandWithFiles>(with_files);
}

async fn command(
    call: Call<QemuDriver>,
    args: DomainMonitorCommandArgs,
) -> Result<DomainMonitorCommandRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let result = run(&snapshot, args.cmd, args.flags, Vec::new()).await?;
    Ok(DomainMonitorCommandRet { result })
}

/// No descriptors come back: no command of QEMU's returns any.
async fn with_files(
    mut call: Call<QemuDriver>,
    args: DomainMonitorCommandWithFilesArgs,
) -> Result<DomainMonitorCommandWithFilesRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let fds = call.take_fds();
    let result = run(&snapshot, args.cmd, args.flags, fds).await?;
    Ok(DomainMonitorCommandWithFilesRet { result })
}

async fn run(
    snapshot: &Snapshot,
    command: String,
    flags: CommandFlags,
    fds: Vec<std::os::fd::OwnedFd>,
) -> Result<String, Error> {
    let live = snapshot
        .state
        .live()
        .ok_or(VmError::from(Reason::NotRunning))?;
    tracing::warn!(name = %snapshot.name, "tainted: custom-monitor: somebody uses the monitor directly");
    let answer = match flags.contains(CommandFlags::HMP) {
        true if !fds.is_empty() => {
            let text = "descriptors cannot be passed with a human monitor command: use QMP";
            return Err(Error::new(Code::InvalidArg, text));
        }
        true => {
            let command = HumanMonitorCommand {
                command_line: command,
                cpu_index: None,
            };
            live.monitor.execute(&command).await
        }
        false => live
            .monitor
            .passthrough(&command, fds)
            .await
            .map(|answer| compact(&answer)),
    };
    answer.map_err(|error| {
        Error::new(monitor_code(&error), "the monitor command failed").caused_by(error)
    })
}

/// JSON without the white space between its words, in the order in which QEMU wrote it: the form in which
/// clients have always got it.
fn compact(json: &str) -> String {
    let (mut text, mut quoted, mut escaped) = (String::with_capacity(json.len()), false, false);
    for c in json.chars() {
        if quoted || !c.is_ascii_whitespace() {
            text.push(c);
        }
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn only_white_space_between_words_goes() {
        let answer = "{\"return\": {\"a b\": \"c \\\" d\", \"e\": [1, 2]}}\r\n";
        assert_eq!(
            compact(answer),
            "{\"return\":{\"a b\":\"c \\\" d\",\"e\":[1,2]}}"
        );
    }
}
