//! `start`: start a defined domain.

use ferrovirt::DomainWord;
use ferrovirt::flags::DomainCreateFlags;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::commands::console;
use crate::commands::pass_fds::{PASS_FDS, files};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "start",
    group: Group::Domain,
    summary: "start a (previously defined) inactive domain",
    description: "Start a domain, either from the last managedsave state, or via a fresh boot if no\n\
        managedsave state is present.",
    options: &[
        DOMAIN,
        Opt::flag("console", "attach to console after creation"),
        Opt::flag("paused", "leave the guest paused after creation"),
        Opt::flag(
            "autodestroy",
            "automatically destroy the guest when virsh disconnects",
        ),
        Opt::flag("bypass-cache", "avoid file system cache when loading"),
        Opt::flag(
            "force-boot",
            "force fresh boot by discarding any managed save",
        ),
        PASS_FDS,
        Opt::flag(
            "reset-nvram",
            "re-initialize NVRAM from its pristine template",
        ),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let ways = [DomainWord::Uuid, DomainWord::Name];
    let domain = shell.domain_by(arguments, &ways).await?;
    let name = domain.name();
    if domain.id().is_some() {
        return Err(Failure::Usage {
            what: "Domain is already active",
        });
    }
    let started = match files(arguments)? {
        None => domain.start_with(flags(arguments)).await,
        Some(files) => domain.start_with_files(files, flags(arguments)).await,
    };
    let started = started.map_err(Failure::call(format!("Failed to start domain '{name}'")))?;
    shell.note(&format!("Domain '{name}' started"))?;
    if arguments.flag("console") {
        return console::attach(shell, &started, None, Default::default()).await;
    }
    Ok(())
}

/// The flags that `start` and `create` share.
pub(super) fn flags(arguments: &Arguments) -> DomainCreateFlags {
    [
        ("paused", DomainCreateFlags::START_PAUSED),
        ("autodestroy", DomainCreateFlags::START_AUTODESTROY),
        ("bypass-cache", DomainCreateFlags::START_BYPASS_CACHE),
        ("force-boot", DomainCreateFlags::START_FORCE_BOOT),
        ("validate", DomainCreateFlags::START_VALIDATE),
        ("reset-nvram", DomainCreateFlags::START_RESET_NVRAM),
    ]
    .into_iter()
    .filter_map(|(name, flag)| arguments.flag(name).then_some(flag))
    .collect()
}
