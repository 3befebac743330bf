//! From received bytes and descriptors to messages.

use std::collections::VecDeque;
use std::os::fd::OwnedFd;

use bytes::Buf;
use protocol::packet::{Framer, Packet};

use crate::close::{CloseReason, Violation};
use crate::message::Message;

/// Collects what a transport receives until it makes whole messages.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    framer: Framer,
    fds: VecDeque<OwnedFd>,
    awaiting: Option<Awaiting>,
    whole: VecDeque<Message>,
}

/// A packet whose descriptors have not all arrived: each comes with one byte of its own behind the
/// packet.
#[derive(Debug)]
struct Awaiting {
    packet: Packet,
    markers: usize,
}

impl Intake {
    /// Bytes from a socket, with the descriptors that came along.
    pub(super) fn accept_bytes(&mut self, bytes: &[u8], fds: impl Iterator<Item = OwnedFd>) {
        self.framer.feed(bytes);
        self.fds.extend(fds);
    }

    /// Messages from the other half of this process; `queue` is left empty.
    pub(super) fn accept_whole(&mut self, queue: &mut VecDeque<Message>) {
        if self.whole.is_empty() {
            std::mem::swap(&mut self.whole, queue);
        } else {
            self.whole.append(queue);
        }
    }

    /// The next whole message.
    pub(crate) fn next(&mut self) -> Result<Option<Message>, CloseReason> {
        if let Some(message) = self.whole.pop_front() {
            return Ok(Some(message));
        }
        let awaiting = match self.awaiting.take() {
            Some(awaiting) => awaiting,
            None => match self.framer.next_packet()? {
                Some(packet) => Awaiting {
                    markers: descriptors(&packet),
                    packet,
                },
                None => return self.nothing_yet(),
            },
        };
        self.complete(awaiting)
    }

    /// Bytes of an unfinished packet; 0 between packets.
    pub(crate) fn partial(&mut self) -> usize {
        let begun = usize::from(self.awaiting.is_some());
        self.buffered() + begun
    }

    /// Gives back the memory of what has been received; for when nothing is under way.
    pub(crate) fn rest(&mut self) {
        if self.partial() == 0 && self.whole.is_empty() {
            *self = Self::default();
        }
    }

    fn buffered(&mut self) -> usize {
        self.framer.buffer().len()
    }

    fn nothing_yet(&self) -> Result<Option<Message>, CloseReason> {
        match self.fds.is_empty() {
            true => Ok(None),
            false => Err(Violation::StrayDescriptors.into()),
        }
    }

    fn complete(&mut self, mut awaiting: Awaiting) -> Result<Option<Message>, CloseReason> {
        let arrived = awaiting.markers.min(self.buffered());
        self.framer.buffer().advance(arrived);
        awaiting.markers -= arrived;
        if awaiting.markers > 0 {
            self.awaiting = Some(awaiting);
            return Ok(None);
        }
        let Packet {
            header,
            fd_count,
            payload,
        } = awaiting.packet;
        let count = usize::try_from(fd_count).unwrap_or(usize::MAX);
        if self.fds.len() < count {
            let received = self.fds.len();
            return Err(Violation::MissingDescriptors {
                announced: fd_count,
                received,
            }
            .into());
        }
        let fds = self.fds.drain(..count).collect();
        Ok(Some(Message {
            header,
            payload,
            fds,
        }))
    }
}

fn descriptors(packet: &Packet) -> usize {
    usize::try_from(packet.fd_count).unwrap_or(usize::MAX)
}
