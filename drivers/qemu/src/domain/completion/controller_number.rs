//! Controllers: their numbers and their order.

use documents::domain::{Controller, ControllerKind, Master};

/// Numbers the controllers that have none: each gets the lowest free number of its kind, and those that make up one
/// USB 2 controller share theirs.
pub(super) fn complete(controllers: &mut Vec<Controller>) {
    reorder(controllers, complete_master);
    let mut companions = false;
    for at in 0..controllers.len() {
        let Some(controller) = controllers.get(at).filter(|it| it.index.is_none()) else {
            continue;
        };
        companions |= is_usb2(controller);
        let shared = shared_number(controllers, at, controller);
        let number = shared.or_else(|| lowest_free(controllers, controller.kind));
        if let Some(controller) = controllers.get_mut(at) {
            controller.index = number;
        }
    }
    if companions {
        // Their number decides where they stand.
        reorder(controllers, |_| ());
    }
}

/// Puts a controller among those of its kind by its number, a USB controller before its companions; one without a
/// number, or the first of its kind, comes last.
pub(crate) fn insert(controllers: &mut Vec<Controller>, controller: Controller) {
    let is_same = |other: &Controller| other.kind == controller.kind;
    let follows = |other: &Controller| is_same(other) && stands_before(&controller, other);
    let followed = controllers.iter().position(follows);
    let last = || controllers.iter().rposition(is_same).map(|at| at + 1);
    let at = followed.or_else(last).unwrap_or(controllers.len());
    controllers.insert(at, controller);
}

/// Whether a controller stands before another one of its kind.
fn stands_before(controller: &Controller, other: &Controller) -> bool {
    if controller.index.is_none() {
        return false;
    }
    let leads = || controller.info.master.is_none() && other.info.master.is_some();
    other.index > controller.index || (other.index == controller.index && leads())
}

/// Whether a controller drives the ports of another one at low speed.
pub(crate) fn companion_port(controller: &Controller) -> Option<u32> {
    if controller.kind != ControllerKind::Usb {
        return None;
    }
    match controller.model.as_deref() {
        Some("ich9-uhci1") => Some(0),
        Some("ich9-uhci2") => Some(2),
        Some("ich9-uhci3") => Some(4),
        _ => None,
    }
}

fn reorder(controllers: &mut Vec<Controller>, each: impl Fn(&mut Controller)) {
    for mut controller in std::mem::take(controllers) {
        each(&mut controller);
        insert(controllers, controller);
    }
}

/// Each companion has its own two ports.
fn complete_master(controller: &mut Controller) {
    if let Some(startport) = companion_port(controller) {
        let master = &mut controller.info.master;
        master.get_or_insert(Master { startport });
    }
}

/// The number of the USB 2 controller just before, if that has no part of this model yet.
fn shared_number(controllers: &[Controller], at: usize, controller: &Controller) -> Option<u32> {
    if !is_usb2(controller) {
        return None;
    }
    let before = controllers.get(..at)?.iter().rev();
    let mut usb = before.filter(|it| it.kind == ControllerKind::Usb);
    let number = usb.next().filter(|it| is_usb2(it))?.index;
    let is_same = |it: &Controller| {
        it.kind == ControllerKind::Usb && it.index == number && it.model == controller.model
    };
    number.filter(|_| !controllers.iter().any(is_same))
}

fn is_usb2(controller: &Controller) -> bool {
    let model = controller.model.as_deref().unwrap_or_default();
    controller.kind == ControllerKind::Usb && model.starts_with("ich9-")
}

fn lowest_free(all: &[Controller], kind: ControllerKind) -> Option<u32> {
    let taken = |index| all.iter().any(|c| c.kind == kind && c.index == Some(index));
    (0..=u32::MAX).find(|index| !taken(*index))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &[(&str, Option<u32>)], expected: &[(&str, u32, Option<u32>)]) {
        let controller = |(model, index): &(&str, Option<u32>)| Controller {
            kind: ControllerKind::Usb,
            model: Some((*model).to_owned()),
            index: *index,
            ..Controller::default()
        };
        let mut controllers: Vec<_> = given.iter().map(controller).collect();
        complete(&mut controllers);
        let found: Vec<_> = controllers
            .iter()
            .map(|it| {
                let master = it.info.master.as_ref().map(|master| master.startport);
                (it.model.as_deref().unwrap(), it.index.unwrap(), master)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn companions_stand_behind_the_controller_that_leads_them() {
        check(
            &[("ich9-uhci2", Some(0)), ("ich9-ehci1", Some(0))],
            &[("ich9-ehci1", 0, None), ("ich9-uhci2", 0, Some(2))],
        );
    }

    #[test]
    fn parts_of_one_controller_share_a_number_until_a_model_comes_again() {
        check(
            &[
                ("ich9-ehci1", None),
                ("ich9-uhci1", None),
                ("ich9-uhci1", None),
                ("ich9-ehci1", None),
                ("nec-xhci", None),
            ],
            &[
                ("ich9-ehci1", 0, None),
                ("ich9-uhci1", 0, Some(0)),
                ("ich9-ehci1", 1, None),
                ("ich9-uhci1", 1, Some(0)),
                ("nec-xhci", 2, None),
            ],
        );
    }

    #[test]
    fn numbers_that_are_given_come_in_their_order() {
        check(
            &[
                ("nec-xhci", Some(2)),
                ("qemu-xhci", Some(0)),
                ("ehci", None),
            ],
            &[
                ("qemu-xhci", 0, None),
                ("nec-xhci", 2, None),
                ("ehci", 1, None),
            ],
        );
    }
}
