//! Virtual networks.

use protocol::flags::{ConnectListAllNetworksFlags, NetworkXmlFlags};
use protocol::remote::{
    ConnectListAllNetworks, ConnectListAllNetworksArgs, NetworkGetAutostart,
    NetworkGetAutostartArgs, NetworkGetXmlDesc, NetworkGetXmlDescArgs, NetworkIsActive,
    NetworkIsActiveArgs, NetworkIsPersistent, NetworkIsPersistentArgs, NetworkLookupByName,
    NetworkLookupByNameArgs, NonnullNetwork,
};

use crate::connection::{Connection, text};
use crate::domain::uuid_string;
use crate::error::Result;

/// A virtual network of a connection.
#[derive(Debug, Clone)]
pub struct Network {
    connection: Connection,
    wire: NonnullNetwork,
}

impl Connection {
    /// All virtual networks that `flags` select; empty flags select all.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn list_all_networks(
        &self,
        flags: ConnectListAllNetworksFlags,
    ) -> Result<Vec<Network>> {
        let args = ConnectListAllNetworksArgs {
            need_results: 1,
            flags,
        };
        let answer = self.call::<ConnectListAllNetworks>(&args).await?;
        let networks = answer.nets.into_iter();
        Ok(networks.map(|wire| Network::new(self, wire)).collect())
    }

    /// The virtual network called `name`.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNetwork`] when there is none.
    pub async fn lookup_network(&self, name: &str) -> Result<Network> {
        let args = NetworkLookupByNameArgs {
            name: text("the name", name)?,
        };
        let found = self.call::<NetworkLookupByName>(&args).await?;
        Ok(Network::new(self, found.net))
    }
}

impl Network {
    fn new(connection: &Connection, wire: NonnullNetwork) -> Self {
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

    /// The UUID in its usual form.
    #[must_use]
    pub fn uuid_string(&self) -> String {
        uuid_string(&self.wire.uuid)
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn xml(&self, flags: NetworkXmlFlags) -> Result<String> {
        let args = NetworkGetXmlDescArgs {
            net: self.wire.clone(),
            flags,
        };
        Ok(self.connection.call::<NetworkGetXmlDesc>(&args).await?.xml)
    }

    /// Whether it is up.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_active(&self) -> Result<bool> {
        let args = NetworkIsActiveArgs {
            net: self.wire.clone(),
        };
        Ok(self.connection.call::<NetworkIsActive>(&args).await?.active != 0)
    }

    /// Whether it is defined beyond its run.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_persistent(&self) -> Result<bool> {
        let args = NetworkIsPersistentArgs {
            net: self.wire.clone(),
        };
        let answer = self.connection.call::<NetworkIsPersistent>(&args).await?;
        Ok(answer.persistent != 0)
    }

    /// Whether it starts with the host.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn autostart(&self) -> Result<bool> {
        let args = NetworkGetAutostartArgs {
            net: self.wire.clone(),
        };
        let answer = self.connection.call::<NetworkGetAutostart>(&args).await?;
        Ok(answer.autostart != 0)
    }
}
