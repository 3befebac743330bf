//! The pseudo-terminals that QEMU has made, in the document of the running VM.

use documents::domain::{CharacterBackend, CharacterSource, Console, DeviceInfo, Domain};
use qmp::commands::ChardevInfo;

/// Fills in the paths of the terminals. A console that is the first serial port's twin gets its terminal.
pub(super) fn fill_in(document: &mut Domain, chardevs: &[ChardevInfo]) {
    let devices = &mut document.devices;
    for serial in &mut devices.serials {
        set(&mut serial.backend, &serial.info, chardevs);
    }
    for parallel in &mut devices.parallels {
        set(&mut parallel.backend, &parallel.info, chardevs);
    }
    for channel in &mut devices.channels {
        set(&mut channel.backend, &channel.info, chardevs);
    }
    for console in &mut devices.consoles {
        set(&mut console.backend, &console.info, chardevs);
        name_for_old_clients(console);
    }
}

fn set(backend: &mut CharacterBackend, info: &DeviceInfo, chardevs: &[ChardevInfo]) {
    let CharacterSource::Pty(pty) = &mut backend.source else {
        return;
    };
    let Some(alias) = &info.alias else { return };
    let made = chardevs
        .iter()
        .find(|it| it.label.strip_prefix("char") == Some(alias));
    if let Some(path) = made.and_then(|it| it.filename.strip_prefix("pty:")) {
        pty.path = Some(path.to_owned());
    }
}

fn name_for_old_clients(console: &mut Console) {
    if let CharacterSource::Pty(pty) = &console.backend.source {
        console.tty.clone_from(&pty.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
        <serial type='pty'><target port='0'/><alias name='serial0'/></serial>\
        <serial type='null'><target port='1'/><alias name='serial1'/></serial>\
        <console type='pty'><target type='serial' port='0'/><alias name='serial0'/></console>\
        <channel type='pty'><target type='virtio'/><alias name='channel0'/></channel>\
        </devices></domain>";

    fn chardev(label: &str, filename: &str) -> ChardevInfo {
        ChardevInfo {
            label: label.into(),
            filename: filename.into(),
            frontend_open: true,
        }
    }

    #[test]
    fn a_terminal_is_found_by_the_alias_of_its_device() {
        let mut document: Domain = xml::parse(TEXT, &xml::Options::lenient()).unwrap();
        let chardevs = [
            chardev("charmonitor", "unix:/x,server=on"),
            chardev("charserial0", "pty:/dev/pts/7"),
            chardev("charserial1", "null"),
        ];
        fill_in(&mut document, &chardevs);
        let text = xml::format(&document);
        assert!(
            text.contains("<console type='pty' tty='/dev/pts/7'>"),
            "{text}"
        );
        assert_eq!(
            text.matches("<source path='/dev/pts/7'/>").count(),
            2,
            "{text}"
        );
        assert_eq!(text.matches("/dev/pts").count(), 3, "{text}");
    }
}
