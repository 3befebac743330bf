//! What stands before a packet's payload, in place and without allocation.

use protocol::header::{Header, PacketKind, Status};

/// Length word, header and, where descriptors travel along, their count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    words: [u8; 32],
    length: usize,
}

impl Head {
    /// The head of a packet that has passed the checks of the sending side.
    pub(crate) fn new(header: &Header, fds: usize, payload: usize) -> Self {
        let length = if header.kind.carries_fds() { 32 } else { 28 };
        let total = u32::try_from(length + payload).unwrap_or(u32::MAX);
        let fds = u32::try_from(fds).unwrap_or(u32::MAX);
        let values = [
            total,
            header.program,
            header.version,
            header.procedure.cast_unsigned(),
            kind(header.kind),
            header.serial,
            status(header.status),
            fds,
        ];
        let mut words = [0; 32];
        for (place, value) in words.chunks_exact_mut(4).zip(values) {
            place.copy_from_slice(&value.to_be_bytes());
        }
        Self { words, length }
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.words.get(..self.length).unwrap_or_default()
    }
}

fn kind(kind: PacketKind) -> u32 {
    (kind as i32).cast_unsigned()
}

fn status(status: Status) -> u32 {
    (status as i32).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use protocol::packet::Packet;
    use protocol::program::Program;

    use super::*;

    #[test]
    fn it_is_what_the_protocol_encodes() {
        for kind in [
            PacketKind::Reply,
            PacketKind::ReplyWithFds,
            PacketKind::Message,
        ] {
            let header = Header {
                kind,
                ..Header::call(Program::Remote, -7, 0xfedc_ba98)
            };
            let fd_count = if kind.carries_fds() { 3 } else { 0 };
            let packet = Packet {
                header,
                fd_count,
                payload: Bytes::from_static(b"four"),
            };
            let bytes = packet.encode().unwrap();
            let head = Head::new(&header, 3, 4);
            assert_eq!(head.as_slice(), &bytes[..bytes.len() - 4]);
        }
    }
}
