//! What concerns the connection itself: authentication, opening, features, closing.

use protocol::enums::AuthType;
use protocol::error::{Code, Origin};
use protocol::flags::ConnectFlags;
use protocol::remote::{
    AuthList, AuthListRet, ConnectClose, ConnectGetLibVersion, ConnectGetLibVersionRet,
    ConnectGetType, ConnectGetTypeRet, ConnectGetUri, ConnectGetUriRet, ConnectIsSecure,
    ConnectIsSecureRet, ConnectOpen, ConnectOpenArgs, ConnectRegisterCloseCallback,
    ConnectSetIdentity, ConnectSetIdentityArgs, ConnectSupportsFeature, ConnectSupportsFeatureArgs,
    ConnectSupportsFeatureRet, ConnectUnregisterCloseCallback,
};
use rpc::TransportKind;

use crate::call::Call;
use crate::connection::IdentityError;
use crate::driver::Driver;
use crate::error::{Error, ToError};
use crate::routes::Routes;

/// The level of the public API, as `virConnectGetLibVersion` tells it.
const API_LEVEL: u64 = 11_003_000;

/// Features that the door answers for all drivers (`VIR_DRV_FEATURE_*`).
mod feature {
    pub(super) const FD_PASSING: i32 = 8;
    pub(super) const TYPED_PARAM_STRING: i32 = 9;
    pub(super) const KEEPALIVE: i32 = 10;
    pub(super) const EVENT_CALLBACK: i32 = 14;
    pub(super) const CLOSE_CALLBACK: i32 = 15;
    pub(super) const NETWORK_UPDATE_ORDER: i32 = 16;
}

/// Why the connection itself refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum ConnectError {
    #[error("connection already open: close it before opening another URI")]
    AlreadyOpen,
    #[error("a close callback is already registered on this connection")]
    CloseCallbackTaken,
    #[error("no close callback is registered on this connection")]
    NoCloseCallback,
}

impl ToError for ConnectError {
    fn code(&self) -> Code {
        match self {
            Self::AlreadyOpen => Code::InternalError,
            Self::CloseCallbackTaken | Self::NoCloseCallback => Code::OperationInvalid,
        }
    }

    fn origin(&self) -> Option<Origin> {
        Some(Origin::Remote)
    }
}

impl ToError for IdentityError {
    fn code(&self) -> Code {
        Code::InvalidArg
    }
}

pub(super) fn routes<D: Driver>(routes: &mut Routes<D>) {
    routes
        .on::<AuthList>(auth_list)
        .on::<ConnectOpen>(open)
        .on::<ConnectClose>(close)
        .on::<ConnectSupportsFeature>(supports_feature)
        .on::<ConnectGetUri>(uri)
        .on::<ConnectGetType>(kind)
        .on::<ConnectGetLibVersion>(lib_version)
        .on::<ConnectIsSecure>(is_secure)
        .on::<ConnectRegisterCloseCallback>(register_close_callback)
        .on::<ConnectUnregisterCloseCallback>(unregister_close_callback)
        .on::<ConnectSetIdentity>(set_identity);
}

async fn auth_list<D: Driver>(_: Call<D>, (): ()) -> Result<AuthListRet, Error> {
    Ok(AuthListRet {
        types: vec![AuthType::None],
    })
}

async fn open<D: Driver>(call: Call<D>, args: ConnectOpenArgs) -> Result<(), Error> {
    let connection = call.connection();
    if connection.is_open() {
        return Err(ConnectError::AlreadyOpen.into());
    }
    let read_only = args.flags.contains(ConnectFlags::RO) || connection.is_read_only();
    let opened = call.driver().open(args.name.as_deref(), read_only)?;
    // Two calls may have come here at once.
    if connection.open(opened, read_only) {
        Ok(())
    } else {
        Err(ConnectError::AlreadyOpen.into())
    }
}

/// What the client leaves behind is gone when it reads the answer.
async fn close<D: Driver>(call: Call<D>, (): ()) -> Result<(), Error> {
    call.driver().events().forget(call.session().id());
    call.connection().on_close().run().await;
    call.session().finish();
    Ok(())
}

async fn supports_feature<D: Driver>(
    call: Call<D>,
    args: ConnectSupportsFeatureArgs,
) -> Result<ConnectSupportsFeatureRet, Error> {
    let supported = match args.feature {
        feature::FD_PASSING => call.session().peer().transport.passes_descriptors(),
        feature::KEEPALIVE => {
            call.session().enable_keepalive();
            true
        }
        feature::EVENT_CALLBACK
        | feature::CLOSE_CALLBACK
        | feature::TYPED_PARAM_STRING
        | feature::NETWORK_UPDATE_ORDER => true,
        other => call.driver().supports(other),
    };
    Ok(ConnectSupportsFeatureRet {
        supported: supported.into(),
    })
}

async fn uri<D: Driver>(call: Call<D>, (): ()) -> Result<ConnectGetUriRet, Error> {
    let uri = call
        .connection()
        .opened()
        .map(|opened| opened.uri)
        .unwrap_or_default();
    Ok(ConnectGetUriRet { uri })
}

async fn kind<D: Driver>(call: Call<D>, (): ()) -> Result<ConnectGetTypeRet, Error> {
    Ok(ConnectGetTypeRet {
        r#type: call.driver().name().to_owned(),
    })
}

async fn lib_version<D: Driver>(_: Call<D>, (): ()) -> Result<ConnectGetLibVersionRet, Error> {
    Ok(ConnectGetLibVersionRet { lib_ver: API_LEVEL })
}

async fn is_secure<D: Driver>(call: Call<D>, (): ()) -> Result<ConnectIsSecureRet, Error> {
    let secure = match call.session().peer().transport {
        TransportKind::Unix | TransportKind::InProcess => true,
        TransportKind::Tcp => false,
    };
    Ok(ConnectIsSecureRet {
        secure: secure.into(),
    })
}

async fn register_close_callback<D: Driver>(call: Call<D>, (): ()) -> Result<(), Error> {
    let registered = call.connection().set_close_callback(true);
    if registered {
        Ok(())
    } else {
        Err(ConnectError::CloseCallbackTaken.into())
    }
}

async fn unregister_close_callback<D: Driver>(call: Call<D>, (): ()) -> Result<(), Error> {
    let unregistered = call.connection().set_close_callback(false);
    if unregistered {
        Ok(())
    } else {
        Err(ConnectError::NoCloseCallback.into())
    }
}

async fn set_identity<D: Driver>(call: Call<D>, args: ConnectSetIdentityArgs) -> Result<(), Error> {
    let identity = crate::connection::Identity::from_params(args.params)?;
    call.connection().set_identity(identity);
    Ok(())
}
