//! `<sound>` and `<audio>`: sound cards of the guest, and where the host plays them.

use xml::{Xml, XmlEnum};

use super::{DeviceInfo, VirtioOptions};

/// A sound card.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "sound")]
pub struct Sound {
    /// The model.
    #[xml(attribute, required)]
    pub model: SoundModel,
    /// Whether a USB card has more than two channels.
    #[xml(attribute, yes_no, since = "9.4.0", default = "`no`")]
    pub multichannel: Option<bool>,
    /// Streams of a virtio card.
    #[xml(attribute, since = "10.4.0", absent = "the hypervisor decides")]
    pub streams: Option<u32>,
    /// Its codecs.
    #[xml(
        child = "codec",
        attribute = "type",
        fault = "Unsupported",
        required,
        since = "0.9.13"
    )]
    pub codecs: Vec<SoundCodec>,
    /// Where the host plays it.
    #[xml(
        child = "audio",
        attribute = "id",
        since = "6.7.0",
        required,
        positive,
        schema = "crate::pattern::BYTE"
    )]
    pub audio: Option<u32>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
    /// What of virtio may be set on any device.
    #[xml(child, omit_empty, since = "10.4.0")]
    pub driver: Option<VirtioOptions>,
}

/// The model of a sound card.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum SoundModel {
    /// Creative Sound Blaster 16.
    Sb16,
    /// Ensoniq AudioPCI.
    Es1370,
    /// The PC's speaker.
    Pcspk,
    /// Intel AC97.
    #[xml(since = "0.6.0")]
    Ac97,
    /// Intel HDA of ICH6.
    #[default]
    #[xml(since = "0.8.8")]
    Ich6,
    /// Intel HDA of ICH9.
    #[xml(since = "1.1.3")]
    Ich9,
    /// USB.
    #[xml(since = "1.2.8")]
    Usb,
    /// Intel HDA of ICH7.
    Ich7,
    /// virtio.
    #[xml(since = "10.4.0")]
    Virtio,
}

/// A codec of a sound card.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum SoundCodec {
    /// Line in and out.
    #[default]
    Duplex,
    /// Microphone and speaker.
    Micro,
    /// Out alone.
    #[xml(since = "4.4.0")]
    Output,
}

/// Where the host plays sound.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(name = "audio")]
pub struct Audio {
    /// Its number, from 1.
    #[xml(attribute, lead, required, schema = "crate::pattern::BYTE")]
    pub id: u32,
    /// Milliseconds between looks.
    #[xml(
        attribute,
        positive,
        since = "7.2.0",
        absent = "the hypervisor decides",
        schema = "crate::pattern::WORD"
    )]
    pub timer_period: Option<u32>,
    /// How it is played.
    #[xml(flatten, lead)]
    pub backend: AudioBackend,
    /// Sound in.
    #[xml(child, omit_empty, since = "7.2.0")]
    pub input: Option<AudioStream>,
    /// Sound out.
    #[xml(child, omit_empty, since = "7.2.0")]
    pub output: Option<AudioStream>,
}

/// How the host plays sound.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(tag = "type", required)]
pub enum AudioBackend {
    /// Not at all.
    #[default]
    None,
    /// ALSA.
    Alsa,
    /// macOS.
    Coreaudio,
    /// Jack.
    Jack,
    /// Open Sound System.
    Oss(OssAudio),
    /// PulseAudio.
    Pulseaudio(PulseAudio),
    /// SDL.
    Sdl(SdlAudio),
    /// SPICE.
    Spice,
    /// A file.
    File(FileAudio),
    /// D-Bus.
    Dbus,
    /// PipeWire.
    #[xml(name = "pipewire", since = "9.10.0")]
    PipeWire(PipeWireAudio),
}

/// Open Sound System.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor decides")]
pub struct OssAudio {
    /// Whether the device is mapped.
    #[xml(attribute = "tryMMap", yes_no)]
    pub try_mmap: Option<bool>,
    /// Whether nobody else may use it.
    #[xml(attribute, yes_no)]
    pub exclusive: Option<bool>,
    /// The policy of timing; -1 is none.
    #[xml(attribute)]
    pub dsp_policy: Option<i32>,
}

