//! Network cards.

use documents::domain::{
    Bandwidth, BandwidthLimit, CoalesceRx, DirectMode, DirectSource, FilterParameter, Interface,
    InterfaceBackendKind, InterfaceDriver, InterfaceIp, InterfaceMac, InterfaceRoute,
    InterfaceSource, IpFamily, TunnelSource, UserSource, VhostUserInterface, VhostUserMode,
    VirtualPort, VirtualPortKind, VirtualPortParameters,
};

use crate::domain::Context;
use crate::domain::error::InterfaceError;
use crate::domain::ip_address;
use crate::domain::machine::Family;

/// Prefixes of device names that are given at start and not kept.
const GENERATED_TARGETS: &[&str] = &["vnet", "macvtap", "macvlan", "vif"];

/// Gives each card its address and model.
pub(super) fn complete(
    interfaces: &mut [Interface],
    context: &Context<'_>,
    family: Family,
) -> Result<(), InterfaceError> {
    for interface in interfaces {
        match &interface.mac {
            Some(mac) if mac.address.is_multicast() => {
                return Err(InterfaceError::Multicast {
                    mac: mac.address.to_string(),
                });
            }
            None => {
                let address = context.ids.mac();
                interface.mac = Some(InterfaceMac {
                    address,
                    ..InterfaceMac::default()
                });
            }
            Some(_) => {}
        }
        // What the guest has made of it is for the driver to say.
        interface
            .mac
            .iter_mut()
            .for_each(|mac| mac.current_address = None);
        check_source(interface)?;
        interface.model.take_if(|model| model.is_empty());
        if let Some(known) = interface.model.as_deref().and_then(known_model) {
            interface.model = Some(known.to_owned());
        }
        complete_source(interface);
        complete_port(interface.virtualport.as_mut(), context);
        complete_addresses(interface);
        complete_vlan(interface);
        complete_bandwidth(interface);
        // Options of virtio count where the document names such a model.
        forget_nothings(interface);
        let passed = matches!(interface.source, InterfaceSource::Hostdev(_));
        if interface.model.is_none() && !passed && family != Family::Foreign {
            interface.model = Some(default_model(interface, context).to_owned());
        }
        drop_generated_target(interface);
    }
    Ok(())
}

/// Whether packets go through passt rather than QEMU.
pub(crate) fn is_passt(interface: &Interface) -> bool {
    let backend = interface.backend.as_ref().and_then(|backend| backend.kind);
    backend == Some(InterfaceBackendKind::Passt)
}

fn complete_source(interface: &mut Interface) {
    let passt = is_passt(interface);
    match &mut interface.source {
        InterfaceSource::Network(network) => {
            // Found anew at each start.
            (network.bridge, network.dev, network.mode) = (None, None, None);
            network.portid = None;
        }
        InterfaceSource::Direct(DirectSource { mode, .. }) => {
            mode.get_or_insert(DirectMode::Vepa);
        }
        InterfaceSource::Vhostuser(process) if passt => {
            // The driver knows where the process is that it starts.
            (process.kind, process.path, process.mode) = (None, None, None);
        }
        InterfaceSource::Vhostuser(VhostUserInterface {
            kind,
            mode,
            reconnect,
            ..
        }) => {
            kind.get_or_insert_with(|| "unix".to_owned());
            mode.get_or_insert(VhostUserMode::Client);
            if let Some(reconnect) = reconnect
                && reconnect.enabled != Some(true)
            {
                reconnect.timeout = None;
            }
        }
        InterfaceSource::Vds(switch) => {
            switch.portid.get_or_insert(0);
            switch.connectionid.get_or_insert(0);
        }
        // Only passt asks for an interface of the host.
        InterfaceSource::User(UserSource { dev }) if !passt => *dev = None,
        _ => {}
    }
}

/// Open vSwitch knows a port by an identity, which is kept.
fn complete_port(port: Option<&mut VirtualPort>, context: &Context<'_>) {
    let Some(port) = port else { return };
    if let Some(parameters) = &mut port.parameters {
        parameters.profileid.take_if(|profile| profile.is_empty());
    }
    match port.kind {
        // What the network turns out to want is there already.
        None => {
            let parameters = port.parameters.get_or_insert_default();
            parameters
                .interfaceid
                .get_or_insert_with(|| context.ids.uuid());
            parameters
                .instanceid
                .get_or_insert_with(|| context.ids.uuid());
        }
        Some(VirtualPortKind::Openvswitch) => {
            let parameters = port.parameters.get_or_insert_default();
            parameters
                .interfaceid
                .get_or_insert_with(|| context.ids.uuid());
        }
        Some(VirtualPortKind::Midonet) => {
            if let Some(parameters) = &mut port.parameters {
                let interfaceid = parameters.interfaceid.take();
                *parameters = VirtualPortParameters {
                    interfaceid,
                    ..VirtualPortParameters::default()
                };
            }
        }
        Some(VirtualPortKind::Qbg) => {
            let parameters = port.parameters.get_or_insert_default();
            parameters
                .instanceid
                .get_or_insert_with(|| context.ids.uuid());
        }
        _ => {}
    }
}

