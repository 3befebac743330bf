//! As much of ELF (64 bit, little endian) as it takes to find a section by its name.

/// A file whose section table has been found.
#[derive(Debug)]
pub(super) struct Elf<'a> {
    bytes: &'a [u8],
    sections: Vec<Section>,
    names: Section,
}

#[derive(Clone, Copy, Debug)]
struct Section {
    name: usize,
    offset: usize,
    size: usize,
}

impl<'a> Elf<'a> {
    /// Nothing when the bytes are no such file or are cut short.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        // Magic, 64 bit, little endian.
        if !bytes.starts_with(b"\x7fELF\x02\x01") {
            return None;
        }
        let table = number::<8>(bytes, 0x28)?;
        let (entry, count) = (number::<2>(bytes, 0x3a)?, number::<2>(bytes, 0x3c)?);
        let sections: Option<Vec<_>> = (0..count)
            .map(|index| Section::parse(bytes, index.checked_mul(entry)?.checked_add(table)?))
            .collect();
        let sections = sections?;
        let names = *sections.get(number::<2>(bytes, 0x3e)?)?;
        Some(Self {
            bytes,
            sections,
            names,
        })
    }

    /// The content of the section with this name.
    pub(super) fn section(&self, name: &str) -> Option<&'a [u8]> {
        let section = self
            .sections
            .iter()
            .find(|section| self.name(section) == Some(name.as_bytes()));
        section?.content(self.bytes)
    }

    fn name(&self, section: &Section) -> Option<&'a [u8]> {
        let names = self.names.content(self.bytes)?.get(section.name..)?;
        names.split(|byte| *byte == 0).next()
    }
}

impl Section {
    /// One entry of the section table, 64 bytes.
    fn parse(bytes: &[u8], at: usize) -> Option<Self> {
        let entry = bytes.get(at..at.checked_add(64)?)?;
        Some(Self {
            name: number::<4>(entry, 0)?,
            offset: number::<8>(entry, 0x18)?,
            size: number::<8>(entry, 0x20)?,
        })
    }

    fn content(self, bytes: &[u8]) -> Option<&[u8]> {
        bytes.get(self.offset..self.offset.checked_add(self.size)?)
    }
}

/// A number of `N` bytes at an offset.
fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(N)?)?;
    let value = bytes
        .iter()
        .rev()
        .fold(0, |value: u64, byte| (value << 8) | u64::from(*byte));
    usize::try_from(value).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A file with one named section beside the table of names.
    pub(in crate::guest) fn sample(name: &str, content: &[u8]) -> Vec<u8> {
        let names = format!("\0{name}\0");
        let mut bytes = vec![0; 64];
        bytes[..6].copy_from_slice(b"\x7fELF\x02\x01");
        let content_at = bytes.len();
        bytes.extend(content);
        let names_at = bytes.len();
        bytes.extend(names.bytes());
        let table_at = bytes.len();
        bytes[0x28..0x30].copy_from_slice(&(table_at as u64).to_le_bytes());
        bytes[0x3a..0x40].copy_from_slice(&[64, 0, 2, 0, 1, 0]);
        for (name, at, size) in [
            (1_u32, content_at, content.len()),
            (0, names_at, names.len()),
        ] {
            let mut section = [0; 64];
            section[..4].copy_from_slice(&name.to_le_bytes());
            section[0x18..0x20].copy_from_slice(&(at as u64).to_le_bytes());
            section[0x20..0x28].copy_from_slice(&(size as u64).to_le_bytes());
            bytes.extend(section);
        }
        bytes
    }

    #[test]
    fn a_section_is_found_by_name() {
        let bytes = sample(".modinfo", b"depends=\0");
        let elf = Elf::parse(&bytes).unwrap();
        assert_eq!(elf.section(".modinfo"), Some(&b"depends=\0"[..]));
        assert_eq!(elf.section(".interp"), None);
    }

    #[test]
    fn what_is_cut_short_is_no_file() {
        let bytes = sample(".modinfo", b"depends=\0");
        for length in 0..bytes.len() {
            assert!(Elf::parse(&bytes[..length]).is_none(), "{length}");
        }
    }
}
