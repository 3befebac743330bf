//! Storage pools, blocking.

use protocol::enums::StoragePoolState;
use protocol::flags::StorageXmlFlags;

use super::twins::twins;
use crate::storage::StorageVolume;

twins! {
    /// A storage pool of a connection.
    StoragePool of crate::StoragePool;
    gets {
        fn name() -> &str;
        fn uuid_string() -> String;
    }
    waits {
        fn xml(flags: StorageXmlFlags) -> String;
        fn state() -> StoragePoolState;
        fn autostart() -> bool;
        fn list_all_volumes() -> Vec<StorageVolume>;
    }
}
