//! Which daemon owns a procedure: the object that it is about is in its name.

use process::DaemonName;
use protocol::procedure::ProcedureInfo;
use protocol::program::Program;

/// What is in the names of the procedures about an object, in the order in which they are looked
/// for: an "INTERFACE" is also part of other names.
const FAMILIES: &[(&str, DaemonName)] = &[
    ("NWFILTER", DaemonName::Virtnwfilterd),
    ("STORAGE_POOL", DaemonName::Virtstoraged),
    ("STORAGE_VOL", DaemonName::Virtstoraged),
    ("SECRET", DaemonName::Virtsecretd),
    ("NODE_DEVICE", DaemonName::Virtnodedevd),
    ("NETWORK", DaemonName::Virtnetworkd),
    ("INTERFACE", DaemonName::Virtinterfaced),
];

/// Names that do not follow the rule.
const EXCEPTIONS: &[(&str, DaemonName)] = &[
    ("NODE_NUM_OF_DEVICES", DaemonName::Virtnodedevd),
    ("NODE_LIST_DEVICES", DaemonName::Virtnodedevd),
];

/// Giving a host device to a guest is the hypervisor's work.
const OWN: &[&str] = &[
    "NODE_DEVICE_DETTACH",
    "NODE_DEVICE_DETACH_FLAGS",
    "NODE_DEVICE_RE_ATTACH",
    "NODE_DEVICE_RESET",
];

/// The daemon that owns a procedure; none for what every hypervisor's daemon answers itself.
pub(crate) fn owner(info: &ProcedureInfo) -> Option<DaemonName> {
    if info.program != Program::Remote
        || info.name.starts_with("DOMAIN_")
        || OWN.contains(&info.name)
    {
        return None;
    }
    let exception = EXCEPTIONS.iter().find(|(name, _)| *name == info.name);
    let family = FAMILIES.iter().find(|(part, _)| info.name.contains(part));
    exception.or(family).map(|(_, daemon)| *daemon)
}

#[cfg(test)]
mod tests {
    use super::{DaemonName, Program, owner};
    use protocol::procedure::find;
    use std::collections::BTreeMap;

    fn procedures() -> impl Iterator<Item = &'static protocol::procedure::ProcedureInfo> {
        (1..1000).filter_map(|number| find(Program::Remote, number))
    }

    #[test]
    fn every_procedure_belongs_where_its_object_is() {
        let check = |name: &str, expected: Option<DaemonName>| {
            let info = procedures().find(|info| info.name == name).unwrap();
            assert_eq!(owner(info), expected, "{name}");
        };
        check("CONNECT_OPEN", None);
        check("DOMAIN_CREATE", None);
        check("DOMAIN_INTERFACE_STATS", None);
        check("NODE_GET_INFO", None);
        check("NODE_DEVICE_DETTACH", None);
        check("CONNECT_NUM_OF_NETWORKS", Some(DaemonName::Virtnetworkd));
        check("CONNECT_LIST_ALL_NETWORKS", Some(DaemonName::Virtnetworkd));
        check(
            "CONNECT_NETWORK_EVENT_REGISTER_ANY",
            Some(DaemonName::Virtnetworkd),
        );
        check("NETWORK_PORT_CREATE_XML", Some(DaemonName::Virtnetworkd));
        check("NODE_DEVICE_LOOKUP_BY_NAME", Some(DaemonName::Virtnodedevd));
        check("NODE_NUM_OF_DEVICES", Some(DaemonName::Virtnodedevd));
        check(
            "CONNECT_NUM_OF_INTERFACES",
            Some(DaemonName::Virtinterfaced),
        );
        check("INTERFACE_CHANGE_BEGIN", Some(DaemonName::Virtinterfaced));
        check("SECRET_GET_VALUE", Some(DaemonName::Virtsecretd));
        check("NWFILTER_BINDING_DELETE", Some(DaemonName::Virtnwfilterd));
        check(
            "CONNECT_FIND_STORAGE_POOL_SOURCES",
            Some(DaemonName::Virtstoraged),
        );
        check("STORAGE_VOL_UPLOAD", Some(DaemonName::Virtstoraged));
    }

    #[test]
    fn all_families_have_their_share() {
        let mut shares: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for info in procedures() {
            *shares
                .entry(owner(info).map(DaemonName::as_str))
                .or_default() += 1;
        }
        assert_eq!(shares.len(), 7, "{shares:?}");
        assert!(shares.values().all(|count| *count >= 10), "{shares:?}");
    }
}
