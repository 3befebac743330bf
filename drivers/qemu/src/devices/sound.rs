//! `<sound>`: sound cards.

use documents::domain::{Sound, SoundCodec, SoundModel};
use serde::Serialize;

use super::part::Part;
use super::seat::{Guest, Seat, Transition, Virtio, alias};
use crate::domain::{DeviceError, DomainError};

/// A sound card that the guest sees.
#[derive(Debug, Serialize)]
struct Card {
    driver: String,
    #[serde(flatten)]
    virtio: Virtio,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    audiodev: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    streams: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multi: Option<bool>,
    #[serde(flatten)]
    seat: Seat,
}

/// A codec on a High Definition Audio bus.
#[derive(Debug, Serialize)]
struct Codec {
    driver: &'static str,
    id: String,
    bus: String,
    cad: u32,
    audiodev: String,
}

/// The name of an audio back-end.
pub(crate) fn audio_name(id: u32) -> String {
    format!("audio{id}")
}

/// Everything that QEMU creates for a sound card. `default` is the back-end of a card that names none.
pub(crate) fn parts(
    sound: &Sound,
    guest: &Guest<'_>,
    default: Option<u32>,
) -> Result<Vec<Part>, DomainError> {
    let audiodev = sound.audio.or(default).map(audio_name);
    let id = alias(&sound.info);
    let driver = match sound.model {
        SoundModel::Sb16 => "sb16".to_owned(),
        SoundModel::Es1370 => "ES1370".to_owned(),
        SoundModel::Ac97 => "AC97".to_owned(),
        SoundModel::Ich6 => "intel-hda".to_owned(),
        SoundModel::Ich9 => "ich9-intel-hda".to_owned(),
        SoundModel::Virtio => guest.virtio_driver("sound", &sound.info, Transition::Either),
        SoundModel::Usb => "usb-audio".to_owned(),
        // The speaker is built in: the machine is told where it is heard.
        SoundModel::Pcspk => return Ok(Vec::new()),
        SoundModel::Ich7 => {
            return Err(DeviceError::Model {
                device: "sound",
                model: "ich7".to_owned(),
            }
            .into());
        }
    };
    let hda = matches!(sound.model, SoundModel::Ich6 | SoundModel::Ich9);
    let card = Card {
        driver,
        virtio: Virtio::optional(sound.driver.as_ref()),
        id: id.clone(),
        audiodev: audiodev.clone().filter(|_| !hda),
        streams: sound.streams.filter(|_| sound.model == SoundModel::Virtio),
        multi: sound
            .multichannel
            .filter(|_| sound.model == SoundModel::Usb),
        seat: guest.seat(&sound.info),
    };
    let mut parts = vec![Part::device(&card)?];
    if hda {
        let given = &sound.codecs;
        let codecs = if given.is_empty() {
            &[SoundCodec::Duplex][..]
        } else {
            given
        };
        for (number, codec) in (0..).zip(codecs) {
            parts.push(Part::device(&Codec {
                driver: match codec {
                    SoundCodec::Duplex => "hda-duplex",
                    SoundCodec::Micro => "hda-micro",
                    SoundCodec::Output => "hda-output",
                },
                id: format!("{id}-codec{number}"),
                bus: format!("{id}.0"),
                cad: number,
                audiodev: audiodev.clone().unwrap_or_default(),
            })?);
        }
    }
    Ok(parts)
}
