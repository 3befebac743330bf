//! `pool-autostart`: say whether a storage pool starts with the host.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{DISABLE, POOL};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-autostart",
    group: Group::Pool,
    summary: "autostart a pool",
    description: "Configure a pool to be automatically started at boot.",
    options: &[POOL, DISABLE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.pool(arguments).await?;
    let name = found.name();
    let (failed, done) = match arguments.flag("disable") {
        true => (
            format!("failed to unmark pool {name} as autostarted"),
            format!("Pool {name} unmarked as autostarted"),
        ),
        false => (
            format!("failed to mark pool {name} as autostarted"),
            format!("Pool {name} marked as autostarted"),
        ),
    };
    found
        .set_autostart(!arguments.flag("disable"))
        .await
        .map_err(Failure::call(failed))?;
    shell.note(&done)
}
