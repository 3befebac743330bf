//! Flags of other calls about domains.

use super::flags;

flags! {
    /// How to define a domain.
    DomainDefineFlags "virDomainDefineFlags" {
        "VIR_DOMAIN_DEFINE_VALIDATE" VALIDATE = 1 << 0,
    }

    /// What a device is changed in.
    DomainDeviceModifyFlags "virDomainDeviceModifyFlags" {
        "VIR_DOMAIN_DEVICE_MODIFY_LIVE" LIVE = 1 << 0,
        "VIR_DOMAIN_DEVICE_MODIFY_CONFIG" CONFIG = 1 << 1,
        "VIR_DOMAIN_DEVICE_MODIFY_FORCE" FORCE = 1 << 2,
    }

    /// What happens to the labels of descriptors.
    DomainFdAssociateFlags "virDomainFDAssociateFlags" {
        "VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_RESTORE" SECLABEL_RESTORE = 1 << 0,
        "VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_WRITABLE" SECLABEL_WRITABLE = 1 << 1,
    }

    /// What a domain's XML contains.
    DomainXmlFlags "virDomainXMLFlags" {
        "VIR_DOMAIN_XML_SECURE" SECURE = 1 << 0,
        "VIR_DOMAIN_XML_INACTIVE" INACTIVE = 1 << 1,
        "VIR_DOMAIN_XML_UPDATE_CPU" UPDATE_CPU = 1 << 2,
        "VIR_DOMAIN_XML_MIGRATABLE" MIGRATABLE = 1 << 3,
    }

    /// What a change is made to: the running domain, its definition, both; none means whichever is
    /// current.
    DomainModificationImpact "virDomainModificationImpact" {
        "VIR_DOMAIN_AFFECT_LIVE" LIVE = 1 << 0,
        "VIR_DOMAIN_AFFECT_CONFIG" CONFIG = 1 << 1,
    }

    /// Kinds of messages about a domain; none asks for all.
    DomainMessageType "virDomainMessageType" {
        "VIR_DOMAIN_MESSAGE_DEPRECATION" DEPRECATION = 1 << 0,
        "VIR_DOMAIN_MESSAGE_TAINTING" TAINTING = 1 << 1,
        "VIR_DOMAIN_MESSAGE_IOERRORS" IOERRORS = 1 << 2,
    }

    /// Groups of statistics; none asks for all that there are.
    DomainStatsTypes "virDomainStatsTypes" {
        "VIR_DOMAIN_STATS_STATE" STATE = 1 << 0,
        "VIR_DOMAIN_STATS_CPU_TOTAL" CPU_TOTAL = 1 << 1,
        "VIR_DOMAIN_STATS_BALLOON" BALLOON = 1 << 2,
        "VIR_DOMAIN_STATS_VCPU" VCPU = 1 << 3,
        "VIR_DOMAIN_STATS_INTERFACE" INTERFACE = 1 << 4,
        "VIR_DOMAIN_STATS_BLOCK" BLOCK = 1 << 5,
        "VIR_DOMAIN_STATS_PERF" PERF = 1 << 6,
        "VIR_DOMAIN_STATS_IOTHREAD" IOTHREAD = 1 << 7,
        "VIR_DOMAIN_STATS_MEMORY" MEMORY = 1 << 8,
        "VIR_DOMAIN_STATS_DIRTYRATE" DIRTYRATE = 1 << 9,
        "VIR_DOMAIN_STATS_VM" VM = 1 << 10,
    }

    /// What typed parameters are of, and whether text may be among them.
    DomainParameterFlags "virDomainModificationImpact and virTypedParameterFlags" {
        "VIR_DOMAIN_AFFECT_LIVE" LIVE = 1 << 0,
        "VIR_DOMAIN_AFFECT_CONFIG" CONFIG = 1 << 1,
        "VIR_TYPED_PARAM_STRING_OKAY" STRING_OKAY = 1 << 2,
    }
}
