//! Definitions of domains and what belongs to them.

use crate::{
    flags::{
        DomainDefineFlags, DomainModificationImpact, DomainUndefineFlagsValues, DomainXmlFlags,
        NoFlags,
    },
    procedure::procedures,
    remote::NonnullDomain,
};

procedures! {
    Remote;

    /// Defines a domain, or changes its definition.
    11 DomainDefineXml "DOMAIN_DEFINE_XML"
        as virDomainDefineXML (priority: High, rules: &[domain(Write), domain(Save)])
        args DomainDefineXmlArgs { xml: String }
        ret DomainDefineXmlRet { dom: NonnullDomain };

    /// A domain's configuration as XML.
    14 DomainGetXmlDesc "DOMAIN_GET_XML_DESC"
        as virDomainGetXMLDesc (
            read_only: DeniedWithAny(
                    DomainXmlFlags::SECURE.bits() | DomainXmlFlags::MIGRATABLE.bits(),
                ),
            rules: &[
                domain(Read),
                domain(ReadSecure).when_all(DomainXmlFlags::SECURE.bits()),
                domain(ReadSecure).when_all(DomainXmlFlags::MIGRATABLE.bits()),
            ],
        )
        args DomainGetXmlDescArgs { dom: NonnullDomain, flags: DomainXmlFlags }
        ret DomainGetXmlDescRet { xml: String }
        judged by |args| args.flags.bits();

    /// Whether a domain starts with the host.
    15 DomainGetAutostart "DOMAIN_GET_AUTOSTART"
        as virDomainGetAutostart (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainGetAutostartArgs { dom: NonnullDomain }
        ret DomainGetAutostartRet { autostart: i32 };

    /// Sets whether a domain starts with the host.
    29 DomainSetAutostart "DOMAIN_SET_AUTOSTART"
        as virDomainSetAutostart (priority: High, rules: &[domain(Write)])
        args DomainSetAutostartArgs { dom: NonnullDomain, autostart: i32 };

    /// Forgets a domain's definition.
    35 DomainUndefine "DOMAIN_UNDEFINE"
        as virDomainUndefine (priority: High, rules: &[domain(Delete)])
        args DomainUndefineArgs { dom: NonnullDomain };

    /// Whether a domain is defined.
    151 DomainIsPersistent "DOMAIN_IS_PERSISTENT"
        as virDomainIsPersistent (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainIsPersistentArgs { dom: NonnullDomain }
        ret DomainIsPersistentRet { persistent: i32 };

    /// Whether a domain's definition was changed since it started.
    202 DomainIsUpdated "DOMAIN_IS_UPDATED"
        as virDomainIsUpdated (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainIsUpdatedArgs { dom: NonnullDomain }
        ret DomainIsUpdatedRet { updated: i32 };

    /// Forgets a domain's definition, with what goes with it.
    231 DomainUndefineFlags "DOMAIN_UNDEFINE_FLAGS"
        as virDomainUndefineFlags (priority: High, rules: &[domain(Delete)])
        args DomainUndefineFlagsArgs { dom: NonnullDomain, flags: DomainUndefineFlagsValues };

    /// Sets a domain's title, description or metadata.
    264 DomainSetMetadata "DOMAIN_SET_METADATA"
        as virDomainSetMetadata (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainSetMetadataArgs {
            dom: NonnullDomain,
            r#type: i32,
            metadata: Option<String>,
            key: Option<String>,
            uri: Option<String>,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// A domain's title, description or metadata.
    265 DomainGetMetadata "DOMAIN_GET_METADATA"
        as virDomainGetMetadata (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetMetadataArgs {
            dom: NonnullDomain,
            r#type: i32,
            uri: Option<String>,
            flags: DomainModificationImpact,
        }
        ret DomainGetMetadataRet { metadata: String };

    /// Defines a domain, or changes its definition, with flags.
    350 DomainDefineXmlFlags "DOMAIN_DEFINE_XML_FLAGS"
        as virDomainDefineXMLFlags (priority: High, rules: &[domain(Write), domain(Save)])
        args DomainDefineXmlFlagsArgs { xml: String, flags: DomainDefineFlags }
        ret DomainDefineXmlFlagsRet { dom: NonnullDomain };

    /// Renames a domain.
    358 DomainRename "DOMAIN_RENAME" as virDomainRename (rules: &[domain(Write), domain(Save)])
        args DomainRenameArgs { dom: NonnullDomain, new_name: Option<String>, flags: NoFlags }
        ret DomainRenameRet { retcode: i32 };

    /// Sets what happens when the guest powers off, reboots or crashes.
    390 DomainSetLifecycleAction "DOMAIN_SET_LIFECYCLE_ACTION"
        as virDomainSetLifecycleAction (rules: &[domain(Write)])
        args DomainSetLifecycleActionArgs {
            dom: NonnullDomain,
            r#type: u32,
            action: u32,
            flags: DomainModificationImpact,
        };

    /// Whether a domain starts with the host's next boot, once.
    449 DomainGetAutostartOnce "DOMAIN_GET_AUTOSTART_ONCE"
        as virDomainGetAutostartOnce (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainGetAutostartOnceArgs { dom: NonnullDomain }
        ret DomainGetAutostartOnceRet { autostart: i32 };

    /// Sets whether a domain starts with the host's next boot, once.
    450 DomainSetAutostartOnce "DOMAIN_SET_AUTOSTART_ONCE"
        as virDomainSetAutostartOnce (priority: High, rules: &[domain(Write)])
        args DomainSetAutostartOnceArgs { dom: NonnullDomain, autostart: i32 };
}
