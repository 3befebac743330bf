//! The host and the hypervisor behind a connection.

use protocol::flags::{ConnectGetDomainCapabilitiesFlags, NoFlags};
use protocol::remote::{
    ConnectDomainXmlToNative, ConnectDomainXmlToNativeArgs, ConnectGetCapabilities,
    ConnectGetDomainCapabilities, ConnectGetDomainCapabilitiesArgs, ConnectGetHostname,
    ConnectGetLibVersion, ConnectGetMaxVcpus, ConnectGetMaxVcpusArgs, ConnectGetSysinfo,
    ConnectGetSysinfoArgs, ConnectGetType, ConnectGetUri, ConnectGetVersion, NodeGetFreeMemory,
    NodeGetInfo, NodeGetInfoRet, NodeGetSecurityModel,
};

use crate::connection::{Connection, text};
use crate::error::Result;

/// The host's processors and memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeInfo {
    /// The processors' architecture.
    pub model: String,
    /// Memory in KiB.
    pub memory: u64,
    /// Processors that are online.
    pub cpus: u32,
    /// Their frequency in MHz.
    pub mhz: u32,
    /// NUMA nodes.
    pub nodes: u32,
    /// Sockets of a node.
    pub sockets: u32,
    /// Cores of a socket.
    pub cores: u32,
    /// Threads of a core.
    pub threads: u32,
}

/// The security driver that confines guests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecurityModel {
    /// Its name; empty where there is none.
    pub model: String,
    /// Its domain of interpretation.
    pub doi: String,
}

impl Connection {
    /// The host's name.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn hostname(&self) -> Result<String> {
        Ok(self.call::<ConnectGetHostname>(&()).await?.hostname)
    }

    /// The hypervisor's name: `QEMU`, `Test`, ….
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn driver_type(&self) -> Result<String> {
        Ok(self.call::<ConnectGetType>(&()).await?.r#type)
    }

    /// The hypervisor's version, as major × 1,000,000 + minor × 1,000 + micro.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn version(&self) -> Result<u64> {
        Ok(self.call::<ConnectGetVersion>(&()).await?.hv_ver)
    }

    /// The API level at the other end, in the form of [`Connection::version`].
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn lib_version(&self) -> Result<u64> {
        Ok(self.call::<ConnectGetLibVersion>(&()).await?.lib_ver)
    }

    /// The URI by which the driver knows itself.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn canonical_uri(&self) -> Result<String> {
        Ok(self.call::<ConnectGetUri>(&()).await?.uri)
    }

    /// The most virtual processors that a domain of `kind` (`qemu`, `kvm`) may have.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn max_vcpus(&self, kind: Option<&str>) -> Result<u32> {
        let args = ConnectGetMaxVcpusArgs {
            r#type: kind.map(|kind| text("the type", kind)).transpose()?,
        };
        let most = self.call::<ConnectGetMaxVcpus>(&args).await?.max_vcpus;
        Ok(unsigned(most))
    }

    /// The host's capabilities as XML.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn capabilities(&self) -> Result<String> {
        Ok(self.call::<ConnectGetCapabilities>(&()).await?.capabilities)
    }

    /// What a domain with that emulator, architecture, machine and type could have, as XML.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn domain_capabilities(
        &self,
        emulator: Option<&str>,
        arch: Option<&str>,
        machine: Option<&str>,
        kind: Option<&str>,
    ) -> Result<String> {
        let own = |word: Option<&str>| word.map(|word| text("the argument", word)).transpose();
        let args = ConnectGetDomainCapabilitiesArgs {
            emulatorbin: own(emulator)?,
            arch: own(arch)?,
            machine: own(machine)?,
            virttype: own(kind)?,
            flags: ConnectGetDomainCapabilitiesFlags::empty(),
        };
        let answer = self.call::<ConnectGetDomainCapabilities>(&args).await?;
        Ok(answer.capabilities)
    }

    /// The host's SMBIOS as XML.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn sysinfo(&self) -> Result<String> {
        let args = ConnectGetSysinfoArgs { flags: NoFlags };
        Ok(self.call::<ConnectGetSysinfo>(&args).await?.sysinfo)
    }

    /// The host's processors and memory.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn node_info(&self) -> Result<NodeInfo> {
        Ok(self.call::<NodeGetInfo>(&()).await?.into())
    }

    /// The host's free memory in bytes.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn free_memory(&self) -> Result<u64> {
        Ok(self.call::<NodeGetFreeMemory>(&()).await?.free_mem)
    }

    /// The security driver that confines guests.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn security_model(&self) -> Result<SecurityModel> {
        let answer = self.call::<NodeGetSecurityModel>(&()).await?;
        Ok(SecurityModel {
            model: until_nul(&answer.model.0),
            doi: until_nul(&answer.doi.0),
        })
    }

    /// The hypervisor's own form of a domain document: for QEMU (`qemu-argv`) its command line.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn domain_xml_to_native(&self, format: &str, xml: &str) -> Result<String> {
        let args = ConnectDomainXmlToNativeArgs {
            native_format: text("the format", format)?,
            domain_xml: text("the document", xml)?,
            flags: NoFlags,
        };
        let answer = self.call::<ConnectDomainXmlToNative>(&args).await?;
        Ok(answer.native_config)
    }
}

impl From<NodeGetInfoRet> for NodeInfo {
    fn from(answer: NodeGetInfoRet) -> Self {
        Self {
            model: until_nul(&answer.model.0),
            memory: answer.memory,
            cpus: unsigned(answer.cpus),
            mhz: unsigned(answer.mhz),
            nodes: unsigned(answer.nodes),
            sockets: unsigned(answer.sockets),
            cores: unsigned(answer.cores),
            threads: unsigned(answer.threads),
        }
    }
}

/// The text in a field of fixed size, which ends at its first NUL.
pub(crate) fn until_nul(bytes: &[u8]) -> String {
    let end = bytes
        .iter()
        .position(|&byte| byte == 0)
        .unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}

/// A count that the wire carries with a sign.
pub(crate) fn unsigned(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
