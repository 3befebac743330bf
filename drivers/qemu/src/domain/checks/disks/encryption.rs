//! Disks whose image is encrypted: by whom, and in which format.

use documents::domain::{
    Disk, DiskBus, DiskFormat, DiskSource, Encryption, EncryptionEngine, EncryptionFormat,
    NetworkProtocol,
};

use super::first;
use crate::domain::error::{DiskError, DiskRule};

pub(super) fn check_encryption(
    disk: &Disk,
    source: &DiskSource,
    encryption: Option<&Encryption>,
    format: Option<DiskFormat>,
) -> Result<(), DiskError> {
    let Some(encryption) = encryption else {
        return Ok(());
    };
    let librbd = encryption.engine == Some(EncryptionEngine::Librbd);
    let format = format.unwrap_or_default();
    let rbd =
        matches!(source, DiskSource::Network(network) if network.protocol == NetworkProtocol::Rbd);
    first(
        disk,
        [
            (
                encryption.format == EncryptionFormat::Luks && encryption.cipher.is_some(),
                DiskRule::Cipher,
            ),
            (
                disk.target.bus == Some(DiskBus::Sd) && encryption.secrets.len() > 1,
                DiskRule::SdSecrets,
            ),
            (
                matches!(
                    encryption.format,
                    EncryptionFormat::Default | EncryptionFormat::Qcow
                ),
                DiskRule::OldEncryption,
            ),
            (librbd && !rbd, DiskRule::LibrbdSource),
            (
                !librbd
                    && matches!(
                        encryption.format,
                        EncryptionFormat::Luks2 | EncryptionFormat::LuksAny
                    ),
                DiskRule::EncryptionEngine,
            ),
            (
                !librbd && !matches!(format, DiskFormat::Raw | DiskFormat::Qcow2),
                DiskRule::EncryptionFormat,
            ),
            (!librbd && encryption.secrets.len() > 1, DiskRule::KeyCount),
        ],
    )
}
