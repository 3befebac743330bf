//! `shutdown`: gracefully shutdown a domain.

use ferrovirt::flags::DomainShutdownFlagValues;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

/// The ways, by the words of `--mode`.
const MODES: [(&str, DomainShutdownFlagValues); 5] = [
    ("acpi", DomainShutdownFlagValues::ACPI_POWER_BTN),
    ("agent", DomainShutdownFlagValues::GUEST_AGENT),
    ("initctl", DomainShutdownFlagValues::INITCTL),
    ("signal", DomainShutdownFlagValues::SIGNAL),
    ("paravirt", DomainShutdownFlagValues::PARAVIRT),
];

pub(crate) const COMMAND: Command = Command {
    name: "shutdown",
    group: Group::Domain,
    summary: "gracefully shutdown a domain",
    description: "Run shutdown in the target domain.",
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
        .shutdown_with(flags)
        .await
        .map_err(Failure::call(format!("Failed to shutdown domain '{name}'")))?;
    shell.note(&format!("Domain '{name}' is being shutdown"))
}

fn modes(words: &str) -> Result<DomainShutdownFlagValues, Failure> {
    words
        .split(',')
        .filter(|word| !word.is_empty())
        .map(|word| {
            MODES
                .iter()
                .find_map(|(known, flag)| (*known == word).then_some(*flag))
                .ok_or_else(|| Failure::UnknownMode {
                    mode: word.to_owned(),
                    or: ", or",
                })
        })
        .collect()
}
