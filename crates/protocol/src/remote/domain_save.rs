//! Saving, restoring and dumping domains.

use crate::{
    flags::{DomainCoreDumpFlags, DomainSaveImageXmlFlags, DomainSaveRestoreFlags, NoFlags},
    limits,
    procedure::procedures,
    remote::NonnullDomain,
    typed_param::TypedParam,
};

procedures! {
    Remote;

    /// Dumps a domain's memory into a file of the host.
    53 DomainCoreDump "DOMAIN_CORE_DUMP" as virDomainCoreDump (rules: &[domain(CoreDump)])
        args DomainCoreDumpArgs { dom: NonnullDomain, to: String, flags: DomainCoreDumpFlags };

    /// Restores a domain from a file that `DomainSave` wrote.
    54 DomainRestore "DOMAIN_RESTORE" as virDomainRestore (rules: &[domain(Start), domain(Write)])
        args DomainRestoreArgs { from: String };

    /// Saves a domain's memory into a file of the host and stops it.
    55 DomainSave "DOMAIN_SAVE" as virDomainSave (rules: &[domain(Hibernate)])
        args DomainSaveArgs { dom: NonnullDomain, to: String };

    /// Saves a domain's memory where the next start finds it, and stops the domain.
    182 DomainManagedSave "DOMAIN_MANAGED_SAVE"
        as virDomainManagedSave (rules: &[domain(Hibernate)])
        args DomainManagedSaveArgs { dom: NonnullDomain, flags: DomainSaveRestoreFlags };

    /// Whether a domain has a managed save image.
    183 DomainHasManagedSaveImage "DOMAIN_HAS_MANAGED_SAVE_IMAGE"
        as virDomainHasManagedSaveImage (read_only: Allowed, rules: &[domain(Read)])
        args DomainHasManagedSaveImageArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainHasManagedSaveImageRet { result: i32 };

    /// Removes a domain's managed save image.
    184 DomainManagedSaveRemove "DOMAIN_MANAGED_SAVE_REMOVE"
        as virDomainManagedSaveRemove (rules: &[domain(Hibernate)])
        args DomainManagedSaveRemoveArgs { dom: NonnullDomain, flags: NoFlags };

    /// Saves a domain's memory into a file, with flags, and stops it.
    232 DomainSaveFlags "DOMAIN_SAVE_FLAGS" as virDomainSaveFlags (rules: &[domain(Hibernate)])
        args DomainSaveFlagsArgs {
            dom: NonnullDomain,
            to: String,
            dxml: Option<String>,
            flags: DomainSaveRestoreFlags,
        };

    /// Restores a domain from a file, with flags.
    233 DomainRestoreFlags "DOMAIN_RESTORE_FLAGS"
        as virDomainRestoreFlags (rules: &[domain(Start), domain(Write)])
        args DomainRestoreFlagsArgs {
            from: String,
            dxml: Option<String>,
            flags: DomainSaveRestoreFlags,
        };

    /// The domain XML in a saved image.
    235 DomainSaveImageGetXmlDesc "DOMAIN_SAVE_IMAGE_GET_XML_DESC"
        as virDomainSaveImageGetXMLDesc (priority: High, rules: &[domain(Write)])
        args DomainSaveImageGetXmlDescArgs { file: String, flags: DomainSaveImageXmlFlags }
        ret DomainSaveImageGetXmlDescRet { xml: String };

    /// Changes the domain XML in a saved image.
    236 DomainSaveImageDefineXml "DOMAIN_SAVE_IMAGE_DEFINE_XML"
        as virDomainSaveImageDefineXML (priority: High, rules: &[domain(Write), domain(Hibernate)])
        args DomainSaveImageDefineXmlArgs {
            file: String,
            dxml: String,
            flags: DomainSaveRestoreFlags,
        };

    /// Dumps a domain's memory into a file of the host, in a chosen format.
    334 DomainCoreDumpWithFormat "DOMAIN_CORE_DUMP_WITH_FORMAT"
        as virDomainCoreDumpWithFormat (rules: &[domain(CoreDump)])
        args DomainCoreDumpWithFormatArgs {
            dom: NonnullDomain,
            to: String,
            dumpformat: u32,
            flags: DomainCoreDumpFlags,
        };

    /// The domain XML in a managed save image.
    388 DomainManagedSaveGetXmlDesc "DOMAIN_MANAGED_SAVE_GET_XML_DESC"
        as virDomainManagedSaveGetXMLDesc (
            read_only: DeniedWithAny(DomainSaveImageXmlFlags::SECURE.bits()),
            rules: &[
                domain(Read),
                domain(ReadSecure).when_all(DomainSaveImageXmlFlags::SECURE.bits()),
            ],
        )
        args DomainManagedSaveGetXmlDescArgs { dom: NonnullDomain, flags: DomainSaveImageXmlFlags }
        ret DomainManagedSaveGetXmlDescRet { xml: String }
        judged by |args| args.flags.bits();

    /// Changes the domain XML in a managed save image.
    389 DomainManagedSaveDefineXml "DOMAIN_MANAGED_SAVE_DEFINE_XML"
        as virDomainManagedSaveDefineXML (rules: &[domain(Write), domain(Hibernate)])
        args DomainManagedSaveDefineXmlArgs {
            dom: NonnullDomain,
            dxml: Option<String>,
            flags: DomainSaveRestoreFlags,
        };

    /// Saves a domain's memory as parameters say, and stops it.
    440 DomainSaveParams "DOMAIN_SAVE_PARAMS" as virDomainSaveParams (rules: &[domain(Hibernate)])
        args DomainSaveParamsArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_SAVE_PARAMS_MAX)] params: Vec<TypedParam>,
            flags: DomainSaveRestoreFlags,
        };

    /// Restores a domain as parameters say.
    441 DomainRestoreParams "DOMAIN_RESTORE_PARAMS"
        as virDomainRestoreParams (rules: &[domain(Start), domain(Write)])
        args DomainRestoreParamsArgs {
            #[xdr(max = limits::DOMAIN_SAVE_PARAMS_MAX)] params: Vec<TypedParam>,
            flags: DomainSaveRestoreFlags,
        };
}
