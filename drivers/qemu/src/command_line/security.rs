//! Memory that the host cannot read, and keys that the machine wraps.

use std::path::Path;

use documents::domain::{Domain, LaunchSecurity, Sev, SevSnp};
use serde::Serialize;

use super::arguments::Arguments;
use crate::capabilities::{Arch, Capabilities};
use crate::domain::SecurityError;

/// The object that encrypts.
pub(super) const OBJECT: &str = "lsec0";
/// The file of the owner's key in the guest's own directory.
const DH_CERT: &str = "dh_cert.base64";
/// The file of the owner's session there.
const SESSION: &str = "session.base64";

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct SevGuest {
    qom_type: &'static str,
    id: &'static str,
    cbitpos: u32,
    reduced_phys_bits: u32,
    policy: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    dh_cert_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kernel_hashes: Option<bool>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct SnpGuest<'a> {
    qom_type: &'static str,
    id: &'static str,
    cbitpos: u32,
    reduced_phys_bits: u32,
    policy: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_visible_workarounds: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_block: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_auth: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_data: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kernel_hashes: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_key_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vcek_disabled: Option<bool>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct PvGuest {
    qom_type: &'static str,
    id: &'static str,
}

/// Adds the object that encrypts. `home` is the guest's own directory, where the owner's files are.
pub(super) fn add(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
    home: Option<&Path>,
) -> Result<(), serde_json::Error> {
    match domain.launch_security.as_deref() {
        None => Ok(()),
        Some(LaunchSecurity::Sev(sev)) => args.object(&sev_guest(sev, capabilities, home)),
        Some(LaunchSecurity::SevSnp(snp)) => args.object(&snp_guest(snp, capabilities)),
        Some(LaunchSecurity::S390Pv) => args.object(&PvGuest {
            qom_type: "s390-pv-guest",
            id: OBJECT,
        }),
    }
}

/// What the owner gives for the start: files of the guest's own directory, and what is in them.
pub(crate) fn files(domain: &Domain) -> Vec<(&'static str, &str)> {
    let Some(LaunchSecurity::Sev(sev)) = domain.launch_security.as_deref() else {
        return Vec::new();
    };
    let key = sev.dh_cert.as_deref().map(|text| (DH_CERT, text));
    let session = sev.session.as_deref().map(|text| (SESSION, text));
    key.into_iter().chain(session).collect()
}

/// The document's word, else the host's.
fn address(cbitpos: Option<u32>, reduced: Option<u32>, capabilities: &Capabilities) -> (u32, u32) {
    let host = capabilities.sev.as_ref();
    (
        cbitpos.or(host.map(|it| it.cbitpos)).unwrap_or(0),
        reduced.or(host.map(|it| it.reduced_phys_bits)).unwrap_or(0),
    )
}

fn sev_guest(sev: &Sev, capabilities: &Capabilities, home: Option<&Path>) -> SevGuest {
    let (cbitpos, reduced_phys_bits) = address(sev.cbitpos, sev.reduced_phys_bits, capabilities);
    let file = |present: &Option<String>, name| {
        present.as_ref()?;
        Some(home?.join(name).to_string_lossy().into_owned())
    };
    SevGuest {
        qom_type: "sev-guest",
        id: OBJECT,
        cbitpos,
        reduced_phys_bits,
        policy: sev.policy,
        dh_cert_file: file(&sev.dh_cert, DH_CERT),
        session_file: file(&sev.session, SESSION),
        kernel_hashes: sev.kernel_hashes,
    }
}

fn snp_guest<'a>(snp: &'a SevSnp, capabilities: &Capabilities) -> SnpGuest<'a> {
    let (cbitpos, reduced_phys_bits) = address(snp.cbitpos, snp.reduced_phys_bits, capabilities);
    SnpGuest {
        qom_type: "sev-snp-guest",
        id: OBJECT,
        cbitpos,
        reduced_phys_bits,
        policy: snp.policy,
        guest_visible_workarounds: snp.guest_visible_workarounds.as_deref(),
        id_block: snp.id_block.as_deref(),
        id_auth: snp.id_auth.as_deref(),
        host_data: snp.host_data.as_deref(),
        kernel_hashes: snp.kernel_hashes,
        author_key_enabled: snp.author_key,
        // QEMU has the switch the other way round.
        vcek_disabled: snp.vcek.map(|vcek| !vcek),
    }
}

/// Refuses keys that no machine here can wrap.
pub(super) fn check_keys(domain: &Domain, arch: Arch) -> Result<(), SecurityError> {
    let named = domain
        .keywrap
        .as_ref()
        .is_some_and(|keys| !keys.ciphers.is_empty());
    match named && arch.name() != "s390x" {
        true => Err(SecurityError::KeyWrap),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capabilities::Sev;

    fn host() -> Capabilities {
        let text = include_str!("../../tests/data/capabilities-x86_64.json");
        let mut capabilities: Capabilities = serde_json::from_str(text).unwrap();
        capabilities.sev = Some(Sev {
            pdh: String::new(),
            cpu0_id: String::new(),
            cert_chain: String::new(),
            cbitpos: 51,
            reduced_phys_bits: 1,
        });
        capabilities
    }

    fn check(security: &str, expected: &str) {
        let text = format!(
            "<domain type='kvm'><name>a</name><os/><launchSecurity {security}</launchSecurity></domain>"
        );
        let domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let mut args = Arguments::default();
        add(&mut args, &domain, &host(), Some(Path::new("/home"))).unwrap();
        assert_eq!(args.finish(), ["-object", expected]);
    }

    #[test]
    fn what_the_document_leaves_out_the_host_says() {
        check(
            "type='sev' kernelHashes='yes'><policy>0x0003</policy><dhCert>AAA</dhCert>",
            r#"{"qom-type":"sev-guest","id":"lsec0","cbitpos":51,"reduced-phys-bits":1,"policy":3,"dh-cert-file":"/home/dh_cert.base64","kernel-hashes":true}"#,
        );
        check(
            "type='sev-snp' vcek='no'><policy>0x00030000</policy><cbitpos>47</cbitpos>",
            r#"{"qom-type":"sev-snp-guest","id":"lsec0","cbitpos":47,"reduced-phys-bits":1,"policy":196608,"vcek-disabled":true}"#,
        );
    }
}
