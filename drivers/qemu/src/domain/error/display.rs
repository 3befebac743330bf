//! What can be wrong with a graphics device, a video card or an audio backend.

use protocol::error::{Code, Origin};

/// What is wrong with a display.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum DisplayError {
    #[error("{kind} graphics are not supported with this QEMU")]
    Graphics { kind: &'static str },
    #[error("VNC password is {length} characters long, only 8 permitted")]
    VncPassword { length: usize },
    #[error("Unable to find an unused port for VNC: raise remote_display_port_max or stop a guest")]
    NoPort,
    #[error("multiple listen types of one graphics device are not supported")]
    Listens,
    #[error("vnc port must be in range [5900,65535]: {port} is not")]
    VncPort { port: i32 },
    #[error("Network not found: no network with matching name '{network}'")]
    ListenNetwork { network: String },
    #[error("'network' attribute is required for listen type 'network'")]
    NoListenNetwork,
    #[error(
        "graphics '{attribute}' attribute '{old}' must match the one of the first listen element (found '{new}')"
    )]
    ListenMismatch {
        attribute: &'static str,
        old: String,
        new: String,
    },
    #[error("spice secure channels set in XML configuration, but TLS port is not provided")]
    NoTlsPort,
    #[error("D-Bus p2p with an address is not supported")]
    DbusAddress,
    #[error(
        "graphics type 'egl-headless' is only supported with one of: 'vnc', 'spice' graphics types"
    )]
    EglHeadless,
    #[error("no audio device with ID {id}")]
    NoAudio { id: u32 },
    #[error("unable to find audio backend {id} for sound device: add <audio id='{id}'>")]
    NoAudioBackend { id: u32 },
    #[error("audio ID {id} is used multiple times")]
    SecondAudio { id: u32 },
    #[error("audio ID 0 is not permitted: count from 1")]
    AudioZero,
    #[error("audio settings specified without fixed settings flag")]
    AudioSettings,
    #[error("fixed audio settings requires mixing engine")]
    AudioMixing,
    #[error("Unable to find a satisfying vhost-user-gpu: install one")]
    NoPainter,
    #[error("'vhostuser' driver is only supported with 'virtio' device")]
    PainterModel,
    #[error("a 'none' video type must be the only video device defined for the domain")]
    NoneBeside,
    #[error("{attribute} attribute only supported for video type qxl")]
    QxlOnly { attribute: &'static str },
    #[error("address not supported for video type {model}")]
    VideoAddress { model: &'static str },
    #[error("model resolution is not supported")]
    Resolution,
    #[error("video resolution values must be greater than 0")]
    ResolutionZero,
    #[error("value for 'vram' must be at least 1 MiB (1024 KiB)")]
    SmallVram,
    #[error("video type '{model}' doesn't support multiple 'heads'")]
    Heads { model: &'static str },
    #[error("3d acceleration is supported only with 'virtio' video device")]
    AccelerationModel,
    #[error("missing values for acceleration")]
    EmptyAcceleration,
    #[error(
        "Invalid value for attribute 'streams' in element 'sound': Zero is not permitted: leave it out"
    )]
    NoStreams,
    #[error("value for 'vgamem' must be at least 1 MiB (1024 KiB)")]
    SmallVgaMemory,
    #[error("value for 'vgamem' must be power of two")]
    OddVgaMemory,
    #[error("qemu does not support the accel2d setting")]
    Acceleration2d,
    #[error("'blob' support for virtio-gpu devices requires a memfd memory backend")]
    BlobMemory,
    #[error(
        "iommu, ats, packed and page_per_vq are for virtio devices, not for video model '{model}'"
    )]
    VirtioOption { model: &'static str },
    #[error("only a card of the driver 'vhostuser' has a rendernode")]
    RenderNode,
    #[error("'blob' is only supported for virtio-gpu devices")]
    BlobModel,
    #[error("domain configuration does not support video model '{model}'")]
    Video { model: &'static str },
    #[error("3d acceleration is not supported by this QEMU binary")]
    Acceleration,
    #[error("only one video card can be the primary one")]
    TwoPrimaries,
    #[error("video type '{model}' is only valid as primary video device")]
    NotPrimary { model: &'static str },
    #[error("only one {kind} graphics device is supported")]
    Second { kind: &'static str },
}

impl DisplayError {
    /// The public error number.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::ListenNetwork { .. } => Code::NoNetwork,
            Self::NoPainter => Code::OperationFailed,
            Self::NoAudioBackend { .. } => Code::InternalError,
            Self::NoListenNetwork
            | Self::DbusAddress
            | Self::NoAudio { .. }
            | Self::SecondAudio { .. }
            | Self::AudioZero
            | Self::NoStreams
            | Self::Resolution => Code::XmlError,
            _ => Code::ConfigUnsupported,
        }
    }

    /// The public part of the system that the error comes from.
    pub(super) fn origin(&self) -> Origin {
        match self {
            Self::ListenNetwork { .. } => Origin::Network,
            Self::AudioZero | Self::NoStreams => Origin::Xml,
            Self::NoListenNetwork
            | Self::ListenMismatch { .. }
            | Self::DbusAddress
            | Self::NoAudio { .. }
            | Self::SecondAudio { .. }
            | Self::AudioSettings
            | Self::AudioMixing
            | Self::BlobModel
            | Self::RenderNode
            | Self::VirtioOption { .. }
            | Self::PainterModel
            | Self::NoneBeside
            | Self::QxlOnly { .. }
            | Self::VideoAddress { .. }
            | Self::ResolutionZero
            | Self::EmptyAcceleration
            | Self::TwoPrimaries => Origin::Domain,
            _ => Origin::Qemu,
        }
    }
}
