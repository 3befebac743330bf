//! What can be wrong with a keyboard, mouse or tablet.

use protocol::error::{Code, Origin};

/// Why a guest cannot have an input device.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum InputError {
    #[error("{bus} bus does not support {kind} input device")]
    Bus {
        bus: &'static str,
        kind: &'static str,
    },
    #[error("unsupported input bus {bus}")]
    UnsupportedBus { bus: &'static str },
    #[error("only bus 'virtio' is supported for 'passthrough' input devices")]
    PassthroughBus,
    #[error("an 'evdev' input device is on no bus: leave the attribute out")]
    EvdevBus,
    #[error("only bus 'virtio' is supported for input model '{model}'")]
    ModelBus { model: &'static str },
    #[error("ps2 bus inputs require the ps2 feature not to be disabled")]
    Ps2Off,
    #[error("ps2 is not supported by this QEMU binary")]
    NoPs2,
    #[error("an input device of the host needs its path: name it in <source>")]
    NoPath,
    #[error("Invalid address for a USB device")]
    UsbAddress,
    #[error("virtio (non-)transitional models are not supported for input type={kind}")]
    Transitional { kind: &'static str },
    #[error("virtio input type={kind} is not supported by this QEMU binary")]
    Model { kind: &'static str },
}

impl InputError {
    /// The public error number and origin.
    pub(super) fn public(&self) -> (Code, Origin) {
        match self {
            Self::Bus { .. } | Self::UnsupportedBus { .. } => (Code::InternalError, Origin::Domain),
            Self::PassthroughBus | Self::EvdevBus | Self::ModelBus { .. } | Self::Ps2Off => {
                (Code::ConfigUnsupported, Origin::Domain)
            }
            Self::UsbAddress | Self::NoPath => (Code::XmlError, Origin::Domain),
            Self::Transitional { .. } | Self::Model { .. } | Self::NoPs2 => {
                (Code::ConfigUnsupported, Origin::Qemu)
            }
        }
    }
}
