//! `domifaddr`: the addresses of a guest's interfaces.

use ferrovirt::GuestInterface;
use ferrovirt::enums::{DomainInterfaceAddressesSource as Source, IpAddrType};
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

/// Who is asked, by the words of `--source`.
const SOURCES: [(&str, Source); 3] = [
    ("lease", Source::Lease),
    ("agent", Source::Agent),
    ("arp", Source::Arp),
];

pub(crate) const COMMAND: Command = Command {
    name: "domifaddr",
    group: Group::Monitor,
    summary: "Get network interfaces' addresses for a running domain",
    description: "Get network interfaces' addresses for a running domain.",
    options: &[
        DOMAIN,
        Opt::text("interface", "network interface name"),
        Opt::flag("full", "always display names and MACs of interfaces"),
        Opt::text("source", "address source: 'lease', 'agent', or 'arp'")
            .named()
            .completed_by(Complete::Words(&["lease", "agent", "arp"])),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    name: String,
    mac: Option<String>,
    addresses: Vec<Address>,
}

#[derive(Serialize)]
struct Address {
    protocol: &'static str,
    address: String,
    prefix: u32,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let source = source(arguments.text("source"))?;
    let domain = shell.domain(arguments).await?;
    let interfaces = domain
        .interface_addresses(source)
        .await
        .map_err(Failure::call("Failed to query for interfaces addresses"))?;
    let wanted = arguments.text("interface");
    let rows: Vec<Row> = interfaces
        .into_iter()
        .filter(|it| wanted.is_none_or(|wanted| it.name == wanted))
        .map(row)
        .collect();
    let quiet = shell.options.quiet;
    let full = arguments.flag("full");
    shell.show(arguments, &rows, |rows| {
        let rows = rows.iter().flat_map(|row| lines(row, full));
        heading(quiet) + &rows.collect::<String>()
    })
}

fn source(word: Option<&str>) -> Result<Source, Failure> {
    let Some(word) = word else {
        return Ok(Source::Lease);
    };
    let found = SOURCES.iter().find(|(known, _)| *known == word);
    found
        .map(|(_, source)| *source)
        .ok_or_else(|| Failure::AddressSource {
            word: word.to_owned(),
        })
}

fn row(interface: GuestInterface) -> Row {
    let addresses = interface.addresses.into_iter().map(|it| Address {
        protocol: match it.kind {
            IpAddrType::Ipv4 => "ipv4",
            IpAddrType::Ipv6 => "ipv6",
            IpAddrType::Unrecognized(_) => "unknown",
        },
        address: it.address,
        prefix: it.prefix,
    });
    Row {
        name: interface.name,
        mac: interface.mac,
        addresses: addresses.collect(),
    }
}

fn heading(quiet: bool) -> String {
    if quiet {
        return String::new();
    }
    let titles = format!(
        " {:<10} {:<20} {:<8}     {}\n",
        "Name", "MAC address", "Protocol", "Address"
    );
    titles + &"-".repeat(79) + "\n"
}

/// A line for each address; the interface is named on the first of them only, unless on all.
fn lines(row: &Row, full: bool) -> Vec<String> {
    let mac = row.mac.as_deref();
    let line = |name: &str, mac: &str, protocol: &str, address: &str| {
        format!(" {name:<10} {mac:<17}    {protocol:<12} {address}\n")
    };
    if row.addresses.is_empty() {
        return vec![line(&row.name, mac.unwrap_or("N/A"), "N/A", "N/A")];
    }
    let numbered = row.addresses.iter().enumerate();
    numbered
        .map(|(number, it)| {
            let (name, mac) = match full || number == 0 {
                true => (row.name.as_str(), mac.unwrap_or_default()),
                false => ("-", "-"),
            };
            let address = format!("{}/{}", it.address, it.prefix);
            line(name, mac, it.protocol, &address)
        })
        .collect()
}
