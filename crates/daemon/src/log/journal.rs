//! The journal's own protocol: one datagram per message, `NAME=value` per line.

use std::io::{self, Write};
use std::os::unix::net::UnixDatagram;
use std::path::Path;

use super::fields::Fields;
use super::rules::Level;
use super::subscriber::Origin;

const SOCKET: &str = "/run/systemd/journal/socket";

/// Longer messages would need a memory file; nothing that we log is that long.
const DATAGRAM_MAX: usize = 64 * 1024;

/// Whether there is a journal.
pub(super) fn is_there() -> bool {
    Path::new(SOCKET).exists()
}

/// A connection to the journal.
pub(super) fn connect() -> io::Result<UnixDatagram> {
    let socket = UnixDatagram::unbound()?;
    socket.connect(SOCKET)?;
    // A journal that does not read must not hold us up.
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// One message as the journal takes it.
pub(super) fn datagram(name: &str, level: Level, origin: &Origin<'_>, fields: &Fields) -> Vec<u8> {
    let mut datagram = Vec::with_capacity(512);
    let mut text = fields.text.clone();
    text.truncate(text.floor_char_boundary(DATAGRAM_MAX / 2));
    add(&mut datagram, "MESSAGE", &text);
    add(&mut datagram, "PRIORITY", priority(level));
    add(&mut datagram, "SYSLOG_IDENTIFIER", name);
    add(&mut datagram, "LIBVIRT_SOURCE", origin.source);
    if let (Some(file), Some(line)) = (origin.file, origin.line) {
        add(&mut datagram, "CODE_FILE", file);
        add(&mut datagram, "CODE_LINE", &line.to_string());
    }
    for (name, value) in &fields.others {
        let name: String = name.chars().map(letter).collect();
        if datagram.len() + value.len() < DATAGRAM_MAX {
            add(&mut datagram, &name, value);
        }
    }
    datagram
}

/// A value with line breaks is sent with its length: `NAME`, line end, eight bytes, value.
fn add(datagram: &mut Vec<u8>, name: &str, value: &str) {
    datagram.extend_from_slice(name.as_bytes());
    if value.contains('\n') {
        datagram.push(b'\n');
        datagram.extend_from_slice(&u64::try_from(value.len()).unwrap_or(0).to_le_bytes());
        datagram.extend_from_slice(value.as_bytes());
        datagram.push(b'\n');
    } else {
        // Writing into memory does not fail.
        let _ = writeln!(datagram, "={value}");
    }
}

/// Names of fields are capital letters, digits and underscores, and do not begin with one.
fn letter(c: char) -> char {
    if c.is_ascii_alphanumeric() {
        c.to_ascii_uppercase()
    } else {
        '_'
    }
}

fn priority(level: Level) -> &'static str {
    match level {
        Level::Error => "3",
        Level::Warning => "4",
        Level::Info => "6",
        Level::Debug => "7",
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Level, Origin, datagram};

    #[test]
    fn a_message_is_a_datagram_of_fields() {
        let origin = Origin {
            source: "daemon::serve",
            file: Some("serve.rs"),
            line: Some(7),
        };
        let fields = Fields {
            text: "client\nleft".to_owned(),
            others: vec![("client.id", "5".to_owned())],
        };
        let expected = [
            b"MESSAGE\n\x0b\0\0\0\0\0\0\0client\nleft\n".as_slice(),
            b"PRIORITY=4\nSYSLOG_IDENTIFIER=virtqemud\nLIBVIRT_SOURCE=daemon::serve\n",
            b"CODE_FILE=serve.rs\nCODE_LINE=7\nCLIENT_ID=5\n",
        ];
        let found = datagram("virtqemud", Level::Warning, &origin, &fields);
        assert_eq!(
            String::from_utf8(found).unwrap(),
            String::from_utf8(expected.concat()).unwrap()
        );
    }
}
