//! Character devices: what their back-ends say of themselves, and which ports of the ISA bus there are.

use documents::domain::{
    CharacterBackend, CharacterSource, Devices, Domain, RngBackend, Serial, SerialTargetKind,
    SmartCardSource,
};

use crate::domain::error::CharacterError;

type Result = std::result::Result<(), CharacterError>;

/// The serial ports of the ISA bus.
pub(crate) const ISA_PORTS: u32 = 4;

pub(super) fn check(domain: &Domain) -> Result {
    let devices = &domain.devices;
    backends(devices).try_for_each(check_backend)?;
    check_isa(&devices.serials)
}

/// The back-ends of all devices that have one.
fn backends(devices: &Devices) -> impl Iterator<Item = &CharacterBackend> {
    let ports = devices.serials.iter().map(|it| &it.backend);
    let ports = ports.chain(devices.parallels.iter().map(|it| &it.backend));
    let ports = ports.chain(devices.consoles.iter().map(|it| &it.backend));
    let ports = ports.chain(devices.channels.iter().map(|it| &it.backend));
    ports.chain(of_other_devices(devices))
}

/// The back-ends of devices that are something else to the guest than a port.
pub(crate) fn of_other_devices(
    devices: &Devices,
) -> impl Iterator<Item = &CharacterBackend> + Clone {
    let redirected = devices.redirdevs.iter().map(|it| &it.backend);
    let entropy = devices.rngs.iter().filter_map(|rng| match &rng.backend {
        RngBackend::Egd(backend) => Some(backend),
        _ => None,
    });
    let cards = devices.smartcards.iter().filter_map(|it| match &it.source {
        SmartCardSource::Passthrough(backend) => Some(backend),
        _ => None,
    });
    redirected.chain(entropy).chain(cards)
}

fn check_backend(backend: &CharacterBackend) -> Result {
    match &backend.source {
        CharacterSource::Udp(udp) if udp.ends.len() > 2 => Err(CharacterError::UdpEnds),
        CharacterSource::Tcp(_) => match &backend.protocol {
            Some(word) if backend.tcp_protocol().is_none() => {
                Err(CharacterError::UnknownProtocol {
                    protocol: word.clone(),
                })
            }
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// The ports that the document puts on the ISA bus; others find room behind them.
fn check_isa(serials: &[Serial]) -> Result {
    // A document that was completed gives ports that the bus lacks to those that it did not put there: it is read again.
    let numbers = u32::try_from(serials.len()).map_or(u32::MAX, |count| count.max(ISA_PORTS));
    let targets = serials.iter().filter_map(|it| it.target.as_ref());
    let isa = targets.filter(|it| it.kind == Some(SerialTargetKind::IsaSerial));
    let mut taken = Vec::new();
    for (count, target) in (0..).zip(isa) {
        let port = target.port.filter(|port| *port != u32::MAX);
        let fits = port.map_or(count < ISA_PORTS, |port| port < numbers);
        if !fits {
            return Err(CharacterError::IsaPorts { most: ISA_PORTS });
        }
        if let Some(port) = port {
            if taken.contains(&port) {
                return Err(CharacterError::IsaPortTaken { port });
            }
            taken.push(port);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    fn devices(content: &str, expected: Option<(Code, Origin)>) {
        check(&format!("<devices>{content}</devices>"), expected);
    }

    #[test]
    fn udp_has_two_ends() {
        let console = |ends: usize| {
            let ends = "<source mode='connect' service='1'/>".repeat(ends);
            format!("<console type='udp'>{ends}</console>")
        };
        devices(&console(2), None);
        devices(&console(3), Some((Code::XmlError, Origin::Domain)));
    }

    #[test]
    fn a_word_of_tcp_is_known_and_of_others_nobody_asks() {
        let serial = |kind: &str, word: &str| {
            format!("<serial type='{kind}'><source/><protocol type='{word}'/></serial>")
        };
        devices(&serial("tcp", "tls"), None);
        devices(&serial("tcp", "x"), Some((Code::XmlError, Origin::Xml)));
        devices(&serial("unix", "x"), None);
    }

    #[test]
    fn the_isa_bus_has_four_serial_ports() {
        let port = |port: &str| format!("<serial><target type='isa-serial' {port}/></serial>");
        let refused = Some((Code::InternalError, Origin::Domain));
        devices(&port("port='3'"), None);
        devices(&port("port='-1'"), None);
        devices(&port("port='4'"), refused);
        devices(&port("").repeat(4), None);
        devices(&port("").repeat(5), refused);
        devices(&port("port='1'").repeat(2), refused);
        let completed: String = (0..5).map(|at| port(&format!("port='{at}'"))).collect();
        devices(&completed, None);
        devices(&"<serial><target port='9'/></serial>".repeat(5), None);
    }
}
