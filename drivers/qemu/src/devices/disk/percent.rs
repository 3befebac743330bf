//! Percent-encoding of the path of a URL (RFC 3986).

/// The path with everything encoded that may not stand in one as it is.
pub(super) fn path(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for byte in text.bytes() {
        let c = char::from(byte);
        // "unreserved", the separator, and what a segment may hold besides.
        if c.is_ascii_alphanumeric() || "-._~/:@!$&'()*+,;=".contains(c) {
            out.push(c);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_urls_is_encoded() {
        assert_eq!(path("a b/ü?#.img"), "a%20b/%C3%BC%3F%23.img");
        assert_eq!(path("isos/a,b.iso"), "isos/a,b.iso");
    }
}
