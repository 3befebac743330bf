//! Storage pools and volumes, blocking.

use protocol::enums::StorageVolWipeAlgorithm;
use protocol::flags::{
    StoragePoolBuildFlags, StoragePoolCreateFlags, StoragePoolDeleteFlags, StorageVolCreateFlags,
    StorageVolDeleteFlags, StorageVolInfoFlags, StorageVolResizeFlags, StorageXmlFlags,
};

use super::twins::{each, twins};
use super::wait::wait;
use crate::error::Result;
use crate::storage::StoragePoolInfo;
use crate::storage_volume::StorageVolumeInfo;

twins! {
    /// A storage pool of a connection.
    StoragePool of crate::StoragePool;
    gets {
        fn name() -> &str;
        fn uuid_string() -> String;
    }
    waits {
        fn xml(flags: StorageXmlFlags) -> String;
        fn info() -> StoragePoolInfo;
        fn is_active() -> bool;
        fn is_persistent() -> bool;
        fn autostart() -> bool;
        fn set_autostart(autostart: bool) -> ();
        fn start(flags: StoragePoolCreateFlags) -> ();
        fn destroy() -> ();
        fn undefine() -> ();
        fn build(flags: StoragePoolBuildFlags) -> ();
        fn delete(flags: StoragePoolDeleteFlags) -> ();
        fn refresh() -> ();
        fn list_all_volumes() -> Vec<StorageVolume>, by each;
        fn lookup_volume(name: &str) -> StorageVolume;
        fn create_volume(xml: &str, flags: StorageVolCreateFlags) -> StorageVolume;
    }
}

impl StoragePool {
    /// Waits for [`create_volume_from`](crate::StoragePool::create_volume_from).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn create_volume_from(
        &self,
        xml: &str,
        original: &StorageVolume,
        flags: StorageVolCreateFlags,
    ) -> Result<StorageVolume> {
        wait(self.0.create_volume_from(xml, original.twin(), flags)).map(StorageVolume)
    }
}

twins! {
    /// A volume of a storage pool.
    StorageVolume of crate::StorageVolume;
    gets {
        fn name() -> &str;
        fn pool_name() -> &str;
        fn key() -> &str;
    }
    waits {
        fn pool() -> StoragePool;
        fn path() -> String;
        fn xml() -> String;
        fn info() -> StorageVolumeInfo;
        fn info_with(flags: StorageVolInfoFlags) -> StorageVolumeInfo;
        fn delete(flags: StorageVolDeleteFlags) -> ();
        fn resize(capacity: u64, flags: StorageVolResizeFlags) -> ();
        fn wipe() -> ();
        fn wipe_pattern(algorithm: StorageVolWipeAlgorithm) -> ();
    }
}
