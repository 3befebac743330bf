//! The places that messages go to.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::net::UnixDatagram;

use super::fields::Fields;
use super::journal;
use super::rules::{Level, Target};
use super::subscriber::Origin;

/// An open place.
#[derive(Debug)]
pub(super) struct Sink {
    name: &'static str,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Stderr,
    Journal(UnixDatagram),
    File(File),
}

impl Sink {
    pub(super) fn open(target: &Target, name: &'static str) -> io::Result<Self> {
        let kind = match target {
            Target::Stderr => Kind::Stderr,
            Target::Journal => Kind::Journal(journal::connect()?),
            Target::File(path) => Kind::File(File::options().create(true).append(true).open(path)?),
        };
        Ok(Sink { name, kind })
    }

    /// Writes a message. One that cannot be written is lost: there is no better place to say so.
    pub(super) fn write(&self, level: Level, origin: &Origin<'_>, fields: &Fields) {
        let _ = match &self.kind {
            Kind::Journal(socket) => socket
                .send(&journal::datagram(self.name, level, origin, fields))
                .map(|_| ()),
            Kind::Stderr => io::stderr()
                .lock()
                .write_all(line(level, origin, fields).as_bytes()),
            Kind::File(file) => {
                let mut file = file;
                file.write_all(line(level, origin, fields).as_bytes())
            }
        };
    }
}

/// A message in a line, in libvirt's form: time, thread, level, source, text.
fn line(level: Level, origin: &Origin<'_>, fields: &Fields) -> String {
    let time = jiff::Timestamp::now()
        .strftime("%Y-%m-%d %H:%M:%S.%3f+0000")
        .to_string();
    let thread = rustix::thread::gettid().as_raw_nonzero();
    format!(
        "{time}: {thread}: {} : {}: {}\n",
        level.name(),
        origin.source,
        fields.line()
    )
}
