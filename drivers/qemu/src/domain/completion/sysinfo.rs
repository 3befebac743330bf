//! `<sysinfo>`: the entries that SMBIOS knows, in its order.

use documents::domain::{Domain, SmbiosEntry, SmbiosInfo, SysInfo};

/// What is said of the BIOS.
const BIOS: &[&str] = &["vendor", "version", "date", "release"];
/// What is said of the machine.
const SYSTEM: &[&str] = &[
    "manufacturer",
    "product",
    "version",
    "serial",
    "uuid",
    "sku",
    "family",
];
/// What is said of a board.
const BOARD: &[&str] = &[
    "manufacturer",
    "product",
    "version",
    "serial",
    "asset",
    "location",
];
/// What is said of the case.
const CHASSIS: &[&str] = &["manufacturer", "version", "serial", "asset", "sku"];

/// The UUID that the tables give the domain, where they do.
pub(super) fn uuid(domain: &Domain) -> Option<documents::Uuid> {
    domain.sysinfo.iter().find_map(|info| match info {
        SysInfo::Smbios(info) => {
            let entry = info.system.iter().find(|entry| entry.name == "uuid")?;
            entry.value.trim().parse().ok()
        }
        SysInfo::FwCfg(_) => None,
    })
}

/// Drops what no table has a place for.
pub(super) fn complete(domain: &mut Domain) {
    for info in &mut domain.sysinfo {
        if let SysInfo::Smbios(info) = info {
            complete_tables(info);
        }
    }
}

fn complete_tables(info: &mut SmbiosInfo) {
    in_order(&mut info.bios, BIOS);
    in_order(&mut info.system, SYSTEM);
    in_order(&mut info.chassis, CHASSIS);
    for board in &mut info.base_boards {
        in_order(&mut board.entries, BOARD);
    }
    info.base_boards.retain(|board| !board.entries.is_empty());
    if let Some(entry) = info.system.iter_mut().find(|entry| entry.name == "uuid")
        && let Ok(uuid) = entry.value.trim().parse::<documents::Uuid>()
    {
        entry.value = uuid.to_string();
    }
}

/// Of each name the first that has a value.
fn in_order(entries: &mut Vec<SmbiosEntry>, names: &[&str]) {
    let first = |name: &&str| {
        let mut named = entries.iter().filter(|entry| entry.name == **name);
        named
            .next()
            .filter(|entry| !entry.value.is_empty())
            .cloned()
    };
    *entries = names.iter().filter_map(first).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_in_the_order_of_their_table() {
        let entry = |name: &str, value: &str| SmbiosEntry {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let mut entries = vec![
            entry("release", "4"),
            entry("colour", "red"),
            entry("vendor", "a"),
            entry("vendor", "b"),
            entry("date", ""),
        ];
        in_order(&mut entries, BIOS);
        assert_eq!(entries, [entry("vendor", "a"), entry("release", "4")]);
    }
}
