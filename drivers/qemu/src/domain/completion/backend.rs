//! The host's side of character devices.

use documents::domain::{
    CharacterBackend, CharacterSource, DeviceSecLabel, Reconnect, SocketMode, UdpEnd,
};

use super::seclabel::complete_files;

/// What TCP carries unless the document says otherwise.
const RAW: &str = "raw";

/// Fills in what a back-end leaves out, and drops what means nothing in it.
pub(super) fn complete(backend: &mut CharacterBackend) {
    complete_protocol(backend);
    // A copy goes nowhere without a file.
    backend.log.take_if(|log| log.file.is_none());
    if let Some(labels) = labels(&mut backend.source) {
        complete_files(labels);
    }
    match &mut backend.source {
        CharacterSource::Unix(unix) => {
            if unix.path.is_some() {
                unix.mode.get_or_insert(SocketMode::Connect);
            }
            complete_reconnect(&mut unix.reconnect);
        }
        CharacterSource::Tcp(tcp) => {
            // There is no file of which it could be a label.
            tcp.seclabels.clear();
            complete_reconnect(&mut tcp.reconnect);
        }
        CharacterSource::Udp(udp) => complete_ends(&mut udp.ends),
        _ => {}
    }
}

/// Fills in the back-end of a device that is no character device: whose file it is stays as it is.
pub(super) fn complete_unlabelled(backend: &mut CharacterBackend) {
    if let Some(labels) = labels(&mut backend.source) {
        labels.clear();
    }
    complete(backend);
}

/// The labels of the file or socket that a back-end leads to.
fn labels(source: &mut CharacterSource) -> Option<&mut Vec<DeviceSecLabel>> {
    match source {
        CharacterSource::Dev(source) | CharacterSource::Pipe(source) => Some(&mut source.seclabels),
        CharacterSource::File(source) => Some(&mut source.seclabels),
        CharacterSource::Pty(source) => Some(&mut source.seclabels),
        CharacterSource::Unix(source) => Some(&mut source.seclabels),
        _ => None,
    }
}

/// Nothing but TCP has a choice of what it carries.
fn complete_protocol(backend: &mut CharacterBackend) {
    match backend.source {
        CharacterSource::Tcp(_) => {
            backend.protocol.get_or_insert_with(|| RAW.to_owned());
        }
        _ => backend.protocol = None,
    }
}

/// How long to wait is of use to those who connect again.
fn complete_reconnect(reconnect: &mut Option<Reconnect>) {
    reconnect.take_if(|it| it.enabled.is_none());
    if let Some(reconnect) = reconnect {
        reconnect
            .timeout
            .take_if(|_| reconnect.enabled == Some(false));
    }
}

/// Of each end the first that says anything, the one to receive at before the one to send to.
fn complete_ends(ends: &mut Vec<UdpEnd>) {
    let said = |mode: SocketMode| {
        let mut same = ends.iter().filter(|end| end.mode == mode);
        same.find(|end| end.host.is_some() || end.service.is_some())
            .cloned()
    };
    let both = [said(SocketMode::Bind), said(SocketMode::Connect)];
    *ends = both.into_iter().flatten().collect();
}

#[cfg(test)]
mod tests {
    use documents::domain::{Domain, Serial};

    use super::*;

    fn check(serial: &str, expected: &str) {
        let text =
            format!("<domain type='qemu'><devices>{serial}</devices><name>a</name></domain>");
        let mut domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let mut serial: Serial = domain.devices.serials.remove(0);
        complete(&mut serial.backend);
        let text: String = xml::format(&serial).lines().map(str::trim).collect();
        assert_eq!(text, expected);
    }

    #[test]
    fn a_socket_connects_once_unless_told_otherwise() {
        check(
            "<serial type='unix'><source path='/p'><reconnect timeout='1'/></source></serial>",
            "<serial type='unix'><source mode='connect' path='/p'/></serial>",
        );
        check(
            "<serial type='unix'><source path='/p'><reconnect enabled='no' timeout='1'/></source>\
             </serial>",
            "<serial type='unix'><source mode='connect' path='/p'><reconnect enabled='no'/></source>\
             </serial>",
        );
        check("<serial type='unix'/>", "<serial type='unix'/>");
    }

    #[test]
    fn a_protocol_is_what_tcp_carries() {
        check(
            "<serial type='unix'><source path='/p' mode='bind'/><protocol type='x'/></serial>",
            "<serial type='unix'><source mode='bind' path='/p'/></serial>",
        );
        check(
            "<serial type='tcp'><source host='h' service='1'/></serial>",
            "<serial type='tcp'><source mode='connect' host='h' service='1'/>\
             <protocol type='raw'/></serial>",
        );
    }

    #[test]
    fn a_log_without_a_file_and_a_label_without_a_text_are_dropped() {
        check(
            "<serial type='dev'><source path='/p'><seclabel model='dac'/></source>\
             <log append='on'/></serial>",
            "<serial type='dev'><source path='/p'/></serial>",
        );
        check(
            "<serial type='dev'><source path='/p'><seclabel><label>a</label></seclabel></source>\
             </serial>",
            "<serial type='dev'><source path='/p'><seclabel relabel='yes'><label>a</label>\
             </seclabel></source></serial>",
        );
    }

    #[test]
    fn udp_has_one_end_of_each_kind() {
        check(
            "<serial type='udp'><source/><source host='h' service='1'/></serial>",
            "<serial type='udp'><source mode='connect' host='h' service='1'/></serial>",
        );
        check(
            "<serial type='udp'><source service='1'/><source mode='bind' service='2'/></serial>",
            "<serial type='udp'><source mode='bind' service='2'/>\
             <source mode='connect' service='1'/></serial>",
        );
    }
}
