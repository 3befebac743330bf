//! Which firmware suits a guest.

use documents::domain::{
    DiskFormat, Domain, FirmwareFeatureName, FirmwareKind, LaunchSecurity, Loader, LoaderKind,
};

use super::{Feature, Firmware, FlashMode, Interface, Mapping};
use crate::domain::completion::os::word;
use crate::domain::machine::{machine_arch, machine_name};

/// The bit of SEV's policy that asks for encrypted state.
const SEV_ES: u32 = 1 << 2;

/// The first firmware that suits.
#[must_use]
pub fn choose<'a>(domain: &Domain, installed: &'a [Firmware]) -> Option<&'a Firmware> {
    installed.iter().find(|firmware| suits(domain, firmware))
}

fn suits(domain: &Domain, firmware: &Firmware) -> bool {
    let default = Loader::default();
    let loader = domain.os.loader.as_ref().unwrap_or(&default);
    let wanted = match (domain.os.firmware, loader.kind) {
        (Some(FirmwareKind::Bios), _) | (None, Some(LoaderKind::Rom)) => Interface::Bios,
        (Some(FirmwareKind::Efi), _) | (None, Some(LoaderKind::Pflash)) => Interface::Uefi,
        (None, None) => return false,
    };
    firmware.interface_types.contains(&wanted)
        && is_for_machine(domain, firmware)
        && sleeps(domain, firmware)
        && has_features(domain, firmware)
        && suits_secure(loader, firmware)
        && suits_mapping(domain, loader, &firmware.mapping)
        && suits_encryption(domain, firmware)
}

fn is_for_machine(domain: &Domain, firmware: &Firmware) -> bool {
    firmware.is_for(machine_arch(domain), machine_name(domain))
}

impl Firmware {
    /// Whether it is made for a machine.
    #[must_use]
    pub fn is_for(&self, arch: &str, machine: &str) -> bool {
        self.targets.iter().any(|target| {
            let mut patterns = target.machines.iter();
            target.architecture.name() == arch && patterns.any(|it| matches(it, machine))
        })
    }
}

/// Whether a text is a pattern's, in which `*` is anything and `?` any character.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern.chars().count() == text.chars().count()
            && pattern
                .chars()
                .zip(text.chars())
                .all(|(p, t)| p == '?' || p == t);
    };
    let starts = |text: &str| {
        let mut chars = text.chars();
        first
            .chars()
            .all(|p| chars.next().is_some_and(|t| p == '?' || p == t))
            .then(|| chars.as_str().to_owned())
    };
    let Some(after) = starts(text) else {
        return false;
    };
    let mut ends = after.char_indices().map(|(at, _)| at).chain([after.len()]);
    ends.any(|at| matches(rest, after.get(at..).unwrap_or_default()))
}

fn sleeps(domain: &Domain, firmware: &Firmware) -> bool {
    let power = domain.pm.clone().unwrap_or_default();
    let needs = |wanted: Option<bool>, feature| wanted != Some(true) || firmware.has(feature);
    needs(power.suspend_to_mem, Feature::AcpiS3) && needs(power.suspend_to_disk, Feature::AcpiS4)
}

/// A feature that the document names is there, or not, as it says.
fn has_features(domain: &Domain, firmware: &Firmware) -> bool {
    let wanted = domain.os.firmware_features.iter();
    wanted.flat_map(|it| &it.features).all(|wanted| {
        let feature = match wanted.name {
            FirmwareFeatureName::EnrolledKeys => Feature::EnrolledKeys,
            FirmwareFeatureName::SecureBoot => Feature::SecureBoot,
        };
        firmware.has(feature) == wanted.enabled
    })
}

/// Only firmware that lives in System Management Mode can keep its variables from the guest.
fn suits_secure(loader: &Loader, firmware: &Firmware) -> bool {
    loader
        .secure
        .is_none_or(|secure| secure == firmware.has(Feature::RequiresSmm))
}

fn suits_mapping(domain: &Domain, loader: &Loader, mapping: &Mapping) -> bool {
    let is = |wanted: Option<DiskFormat>, format: &str| {
        wanted.is_none_or(|wanted| word(wanted) == format)
    };
    match mapping {
        Mapping::Flash {
            mode,
            executable,
            nvram_template,
        } => {
            let nvram = domain.os.nvram.as_ref();
            let template = nvram.and_then(|nvram| nvram.template.as_deref());
            // Without a word about it, raw images are taken: every program can handle them.
            let format = loader.format.or_else(|| {
                let named = loader.path.is_some() || nvram.is_some_and(|it| it.format.is_some());
                (!named).then_some(DiskFormat::Raw)
            });
            let kept = nvram_template.as_ref();
            loader.kind.is_none_or(|kind| kind == LoaderKind::Pflash)
                && loader
                    .path
                    .as_ref()
                    .is_none_or(|path| *path == executable.filename)
                && suits_mode(loader, *mode)
                && is(format, &executable.format)
                && template.is_none_or(|it| kept.is_some_and(|kept| kept.filename == it))
                && kept.is_none_or(|kept| is(nvram.and_then(|it| it.format), &kept.format))
                && (*mode == FlashMode::Split) == kept.is_some()
        }
        Mapping::Memory { filename } => {
            loader.kind.is_none_or(|kind| kind == LoaderKind::Rom)
                && loader.path.as_ref().is_none_or(|path| path == filename)
                && loader.stateless != Some(false)
                && loader.readonly != Some(false)
                && is(loader.format, word(DiskFormat::Raw))
                && domain.os.nvram.is_none()
        }
        Mapping::Kernel { .. } | Mapping::Other => false,
    }
}

