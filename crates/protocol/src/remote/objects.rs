//! How objects are named on the wire.

use crate::procedure::structures;

structures! {
    /// A domain; `id` is -1 unless it runs.
    NonnullDomain { name: String, uuid: [u8; 16], id: i32 }

    /// A network.
    NonnullNetwork { name: String, uuid: [u8; 16] }

    /// A port of a network.
    NonnullNetworkPort { net: NonnullNetwork, uuid: [u8; 16] }

    /// A network filter.
    NonnullNwfilter { name: String, uuid: [u8; 16] }

    /// A network filter in use by an interface.
    NonnullNwfilterBinding { portdev: String, filtername: String }

    /// An interface of the host.
    NonnullInterface { name: String, mac: String }

    /// A storage pool.
    NonnullStoragePool { name: String, uuid: [u8; 16] }

    /// A volume of a storage pool.
    NonnullStorageVol { pool: String, name: String, key: String }

    /// A device of the host.
    NonnullNodeDevice { name: String }

    /// A secret and what uses it.
    NonnullSecret {
        uuid: [u8; 16],
        #[xdr(name = "usageType")] usage_type: i32,
        #[xdr(name = "usageID")] usage_id: String,
    }

    /// A checkpoint of a domain.
    NonnullDomainCheckpoint { name: String, dom: NonnullDomain }

    /// A snapshot of a domain.
    NonnullDomainSnapshot { name: String, dom: NonnullDomain }
}
