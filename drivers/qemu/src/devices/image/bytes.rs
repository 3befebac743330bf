//! Fields of headers, read without believing any of their lengths.

/// The longest name that QEMU accepts for the image behind another.
const BACKING_NAME_LIMIT: usize = 1023;

/// What is wrong with a header.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is of another format.
    Magic,
    /// It contradicts itself or the file.
    Damaged(&'static str),
}

/// The name of the image behind, which begins at `offset`; nothing when either number is zero.
pub(super) fn backing_name(
    bytes: &[u8],
    offset: u64,
    length: u32,
) -> Result<Option<String>, Fault> {
    if offset == 0 || length == 0 {
        return Ok(None);
    }
    let length = usize_of(length)?;
    if length > BACKING_NAME_LIMIT {
        return Err(Fault::Damaged("backing name too long"));
    }
    let start = usize::try_from(offset).map_err(|_| Fault::Damaged("backing name offset"))?;
    let name = start
        .checked_add(length)
        .and_then(|end| bytes.get(start..end))
        .ok_or(Fault::Damaged("backing name offset"))?;
    text(name).map(Some)
}

/// Bytes as a name.
pub(super) fn text(bytes: &[u8]) -> Result<String, Fault> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text.to_owned()),
        _ => Err(Fault::Damaged("a name is not text")),
    }
}

/// A big-endian number.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    array_at(bytes, at).map(u32::from_be_bytes)
}

/// A big-endian number.
pub(super) fn u64_at(bytes: &[u8], at: usize) -> Result<u64, Fault> {
    array_at(bytes, at).map(u64::from_be_bytes)
}

/// A little-endian number.
pub(super) fn u32_le_at(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    array_at(bytes, at).map(u32::from_le_bytes)
}

/// A little-endian number.
pub(super) fn u64_le_at(bytes: &[u8], at: usize) -> Result<u64, Fault> {
    array_at(bytes, at).map(u64::from_le_bytes)
}

fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Fault> {
    at.checked_add(N)
        .and_then(|end| bytes.get(at..end))
        .and_then(|slice| slice.try_into().ok())
        .ok_or(Fault::Damaged("cut off"))
}

/// A length as an index.
pub(super) fn usize_of(value: u32) -> Result<usize, Fault> {
    usize::try_from(value).map_err(|_| Fault::Damaged("a length"))
}
