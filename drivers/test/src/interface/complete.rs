//! What the document of an interface must say.

use documents::interface::{HostInterface, HostInterfaceKind};

use super::error::InterfaceError;

/// The document, if it says what an interface of its kind needs.
pub(super) fn checked(document: HostInterface) -> Result<HostInterface, InterfaceError> {
    if document.name.as_ref().is_none_or(String::is_empty) {
        return Err(InterfaceError::NoName);
    }
    let missing = match document.kind {
        HostInterfaceKind::Ethernet => None,
        HostInterfaceKind::Bridge => document.bridge.is_none().then_some("a <bridge>"),
        HostInterfaceKind::Bond => document.bond.is_none().then_some("a <bond>"),
        HostInterfaceKind::Vlan => match &document.vlan {
            None => Some("a <vlan>"),
            Some(vlan) => vlan
                .interface
                .is_none()
                .then_some("an <interface> with a name in its <vlan>"),
        },
    };
    match missing {
        Some(what) => Err(InterfaceError::Missing(what)),
        None => Ok(document),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(), InterfaceError>) {
        let document = xml::parse(text, &xml::Options::lenient()).unwrap();
        assert_eq!(checked(document).map(|_| ()), expected, "{text}");
    }

    #[test]
    fn each_kind_has_its_element() {
        let missing = |what| Err(InterfaceError::Missing(what));
        check("<interface type='ethernet'/>", Err(InterfaceError::NoName));
        check("<interface type='ethernet' name='a'/>", Ok(()));
        check("<interface type='bridge' name='a'/>", missing("a <bridge>"));
        check("<interface type='bond' name='a'/>", missing("a <bond>"));
        check("<interface type='vlan' name='a'/>", missing("a <vlan>"));
        check(
            "<interface type='vlan' name='a'><vlan tag='3'><interface name='b'/></vlan></interface>",
            Ok(()),
        );
    }
}
