//! Parts of a cache: runs of bits in a mask, each bit an equal part.

use std::path::Path;

use documents::domain::{CacheKind, CacheShare};
use host::cache::Bank;

use super::schemata::Schemata;
use super::{ResourceError, info, read};

/// Gives a group a part of a cache that neither everybody nor another group has.
///
/// # Errors
/// When the host cannot share this cache, not in such parts, or no part of the size is left.
pub(super) fn allocate(
    shares: &mut Schemata,
    wanted: &CacheShare,
    banks: &[Bank],
    mount: &Path,
    everybody: &Schemata,
    others: &[Schemata],
) -> Result<(), ResourceError> {
    let resource = resource(wanted);
    let place = wanted.id;
    let no_cache = || ResourceError::NoCache {
        level: wanted.level,
        place,
    };
    if everybody.mask(&resource, place).is_none() {
        return Err(no_cache());
    }
    let mut of_cache = banks.iter();
    let of_cache = of_cache.find(|bank| bank.level == wanted.level && bank.id == place);
    let size = of_cache.ok_or_else(no_cache)?.size.saturating_mul(1024);
    let whole = whole(mount, &resource)?;
    let part = size / u64::from(whole.count_ones().max(1));
    let least = info(mount, &resource, "min_cbm_bits")?;
    let bytes = bytes(wanted);
    let bits = bytes.checked_div(part).unwrap_or(0);
    if bits < least || bits.saturating_mul(part) != bytes {
        return Err(ResourceError::CacheStep {
            bytes,
            least: least.saturating_mul(part),
            step: part,
        });
    }
    let taken = others.iter().chain([everybody]);
    let taken = taken.filter_map(|it| it.mask(&resource, place));
    let free = taken.fold(whole, |free, mask| free & !mask);
    let run = smallest_run(free, bits).ok_or(ResourceError::CacheLeft {
        bytes,
        level: wanted.level,
        place,
    })?;
    shares.set_mask(&resource, place, run);
    Ok(())
}

/// The kernel's name: `L3`, and `L3CODE` where code and data are told apart.
fn resource(wanted: &CacheShare) -> String {
    let kind = match wanted.kind {
        CacheKind::Both => "",
        CacheKind::Code => "CODE",
        CacheKind::Data => "DATA",
    };
    format!("L{}{kind}", wanted.level)
}

fn bytes(wanted: &CacheShare) -> u64 {
    let unit = wanted.unit.as_deref().and_then(xml::unit_bytes);
    wanted.size.saturating_mul(unit.unwrap_or(1024))
}

/// The mask of the whole cache.
fn whole(mount: &Path, resource: &str) -> Result<u64, ResourceError> {
    let path = mount.join("info").join(resource).join("cbm_mask");
    let text = read(&path)?;
    let mask = u64::from_str_radix(text.trim(), 16);
    mask.map_err(|_| ResourceError::Malformed { path })
}

/// The beginning of the smallest run of set bits that is long enough: larger ones are left for who needs them.
fn smallest_run(free: u64, bits: u64) -> Option<u64> {
    let bits = u32::try_from(bits).ok().filter(|bits| *bits > 0)?;
    let mut best: Option<(u32, u32)> = None;
    let mut at = 0;
    while let Some(rest) = free.checked_shr(at).filter(|rest| *rest != 0) {
        let start = at + rest.trailing_zeros();
        let length = free.checked_shr(start).map_or(0, u64::trailing_ones);
        if length >= bits && best.is_none_or(|(shortest, _)| length < shortest) {
            best = Some((length, start));
        }
        at = start + length;
    }
    let (_, start) = best?;
    let ones = u64::MAX.checked_shr(64 - bits)?;
    ones.checked_shl(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_run_that_is_long_enough_is_taken() {
        for (free, bits, expected) in [
            (0b1111, 2, Some(0b11)),
            (0b1110_1101_1110, 3, Some(0b1110_0000_0000)),
            (0b1110_1101_1110, 2, Some(0b1100_0000)),
            (0b1110_1101_1110, 5, None),
            (u64::MAX, 64, Some(u64::MAX)),
            (1 << 63, 1, Some(1 << 63)),
            (0, 1, None),
            (0b1, 0, None),
        ] {
            assert_eq!(smallest_run(free, bits), expected, "{free:b} {bits}");
        }
    }
}
