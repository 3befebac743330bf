//! `<audio>`: where the host plays the sound of cards.

use documents::domain::{
    Audio, AudioBackend, AudioFormat, AudioStream, OssAudio, PulseAudio, SdlDriver,
};
use serde::Serialize;

use super::part::Part;
use super::properties::Properties;
use super::sound::audio_name;
use crate::domain::DomainError;

/// A back-end of sound.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Backend {
    id: String,
    driver: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    timer_period: Option<u32>,
    #[serde(flatten)]
    own: Properties,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    input: Option<Properties>,
    #[serde(rename = "out", skip_serializing_if = "Option::is_none")]
    output: Option<Properties>,
}

/// What QEMU creates for a back-end.
pub(crate) fn part(audio: &Audio) -> Result<Part, DomainError> {
    let plain = Properties::default();
    let (driver, own) = match &audio.backend {
        AudioBackend::None => ("none", plain),
        AudioBackend::Alsa => ("alsa", plain),
        AudioBackend::Coreaudio => ("coreaudio", plain),
        AudioBackend::Jack => ("jack", plain),
        AudioBackend::Oss(oss) => ("oss", self::oss(oss)),
        AudioBackend::Pulseaudio(PulseAudio { server_name }) => {
            ("pa", plain.optional("server", server_name.clone()))
        }
        AudioBackend::Sdl(_) => ("sdl", plain),
        AudioBackend::Spice => ("spice", plain),
        AudioBackend::File(file) => ("wav", plain.optional("path", file.path.clone())),
        AudioBackend::Dbus => ("dbus", plain),
        AudioBackend::PipeWire(_) => ("pipewire", plain),
    };
    Ok(Part::audio(&Backend {
        id: audio_name(audio.id),
        driver,
        timer_period: audio.timer_period,
        own,
        input: audio.input.as_ref().map(stream),
        output: audio.output.as_ref().map(stream),
    })?)
}

/// What the process must find in its environment.
pub(crate) fn environment(audio: &Audio) -> Option<(&'static str, String)> {
    match &audio.backend {
        AudioBackend::PipeWire(pipewire) => {
            let folder = pipewire.runtime_dir.clone()?;
            Some(("PIPEWIRE_RUNTIME_DIR", folder))
        }
        AudioBackend::Sdl(sdl) => {
            let driver = match sdl.driver? {
                SdlDriver::Esd => "esd",
                SdlDriver::Alsa => "alsa",
                SdlDriver::Arts => "arts",
                SdlDriver::Pulseaudio => "pulseaudio",
            };
            Some(("SDL_AUDIODRIVER", driver.to_owned()))
        }
        _ => None,
    }
}

fn oss(oss: &OssAudio) -> Properties {
    Properties::default()
        .optional("try-mmap", oss.try_mmap)
        .optional("exclusive", oss.exclusive)
        .optional("dsp-policy", oss.dsp_policy)
}

fn stream(stream: &AudioStream) -> Properties {
    let settings = stream.settings.clone().unwrap_or_default();
    Properties::default()
        .optional("mixing-engine", stream.mixing_engine)
        .optional("fixed-settings", stream.fixed_settings)
        .optional("voices", stream.voices)
        .optional("buffer-length", stream.buffer_length)
        .optional("frequency", settings.frequency)
        .optional("channels", settings.channels)
        .optional("format", settings.format.map(format))
        .optional("dev", stream.dev.clone())
        .optional("buffer-count", stream.buffer_count)
        .optional("try-poll", stream.try_poll)
        .optional("server-name", stream.server_name.clone())
        .optional("client-name", stream.client_name.clone())
        .optional("connect-ports", stream.connect_ports.clone())
        .optional("exact-name", stream.exact_name)
        .optional("name", stream.name.clone())
        .optional("stream-name", stream.stream_name.clone())
        .optional("latency", stream.latency)
}

fn format(format: AudioFormat) -> &'static str {
    match format {
        AudioFormat::S8 => "s8",
        AudioFormat::U8 => "u8",
        AudioFormat::S16 => "s16",
        AudioFormat::U16 => "u16",
        AudioFormat::S32 => "s32",
        AudioFormat::U32 => "u32",
        AudioFormat::F32 => "f32",
    }
}
