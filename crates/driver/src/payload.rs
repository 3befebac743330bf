//! The arguments and results of procedures: bytes and values, with errors for clients.

use bytes::Bytes;
use protocol::error::{Code, Origin};
use protocol::procedure::{Procedure, ProcedureInfo};
use xdr::{DecodeError, EncodeError, Fault};

use crate::access::api;
use crate::error::{Error, ToError, Wording};

/// Why bytes are no arguments, or a result makes no bytes.
#[derive(Debug, thiserror::Error)]
enum PayloadError {
    #[error("unsupported flags ({bits:#x}) in function {api}")]
    Flags { bits: u64, api: String },
    #[error("cannot decode the arguments of {api}")]
    Arguments { api: String, source: DecodeError },
    #[error("the result of {api} exceeds what the protocol can carry")]
    Result { api: String, source: EncodeError },
}

impl ToError for PayloadError {
    fn code(&self) -> Code {
        match self {
            Self::Flags { .. } => Code::InvalidArg,
            Self::Arguments { .. } | Self::Result { .. } => Code::Rpc,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Self::Flags { .. } => None,
            Self::Arguments { .. } | Self::Result { .. } => Some(Origin::Rpc),
        }
    }

    fn wording(&self) -> Wording {
        match self {
            Self::Flags { .. } => Wording::Verbatim,
            Self::Arguments { .. } | Self::Result { .. } => Wording::Prefixed,
        }
    }
}

/// Reads the arguments of a call.
pub(crate) fn decode<P: Procedure>(payload: &[u8]) -> Result<P::Args, Error> {
    xdr::from_bytes(payload).map_err(|error| refused(P::INFO, error).into())
}

/// Writes the result of a call.
pub(crate) fn encode<P: Procedure>(ret: &P::Ret) -> Result<Bytes, Error> {
    match xdr::to_bytes(ret) {
        Ok(payload) => Ok(payload.into()),
        Err(source) => Err(PayloadError::Result {
            api: api(P::INFO),
            source,
        }
        .into()),
    }
}

fn refused(info: &ProcedureInfo, error: DecodeError) -> PayloadError {
    let api = api(info);
    match *error.fault() {
        Fault::UnknownFlags { bits, .. } | Fault::FlagsNotZero { bits } => {
            PayloadError::Flags { bits, api }
        }
        _ => PayloadError::Arguments { api, source: error },
    }
}
