//! `<video>` and `<sound>`: what says nothing although it is there.

use documents::domain::{Acceleration, Domain, SoundModel};

use crate::domain::error::DisplayError;

pub(super) fn check(domain: &Domain) -> Result<(), DisplayError> {
    let devices = &domain.devices;
    let models = devices.videos.iter().filter_map(|it| it.model.as_ref());
    let mut accelerations = models.filter_map(|it| it.acceleration.as_ref());
    if accelerations.any(|it| *it == Acceleration::default()) {
        return Err(DisplayError::EmptyAcceleration);
    }
    let mut cards = devices.sounds.iter();
    if cards.any(|it| it.model == SoundModel::Virtio && it.streams == Some(0)) {
        return Err(DisplayError::NoStreams);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    #[test]
    fn acceleration_says_of_what() {
        let video = |it: &str| {
            format!("<devices><video><model type='virtio'>{it}</model></video></devices>")
        };
        check(&video("<acceleration accel3d='no'/>"), None);
        let refused = Some((Code::ConfigUnsupported, Origin::Domain));
        check(&video("<acceleration/>"), refused);
    }

    #[test]
    fn a_virtio_card_has_streams() {
        let sound = |it: &str| format!("<devices><sound {it}/></devices>");
        check(&sound("model='virtio' streams='1'"), None);
        check(
            &sound("model='virtio' streams='0'"),
            Some((Code::XmlError, Origin::Xml)),
        );
        check(&sound("model='ich6' streams='0'"), None);
    }
}
