//! `maxvcpus`: the most virtual processors that a domain may have.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "maxvcpus",
    group: Group::Host,
    summary: "connection vcpu maximum",
    description: "Show maximum number of virtual CPUs for guests on this connection.",
    options: &[Opt::text("type", "domain type").named()],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    max_vcpus: u32,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let kind = arguments.text("type");
    let capabilities = connection.domain_capabilities(None, None, None, kind);
    // What a domain of this kind can have is better known than what the driver can count to.
    let known = capabilities.await.ok().and_then(|xml| most_of(&xml));
    let max_vcpus = match known {
        Some(max) => max,
        None => connection.max_vcpus(kind).await?,
    };
    shell.show(arguments, &Shown { max_vcpus }, |shown| {
        format!("{}\n", shown.max_vcpus)
    })
}

/// The number of `/domainCapabilities/vcpu/@max`.
fn most_of(capabilities: &str) -> Option<u32> {
    let document = roxmltree::Document::parse(capabilities).ok()?;
    let mut elements = document.root_element().children();
    let vcpu = elements.find(|element| element.has_tag_name("vcpu"))?;
    vcpu.attribute("max")?.parse().ok()
}
