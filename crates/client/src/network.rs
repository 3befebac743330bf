//! Virtual networks.

use std::hash::{Hash, Hasher};

use protocol::flags::{
    ConnectListAllNetworksFlags, NetworkCreateFlags, NetworkDefineFlags, NetworkXmlFlags,
};
use protocol::remote::{
    ConnectListAllNetworks, ConnectListAllNetworksArgs, NetworkCreate, NetworkCreateArgs,
    NetworkCreateXml, NetworkCreateXmlArgs, NetworkCreateXmlFlags, NetworkCreateXmlFlagsArgs,
    NetworkDefineXml, NetworkDefineXmlArgs, NetworkDefineXmlFlags, NetworkDefineXmlFlagsArgs,
    NetworkDestroy, NetworkDestroyArgs, NetworkGetAutostart, NetworkGetAutostartArgs,
    NetworkGetBridgeName, NetworkGetBridgeNameArgs, NetworkGetXmlDesc, NetworkGetXmlDescArgs,
    NetworkIsActive, NetworkIsActiveArgs, NetworkIsPersistent, NetworkIsPersistentArgs,
    NetworkLookupByName, NetworkLookupByNameArgs, NetworkLookupByUuid, NetworkLookupByUuidArgs,
    NetworkSetAutostart, NetworkSetAutostartArgs, NetworkUndefine, NetworkUndefineArgs,
    NonnullNetwork,
};

use crate::connection::{Connection, text};
use crate::domain::{parse_uuid, uuid_string};
use crate::error::Result;

/// A virtual network of a connection. Handles are equal when their UUIDs are.
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

    /// The virtual network with that UUID.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNetwork`] when there is none.
    pub async fn lookup_network_by_uuid(&self, uuid: [u8; 16]) -> Result<Network> {
        let args = NetworkLookupByUuidArgs { uuid };
        let found = self.call::<NetworkLookupByUuid>(&args).await?;
        Ok(Network::new(self, found.net))
    }

    /// The virtual network with that UUID or name.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNetwork`] when there is none.
    pub async fn find_network(&self, word: &str) -> Result<Network> {
        if let Some(uuid) = parse_uuid(word) {
            match self.lookup_network_by_uuid(uuid).await {
                Err(error) if error.is_not_found() => {}
                other => return other,
            }
        }
        self.lookup_network(word).await
    }

    /// Defines a virtual network that persists, or changes the definition of the one with its
    /// UUID.
    ///
    /// # Errors
    ///
    /// When the document is refused, or another network has its name.
    pub async fn define_network(&self, xml: &str) -> Result<Network> {
        let args = NetworkDefineXmlArgs {
            xml: text("the document", xml)?,
        };
        let made = self.call::<NetworkDefineXml>(&args).await?;
        Ok(Network::new(self, made.net))
    }

    /// Starts a transient virtual network: it is forgotten when it stops.
    ///
    /// # Errors
    ///
    /// When the document is refused, or the network is there already.
    pub async fn create_network(&self, xml: &str) -> Result<Network> {
        let args = NetworkCreateXmlArgs {
            xml: text("the document", xml)?,
        };
        let made = self.call::<NetworkCreateXml>(&args).await?;
        Ok(Network::new(self, made.net))
    }

    /// Defines a virtual network, as `flags` say.
    ///
    /// # Errors
    ///
    /// As for [`Connection::define_network`].
    pub async fn define_network_with(
        &self,
        xml: &str,
        flags: NetworkDefineFlags,
    ) -> Result<Network> {
        let args = NetworkDefineXmlFlagsArgs {
            xml: text("the document", xml)?,
            flags,
        };
        let answer = self.call::<NetworkDefineXmlFlags>(&args).await?;
        Ok(Network::new(self, answer.net))
    }

    /// Starts a transient virtual network, as `flags` say.
    ///
    /// # Errors
    ///
    /// As for [`Connection::create_network`].
    pub async fn create_network_with(
        &self,
        xml: &str,
        flags: NetworkCreateFlags,
    ) -> Result<Network> {
        let args = NetworkCreateXmlFlagsArgs {
            xml: text("the document", xml)?,
            flags,
        };
        let answer = self.call::<NetworkCreateXmlFlags>(&args).await?;
        Ok(Network::new(self, answer.net))
    }
}

impl PartialEq for Network {
    fn eq(&self, other: &Self) -> bool {
        self.wire.uuid == other.wire.uuid
    }
}

impl Eq for Network {}

impl Hash for Network {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.wire.uuid.hash(state);
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

    /// The UUID's bytes.
    #[must_use]
    pub fn uuid(&self) -> [u8; 16] {
        self.wire.uuid
    }

    /// The connection that it came from.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is up already.
    pub async fn start(&self) -> Result<()> {
        let args = NetworkCreateArgs {
            net: self.wire.clone(),
        };
        self.connection.call::<NetworkCreate>(&args).await
    }

    /// Stops it; a transient one is forgotten.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is not up.
    pub async fn destroy(&self) -> Result<()> {
        let args = NetworkDestroyArgs {
            net: self.wire.clone(),
        };
        self.connection.call::<NetworkDestroy>(&args).await
    }

    /// Removes the definition; one that is up stays so and becomes transient.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is transient.
    pub async fn undefine(&self) -> Result<()> {
        let args = NetworkUndefineArgs {
            net: self.wire.clone(),
        };
        self.connection.call::<NetworkUndefine>(&args).await
    }

    /// The bridge of the host on which its guests are.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InternalError`] when it has none.
    pub async fn bridge_name(&self) -> Result<String> {
        let args = NetworkGetBridgeNameArgs {
            net: self.wire.clone(),
        };
        let answer = self.connection.call::<NetworkGetBridgeName>(&args).await?;
        Ok(answer.name)
    }

    /// Says whether it starts with the host.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] for a transient network.
    pub async fn set_autostart(&self, autostart: bool) -> Result<()> {
        let args = NetworkSetAutostartArgs {
            net: self.wire.clone(),
            autostart: autostart.into(),
        };
        self.connection.call::<NetworkSetAutostart>(&args).await
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
