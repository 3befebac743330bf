//! Why a call has no result.

use std::time::Duration;

use protocol::error::ErrorBody;
use xdr::{DecodeError, EncodeError};

use crate::close::CloseReason;

/// Why a call has no result.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CallError {
    /// The server answered with an error.
    #[error("{}", .0.text())]
    Remote(Box<ErrorBody>),
    /// The connection ended before the answer came. Whether the call took effect is not known.
    #[error("the connection ended before the answer came")]
    Closed(#[source] CloseReason),
    /// The answer did not come in time. Whether the call takes effect is not known.
    #[error("no answer within {0:?}")]
    Timeout(Duration),
    /// The arguments break a limit of the wire. Nothing was sent.
    #[error("the arguments of {procedure} cannot be sent")]
    Encode {
        /// The procedure's wire name.
        procedure: &'static str,
        /// Which limit.
        #[source]
        source: EncodeError,
    },
    /// The answer is not what the procedure's declaration says.
    #[error("the answer to {procedure} cannot be read")]
    Decode {
        /// The procedure's wire name.
        procedure: &'static str,
        /// What is wrong with it.
        #[source]
        source: DecodeError,
    },
    /// The arguments exceed the largest packet. Nothing was sent.
    #[error("arguments of {size} bytes exceed the largest packet")]
    TooLarge {
        /// Their encoded size in bytes.
        size: usize,
    },
    /// Descriptors cannot travel over this connection, or are too many. Nothing was sent.
    #[error("{count} descriptors cannot be sent: at most 32, over a unix socket or in-process")]
    Descriptors {
        /// How many there were.
        count: usize,
    },
}
