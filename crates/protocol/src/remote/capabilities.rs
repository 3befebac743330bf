//! What host and hypervisor can do.

use crate::{
    flags::{
        ConnectBaselineCpuFlags, ConnectCompareCpuFlags, ConnectGetDomainCapabilitiesFlags,
        NoFlags, TypedParameterFlags,
    },
    limits,
    procedure::procedures,
    typed_param::TypedParam,
};

procedures! {
    Remote;

    /// Most virtual CPUs that a guest of this virtualization type can have.
    5 ConnectGetMaxVcpus "CONNECT_GET_MAX_VCPUS"
        as virConnectGetMaxVcpus (priority: High, read_only: Allowed, rules: &[connect(Read)])
        args ConnectGetMaxVcpusArgs { r#type: Option<String> }
        ret ConnectGetMaxVcpusRet { max_vcpus: i32 };

    /// What host and hypervisor can do, as XML.
    7 ConnectGetCapabilities "CONNECT_GET_CAPABILITIES"
        as virConnectGetCapabilities (read_only: Allowed, rules: &[connect(Read)])
        ret ConnectGetCapabilitiesRet { capabilities: String };

    /// Turns a native configuration into domain XML.
    135 ConnectDomainXmlFromNative "CONNECT_DOMAIN_XML_FROM_NATIVE"
        as virConnectDomainXMLFromNative (rules: &[connect(Write)])
        args ConnectDomainXmlFromNativeArgs {
            #[xdr(name = "nativeFormat")] native_format: String,
            #[xdr(name = "nativeConfig")] native_config: String,
            flags: NoFlags,
        }
        ret ConnectDomainXmlFromNativeRet { #[xdr(name = "domainXml")] domain_xml: String };

    /// Turns domain XML into a native configuration, as QEMU's command line.
    136 ConnectDomainXmlToNative "CONNECT_DOMAIN_XML_TO_NATIVE"
        as virConnectDomainXMLToNative (rules: &[connect(Write)])
        args ConnectDomainXmlToNativeArgs {
            #[xdr(name = "nativeFormat")] native_format: String,
            #[xdr(name = "domainXml")] domain_xml: String,
            flags: NoFlags,
        }
        ret ConnectDomainXmlToNativeRet { #[xdr(name = "nativeConfig")] native_config: String };

    /// Compares a CPU with the host's.
    158 ConnectCompareCpu "CONNECT_COMPARE_CPU"
        as virConnectCompareCPU (priority: High, read_only: Allowed, rules: &[connect(Read)])
        args ConnectCompareCpuArgs { xml: String, flags: ConnectCompareCpuFlags }
        ret ConnectCompareCpuRet { result: i32 };

    /// The richest CPU that all of the given ones have in common.
    162 ConnectBaselineCpu "CONNECT_BASELINE_CPU"
        as virConnectBaselineCPU (read_only: Allowed, rules: &[connect(Read)])
        args ConnectBaselineCpuArgs {
            #[xdr(name = "xmlCPUs", max = limits::CPU_BASELINE_MAX)] xml_cp_us: Vec<String>,
            flags: ConnectBaselineCpuFlags,
        }
        ret ConnectBaselineCpuRet { cpu: String };

    /// Names of the CPU models known for an architecture.
    312 ConnectGetCpuModelNames "CONNECT_GET_CPU_MODEL_NAMES"
        as virConnectGetCPUModelNames (read_only: Allowed, rules: &[connect(Read)])
        args ConnectGetCpuModelNamesArgs { arch: String, need_results: i32, flags: NoFlags }
        ret ConnectGetCpuModelNamesRet {
            #[xdr(max = limits::CONNECT_CPU_MODELS_MAX)] models: Vec<String>,
            ret: i32,
        };

    /// What a domain of a given emulator, architecture and machine can have, as XML.
    342 ConnectGetDomainCapabilities "CONNECT_GET_DOMAIN_CAPABILITIES"
        as virConnectGetDomainCapabilities (rules: &[connect(Write)])
        args ConnectGetDomainCapabilitiesArgs {
            emulatorbin: Option<String>,
            arch: Option<String>,
            machine: Option<String>,
            virttype: Option<String>,
            flags: ConnectGetDomainCapabilitiesFlags,
        }
        ret ConnectGetDomainCapabilitiesRet { capabilities: String };

    /// Compares a CPU with what the hypervisor can give.
    393 ConnectCompareHypervisorCpu "CONNECT_COMPARE_HYPERVISOR_CPU"
        as virConnectCompareHypervisorCPU (rules: &[connect(Write)])
        args ConnectCompareHypervisorCpuArgs {
            emulator: Option<String>,
            arch: Option<String>,
            machine: Option<String>,
            virttype: Option<String>,
            #[xdr(name = "xmlCPU")] xml_cpu: String,
            flags: ConnectCompareCpuFlags,
        }
        ret ConnectCompareHypervisorCpuRet { result: i32 };

    /// The richest CPU that all of the given ones have in common and the hypervisor can give.
    394 ConnectBaselineHypervisorCpu "CONNECT_BASELINE_HYPERVISOR_CPU"
        as virConnectBaselineHypervisorCPU (rules: &[connect(Write)])
        args ConnectBaselineHypervisorCpuArgs {
            emulator: Option<String>,
            arch: Option<String>,
            machine: Option<String>,
            virttype: Option<String>,
            #[xdr(name = "xmlCPUs", max = limits::CPU_BASELINE_MAX)] xml_cp_us: Vec<String>,
            flags: ConnectBaselineCpuFlags,
        }
        ret ConnectBaselineHypervisorCpuRet { cpu: String };

    /// The host's AMD SEV parameters.
    395 NodeGetSevInfo "NODE_GET_SEV_INFO" as virNodeGetSEVInfo (rules: &[connect(Read)])
        args NodeGetSevInfoArgs { nparams: i32, flags: TypedParameterFlags }
        ret NodeGetSevInfoRet {
            #[xdr(max = limits::NODE_SEV_INFO_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };

    /// Which kinds of storage pools the daemon supports, as XML.
    403 ConnectGetStoragePoolCapabilities "CONNECT_GET_STORAGE_POOL_CAPABILITIES"
        as virConnectGetStoragePoolCapabilities (read_only: Allowed, rules: &[connect(Read)])
        args ConnectGetStoragePoolCapabilitiesArgs { flags: NoFlags }
        ret ConnectGetStoragePoolCapabilitiesRet { capabilities: String };
}
