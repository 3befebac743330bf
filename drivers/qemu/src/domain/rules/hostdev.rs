//! `<hostdev>`: which device of the host is meant.

use documents::domain::{
    Domain, HostDev, HostDevMode, HostDevSource, PciAddress, ScsiHostDevSource, ScsiProtocol,
};

use xml::Record;

use super::disk::is_named;
use crate::domain::completion::hostdev::card_place;
use crate::domain::error::HostDevError;

/// The largest numbers of a PCI address.
const LARGEST: PciAddress = PciAddress {
    domain: 0xffff,
    bus: 0xff,
    slot: 0x1f,
    function: 7,
    multifunction: None,
    zpci: None,
};

/// The models of mediated devices.
const MEDIATED: &[&str] = &["vfio-pci", "vfio-ccw", "vfio-ap"];
/// The models of SCSI hosts in the kernel.
const SCSI_HOSTS: &[&str] = &["virtio", "virtio-transitional", "virtio-non-transitional"];

pub(super) fn check(domain: &Domain) -> Result<(), HostDevError> {
    let devices = &domain.devices;
    let mut cards = devices.interfaces.iter().filter_map(card_place);
    cards.try_for_each(|place| check_place(&place))?;
    devices.hostdevs.iter().try_for_each(check_one)
}

fn check_one(device: &HostDev) -> Result<(), HostDevError> {
    let part_of_host = matches!(
        device.source,
        HostDevSource::Storage(_) | HostDevSource::Misc(_) | HostDevSource::Net(_)
    );
    let capabilities = device.mode == Some(HostDevMode::Capabilities);
    if part_of_host != capabilities {
        return Err(HostDevError::Kind {
            kind: Record::selected(&device.source),
        });
    }
    if capabilities {
        return Ok(());
    }
    check_model(device)?;
    match &device.source {
        HostDevSource::Pci(source) if source.startup_policy.is_some() => {
            Err(HostDevError::StartupPolicy)
        }
        HostDevSource::Pci(source) => source.address.as_ref().map_or(Ok(()), check_place),
        HostDevSource::Scsi(source) => check_scsi(source),
        _ => Ok(()),
    }
}

/// A mediated device says its model, a SCSI host in the kernel may; other devices have none.
fn check_model(device: &HostDev) -> Result<(), HostDevError> {
    let model = device.model.as_deref();
    let known = match &device.source {
        HostDevSource::Mdev(_) if model.is_none() => return Err(HostDevError::NoModel),
        HostDevSource::Mdev(_) => MEDIATED,
        HostDevSource::ScsiHost(_) => SCSI_HOSTS,
        _ if model.is_some() => return Err(HostDevError::ModelOfOther),
        _ => return Ok(()),
    };
    match model {
        Some(model) if !known.contains(&model) => Err(HostDevError::UnknownModel {
            model: model.to_owned(),
            known,
        }),
        _ => Ok(()),
    }
}

fn check_place(address: &PciAddress) -> Result<(), HostDevError> {
    let parts = [
        ("domain", address.domain, LARGEST.domain),
        ("bus", address.bus, LARGEST.bus),
        ("slot", address.slot, LARGEST.slot),
        ("function", address.function, LARGEST.function),
    ];
    match parts.into_iter().find(|(_, value, most)| value > most) {
        Some((part, value, most)) => Err(HostDevError::PciPlace { part, value, most }),
        None => Ok(()),
    }
}

fn check_scsi(source: &ScsiHostDevSource) -> Result<(), HostDevError> {
    if source.protocol == Some(ScsiProtocol::Iscsi) {
        return match source.hosts.as_slice() {
            [] => Err(HostDevError::IscsiHost),
            [host] if is_named(host) => check_login(source),
            [_] => Err(HostDevError::HostName),
            _ => Err(HostDevError::SecondHost),
        };
    }
    match source.adapter.as_deref() {
        None | Some("") if source.address.is_some() => Err(HostDevError::NoAdapter),
        _ => Ok(()),
    }
}