/// Addresses are written alike, and each says its family.
fn complete_addresses(interface: &mut Interface) {
    let (host_ips, host_routes): (&mut [InterfaceIp], &mut [InterfaceRoute]) =
        match &mut interface.source {
            InterfaceSource::Ethernet(host) => (&mut host.ips, &mut host.routes),
            _ => (&mut [], &mut []),
        };
    for ip in interface.ips.iter_mut().chain(host_ips) {
        settle(&mut ip.address);
        ip.peer.iter_mut().for_each(settle);
        ip.prefix.take_if(|prefix| *prefix == 0);
        ip.family = Some(match ip.address.contains(':') {
            true => IpFamily::Ipv6,
            false => IpFamily::Ipv4,
        });
    }
    for route in interface.routes.iter_mut().chain(host_routes) {
        let texts = [&mut route.address, &mut route.netmask, &mut route.gateway];
        texts.into_iter().flatten().for_each(settle);
    }
    for forward in &mut interface.port_forwards {
        forward.address.iter_mut().for_each(settle);
    }
}

/// Writes an address in its usual form.
fn settle(text: &mut String) {
    if let Some(address) = ip_address::parse(text) {
        *text = address.to_string();
    }
}

/// Several tags are a trunk.
fn complete_vlan(interface: &mut Interface) {
    let Some(vlan) = &mut interface.vlan else {
        return;
    };
    if vlan.tags.len() > 1 {
        vlan.trunk = Some(true);
    }
    vlan.trunk.take_if(|trunk| !*trunk);
}

/// A rate of nothing is no limit.
fn complete_bandwidth(interface: &mut Interface) {
    let Some(bandwidth) = &mut interface.bandwidth else {
        return;
    };
    for limit in [&mut bandwidth.inbound, &mut bandwidth.outbound] {
        if let Some(limit) = limit {
            let BandwidthLimit {
                average,
                peak,
                floor,
                burst,
            } = limit;
            for rate in [average, peak, floor, burst] {
                rate.take_if(|rate| *rate == 0);
            }
        }
        limit.take_if(|limit| limit.average.is_none() && limit.floor.is_none());
    }
    let unlimited =
        |bandwidth: &mut Bandwidth| bandwidth.inbound.is_none() && bandwidth.outbound.is_none();
    interface.bandwidth.take_if(unlimited);
}

/// Takes out what means nothing for the kind of interface.
fn forget_nothings(interface: &mut Interface) {
    let virtio = interface
        .model
        .as_deref()
        .is_some_and(|model| model.starts_with("virtio"));
    if !virtio && let Some(backend) = &mut interface.backend {
        backend.vhost = None;
    }
    complete_driver(interface, virtio);
    interface.mtu.take_if(|size| *size == 0);
    interface.managed = interface.managed.filter(|managed| *managed);
    if let Some(driver) = &mut interface.driver {
        // There is always one.
        driver.queues = driver.queues.filter(|queues| *queues > 1);
        driver.rx_queue_size.take_if(|size| *size == 0);
        driver.tx_queue_size.take_if(|size| *size == 0);
    }
    if let Some(coalesce) = &mut interface.coalesce {
        let frames = |rx: &CoalesceRx| rx.max_frames.is_some_and(|frames| frames > 0);
        coalesce.rx = coalesce.rx.take().filter(frames);
    }
    interface.coalesce.take_if(|it| it.rx.is_none());
    let filtered = matches!(
        interface.source,
        InterfaceSource::Network(_) | InterfaceSource::Bridge(_) | InterfaceSource::Ethernet(_)
    );
    if !filtered {
        interface.filterref = None;
    }
    if let Some(filter) = &mut interface.filterref {
        filter.parameters.retain(is_parameter);
        filter
            .parameters
            .sort_by(|one, other| one.name.cmp(&other.name));
    }
}

