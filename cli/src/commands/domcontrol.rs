//! `domcontrol`: whether the hypervisor of a domain can be talked to.

use ferrovirt::ControlInfo;
use ferrovirt::enums::DomainControlState;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domcontrol",
    group: Group::Monitor,
    summary: "domain control interface state",
    description: "Returns state of a control interface to the domain.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    state: &'static str,
    /// Milliseconds in this state.
    state_time: u64,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let info = shell.domain(arguments).await?.control_info().await?;
    let shown = Shown {
        state: word(info),
        state_time: info.state_time,
    };
    shell.show(arguments, &shown, |shown| {
        if info.state == DomainControlState::Ok {
            format!("{}\n", shown.state)
        } else {
            let (seconds, rest) = (shown.state_time / 1000, shown.state_time % 1000);
            format!("{} ({seconds}.{rest:03}s)\n", shown.state)
        }
    })
}

fn word(info: ControlInfo) -> &'static str {
    match info.state {
        DomainControlState::Ok => "ok",
        DomainControlState::Job => "background job",
        DomainControlState::Occupied => "occupied",
        DomainControlState::Error | DomainControlState::Unrecognized(_) => "error",
    }
}
