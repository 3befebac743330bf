//! `undefine`: remove a domain's definition.

use ferrovirt::flags::DomainUndefineFlagsValues as Flags;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "undefine",
    group: Group::Domain,
    summary: "undefine a domain",
    description: "Undefine an inactive domain, or convert persistent to transient.",
    options: &[
        DOMAIN,
        Opt::flag("managed-save", "remove domain managed state file"),
        Opt::flag(
            "snapshots-metadata",
            "remove all domain snapshot metadata (vm must be inactive)",
        ),
        Opt::flag(
            "checkpoints-metadata",
            "remove all domain checkpoint metadata (vm must be inactive)",
        ),
        Opt::flag("nvram", "remove nvram file"),
        Opt::flag("keep-nvram", "keep nvram file"),
        Opt::flag("tpm", "remove TPM state"),
        Opt::flag("keep-tpm", "keep TPM state"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    for (one, other) in [("nvram", "keep-nvram"), ("tpm", "keep-tpm")] {
        if arguments.flag(one) && arguments.flag(other) {
            return Err(Failure::Exclusive { one, other });
        }
    }
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    domain
        .undefine(flags(arguments))
        .await
        .map_err(Failure::call(format!("Failed to undefine domain '{name}'")))?;
    shell.note(&format!("Domain '{name}' has been undefined"))
}

fn flags(arguments: &Arguments) -> Flags {
    [
        ("managed-save", Flags::MANAGED_SAVE),
        ("snapshots-metadata", Flags::SNAPSHOTS_METADATA),
        ("checkpoints-metadata", Flags::CHECKPOINTS_METADATA),
        ("nvram", Flags::NVRAM),
        ("keep-nvram", Flags::KEEP_NVRAM),
        ("tpm", Flags::TPM),
        ("keep-tpm", Flags::KEEP_TPM),
    ]
    .into_iter()
    .filter_map(|(name, flag)| arguments.flag(name).then_some(flag))
    .collect()
}
