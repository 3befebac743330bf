//! Storage pools.

use protocol::enums::StoragePoolState;
use protocol::flags::{
    ConnectListAllStoragePoolsFlags, NoFlags, StoragePoolBuildFlags, StoragePoolCreateFlags,
    StoragePoolDefineFlags, StoragePoolDeleteFlags, StorageVolCreateFlags, StorageXmlFlags,
};
use protocol::remote::{
    ConnectFindStoragePoolSources, ConnectFindStoragePoolSourcesArgs, ConnectListAllStoragePools,
    ConnectListAllStoragePoolsArgs, NonnullStoragePool, StoragePoolBuild, StoragePoolBuildArgs,
    StoragePoolCreate, StoragePoolCreateArgs, StoragePoolCreateXml, StoragePoolCreateXmlArgs,
    StoragePoolDefineXml, StoragePoolDefineXmlArgs, StoragePoolDelete, StoragePoolDeleteArgs,
    StoragePoolDestroy, StoragePoolDestroyArgs, StoragePoolGetAutostart,
    StoragePoolGetAutostartArgs, StoragePoolGetInfo, StoragePoolGetInfoArgs, StoragePoolGetXmlDesc,
    StoragePoolGetXmlDescArgs, StoragePoolIsActive, StoragePoolIsActiveArgs,
    StoragePoolIsPersistent, StoragePoolIsPersistentArgs, StoragePoolListAllVolumes,
    StoragePoolListAllVolumesArgs, StoragePoolLookupByName, StoragePoolLookupByNameArgs,
    StoragePoolLookupByUuid, StoragePoolLookupByUuidArgs, StoragePoolRefresh,
    StoragePoolRefreshArgs, StoragePoolSetAutostart, StoragePoolSetAutostartArgs,
    StoragePoolUndefine, StoragePoolUndefineArgs, StorageVolCreateXml, StorageVolCreateXmlArgs,
    StorageVolCreateXmlFrom, StorageVolCreateXmlFromArgs, StorageVolLookupByKey,
    StorageVolLookupByKeyArgs, StorageVolLookupByName, StorageVolLookupByNameArgs,
    StorageVolLookupByPath, StorageVolLookupByPathArgs,
};

use crate::connection::{Connection, text};
use crate::domain::{parse_uuid, uuid_string};
use crate::error::Result;
use crate::storage_volume::StorageVolume;

/// A storage pool of a connection.
#[derive(Debug, Clone)]
pub struct StoragePool {
    connection: Connection,
    wire: NonnullStoragePool,
}

/// State and sizes of a storage pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoragePoolInfo {
    /// Whether it is up, being built, or damaged.
    pub state: StoragePoolState,
    /// The size in bytes.
    pub capacity: u64,
    /// What is used, in bytes.
    pub allocation: u64,
    /// What is free, in bytes.
    pub available: u64,
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

    /// The storage pool with that UUID or name.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoStoragePool`] when there is none.
    pub async fn find_storage_pool(&self, word: &str) -> Result<StoragePool> {
        if let Some(uuid) = parse_uuid(word) {
            match self.lookup_storage_pool_by_uuid(uuid).await {
                Err(error) if error.is_not_found() => {}
                other => return other,
            }
        }
        self.lookup_storage_pool(word).await
    }

    /// The storage pool with that UUID.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoStoragePool`] when there is none.
    pub async fn lookup_storage_pool_by_uuid(&self, uuid: [u8; 16]) -> Result<StoragePool> {
        let args = StoragePoolLookupByUuidArgs { uuid };
        let answer = self.call::<StoragePoolLookupByUuid>(&args).await?;
        Ok(StoragePool::new(self, answer.pool))
    }

    /// Defines a storage pool that persists, or changes the definition of the one with its UUID.
    ///
    /// # Errors
    ///
    /// When the document is refused, or another pool has its name or its storage.
    pub async fn define_storage_pool(
        &self,
        xml: &str,
        flags: StoragePoolDefineFlags,
    ) -> Result<StoragePool> {
        let args = StoragePoolDefineXmlArgs {
            xml: text("the document", xml)?,
            flags,
        };
        let answer = self.call::<StoragePoolDefineXml>(&args).await?;
        Ok(StoragePool::new(self, answer.pool))
    }

    /// Starts a transient storage pool: it is forgotten when it stops.
    ///
    /// # Errors
    ///
    /// When the document is refused, or the pool is there already.
    pub async fn create_storage_pool(
        &self,
        xml: &str,
        flags: StoragePoolCreateFlags,
    ) -> Result<StoragePool> {
        let args = StoragePoolCreateXmlArgs {
            xml: text("the document", xml)?,
            flags,
        };
        let answer = self.call::<StoragePoolCreateXml>(&args).await?;
        Ok(StoragePool::new(self, answer.pool))
    }

    /// Looks for sources of storage pools of a kind; `spec` is a document that says where.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSupport`] for a kind that cannot be looked for.
    pub async fn find_storage_pool_sources(
        &self,
        kind: &str,
        spec: Option<&str>,
    ) -> Result<String> {
        let args = ConnectFindStoragePoolSourcesArgs {
            r#type: text("the kind", kind)?,
            src_spec: spec.map(|spec| text("the document", spec)).transpose()?,
            flags: NoFlags,
        };
        let answer = self.call::<ConnectFindStoragePoolSources>(&args).await?;
        Ok(answer.xml)
    }

    /// The volume with that key.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoStorageVol`] when there is none.
    pub async fn lookup_storage_volume_by_key(&self, key: &str) -> Result<StorageVolume> {
        let args = StorageVolLookupByKeyArgs {
            key: text("the key", key)?,
        };
        let answer = self.call::<StorageVolLookupByKey>(&args).await?;
        Ok(StorageVolume::new(self, answer.vol))
    }

    /// The volume at that path.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoStorageVol`] when there is none.
    pub async fn lookup_storage_volume_by_path(&self, path: &str) -> Result<StorageVolume> {
        let args = StorageVolLookupByPathArgs {
            path: text("the path", path)?,
        };
        let answer = self.call::<StorageVolLookupByPath>(&args).await?;
        Ok(StorageVolume::new(self, answer.vol))
    }
}

