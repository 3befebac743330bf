//! `<os>`: formats, tables and waits.

use documents::domain::{AcpiTableKind, DiskFormat, Domain, Nvram, SourceKind};

use crate::domain::completion::os::word;
use crate::domain::error::FirmwareError;

/// The longest wait that the BIOS knows, in milliseconds.
const LONGEST: u32 = 65_535;

pub(super) fn check(domain: &Domain) -> Result<(), FirmwareError> {
    let os = &domain.os;
    let loader = os.loader.as_ref().and_then(|loader| loader.format);
    let nvram = os.nvram.as_ref();
    let formats = [
        ("loader", loader),
        ("nvram template", nvram.and_then(|it| it.template_format)),
        ("nvram", nvram.and_then(|it| it.format)),
    ];
    for (what, format) in formats {
        if let Some(format) = format.filter(|it| !matches!(it, DiskFormat::Raw | DiskFormat::Qcow2))
        {
            let format = word(format);
            return Err(FirmwareError::Format { what, format });
        }
    }
    check_nvram(domain)?;
    let mut kinds = Vec::new();
    for table in &os.acpi {
        if table.kind != AcpiTableKind::Raw && kinds.contains(&table.kind) {
            let kind = word(table.kind);
            return Err(FirmwareError::SecondTable { kind });
        }
        kinds.push(table.kind);
    }
    let menu = os.bootmenu.as_ref();
    let shown = menu.is_some_and(|menu| menu.enable == Some(true));
    if shown && menu.and_then(|menu| menu.timeout) > Some(LONGEST) {
        return Err(FirmwareError::MenuTimeout);
    }
    let wait = os.bios.and_then(|bios| bios.reboot_timeout);
    if wait.is_some_and(|wait| wait < -1 || i64::from(wait) > i64::from(LONGEST)) {
        return Err(FirmwareError::RebootTimeout);
    }
    Ok(())
}

/// Variables that are said to be somewhere are.
fn check_nvram(domain: &Domain) -> Result<(), FirmwareError> {
    match &domain.os.nvram {
        Some(nvram) if nvram.source.is_none() => match nvram.kind {
            Some(kind) => Err(FirmwareError::NvramSource { kind: word(kind) }),
            None => Ok(()),
        },
        Some(Nvram {
            kind: Some(SourceKind::Network),
            source: Some(source),
            ..
        }) if source.protocol.is_none() => Err(FirmwareError::NvramNoProtocol),
        Some(Nvram {
            source: Some(source),
            ..
        }) if source
            .auth
            .iter()
            .filter_map(|auth| auth.secret.as_ref())
            .any(|secret| secret.uuid.is_none() && secret.usage.is_none()) =>
        {
            Err(FirmwareError::NvramSecret)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    fn os(content: &str, expected: Option<(Code, Origin)>) {
        check(&format!("<os>{content}</os>"), expected);
    }

    #[test]
    fn firmware_is_raw_or_qcow2() {
        let refused = Some((Code::XmlError, Origin::Domain));
        os("<loader format='qcow2'>/f</loader>", None);
        os("<loader format='vmdk'>/f</loader>", refused);
        os("<nvram format='vdi'>/f</nvram>", refused);
        os(
            "<nvram template='/t' templateFormat='vdi'>/f</nvram>",
            refused,
        );
    }

    #[test]
    fn a_table_of_a_kind_appears_once() {
        let slic = "<table type='slic'>/a</table>";
        os(&format!("<acpi>{slic}</acpi>"), None);
        os(
            &format!("<acpi>{slic}{slic}</acpi>"),
            Some((Code::XmlError, Origin::Domain)),
        );
    }

    #[test]
    fn waits_have_limits() {
        let refused = Some((Code::ConfigUnsupported, Origin::Domain));
        os("<bios rebootTimeout='-1'/>", None);
        os("<bios rebootTimeout='-2'/>", refused);
        os("<bios rebootTimeout='65536'/>", refused);
        os("<bootmenu enable='yes' timeout='65536'/>", refused);
    }
}
