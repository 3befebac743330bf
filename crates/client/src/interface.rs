//! Network interfaces of the host.

use protocol::flags::{
    ConnectListAllInterfacesFlags, InterfaceDefineFlags, InterfaceXmlFlags, NoFlags,
};
use protocol::remote::{
    ConnectListAllInterfaces, ConnectListAllInterfacesArgs, InterfaceChangeBegin,
    InterfaceChangeBeginArgs, InterfaceChangeCommit, InterfaceChangeCommitArgs,
    InterfaceChangeRollback, InterfaceChangeRollbackArgs, InterfaceCreate, InterfaceCreateArgs,
    InterfaceDefineXml, InterfaceDefineXmlArgs, InterfaceDestroy, InterfaceDestroyArgs,
    InterfaceGetXmlDesc, InterfaceGetXmlDescArgs, InterfaceIsActive, InterfaceIsActiveArgs,
    InterfaceLookupByMacString, InterfaceLookupByMacStringArgs, InterfaceLookupByName,
    InterfaceLookupByNameArgs, InterfaceUndefine, InterfaceUndefineArgs, NonnullInterface,
};

use crate::connection::{Connection, text};
use crate::error::Result;

/// A network interface of the host.
#[derive(Debug, Clone)]
pub struct Interface {
    connection: Connection,
    wire: NonnullInterface,
}

impl Connection {
    /// All interfaces that `flags` select; empty flags select all.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn list_all_interfaces(
        &self,
        flags: ConnectListAllInterfacesFlags,
    ) -> Result<Vec<Interface>> {
        let args = ConnectListAllInterfacesArgs {
            need_results: 1,
            flags,
        };
        let answer = self.call::<ConnectListAllInterfaces>(&args).await?;
        let interfaces = answer.ifaces.into_iter();
        Ok(interfaces.map(|wire| Interface::new(self, wire)).collect())
    }

    /// The interface called `name`.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoInterface`] when there is none.
    pub async fn lookup_interface(&self, name: &str) -> Result<Interface> {
        let args = InterfaceLookupByNameArgs {
            name: text("the name", name)?,
        };
        let found = self.call::<InterfaceLookupByName>(&args).await?;
        Ok(Interface::new(self, found.iface))
    }

    /// The interface with that hardware address.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoInterface`] when there is none, [`crate::Code::MultipleInterfaces`] when there are
    /// several.
    pub async fn lookup_interface_by_mac(&self, mac: &str) -> Result<Interface> {
        let args = InterfaceLookupByMacStringArgs {
            mac: text("the address", mac)?,
        };
        let answer = self.call::<InterfaceLookupByMacString>(&args).await?;
        Ok(Interface::new(self, answer.iface))
    }

    /// The interface with that hardware address or name.
    ///
    /// # Errors
    ///
    /// As for [`Connection::lookup_interface`] and [`Connection::lookup_interface_by_mac`].
    pub async fn find_interface(&self, word: &str) -> Result<Interface> {
        let is_number =
            |part: &str| matches!(part.len(), 1 | 2) && u8::from_str_radix(part, 16).is_ok();
        match word.split(':').count() == 6 && word.split(':').all(is_number) {
            true => self.lookup_interface_by_mac(word).await,
            false => self.lookup_interface(word).await,
        }
    }

    /// Defines an interface that persists, or changes the definition of the one with its name.
    ///
    /// # Errors
    ///
    /// When the document is refused.
    pub async fn define_interface(
        &self,
        xml: &str,
        flags: InterfaceDefineFlags,
    ) -> Result<Interface> {
        let args = InterfaceDefineXmlArgs {
            xml: text("the document", xml)?,
            flags,
        };
        let answer = self.call::<InterfaceDefineXml>(&args).await?;
        Ok(Interface::new(self, answer.iface))
    }

    /// Begins changes to the interfaces that can be taken back as a whole.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when changes are being made already.
    pub async fn begin_interface_changes(&self) -> Result<()> {
        let args = InterfaceChangeBeginArgs { flags: NoFlags };
        self.call::<InterfaceChangeBegin>(&args).await
    }

    /// Keeps the changes that were begun.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when none were begun.
    pub async fn commit_interface_changes(&self) -> Result<()> {
        let args = InterfaceChangeCommitArgs { flags: NoFlags };
        self.call::<InterfaceChangeCommit>(&args).await
    }

    /// Takes back the changes that were begun.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when none were begun.
    pub async fn roll_back_interface_changes(&self) -> Result<()> {
        let args = InterfaceChangeRollbackArgs { flags: NoFlags };
        self.call::<InterfaceChangeRollback>(&args).await
    }
}

impl Interface {
    fn new(connection: &Connection, wire: NonnullInterface) -> Self {
        Self {
            connection: connection.clone(),
            wire,
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.wire.name
    }

    /// The hardware address.
    #[must_use]
    pub fn mac(&self) -> &str {
        &self.wire.mac
    }

    /// The connection that it came from.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn xml(&self, flags: InterfaceXmlFlags) -> Result<String> {
        let args = InterfaceGetXmlDescArgs {
            iface: self.wire.clone(),
            flags,
        };
        Ok(self
            .connection
            .call::<InterfaceGetXmlDesc>(&args)
            .await?
            .xml)
    }

    /// Whether it is up.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_active(&self) -> Result<bool> {
        let args = InterfaceIsActiveArgs {
            iface: self.wire.clone(),
        };
        Ok(self
            .connection
            .call::<InterfaceIsActive>(&args)
            .await?
            .active
            != 0)
    }

    /// Brings it up.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is up already.
    pub async fn start(&self) -> Result<()> {
        let args = InterfaceCreateArgs {
            iface: self.wire.clone(),
            flags: NoFlags,
        };
        self.connection.call::<InterfaceCreate>(&args).await
    }

    /// Takes it down.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is not up.
    pub async fn destroy(&self) -> Result<()> {
        let args = InterfaceDestroyArgs {
            iface: self.wire.clone(),
            flags: NoFlags,
        };
        self.connection.call::<InterfaceDestroy>(&args).await
    }

    /// Forgets its definition.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn undefine(&self) -> Result<()> {
        let args = InterfaceUndefineArgs {
            iface: self.wire.clone(),
        };
        self.connection.call::<InterfaceUndefine>(&args).await
    }
}
