//! Whom a client acts for.

use protocol::typed_param::{TypedParam, TypedParamValue};
use rpc::Peer;

/// The facts about a client that access rules and logs look at.
///
/// The names are those of `virConnectSetIdentity` parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// `unix-user-id`
    pub unix_user_id: Option<u64>,
    /// `unix-group-id`
    pub unix_group_id: Option<u64>,
    /// `process-id`
    pub process_id: Option<i64>,
    /// `process-time`: when the process started, in clock ticks since boot.
    pub process_time: Option<u64>,
    /// `user-name`
    pub user_name: Option<String>,
    /// `group-name`
    pub group_name: Option<String>,
    /// `sasl-user-name`
    pub sasl_user_name: Option<String>,
    /// `x509-distinguished-name`
    pub x509_distinguished_name: Option<String>,
    /// `selinux-context`
    pub selinux_context: Option<String>,
    /// `system.token`: proves that the caller is another daemon of this host.
    pub system_token: Option<String>,
}

/// Why a set of identity parameters was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// A name that is none of the known ones.
    #[error("'{0}' is no identity parameter")]
    Unknown(String),
    /// A value of another type than the parameter has.
    #[error("identity parameter '{0}' has a value of the wrong type")]
    WrongType(String),
}

impl Identity {
    /// What the transport says about its other end.
    #[must_use]
    pub fn of_peer(peer: &Peer) -> Self {
        Self {
            unix_user_id: peer.uid.map(u64::from),
            unix_group_id: peer.gid.map(u64::from),
            process_id: peer.pid.map(i64::from),
            ..Self::default()
        }
    }

    /// Reads the parameters of `CONNECT_SET_IDENTITY`.
    pub(crate) fn from_params(params: Vec<TypedParam>) -> Result<Self, IdentityError> {
        let mut identity = Self::default();
        for TypedParam { field, value } in params {
            identity.set(field, value)?;
        }
        Ok(identity)
    }

    fn set(&mut self, field: String, value: TypedParamValue) -> Result<(), IdentityError> {
        use TypedParamValue::{LLong, String as Text, ULLong};
        match (field.as_str(), value) {
            ("unix-user-id", ULLong(id)) => self.unix_user_id = Some(id),
            ("unix-group-id", ULLong(id)) => self.unix_group_id = Some(id),
            ("process-id", LLong(id)) => self.process_id = Some(id),
            ("process-time", ULLong(ticks)) => self.process_time = Some(ticks),
            ("user-name", Text(text)) => self.user_name = Some(text),
            ("group-name", Text(text)) => self.group_name = Some(text),
            ("sasl-user-name", Text(text)) => self.sasl_user_name = Some(text),
            ("x509-distinguished-name", Text(text)) => self.x509_distinguished_name = Some(text),
            ("selinux-context", Text(text)) => self.selinux_context = Some(text),
            ("system.token", Text(text)) => self.system_token = Some(text),
            (known, _) if KNOWN.contains(&known) => return Err(IdentityError::WrongType(field)),
            _ => return Err(IdentityError::Unknown(field)),
        }
        Ok(())
    }
}

const KNOWN: [&str; 10] = [
    "unix-user-id",
    "unix-group-id",
    "process-id",
    "process-time",
    "user-name",
    "group-name",
    "sasl-user-name",
    "x509-distinguished-name",
    "selinux-context",
    "system.token",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn param(field: &str, value: TypedParamValue) -> TypedParam {
        TypedParam {
            field: field.into(),
            value,
        }
    }

    #[test]
    fn parameters_become_facts() {
        let params = vec![
            param("unix-user-id", TypedParamValue::ULLong(7)),
            param("process-id", TypedParamValue::LLong(42)),
            param("user-name", TypedParamValue::String("ada".into())),
        ];
        let identity = Identity::from_params(params).unwrap();
        let expected = Identity {
            unix_user_id: Some(7),
            process_id: Some(42),
            user_name: Some("ada".into()),
            ..Identity::default()
        };
        assert_eq!(identity, expected);
    }

    #[test]
    fn wrong_parameters_are_named() {
        let refused = |field: &str| {
            Identity::from_params(vec![param(field, TypedParamValue::Int(1))]).unwrap_err()
        };
        assert_eq!(
            refused("unix-user-id"),
            IdentityError::WrongType("unix-user-id".into())
        );
        assert_eq!(
            refused("shoe-size"),
            IdentityError::Unknown("shoe-size".into())
        );
    }
}
