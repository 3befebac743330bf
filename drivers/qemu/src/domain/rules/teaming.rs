//! `<teaming>`: who of a team says what, of interfaces and of devices of the host.

use documents::domain::{Domain, HostDev, HostDevMode, HostDevSource, Teaming, TeamingKind};

use crate::domain::error::TeamingError;

pub(super) fn check(domain: &Domain) -> Result<(), TeamingError> {
    let devices = &domain.devices;
    let teams = devices.interfaces.iter().map(|it| it.teaming.as_ref());
    teams.flatten().try_for_each(check_team)?;
    devices.hostdevs.iter().try_for_each(check_device)
}

/// The transient member names the persistent one, and not the other way round.
fn check_team(team: &Teaming) -> Result<(), TeamingError> {
    match (team.kind, &team.persistent) {
        (None, _) => Err(TeamingError::NoType),
        (Some(TeamingKind::Transient), None) => Err(TeamingError::NoPersistent),
        (Some(TeamingKind::Persistent), Some(_)) => Err(TeamingError::ExtraPersistent),
        _ => Ok(()),
    }
}

/// A device of the host can be a member if it is one of PCI, and has to leave when the guest moves.
fn check_device(device: &HostDev) -> Result<(), TeamingError> {
    let Some(team) = &device.teaming else {
        return Ok(());
    };
    check_team(team)?;
    let passed = device.mode.unwrap_or_default() == HostDevMode::Subsystem
        && matches!(device.source, HostDevSource::Pci(_));
    match team.kind {
        Some(TeamingKind::Transient) if passed => Ok(()),
        Some(TeamingKind::Transient) => Err(TeamingError::NotPci),
        _ => Err(TeamingError::NotTransient),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    const REFUSED: Option<(Code, Origin)> = Some((Code::ConfigUnsupported, Origin::Domain));

    #[test]
    fn the_transient_member_names_the_persistent_one() {
        let interface = |team: &str, expected| {
            let text = format!("<devices><interface><teaming {team}/></interface></devices>");
            check(&text, expected);
        };
        interface("", None);
        interface("type='persistent'", None);
        interface("type='transient' persistent='ua-a'", None);
        interface("type='transient' persistent=''", REFUSED);
        interface("type='persistent' persistent='ua-a'", REFUSED);
        interface("type='' persistent='ua-a'", REFUSED);
    }

    #[test]
    fn a_device_of_the_host_is_a_transient_member_on_pci() {
        let device = |kind: &str, team: &str, expected| {
            let source = match kind {
                "usb" => "<vendor id='1'/><product id='2'/>",
                _ => "<address bus='1' slot='1'/>",
            };
            let text = format!(
                "<devices><hostdev type='{kind}'><source>{source}</source>\
                 <teaming {team}/></hostdev></devices>"
            );
            check(&text, expected);
        };
        device("pci", "type='transient' persistent='ua-a'", None);
        device("pci", "", None);
        device("pci", "type='transient'", REFUSED);
        device("pci", "type='persistent'", REFUSED);
        device("usb", "type='transient' persistent='ua-a'", REFUSED);
    }
}
