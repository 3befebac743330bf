//! Virtual networks.

use crate::{
    enums::NetworkEventId,
    flags::{
        ConnectListAllNetworksFlags, NetworkCreateFlags, NetworkDefineFlags, NetworkUpdateFlags,
        NetworkXmlFlags, NoFlags,
    },
    limits,
    procedure::{events, procedures, structures},
    remote::NonnullNetwork,
};

structures! {
    /// A lease that a network's DHCP server gave.
    NetworkDhcpLease {
        iface: String,
        expirytime: i64,
        r#type: i32,
        mac: Option<String>,
        iaid: Option<String>,
        ipaddr: String,
        prefix: u32,
        hostname: Option<String>,
        clientid: Option<String>,
    }
}

procedures! {
    Remote;

    /// Names of the defined networks that are not active.
    36 ConnectListDefinedNetworks "CONNECT_LIST_DEFINED_NETWORKS"
        as virConnectListDefinedNetworks (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Network, Getattr)),
            rules: &[connect(SearchNetworks)],
        )
        args ConnectListDefinedNetworksArgs { maxnames: i32 }
        ret ConnectListDefinedNetworksRet {
            #[xdr(max = limits::NETWORK_LIST_MAX)] names: Vec<String>,
        };

    /// Names of the active networks.
    38 ConnectListNetworks "CONNECT_LIST_NETWORKS"
        as virConnectListNetworks (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Network, Getattr)),
            rules: &[connect(SearchNetworks)],
        )
        args ConnectListNetworksArgs { maxnames: i32 }
        ret ConnectListNetworksRet { #[xdr(max = limits::NETWORK_LIST_MAX)] names: Vec<String> };

    /// Starts a defined network.
    39 NetworkCreate "NETWORK_CREATE" as virNetworkCreate (rules: &[network(Start)])
        args NetworkCreateArgs { net: NonnullNetwork };

    /// Starts a transient network from its XML.
    40 NetworkCreateXml "NETWORK_CREATE_XML"
        as virNetworkCreateXML (rules: &[network(Write), network(Start)])
        args NetworkCreateXmlArgs { xml: String }
        ret NetworkCreateXmlRet { net: NonnullNetwork };

    /// Defines a network, or changes its definition.
    41 NetworkDefineXml "NETWORK_DEFINE_XML"
        as virNetworkDefineXML (priority: High, rules: &[network(Write), network(Save)])
        args NetworkDefineXmlArgs { xml: String }
        ret NetworkDefineXmlRet { net: NonnullNetwork };

    /// Stops a network.
    42 NetworkDestroy "NETWORK_DESTROY"
        as virNetworkDestroy (priority: High, rules: &[network(Stop)])
        args NetworkDestroyArgs { net: NonnullNetwork };

    /// A network's configuration as XML.
    43 NetworkGetXmlDesc "NETWORK_GET_XML_DESC"
        as virNetworkGetXMLDesc (priority: High, read_only: Allowed, rules: &[network(Read)])
        args NetworkGetXmlDescArgs { net: NonnullNetwork, flags: NetworkXmlFlags }
        ret NetworkGetXmlDescRet { xml: String };

    /// Whether a network starts with the host.
    44 NetworkGetAutostart "NETWORK_GET_AUTOSTART"
        as virNetworkGetAutostart (priority: High, read_only: Allowed, rules: &[network(Read)])
        args NetworkGetAutostartArgs { net: NonnullNetwork }
        ret NetworkGetAutostartRet { autostart: i32 };

    /// The host's bridge that carries a network.
    45 NetworkGetBridgeName "NETWORK_GET_BRIDGE_NAME"
        as virNetworkGetBridgeName (priority: High, read_only: Allowed, rules: &[network(Read)])
        args NetworkGetBridgeNameArgs { net: NonnullNetwork }
        ret NetworkGetBridgeNameRet { name: String };

    /// Finds a network by its name.
    46 NetworkLookupByName "NETWORK_LOOKUP_BY_NAME"
        as virNetworkLookupByName (priority: High, read_only: Allowed, rules: &[network(Getattr)])
        args NetworkLookupByNameArgs { name: String }
        ret NetworkLookupByNameRet { net: NonnullNetwork };

    /// Finds a network by its UUID.
    47 NetworkLookupByUuid "NETWORK_LOOKUP_BY_UUID"
        as virNetworkLookupByUUID (priority: High, read_only: Allowed, rules: &[network(Getattr)])
        args NetworkLookupByUuidArgs { uuid: [u8; 16] }
        ret NetworkLookupByUuidRet { net: NonnullNetwork };

    /// Sets whether a network starts with the host.
    48 NetworkSetAutostart "NETWORK_SET_AUTOSTART"
        as virNetworkSetAutostart (priority: High, rules: &[network(Write)])
        args NetworkSetAutostartArgs { net: NonnullNetwork, autostart: i32 };

    /// Forgets a network's definition.
    49 NetworkUndefine "NETWORK_UNDEFINE"
        as virNetworkUndefine (priority: High, rules: &[network(Delete)])
        args NetworkUndefineArgs { net: NonnullNetwork };

    /// How many defined networks are not active.
    50 ConnectNumOfDefinedNetworks "CONNECT_NUM_OF_DEFINED_NETWORKS"
        as virConnectNumOfDefinedNetworks (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Network, Getattr)),
            rules: &[connect(SearchNetworks)],
        )
        ret ConnectNumOfDefinedNetworksRet { num: i32 };

    /// How many networks are active.
    52 ConnectNumOfNetworks "CONNECT_NUM_OF_NETWORKS"
        as virConnectNumOfNetworks (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Network, Getattr)),
            rules: &[connect(SearchNetworks)],
        )
        ret ConnectNumOfNetworksRet { num: i32 };

    /// Whether a network is active.
    152 NetworkIsActive "NETWORK_IS_ACTIVE"
        as virNetworkIsActive (priority: High, read_only: Allowed, rules: &[network(Read)])
        args NetworkIsActiveArgs { net: NonnullNetwork }
        ret NetworkIsActiveRet { active: i32 };

    /// Whether a network is defined.
    153 NetworkIsPersistent "NETWORK_IS_PERSISTENT"
        as virNetworkIsPersistent (priority: High, read_only: Allowed, rules: &[network(Read)])
        args NetworkIsPersistentArgs { net: NonnullNetwork }
        ret NetworkIsPersistentRet { persistent: i32 };

    /// All networks that pass the filters.
    283 ConnectListAllNetworks "CONNECT_LIST_ALL_NETWORKS"
        as virConnectListAllNetworks (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Network, Getattr)),
            rules: &[connect(SearchNetworks)],
        )
        args ConnectListAllNetworksArgs { need_results: i32, flags: ConnectListAllNetworksFlags }
        ret ConnectListAllNetworksRet {
            #[xdr(max = limits::NETWORK_LIST_MAX)] nets: Vec<NonnullNetwork>,
            ret: u32,
        };

    /// Changes a part of a network.
    291 NetworkUpdate "NETWORK_UPDATE"
        as virNetworkUpdate (
            priority: High,
            rules: &[
                network(Write),
                network(Save).when_none(
                    NetworkUpdateFlags::CONFIG.bits() | NetworkUpdateFlags::LIVE.bits(),
                ),
                network(Save).when_all(NetworkUpdateFlags::CONFIG.bits()),
            ],
        )
        args NetworkUpdateArgs {
            net: NonnullNetwork,
            command: u32,
            section: u32,
            #[xdr(name = "parentIndex")] parent_index: i32,
            xml: String,
            flags: NetworkUpdateFlags,
        }
        judged by |args| args.flags.bits();

    /// Asks for one kind of network events.
    313 ConnectNetworkEventRegisterAny "CONNECT_NETWORK_EVENT_REGISTER_ANY"
        as virConnectNetworkEventRegisterAny (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Network, Getattr)),
            rules: &[connect(SearchNetworks)],
        )
        args ConnectNetworkEventRegisterAnyArgs {
            #[xdr(name = "eventID")] event_id: i32,
            net: Option<NonnullNetwork>,
        }
        ret ConnectNetworkEventRegisterAnyRet { #[xdr(name = "callbackID")] callback_id: i32 };

    /// Ends what `ConnectNetworkEventRegisterAny` began.
    314 ConnectNetworkEventDeregisterAny "CONNECT_NETWORK_EVENT_DEREGISTER_ANY"
        as virConnectNetworkEventDeregisterAny (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Read)],
        )
        args ConnectNetworkEventDeregisterAnyArgs { #[xdr(name = "callbackID")] callback_id: i32 };

    /// Leases that a network's DHCP server gave.
    341 NetworkGetDhcpLeases "NETWORK_GET_DHCP_LEASES"
        as virNetworkGetDHCPLeases (read_only: Allowed, rules: &[network(Read)])
        args NetworkGetDhcpLeasesArgs {
            net: NonnullNetwork,
            mac: Option<String>,
            need_results: i32,
            flags: NoFlags,
        }
        ret NetworkGetDhcpLeasesRet {
            #[xdr(max = limits::NETWORK_DHCP_LEASES_MAX)] leases: Vec<NetworkDhcpLease>,
            ret: u32,
        };

    /// Defines a network, or changes its definition, with flags.
    432 NetworkDefineXmlFlags "NETWORK_DEFINE_XML_FLAGS"
        as virNetworkDefineXMLFlags (priority: High, rules: &[network(Write), network(Save)])
        args NetworkDefineXmlFlagsArgs { xml: String, flags: NetworkDefineFlags }
        ret NetworkDefineXmlFlagsRet { net: NonnullNetwork };

    /// Starts a transient network from its XML, with flags.
    437 NetworkCreateXmlFlags "NETWORK_CREATE_XML_FLAGS"
        as virNetworkCreateXMLFlags (priority: High, rules: &[network(Write), network(Start)])
        args NetworkCreateXmlFlagsArgs { xml: String, flags: NetworkCreateFlags }
        ret NetworkCreateXmlFlagsRet { net: NonnullNetwork };

    /// Sets a network's title, description or metadata.
    444 NetworkSetMetadata "NETWORK_SET_METADATA"
        as virNetworkSetMetadata (
            rules: &[
                network(Write),
                network(Save).when_none(
                    NetworkUpdateFlags::CONFIG.bits() | NetworkUpdateFlags::LIVE.bits(),
                ),
                network(Save).when_all(NetworkUpdateFlags::CONFIG.bits()),
            ],
        )
        args NetworkSetMetadataArgs {
            network: NonnullNetwork,
            r#type: i32,
            metadata: Option<String>,
            key: Option<String>,
            uri: Option<String>,
            flags: NetworkUpdateFlags,
        }
        judged by |args| args.flags.bits();

    /// A network's title, description or metadata.
    445 NetworkGetMetadata "NETWORK_GET_METADATA"
        as virNetworkGetMetadata (read_only: Allowed, rules: &[network(Read)])
        args NetworkGetMetadataArgs {
            network: NonnullNetwork,
            r#type: i32,
            uri: Option<String>,
            flags: NetworkUpdateFlags,
        }
        ret NetworkGetMetadataRet { metadata: String };
}

events! {
    Remote;

    /// A network started, stopped, was defined ….
    315 NetworkEventLifecycle "NETWORK_EVENT_LIFECYCLE" (
        id: Some((Object::Network, NetworkEventId::Lifecycle.value())),
    )
        msg NetworkEventLifecycleMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            net: NonnullNetwork,
            event: i32,
            detail: i32,
        };

    /// A network's title, description or metadata changed.
    446 NetworkEventCallbackMetadataChange "NETWORK_EVENT_CALLBACK_METADATA_CHANGE" (
        id: Some((Object::Network, NetworkEventId::MetadataChange.value())),
    )
        msg NetworkEventCallbackMetadataChangeMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            net: NonnullNetwork,
            r#type: i32,
            nsuri: Option<String>,
        };
}
