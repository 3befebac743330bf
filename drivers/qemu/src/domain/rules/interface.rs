//! `<interface>`: what its document says wrongly by itself; addresses and routes have a file of their own.

use documents::domain::{
    Bandwidth, BandwidthLimit, Coalesce, Domain, Interface, InterfaceSource, NetDriverName, Vlan,
};

use super::interface_address;
use crate::domain::error::{InterfaceError, InterfaceRule};

/// The highest VLAN tag.
const HIGHEST_TAG: u32 = 4095;
/// The highest rate that the kernel takes, in KiB a second, and the largest burst, in KiB (tc(8)).
const HIGHEST_RATE: u64 = 1 << 54;
const LARGEST_BURST: u64 = 4_194_303;

pub(super) fn check(domain: &Domain) -> Result<(), InterfaceError> {
    for interface in &domain.devices.interfaces {
        if let Some(rule) = broken(interface) {
            return Err(InterfaceError::of(rule, interface));
        }
    }
    Ok(())
}

fn broken(interface: &Interface) -> Option<InterfaceRule> {
    broken_source(&interface.source)
        .or_else(|| interface_address::broken(interface))
        .or_else(|| interface.bandwidth.as_ref().and_then(broken_bandwidth))
        .or_else(|| broken_floor(interface))
        .or_else(|| interface.vlan.as_ref().and_then(broken_vlan))
        .or_else(|| interface.coalesce.as_ref().and_then(broken_coalesce))
        .or_else(|| broken_driver(interface))
}

fn broken_source(source: &InterfaceSource) -> Option<InterfaceRule> {
    match source {
        InterfaceSource::Hostdev(card) => {
            let address = card.source.as_ref().and_then(|it| it.address.as_ref());
            address.is_none().then_some(InterfaceRule::HostdevAddress)
        }
        InterfaceSource::Vhostuser(process) => {
            let reconnect = process.reconnect.as_ref()?;
            let timeless = reconnect.enabled == Some(true) && reconnect.timeout.is_none();
            timeless.then_some(InterfaceRule::ReconnectTimeout)
        }
        _ => None,
    }
}

fn broken_bandwidth(bandwidth: &Bandwidth) -> Option<InterfaceRule> {
    if bandwidth.class_id.is_some() {
        return Some(InterfaceRule::ClassId);
    }
    let mut limits = bandwidth.inbound.iter().chain(&bandwidth.outbound);
    limits.find_map(broken_limit)
}

fn broken_limit(limit: &BandwidthLimit) -> Option<InterfaceRule> {
    let above = |value: Option<u64>, most| value.is_some_and(|value| value > most);
    let rates = [limit.average, limit.peak, limit.floor];
    if limit.average.is_none() && limit.floor.is_none() {
        Some(InterfaceRule::Average)
    } else if limit.average.is_none() && (limit.peak.is_some() || limit.burst.is_some()) {
        Some(InterfaceRule::PeakAverage)
    } else if rates.into_iter().any(|rate| above(rate, HIGHEST_RATE))
        || above(limit.burst, LARGEST_BURST)
    {
        Some(InterfaceRule::Rate)
    } else {
        None
    }
}

/// Only a virtual network sees to it that there is always some bandwidth, and only for what comes in.
fn broken_floor(interface: &Interface) -> Option<InterfaceRule> {
    let bandwidth = interface.bandwidth.as_ref()?;
    let floor = |limit: &BandwidthLimit| limit.floor.is_some();
    let network = matches!(interface.source, InterfaceSource::Network(_));
    let misplaced = bandwidth.outbound.as_ref().is_some_and(floor)
        || (bandwidth.inbound.as_ref().is_some_and(floor) && !network);
    misplaced.then_some(InterfaceRule::Floor)
}

fn broken_vlan(vlan: &Vlan) -> Option<InterfaceRule> {
    let tags = &vlan.tags;
    let natives = tags.iter().filter(|tag| tag.native_mode.is_some()).count();
    let untrunked = vlan.trunk == Some(false);
    if tags.is_empty() {
        Some(InterfaceRule::VlanEmpty)
    } else if tags.iter().any(|tag| tag.id > HIGHEST_TAG) {
        Some(InterfaceRule::VlanTag)
    } else if natives > 1 {
        Some(InterfaceRule::VlanNative)
    } else if untrunked && (tags.len() > 1 || natives > 0) {
        Some(InterfaceRule::VlanTrunk)
    } else {
        None
    }
}

/// The drivers of passed-through devices carry no packets, and those that do have no devices of the host.
fn broken_driver(interface: &Interface) -> Option<InterfaceRule> {
    let virtio = |model: &str| model.starts_with("virtio");
    let carries = |name| matches!(name, NetDriverName::Qemu | NetDriverName::Vhost);
    let misplaced = match &interface.source {
        InterfaceSource::Hostdev(card) => carries(card.driver.as_ref()?.name?),
        _ => {
            !carries(interface.driver.as_ref()?.name?)
                && interface.model.as_deref().is_some_and(virtio)
        }
    };
    misplaced.then_some(InterfaceRule::DriverName)
}

