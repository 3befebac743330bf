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
    let Some(driver) = driver(sound, guest)? else {
        return Ok(Vec::new());
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
        for codec in codecs(sound, &id, &audiodev.unwrap_or_default()) {
            parts.push(Part::device(&codec)?);
        }
    }
    Ok(parts)
}

/// QEMU's device for a card; nothing for the speaker, which is built in: the machine is told where it is heard.
fn driver(sound: &Sound, guest: &Guest<'_>) -> Result<Option<String>, DeviceError> {
    let driver = match sound.model {
        SoundModel::Sb16 => "sb16",
        SoundModel::Es1370 => "ES1370",
        SoundModel::Ac97 => "AC97",
        SoundModel::Ich6 => "intel-hda",
        SoundModel::Ich9 => "ich9-intel-hda",
        SoundModel::Usb => "usb-audio",
        SoundModel::Virtio => {
            let driver = guest.virtio_driver("sound", &sound.info, Transition::Either);
            return Ok(Some(driver));
        }
        SoundModel::Pcspk => return Ok(None),
        SoundModel::Ich7 => {
            return Err(DeviceError::Model {
                device: "sound",
                model: "ich7".to_owned(),
            });
        }
    };
    Ok(Some(driver.to_owned()))
}

/// The codecs on the bus of the card `id`; without a word, there is one that plays and records.
fn codecs(sound: &Sound, id: &str, audiodev: &str) -> Vec<Codec> {
    let codecs = match sound.codecs.as_slice() {
        [] => &[SoundCodec::Duplex],
        given => given,
    };
    let codec = |(number, codec): (u32, &SoundCodec)| Codec {
        driver: match codec {
            SoundCodec::Duplex => "hda-duplex",
            SoundCodec::Micro => "hda-micro",
            SoundCodec::Output => "hda-output",
        },
        id: format!("{id}-codec{number}"),
        bus: format!("{id}.0"),
        cad: number,
        audiodev: audiodev.to_owned(),
    };
    (0..).zip(codecs).map(codec).collect()
}
