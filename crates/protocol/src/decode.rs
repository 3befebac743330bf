//! Decoding by number, where the types are not known to the caller: for fuzzing and for tools
//! that print traffic.

use std::{fmt::Debug, sync::OnceLock};

use xdr::{DecodeError, Xdr};

use crate::{Event, Procedure, Program, Visitor};

/// Decodes a payload into its debugging form and back into bytes.
type Payload = fn(&[u8]) -> Result<Decoded, DecodeError>;

/// A payload that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// What it says.
    pub text: String,
    /// The same, encoded again; `None` when that broke a limit, which is a defect.
    pub bytes: Option<Vec<u8>>,
}

/// The decoders of one procedure or event.
#[derive(Debug, Clone, Copy)]
pub struct Codec {
    /// The program.
    pub program: Program,
    /// The number.
    pub number: i32,
    /// The name on the wire.
    pub name: &'static str,
    /// Decodes arguments, or an event's message.
    pub call: Payload,
    /// Decodes a result; of an event, an empty one.
    pub ret: Payload,
}

/// The decoders of everything, by program and number.
pub fn codecs() -> &'static [Codec] {
    static CODECS: OnceLock<Vec<Codec>> = OnceLock::new();
    CODECS.get_or_init(|| {
        let mut collector = Collector(Vec::new());
        crate::visit(&mut collector);
        collector
            .0
            .sort_by_key(|codec| (codec.program.number(), codec.number));
        collector.0
    })
}

/// Decodes one payload and encodes it again.
///
/// # Errors
/// When the bytes are not the type's.
pub fn decode<T: Xdr + Debug>(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let value: T = xdr::from_bytes(bytes)?;
    Ok(Decoded {
        text: format!("{value:?}"),
        bytes: xdr::to_bytes(&value).ok(),
    })
}

struct Collector(Vec<Codec>);

impl Visitor for Collector {
    fn procedure<P: Procedure>(&mut self) {
        self.0.push(Codec {
            program: P::INFO.program,
            number: P::INFO.number,
            name: P::INFO.name,
            call: decode::<P::Args>,
            ret: decode::<P::Ret>,
        });
    }

    fn event<E: Event>(&mut self) {
        self.0.push(Codec {
            program: E::INFO.program,
            number: E::INFO.number,
            name: E::INFO.name,
            call: decode::<E::Msg>,
            ret: decode::<()>,
        });
    }
}
