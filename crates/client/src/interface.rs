//! Network interfaces of the host.

use protocol::flags::{ConnectListAllInterfacesFlags, InterfaceXmlFlags};
use protocol::remote::{
    ConnectListAllInterfaces, ConnectListAllInterfacesArgs, InterfaceGetXmlDesc,
    InterfaceGetXmlDescArgs, InterfaceIsActive, InterfaceIsActiveArgs, InterfaceLookupByName,
    InterfaceLookupByNameArgs, NonnullInterface,
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
}
