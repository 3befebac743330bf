//! Migration versions 1 and 2, and the settings of any migration.

use xdr::Opaque;

use crate::{
    flags::{DomainMigrateFlags, DomainMigrateMaxSpeedFlags, NoFlags, Wide},
    limits,
    procedure::procedures,
    remote::NonnullDomain,
};

procedures! {
    Remote;

    /// Migration version 1, at the destination: makes ready.
    61 DomainMigratePrepare "DOMAIN_MIGRATE_PREPARE"
        as virDomainMigratePrepare (rules: &[domain(Migrate), domain(Start), domain(Write)])
        args DomainMigratePrepareArgs {
            uri_in: Option<String>,
            flags: Wide<DomainMigrateFlags>,
            dname: Option<String>,
            bandwidth: u64,
        }
        ret DomainMigratePrepareRet {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie: Opaque,
            uri_out: Option<String>,
        };

    /// Migration version 1, at the source: sends the domain.
    62 DomainMigratePerform "DOMAIN_MIGRATE_PERFORM"
        as virDomainMigratePerform (rules: &[domain(Migrate)])
        args DomainMigratePerformArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie: Opaque,
            uri: String,
            flags: Wide<DomainMigrateFlags>,
            dname: Option<String>,
            bandwidth: u64,
        };

    /// Migration version 1, at the destination: takes over.
    63 DomainMigrateFinish "DOMAIN_MIGRATE_FINISH"
        as virDomainMigrateFinish (rules: &[domain(Migrate)])
        args DomainMigrateFinishArgs {
            dname: String,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie: Opaque,
            uri: String,
            flags: Wide<DomainMigrateFlags>,
        }
        ret DomainMigrateFinishRet { ddom: NonnullDomain };

    /// Migration version 2, at the destination: makes ready.
    108 DomainMigratePrepare2 "DOMAIN_MIGRATE_PREPARE2"
        as virDomainMigratePrepare2 (rules: &[domain(Migrate), domain(Start), domain(Write)])
        args DomainMigratePrepare2Args {
            uri_in: Option<String>,
            flags: Wide<DomainMigrateFlags>,
            dname: Option<String>,
            bandwidth: u64,
            dom_xml: String,
        }
        ret DomainMigratePrepare2Ret {
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie: Opaque,
            uri_out: Option<String>,
        };

    /// Migration version 2, at the destination: takes over or cleans up.
    109 DomainMigrateFinish2 "DOMAIN_MIGRATE_FINISH2"
        as virDomainMigrateFinish2 (rules: &[domain(Migrate)])
        args DomainMigrateFinish2Args {
            dname: String,
            #[xdr(max = limits::MIGRATE_COOKIE_MAX)] cookie: Opaque,
            uri: String,
            flags: Wide<DomainMigrateFlags>,
            retcode: i32,
        }
        ret DomainMigrateFinish2Ret { ddom: NonnullDomain };

    /// Migration version 2 through the connection, at the destination: takes the data as a stream.
    148 DomainMigratePrepareTunnel "DOMAIN_MIGRATE_PREPARE_TUNNEL"
        as virDomainMigratePrepareTunnel (
            stream: Some(ToServer),
            rules: &[domain(Migrate), domain(Start), domain(Write)],
        )
        args DomainMigratePrepareTunnelArgs {
            flags: Wide<DomainMigrateFlags>,
            dname: Option<String>,
            bandwidth: u64,
            dom_xml: String,
        };

    /// Sets how long a domain may stand still at the end of its migration, in milliseconds.
    166 DomainMigrateSetMaxDowntime "DOMAIN_MIGRATE_SET_MAX_DOWNTIME"
        as virDomainMigrateSetMaxDowntime (rules: &[domain(Migrate)])
        args DomainMigrateSetMaxDowntimeArgs { dom: NonnullDomain, downtime: u64, flags: NoFlags };

    /// Sets the most bandwidth that a migration may take, in MiB/s.
    207 DomainMigrateSetMaxSpeed "DOMAIN_MIGRATE_SET_MAX_SPEED"
        as virDomainMigrateSetMaxSpeed (rules: &[domain(Migrate)])
        args DomainMigrateSetMaxSpeedArgs {
            dom: NonnullDomain,
            bandwidth: u64,
            flags: DomainMigrateMaxSpeedFlags,
        };

    /// The most bandwidth that a migration may take, in MiB/s.
    242 DomainMigrateGetMaxSpeed "DOMAIN_MIGRATE_GET_MAX_SPEED"
        as virDomainMigrateGetMaxSpeed (rules: &[domain(Migrate)])
        args DomainMigrateGetMaxSpeedArgs { dom: NonnullDomain, flags: DomainMigrateMaxSpeedFlags }
        ret DomainMigrateGetMaxSpeedRet { bandwidth: u64 };

    /// Size of the cache for compressed migration, in bytes.
    299 DomainMigrateGetCompressionCache "DOMAIN_MIGRATE_GET_COMPRESSION_CACHE"
        as virDomainMigrateGetCompressionCache (read_only: Allowed, rules: &[domain(Migrate)])
        args DomainMigrateGetCompressionCacheArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainMigrateGetCompressionCacheRet { #[xdr(name = "cacheSize")] cache_size: u64 };

    /// Sets the size of the cache for compressed migration, in bytes.
    300 DomainMigrateSetCompressionCache "DOMAIN_MIGRATE_SET_COMPRESSION_CACHE"
        as virDomainMigrateSetCompressionCache (rules: &[domain(Migrate)])
        args DomainMigrateSetCompressionCacheArgs {
            dom: NonnullDomain,
            #[xdr(name = "cacheSize")] cache_size: u64,
            flags: NoFlags,
        };

    /// Switches a migration to post-copy.
    364 DomainMigrateStartPostCopy "DOMAIN_MIGRATE_START_POST_COPY"
        as virDomainMigrateStartPostCopy (rules: &[domain(Migrate)])
        args DomainMigrateStartPostCopyArgs { dom: NonnullDomain, flags: NoFlags };

    /// How long a domain may stand still at the end of its migration, in milliseconds.
    387 DomainMigrateGetMaxDowntime "DOMAIN_MIGRATE_GET_MAX_DOWNTIME"
        as virDomainMigrateGetMaxDowntime (read_only: Allowed, rules: &[domain(Migrate)])
        args DomainMigrateGetMaxDowntimeArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainMigrateGetMaxDowntimeRet { downtime: u64 };
}
