//! Volumes of storage pools.

use crate::{
    flags::{
        NoFlags, StorageVolCreateFlags, StorageVolDeleteFlags, StorageVolDownloadFlags,
        StorageVolInfoFlags, StorageVolResizeFlags, StorageVolUploadFlags,
    },
    procedure::procedures,
    remote::{NonnullStoragePool, NonnullStorageVol},
};

procedures! {
    Remote;

    /// Creates a volume.
    93 StorageVolCreateXml "STORAGE_VOL_CREATE_XML"
        as virStorageVolCreateXML (rules: &[storage_vol(Create)])
        args StorageVolCreateXmlArgs {
            pool: NonnullStoragePool,
            xml: String,
            flags: StorageVolCreateFlags,
        }
        ret StorageVolCreateXmlRet { vol: NonnullStorageVol };

    /// Deletes a volume.
    94 StorageVolDelete "STORAGE_VOL_DELETE" as virStorageVolDelete (rules: &[storage_vol(Delete)])
        args StorageVolDeleteArgs { vol: NonnullStorageVol, flags: StorageVolDeleteFlags };

    /// Finds a volume of a pool by its name.
    95 StorageVolLookupByName "STORAGE_VOL_LOOKUP_BY_NAME"
        as virStorageVolLookupByName (
            priority: High,
            read_only: Allowed,
            rules: &[storage_vol(Getattr)],
        )
        args StorageVolLookupByNameArgs { pool: NonnullStoragePool, name: String }
        ret StorageVolLookupByNameRet { vol: NonnullStorageVol };

    /// Finds a volume in any pool by its key.
    96 StorageVolLookupByKey "STORAGE_VOL_LOOKUP_BY_KEY"
        as virStorageVolLookupByKey (
            priority: High,
            read_only: Allowed,
            rules: &[storage_vol(Getattr)],
        )
        args StorageVolLookupByKeyArgs { key: String }
        ret StorageVolLookupByKeyRet { vol: NonnullStorageVol };

    /// Finds a volume in any pool by its path.
    97 StorageVolLookupByPath "STORAGE_VOL_LOOKUP_BY_PATH"
        as virStorageVolLookupByPath (
            priority: High,
            read_only: Allowed,
            rules: &[storage_vol(Getattr)],
        )
        args StorageVolLookupByPathArgs { path: String }
        ret StorageVolLookupByPathRet { vol: NonnullStorageVol };

    /// Type, capacity and allocation of a volume.
    98 StorageVolGetInfo "STORAGE_VOL_GET_INFO"
        as virStorageVolGetInfo (priority: High, read_only: Allowed, rules: &[storage_vol(Read)])
        args StorageVolGetInfoArgs { vol: NonnullStorageVol }
        ret StorageVolGetInfoRet { r#type: i8, capacity: u64, allocation: u64 };

    /// A volume's description as XML.
    99 StorageVolGetXmlDesc "STORAGE_VOL_GET_XML_DESC"
        as virStorageVolGetXMLDesc (priority: High, read_only: Allowed, rules: &[storage_vol(Read)])
        args StorageVolGetXmlDescArgs { vol: NonnullStorageVol, flags: NoFlags }
        ret StorageVolGetXmlDescRet { xml: String };

    /// Where on the host a volume is.
    100 StorageVolGetPath "STORAGE_VOL_GET_PATH"
        as virStorageVolGetPath (priority: High, read_only: Allowed, rules: &[storage_vol(Read)])
        args StorageVolGetPathArgs { vol: NonnullStorageVol }
        ret StorageVolGetPathRet { name: String };

    /// Creates a volume as a copy of another.
    125 StorageVolCreateXmlFrom "STORAGE_VOL_CREATE_XML_FROM"
        as virStorageVolCreateXMLFrom (rules: &[storage_vol(Create)])
        args StorageVolCreateXmlFromArgs {
            pool: NonnullStoragePool,
            xml: String,
            clonevol: NonnullStorageVol,
            flags: StorageVolCreateFlags,
        }
        ret StorageVolCreateXmlFromRet { vol: NonnullStorageVol };

    /// Overwrites a volume, so that its data cannot be read again.
    165 StorageVolWipe "STORAGE_VOL_WIPE" as virStorageVolWipe (rules: &[storage_vol(Format)])
        args StorageVolWipeArgs { vol: NonnullStorageVol, flags: NoFlags };

    /// Writes into a volume from a stream.
    208 StorageVolUpload "STORAGE_VOL_UPLOAD"
        as virStorageVolUpload (
            stream: Some(ToServer),
            sparse_flag: Some(StorageVolUploadFlags::SPARSE_STREAM.bits()),
            rules: &[storage_vol(DataWrite)],
        )
        args StorageVolUploadArgs {
            vol: NonnullStorageVol,
            offset: u64,
            length: u64,
            flags: StorageVolUploadFlags,
        };

    /// Reads a volume into a stream.
    209 StorageVolDownload "STORAGE_VOL_DOWNLOAD"
        as virStorageVolDownload (
            stream: Some(ToClient),
            sparse_flag: Some(StorageVolDownloadFlags::SPARSE_STREAM.bits()),
            rules: &[storage_vol(DataRead)],
        )
        args StorageVolDownloadArgs {
            vol: NonnullStorageVol,
            offset: u64,
            length: u64,
            flags: StorageVolDownloadFlags,
        };

    /// Overwrites a volume with a given pattern.
    259 StorageVolWipePattern "STORAGE_VOL_WIPE_PATTERN"
        as virStorageVolWipePattern (rules: &[storage_vol(Format)])
        args StorageVolWipePatternArgs { vol: NonnullStorageVol, algorithm: u32, flags: NoFlags };

    /// Changes a volume's size.
    260 StorageVolResize "STORAGE_VOL_RESIZE" as virStorageVolResize (rules: &[storage_vol(Resize)])
        args StorageVolResizeArgs {
            vol: NonnullStorageVol,
            capacity: u64,
            flags: StorageVolResizeFlags,
        };

    /// Type, capacity and allocation of a volume, with flags.
    378 StorageVolGetInfoFlags "STORAGE_VOL_GET_INFO_FLAGS"
        as virStorageVolGetInfoFlags (
            priority: High,
            read_only: Allowed,
            rules: &[storage_vol(Read)],
        )
        args StorageVolGetInfoFlagsArgs { vol: NonnullStorageVol, flags: StorageVolInfoFlags }
        ret StorageVolGetInfoFlagsRet { r#type: i8, capacity: u64, allocation: u64 };
}
