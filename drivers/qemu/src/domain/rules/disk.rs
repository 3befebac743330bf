//! `<disk>`: what each kind of source must name.

use documents::domain::{
    BackingStore, DataStore, Disk, DiskFormat, DiskSource, Domain, Encryption, NetworkProtocol,
    NetworkSource, SecretRef, Slice, SliceKind, SourceCommon, SourceHost, SourceTransport,
};

use crate::domain::error::{DiskError, DiskRule};
use crate::domain::repeated::repeated;

/// Formats that libvirt has words for, but that no image behind another one can have.
const UNKNOWN: &[DiskFormat] = &[
    DiskFormat::Auto,
    DiskFormat::Luks,
    DiskFormat::Vhdx,
    DiskFormat::Aio,
    DiskFormat::Vmdk4,
];

pub(super) fn check(domain: &Domain) -> Result<(), DiskError> {
    for disk in &domain.devices.disks {
        if let Some(rule) = broken(disk) {
            return Err(DiskError::of(rule, disk));
        }
    }
    Ok(())
}

fn broken(disk: &Disk) -> Option<DiskRule> {
    if repeated(&disk.throttlefilters, |filter| filter).is_some() {
        return Some(DiskRule::FilterTwice);
    }
    let common = disk.source.common();
    if disk.encryption.is_some() && common.is_some_and(|common| common.encryption.is_some()) {
        return Some(DiskRule::EncryptionTwice);
    }
    let network = match &disk.source {
        DiskSource::Network(network) => network.auth.as_ref(),
        _ => None,
    };
    if disk.auth.is_some() && network.is_some() {
        return Some(DiskRule::AuthTwice);
    }
    let login = disk.auth.as_ref().and_then(|auth| auth.secret.as_ref());
    login
        .and_then(broken_secret)
        .or_else(|| disk.encryption.as_ref().and_then(broken_encryption))
        .or_else(|| source(&disk.source))
        .or_else(|| disk.backing_store.as_deref().and_then(backing))
}

fn source(source: &DiskSource) -> Option<DiskRule> {
    let own = match source {
        DiskSource::Network(network) => broken_network(network),
        DiskSource::Volume(volume) => {
            (volume.pool.is_some() != volume.volume.is_some()).then_some(DiskRule::Volume)
        }
        _ => None,
    };
    own.or_else(|| broken_common(source.common()?))
}

/// What is the same in all sources.
fn broken_common(common: &SourceCommon) -> Option<DiskRule> {
    let storage = |slice: &&Slice| slice.kind == Some(SliceKind::Storage);
    let slice = common.slices.iter().find(storage);
    if slice.is_some_and(|slice| slice.offset.is_none() || slice.size.is_none()) {
        return Some(DiskRule::SliceParts);
    }
    let encryption = common.encryption.as_ref();
    encryption
        .and_then(broken_encryption)
        .or_else(|| broken_data_store(common.data_store.as_deref()?))
}

fn broken_data_store(data: &DataStore) -> Option<DiskRule> {
    let Some(place) = data.source.to_source() else {
        return Some(DiskRule::DataStoreType);
    };
    if data.format.is_none() {
        return Some(DiskRule::DataStoreParts);
    }
    source(&place)
}

fn broken_network(network: &NetworkSource) -> Option<DiskRule> {
    let secret = network.auth.as_ref().and_then(|auth| auth.secret.as_ref());
    let identity = network.identity.as_ref();
    // The one of a user and a group is a share's, that of a name is a login's.
    let login = identity.filter(|_| network.protocol == NetworkProtocol::Ssh);
    if login.is_some_and(|login| login.username.is_none()) {
        return Some(DiskRule::IdentityName);
    }
    if login.is_some_and(|login| login.keyfile.is_none() && login.agentsock.is_none()) {
        return Some(DiskRule::Identity);
    }
    network
        .hosts
        .iter()
        .find_map(|host| (!is_named(host)).then_some(DiskRule::HostName))
        .or_else(|| secret.and_then(broken_secret))
}

/// Whether a server has a name, where it is reached by one.
pub(super) fn is_named(host: &SourceHost) -> bool {
    host.name.is_some() || host.transport == Some(SourceTransport::Unix)
}

/// Each key of an image is a passphrase that is kept as a secret.
fn broken_encryption(encryption: &Encryption) -> Option<DiskRule> {
    encryption
        .secrets
        .iter()
        .find_map(|secret| match secret.kind.as_deref() {
            None | Some("") => Some(DiskRule::KeyType),
            Some("passphrase") => broken_secret(secret),
            Some(_) => Some(DiskRule::KeyPassphrase),
        })
}