/// PulseAudio.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "that of the session that starts the hypervisor")]
pub struct PulseAudio {
    /// The server.
    #[xml(attribute)]
    pub server_name: Option<String>,
}

/// SDL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "SDL decides")]
pub struct SdlAudio {
    /// Its driver.
    #[xml(attribute)]
    pub driver: Option<SdlDriver>,
}

/// A driver of SDL.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SdlDriver {
    /// ESD.
    Esd,
    /// ALSA.
    #[default]
    Alsa,
    /// aRts.
    Arts,
    /// PulseAudio.
    Pulseaudio,
}

/// A file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor decides")]
pub struct FileAudio {
    /// Its path.
    #[xml(attribute, schema = "crate::pattern::NOT_EMPTY")]
    pub path: Option<String>,
}

/// PipeWire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "that of the session that starts the hypervisor")]
pub struct PipeWireAudio {
    /// The folder of its sockets.
    #[xml(attribute, schema = "crate::pattern::NOT_EMPTY")]
    pub runtime_dir: Option<String>,
}

/// Sound of one direction. Which attributes apply depends on the way it is played.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "../@type='alsa' => @dev ~ crate::pattern::NOT_EMPTY")]
#[xml(rule = "../@type='oss' => @dev ~ crate::pattern::DEVICE_NAME")]
#[xml(absent = "the hypervisor decides")]
pub struct AudioStream {
    /// Whether the hypervisor mixes.
    #[xml(attribute, yes_no, default = "`yes`")]
    pub mixing_engine: Option<bool>,
    /// Whether the host's format is fixed.
    #[xml(attribute, yes_no, default = "`no`; `yes` when there are settings")]
    pub fixed_settings: Option<bool>,
    /// Voices.
    #[xml(attribute, positive, default = "1", schema = "crate::pattern::WORD")]
    pub voices: Option<u32>,
    /// The buffer in microseconds.
    #[xml(attribute, positive, schema = "crate::pattern::WORD")]
    pub buffer_length: Option<u32>,
    /// The device, of ALSA and OSS.
    #[xml(attribute)]
    pub dev: Option<String>,
    /// Buffers, of Core Audio, OSS and SDL.
    #[xml(attribute, schema = "crate::pattern::WORD")]
    pub buffer_count: Option<u32>,
    /// The server, of Jack.
    #[xml(attribute)]
    pub server_name: Option<String>,
    /// The client's name, of Jack.
    #[xml(attribute)]
    pub client_name: Option<String>,
    /// The ports, of Jack.
    #[xml(attribute)]
    pub connect_ports: Option<String>,
    /// Whether the client's name must be free, of Jack.
    #[xml(attribute, yes_no)]
    pub exact_name: Option<bool>,
    /// Whether it polls, of OSS.
    #[xml(attribute, yes_no)]
    pub try_poll: Option<bool>,
    /// The device, of PulseAudio and PipeWire.
    #[xml(attribute)]
    pub name: Option<String>,
    /// The stream, of PulseAudio and PipeWire.
    #[xml(attribute)]
    pub stream_name: Option<String>,
    /// The latency in microseconds, of PulseAudio and PipeWire.
    #[xml(attribute, schema = "crate::pattern::WORD")]
    pub latency: Option<u32>,
    /// The host's format.
    #[xml(child)]
    pub settings: Option<AudioSettings>,
}

/// The host's format of sound.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct AudioSettings {
    /// Samples a second.
    #[xml(
        attribute,
        positive,
        default = "44100",
        schema = "crate::pattern::WORD"
    )]
    pub frequency: Option<u32>,
    /// Channels.
    #[xml(attribute, positive, default = "2", schema = "crate::pattern::WORD")]
    pub channels: Option<u32>,
    /// The samples.
    #[xml(attribute, absent = "the hypervisor decides")]
    pub format: Option<AudioFormat>,
}

/// A sample of sound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum AudioFormat {
    /// 8 bits with a sign.
    S8,
    /// 8 bits.
    U8,
    /// 16 bits with a sign.
    #[default]
    S16,
    /// 16 bits.
    U16,
    /// 32 bits with a sign.
    S32,
    /// 32 bits.
    U32,
    /// 32 bits with a fraction.
    F32,
}
