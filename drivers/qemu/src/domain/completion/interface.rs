//! Network cards.

use documents::domain::{Interface, InterfaceMac, InterfaceSource};

use crate::domain::Context;
use crate::domain::error::InterfaceError;

/// Prefixes of device names that are given at start and not kept.
const GENERATED_TARGETS: &[&str] = &["vnet", "macvtap", "macvlan", "vif"];

/// Gives each card its address and model.
pub(super) fn complete(
    interfaces: &mut [Interface],
    context: &Context<'_>,
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
        check_source(&interface.source)?;
        if let InterfaceSource::Network(network) = &mut interface.source {
            // Found anew at each start.
            (network.bridge, network.dev, network.mode) = (None, None, None);
        }
        if interface.model.is_none() && !matches!(interface.source, InterfaceSource::Hostdev(_)) {
            interface.model = Some(default_model(interface, context).to_owned());
        }
        drop_generated_target(interface);
        if !interface
            .model
            .as_deref()
            .is_some_and(|model| model.starts_with("virtio"))
        {
            // Only a virtio card has options of its own.
            interface.driver = None;
        }
    }
    Ok(())
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

fn check_source(source: &InterfaceSource) -> Result<(), InterfaceError> {
    let missing = |kind| Err(InterfaceError::NoSource { kind });
    match source {
        InterfaceSource::Network(network) if network.network.is_none() => missing("network"),
        InterfaceSource::Bridge(bridge) if bridge.bridge.is_none() => missing("bridge"),
        InterfaceSource::Direct(direct) if direct.dev.is_none() => missing("direct"),
        InterfaceSource::Internal(internal) if internal.name.is_none() => missing("internal"),
        InterfaceSource::Vdpa(vdpa) if vdpa.dev.is_none() => missing("vdpa"),
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