fn broken_secret(secret: &SecretRef) -> Option<DiskRule> {
    (secret.uuid.is_none() && secret.usage.is_none()).then_some(DiskRule::SecretName)
}

/// What stands in the document about the images below.
fn backing(store: &BackingStore) -> Option<DiskRule> {
    let format = store.format.as_ref().map(|format| format.format);
    if format.is_some_and(|format| UNKNOWN.contains(&format)) {
        return Some(DiskRule::BackingUnknownFormat);
    }
    let below = store.source.to_source()?;
    source(&below).or_else(|| store.backing_store.as_deref().and_then(backing))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    fn disk(kind: &str, content: &str, expected: Option<(Code, Origin)>) {
        let text = format!(
            "<devices><disk type='{kind}'>{content}<target dev='vda' bus='virtio'/></disk></devices>"
        );
        check(&text, expected);
    }

    const DETAIL: Option<(Code, Origin)> = Some((Code::XmlError, Origin::Domain));

    #[test]
    fn a_source_names_all_that_it_needs() {
        disk("volume", "<source pool='p' volume='v'/>", None);
        disk("volume", "<source pool='p'/>", DETAIL);
        disk(
            "network",
            "<source protocol='nbd'><host name='h'/></source>",
            None,
        );
        let unix = "<source protocol='nbd'><host transport='unix' socket='/s'/></source>";
        disk("network", unix, None);
        disk(
            "network",
            "<source protocol='nbd'><host port='1'/></source>",
            DETAIL,
        );
        let login = "<source protocol='ssh' name='/i'><host name='h'/><identity username='u' ";
        disk("network", &format!("{login}keyfile='/k'/></source>"), None);
        disk("network", &format!("{login}/></source>"), DETAIL);
    }

    #[test]
    fn a_secret_is_named() {
        let auth = |name: &str| {
            format!("<auth username='u'><secret type='ceph' {name}/></auth><source file='/i'/>")
        };
        disk("file", &auth("usage='s'"), None);
        disk("file", &auth(""), Some((Code::XmlError, Origin::None)));
    }

    #[test]
    fn a_key_is_a_passphrase() {
        let key = |kind: &str| {
            format!(
                "<source file='/i'><encryption format='luks'><secret {kind} usage='u'/></encryption></source>"
            )
        };
        disk("file", &key("type='passphrase'"), None);
        disk("file", &key(""), Some((Code::XmlError, Origin::Storage)));
        let other = Some((Code::ConfigUnsupported, Origin::Storage));
        disk("file", &key("type='ceph'"), other);
    }

    #[test]
    fn a_slice_has_both_ends() {
        let slice =
            |slice: &str| format!("<source file='/i'><slices><slice {slice}/></slices></source>");
        disk("file", &slice("type='storage' offset='0' size='1'"), None);
        disk("file", &slice("type='storage' offset='0'"), DETAIL);
        disk("file", &slice("type='other'"), None);
    }

    #[test]
    fn a_data_store_says_its_type_and_format() {
        let store = |kind: &str, format: &str| {
            format!(
                "<driver name='qemu' type='qcow2'/><source file='/i'><dataStore {kind}>{format}<source file='/d'/></dataStore></source>"
            )
        };
        let format = "<format type='raw'/>";
        disk("file", &store("type='file'", format), None);
        disk("file", &store("type='file'", ""), DETAIL);
        disk(
            "file",
            &store("", format),
            Some((Code::XmlError, Origin::Xml)),
        );
    }

    #[test]
    fn an_image_below_is_somewhere() {
        let below = |source: &str| {
            format!(
                "<source file='/i'/><backingStore type='file'><format type='raw'/>{source}</backingStore>"
            )
        };
        disk("file", &below("<source file='/b'/>"), None);
        disk("file", &below("<source/>"), None);
        disk("file", "<source file='/i'/><backingStore/>", None);
    }

    #[test]
    fn a_filter_is_named_once() {
        let filters = |second: &str| {
            format!(
                "<source file='/i'/><throttlefilters><throttlefilter group='a'/><throttlefilter group='{second}'/></throttlefilters>"
            )
        };
        disk("file", &filters("b"), None);
        disk("file", &filters("a"), DETAIL);
    }
}
