//! Storage pools and their volumes.

use protocol::enums::StoragePoolState;
use protocol::flags::{ConnectListAllStoragePoolsFlags, NoFlags, StorageXmlFlags};
use protocol::remote::{
    ConnectListAllStoragePools, ConnectListAllStoragePoolsArgs, NonnullStoragePool,
    NonnullStorageVol, StoragePoolGetAutostart, StoragePoolGetAutostartArgs, StoragePoolGetInfo,
    StoragePoolGetInfoArgs, StoragePoolGetXmlDesc, StoragePoolGetXmlDescArgs,
    StoragePoolListAllVolumes, StoragePoolListAllVolumesArgs, StoragePoolLookupByName,
    StoragePoolLookupByNameArgs,
};

use crate::connection::{Connection, text};
use crate::domain::uuid_string;
use crate::error::Result;

/// A storage pool of a connection.
#[derive(Debug, Clone)]
pub struct StoragePool {
    connection: Connection,
    wire: NonnullStoragePool,
}

/// A volume of a storage pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageVolume {
    /// The pool's name.
    pub pool: String,
    /// The volume's name in the pool.
    pub name: String,
    /// What names it among all volumes.
    pub key: String,
}

impl Connection {
    /// All storage pools that `flags` select; empty flags select all.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn list_all_storage_pools(
        &self,
        flags: ConnectListAllStoragePoolsFlags,
    ) -> Result<Vec<StoragePool>> {
        let args = ConnectListAllStoragePoolsArgs {
            need_results: 1,
            flags,
        };
        let answer = self.call::<ConnectListAllStoragePools>(&args).await?;
        let pools = answer.pools.into_iter();
        Ok(pools.map(|wire| StoragePool::new(self, wire)).collect())
    }

    /// The storage pool called `name`.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoStoragePool`] when there is none.
    pub async fn lookup_storage_pool(&self, name: &str) -> Result<StoragePool> {
        let args = StoragePoolLookupByNameArgs {
            name: text("the name", name)?,
        };
        let found = self.call::<StoragePoolLookupByName>(&args).await?;
        Ok(StoragePool::new(self, found.pool))
    }
}

impl StoragePool {
    fn new(connection: &Connection, wire: NonnullStoragePool) -> Self {
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
    pub async fn xml(&self, flags: StorageXmlFlags) -> Result<String> {
        let args = StoragePoolGetXmlDescArgs {
            pool: self.wire.clone(),
            flags,
        };
        Ok(self
            .connection
            .call::<StoragePoolGetXmlDesc>(&args)
            .await?
            .xml)
    }

    /// Whether it is up, being built, or damaged.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn state(&self) -> Result<StoragePoolState> {
        let args = StoragePoolGetInfoArgs {
            pool: self.wire.clone(),
        };
        let answer = self.connection.call::<StoragePoolGetInfo>(&args).await?;
        Ok(StoragePoolState::from(i32::from(answer.state)))
    }

    /// Whether it starts with the host.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn autostart(&self) -> Result<bool> {
        let args = StoragePoolGetAutostartArgs {
            pool: self.wire.clone(),
        };
        let answer = self
            .connection
            .call::<StoragePoolGetAutostart>(&args)
            .await?;
        Ok(answer.autostart != 0)
    }

    /// All of its volumes.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when the pool is not up.
    pub async fn list_all_volumes(&self) -> Result<Vec<StorageVolume>> {
        let args = StoragePoolListAllVolumesArgs {
            pool: self.wire.clone(),
            need_results: 1,
            flags: NoFlags,
        };
        let answer = self
            .connection
            .call::<StoragePoolListAllVolumes>(&args)
            .await?;
        Ok(answer.vols.into_iter().map(StorageVolume::from).collect())
    }
}

impl From<NonnullStorageVol> for StorageVolume {
    fn from(wire: NonnullStorageVol) -> Self {
        let NonnullStorageVol { pool, name, key } = wire;
        Self { pool, name, key }
    }
}
