//! `<redirdev>` and `<redirfilter>`: USB devices of a client.

use documents::domain::{RedirDev, RedirFilter, RedirRule};

use super::character;
use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Virtio, alias};
use crate::capabilities::Capabilities;
use crate::domain::DomainError;
use crate::domain::completion::redirdev::{number, version};

/// Everything that QEMU creates for a client's device.
pub(crate) fn parts(
    device: &RedirDev,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&device.info);
    let chardev = character::chardev(&id, "redirdev", &device.backend, capabilities)?;
    let filter = guest.devices.redirfilter.as_ref().and_then(filter);
    let part = Properties::default()
        .set("chardev", chardev.id.as_str())
        .set("id", id)
        .optional("filter", filter)
        .optional(
            "bootindex",
            device.info.boot.as_ref().map(|boot| boot.order),
        )
        .device("usb-redir", Virtio::default(), guest.seat(&device.info))?;
    Ok(vec![Part::Chardev(chardev), part])
}

/// The rules as usbredir writes them: `class:vendor:product:version:allow`, `-1` for any.
fn filter(filter: &RedirFilter) -> Option<String> {
    let rules: Vec<_> = filter.rules.iter().map(rule).collect();
    (!rules.is_empty()).then(|| rules.join("|"))
}

fn rule(rule: &RedirRule) -> String {
    let part = |text: &Option<String>, width: usize| match text.as_deref().and_then(number) {
        Some(value) => format!("0x{value:0width$X}"),
        None => "-1".to_owned(),
    };
    let version = rule.version.as_deref().and_then(version);
    let version = version.map_or_else(|| "-1".to_owned(), |version| format!("0x{version:04X}"));
    format!(
        "{}:{}:{}:{version}:{}",
        part(&rule.class, 2),
        part(&rule.vendor, 4),
        part(&rule.product, 4),
        u8::from(rule.allow)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_spelled_as_usbredir_reads_them() {
        let text = |text: &str| Some(text.to_owned());
        let filter = RedirFilter {
            rules: vec![
                RedirRule {
                    class: text("0x08"),
                    vendor: text("0x1234"),
                    product: text("0xbeef"),
                    version: text("2.56"),
                    allow: true,
                },
                RedirRule::default(),
            ],
        };
        let expected = "0x08:0x1234:0xBEEF:0x0256:1|-1:-1:-1:-1:0";
        assert_eq!(super::filter(&filter).as_deref(), Some(expected));
        assert_eq!(super::filter(&RedirFilter::default()), None);
    }
}
