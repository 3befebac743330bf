//! Interfaces: what each kind can have, the addresses of user networking, and what a switch wants to know.

use documents::domain::{
    Domain, Interface, InterfaceSource, IpFamily, TeamingKind, VhostUserInterface, VhostUserMode,
    VirtualPort, VirtualPortKind,
};

use crate::domain::checks::filesystems::has_shared_memory;
use crate::domain::completion::is_passt;
use crate::domain::error::{InterfaceError, InterfaceRule};

/// The prefixes for which user networking has room for its own addresses.
const PREFIXES: std::ops::RangeInclusive<u32> = 4..=27;
/// The prefix of its addresses of IPv6.
const IPV6_PREFIX: u32 = 64;

pub(super) fn check(domain: &Domain) -> Result<(), InterfaceError> {
    for interface in &domain.devices.interfaces {
        check_model(interface)?;
        check_kind(interface)?;
        check_addresses(interface)?;
        check_team(interface)?;
        check_driver(interface)?;
        check_port(interface)?;
        check_outside(interface, domain)?;
    }
    Ok(())
}

/// The first rule of those whose condition holds.
fn first<const N: usize>(
    interface: &Interface,
    rules: [(bool, InterfaceRule); N],
) -> Result<(), InterfaceError> {
    match rules.into_iter().find(|(is_broken, _)| *is_broken) {
        Some((_, rule)) => Err(InterfaceError::of(rule, interface)),
        None => Ok(()),
    }
}

fn check_model(interface: &Interface) -> Result<(), InterfaceError> {
    let valid = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match interface.model.as_deref() {
        Some(model) if model.is_empty() || !model.chars().all(valid) => {
            Err(InterfaceError::of(InterfaceRule::ModelName, interface))
        }
        _ => Ok(()),
    }
}

/// What only some kinds can have.
fn check_kind(interface: &Interface) -> Result<(), InterfaceError> {
    let source = &interface.source;
    let bridged = matches!(
        source,
        InterfaceSource::Network(_) | InterfaceSource::Bridge(_)
    );
    let user = matches!(
        source,
        InterfaceSource::User(_) | InterfaceSource::Vhostuser(_)
    );
    let sized = bridged
        || is_passt(interface)
        || matches!(
            source,
            InterfaceSource::Ethernet(_) | InterfaceSource::Vhostuser(_)
        );
    let unmanaged = interface
        .target
        .as_ref()
        .is_some_and(|target| target.managed == Some(false));
    let local = matches!(source, InterfaceSource::Udp(end) if end.local.is_none());
    let passt = is_passt(interface);
    first(
        interface,
        [
            (local, InterfaceRule::Local),
            (passt && !user, InterfaceRule::Passt),
            (
                !passt && !interface.port_forwards.is_empty(),
                InterfaceRule::PortForward,
            ),
            (
                interface.isolated == Some(true) && !bridged,
                InterfaceRule::Isolated,
            ),
            (
                unmanaged && !matches!(source, InterfaceSource::Ethernet(_)),
                InterfaceRule::UnmanagedTarget,
            ),
            (interface.mtu.is_some() && !sized, InterfaceRule::Mtu),
            (
                interface.coalesce.is_some() && !bridged,
                InterfaceRule::Coalesce,
            ),
        ],
    )
}

/// QEMU sets no addresses inside the guest; those of user networking are given out by what serves it.
fn check_addresses(interface: &Interface) -> Result<(), InterfaceError> {
    if !interface.routes.is_empty() {
        return Err(InterfaceError::of(InterfaceRule::GuestRoute, interface));
    }
    let user = matches!(interface.source, InterfaceSource::User(_)) || is_passt(interface);
    match user {
        true => check_user(interface),
        false => first(
            interface,
            [(!interface.ips.is_empty(), InterfaceRule::GuestIp)],
        ),
    }
}

