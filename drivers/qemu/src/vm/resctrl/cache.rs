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

    /// A cache of 4 MiB in 16 parts, of which everybody has the last four; two parts are the least.
    fn check(share: &str, mask: &str) -> Result<String, ResourceError> {
        let folder = tempfile::tempdir().unwrap();
        let info = folder.path().join("info/L3");
        std::fs::create_dir_all(&info).unwrap();
        for (file, text) in [("cbm_mask", mask), ("min_cbm_bits", "2")] {
            let mut file = std::fs::File::create(info.join(file)).unwrap();
            std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        }
        let text = format!("<cachetune vcpus='0'>{share}</cachetune>");
        let tune: documents::domain::CacheTune =
            xml::parse_root(&text, "cachetune", &xml::Options::lenient()).unwrap();
        let everybody = Schemata::parse("L3:0=f000").unwrap();
        let bank = Bank {
            id: 0,
            level: 3,
            kind: host::cache::Kind::Both,
            size: 4096,
            cpus: Default::default(),
        };
        let mut shares = everybody.clone();
        let mount = folder.path();
        allocate(
            &mut shares,
            &tune.caches[0],
            &[bank],
            mount,
            &everybody,
            &[],
        )?;
        Ok(shares.to_string())
    }

    #[test]
    fn a_part_is_of_a_cache_that_there_is_and_of_a_size_that_is_left() {
        let share = |id: u32, size: u32| {
            format!("<cache id='{id}' level='3' type='both' size='{size}' unit='KiB'/>")
        };
        assert_eq!(check(&share(0, 512), "ffff").unwrap(), "L3:0=3\n");
        let elsewhere = check(&share(1, 512), "ffff");
        assert!(matches!(elsewhere, Err(ResourceError::NoCache { .. })));
        for size in [256, 600] {
            let step = check(&share(0, size), "ffff");
            assert!(matches!(step, Err(ResourceError::CacheStep { .. })));
        }
        let left = check(&share(0, 3328), "ffff");
        assert!(matches!(left, Err(ResourceError::CacheLeft { .. })));
        let nonsense = check(&share(0, 512), "mask");
        assert!(matches!(nonsense, Err(ResourceError::Malformed { .. })));
    }
}
