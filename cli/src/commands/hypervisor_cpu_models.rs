//! `hypervisor-cpu-models`: the models of processors that a guest can have.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::hypervisor_cpu_compare::WHOSE;
use crate::document;
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "hypervisor-cpu-models",
    group: Group::Host,
    summary: "Hypervisor reported CPU models",
    description: "Get the CPU models reported by the hypervisor.",
    options: &[
        WHOSE[0],
        WHOSE[1],
        WHOSE[2],
        WHOSE[3],
        Opt::flag(
            "all",
            "include all CPU models known to the hypervisor for the architecture",
        ),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let capabilities = connection
        .domain_capabilities(
            arguments.text("emulator"),
            arguments.text("arch"),
            arguments.text("machine"),
            arguments.text("virttype"),
        )
        .await
        .map_err(Failure::call("failed to get hypervisor CPU model names"))?;
    let models = models(&capabilities, arguments.flag("all"))?;
    shell.show(arguments, &models, |models| {
        models.iter().map(|model| format!("{model}\n")).collect()
    })
}

/// The models that the capabilities of domains name; those that cannot be used only among `all`.
fn models(capabilities: &str, all: bool) -> Result<Vec<String>, Failure> {
    let parsed = document::parse(capabilities)?;
    let models = parsed.descendants().filter(|node| {
        let mode = node.parent();
        node.has_tag_name("model")
            && mode.is_some_and(|it| it.attribute("name") == Some("custom"))
            && (all || node.attribute("usable") == Some("yes"))
    });
    Ok(models
        .filter_map(|it| it.text())
        .map(str::to_owned)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::models;

    #[test]
    fn what_cannot_be_used_is_shown_among_all_only() {
        let text = "<domainCapabilities><cpu><mode name='custom' supported='yes'>\
            <model usable='yes'>a</model><model usable='no'>b</model></mode>\
            <mode name='host-model'><model>c</model></mode></cpu></domainCapabilities>";
        assert_eq!(models(text, false).ok(), Some(vec!["a".to_owned()]));
        assert_eq!(models(text, true).ok().map(|all| all.len()), Some(2));
    }
}
