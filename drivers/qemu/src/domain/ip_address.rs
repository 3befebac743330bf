//! Addresses of IP in numbers, as getaddrinfo(3) reads them.

use std::net::{IpAddr, Ipv4Addr};

/// Reads an address, one of IPv4 in its short forms too.
pub(crate) fn parse(text: &str) -> Option<IpAddr> {
    let address = text.parse().ok();
    address.or_else(|| short(text).map(IpAddr::V4))
}

/// Up to four numbers in any base, the last of which fills the bytes that are left: inet_aton(3).
fn short(text: &str) -> Option<Ipv4Addr> {
    let numbers: Option<Vec<u32>> = text.split('.').map(number).collect();
    let numbers = numbers?;
    let (last, bytes) = numbers.split_last()?;
    if bytes.len() > 3 || bytes.iter().any(|byte| *byte > 0xff) {
        return None;
    }
    let (mut address, mut shift) = (0, 32);
    for byte in bytes {
        shift -= 8;
        address |= byte << shift;
    }
    let fits = u64::from(*last) < 1 << shift;
    fits.then(|| Ipv4Addr::from(address | last))
}

/// A number as C writes it: in hexadecimal behind `0x`, in octal behind `0`.
fn number(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let (digits, base) = match lower.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if lower.len() > 1 && lower.starts_with('0') => (lower.as_str(), 8),
        None => (lower.as_str(), 10),
    };
    let plain = digits.starts_with(|first: char| first.is_ascii_hexdigit());
    plain.then(|| u32::from_str_radix(digits, base).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let found = parse(text).map(|address| address.to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn addresses_are_read_in_their_usual_forms() {
        check("192.0.2.1", Some("192.0.2.1"));
        check("2001:DB8:0:0::1", Some("2001:db8::1"));
    }

    #[test]
    fn the_last_number_fills_what_is_left() {
        check("0", Some("0.0.0.0"));
        check("10.1", Some("10.0.0.1"));
        check("10.1.0x102", Some("10.1.1.2"));
        check("4294967295", Some("255.255.255.255"));
        check("012.0.0.1", Some("10.0.0.1"));
    }

    #[test]
    fn what_is_no_number_or_too_large_is_no_address() {
        for text in [
            "",
            "foo",
            "-1",
            "+1",
            "10.",
            "0x",
            "09",
            "256.1",
            "10.16777216",
            "1.2.3.4.5",
        ] {
            check(text, None);
        }
    }
}
