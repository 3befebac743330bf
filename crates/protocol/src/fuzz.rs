//! What fuzz targets and the tests that replay their corpus do with their input: one function
//! each. They return when the input is handled as it must be and panic when it is not.

use std::fmt::Debug;

use xdr::Xdr;

use crate::{
    decode::{self, Decoded, codecs},
    error::ErrorBody,
    packet::Framer,
    typed_param::TypedParam,
};

/// What one target does with an input.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: &[(&str, Target)] = &[
    ("packets", packets),
    ("payloads", payloads),
    ("error_body", error_body),
    ("typed_param", typed_param),
];

/// Bytes of a connection, in pieces whose sizes the first byte decides. What is a packet must be
/// the same packet after encoding.
pub fn packets(input: &[u8]) {
    let Some((step, stream)) = input.split_first() else {
        return;
    };
    let mut framer = Framer::new();
    for piece in stream.chunks(usize::from(*step).max(1)) {
        framer.feed(piece);
        loop {
            match framer.next_packet() {
                Ok(Some(packet)) => {
                    let bytes = packet.encode();
                    let mut again = Framer::new();
                    again.feed(bytes.as_deref().unwrap_or_default());
                    assert_eq!(again.next_packet(), Ok(Some(packet)), "another packet");
                }
                Ok(None) => break assert!(framer.missing() > 0, "waits for nothing"),
                Err(error) => return assert!(!error.to_string().is_empty(), "nameless"),
            }
        }
    }
}

/// Two bytes that choose a procedure or event, one that chooses arguments or result, then the
/// payload.
pub fn payloads(input: &[u8]) {
    let Some((choice, payload)) = input.split_first_chunk::<3>() else {
        return;
    };
    let [high, low, kind] = *choice;
    let index = usize::from(u16::from_be_bytes([high, low]));
    let Some(codec) = codecs().get(index % codecs().len().max(1)) else {
        return;
    };
    let decode = if kind & 1 == 0 { codec.call } else { codec.ret };
    check(payload, decode);
}

/// An error.
pub fn error_body(input: &[u8]) {
    check_type::<ErrorBody>(input);
}

/// A typed parameter.
pub fn typed_param(input: &[u8]) {
    check_type::<TypedParam>(input);
}

fn check_type<T: Xdr + Debug>(input: &[u8]) {
    check(input, decode::decode::<T>);
}

/// What can be read can be written, and says the same when it is read again.
fn check(input: &[u8], decode: fn(&[u8]) -> Result<Decoded, xdr::DecodeError>) {
    match decode(input) {
        Ok(decoded) => {
            let bytes = decoded.bytes.as_deref().unwrap_or_default();
            assert!(bytes.len() <= input.len(), "grew");
            assert_eq!(decode(bytes), Ok(decoded.clone()), "changed");
        }
        Err(error) => {
            assert!(error.offset() <= input.len(), "outside of the input");
            assert!(!error.to_string().is_empty(), "nameless");
        }
    }
}