/// Only a virtio card has options of its own; what any virtio device has is refused by the checks.
fn complete_driver(interface: &mut Interface, virtio: bool) {
    let Some(driver) = interface.driver.as_deref_mut() else {
        return;
    };
    // The host's driver is that of a card of the host's.
    driver.model = None;
    if !virtio {
        *driver = InterfaceDriver {
            virtio: std::mem::take(&mut driver.virtio),
            ..InterfaceDriver::default()
        };
    }
    interface
        .driver
        .take_if(|driver| **driver == InterfaceDriver::default());
}

/// Whether a parameter of a filter is a name with a value; others count for nothing.
fn is_parameter(parameter: &FilterParameter) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let named = parameter.name.as_deref();
    let value = parameter.value.as_deref().unwrap_or_default();
    let valued = value
        .bytes()
        .all(|byte| word(byte) || b".:".contains(&byte));
    named.is_some_and(|name| name.bytes().all(word)) && valued && !value.is_empty()
}

/// The models that are known by name, in whatever case a document writes them.
const MODELS: &[&str] = &[
    "netfront",
    "rtl8139",
    "virtio",
    "e1000",
    "e1000e",
    "igb",
    "virtio-transitional",
    "virtio-non-transitional",
    "usb-net",
    "spapr-vlan",
    "lan9118",
    "scm91c111",
    "vlance",
    "vmxnet",
    "vmxnet2",
    "vmxnet3",
    "Am79C970A",
    "Am79C973",
    "82540EM",
    "82545EM",
    "82543GC",
];

fn known_model(name: &str) -> Option<&'static str> {
    let mut models = MODELS.iter().copied();
    models.find(|model| model.eq_ignore_ascii_case(name))
}

/// The card that guests are most likely to know, of those that QEMU has.
fn default_model(interface: &Interface, context: &Context<'_>) -> &'static str {
    if matches!(
        interface.source,
        InterfaceSource::Vdpa(_) | InterfaceSource::Vhostuser(_)
    ) {
        return "virtio";
    }
    if !context.capabilities.arch.is_x86() {
        return "virtio";
    }
    ["rtl8139", "e1000"]
        .into_iter()
        .find(|model| context.capabilities.has_device(model))
        .unwrap_or("virtio")
}

fn check_source(interface: &Interface) -> Result<(), InterfaceError> {
    let missing = |kind| Err(InterfaceError::NoSource { kind });
    let attribute = |attribute| Err(InterfaceError::SourceAttribute { attribute });
    match &interface.source {
        InterfaceSource::Network(network) if network.network.is_none() => missing("network"),
        InterfaceSource::Bridge(bridge) if bridge.bridge.is_none() => missing("bridge"),
        InterfaceSource::Direct(direct) if direct.dev.is_none() => missing("direct"),
        InterfaceSource::Internal(internal) if internal.name.is_none() => attribute("name"),
        InterfaceSource::Vdpa(vdpa) if vdpa.dev.is_none() => missing("vdpa"),
        InterfaceSource::Server(end) if *end == TunnelSource::default() => missing("server"),
        InterfaceSource::Client(end) if *end == TunnelSource::default() => missing("client"),
        InterfaceSource::Mcast(end) if *end == TunnelSource::default() => missing("mcast"),
        InterfaceSource::Udp(end) if *end == TunnelSource::default() => missing("udp"),
        InterfaceSource::Server(end) if end.port.is_none() => attribute("port"),
        InterfaceSource::Client(end) | InterfaceSource::Mcast(end) | InterfaceSource::Udp(end)
            if end.address.is_none() =>
        {
            attribute("address")
        }
        InterfaceSource::Client(end) | InterfaceSource::Mcast(end) | InterfaceSource::Udp(end)
            if end.port.is_none() =>
        {
            attribute("port")
        }
        InterfaceSource::Udp(end) => match &end.local {
            Some(local) if local.address.is_none() => attribute("address"),
            Some(local) if local.port.is_none() => attribute("port"),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

fn drop_generated_target(interface: &mut Interface) {
    let unmanaged = interface
        .target
        .as_ref()
        .is_some_and(|target| target.managed == Some(false));
    if let Some(target) = &mut interface.target
        && !unmanaged
    {
        target.dev.take_if(|dev| {
            GENERATED_TARGETS
                .iter()
                .any(|prefix| dev.starts_with(prefix))
        });
    }
    interface
        .target
        .take_if(|target| target.dev.is_none() && target.managed.is_none());
}
