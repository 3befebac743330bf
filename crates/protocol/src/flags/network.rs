//! Flags of calls about networks, their ports and filters.

use super::flags;

flags! {
    /// Which networks to list.
    ConnectListAllNetworksFlags "virConnectListAllNetworksFlags" {
        "VIR_CONNECT_LIST_NETWORKS_INACTIVE" INACTIVE = 1 << 0,
        "VIR_CONNECT_LIST_NETWORKS_ACTIVE" ACTIVE = 1 << 1,
        "VIR_CONNECT_LIST_NETWORKS_PERSISTENT" PERSISTENT = 1 << 2,
        "VIR_CONNECT_LIST_NETWORKS_TRANSIENT" TRANSIENT = 1 << 3,
        "VIR_CONNECT_LIST_NETWORKS_AUTOSTART" AUTOSTART = 1 << 4,
        "VIR_CONNECT_LIST_NETWORKS_NO_AUTOSTART" NO_AUTOSTART = 1 << 5,
    }

    /// How to start a network.
    NetworkCreateFlags "virNetworkCreateFlags" {
        "VIR_NETWORK_CREATE_VALIDATE" VALIDATE = 1 << 0,
    }

    /// How to define a network.
    NetworkDefineFlags "virNetworkDefineFlags" {
        "VIR_NETWORK_DEFINE_VALIDATE" VALIDATE = 1 << 0,
    }

    /// How to create a port.
    NetworkPortCreateFlags "virNetworkPortCreateFlags" {
        "VIR_NETWORK_PORT_CREATE_RECLAIM" RECLAIM = 1 << 0,
        "VIR_NETWORK_PORT_CREATE_VALIDATE" VALIDATE = 1 << 1,
    }

    /// What a change of a network is made to.
    NetworkUpdateFlags "virNetworkUpdateFlags" {
        "VIR_NETWORK_UPDATE_AFFECT_LIVE" LIVE = 1 << 0,
        "VIR_NETWORK_UPDATE_AFFECT_CONFIG" CONFIG = 1 << 1,
    }

    /// Which configuration of a network to show.
    NetworkXmlFlags "virNetworkXMLFlags" {
        "VIR_NETWORK_XML_INACTIVE" INACTIVE = 1 << 0,
    }

    /// How to bind a network filter.
    NwFilterBindingCreateFlags "virNWFilterBindingCreateFlags" {
        "VIR_NWFILTER_BINDING_CREATE_VALIDATE" VALIDATE = 1 << 0,
    }

    /// How to define a network filter.
    NwFilterDefineFlags "virNWFilterDefineFlags" {
        "VIR_NWFILTER_DEFINE_VALIDATE" VALIDATE = 1 << 0,
    }
}
