//! `domstate`: what a domain does, and why.

use ferrovirt::words;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domstate",
    group: Group::Monitor,
    summary: "domain state",
    description: "Returns state about a domain.",
    options: &[
        DOMAIN,
        Opt::flag("reason", "also print reason for the state"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    state: &'static str,
    reason: &'static str,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let state = shell.domain(arguments).await?.state().await?;
    let shown = Shown {
        state: words::state(state.state()),
        reason: words::reason(state),
    };
    let with_reason = arguments.flag("reason");
    shell.show(arguments, &shown, |shown| {
        if with_reason {
            format!("{} ({})\n", shown.state, shown.reason)
        } else {
            format!("{}\n", shown.state)
        }
    })
}
