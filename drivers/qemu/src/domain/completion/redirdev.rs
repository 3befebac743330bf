//! USB devices of a client, and the rules for them.

use documents::domain::{CharacterSource, Devices, RedirRule};
use xml::{AnyBase, Codec as _, Value};

use super::backend;

/// What the display's client looks for on the bus.
const DBUS_CHANNEL: &str = "org.qemu.usbredir";

/// Fills in back-ends and the spelling of rules.
pub(super) fn complete(devices: &mut Devices) {
    for redirdev in &mut devices.redirdevs {
        redirdev.bus.get_or_insert_default();
        backend::complete_unlabelled(&mut redirdev.backend);
        if let CharacterSource::Dbus(port) = &mut redirdev.backend.source {
            port.channel.get_or_insert_with(|| DBUS_CHANNEL.to_owned());
        }
    }
    let rules = devices.redirfilter.iter_mut();
    rules
        .flat_map(|filter| &mut filter.rules)
        .for_each(complete_rule);
}

/// A rule that names anything is a rule that does not say what; numbers are written alike.
fn complete_rule(rule: &mut RedirRule) {
    rule.version.take_if(|value| value == "-1");
    rule.class.take_if(|value| number(value) == Some(-1));
    for part in [&mut rule.vendor, &mut rule.product] {
        part.take_if(|value| number(value).is_some_and(i32::is_negative));
    }
    for (part, width) in [
        (&mut rule.class, 2),
        (&mut rule.vendor, 4),
        (&mut rule.product, 4),
    ] {
        let Some(text) = part else { continue };
        if let Some(number) = number(text).filter(|number| !number.is_negative()) {
            *text = format!("0x{number:0width$X}");
        }
    }
}

/// The number of a part of a rule, in decimal unless it begins with `0x` or `0`; what is below zero names anything.
pub(crate) fn number(text: &str) -> Option<i32> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let number: u32 = AnyBase::read(Value { text, unit: None }).ok()?;
    i32::try_from(sign * i64::from(number)).ok()
}

/// The version of a device as USB encodes it, in decimal digits of 4 bits: `2.56` is `0x0256`.
pub(crate) fn version(text: &str) -> Option<u32> {
    let (major, minor) = text.split_once('.')?;
    let (major, minor): (u32, u32) = (major.parse().ok()?, minor.parse().ok()?);
    let digits = |number: u32| (number < 100).then_some(((number / 10) << 4) | (number % 10));
    Some((digits(major)? << 8) | digits(minor)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_of_any_base() {
        assert_eq!(number("0x1234"), Some(0x1234));
        assert_eq!(number("1234"), Some(1234));
        assert_eq!(number("012"), Some(10));
        assert_eq!(number("-1"), Some(-1));
        assert_eq!(number("beef"), None);
        assert_eq!(number("0xffffffff"), None);
    }

    #[test]
    fn versions_are_encoded_in_decimal_digits() {
        assert_eq!(version("2.56"), Some(0x0256));
        assert_eq!(version("1.1"), Some(0x0101));
        assert_eq!(version("12.0"), Some(0x1200));
        assert_eq!(version("12"), None);
        assert_eq!(version("abc"), None);
        assert_eq!(version("100.1"), None);
    }
}
