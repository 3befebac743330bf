//! What an interface of type `ethernet` has on the host besides its device: addresses, routes, and a script.

use std::path::PathBuf;

use documents::domain::{Interface, InterfaceRoute, InterfaceSource};
use process::Program;

use super::{NetworkError, Undo, run};

/// Gives the device its addresses and routes and runs its script.
pub(super) fn bring_up(
    interface: &Interface,
    device: &str,
    undo: &mut Vec<Undo>,
) -> Result<(), NetworkError> {
    if let InterfaceSource::Ethernet(ethernet) = &interface.source {
        for ip in &ethernet.ips {
            let prefix = ip
                .prefix
                .map(|prefix| format!("/{prefix}"))
                .unwrap_or_default();
            let mut arguments = vec!["address", "add"];
            let address = match &ip.peer {
                Some(peer) => {
                    arguments.extend([ip.address.as_str(), "peer"]);
                    format!("{peer}{prefix}")
                }
                None => format!("{}{prefix}", ip.address),
            };
            arguments.extend([address.as_str(), "dev", device]);
            run(Program::Ip, &arguments)?;
        }
        for route in &ethernet.routes {
            let words = route_words(route, device);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            run(Program::Ip, &words)?;
        }
    }
    if let Some(script) = script(interface.script.as_deref()) {
        run(Program::InterfaceScript(script), &[device])?;
    }
    if let Some(script) = script(interface.downscript.as_deref()) {
        undo.push(Undo::Script {
            path: script,
            device: device.to_owned(),
        });
    }
    Ok(())
}

/// A script that is named; an empty name says that there is none.
pub(super) fn script(path: Option<&str>) -> Option<PathBuf> {
    path.filter(|path| !path.is_empty()).map(PathBuf::from)
}

fn route_words(route: &InterfaceRoute, device: &str) -> Vec<String> {
    let gateway = route.gateway.clone().unwrap_or_default();
    let any = if gateway.contains(':') {
        "::"
    } else {
        "0.0.0.0"
    };
    let address = route.address.clone().unwrap_or_else(|| any.to_owned());
    let prefix = match (&route.prefix, &route.netmask) {
        (Some(prefix), _) => prefix.to_string(),
        (None, Some(mask)) => mask.clone(),
        // The default route, or one to a single host.
        (None, None) if address == any => "0".to_owned(),
        (None, None) => if gateway.contains(':') { "128" } else { "32" }.to_owned(),
    };
    let mut words = vec![
        "route".to_owned(),
        "add".to_owned(),
        format!("{address}/{prefix}"),
        "via".to_owned(),
        gateway,
        "dev".to_owned(),
        device.to_owned(),
    ];
    if let Some(metric) = route.metric {
        words.extend(["metric".to_owned(), metric.to_string()]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_told_as_ip_wants_it() {
        let route = InterfaceRoute {
            address: Some("10.1.0.0".to_owned()),
            prefix: Some(16),
            gateway: Some("10.0.0.1".to_owned()),
            metric: Some(3),
            ..InterfaceRoute::default()
        };
        assert_eq!(
            route_words(&route, "tap0").join(" "),
            "route add 10.1.0.0/16 via 10.0.0.1 dev tap0 metric 3"
        );
        let route = InterfaceRoute {
            gateway: Some("fe80::1".to_owned()),
            ..InterfaceRoute::default()
        };
        assert_eq!(
            route_words(&route, "tap0").join(" "),
            "route add ::/0 via fe80::1 dev tap0"
        );
    }
}
