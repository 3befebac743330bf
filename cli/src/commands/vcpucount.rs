//! `vcpucount`: how many virtual processors a domain has and may have.

use ferrovirt::flags::DomainVcpuFlags as Flags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "vcpucount",
    group: Group::Domain,
    summary: "domain vcpu counts",
    description: "Returns the number of virtual CPUs used by the domain.",
    options: &[
        DOMAIN,
        Opt::flag("maximum", "get maximum count of vcpus"),
        Opt::flag("active", "get number of currently active vcpus"),
        Opt::flag("live", "get value from running domain"),
        Opt::flag("config", "get value to be used on next boot"),
        Opt::flag("current", "get value according to current domain state"),
        Opt::flag(
            "guest",
            "retrieve vcpu count from the guest instead of the hypervisor",
        ),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Count {
    which: &'static str,
    of: &'static str,
    count: u32,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    for (one, other) in [
        ("active", "maximum"),
        ("live", "config"),
        ("guest", "config"),
        ("guest", "maximum"),
    ] {
        arguments.exclusive(one, other)?;
    }
    let domain = shell.domain(arguments).await?;
    let chosen = ["maximum", "active", "live", "config", "current", "guest"]
        .iter()
        .any(|name| arguments.flag(name));
    if chosen {
        let count = domain.vcpus(flags(arguments)).await?;
        let counts = [Count {
            which: if arguments.flag("maximum") {
                "maximum"
            } else {
                "current"
            },
            of: if arguments.flag("config") {
                "config"
            } else {
                "live"
            },
            count,
        }];
        return shell.show(arguments, &counts, |_| format!("{count}\n"));
    }
    let mut counts = Vec::new();
    for (which, flag) in [("maximum", Flags::MAXIMUM), ("current", Flags::empty())] {
        for (of, impact) in [("config", Flags::CONFIG), ("live", Flags::LIVE)] {
            let applies = match of {
                "live" => domain.is_active().await?,
                _ => domain.is_persistent().await?,
            };
            if applies {
                let count = domain.vcpus(flag | impact).await?;
                counts.push(Count { which, of, count });
            }
        }
    }
    shell.show(arguments, &counts, |counts| {
        counts
            .iter()
            .map(|c| format!("{:<12} {:<12} {:>3}\n", c.which, c.of, c.count))
            .collect()
    })
}

fn flags(arguments: &Arguments) -> Flags {
    [
        ("maximum", Flags::MAXIMUM),
        ("live", Flags::LIVE),
        ("config", Flags::CONFIG),
        ("guest", Flags::GUEST),
    ]
    .into_iter()
    .filter_map(|(name, flag)| arguments.flag(name).then_some(flag))
    .collect()
}
