//! `<sysinfo>`: what may be said to the guest's firmware.

use documents::domain::{Domain, FwCfgEntry, SmbiosInfo, SysInfo};

use crate::domain::error::FirmwareError;

pub(super) fn check(domain: &Domain) -> Result<(), FirmwareError> {
    for info in &domain.sysinfo {
        match info {
            SysInfo::Smbios(info) => check_tables(domain, info)?,
            SysInfo::FwCfg(info) => {
                for entry in &info.entries {
                    check_entry(entry)?;
                }
            }
        }
    }
    Ok(())
}

fn check_tables(domain: &Domain, info: &SmbiosInfo) -> Result<(), FirmwareError> {
    if let Some(date) = info.bios.iter().find(|entry| entry.name == "date")
        && !is_date(&date.value)
    {
        return Err(FirmwareError::BiosDate);
    }
    if let Some(entry) = info.system.iter().find(|entry| entry.name == "uuid") {
        let uuid = entry
            .value
            .trim()
            .parse()
            .map_err(|_| FirmwareError::SysinfoUuid)?;
        if domain.uuid.is_some_and(|own| own != uuid) {
            return Err(FirmwareError::UuidMismatch);
        }
    }
    Ok(())
}

/// `mm/dd/yyyy`, or `mm/dd/yy` of the last century.
fn is_date(text: &str) -> bool {
    let parts: Vec<Option<u32>> = text.split('/').map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [Some(month), Some(day), Some(year)] => {
            (1..=12).contains(month) && (1..=31).contains(day) && (*year < 100 || *year >= 1900)
        }
        _ => false,
    }
}

fn check_entry(entry: &FwCfgEntry) -> Result<(), FirmwareError> {
    let value = entry.value.as_deref().unwrap_or_default();
    if value.is_empty() && entry.file.is_none() {
        return Err(FirmwareError::EmptyEntry);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::is_date;
    use protocol::error::{Code, Origin};

    #[test]
    fn dates_are_american() {
        for text in ["01/02/2003", "1/2/03", "12/31/1900"] {
            assert!(is_date(text), "{text}");
        }
        for text in ["2003-01-02", "13/02/2003", "1/32/2003", "1/1/150", "1/1"] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn the_tables_have_the_domains_uuid() {
        let entry = |uuid: &str| {
            format!(
                "<uuid>00000000-0000-0000-0000-000000000001</uuid><sysinfo type='smbios'><system>\
                 <entry name='uuid'>{uuid}</entry></system></sysinfo>"
            )
        };
        let refused = Some((Code::XmlDetail, Origin::Domain));
        check(&entry("00000000-0000-0000-0000-000000000001"), None);
        check(&entry("00000000-0000-0000-0000-000000000002"), refused);
        check(&entry("no"), refused);
    }

    #[test]
    fn an_entry_has_a_name_and_a_value() {
        let entry = |entry: &str, expected| {
            check(
                &format!("<sysinfo type='fwcfg'>{entry}</sysinfo>"),
                expected,
            );
        };
        let refused = Some((Code::XmlError, Origin::Domain));
        entry("<entry name='opt/a/b'>x</entry>", None);
        entry("<entry name='opt/a/b' file='/x'/>", None);
        entry("<entry name='opt/a/b'/>", refused);
    }
}
