//! Migration version 3 with its arguments as parameters.

use xdr::Opaque;

use crate::{
    flags::DomainMigrateFlags, limits, procedure::procedures, remote::NonnullDomain,
    typed_param::TypedParam,
};

procedures! {
    Remote;

    /// Migration version 3 with parameters, at the source: begins.
    302 DomainMigrateBegin3Params "DOMAIN_MIGRATE_BEGIN3_PARAMS"
        as virDomainMigrateBegin3Params (rules: &[domain(Migrate)])
        args DomainMigrateBegin3ParamsArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_MIGRATE_PARAM_LIST_MAX)] params: Vec<TypedParam>,
            flags: DomainMigrateFlags,
        }
        ret DomainMigrateBegin3ParamsRet {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
            xml: String,
        };

    /// Migration version 3 with parameters, at the destination: makes ready.
    303 DomainMigratePrepare3Params "DOMAIN_MIGRATE_PREPARE3_PARAMS"
        as virDomainMigratePrepare3Params (rules: &[domain(Migrate), domain(Start), domain(Write)])
        args DomainMigratePrepare3ParamsArgs {
            #[xdr(max = limits::DOMAIN_MIGRATE_PARAM_LIST_MAX)] params: Vec<TypedParam>,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            flags: DomainMigrateFlags,
        }
        ret DomainMigratePrepare3ParamsRet {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
            uri_out: Option<String>,
        };

    /// Migration version 3 with parameters through the connection, at the destination: takes the
    /// data as a stream. The stream carries the guest's data to the daemon.
    304 DomainMigratePrepareTunnel3Params "DOMAIN_MIGRATE_PREPARE_TUNNEL3_PARAMS"
        as virDomainMigratePrepareTunnel3Params (
            stream: Some(ToServer),
            rules: &[domain(Migrate), domain(Start), domain(Write)],
        )
        args DomainMigratePrepareTunnel3ParamsArgs {
            #[xdr(max = limits::DOMAIN_MIGRATE_PARAM_LIST_MAX)] params: Vec<TypedParam>,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            flags: DomainMigrateFlags,
        }
        ret DomainMigratePrepareTunnel3ParamsRet {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
        };

    /// Migration version 3 with parameters, at the source: sends the domain.
    305 DomainMigratePerform3Params "DOMAIN_MIGRATE_PERFORM3_PARAMS"
        as virDomainMigratePerform3Params (rules: &[domain(Migrate)])
        args DomainMigratePerform3ParamsArgs {
            dom: NonnullDomain,
            dconnuri: Option<String>,
            #[xdr(max = limits::DOMAIN_MIGRATE_PARAM_LIST_MAX)] params: Vec<TypedParam>,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            flags: DomainMigrateFlags,
        }
        ret DomainMigratePerform3ParamsRet {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
        };

    /// Migration version 3 with parameters, at the destination: takes over or cleans up.
    306 DomainMigrateFinish3Params "DOMAIN_MIGRATE_FINISH3_PARAMS"
        as virDomainMigrateFinish3Params (rules: &[domain(Migrate)])
        args DomainMigrateFinish3ParamsArgs {
            #[xdr(max = limits::DOMAIN_MIGRATE_PARAM_LIST_MAX)] params: Vec<TypedParam>,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            flags: DomainMigrateFlags,
            cancelled: i32,
        }
        ret DomainMigrateFinish3ParamsRet {
            dom: NonnullDomain,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
        };

    /// Migration version 3 with parameters, at the source: gives the domain up or goes on.
    307 DomainMigrateConfirm3Params "DOMAIN_MIGRATE_CONFIRM3_PARAMS"
        as virDomainMigrateConfirm3Params (rules: &[domain(Migrate)])
        args DomainMigrateConfirm3ParamsArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_MIGRATE_PARAM_LIST_MAX)] params: Vec<TypedParam>,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            flags: DomainMigrateFlags,
            cancelled: i32,
        };
}
