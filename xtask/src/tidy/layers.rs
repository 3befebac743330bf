//! Each crate imports only from floors below its own: ARCHITECTURE.md's table of rooms as a rule.

use super::Finding;
use super::tree::{Dependency, Package, Tree};
use crate::error::Error;

/// A room: where it is, on which floor, and what else it must not import.
#[derive(Debug)]
pub(super) struct Room {
    pub(super) place: &'static str,
    package: &'static str,
    floor: u8,
    /// Crates below it, or from outside, that it must not know all the same.
    never: &'static [&'static str],
}

const fn room(
    place: &'static str,
    package: &'static str,
    floor: u8,
    never: &'static [&'static str],
) -> Room {
    Room {
        place,
        package,
        floor,
        never,
    }
}

/// What does input and output; the floors of pure codecs and documents do none.
const IO: &[&str] = &["libc", "nix", "rustix", "tokio"];
/// The drivers, which the runtime of the daemons must not know.
const DRIVERS: &[&str] = &["ferrovirt-qemu-driver", "ferrovirt-test-driver"];
/// What speaks the wire's own encoding, which the command line must not.
const WIRE: &[&str] = &["ferrovirt-xdr", "ferrovirt-rpc"];

/// All rooms. Those that never ship are on the highest floor, which nothing imports.
pub(super) const ROOMS: &[Room] = &[
    room("crates/xdr-derive", "ferrovirt-xdr-derive", 0, IO),
    room("crates/xdr", "ferrovirt-xdr", 0, IO),
    room("crates/xml-derive", "ferrovirt-xml-derive", 0, IO),
    room("crates/xml", "ferrovirt-xml", 0, IO),
    room("crates/protocol", "ferrovirt-protocol", 1, IO),
    room("crates/documents", "ferrovirt-documents", 1, IO),
    room("crates/qmp", "ferrovirt-qmp", 2, &[]),
    room("crates/process", "ferrovirt-process", 2, &[]),
    room("crates/cpu", "ferrovirt-cpu", 2, IO),
    room("crates/host", "ferrovirt-host", 2, &["tokio"]),
    room("crates/conf", "ferrovirt-conf", 2, IO),
    room("crates/layout", "ferrovirt-layout", 2, &["tokio"]),
    room("crates/rpc", "ferrovirt-rpc", 2, &["ferrovirt-documents"]),
    room("crates/driver", "ferrovirt-driver", 3, &["ferrovirt-qmp"]),
    room("crates/client", "ferrovirt-client", 3, &["ferrovirt-qmp"]),
    room("drivers/qemu", "ferrovirt-qemu-driver", 4, &[]),
    room("drivers/test", "ferrovirt-test-driver", 4, &[]),
    room("crates/ferrovirt", "ferrovirt", 5, &[]),
    room("crates/daemon", "ferrovirt-daemon", 5, DRIVERS),
    room("daemons", "ferrovirt-daemons", 6, &[]),
    room("cli", "ferrovirt-cli", 6, WIRE),
    room("demo", "ferrovirt-demo", 7, WIRE),
    room("compare", "ferrovirt-compare", 7, &[]),
    room("tests", "ferrovirt-tests", 7, &[]),
    room("xtask", "ferrovirt-xtask", 7, &["ferrovirt"]),
];

/// A codec's derive macro is on the codec's floor and is imported by it alone.
const PAIRS: [(&str, &str); 2] = [
    ("ferrovirt-xdr", "ferrovirt-xdr-derive"),
    ("ferrovirt-xml", "ferrovirt-xml-derive"),
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>, Error> {
    Ok(tree.ours().flat_map(in_package).collect())
}

fn in_package(package: &Package) -> Vec<Finding> {
    let finding = |text: String| Finding::new(&package.manifest_path, 0, text);
    let Some(room) = find(&package.name) else {
        let text = "has no floor: add it to the table in xtask and to ARCHITECTURE.md";
        return vec![finding(format!("{} {text}", package.name))];
    };
    // A test may stand on any floor.
    let shipped = package
        .dependencies
        .iter()
        .filter(|needed| needed.kind.as_deref() != Some("dev"));
    shipped
        .filter_map(|needed| reason_against(room, needed))
        .map(finding)
        .collect()
}

fn reason_against(room: &Room, needed: &Dependency) -> Option<String> {
    let (ours, theirs) = (room.package, needed.name.as_str());
    if room.never.contains(&theirs) {
        return Some(format!(
            "{ours} must not know {theirs}: move the work to the room that may"
        ));
    }
    let other = find(theirs)?;
    let below = other.floor < room.floor || PAIRS.contains(&(ours, other.package));
    (!below).then(|| {
        let (own, its) = (room.floor, other.floor);
        format!("{ours} (floor {own}) imports {theirs} (floor {its}), which is not below it")
    })
}

fn find(package: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.package == package)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_imports(name: &str, needs: &[(&str, Option<&str>)]) -> Vec<String> {
        let dependency = |(name, kind): &(&str, Option<&str>)| Dependency {
            name: (*name).to_owned(),
            kind: kind.map(str::to_owned),
        };
        let dependencies = needs.iter().map(dependency).collect();
        let package = Package {
            name: name.to_owned(),
            dependencies,
            ..Package::default()
        };
        let tree = Tree {
            packages: vec![package],
            ..Tree::default()
        };
        check(&tree)
            .unwrap()
            .into_iter()
            .map(|finding| finding.text)
            .collect()
    }

    #[test]
    fn below_is_allowed() {
        let needs = [
            ("ferrovirt-xdr", None),
            ("bytes", None),
            ("ferrovirt-rpc", Some("dev")),
        ];
        assert!(check_imports("ferrovirt-protocol", &needs).is_empty());
        assert!(check_imports("ferrovirt-xdr", &[("ferrovirt-xdr-derive", None)]).is_empty());
    }

    #[test]
    fn above_and_beside_are_not() {
        assert_eq!(
            check_imports("ferrovirt-xdr", &[("ferrovirt-protocol", None)]).len(),
            1
        );
        assert_eq!(
            check_imports("ferrovirt-driver", &[("ferrovirt-client", None)]).len(),
            1
        );
        let beside = [("ferrovirt-test-driver", Some("build"))];
        assert_eq!(check_imports("ferrovirt-qemu-driver", &beside).len(), 1);
    }

    #[test]
    fn what_a_room_must_never_know_is_found() {
        assert_eq!(
            check_imports("ferrovirt-documents", &[("tokio", None)]).len(),
            1
        );
        assert_eq!(
            check_imports("ferrovirt-daemon", &[("ferrovirt-qemu-driver", None)]).len(),
            1
        );
        assert_eq!(
            check_imports("ferrovirt-cli", &[("ferrovirt-xdr", None)]).len(),
            1
        );
    }

    #[test]
    fn a_crate_without_a_floor_is_found() {
        let found = check_imports("ferrovirt-attic", &[]);
        assert!(found[0].contains("has no floor"), "{found:?}");
    }
}
