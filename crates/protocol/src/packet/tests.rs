//! What a packet may be and what not.

use bytes::Bytes;
use proptest::prelude::*;

use super::{FDS_MAX, FrameError, Framer, LENGTH_MAX, Packet};
use crate::{
    header::{Header, PacketKind, Status},
    program::Program,
};

fn header(kind: PacketKind, status: Status) -> Header {
    Header {
        kind,
        status,
        ..Header::call(Program::Remote, 1, 7)
    }
}

fn call() -> Packet {
    Packet::new(
        Header::call(Program::Remote, 16, 3),
        Bytes::from_static(b"argu"),
    )
}

fn frame_all(bytes: &[u8]) -> Result<Vec<Packet>, FrameError> {
    let mut framer = Framer::new();
    framer.feed(bytes);
    std::iter::from_fn(|| framer.next_packet().transpose()).collect()
}

#[test]
fn a_call_has_the_bytes_of_the_protocol() {
    let bytes = call().encode().unwrap();
    let expected = [
        0, 0, 0, 32, 0x20, 0, 0x80, 0x86, 0, 0, 0, 1, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0,
        0, b'a', b'r', b'g', b'u',
    ];
    assert_eq!(&bytes[..], &expected[..]);
    assert_eq!(frame_all(&bytes).unwrap(), [call()]);
}

#[test]
fn the_count_of_descriptors_is_inside_the_length() {
    let mut packet = call();
    packet.header.kind = PacketKind::CallWithFds;
    packet.fd_count = 2;
    let bytes = packet.encode().unwrap();
    assert_eq!(bytes.len(), 36);
    assert_eq!(bytes[3], 36);
    assert_eq!(frame_all(&bytes).unwrap(), [packet]);
}

#[test]
fn lengths_are_refused_before_anything_is_awaited() {
    assert_eq!(
        frame_all(&[0, 0, 0, 27]),
        Err(FrameError::TooShort { length: 27 })
    );
    let length = LENGTH_MAX + 1;
    let expected = Err(FrameError::TooLong {
        length: length.into(),
    });
    assert_eq!(frame_all(&length.to_be_bytes()), expected);
    assert_eq!(frame_all(&LENGTH_MAX.to_be_bytes()), Ok(vec![]));
}

#[test]
fn a_broken_stream_stays_broken() {
    let mut framer = Framer::new();
    framer.feed(&[0, 0, 0, 1]);
    assert!(framer.next_packet().is_err());
    framer.feed(&call().encode().unwrap());
    assert_eq!(
        framer.next_packet(),
        Err(FrameError::TooShort { length: 1 })
    );
}

#[test]
fn too_many_descriptors_are_refused() {
    let mut packet = call();
    packet.header.kind = PacketKind::CallWithFds;
    packet.fd_count = FDS_MAX + 1;
    assert_eq!(packet.encode(), Err(FrameError::TooManyFds { count: 33 }));
    packet.fd_count = FDS_MAX;
    let mut bytes = packet.encode().unwrap().to_vec();
    bytes[31] = 33;
    assert_eq!(frame_all(&bytes), Err(FrameError::TooManyFds { count: 33 }));
    packet.header.kind = PacketKind::Call;
    assert!(matches!(
        packet.encode(),
        Err(FrameError::UnexpectedFds { .. })
    ));
}

#[test]
fn a_packet_that_ends_before_its_count_is_refused() {
    let packet = Packet::new(header(PacketKind::CallWithFds, Status::Ok), Bytes::new());
    let mut bytes = packet.encode().unwrap().to_vec();
    bytes.truncate(28);
    bytes[3] = 28;
    assert_eq!(frame_all(&bytes), Err(FrameError::NoFdCount));
}

#[test]
fn only_these_statuses_go_with_these_kinds() {
    use PacketKind::{Call, CallWithFds, Message, Reply, ReplyWithFds, Stream, StreamHole};
    let legal = [
        (Call, vec![Status::Ok]),
        (CallWithFds, vec![Status::Ok]),
        (Reply, vec![Status::Ok, Status::Error]),
        (ReplyWithFds, vec![Status::Ok]),
        (Message, vec![Status::Ok]),
        (Stream, vec![Status::Ok, Status::Error, Status::Continue]),
        (StreamHole, vec![Status::Error, Status::Continue]),
    ];
    for (kind, allowed) in legal {
        for status in [Status::Ok, Status::Error, Status::Continue] {
            let legal = header(kind, status).is_legal();
            assert_eq!(legal, allowed.contains(&status), "{kind:?} {status:?}");
        }
    }
}

#[test]
fn an_unknown_kind_is_named() {
    let mut bytes = call().encode().unwrap().to_vec();
    bytes[19] = 9;
    let Err(FrameError::Header(error)) = frame_all(&bytes) else {
        panic!("accepted")
    };
    assert_eq!(
        error.to_string(),
        "type: PacketKind has no case 9 (at byte 16)"
    );
}

proptest! {
    #[test]
    fn packets_survive_any_cut(
        payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..5),
        cuts in prop::collection::vec(1usize..64, 1..100),
    ) {
        let packets: Vec<_> = (1..)
            .zip(payloads)
            .map(|(serial, payload)| {
                Packet::new(Header::call(Program::Qemu, 1, serial), payload.into())
            })
            .collect();
        let bytes: Vec<u8> =
            packets.iter().flat_map(|packet| packet.encode().unwrap().to_vec()).collect();
        let (mut framer, mut found, mut rest) = (Framer::new(), Vec::new(), &bytes[..]);
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (now, later) = rest.split_at((*cut).min(rest.len()));
            framer.feed(now);
            rest = later;
            while let Some(packet) = framer.next_packet().unwrap() {
                found.push(packet);
            }
            prop_assert!(framer.missing() > 0);
        }
        prop_assert!(framer.is_between_packets());
        prop_assert_eq!(found, packets);
    }

    #[test]
    fn no_bytes_upset_the_framer(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = frame_all(&bytes);
    }
}
