//! Migration version 3.

use xdr::Opaque;

use crate::{
    flags::{DomainMigrateFlags, Wide},
    limits,
    procedure::procedures,
    remote::NonnullDomain,
};

procedures! {
    Remote;

    /// Migration version 3, at the source: begins.
    213 DomainMigrateBegin3 "DOMAIN_MIGRATE_BEGIN3"
        as virDomainMigrateBegin3 (rules: &[domain(Migrate)])
        args DomainMigrateBegin3Args {
            dom: NonnullDomain,
            xmlin: Option<String>,
            flags: Wide<DomainMigrateFlags>,
            dname: Option<String>,
            bandwidth: u64,
        }
        ret DomainMigrateBegin3Ret {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
            xml: String,
        };

    /// Migration version 3, at the destination: makes ready.
    214 DomainMigratePrepare3 "DOMAIN_MIGRATE_PREPARE3"
        as virDomainMigratePrepare3 (rules: &[domain(Migrate), domain(Start), domain(Write)])
        args DomainMigratePrepare3Args {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            uri_in: Option<String>,
            flags: Wide<DomainMigrateFlags>,
            dname: Option<String>,
            bandwidth: u64,
            dom_xml: String,
        }
        ret DomainMigratePrepare3Ret {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
            uri_out: Option<String>,
        };

    /// Migration version 3 through the connection, at the destination: takes the data as a stream.
    215 DomainMigratePrepareTunnel3 "DOMAIN_MIGRATE_PREPARE_TUNNEL3"
        as virDomainMigratePrepareTunnel3 (
            stream: Some(ToServer),
            rules: &[domain(Migrate), domain(Start), domain(Write)],
        )
        args DomainMigratePrepareTunnel3Args {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            flags: Wide<DomainMigrateFlags>,
            dname: Option<String>,
            bandwidth: u64,
            dom_xml: String,
        }
        ret DomainMigratePrepareTunnel3Ret {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
        };

    /// Migration version 3, at the source: sends the domain.
    216 DomainMigratePerform3 "DOMAIN_MIGRATE_PERFORM3"
        as virDomainMigratePerform3 (rules: &[domain(Migrate)])
        args DomainMigratePerform3Args {
            dom: NonnullDomain,
            xmlin: Option<String>,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            dconnuri: Option<String>,
            uri: Option<String>,
            flags: Wide<DomainMigrateFlags>,
            dname: Option<String>,
            bandwidth: u64,
        }
        ret DomainMigratePerform3Ret {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
        };

    /// Migration version 3, at the destination: takes over or cleans up.
    217 DomainMigrateFinish3 "DOMAIN_MIGRATE_FINISH3"
        as virDomainMigrateFinish3 (rules: &[domain(Migrate)])
        args DomainMigrateFinish3Args {
            dname: String,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            dconnuri: Option<String>,
            uri: Option<String>,
            flags: Wide<DomainMigrateFlags>,
            cancelled: i32,
        }
        ret DomainMigrateFinish3Ret {
            dom: NonnullDomain,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_out: Opaque,
        };

    /// Migration version 3, at the source: gives the domain up or goes on.
    218 DomainMigrateConfirm3 "DOMAIN_MIGRATE_CONFIRM3"
        as virDomainMigrateConfirm3 (rules: &[domain(Migrate)])
        args DomainMigrateConfirm3Args {
            dom: NonnullDomain,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie_in: Opaque,
            flags: Wide<DomainMigrateFlags>,
            cancelled: i32,
        };
}
