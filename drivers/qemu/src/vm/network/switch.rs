//! Ports of switches that have their own tools: Open vSwitch and MidoNet.

use documents::domain::{Interface, NativeMode, VirtualPortKind, Vlan};
use process::Program;

use super::{NetworkError, Undo, run};

fn kind(interface: &Interface) -> Option<VirtualPortKind> {
    interface.virtualport.as_ref()?.kind
}

/// Whether the bridge is one of Open vSwitch.
pub(super) fn is_open_vswitch(interface: &Interface) -> bool {
    kind(interface) == Some(VirtualPortKind::Openvswitch)
}

/// Whether the switch is asked by its own tool rather than the kernel.
pub(super) fn is_switched(interface: &Interface) -> bool {
    matches!(
        kind(interface),
        Some(VirtualPortKind::Openvswitch | VirtualPortKind::Midonet)
    )
}

/// Whether the port has to be agreed with the switch on the wire.
pub(super) fn is_profiled(interface: &Interface) -> bool {
    matches!(
        kind(interface),
        Some(VirtualPortKind::Qbg | VirtualPortKind::Qbh)
    )
}

/// Makes the device a port of the switch.
pub(super) fn join(
    interface: &Interface,
    device: &str,
    bridge: &str,
    undo: &mut Vec<Undo>,
) -> Result<(), NetworkError> {
    let port = interface.virtualport.clone().unwrap_or_default();
    let parameters = port.parameters.unwrap_or_default();
    let identity = parameters
        .interfaceid
        .map(|id| id.to_string())
        .unwrap_or_default();
    if !is_open_vswitch(interface) {
        run(Program::MmCtl, &["--bind-port", &identity, device])?;
        undo.push(Undo::MidonetPort(identity));
        return Ok(());
    }
    let words = open_vswitch_words(
        interface,
        device,
        bridge,
        &identity,
        parameters.profileid.as_deref(),
    );
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    run(Program::OvsVsctl, &words)?;
    undo.push(Undo::OpenVswitchPort(device.to_owned()));
    Ok(())
}

/// One transaction: a port that is left from before goes, the new one comes with all that is known of it.
fn open_vswitch_words(
    interface: &Interface,
    device: &str,
    bridge: &str,
    identity: &str,
    profile: Option<&str>,
) -> Vec<String> {
    let mac = interface.mac.as_ref().map(|mac| mac.address.to_string());
    let mut words: Vec<String> = ["--timeout=5", "--", "--if-exists", "del-port", device]
        .into_iter()
        .chain(["--", "add-port", bridge, device])
        .map(str::to_owned)
        .collect();
    if let Some(vlan) = &interface.vlan {
        words.extend(vlan_words(vlan));
    }
    let mut set = |value: String| {
        words.extend(["--", "set", "Interface", device].map(str::to_owned));
        words.push(value);
    };
    set(format!(
        "external-ids:attached-mac=\"{}\"",
        mac.unwrap_or_default()
    ));
    set(format!("external-ids:iface-id=\"{identity}\""));
    if let Some(profile) = profile {
        set(format!("external-ids:port-profile=\"{profile}\""));
    }
    set("external-ids:iface-status=active".to_owned());
    words
}

fn vlan_words(vlan: &Vlan) -> Vec<String> {
    let native = vlan.tags.iter().find(|tag| tag.native_mode.is_some());
    let mut words = Vec::new();
    if let Some(tag) = native {
        words.push(match tag.native_mode {
            Some(NativeMode::Untagged) => "vlan_mode=native-untagged".to_owned(),
            _ => "vlan_mode=native-tagged".to_owned(),
        });
        words.push(format!("tag={}", tag.id));
    }
    let ids: Vec<String> = vlan.tags.iter().map(|tag| tag.id.to_string()).collect();
    if vlan.trunk == Some(true) || ids.len() > 1 {
        words.push(format!("trunk={}", ids.join(",")));
    } else if native.is_none() {
        words.extend(ids.first().map(|id| format!("tag={id}")));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::VlanTag;

    fn tag(id: u32, native_mode: Option<NativeMode>) -> VlanTag {
        VlanTag { id, native_mode }
    }

    #[test]
    fn a_port_has_one_tag_or_is_a_trunk() {
        let one = Vlan {
            trunk: None,
            tags: vec![tag(42, None)],
        };
        assert_eq!(vlan_words(&one), ["tag=42"]);
        let trunk = Vlan {
            trunk: Some(true),
            tags: vec![tag(42, None), tag(7, Some(NativeMode::Untagged))],
        };
        assert_eq!(
            vlan_words(&trunk),
            ["vlan_mode=native-untagged", "tag=7", "trunk=42,7"]
        );
    }
}
