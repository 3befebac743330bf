//! `version`: of this program, the API, the hypervisor and the daemon.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

/// The level of the public API that this program speaks.
const API_LEVEL: &str = "11.3.0";

pub(crate) const COMMAND: Command = Command {
    name: "version",
    group: Group::Host,
    summary: "show version",
    description: "Display the system version information.",
    options: &[Opt::flag("daemon", "report daemon version too")],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    library: &'static str,
    api: String,
    hypervisor_type: String,
    hypervisor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    daemon: Option<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let api = dotted(connection.lib_version().await?);
    let version = connection.version().await?;
    let shown = Shown {
        library: API_LEVEL,
        hypervisor_type: connection
            .driver_type()
            .await
            .map_err(Failure::call("failed to get hypervisor type"))?,
        // No version is a hypervisor that does not tell.
        hypervisor: (version != 0).then(|| dotted(version)),
        daemon: arguments.flag("daemon").then(|| api.clone()),
        api,
    };
    shell.show(arguments, &shown, text)
}

fn text(shown: &Shown) -> String {
    let kind = &shown.hypervisor_type;
    let mut text = format!(
        "Compiled against library: libvirt {library}\nUsing library: libvirt {library}\n\
         Using API: {kind} {}\n",
        shown.api,
        library = shown.library
    );
    match &shown.hypervisor {
        Some(version) => text.push_str(&format!("Running hypervisor: {kind} {version}\n")),
        None => text.push_str(&format!(
            "Cannot extract running {kind} hypervisor version\n"
        )),
    }
    if let Some(daemon) = &shown.daemon {
        text.push_str(&format!("Running against daemon: {daemon}\n"));
    }
    text
}

fn dotted(version: u64) -> String {
    let (major, minor, micro) = (version / 1_000_000, version / 1000 % 1000, version % 1000);
    format!("{major}.{minor}.{micro}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_have_three_parts() {
        assert_eq!(super::dotted(10_000_002), "10.0.2");
        assert_eq!(super::dotted(11_003_000), "11.3.0");
    }
}