fn check_user(interface: &Interface) -> Result<(), InterfaceError> {
    let (mut v4, mut v6) = (0, 0);
    for ip in &interface.ips {
        if ip.peer.is_some() {
            return Err(InterfaceError::of(InterfaceRule::GuestPeer, interface));
        }
        let (count, family) = match ip.family {
            Some(IpFamily::Ipv6) => (&mut v6, "IPv6"),
            _ => (&mut v4, "IPv4"),
        };
        *count += 1;
        if *count > 1 {
            return Err(InterfaceError::SecondAddress { family });
        }
        match ip.prefix {
            Some(prefix) if family == "IPv4" && !PREFIXES.contains(&prefix) => {
                return Err(InterfaceError::Prefix);
            }
            Some(prefix) if family == "IPv6" && prefix != IPV6_PREFIX => {
                return Err(InterfaceError::of(InterfaceRule::Ipv6Prefix, interface));
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_team(interface: &Interface) -> Result<(), InterfaceError> {
    let Some(team) = &interface.teaming else {
        return Ok(());
    };
    // A network may turn out to be one of devices of the host.
    let hostdev = matches!(
        interface.source,
        InterfaceSource::Hostdev(_) | InterfaceSource::Network(_)
    );
    let virtio = interface.model.as_deref().is_some_and(is_virtio);
    let rule = match team.kind {
        Some(TeamingKind::Transient) => (!hostdev, InterfaceRule::TeamingType),
        _ => (!virtio, InterfaceRule::TeamingModel),
    };
    first(interface, [rule])
}

fn is_virtio(model: &str) -> bool {
    model.starts_with("virtio")
}

fn check_driver(interface: &Interface) -> Result<(), InterfaceError> {
    let Some(driver) = interface.driver.as_deref() else {
        return Ok(());
    };
    let options = &driver.virtio;
    let any = options.iommu.is_some()
        || options.ats.is_some()
        || options.packed.is_some()
        || options.page_per_vq.is_some();
    let uneven = |size: Option<u32>| size.is_some_and(|size| !size.is_power_of_two());
    let virtio = interface.model.as_deref().is_some_and(is_virtio);
    first(
        interface,
        [
            (any && !virtio, InterfaceRule::VirtioOption),
            (uneven(driver.rx_queue_size), InterfaceRule::RxQueueSize),
            (uneven(driver.tx_queue_size), InterfaceRule::TxQueueSize),
        ],
    )
}

/// What the type of a switch needs to know, and what it does not know.
fn check_port(interface: &Interface) -> Result<(), InterfaceError> {
    let Some(port) = &interface.virtualport else {
        return Ok(());
    };
    let switched = matches!(
        interface.source,
        InterfaceSource::Network(_)
            | InterfaceSource::Bridge(_)
            | InterfaceSource::Direct(_)
            | InterfaceSource::Hostdev(_)
    );
    if !switched {
        return Err(InterfaceError::of(InterfaceRule::VirtualPort, interface));
    }
    check_parameters(interface, port)
}

fn check_parameters(interface: &Interface, port: &VirtualPort) -> Result<(), InterfaceError> {
    let network = matches!(interface.source, InterfaceSource::Network(_));
    let Some(kind) = port.kind else {
        // The network may say the type.
        return first(interface, [(!network, InterfaceRule::PortType)]);
    };
    let given = port.parameters.clone().unwrap_or_default();
    let qbg = given.managerid.is_some()
        || given.typeid.is_some()
        || given.typeidversion.is_some()
        || given.instanceid.is_some();
    let (profile, identity) = (given.profileid.is_some(), given.interfaceid.is_some());
    let (extra, missing) = match kind {
        VirtualPortKind::None => {
            return Err(InterfaceError::of(InterfaceRule::PortKind, interface));
        }
        VirtualPortKind::Qbg => (
            profile || identity,
            given.managerid.is_none() || given.typeid.is_none() || given.typeidversion.is_none(),
        ),
        VirtualPortKind::Qbh => (qbg || identity, !profile),
        VirtualPortKind::Openvswitch => (qbg, false),
        VirtualPortKind::Midonet => (false, !identity),
    };
    let above = |value: Option<u32>, most: u32| value.is_some_and(|value| value > most);
    first(
        interface,
        [
            (
                above(given.managerid, 0xff)
                    || above(given.typeid, 0xff_ffff)
                    || above(given.typeidversion, 0xff),
                InterfaceRule::PortRange,
            ),
            (extra, InterfaceRule::PortExtra),
            // The network may say it.
            (missing && !network, InterfaceRule::PortMissing),
        ],
    )
}

/// Interfaces that another process or device serves out of the guest's memory.
fn check_outside(interface: &Interface, domain: &Domain) -> Result<(), InterfaceError> {
    let virtio = interface.model.as_deref().is_some_and(is_virtio);
    match &interface.source {
        InterfaceSource::Vhostuser(VhostUserInterface {
            kind,
            path,
            mode,
            reconnect,
            ..
        }) => {
            let passt = is_passt(interface);
            let again = reconnect
                .as_ref()
                .is_some_and(|reconnect| reconnect.enabled == Some(true));
            first(
                interface,
                [
                    (
                        !passt && kind.as_deref().is_some_and(|kind| kind != "unix"),
                        InterfaceRule::VhostUserType,
                    ),
                    (
                        !passt && path.as_deref().is_none_or(str::is_empty),
                        InterfaceRule::VhostUserPath,
                    ),
                    (
                        *mode == Some(VhostUserMode::Server) && again,
                        InterfaceRule::ReconnectServer,
                    ),
                    (!virtio, InterfaceRule::VhostUserModel),
                    (!has_shared_memory(domain), InterfaceRule::SharedMemory),
                ],
            )
        }
        InterfaceSource::Vdpa(_) => first(interface, [(!virtio, InterfaceRule::VdpaModel)]),
        _ => Ok(()),
    }
}
