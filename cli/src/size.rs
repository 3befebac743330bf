//! Sizes and times as people write and read them.

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

/// Why a size could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SizeError {
    #[error("invalid argument: unknown suffix '{0}'")]
    Suffix(String),
    #[error("numerical overflow: value too large: {0}")]
    TooLarge(String),
}

/// Reads a number with a suffix (`10M`, `10MiB`: powers of 1024; `10MB`: powers of 1000) as bytes.
pub(crate) fn parse(text: &str) -> Result<u64, SizeError> {
    let start = text.trim_start();
    let end = start
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(start.len());
    let (digits, suffix) = start.split_at(end);
    if digits.is_empty() {
        return Err(SizeError::Suffix(text.to_owned()));
    }
    let unit = unit(suffix.trim()).ok_or_else(|| SizeError::Suffix(suffix.to_owned()))?;
    let number: Option<u64> = digits.parse().ok();
    number
        .and_then(|number| number.checked_mul(unit))
        .ok_or_else(|| SizeError::TooLarge(text.to_owned()))
}

fn unit(suffix: &str) -> Option<u64> {
    let lower = suffix.to_ascii_lowercase();
    if matches!(lower.as_str(), "" | "b" | "byte" | "bytes") {
        return Some(1);
    }
    let (letter, rest) = lower.split_at_checked(1)?;
    let power = u32::try_from("kmgtpe".find(letter)?).ok()? + 1;
    match rest {
        "" | "ib" => 1024_u64.checked_pow(power),
        "b" => 1000_u64.checked_pow(power),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_the_largest_fitting_unit() {
        assert_eq!(pretty(67_108_864, 3), "64.000 MiB");
        assert_eq!(pretty(196_616, 3), "192.008 KiB");
        assert_eq!(pretty(0, 2), "0.00 B");
        assert_eq!(pretty(u64::MAX, 0), "16 EiB");
    }

    #[test]
    fn suffixes_are_powers_of_1024_or_1000() {
        for (text, bytes) in [
            ("7", 7),
            ("1k", 1024),
            ("1KiB", 1024),
            ("1kB", 1000),
            ("2G", 2 << 30),
        ] {
            assert_eq!(parse(text), Ok(bytes), "{text}");
        }
        assert_eq!(parse("1x"), Err(SizeError::Suffix("x".to_owned())));
        assert_eq!(parse("x"), Err(SizeError::Suffix("x".to_owned())));
        let huge = "99999999999E";
        assert_eq!(parse(huge), Err(SizeError::TooLarge(huge.to_owned())));
    }

    #[test]
    fn times_are_rounded_to_a_tenth_of_a_second() {
        assert_eq!(seconds(80_000_000), "0.1s");
        assert_eq!(seconds(12_340_000_000), "12.3s");
    }
}
