//! `console`: connect this terminal to a domain's console.

use std::io::{self, IsTerminal};

use bytes::Bytes;
use ferrovirt::flags::DomainConsoleFlags;
use ferrovirt::{Chunk, Domain, Stream, StreamError};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "console",
    group: Group::Domain,
    summary: "connect to the guest console",
    description: "Connect the virtual serial console for the guest.",
    options: &[
        DOMAIN,
        Opt::text("devname", "character device name").named(),
        Opt::flag(
            "force",
            "force console connection (disconnect already connected sessions)",
        ),
        Opt::flag(
            "resume",
            "resume a paused guest after connecting to console",
        ),
        Opt::flag("safe", "only connect if safe console handling is supported"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let mut flags = DomainConsoleFlags::empty();
    flags.set(DomainConsoleFlags::FORCE, arguments.flag("force"));
    flags.set(DomainConsoleFlags::SAFE, arguments.flag("safe"));
    let device = arguments.text("devname");
    attach_then(shell, &domain, device, flags, arguments.flag("resume")).await
}

/// Connects the terminal to a console of `domain` until the escape key or the console's end.
pub(super) async fn attach(
    shell: &Shell,
    domain: &Domain,
    device: Option<&str>,
    flags: DomainConsoleFlags,
) -> Result<(), Failure> {
    attach_then(shell, domain, device, flags, false).await
}

async fn attach_then(
    shell: &Shell,
    domain: &Domain,
    device: Option<&str>,
    flags: DomainConsoleFlags,
    resume: bool,
) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage {
            what: "Cannot run interactive console without a controlling TTY",
        });
    }
    let escape = shell.options.escape;
    let stream = domain.open_console(device, flags).await?;
    if resume {
        domain.resume().await?;
    }
    shell.line(&format!("Connected to domain '{}'", domain.name()))?;
    shell.line(&format!(
        "Escape character is {} (Ctrl + {})",
        escape.shown(),
        escape.shown().trim_start_matches('^')
    ))?;
    let raw = RawTerminal::enter()?;
    let ended = relay(&stream, escape.0).await;
    drop(raw);
    shell.line("")?;
    ended
}

/// Carries bytes both ways until one side ends.
async fn relay(stream: &Stream, escape: u8) -> Result<(), Failure> {
    tokio::select! {
        done = keyboard_to_guest(stream, escape) => done,
        done = guest_to_screen(stream) => done,
    }
}

async fn keyboard_to_guest(stream: &Stream, escape: u8) -> Result<(), Failure> {
    let mut keyboard = tokio::io::stdin();
    let mut keys = [0; 1024];
    loop {
        let length = keyboard.read(&mut keys).await.map_err(terminal)?;
        let typed = keys.get(..length).unwrap_or_default();
        let end = typed.iter().position(|&key| key == escape);
        let before = typed.get(..end.unwrap_or(length)).unwrap_or_default();
        if !before.is_empty() {
            stream
                .send(Bytes::copy_from_slice(before))
                .await
                .map_err(Failure::Stream)?;
        }
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}

async fn guest_to_screen(stream: &Stream) -> Result<(), Failure> {
    let mut screen = tokio::io::stdout();
    loop {
        match stream.recv().await {
            Ok(Some(Chunk::Data(bytes))) => {
                screen.write_all(&bytes).await.map_err(terminal)?;
                screen.flush().await.map_err(terminal)?;
            }
            Ok(Some(Chunk::Hole(_))) => {}
            Ok(None) | Err(StreamError::Ended) => return Ok(()),
            Err(error) => return Err(Failure::Stream(error)),
        }
    }
}

/// The terminal without line editing and signals; as it was when dropped.
struct RawTerminal {
    before: Termios,
}

impl RawTerminal {
    fn enter() -> Result<Self, Failure> {
        let before = tcgetattr(io::stdin()).map_err(|error| terminal(error.into()))?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(io::stdin(), OptionalActions::Flush, &raw)
            .map_err(|error| terminal(error.into()))?;
        Ok(Self { before })
    }
}

impl Drop for RawTerminal {
    fn drop(&mut self) {
        // Nothing is left to do when the terminal is gone.
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &self.before);
    }
}

fn terminal(cause: io::Error) -> Failure {
    Failure::File {
        action: "use",
        path: "the terminal".to_owned(),
        cause,
    }
}
