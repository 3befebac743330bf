//! Network cards.

use documents::domain::{
    CoalesceRx, DirectMode, DirectSource, Interface, InterfaceBackendKind, InterfaceIp,
    InterfaceMac, InterfaceSource, IpFamily, UserSource, VhostUserInterface, VhostUserMode,
    VirtualPort, VirtualPortKind, VirtualPortParameters,
};

use crate::domain::Context;
use crate::domain::error::InterfaceError;
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
            Some(_) => {}
            None => {
                let address = context.ids.mac();
                interface.mac = Some(InterfaceMac {
                    address,
                    ..InterfaceMac::default()
                });
            }
        }
        check_source(interface)?;
        interface.model.take_if(|model| model.is_empty());
        if let Some(known) = interface.model.as_deref().and_then(known_model) {
            interface.model = Some(known.to_owned());
        }
        complete_source(interface);
        complete_port(interface.virtualport.as_mut(), context);
        complete_addresses(interface);
        let passed = matches!(interface.source, InterfaceSource::Hostdev(_));
        if interface.model.is_none() && !passed && family != Family::Foreign {
            interface.model = Some(default_model(interface, context).to_owned());
        }
        drop_generated_target(interface);
        forget_nothings(interface);
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
        InterfaceSource::Vhostuser(VhostUserInterface { mode, .. }) => {
            mode.get_or_insert(VhostUserMode::Client);
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

/// The family that an address is of.
fn complete_addresses(interface: &mut Interface) {
    let host: &mut [InterfaceIp] = match &mut interface.source {
        InterfaceSource::Ethernet(ethernet) => &mut ethernet.ips,
        _ => &mut [],
    };
    for ip in interface.ips.iter_mut().chain(host) {
        let family = if ip.address.contains(':') {
            IpFamily::Ipv6
        } else {
            IpFamily::Ipv4
        };
        ip.family.get_or_insert(family);
    }
}

/// Takes out what means nothing for the kind of interface.
fn forget_nothings(interface: &mut Interface) {
    let virtio = interface
        .model
        .as_deref()
        .is_some_and(|model| model.starts_with("virtio"));
    if !virtio {
        if let Some(backend) = &mut interface.backend {
            backend.vhost = None;
        }
        // Only a virtio card has options of its own; what any virtio device has is refused by the checks.
        let options = interface.driver.take().map(|driver| driver.virtio.clone());
        interface.driver = options
            .filter(|options| *options != Default::default())
            .map(|virtio| {
                Box::new(documents::domain::InterfaceDriver {
                    virtio,
                    ..Default::default()
                })
            });
    }
    interface.managed = interface.managed.filter(|managed| *managed);
    if let Some(driver) = &mut interface.driver {
        // There is always one.
        driver.queues = driver.queues.filter(|queues| *queues > 1);
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
