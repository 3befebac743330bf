//! Sizes with units: `<memory unit='GiB'>4</memory>`.

use crate::ValueError;
use crate::codec::Codec;
use crate::record::Value;
use crate::rule::Pattern;
use crate::table::Shape;

/// What strict mode takes as a unit.
pub(crate) static UNIT: Pattern = Pattern::new(
    "a unit such as KiB",
    "[bB]([yY][tT][eE][sS]?)?|[kKmMgGtTpPeE]([iI]?[bB])?",
);

/// A size kept in KiB, KiB being the unit when none is said; rounded up.
#[derive(Debug)]
pub struct Kib;

/// A size kept in bytes, bytes being the unit when none is said.
#[derive(Debug)]
pub struct Bytes;

impl Codec<u64> for Kib {
    const SHAPE: Shape = Shape::Size;
    fn read(value: Value<'_>) -> Result<u64, ValueError> {
        bytes(value, 1024).map(|it| it.div_ceil(1024))
    }
    fn write(value: &u64, out: &mut String) {
        crate::codec::Scalar::write(value, out);
    }
}

impl Codec<u64> for Bytes {
    const SHAPE: Shape = Shape::Size;
    fn read(value: Value<'_>) -> Result<u64, ValueError> {
        bytes(value, 1)
    }
    fn write(value: &u64, out: &mut String) {
        crate::codec::Scalar::write(value, out);
    }
}

/// The size in bytes, `scale` being the factor when there is no unit.
fn bytes(value: Value<'_>, scale: u64) -> Result<u64, ValueError> {
    let count = <u64 as crate::codec::Scalar>::read(value.text)?;
    let factor = match value.unit {
        None | Some("") => scale,
        Some(unit) => unit_bytes(unit).ok_or(ValueError::UnknownUnit)?,
    };
    match count.checked_mul(factor) {
        Some(it) if it <= i64::MAX.unsigned_abs() => Ok(it),
        _ => Err(ValueError::TooLarge),
    }
}

/// The bytes of a unit: `b`/`bytes`, `KB` (1000), `k`/`KiB` (1024) … as libvirt's formats say; letter case is ignored.
#[must_use]
pub fn unit_bytes(unit: &str) -> Option<u64> {
    let unit = unit.to_ascii_lowercase();
    if matches!(unit.as_str(), "b" | "byte" | "bytes") {
        return Some(1);
    }
    let (letter, rest) = unit.split_at_checked(1)?;
    let power = match letter {
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        "p" => 5,
        "e" => 6,
        _ => return None,
    };
    match rest {
        "" | "ib" => 1024u64.checked_pow(power),
        "b" => 1000u64.checked_pow(power),
        _ => None,
    }
}