impl StoragePool {
    pub(crate) fn new(connection: &Connection, wire: NonnullStoragePool) -> Self {
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

    /// The connection that it came from.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
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
        let volumes = answer.vols.into_iter();
        Ok(volumes
            .map(|wire| StorageVolume::new(&self.connection, wire))
            .collect())
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is up already.
    pub async fn start(&self, flags: StoragePoolCreateFlags) -> Result<()> {
        let args = StoragePoolCreateArgs {
            pool: self.wire.clone(),
            flags,
        };
        self.connection.call::<StoragePoolCreate>(&args).await
    }

    /// Stops it; its volumes stay. A transient one is forgotten.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is not up.
    pub async fn destroy(&self) -> Result<()> {
        let args = StoragePoolDestroyArgs {
            pool: self.wire.clone(),
        };
        self.connection.call::<StoragePoolDestroy>(&args).await
    }

    /// Forgets its definition.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is up.
    pub async fn undefine(&self) -> Result<()> {
        let args = StoragePoolUndefineArgs {
            pool: self.wire.clone(),
        };
        self.connection.call::<StoragePoolUndefine>(&args).await
    }

    /// Prepares its storage.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is up.
    pub async fn build(&self, flags: StoragePoolBuildFlags) -> Result<()> {
        let args = StoragePoolBuildArgs {
            pool: self.wire.clone(),
            flags,
        };
        self.connection.call::<StoragePoolBuild>(&args).await
    }

    /// Destroys its storage.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is up.
    pub async fn delete(&self, flags: StoragePoolDeleteFlags) -> Result<()> {
        let args = StoragePoolDeleteArgs {
            pool: self.wire.clone(),
            flags,
        };
        self.connection.call::<StoragePoolDelete>(&args).await
    }

    /// Looks for volumes that appeared, changed or went.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it is not up.
    pub async fn refresh(&self) -> Result<()> {
        let args = StoragePoolRefreshArgs {
            pool: self.wire.clone(),
            flags: NoFlags,
        };
        self.connection.call::<StoragePoolRefresh>(&args).await
    }

    /// Says whether it starts with the host.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] for a transient pool.
    pub async fn set_autostart(&self, autostart: bool) -> Result<()> {
        let args = StoragePoolSetAutostartArgs {
            pool: self.wire.clone(),
            autostart: autostart.into(),
        };
        self.connection.call::<StoragePoolSetAutostart>(&args).await
    }

    /// Whether it is up.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_active(&self) -> Result<bool> {
        let args = StoragePoolIsActiveArgs {
            pool: self.wire.clone(),
        };
        let answer = self.connection.call::<StoragePoolIsActive>(&args).await?;
        Ok(answer.active != 0)
    }

    /// Whether it is defined beyond its run.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_persistent(&self) -> Result<bool> {
        let args = StoragePoolIsPersistentArgs {
            pool: self.wire.clone(),
        };
        let answer = self
            .connection
            .call::<StoragePoolIsPersistent>(&args)
            .await?;
        Ok(answer.persistent != 0)
    }

    /// Its state and its sizes.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn info(&self) -> Result<StoragePoolInfo> {
        let args = StoragePoolGetInfoArgs {
            pool: self.wire.clone(),
        };
        let answer = self.connection.call::<StoragePoolGetInfo>(&args).await?;
        Ok(StoragePoolInfo {
            state: StoragePoolState::from(i32::from(answer.state)),
            capacity: answer.capacity,
            allocation: answer.allocation,
            available: answer.available,
        })
    }

    /// Its volume called `name`.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoStorageVol`] when there is none.
    pub async fn lookup_volume(&self, name: &str) -> Result<StorageVolume> {
        let args = StorageVolLookupByNameArgs {
            pool: self.wire.clone(),
            name: text("the name", name)?,
        };
        let answer = self
            .connection
            .call::<StorageVolLookupByName>(&args)
            .await?;
        Ok(StorageVolume::new(&self.connection, answer.vol))
    }

    /// Makes a volume.
    ///
    /// # Errors
    ///
    /// When the document is refused, the name is taken, or there is no space.
    pub async fn create_volume(
        &self,
        xml: &str,
        flags: StorageVolCreateFlags,
    ) -> Result<StorageVolume> {
        let args = StorageVolCreateXmlArgs {
            pool: self.wire.clone(),
            xml: text("the document", xml)?,
            flags,
        };
        let answer = self.connection.call::<StorageVolCreateXml>(&args).await?;
        Ok(StorageVolume::new(&self.connection, answer.vol))
    }

    /// Makes a volume with the content of another one.
    ///
    /// # Errors
    ///
    /// As for [`StoragePool::create_volume`].
    pub async fn create_volume_from(
        &self,
        xml: &str,
        original: &StorageVolume,
        flags: StorageVolCreateFlags,
    ) -> Result<StorageVolume> {
        let args = StorageVolCreateXmlFromArgs {
            pool: self.wire.clone(),
            xml: text("the document", xml)?,
            clonevol: original.wire(),
            flags,
        };
        let answer = self
            .connection
            .call::<StorageVolCreateXmlFrom>(&args)
            .await?;
        Ok(StorageVolume::new(&self.connection, answer.vol))
    }
}
