//! Devices of the host.

use protocol::flags::{
    ConnectListAllNodeDeviceFlags, NoFlags, NodeDeviceCreateXmlFlags, NodeDeviceDefineXmlFlags,
    NodeDeviceXmlFlags,
};
use protocol::remote::{
    ConnectListAllNodeDevices, ConnectListAllNodeDevicesArgs, NodeDeviceCreate,
    NodeDeviceCreateArgs, NodeDeviceCreateXml, NodeDeviceCreateXmlArgs, NodeDeviceDefineXml,
    NodeDeviceDefineXmlArgs, NodeDeviceDestroy, NodeDeviceDestroyArgs, NodeDeviceDetachFlags,
    NodeDeviceDetachFlagsArgs, NodeDeviceDettach, NodeDeviceDettachArgs, NodeDeviceGetAutostart,
    NodeDeviceGetAutostartArgs, NodeDeviceGetParent, NodeDeviceGetParentArgs, NodeDeviceGetXmlDesc,
    NodeDeviceGetXmlDescArgs, NodeDeviceIsActive, NodeDeviceIsActiveArgs, NodeDeviceIsPersistent,
    NodeDeviceIsPersistentArgs, NodeDeviceListCaps, NodeDeviceListCapsArgs, NodeDeviceLookupByName,
    NodeDeviceLookupByNameArgs, NodeDeviceLookupScsiHostByWwn, NodeDeviceLookupScsiHostByWwnArgs,
    NodeDeviceReAttach, NodeDeviceReAttachArgs, NodeDeviceReset, NodeDeviceResetArgs,
    NodeDeviceSetAutostart, NodeDeviceSetAutostartArgs, NodeDeviceUndefine, NodeDeviceUndefineArgs,
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

    /// The SCSI host of a fibre channel's port, by its world wide names.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNodeDevice`] when there is none.
    pub async fn lookup_scsi_host_by_wwn(&self, wwnn: &str, wwpn: &str) -> Result<NodeDevice> {
        let args = NodeDeviceLookupScsiHostByWwnArgs {
            wwnn: text("the name", wwnn)?,
            wwpn: text("the name", wwpn)?,
            flags: NoFlags,
        };
        let answer = self.call::<NodeDeviceLookupScsiHostByWwn>(&args).await?;
        Ok(NodeDevice::new(self, answer.dev))
    }

    /// The device with that name, or with that pair of world wide names between which a comma is.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNodeDevice`] when there is none.
    pub async fn find_node_device(&self, word: &str) -> Result<NodeDevice> {
        match word.split_once(',') {
            Some((wwnn, wwpn)) => self.lookup_scsi_host_by_wwn(wwnn, wwpn).await,
            None => self.lookup_node_device(word).await,
        }
    }

    /// Makes a device: a virtual port, a mediated device.
    ///
    /// # Errors
    ///
    /// When the document is refused, or the parent cannot have such devices.
    pub async fn create_node_device(
        &self,
        xml: &str,
        flags: NodeDeviceCreateXmlFlags,
    ) -> Result<NodeDevice> {
        let args = NodeDeviceCreateXmlArgs {
            xml_desc: text("the document", xml)?,
            flags,
        };
        let answer = self.call::<NodeDeviceCreateXml>(&args).await?;
        Ok(NodeDevice::new(self, answer.dev))
    }

    /// Defines a device that persists.
    ///
    /// # Errors
    ///
    /// When the document is refused.
    pub async fn define_node_device(
        &self,
        xml: &str,
        flags: NodeDeviceDefineXmlFlags,
    ) -> Result<NodeDevice> {
        let args = NodeDeviceDefineXmlArgs {
            xml_desc: text("the document", xml)?,
            flags,
        };
        let answer = self.call::<NodeDeviceDefineXml>(&args).await?;
        Ok(NodeDevice::new(self, answer.dev))
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

    /// The device that it is part of.
    ///
    /// # Errors
    ///
    /// As for every call; the root has none, which some drivers answer with an error.
    pub async fn parent(&self) -> Result<Option<String>> {
        let args = NodeDeviceGetParentArgs {
            name: self.wire.name.clone(),
        };
        let answer = self.connection.call::<NodeDeviceGetParent>(&args).await?;
        Ok(answer.parent_name)
    }

    /// What it is, in the words of its document.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn capabilities(&self) -> Result<Vec<String>> {
        let args = NodeDeviceListCapsArgs {
            name: self.wire.name.clone(),
            maxnames: i32::try_from(protocol::limits::NODE_DEVICE_CAPS_LIST_MAX)
                .unwrap_or(i32::MAX),
        };
        let answer = self.connection.call::<NodeDeviceListCaps>(&args).await?;
        Ok(answer.names)
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// When it is no device that can be removed.
    pub async fn destroy(&self) -> Result<()> {
        let args = NodeDeviceDestroyArgs {
            name: self.wire.name.clone(),
        };
        self.connection.call::<NodeDeviceDestroy>(&args).await
    }

    /// Forgets its definition.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn undefine(&self) -> Result<()> {
        let args = NodeDeviceUndefineArgs {
            name: self.wire.name.clone(),
            flags: NoFlags,
        };
        self.connection.call::<NodeDeviceUndefine>(&args).await
    }

    /// Starts a defined device.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn start(&self) -> Result<()> {
        let args = NodeDeviceCreateArgs {
            name: self.wire.name.clone(),
            flags: NoFlags,
        };
        self.connection.call::<NodeDeviceCreate>(&args).await
    }

    /// Takes it from its host driver, so that a domain can have it.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn detach(&self) -> Result<()> {
        let args = NodeDeviceDettachArgs {
            name: self.wire.name.clone(),
        };
        self.connection.call::<NodeDeviceDettach>(&args).await
    }

    /// Takes it from its host driver, for a given driver that passes it on.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn detach_for(&self, driver: &str) -> Result<()> {
        let args = NodeDeviceDetachFlagsArgs {
            name: self.wire.name.clone(),
            driver_name: Some(text("the driver", driver)?),
            flags: NoFlags,
        };
        self.connection.call::<NodeDeviceDetachFlags>(&args).await
    }

    /// Gives it back to its host driver.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn reattach(&self) -> Result<()> {
        let args = NodeDeviceReAttachArgs {
            name: self.wire.name.clone(),
        };
        self.connection.call::<NodeDeviceReAttach>(&args).await
    }

    /// Resets it.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn reset(&self) -> Result<()> {
        let args = NodeDeviceResetArgs {
            name: self.wire.name.clone(),
        };
        self.connection.call::<NodeDeviceReset>(&args).await
    }

    /// Whether it is there now.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_active(&self) -> Result<bool> {
        let args = NodeDeviceIsActiveArgs {
            name: self.wire.name.clone(),
        };
        let answer = self.connection.call::<NodeDeviceIsActive>(&args).await?;
        Ok(answer.active != 0)
    }

    /// Whether it is defined.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_persistent(&self) -> Result<bool> {
        let args = NodeDeviceIsPersistentArgs {
            name: self.wire.name.clone(),
        };
        let answer = self
            .connection
            .call::<NodeDeviceIsPersistent>(&args)
            .await?;
        Ok(answer.persistent != 0)
    }

    /// Whether it starts with the host.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn autostart(&self) -> Result<bool> {
        let args = NodeDeviceGetAutostartArgs {
            name: self.wire.name.clone(),
        };
        let answer = self
            .connection
            .call::<NodeDeviceGetAutostart>(&args)
            .await?;
        Ok(answer.autostart != 0)
    }

    /// Says whether it starts with the host.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn set_autostart(&self, autostart: bool) -> Result<()> {
        let args = NodeDeviceSetAutostartArgs {
            name: self.wire.name.clone(),
            autostart: autostart.into(),
        };
        self.connection.call::<NodeDeviceSetAutostart>(&args).await
    }
}
