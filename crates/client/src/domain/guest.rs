//! What runs in the guest: its addresses, its file systems.

use protocol::enums::{DomainInterfaceAddressesSource, IpAddrType};
use protocol::flags::NoFlags;
use protocol::remote::{
    DomainGetFsinfo, DomainGetFsinfoArgs, DomainInterfaceAddresses, DomainInterfaceAddressesArgs,
};

use super::Domain;
use crate::error::Result;

/// An interface of a guest with its addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestInterface {
    /// Its name: the guest's own, or the host's, by who was asked.
    pub name: String,
    /// The address of its hardware.
    pub mac: Option<String>,
    /// Its addresses.
    pub addresses: Vec<GuestAddress>,
}

/// An address of a guest's interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestAddress {
    /// Of which protocol.
    pub kind: IpAddrType,
    /// The address.
    pub address: String,
    /// How many of its bits name the network.
    pub prefix: u32,
}

/// A file system that the guest has mounted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestFileSystem {
    /// Where it is mounted.
    pub mountpoint: String,
    /// The guest's name of the device that holds it.
    pub name: String,
    /// Its type, as `ext4`.
    pub kind: String,
    /// The domain's disks that hold it, by their targets.
    pub disks: Vec<String>,
}

impl Domain {
    /// The guest's interfaces with their addresses, as `source` knows them.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run, [`crate::Code::AgentUnresponsive`]
    /// when the guest's agent is asked and does not answer.
    pub async fn interface_addresses(
        &self,
        source: DomainInterfaceAddressesSource,
    ) -> Result<Vec<GuestInterface>> {
        let args = DomainInterfaceAddressesArgs {
            dom: self.wire(),
            source: source.value().cast_unsigned(),
            flags: NoFlags,
        };
        let answer = self
            .connection()
            .call::<DomainInterfaceAddresses>(&args)
            .await?;
        let interfaces = answer.ifaces.into_iter().map(|interface| GuestInterface {
            name: interface.name,
            mac: interface.hwaddr,
            addresses: interface
                .addrs
                .into_iter()
                .map(|it| GuestAddress {
                    kind: it.r#type.into(),
                    address: it.addr,
                    prefix: it.prefix,
                })
                .collect(),
        });
        Ok(interfaces.collect())
    }

    /// The file systems that the guest has mounted, as its agent tells.
    ///
    /// # Errors
    ///
    /// As for [`Domain::interface_addresses`] of the agent.
    pub async fn file_systems(&self) -> Result<Vec<GuestFileSystem>> {
        let args = DomainGetFsinfoArgs {
            dom: self.wire(),
            flags: NoFlags,
        };
        let answer = self.connection().call::<DomainGetFsinfo>(&args).await?;
        let systems = answer.info.into_iter().map(|it| GuestFileSystem {
            mountpoint: it.mountpoint,
            name: it.name,
            kind: it.fstype,
            disks: it.dev_aliases,
        });
        Ok(systems.collect())
    }
}
