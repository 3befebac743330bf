//! Devices of the host.

use protocol::flags::{ConnectListAllNodeDeviceFlags, NodeDeviceXmlFlags};
use protocol::remote::{
    ConnectListAllNodeDevices, ConnectListAllNodeDevicesArgs, NodeDeviceGetXmlDesc,
    NodeDeviceGetXmlDescArgs, NodeDeviceLookupByName, NodeDeviceLookupByNameArgs,
    NonnullNodeDevice,
};

use crate::connection::{Connection, text};
use crate::error::Result;

/// A device of the host.
#[derive(Debug, Clone)]
pub struct NodeDevice {
    connection: Connection,
    wire: NonnullNodeDevice,
}

impl Connection {
    /// All devices that `flags` select; empty flags select all.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn list_all_node_devices(
        &self,
        flags: ConnectListAllNodeDeviceFlags,
    ) -> Result<Vec<NodeDevice>> {
        let args = ConnectListAllNodeDevicesArgs {
            need_results: 1,
            flags,
        };
        let answer = self.call::<ConnectListAllNodeDevices>(&args).await?;
        let devices = answer.devices.into_iter();
        Ok(devices.map(|wire| NodeDevice::new(self, wire)).collect())
    }

    /// The device called `name`.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNodeDevice`] when there is none.
    pub async fn lookup_node_device(&self, name: &str) -> Result<NodeDevice> {
        let args = NodeDeviceLookupByNameArgs {
            name: text("the name", name)?,
        };
        let found = self.call::<NodeDeviceLookupByName>(&args).await?;
        Ok(NodeDevice::new(self, found.dev))
    }
}

impl NodeDevice {
    fn new(connection: &Connection, wire: NonnullNodeDevice) -> Self {
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

    /// The document.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn xml(&self, flags: NodeDeviceXmlFlags) -> Result<String> {
        let args = NodeDeviceGetXmlDescArgs {
            name: self.wire.name.clone(),
            flags,
        };
        Ok(self
            .connection
            .call::<NodeDeviceGetXmlDesc>(&args)
            .await?
            .xml)
    }
}