fn suits_mode(loader: &Loader, mode: FlashMode) -> bool {
    let stateless = mode == FlashMode::Stateless;
    let writable = mode == FlashMode::Combined;
    loader.stateless.is_none_or(|wanted| wanted == stateless)
        && loader.readonly.is_none_or(|wanted| wanted != writable)
}

fn suits_encryption(domain: &Domain, firmware: &Firmware) -> bool {
    match domain.launch_security.as_deref() {
        Some(LaunchSecurity::Sev(sev)) => {
            firmware.has(Feature::AmdSev)
                && (sev.policy & SEV_ES == 0 || firmware.has(Feature::AmdSevEs))
        }
        Some(LaunchSecurity::SevSnp(_)) => firmware.has(Feature::AmdSevSnp),
        Some(LaunchSecurity::S390Pv) | None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECURE: &str = r#"{"interface-types": ["uefi"],
        "mapping": {"device": "flash", "executable": {"filename": "/secure.fd", "format": "raw"},
            "nvram-template": {"filename": "/keys.fd", "format": "raw"}},
        "targets": [{"architecture": "x86_64", "machines": ["pc-q35-*"]}],
        "features": ["requires-smm", "secure-boot", "enrolled-keys"]}"#;
    const PLAIN: &str = r#"{"interface-types": ["uefi"],
        "mapping": {"device": "flash", "executable": {"filename": "/plain.fd", "format": "raw"},
            "nvram-template": {"filename": "/vars.fd", "format": "raw"}},
        "targets": [{"architecture": "x86_64", "machines": ["pc-i440fx-*", "pc-q35-*"]}],
        "features": ["acpi-s3"]}"#;
    const STATELESS: &str = r#"{"interface-types": ["uefi"],
        "mapping": {"device": "flash", "mode": "stateless",
            "executable": {"filename": "/stateless.fd", "format": "raw"}},
        "targets": [{"architecture": "x86_64", "machines": ["pc-q35-*"]}], "features": ["amd-sev"]}"#;

    fn check(machine: &str, os: &str, expected: Option<&str>) {
        let text = format!(
            "<domain type='qemu'><name>a</name><os firmware='efi'>\
             <type arch='x86_64' machine='{machine}'>hvm</type>{os}</os></domain>"
        );
        let domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let installed = [SECURE, PLAIN, STATELESS].map(|text| serde_json::from_str(text).unwrap());
        let chosen = choose(&domain, &installed).map(|firmware| match &firmware.mapping {
            Mapping::Flash { executable, .. } => executable.filename.as_str(),
            other => panic!("{other:?}"),
        });
        assert_eq!(chosen, expected, "{machine} {os}");
    }

    #[test]
    fn the_first_that_suits_is_taken() {
        check("pc-q35-10.0", "", Some("/secure.fd"));
        check("pc-i440fx-10.0", "", Some("/plain.fd"));
        check("microvm", "", None);
    }

    #[test]
    fn what_the_document_asks_for_decides() {
        let feature = |name: &str, enabled: &str| {
            format!("<firmware><feature name='{name}' enabled='{enabled}'/></firmware>")
        };
        let q35 = "pc-q35-10.0";
        check(q35, &feature("secure-boot", "no"), Some("/plain.fd"));
        check(q35, &feature("enrolled-keys", "yes"), Some("/secure.fd"));
        check(q35, "<loader secure='no'/>", Some("/plain.fd"));
        check(q35, "<loader stateless='yes'/>", Some("/stateless.fd"));
        check(q35, "<loader>/plain.fd</loader>", Some("/plain.fd"));
        check(q35, "<nvram template='/vars.fd'/>", Some("/plain.fd"));
        check(q35, "<loader type='rom'/>", None);
        check(q35, "<loader format='qcow2'/>", None);
    }

    #[test]
    fn patterns_are_those_of_file_names() {
        for (pattern, text) in [("pc-q35-*", "pc-q35-10.0"), ("*", ""), ("a?c*e", "abcde")] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("pc-q35-*", "pc-i440fx"), ("a", "ab"), ("a*c", "ab")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
