//! `<loader>`, `<nvram>` and `firmware=`: what they say together, before firmware is chosen and after.

use documents::domain::{Domain, FirmwareFeatureName, FirmwareKind, LoaderKind, Os};

use crate::domain::completion::os::word;
use crate::domain::error::FirmwareError;

/// Holds the wishes for firmware against one another.
///
/// # Errors
/// The first rule that is broken.
pub(in crate::domain) fn check(domain: &Domain) -> Result<(), FirmwareError> {
    let os = &domain.os;
    match os.firmware {
        Some(kind) => check_wishes(os, kind)?,
        None => check_named(os)?,
    }
    if os.loader.is_some() || os.nvram.is_some() {
        check_variables(os)?;
    }
    Ok(())
}

/// Firmware that is to be found.
fn check_wishes(os: &Os, kind: FirmwareKind) -> Result<(), FirmwareError> {
    let is = |name, enabled| {
        let features = os.firmware_features.iter().flat_map(|it| &it.features);
        let mut features = features.filter(|feature| feature.name == name);
        features.any(|feature| feature.enabled == enabled)
    };
    if is(FirmwareFeatureName::EnrolledKeys, true) && is(FirmwareFeatureName::SecureBoot, false) {
        return Err(FirmwareError::KeysWithoutSecureBoot);
    }
    match kind {
        FirmwareKind::Efi => Ok(()),
        kind if os.nvram.is_some() => Err(FirmwareError::NvramKind { kind: word(kind) }),
        _ => Ok(()),
    }
}

/// Firmware that the document names.
fn check_named(os: &Os) -> Result<(), FirmwareError> {
    if os.firmware_features.is_some() {
        return Err(FirmwareError::FeaturesWithoutSelection);
    }
    let named = os.loader.as_ref().is_some_and(|it| it.path.is_some());
    match (os.loader.is_some() || os.nvram.is_some()) && !named {
        true => Err(FirmwareError::NoLoader),
        false => Ok(()),
    }
}

/// Whether the firmware keeps variables.
fn check_variables(os: &Os) -> Result<(), FirmwareError> {
    let loader = os.loader.clone().unwrap_or_default();
    match (loader.stateless, os.firmware) {
        (Some(true), _) if os.nvram.is_some() => Err(FirmwareError::StatelessNvram),
        (Some(false), None) if loader.kind != Some(LoaderKind::Pflash) => {
            Err(FirmwareError::RomNvram)
        }
        (Some(false), Some(FirmwareKind::Bios)) => Err(FirmwareError::OtherNvram),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_os(attributes: &str, content: &str, expected: Option<&str>) {
        let text =
            format!("<domain type='qemu'><name>a</name><os {attributes}>{content}</os></domain>");
        let domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let said = check(&domain).err().map(|error| error.to_string());
        assert_eq!(said.as_deref(), expected, "{attributes} {content}");
    }

    #[test]
    fn only_efi_keeps_variables() {
        let (efi, bios) = ("firmware='efi'", "firmware='bios'");
        check_os(efi, "<nvram>/v</nvram>", None);
        check_os(efi, "<loader stateless='no'/>", None);
        check_os(
            bios,
            "<nvram>/v</nvram>",
            Some("firmware type 'bios' does not support nvram"),
        );
        check_os(
            bios,
            "<loader stateless='no'/>",
            Some("Only EFI firmware permits NVRAM"),
        );
        check_os(bios, "<loader stateless='yes'/>", None);
        check_os(
            efi,
            "<loader stateless='yes'/><nvram>/v</nvram>",
            Some("NVRAM is not permitted when loader is stateless"),
        );
    }

    #[test]
    fn a_named_loader_keeps_variables_in_flash() {
        check_os("", "<loader type='pflash' stateless='no'>/f</loader>", None);
        let refused = Some("Only pflash loader type permits NVRAM");
        check_os("", "<loader type='rom' stateless='no'>/f</loader>", refused);
        check_os("", "<loader stateless='no'>/f</loader>", refused);
        let missing = "no loader path specified and firmware auto selection disabled";
        check_os("", "<nvram>/v</nvram>", Some(missing));
    }

    #[test]
    fn keys_are_of_secure_boot() {
        let features = |secure: &str| {
            format!(
                "<firmware><feature enabled='yes' name='enrolled-keys'/>\
                 <feature enabled='{secure}' name='secure-boot'/></firmware>"
            )
        };
        check_os("firmware='efi'", &features("yes"), None);
        check_os(
            "firmware='efi'",
            &features("no"),
            Some(
                "firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' is disabled",
            ),
        );
    }
}
