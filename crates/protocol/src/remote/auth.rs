//! Authentication, before anything else.

use xdr::Chars;

use crate::{enums::AuthType, limits, procedure::procedures};

procedures! {
    Remote;

    /// Ways of authentication that the daemon accepts.
    66 AuthList "AUTH_LIST" (priority: High, read_only: Allowed, before_auth: true)
        ret AuthListRet { #[xdr(max = limits::AUTH_TYPE_LIST_MAX)] types: Vec<AuthType> };

    /// Starts SASL authentication: lists the mechanisms.
    67 AuthSaslInit "AUTH_SASL_INIT" (priority: High, read_only: Allowed, before_auth: true)
        ret AuthSaslInitRet { mechlist: String };

    /// First step of SASL authentication, with the chosen mechanism.
    68 AuthSaslStart "AUTH_SASL_START" (priority: High, read_only: Allowed, before_auth: true)
        args AuthSaslStartArgs {
            mech: String,
            nil: i32,
            #[xdr(max = limits::AUTH_SASL_DATA_MAX)] data: Chars,
        }
        ret AuthSaslStartRet {
            complete: i32,
            nil: i32,
            #[xdr(max = limits::AUTH_SASL_DATA_MAX)] data: Chars,
        };

    /// Further steps of SASL authentication.
    69 AuthSaslStep "AUTH_SASL_STEP" (priority: High, read_only: Allowed, before_auth: true)
        args AuthSaslStepArgs { nil: i32, #[xdr(max = limits::AUTH_SASL_DATA_MAX)] data: Chars }
        ret AuthSaslStepRet {
            complete: i32,
            nil: i32,
            #[xdr(max = limits::AUTH_SASL_DATA_MAX)] data: Chars,
        };

    /// Authenticates through polkit.
    70 AuthPolkit "AUTH_POLKIT" (priority: High, read_only: Allowed, before_auth: true)
        ret AuthPolkitRet { complete: i32 };
}
