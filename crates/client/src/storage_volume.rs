//! Volumes of storage pools.

use protocol::enums::{StorageVolType, StorageVolWipeAlgorithm};
use protocol::flags::{NoFlags, StorageVolDeleteFlags, StorageVolInfoFlags, StorageVolResizeFlags};
use protocol::remote::{
    NonnullStorageVol, StoragePoolLookupByVolume, StoragePoolLookupByVolumeArgs, StorageVolDelete,
    StorageVolDeleteArgs, StorageVolGetInfo, StorageVolGetInfoArgs, StorageVolGetInfoFlags,
    StorageVolGetInfoFlagsArgs, StorageVolGetPath, StorageVolGetPathArgs, StorageVolGetXmlDesc,
    StorageVolGetXmlDescArgs, StorageVolResize, StorageVolResizeArgs, StorageVolWipe,
    StorageVolWipeArgs, StorageVolWipePattern, StorageVolWipePatternArgs,
};

use crate::connection::Connection;
use crate::error::Result;
use crate::storage::StoragePool;

/// A volume of a storage pool.
#[derive(Debug, Clone)]
pub struct StorageVolume {
    connection: Connection,
    wire: NonnullStorageVol,
}

/// What a volume is, and its sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StorageVolumeInfo {
    /// What it is.
    pub kind: StorageVolType,
    /// The size that a guest sees, in bytes.
    pub capacity: u64,
    /// What is used, in bytes.
    pub allocation: u64,
}

impl StorageVolume {
    pub(crate) fn new(connection: &Connection, wire: NonnullStorageVol) -> Self {
        Self {
            connection: connection.clone(),
            wire,
        }
    }

    /// The name in its pool.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.wire.name
    }

    /// The name of its pool.
    #[must_use]
    pub fn pool_name(&self) -> &str {
        &self.wire.pool
    }

    /// What names it among all volumes.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.wire.key
    }

    pub(crate) fn wire(&self) -> NonnullStorageVol {
        self.wire.clone()
    }

    /// The pool that it is in.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn pool(&self) -> Result<StoragePool> {
        let args = StoragePoolLookupByVolumeArgs {
            vol: self.wire.clone(),
        };
        let answer = self
            .connection
            .call::<StoragePoolLookupByVolume>(&args)
            .await?;
        Ok(StoragePool::new(&self.connection, answer.pool))
    }

    /// Where the host sees it.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn path(&self) -> Result<String> {
        let args = StorageVolGetPathArgs {
            vol: self.wire.clone(),
        };
        let answer = self.connection.call::<StorageVolGetPath>(&args).await?;
        Ok(answer.name)
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn xml(&self) -> Result<String> {
        let args = StorageVolGetXmlDescArgs {
            vol: self.wire.clone(),
            flags: NoFlags,
        };
        let answer = self.connection.call::<StorageVolGetXmlDesc>(&args).await?;
        Ok(answer.xml)
    }

    /// What it is, and its sizes.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn info(&self) -> Result<StorageVolumeInfo> {
        let args = StorageVolGetInfoArgs {
            vol: self.wire.clone(),
        };
        let answer = self.connection.call::<StorageVolGetInfo>(&args).await?;
        Ok(StorageVolumeInfo {
            kind: StorageVolType::from(i32::from(answer.r#type)),
            capacity: answer.capacity,
            allocation: answer.allocation,
        })
    }

    /// What it is, and its sizes; with flags, what it takes on the storage instead of what it uses.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn info_with(&self, flags: StorageVolInfoFlags) -> Result<StorageVolumeInfo> {
        let args = StorageVolGetInfoFlagsArgs {
            vol: self.wire.clone(),
            flags,
        };
        let answer = self
            .connection
            .call::<StorageVolGetInfoFlags>(&args)
            .await?;
        Ok(StorageVolumeInfo {
            kind: StorageVolType::from(i32::from(answer.r#type)),
            capacity: answer.capacity,
            allocation: answer.allocation,
        })
    }

    /// Deletes it.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn delete(&self, flags: StorageVolDeleteFlags) -> Result<()> {
        let args = StorageVolDeleteArgs {
            vol: self.wire.clone(),
            flags,
        };
        self.connection.call::<StorageVolDelete>(&args).await
    }

    /// Changes its size, in bytes.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn resize(&self, capacity: u64, flags: StorageVolResizeFlags) -> Result<()> {
        let args = StorageVolResizeArgs {
            vol: self.wire.clone(),
            capacity,
            flags,
        };
        self.connection.call::<StorageVolResize>(&args).await
    }

    /// Overwrites it, so that its data cannot be read again.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn wipe(&self) -> Result<()> {
        let args = StorageVolWipeArgs {
            vol: self.wire.clone(),
            flags: NoFlags,
        };
        self.connection.call::<StorageVolWipe>(&args).await
    }

    /// Overwrites it in a given way.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn wipe_pattern(&self, algorithm: StorageVolWipeAlgorithm) -> Result<()> {
        let args = StorageVolWipePatternArgs {
            vol: self.wire.clone(),
            algorithm: algorithm.value().cast_unsigned(),
            flags: NoFlags,
        };
        self.connection.call::<StorageVolWipePattern>(&args).await
    }
}
