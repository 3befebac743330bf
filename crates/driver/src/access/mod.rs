//! Who may do what: the one table of `protocol`, applied in three stages.
//!
//! 1. On the header alone, before a byte of payload is decoded: is the client authenticated, has
//!    it opened the connection, may a read-only connection make this call at all.
//! 2. On the decoded arguments: is the call read-only with these flags, may the client do this on
//!    the connection.
//! 3. With the lookup of an object: [`crate::Call::allow`] hands out the proof that the object may
//!    be used in the way that the procedure declares.
//!
//! What no rule mentions is denied.

mod policy;

use protocol::error::{Code, Origin};
use protocol::procedure::{Object, ProcedureInfo};

pub use policy::{Access, AllowAll, Target};

use crate::connection::Connection;
use crate::error::{Error, ToError};

/// The proof that an object may be used by the call at hand; only the check makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed(());

/// Why a call was turned away.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// The client has not finished the authentication.
    #[error("authentication required")]
    Unauthenticated,
    /// The client has not opened the connection.
    #[error("the connection is not open: call virConnectOpen before {api}")]
    NotOpen {
        /// The function of the public API.
        api: String,
    },
    /// The connection is read-only and the call is not.
    #[error("read only access prevents {api}")]
    ReadOnly {
        /// The function of the public API.
        api: String,
    },
    /// The connection is read-only and so is the call, but not with these flags.
    #[error("read only access prevents {api} with the flags {argument:#x}")]
    ReadOnlyFlags {
        /// The function of the public API.
        api: String,
        /// The flags, or the value of the argument that decides.
        argument: u32,
    },
    /// The policy refuses.
    #[error("'{driver}' denied access: {api} needs the permission '{permission}' on {object}")]
    Denied {
        /// The driver that owns the object.
        driver: &'static str,
        /// The function of the public API.
        api: String,
        /// What is missing.
        permission: &'static str,
        /// On what.
        object: String,
    },
    /// A handler looked up an object that its procedure does not declare.
    #[error("{api} declares no permission on {object}, so it is denied: report this as a bug")]
    Undeclared {
        /// The function of the public API.
        api: String,
        /// The object that the handler asked for.
        object: String,
    },
}

impl ToError for AccessError {
    fn code(&self) -> Code {
        match self {
            Self::Unauthenticated => Code::Rpc,
            Self::NotOpen { .. } | Self::Undeclared { .. } => Code::InternalError,
            Self::ReadOnly { .. } | Self::ReadOnlyFlags { .. } => Code::OperationDenied,
            Self::Denied { .. } => Code::AccessDenied,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Self::Unauthenticated => Some(Origin::Rpc),
            Self::NotOpen { .. } => Some(Origin::Remote),
            Self::Denied { .. } | Self::Undeclared { .. } => Some(Origin::Access),
            Self::ReadOnly { .. } | Self::ReadOnlyFlags { .. } => None,
        }
    }
}

/// Stage one. `needs_open` is false for the few procedures that lead up to the open connection.
pub fn admit(
    info: &ProcedureInfo,
    is_authenticated: bool,
    connection: &Connection,
    needs_open: bool,
) -> Result<(), Error> {
    if !info.before_auth && !is_authenticated {
        return Err(AccessError::Unauthenticated.into());
    }
    if connection.is_read_only() && info.read_only.never() {
        return Err(denied(info, AccessError::ReadOnly { api: api(info) }));
    }
    if needs_open && !connection.is_open() {
        return Err(AccessError::NotOpen { api: api(info) }.into());
    }
    Ok(())
}

/// Stage two; `argument` is the one that the procedure's conditional rules look at.
pub(crate) fn check_arguments(
    info: &ProcedureInfo,
    connection: &Connection,
    driver: &'static str,
    access: &dyn Access,
    argument: u32,
) -> Result<(), Error> {
    if connection.is_read_only() && !info.read_only.allows(argument) {
        return Err(denied(
            info,
            AccessError::ReadOnlyFlags {
                api: api(info),
                argument,
            },
        ));
    }
    let target = Target::connection();
    if info.rules.iter().any(|rule| rule.object == Object::Connect) {
        check_object(info, connection, driver, access, argument, &target)?;
    }
    Ok(())
}

/// Stage three: every rule on this kind of object that applies to the call must hold.
pub(crate) fn check_object(
    info: &ProcedureInfo,
    connection: &Connection,
    driver: &'static str,
    access: &dyn Access,
    argument: u32,
    target: &Target<'_>,
) -> Result<Allowed, Error> {
    let declared = info
        .rules
        .iter()
        .filter(|rule| rule.object == target.object);
    let filter = info.filter.filter(|(object, _)| *object == target.object);
    if filter.is_none() && declared.clone().next().is_none() {
        let (api, object) = (api(info), target.to_string());
        return Err(AccessError::Undeclared { api, object }.into());
    }
    let applying = declared
        .filter(|rule| rule.applies(argument))
        .map(|rule| rule.permission);
    let filtering = filter.map(|(_, permission)| permission);
    let identity = connection.identity();
    for permission in applying.chain(filtering) {
        if !access.allows(&identity, driver, target, permission) {
            let (api, object) = (api(info), target.to_string());
            let permission = permission.name();
            return Err(AccessError::Denied {
                driver,
                api,
                permission,
                object,
            }
            .into());
        }
    }
    Ok(Allowed(()))
}

/// Denials come from the part of the public API that the procedure belongs to.
fn denied(info: &ProcedureInfo, error: AccessError) -> Error {
    Error::from(error).from_origin(origin_of(info))
}

/// The function that stands for a procedure, for messages.
pub(crate) fn api(info: &ProcedureInfo) -> String {
    info.api.unwrap_or(info.name).to_owned()
}

/// The part of the public API that a procedure belongs to.
fn origin_of(info: &ProcedureInfo) -> Origin {
    let family = |prefix: &str| {
        info.name
            .strip_prefix("CONNECT_")
            .unwrap_or(info.name)
            .starts_with(prefix)
    };
    match () {
        () if family("DOMAIN_SNAPSHOT") => Origin::DomainSnapshot,
        () if family("DOMAIN_CHECKPOINT") => Origin::DomainCheckpoint,
        () if family("NETWORK") => Origin::Network,
        () if family("INTERFACE") => Origin::Interface,
        () if family("STORAGE") => Origin::Storage,
        () if family("NODE_DEVICE") => Origin::Nodedev,
        () if family("SECRET") => Origin::Secret,
        () if family("NWFILTER") => Origin::Nwfilter,
        () => Origin::Domain,
    }
}
