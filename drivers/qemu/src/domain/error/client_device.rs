//! What can be wrong with USB devices of a client and with smart cards.

use protocol::error::{Code, Origin};

/// Why a guest cannot have such a device.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum ClientDeviceError {
    #[error("Invalid USB {what} {value}")]
    FilterNumber { what: &'static str, value: String },
    #[error("Invalid address for a USB device: a redirected device has an address of type 'usb'")]
    RedirAddress,
    #[error("the USB {what} '{value}' is no number")]
    FilterValue { what: &'static str, value: String },
    #[error("Cannot parse USB device version {version}")]
    FilterVersion { version: String },
    #[error("host-certificates mode needs exactly three certificates")]
    Certificates,
    #[error("expecting absolute path: {path}")]
    Database { path: String },
    #[error("Controllers must use the 'ccid' address type")]
    CardAddress,
    #[error("this QEMU binary lacks multiple smartcard support")]
    SecondCard,
    #[error("this QEMU binary lacks smartcard {mode} mode support")]
    CardMode { mode: &'static str },
}

impl ClientDeviceError {
    /// The public error number and origin.
    pub(super) fn public(&self) -> (Code, Origin) {
        match self {
            Self::FilterNumber { .. } => (Code::InternalError, Origin::Domain),
            Self::FilterValue { .. } => (Code::XmlError, Origin::Xml),
            Self::RedirAddress
            | Self::FilterVersion { .. }
            | Self::Certificates
            | Self::Database { .. } => (Code::XmlError, Origin::Domain),
            Self::CardAddress => (Code::ConfigUnsupported, Origin::Domain),
            _ => (Code::ConfigUnsupported, Origin::Qemu),
        }
    }
}
