//! Errors that the conversation itself reports to a peer.

use bytes::Bytes;
use protocol::error::{Code, ErrorBody, Origin};

/// A failure of the conversation, not of what was called.
pub(crate) fn rpc(code: Code, message: impl Into<String>) -> ErrorBody {
    ErrorBody::new(code, Origin::Rpc, message)
}

/// A handler ended without a result.
pub(crate) fn panicked(text: &str) -> ErrorBody {
    let text = format!("internal error: the call failed by a fault of the daemon: {text}");
    rpc(Code::InternalError, text)
}

/// Whoever served a stream let go of it without a last word.
pub(crate) fn stream_dropped() -> ErrorBody {
    rpc(
        Code::InternalError,
        "internal error: the stream ended before all was done",
    )
}

/// The wire form. An error whose texts exceed the wire's limits is cut to its code.
pub(crate) fn encode(body: &ErrorBody) -> Bytes {
    let whole = xdr::to_bytes(body).or_else(|_| {
        let short = ErrorBody::new(body.code, body.origin, "the error text is too long");
        xdr::to_bytes(&short)
    });
    whole.map(Bytes::from).unwrap_or_default()
}

/// Reads an error from the wire. One that cannot be read is itself an error worth reporting.
pub(crate) fn decode(payload: &[u8]) -> ErrorBody {
    xdr::from_bytes(payload).unwrap_or_else(|error| {
        rpc(
            Code::Rpc,
            format!("the server reported an error that cannot be read: {error}"),
        )
    })
}
