//! What the host's firmware says of the machine: the SMBIOS tables that the kernel keeps.
//!
//! The layout is the one of the DMTF's specification DSP0134: structures with a header, fixed bytes, then texts that end
//! with a zero byte each; an empty text ends the structure.

use crate::root::Root;

/// Where the kernel keeps the tables; only root may read them.
const TABLES: &str = "sys/firmware/dmi/tables/DMI";

/// What is said of a thing, by the names that libvirt's `<sysinfo>` has for it.
pub type Entries = Vec<(&'static str, String)>;

/// The tables that are told to guests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dmi {
    /// Of the BIOS.
    pub bios: Entries,
    /// Of the machine.
    pub system: Entries,
    /// Of boards.
    pub boards: Vec<Entries>,
    /// Of the case.
    pub chassis: Entries,
    /// The maker's texts.
    pub oem_strings: Vec<String>,
}

/// The texts of the BIOS, by the place of their number.
const BIOS: &[(usize, &str)] = &[(0x04, "vendor"), (0x05, "version"), (0x08, "date")];
/// The texts of the machine.
const SYSTEM: &[(usize, &str)] = &[
    (0x04, "manufacturer"),
    (0x05, "product"),
    (0x06, "version"),
    (0x07, "serial"),
    (0x19, "sku"),
    (0x1a, "family"),
];
/// The texts of a board.
const BOARD: &[(usize, &str)] = &[
    (0x04, "manufacturer"),
    (0x05, "product"),
    (0x06, "version"),
    (0x07, "serial"),
    (0x08, "asset"),
    (0x0a, "location"),
];
/// The texts of the case.
const CHASSIS: &[(usize, &str)] = &[
    (0x04, "manufacturer"),
    (0x06, "version"),
    (0x07, "serial"),
    (0x08, "asset"),
];

/// Reads the tables; nothing where the host has none or we may not read them.
#[must_use]
pub fn dmi(root: &Root) -> Option<Dmi> {
    let bytes = std::fs::read(root.path(TABLES)).ok()?;
    let dmi = parse(&bytes);
    (dmi != Dmi::default()).then_some(dmi)
}

/// One structure of the tables.
struct Structure<'a> {
    kind: u8,
    /// Header and fixed bytes.
    fixed: &'a [u8],
    texts: Vec<String>,
}

fn parse(mut bytes: &[u8]) -> Dmi {
    let mut dmi = Dmi::default();
    while let Some((structure, rest)) = structure(bytes) {
        match structure.kind {
            0 if dmi.bios.is_empty() => dmi.bios = bios(&structure),
            1 if dmi.system.is_empty() => dmi.system = structure.entries(SYSTEM),
            2 => dmi.boards.push(structure.entries(BOARD)),
            3 if dmi.chassis.is_empty() => dmi.chassis = structure.entries(CHASSIS),
            11 => dmi.oem_strings.extend(structure.texts),
            // The end of the table.
            127 => break,
            _ => {}
        }
        bytes = rest;
    }
    dmi.boards.retain(|board| !board.is_empty());
    dmi
}

/// Takes the first structure; nothing when the bytes are none.
fn structure(bytes: &[u8]) -> Option<(Structure<'_>, &[u8])> {
    let length = usize::from(*bytes.get(1)?);
    // A header has four bytes; a shorter one would not lead on.
    if length < 4 {
        return None;
    }
    let fixed = bytes.get(..length)?;
    let mut rest = bytes.get(length..)?;
    let mut texts = Vec::new();
    loop {
        let end = rest.iter().position(|byte| *byte == 0)?;
        let text = rest.get(..end)?;
        rest = rest.get(end.saturating_add(1)..)?;
        if text.is_empty() {
            break;
        }
        texts.push(String::from_utf8_lossy(text).trim().to_owned());
    }
    // A structure without texts ends with two zero bytes as well.
    if texts.is_empty() {
        rest = rest.strip_prefix(&[0]).unwrap_or(rest);
    }
    let structure = Structure {
        kind: *bytes.first()?,
        fixed,
        texts,
    };
    Some((structure, rest))
}

impl Structure<'_> {
    /// The text whose number, counted from 1, is at this place.
    fn text(&self, place: usize) -> Option<String> {
        let number = usize::from(*self.fixed.get(place)?);
        let text = self.texts.get(number.checked_sub(1)?)?;
        (!text.is_empty()).then(|| text.clone())
    }

    fn entries(&self, places: &[(usize, &'static str)]) -> Entries {
        let entry = |(place, name): &(usize, &'static str)| Some((*name, self.text(*place)?));
        places.iter().filter_map(entry).collect()
    }
}

/// The BIOS has a release as two numbers.
fn bios(structure: &Structure<'_>) -> Entries {
    let mut entries = structure.entries(BIOS);
    let number = |place: usize| structure.fixed.get(place).filter(|number| **number != 0xff);
    if let (Some(major), Some(minor)) = (number(0x14), number(0x15)) {
        entries.push(("release", format!("{major}.{minor}")));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn structure_of(kind: u8, fixed: &[u8], texts: &[&str]) -> Vec<u8> {
        let length = u8::try_from(fixed.len() + 4).unwrap();
        let mut bytes = vec![kind, length, 0, 0];
        bytes.extend(fixed);
        for text in texts {
            bytes.extend(text.as_bytes());
            bytes.push(0);
        }
        bytes.push(0);
        if texts.is_empty() {
            bytes.push(0);
        }
        bytes
    }

    #[test]
    fn the_tables_say_who_made_the_machine() {
        let mut bytes = structure_of(0, &[1, 2, 0, 0, 3], &["Acme", "7", "01/02/2003"]);
        bytes.extend(structure_of(4, &[0; 8], &[]));
        bytes.extend(structure_of(1, &[1, 2, 0, 0], &["Acme", "Anvil "]));
        bytes.extend(structure_of(2, &[0, 0, 0, 0, 0], &[]));
        bytes.extend(structure_of(11, &[1], &["hello"]));
        bytes.extend(structure_of(127, &[], &[]));
        bytes.extend(structure_of(1, &[1], &["after the end"]));
        let dmi = parse(&bytes);
        let entry = |name, value: &str| (name, value.to_owned());
        let bios = [
            entry("vendor", "Acme"),
            entry("version", "7"),
            entry("date", "01/02/2003"),
        ];
        assert_eq!(dmi.bios, bios);
        let system = [entry("manufacturer", "Acme"), entry("product", "Anvil")];
        assert_eq!(dmi.system, system);
        assert_eq!((dmi.boards.len(), dmi.oem_strings.len()), (0, 1));
    }

    #[test]
    fn garbage_says_nothing() {
        for bytes in [
            &b""[..],
            b"\x01",
            b"\x01\x00\x00\x00",
            b"\x01\xff\x00",
            b"\x01\x04\x00\x00x",
        ] {
            assert_eq!(parse(bytes), Dmi::default());
        }
    }
}
