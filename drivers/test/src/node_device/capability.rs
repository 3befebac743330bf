//! What devices are, in the words and flags of the public API.

use documents::node_device::{DeviceCapability, NodeDevice, ScsiHostSubCapability};
use protocol::flags::ConnectListAllNodeDeviceFlags as Flags;

/// The word and the flag of a capability.
pub(super) fn named(capability: &DeviceCapability) -> (&'static str, Flags) {
    match capability {
        DeviceCapability::System(_) => ("system", Flags::CAP_SYSTEM),
        DeviceCapability::Pci(_) => ("pci", Flags::CAP_PCI_DEV),
        DeviceCapability::UsbDevice(_) => ("usb_device", Flags::CAP_USB_DEV),
        DeviceCapability::Usb(_) => ("usb", Flags::CAP_USB_INTERFACE),
        DeviceCapability::Net(_) => ("net", Flags::CAP_NET),
        DeviceCapability::ScsiHost(_) => ("scsi_host", Flags::CAP_SCSI_HOST),
        DeviceCapability::ScsiTarget(_) => ("scsi_target", Flags::CAP_SCSI_TARGET),
        DeviceCapability::Scsi(_) => ("scsi", Flags::CAP_SCSI),
        DeviceCapability::Storage(_) => ("storage", Flags::CAP_STORAGE),
        DeviceCapability::ScsiGeneric(_) => ("scsi_generic", Flags::CAP_SCSI_GENERIC),
        DeviceCapability::Drm(_) => ("drm", Flags::CAP_DRM),
        DeviceCapability::Mdev(_) => ("mdev", Flags::CAP_MDEV),
        DeviceCapability::Ccw(_) => ("ccw", Flags::CAP_CCW_DEV),
        DeviceCapability::CcwGroup(_) => ("ccwgroup", Flags::CAP_CCWGROUP_DEV),
        DeviceCapability::Css(_) => ("css", Flags::CAP_CSS_DEV),
        DeviceCapability::Vdpa(_) => ("vdpa", Flags::CAP_VDPA),
        DeviceCapability::ApCard(_) => ("ap_card", Flags::CAP_AP_CARD),
        DeviceCapability::ApQueue(_) => ("ap_queue", Flags::CAP_AP_QUEUE),
        DeviceCapability::ApMatrix(_) => ("ap_matrix", Flags::CAP_AP_MATRIX),
    }
}

/// Every word and flag that a device answers to.
pub(super) fn all(device: &NodeDevice) -> impl Iterator<Item = (&'static str, Flags)> {
    device.capabilities.iter().flat_map(|capability| {
        let more: Vec<&str> = match capability {
            DeviceCapability::ScsiHost(host) => host
                .capabilities
                .iter()
                .map(|it| it.kind.as_str())
                .collect(),
            DeviceCapability::Pci(pci) => {
                pci.capabilities.iter().map(|it| it.kind.as_str()).collect()
            }
            DeviceCapability::Ccw(device) => {
                device.member.iter().map(|it| it.kind.as_str()).collect()
            }
            DeviceCapability::Css(device) => {
                device.types.iter().map(|it| it.kind.as_str()).collect()
            }
            DeviceCapability::ApMatrix(matrix) => {
                matrix.types.iter().map(|it| it.kind.as_str()).collect()
            }
            _ => Vec::new(),
        };
        let more = more.into_iter().filter_map(|kind| match kind {
            "fc_host" => Some(("fc_host", Flags::CAP_FC_HOST)),
            "vport_ops" => Some(("vports", Flags::CAP_VPORTS)),
            "mdev_types" => Some(("mdev_types", Flags::CAP_MDEV_TYPES)),
            "vpd" => Some(("vpd", Flags::CAP_VPD)),
            "ccwgroup_member" => Some(("ccwgroup_member", Flags::CAP_CCWGROUP_MEMBER)),
            _ => None,
        });
        std::iter::once(named(capability)).chain(more.collect::<Vec<_>>())
    })
}

/// What a device is in the fibre channel's fabric, if it is in one.
pub(super) fn fibre_channel(device: &NodeDevice) -> Option<&ScsiHostSubCapability> {
    device
        .capabilities
        .iter()
        .find_map(|capability| match capability {
            DeviceCapability::ScsiHost(host) => {
                host.capabilities.iter().find(|it| it.kind == "fc_host")
            }
            _ => None,
        })
}
