//! Why the admin program refuses.

use protocol::error::{Code, ErrorBody, Origin};

use crate::failure::{StartError, chain};
use crate::log::RuleError;

/// Why the admin program refuses.
#[derive(Debug, thiserror::Error)]
pub(super) enum AdminError {
    #[error("only the daemon's own user may administrate it")]
    Forbidden,
    #[error("the connection is not open: call virAdmConnectOpen first")]
    NotOpen,
    #[error("this function is not supported by the connection driver: {0}")]
    NotServed(String),
    #[error("Server not found: no server with matching name '{0}' found")]
    NoServer(String),
    #[error("Client not found: no client with matching id '{0}' found")]
    NoClient(u64),
    #[error("invalid argument: unknown parameter '{0}'")]
    UnknownParameter(String),
    #[error("invalid argument: parameter '{name}' must be {allowed}")]
    Parameter { name: String, allowed: &'static str },
    #[error(
        "Operation not supported: calls are not executed by a pool of threads here, so that its size \
         cannot be changed"
    )]
    NoPool,
    #[error("invalid argument: {0}")]
    Rule(#[from] RuleError),
    #[error("operation failed: {}", chain(.0))]
    Log(#[source] StartError),
    #[error("invalid argument: {0}")]
    Decode(#[from] xdr::DecodeError),
    #[error("internal error: the answer cannot be encoded: {0}")]
    Encode(#[from] xdr::EncodeError),
}

impl AdminError {
    pub(super) fn to_body(&self) -> ErrorBody {
        ErrorBody::new(self.code(), Origin::Admin, self.to_string())
    }

    fn code(&self) -> Code {
        match self {
            AdminError::Forbidden => Code::AccessDenied,
            AdminError::NotOpen => Code::OperationInvalid,
            AdminError::NotServed(_) => Code::NoSupport,
            AdminError::NoServer(_) => Code::NoServer,
            AdminError::NoClient(_) => Code::NoClient,
            AdminError::UnknownParameter(_)
            | AdminError::Parameter { .. }
            | AdminError::Rule(_)
            | AdminError::Decode(_) => Code::InvalidArg,
            AdminError::NoPool => Code::OperationUnsupported,
            AdminError::Log(_) => Code::OperationFailed,
            AdminError::Encode(_) => Code::InternalError,
        }
    }
}