/// The password of an iSCSI target is a secret of that kind.
fn check_login(source: &ScsiHostDevSource) -> Result<(), HostDevError> {
    let Some(secret) = source.auth.as_ref().and_then(|auth| auth.secret.as_ref()) else {
        return Ok(());
    };
    if secret.uuid.is_none() && secret.usage.is_none() {
        return Err(HostDevError::SecretName);
    }
    match secret.kind.as_deref() {
        Some("iscsi") => Ok(()),
        Some("none" | "volume" | "ceph" | "tls" | "vtpm") => Err(HostDevError::SecretOfOther),
        _ => Err(HostDevError::SecretType),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    fn device(kind: &str, content: &str, expected: Option<(Code, Origin)>) {
        let text = format!("<devices><hostdev type='{kind}'>{content}</hostdev></devices>");
        check(&text, expected);
    }

    const XML: Option<(Code, Origin)> = Some((Code::XmlError, Origin::Domain));

    #[test]
    fn a_pci_place_exists() {
        let place = |slot: &str| {
            format!("<source><address domain='0' bus='1' slot='{slot}' function='0'/></source>")
        };
        device("pci", &place("0x1f"), None);
        device("pci", &place("0x20"), Some((Code::XmlError, Origin::None)));
    }

    #[test]
    fn a_card_of_the_host_has_such_a_place_too() {
        let card = |slot: &str| {
            format!(
                "<devices><interface type='hostdev'><source>\
                 <address type='pci' bus='1' slot='{slot}'/></source></interface></devices>"
            )
        };
        check(&card("0x1f"), None);
        check(&card("0x20"), Some((Code::XmlError, Origin::None)));
    }

    #[test]
    fn a_model_is_one_of_its_type() {
        let model = |kind: &str, source: &str, model: &str, expected| {
            let text =
                format!("<devices><hostdev type='{kind}' {model}>{source}</hostdev></devices>");
            check(&text, expected);
        };
        let refused = Some((Code::XmlError, Origin::Xml));
        let mediated = "<source><address uuid='9d2aa4bb-0d9a-4e0e-9f0e-6a4cc0f7f7a1'/></source>";
        model("mdev", mediated, "model='vfio-pci'", None);
        model("mdev", mediated, "", refused);
        model("mdev", mediated, "model='virtio'", refused);
        let host = "<source protocol='vhost' wwpn='naa.5123456789abcde0'/>";
        model("scsi_host", host, "", None);
        model("scsi_host", host, "model='virtio-transitional'", None);
        model("scsi_host", host, "model='vfio-pci'", refused);
        model("pci", "<source/>", "", None);
        model("pci", "<source/>", "model='vfio-pci'", XML);
    }

    #[test]
    fn a_unit_has_one_adapter_or_one_server() {
        let local = |adapter: &str| {
            format!("<source>{adapter}<address bus='0' target='0' unit='0'/></source>")
        };
        device("scsi", &local("<adapter name='scsi_host0'/>"), None);
        device("scsi", &local("<adapter name=''/>"), XML);
        let remote =
            |hosts: &str| format!("<source protocol='iscsi' name='iqn/1'>{hosts}</source>");
        device("scsi", &remote("<host name='h'/>"), None);
        device("scsi", &remote("<host port='1'/>"), XML);
        device("scsi", &remote("<host name='h'/><host name='i'/>"), XML);
    }

    #[test]
    fn the_password_of_iscsi_is_a_secret_of_it() {
        let login = |secret: &str, expected| {
            let source = format!(
                "<source protocol='iscsi' name='iqn/1'><host name='h'/><auth username='u'><secret {secret}/></auth></source>"
            );
            device("scsi", &source, expected);
        };
        login("type='iscsi' usage='u'", None);
        login("type='iscsi'", Some((Code::XmlError, Origin::None)));
        login("usage='u'", Some((Code::ConfigUnsupported, Origin::Domain)));
        login(
            "type='ceph' usage='u'",
            Some((Code::InternalError, Origin::Domain)),
        );
    }
}
