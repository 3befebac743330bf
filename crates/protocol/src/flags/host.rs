//! Flags of calls about the host, its interfaces and secrets.

use super::flags;

flags! {
    /// What the common CPU is to contain.
    ConnectBaselineCpuFlags "virConnectBaselineCPUFlags" {
        "VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES" EXPAND_FEATURES = 1 << 0,
        "VIR_CONNECT_BASELINE_CPU_MIGRATABLE" MIGRATABLE = 1 << 1,
    }

    /// How CPUs are compared.
    ConnectCompareCpuFlags "virConnectCompareCPUFlags" {
        "VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE" FAIL_INCOMPATIBLE = 1 << 0,
        "VIR_CONNECT_COMPARE_CPU_VALIDATE_XML" VALIDATE_XML = 1 << 1,
    }

    /// How domain capabilities are shown.
    ConnectGetDomainCapabilitiesFlags "virConnectGetDomainCapabilitiesFlags" {
        "VIR_CONNECT_GET_DOMAIN_CAPABILITIES_DISABLE_DEPRECATED_FEATURES"
            DISABLE_DEPRECATED_FEATURES = 1 << 0,
    }

    /// Which interfaces to list.
    ConnectListAllInterfacesFlags "virConnectListAllInterfacesFlags" {
        "VIR_CONNECT_LIST_INTERFACES_INACTIVE" INACTIVE = 1 << 0,
        "VIR_CONNECT_LIST_INTERFACES_ACTIVE" ACTIVE = 1 << 1,
    }

    /// Which secrets to list.
    ConnectListAllSecretsFlags "virConnectListAllSecretsFlags" {
        "VIR_CONNECT_LIST_SECRETS_EPHEMERAL" EPHEMERAL = 1 << 0,
        "VIR_CONNECT_LIST_SECRETS_NO_EPHEMERAL" NO_EPHEMERAL = 1 << 1,
        "VIR_CONNECT_LIST_SECRETS_PRIVATE" PRIVATE = 1 << 2,
        "VIR_CONNECT_LIST_SECRETS_NO_PRIVATE" NO_PRIVATE = 1 << 3,
    }

    /// How to define an interface.
    InterfaceDefineFlags "virInterfaceDefineFlags" {
        "VIR_INTERFACE_DEFINE_VALIDATE" VALIDATE = 1 << 0,
    }

    /// Which configuration of an interface to show.
    InterfaceXmlFlags "virInterfaceXMLFlags" {
        "VIR_INTERFACE_XML_INACTIVE" INACTIVE = 1 << 0,
    }

    /// Whether pages are added or set; none adds.
    NodeAllocPagesFlags "virNodeAllocPagesFlags" {
        "VIR_NODE_ALLOC_PAGES_SET" SET = 1 << 0,
    }

    /// How to define a secret.
    SecretDefineFlags "virSecretDefineFlags" {
        "VIR_SECRET_DEFINE_VALIDATE" VALIDATE = 1 << 0,
    }
}
