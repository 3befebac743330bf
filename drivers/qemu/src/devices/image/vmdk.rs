//! The header of VMDK (VMware's "Virtual Disk Format 5.0"): a binary one that leads to a text, or the text alone.

use super::bytes::{Fault, u64_le_at};
use super::{Backing, Header};

/// The first bytes of an image with a binary header.
pub(super) const MAGIC: [u8; 4] = *b"KDMV";
/// The first line of an image that is only text.
pub(super) const TEXT: &[u8] = b"# Disk DescriptorFile";

/// What the parent's number is when there is no parent.
const NO_PARENT: &str = "ffffffff";
const SECTOR: u64 = 512;

/// Reads the header out of the first bytes of an image.
pub(super) fn parse(bytes: &[u8]) -> Result<Header, Fault> {
    if bytes.starts_with(TEXT) {
        return Ok(header(None, text(bytes)));
    }
    if !bytes.starts_with(&MAGIC) {
        return Err(Fault::Magic);
    }
    let size = u64_le_at(bytes, 12)?.checked_mul(SECTOR);
    let offset = u64_le_at(bytes, 28)?.checked_mul(SECTOR);
    let start = offset
        .and_then(|offset| usize::try_from(offset).ok())
        .ok_or(Fault::Damaged("descriptor offset"))?;
    // Zero says that the text is in a file of its own, of which this one is a part.
    let text = match start {
        0 => "",
        start => text(
            bytes
                .get(start..)
                .ok_or(Fault::Damaged("descriptor offset"))?,
        ),
    };
    Ok(header(size, text))
}

/// The text, up to what fills the sector or is no text.
fn text(bytes: &[u8]) -> &str {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default())
            .unwrap_or_default(),
    }
}

fn header(virtual_size: Option<u64>, text: &str) -> Header {
    let value = |key: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
            .map(|value| value.trim().trim_matches('"').to_owned())
    };
    let orphan = value("parentCID").is_none_or(|id| id.eq_ignore_ascii_case(NO_PARENT));
    let name = value("parentFileNameHint").filter(|name| !orphan && !name.is_empty());
    Header {
        virtual_size,
        backing: name.map(|name| Backing {
            name,
            format: Some("vmdk".to_owned()),
        }),
        data_file: None,
        encrypted: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let mut binary = Vec::from(MAGIC);
        binary.resize(28, 0);
        binary.extend(1u64.to_le_bytes());
        binary.resize(512, 0);
        binary.extend(text.as_bytes());
        for bytes in [binary, [TEXT, b"\n", text.as_bytes()].concat()] {
            let backing = parse(&bytes).unwrap().backing.map(|backing| backing.name);
            assert_eq!(backing.as_deref(), expected, "{text}");
            for end in 0..bytes.len() {
                let _ = parse(&bytes[..end]);
            }
        }
    }

    #[test]
    fn the_parent_is_read() {
        check(
            "CID=1\nparentCID=2\nparentFileNameHint=\"base.vmdk\"\n",
            Some("base.vmdk"),
        );
        check("parentCID=ffffffff\nparentFileNameHint=\"x\"", None);
        check("CID=1", None);
    }
}
