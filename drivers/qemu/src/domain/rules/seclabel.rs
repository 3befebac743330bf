//! `<seclabel>` and `<keywrap>`.

use documents::domain::{
    CharacterSource, DeviceSecLabel, DiskSource, Domain, KeyWrapName, SecLabel, SecLabelKind,
};

use crate::domain::completion::os::word;
use crate::domain::error::SecurityError;

pub(super) fn check(domain: &Domain) -> Result<(), SecurityError> {
    let labels = &domain.seclabels;
    for (at, label) in labels.iter().enumerate() {
        check_label(label)?;
        let same = |other: &SecLabel| other.model == label.model;
        if labels.iter().take(at).any(same) {
            return Err(SecurityError::Duplicate {
                model: label.model.clone().unwrap_or_default(),
            });
        }
    }
    if labels.len() > 1 && labels.iter().any(|label| label.model.is_none()) {
        return Err(SecurityError::NoModelOfMany);
    }
    for disk in &domain.devices.disks {
        check_source(&disk.source)?;
        let mut below = disk.backing_store.as_deref();
        while let Some((store, source)) = below.and_then(|it| Some((it, it.source.to_source()?))) {
            check_source(&source)?;
            below = store.backing_store.as_deref();
        }
    }
    let devices = &domain.devices;
    let serials = devices.serials.iter().map(|it| &it.backend);
    let parallels = devices.parallels.iter().map(|it| &it.backend);
    let consoles = devices.consoles.iter().map(|it| &it.backend);
    let channels = devices.channels.iter().map(|it| &it.backend);
    for backend in serials.chain(parallels).chain(consoles).chain(channels) {
        check_files(match &backend.source {
            CharacterSource::Pty(source) => &source.seclabels,
            CharacterSource::Dev(source) | CharacterSource::Pipe(source) => &source.seclabels,
            CharacterSource::File(source) => &source.seclabels,
            CharacterSource::Tcp(source) => &source.seclabels,
            CharacterSource::Unix(source) => &source.seclabels,
            _ => continue,
        })?;
    }
    check_ciphers(domain)
}

fn check_source(source: &DiskSource) -> Result<(), SecurityError> {
    let common = source.common();
    common.map_or(Ok(()), |common| check_files(&common.seclabels))
}

/// The labels of one device's files.
fn check_files(labels: &[DeviceSecLabel]) -> Result<(), SecurityError> {
    for (at, label) in labels.iter().enumerate() {
        let model = || label.model.clone().unwrap_or_default();
        let same = |other: &DeviceSecLabel| other.model.is_some() && other.model == label.model;
        if labels.iter().take(at).any(same) {
            return Err(SecurityError::Duplicate { model: model() });
        }
        match (label.relabel, &label.label) {
            (Some(false), Some(_)) => {
                return Err(SecurityError::LabelWithoutRelabel { model: model() });
            }
            (Some(true), None) => {
                return Err(SecurityError::RelabelWithoutLabel { model: model() });
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_label(label: &SecLabel) -> Result<(), SecurityError> {
    let kind = label.kind.unwrap_or_default();
    match (kind, label.relabel) {
        (SecLabelKind::Dynamic, Some(false)) => return Err(SecurityError::DynamicWithoutRelabel),
        (SecLabelKind::None, Some(true)) => return Err(SecurityError::NoneWithRelabel),
        _ => {}
    }
    let model = label.model.as_deref();
    if model == Some("none") {
        return Ok(());
    }
    // Without a model, only "the usual" and "nothing" can be meant.
    let usual = kind == SecLabelKind::None
        || (label.kind == Some(SecLabelKind::Dynamic) && label.baselabel.is_none());
    if model.is_none() && !usual {
        return Err(SecurityError::NoModel);
    }
    if kind == SecLabelKind::Static && label.label.as_deref().is_none_or(str::is_empty) {
        return Err(SecurityError::NoLabel);
    }
    Ok(())
}

fn check_ciphers(domain: &Domain) -> Result<(), SecurityError> {
    let mut seen: Vec<KeyWrapName> = Vec::new();
    for cipher in domain.keywrap.iter().flat_map(|wrap| &wrap.ciphers) {
        if seen.contains(&cipher.name) {
            let name = word(cipher.name);
            return Err(SecurityError::DuplicateCipher { name });
        }
        seen.push(cipher.name);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    const XML: Option<(Code, Origin)> = Some((Code::XmlError, Origin::Domain));
    const NOWHERE: Option<(Code, Origin)> = Some((Code::ConfigUnsupported, Origin::Domain));

    #[test]
    fn a_label_names_its_model() {
        check("<seclabel type='none'/>", None);
        check("<seclabel type='dynamic'/>", None);
        check("<seclabel/>", XML);
        check("<seclabel type='static'><label>x</label></seclabel>", XML);
        check(
            "<seclabel type='dynamic'><baselabel>x</baselabel></seclabel>",
            XML,
        );
        check("<seclabel type='static' model='dac'/>", XML);
    }

    #[test]
    fn relabelling_follows_the_type() {
        check(
            "<seclabel type='dynamic' model='dac' relabel='no'/>",
            NOWHERE,
        );
        check("<seclabel type='none' model='dac' relabel='yes'/>", NOWHERE);
        check(
            "<seclabel type='static' model='dac' relabel='no'><label>0:0</label></seclabel>",
            None,
        );
    }

    #[test]
    fn a_model_has_one_label() {
        let dac = "<seclabel type='dynamic' model='dac'/>";
        check(
            &format!("{dac}<seclabel type='dynamic' model='selinux'/>"),
            None,
        );
        check(
            &format!("{dac}{dac}"),
            Some((Code::XmlDetail, Origin::Domain)),
        );
        check(&format!("<seclabel type='none'/>{dac}"), XML);
        check(
            &format!("<seclabel type='none'/>{dac}{dac}"),
            Some((Code::XmlDetail, Origin::Domain)),
        );
    }

    #[test]
    fn a_file_of_a_port_has_one_label_of_a_model() {
        let port = |labels: &str| {
            let source = format!("<source path='/p'>{labels}</source>");
            format!("<devices><serial type='file'>{source}</serial></devices>")
        };
        let label = "<seclabel model='dac' relabel='yes'><label>a:b</label></seclabel>";
        check(&port(label), None);
        let twice = format!("{label}{label}");
        check(&port(&twice), Some((Code::XmlDetail, Origin::Domain)));
        let bare = "<seclabel model='dac' relabel='yes'/>";
        check(&port(bare), Some((Code::XmlError, Origin::Domain)));
    }

    #[test]
    fn a_cipher_is_named_once() {
        let aes = "<cipher name='aes' state='on'/>";
        check(&format!("<keywrap>{aes}</keywrap>"), None);
        check(
            &format!("<keywrap>{aes}{aes}</keywrap>"),
            Some((Code::InternalError, Origin::Domain)),
        );
    }
}
