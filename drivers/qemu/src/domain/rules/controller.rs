//! `<controller>`: the words for models, and USB that is there or not.

use documents::domain::{Controller, ControllerKind, Domain};

use crate::domain::completion::controller_number::companion_port;
use crate::domain::error::ControllerError;

/// The words for the model of each kind of controller.
const MODELS: &[(ControllerKind, &[&str])] = &[
    (
        ControllerKind::Pci,
        &[
            "pci-root",
            "pcie-root",
            "pci-bridge",
            "dmi-to-pci-bridge",
            "pcie-to-pci-bridge",
            "pcie-root-port",
            "pcie-switch-upstream-port",
            "pcie-switch-downstream-port",
            "pci-expander-bus",
            "pcie-expander-bus",
        ],
    ),
    (
        ControllerKind::Scsi,
        &[
            "auto",
            "buslogic",
            "lsilogic",
            "lsisas1068",
            "vmpvscsi",
            "ibmvscsi",
            "virtio-scsi",
            "lsisas1078",
            "virtio-transitional",
            "virtio-non-transitional",
            "ncr53c90",
            "dc390",
            "am53c974",
        ],
    ),
    (
        ControllerKind::Usb,
        &[
            "piix3-uhci",
            "piix4-uhci",
            "ehci",
            "ich9-ehci1",
            "ich9-uhci1",
            "ich9-uhci2",
            "ich9-uhci3",
            "vt82c686b-uhci",
            "pci-ohci",
            "nec-xhci",
            "qusb1",
            "qusb2",
            "qemu-xhci",
            "none",
        ],
    ),
    (ControllerKind::Ide, &["piix3", "piix4", "ich6"]),
    (
        ControllerKind::VirtioSerial,
        &["virtio", "virtio-transitional", "virtio-non-transitional"],
    ),
];

/// The bridge that the other roots of a pSeries guest are.
pub(crate) const PSERIES_BRIDGE: &str = "spapr-pci-host-bridge";

/// The models of PCI controllers, each with the names of devices that make such a bus.
const PCI_NAMES: &[(&str, &[&str])] = &[
    ("pci-root", &[PSERIES_BRIDGE]),
    ("pci-bridge", &["pci-bridge"]),
    ("dmi-to-pci-bridge", &["i82801b11-bridge"]),
    ("pcie-to-pci-bridge", &["pcie-pci-bridge"]),
    ("pcie-root-port", &["ioh3420", "pcie-root-port"]),
    ("pcie-switch-upstream-port", &["x3130-upstream"]),
    ("pcie-switch-downstream-port", &["xio3130-downstream"]),
    ("pci-expander-bus", &["pxb"]),
    ("pcie-expander-bus", &["pxb-pcie"]),
];

/// The names of the devices that make a bus of this model.
pub(crate) fn pci_names(model: &str) -> &'static [&'static str] {
    let found = PCI_NAMES.iter().find(|(known, _)| *known == model);
    found.map_or(&[], |(_, names)| names)
}

pub(super) fn check(domain: &Domain) -> Result<(), ControllerError> {
    let controllers = &domain.devices.controllers;
    controllers.iter().try_for_each(check_model)?;
    controllers.iter().try_for_each(check_name)?;
    controllers.iter().try_for_each(check_index)?;
    check_usb(controllers)
}

fn check_model(controller: &Controller) -> Result<(), ControllerError> {
    let models = MODELS.iter().find(|(kind, _)| *kind == controller.kind);
    match controller.model.as_deref().zip(models) {
        Some((model, (_, known))) if !known.contains(&model) => {
            Err(ControllerError::UnknownModel {
                model: model.to_owned(),
            })
        }
        _ => Ok(()),
    }
}

/// Numbers of controllers are kept with a sign.
fn check_index(controller: &Controller) -> Result<(), ControllerError> {
    match controller.index {
        Some(index) if i32::try_from(index).is_err() => Err(ControllerError::Index { index }),
        _ => Ok(()),
    }
}

/// Only PCI controllers have a model with a name.
fn check_name(controller: &Controller) -> Result<(), ControllerError> {
    let mut known = PCI_NAMES.iter().flat_map(|(_, names)| *names);
    match controller.model_name.as_deref() {
        Some(name) if controller.kind == ControllerKind::Pci && !known.any(|it| *it == name) => {
            Err(ControllerError::UnknownName {
                name: name.to_owned(),
            })
        }
        _ => Ok(()),
    }
}

/// Whoever turns USB off has no controller of it; where there are companions there is one that leads.
fn check_usb(controllers: &[Controller]) -> Result<(), ControllerError> {
    let usb: Vec<_> = controllers
        .iter()
        .filter(|it| it.kind == ControllerKind::Usb)
        .collect();
    let off = |it: &&Controller| it.model.as_deref() == Some("none");
    if usb.len() > 1 && usb.iter().any(off) {
        return Err(ControllerError::UsbExcluded);
    }
    let leads = usb
        .iter()
        .any(|it| it.info.master.is_none() && companion_port(it).is_none());
    match usb.is_empty() || leads {
        true => Ok(()),
        false => Err(ControllerError::NoMaster),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    fn controllers(content: &str, expected: Option<(Code, Origin)>) {
        check(&format!("<devices>{content}</devices>"), expected);
    }

    const DETAIL: Option<(Code, Origin)> = Some((Code::XmlDetail, Origin::Domain));

    #[test]
    fn a_model_is_one_of_its_kind() {
        controllers("<controller type='scsi' model='virtio-scsi'/>", None);
        let unknown = Some((Code::ConfigUnsupported, Origin::Domain));
        controllers("<controller type='usb' model='virtio-scsi'/>", unknown);
        controllers("<controller model='virtio-scsi'/>", unknown);
    }

    #[test]
    fn the_name_of_a_model_is_that_of_a_device() {
        let named = |kind: &str, name: &str| {
            format!("<controller type='{kind}'><model name='{name}'/></controller>")
        };
        controllers(&named("pci", "pxb"), None);
        controllers(&named("scsi", "foo"), None);
        let unknown = Some((Code::XmlError, Origin::Xml));
        controllers(&named("pci", "foo"), unknown);
    }

    #[test]
    fn a_number_has_31_bits() {
        controllers("<controller type='scsi' index='65536'/>", None);
        let refused = Some((Code::XmlError, Origin::Xml));
        controllers("<controller type='scsi' index='2147483648'/>", refused);
    }

    #[test]
    fn usb_is_there_or_not() {
        let none = "<controller type='usb' model='none'/>";
        let some = "<controller type='usb' index='1' model='nec-xhci'/>";
        controllers(none, None);
        controllers(&format!("{none}{some}"), DETAIL);
        controllers(&format!("{some}{none}"), DETAIL);
    }

    #[test]
    fn companions_are_led() {
        let leader = "<controller type='usb' model='ich9-ehci1'/>";
        let companion =
            "<controller type='usb' model='ich9-uhci1'><master startport='0'/></controller>";
        controllers(&format!("{leader}{companion}"), None);
        controllers(companion, DETAIL);
    }
}