fn broken_coalesce(coalesce: &Coalesce) -> Option<InterfaceRule> {
    let frames = coalesce.rx.as_ref()?.max_frames?;
    (frames > u64::from(u32::MAX)).then_some(InterfaceRule::CoalesceFrames)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    fn interface(kind: &str, content: &str, expected: Option<(Code, Origin)>) {
        let text = format!("<devices><interface type='{kind}'>{content}</interface></devices>");
        check(&text, expected);
    }

    #[test]
    fn a_card_of_the_host_is_named() {
        let refused = Some((Code::ConfigUnsupported, Origin::Domain));
        let named = "<source><address type='pci' bus='1' slot='1'/></source>";
        interface("hostdev", named, None);
        interface("hostdev", "<source/>", refused);
        interface("hostdev", "", refused);
    }

    #[test]
    fn whoever_connects_again_says_when() {
        let again = |reconnect: &str| format!("<source><reconnect {reconnect}/></source>");
        interface("vhostuser", &again("enabled='yes' timeout='5'"), None);
        interface("vhostuser", &again("enabled='no'"), None);
        let missing = Some((Code::XmlError, Origin::Xml));
        interface("vhostuser", &again("enabled='yes'"), missing);
    }

    #[test]
    fn a_bandwidth_has_an_average_or_a_floor() {
        let limit = |kind, attributes: &str, expected| {
            let content = format!("<bandwidth><inbound {attributes}/></bandwidth>");
            interface(kind, &content, expected);
        };
        limit("network", "average='1' peak='2' burst='3'", None);
        limit("network", "floor='1'", None);
        limit("network", "peak='1'", Some((Code::XmlDetail, Origin::None)));
        let refused = Some((Code::ConfigUnsupported, Origin::None));
        limit("network", "floor='1' peak='1'", refused);
        limit("bridge", "average='1' floor='1'", refused);
        limit("network", "average='1' burst='4194303'", None);
        let large = Some((Code::Overflow, Origin::None));
        limit("network", "average='1' burst='4194304'", large);
        limit("network", "average='18014398509481985'", large);
    }

    #[test]
    fn a_network_numbers_its_classes_itself() {
        let content = "<bandwidth classID='3'><inbound average='1'/></bandwidth>";
        let refused = Some((Code::XmlDetail, Origin::None));
        interface("network", content, refused);
    }

    #[test]
    fn nothing_of_what_leaves_is_guaranteed() {
        let content = "<bandwidth><outbound floor='1'/></bandwidth>";
        let refused = Some((Code::ConfigUnsupported, Origin::None));
        interface("network", content, refused);
    }

    #[test]
    fn several_tags_are_a_trunk() {
        let vlan = |attributes: &str, tags: &str, expected| {
            interface(
                "network",
                &format!("<vlan {attributes}>{tags}</vlan>"),
                expected,
            );
        };
        let refused = Some((Code::XmlError, Origin::None));
        vlan("", "<tag id='1'/><tag id='4095'/>", None);
        vlan("", "", refused);
        vlan("", "<tag id='4096'/>", refused);
        vlan("trunk='no'", "<tag id='1'/>", None);
        vlan("trunk='no'", "<tag id='1'/><tag id='2'/>", refused);
        vlan("trunk='no'", "<tag id='1' nativeMode='tagged'/>", refused);
        let natives = "<tag id='1' nativeMode='tagged'/><tag id='2' nativeMode='untagged'/>";
        vlan("", natives, refused);
    }

    #[test]
    fn packets_are_carried_by_qemu_or_the_kernel() {
        let driver =
            |model: &str, name: &str| format!("<model type='{model}'/><driver name='{name}'/>");
        interface("user", &driver("virtio", "vhost"), None);
        interface("user", &driver("e1000", "vfio"), None);
        let refused = Some((Code::XmlError, Origin::Xml));
        interface("user", &driver("virtio", "vfio"), refused);
        let card = "<source><address type='pci' bus='1' slot='1'/></source>";
        interface("hostdev", &format!("{card}<driver name='vfio'/>"), None);
        interface("hostdev", &format!("{card}<driver name='vhost'/>"), refused);
    }

    #[test]
    fn packets_that_wait_are_counted_in_32_bits() {
        let wait = |frames: &str| format!("<coalesce><rx><frames max='{frames}'/></rx></coalesce>");
        interface("bridge", &wait("4294967295"), None);
        let large = Some((Code::Overflow, Origin::Domain));
        interface("bridge", &wait("4294967296"), large);
    }
}
