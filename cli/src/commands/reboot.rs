//! `reboot`: reboot a domain.

use ferrovirt::flags::DomainRebootFlagValues;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

/// The ways, by the words of `--mode`.
const MODES: [(&str, DomainRebootFlagValues); 5] = [
    ("acpi", DomainRebootFlagValues::ACPI_POWER_BTN),
    ("agent", DomainRebootFlagValues::GUEST_AGENT),
    ("initctl", DomainRebootFlagValues::INITCTL),
    ("signal", DomainRebootFlagValues::SIGNAL),
    ("paravirt", DomainRebootFlagValues::PARAVIRT),
];

pub(crate) const COMMAND: Command = Command {
    name: "reboot",
    group: Group::Domain,
    summary: "reboot a domain",
    description: "Run a reboot command in the target domain.",
    options: &[
        DOMAIN,
        Opt::text("mode", "shutdown mode: acpi|agent|initctl|signal|paravirt").completed_by(
            Complete::Words(&["acpi", "agent", "initctl", "signal", "paravirt"]),
        ),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = modes(arguments.text("mode").unwrap_or_default())?;
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    domain
        .reboot(flags)
        .await
        .map_err(Failure::call(format!("Failed to reboot domain '{name}'")))?;
    shell.note(&format!("Domain '{name}' is being rebooted"))
}

fn modes(words: &str) -> Result<DomainRebootFlagValues, Failure> {
    words
        .split(',')
        .filter(|word| !word.is_empty())
        .map(|word| {
            MODES
                .iter()
                .find_map(|(known, flag)| (*known == word).then_some(*flag))
                .ok_or_else(|| Failure::UnknownMode {
                    mode: word.to_owned(),
                    or: " or",
                })
        })
        .collect()
}
