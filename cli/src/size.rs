//! Sizes and times that people read.

/// The units, each 1024 times the one before.
const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/// A number of bytes in the largest unit of which there is at least one, with that many digits
/// after the point.
#[allow(
    clippy::cast_precision_loss,
    reason = "a size is rounded to a few digits anyway"
)]
pub(crate) fn pretty(bytes: u64, digits: usize) -> String {
    let mut value = bytes as f64;
    let mut units = UNITS.iter();
    let mut unit = units.next();
    while value >= 1024.0
        && let Some(next) = units.next()
    {
        value /= 1024.0;
        unit = Some(next);
    }
    format!("{value:.digits$} {}", unit.copied().unwrap_or_default())
}

/// Nanoseconds as seconds, to a tenth.
#[allow(
    clippy::cast_precision_loss,
    reason = "a time is rounded to a tenth of a second anyway"
)]
pub(crate) fn seconds(nanoseconds: u64) -> String {
    format!("{:.1}s", nanoseconds as f64 / 1e9)
}

#[cfg(test)]
mod tests {
    use super::{pretty, seconds};

    #[test]
    fn sizes_are_in_the_largest_fitting_unit() {
        assert_eq!(pretty(67_108_864, 3), "64.000 MiB");
        assert_eq!(pretty(196_616, 3), "192.008 KiB");
        assert_eq!(pretty(0, 2), "0.00 B");
        assert_eq!(pretty(u64::MAX, 0), "16 EiB");
    }

    #[test]
    fn times_are_rounded_to_a_tenth_of_a_second() {
        assert_eq!(seconds(80_000_000), "0.1s");
        assert_eq!(seconds(12_340_000_000), "12.3s");
    }
}
