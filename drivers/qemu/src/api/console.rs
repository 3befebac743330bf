//! Serial consoles as streams.
//!
//! The terminal is the one that QEMU has made; the stream carries its bytes both ways until the client hangs up,
//! the VM stops, or another client insists on the terminal.

use std::io;
use std::sync::Arc;

use bytes::BytesMut;
use documents::domain::{CharacterSource, Domain};
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::flags::DomainConsoleFlags as ConsoleFlags;
use protocol::remote::{DomainOpenConsole, DomainOpenConsoleArgs};
use rpc::server::ServerStream;
use rpc::stream::{Chunk, Holes};
use rustix::fs::{Mode, OFlags};
use rustix::termios::OptionalActions;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::sync::oneshot;

use super::object;
use crate::driver::QemuDriver;
use crate::vm::Vm;
use crate::vm::admission::Reason;
use crate::vm::error::VmError;

/// So much is read from a terminal at once.
const CHUNK: usize = 4096;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes.on::<DomainOpenConsole>(open);
}

async fn open(call: Call<QemuDriver>, args: DomainOpenConsoleArgs) -> Result<(), Error> {
    let vm = object::find(&call, &args.dom)?;
    let snapshot = vm.snapshot();
    let live = snapshot
        .state
        .live()
        .ok_or(VmError::from(Reason::NotRunning))?;
    let path = terminal(&live.document, args.dev_name.as_deref())?;
    let force = args.flags.contains(ConsoleFlags::FORCE);
    let mut seat = vm
        .consoles
        .take(&path, force)
        .map_err(|occupied| Error::new(Code::OperationFailed, occupied.to_string()))?;
    let terminal = match Terminal::open(&path) {
        Ok(terminal) => terminal,
        Err(error) => {
            vm.consoles.leave(&path, &seat);
            let text = format!("cannot open the terminal '{path}'");
            return Err(Error::verbatim(Code::SystemError, text).caused_by(error));
        }
    };
    let stream = call.accept_stream(Holes::Refused);
    let vm: Arc<Vm> = vm.clone();
    tokio::spawn(async move {
        carry(&stream, terminal, &mut seat.ousted).await;
        vm.consoles.leave(&path, &seat);
        // The client has the last word: a stream that is let go before would have failed for it. One that is
        // gone need not be told.
        let _ = stream.finish().await;
    });
    Ok(())
}

/// The terminal of the named device, or of the first console.
fn terminal(document: &Domain, alias: Option<&str>) -> Result<String, Error> {
    let devices = &document.devices;
    let consoles = devices.consoles.iter().map(|it| (&it.info, &it.backend));
    let serials = devices.serials.iter().map(|it| (&it.info, &it.backend));
    let parallels = devices.parallels.iter().map(|it| (&it.info, &it.backend));
    let mut all = consoles.chain(serials).chain(parallels);
    let found = match alias {
        Some(alias) => all.find(|(info, _)| info.alias.as_deref() == Some(alias)),
        None => all.next(),
    };
    let Some((_, backend)) = found else {
        let text = match alias {
            Some(alias) => format!("cannot find console device '{alias}'"),
            None => "cannot find default console device".to_owned(),
        };
        return Err(Error::new(Code::InternalError, text));
    };
    let path = match &backend.source {
        CharacterSource::Pty(source) => source.path.clone(),
        CharacterSource::Dev(source) => source.path.clone(),
        _ => None,
    };
    path.ok_or_else(|| {
        let text =
            "character device is not using a PTY: only <… type='pty'> can be opened as a console";
        Error::new(Code::InternalError, text)
    })
}

/// The daemon's end of a terminal.
///
/// tokio's halves of a pipe serve any descriptor that can be polled.
struct Terminal {
    input: Receiver,
    output: Sender,
}

impl Terminal {
    fn open(path: &str) -> io::Result<Self> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let fd = rustix::fs::open(path, flags, Mode::empty())?;
        if let Ok(mut termios) = rustix::termios::tcgetattr(&fd) {
            termios.make_raw();
            rustix::termios::tcsetattr(&fd, OptionalActions::Now, &termios)?;
        }
        let other = fd.try_clone()?;
        Ok(Self {
            input: Receiver::from_file_unchecked(fd.into())?,
            output: Sender::from_file_unchecked(other.into())?,
        })
    }
}

/// Carries bytes both ways until one side ends.
async fn carry(stream: &ServerStream, terminal: Terminal, ousted: &mut oneshot::Receiver<()>) {
    let Terminal { input, output } = terminal;
    tokio::select! {
        () = to_client(stream, input) => {}
        () = to_terminal(stream, output) => {}
        // Sent or dropped, both mean the same.
        _ = ousted => {}
    }
}

async fn to_client(stream: &ServerStream, mut terminal: Receiver) {
    let mut buffer = BytesMut::new();
    loop {
        buffer.reserve(CHUNK);
        match terminal.read_buf(&mut buffer).await {
            // The other end of a terminal that is gone reads as an error.
            Ok(0) | Err(_) => return,
            Ok(_) => {
                if stream.send(buffer.split().freeze()).await.is_err() {
                    return;
                }
            }
        }
    }
}

async fn to_terminal(stream: &ServerStream, mut terminal: Sender) {
    loop {
        match stream.recv().await {
            Ok(Some(Chunk::Data(data))) => {
                if terminal.write_all(&data).await.is_err() {
                    return;
                }
            }
            // A stream that takes no holes carries none.
            Ok(Some(Chunk::Hole(_))) => {}
            Ok(None) | Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
        <serial type='pty'><source path='/dev/pts/1'/><alias name='serial0'/></serial>\
        <serial type='null'><alias name='serial1'/></serial>\
        <console type='pty'><source path='/dev/pts/9'/><alias name='console1'/></console>\
        </devices></domain>";

    fn check(alias: Option<&str>, expected: Result<&str, &str>) {
        let document: Domain = xml::parse(TEXT, &xml::Options::lenient()).unwrap();
        match (terminal(&document, alias), expected) {
            (Ok(path), Ok(expected)) => assert_eq!(path, expected),
            (Err(error), Err(expected)) => {
                assert!(error.message().contains(expected), "{}", error.message());
            }
            (other, _) => panic!("{alias:?}: {other:?}"),
        }
    }

    #[test]
    fn a_terminal_is_found_by_its_alias_or_is_the_first_consoles() {
        check(None, Ok("/dev/pts/9"));
        check(Some("serial0"), Ok("/dev/pts/1"));
        check(Some("serial1"), Err("not using a PTY"));
        check(Some("serial7"), Err("cannot find console device 'serial7'"));
    }
}
