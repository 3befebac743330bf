//! `domifstat`: what went through a domain's interface.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domifstat",
    group: Group::Monitor,
    summary: "get network interface stats for a domain",
    description: "Shows the counters of a running domain's interface, as the guest sees them.",
    options: &[
        DOMAIN,
        Opt::text("interface", "host device or MAC address of the interface").required(),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    rx_bytes: i64,
    rx_packets: i64,
    rx_errs: i64,
    rx_drop: i64,
    tx_bytes: i64,
    tx_packets: i64,
    tx_errs: i64,
    tx_drop: i64,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let device = arguments.required("interface")?;
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    let counters = domain
        .interface_counters(device)
        .await
        .map_err(Failure::call(format!(
            "Failed to get interface stats {name} {device}"
        )))?;
    let shown = Shown {
        rx_bytes: counters.rx_bytes,
        rx_packets: counters.rx_packets,
        rx_errs: counters.rx_errs,
        rx_drop: counters.rx_drop,
        tx_bytes: counters.tx_bytes,
        tx_packets: counters.tx_packets,
        tx_errs: counters.tx_errs,
        tx_drop: counters.tx_drop,
    };
    shell.show(arguments, &shown, |shown| {
        // What the driver does not count is not printed.
        [
            ("rx_bytes", shown.rx_bytes),
            ("rx_packets", shown.rx_packets),
            ("rx_errs", shown.rx_errs),
            ("rx_drop", shown.rx_drop),
            ("tx_bytes", shown.tx_bytes),
            ("tx_packets", shown.tx_packets),
            ("tx_errs", shown.tx_errs),
            ("tx_drop", shown.tx_drop),
        ]
        .iter()
        .filter(|(_, value)| *value >= 0)
        .map(|(counter, value)| format!("{device} {counter} {value}\n"))
        .collect()
    })
}
