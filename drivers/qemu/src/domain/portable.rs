//! A document that an older libvirt can read: what its machine has by itself is not said.

use documents::domain::{Controller, ControllerKind, Domain};

/// The USB controller that a PC has by itself.
const USB: &str = "piix3-uhci";
/// The PCI bus that a PC has by itself.
const PCI: &str = "pci-root";
/// The prefix of aliases that belong to the user.
const USER_ALIAS: &str = "ua-";

/// Moves the controllers that a machine has by itself behind the others: who leaves them out and fills them in again
/// finds them there.
pub(crate) fn implied_last(domain: &mut Domain) {
    let controllers = &mut domain.devices.controllers;
    for implied in [usb(controllers), pci(controllers)].into_iter().flatten() {
        if let Some(at) = controllers.iter().position(|it| *it == implied) {
            let controller = controllers.remove(at);
            controllers.push(controller);
        }
    }
}

fn usb(controllers: &[Controller]) -> Option<Controller> {
    let usb = only(controllers, ControllerKind::Usb)?;
    let usual = usb.model.as_deref().is_none_or(|model| model == USB);
    (usual && is_plain(usb)).then(|| usb.clone())
}

fn pci(controllers: &[Controller]) -> Option<Controller> {
    let pci = only(controllers, ControllerKind::Pci)?;
    let usual = pci.model.as_deref() == Some(PCI) && pci.pcihole64.is_none();
    (usual && is_plain(pci)).then(|| pci.clone())
}

/// The controller of a kind, where it is the only one.
fn only(controllers: &[Controller], kind: ControllerKind) -> Option<&Controller> {
    let mut of_kind = controllers.iter().filter(|it| it.kind == kind);
    let first = of_kind.next()?;
    of_kind.next().is_none().then_some(first)
}

fn is_plain(controller: &Controller) -> bool {
    let alias = controller.info.alias.as_deref();
    controller.index == Some(0) && !alias.is_some_and(|alias| alias.starts_with(USER_ALIAS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(controllers: &str) -> Vec<ControllerKind> {
        let text = format!(
            "<domain type='qemu'><name>a</name><os/><devices>{controllers}</devices></domain>"
        );
        let mut domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        implied_last(&mut domain);
        let kinds = domain.devices.controllers.iter();
        kinds.map(|it| it.kind).collect()
    }

    #[test]
    fn what_a_pc_has_by_itself_comes_last() {
        use ControllerKind::{Pci, Sata, Usb};
        let usb = "<controller type='usb' index='0' model='piix3-uhci'/>";
        let pci = "<controller type='pci' index='0' model='pci-root'/>";
        let sata = "<controller type='sata' index='0'/>";
        assert_eq!(order(&format!("{usb}{pci}{sata}")), [Sata, Usb, Pci]);
        let bridge = "<controller type='pci' index='1' model='pci-bridge'/>";
        assert_eq!(
            order(&format!("{usb}{pci}{bridge}{sata}")),
            [Pci, Pci, Sata, Usb]
        );
        let own = "<controller type='usb' index='0' model='qemu-xhci'/>";
        assert_eq!(order(&format!("{own}{pci}{sata}")), [Usb, Sata, Pci]);
    }
}
