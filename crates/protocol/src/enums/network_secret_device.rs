//! Enumerations of networks, secrets and devices of the host.

use super::enumeration;

enumeration! {
    /// What happened to a network.
    NetworkEventLifecycleType "virNetworkEventLifecycleType" {
        "VIR_NETWORK_EVENT_DEFINED" Defined = 0,
        "VIR_NETWORK_EVENT_UNDEFINED" Undefined = 1,
        "VIR_NETWORK_EVENT_STARTED" Started = 2,
        "VIR_NETWORK_EVENT_STOPPED" Stopped = 3,
    }

    /// Kinds of network events.
    NetworkEventId "virNetworkEventID" {
        "VIR_NETWORK_EVENT_ID_LIFECYCLE" Lifecycle = 0,
        "VIR_NETWORK_EVENT_ID_METADATA_CHANGE" MetadataChange = 1,
    }

    /// Parts of a network's metadata.
    NetworkMetadataType "virNetworkMetadataType" {
        "VIR_NETWORK_METADATA_DESCRIPTION" Description = 0,
        "VIR_NETWORK_METADATA_TITLE" Title = 1,
        "VIR_NETWORK_METADATA_ELEMENT" Element = 2,
    }

    /// The part of a network to change.
    NetworkUpdateSection "virNetworkUpdateSection" {
        "VIR_NETWORK_SECTION_NONE" None = 0,
        "VIR_NETWORK_SECTION_BRIDGE" Bridge = 1,
        "VIR_NETWORK_SECTION_DOMAIN" Domain = 2,
        "VIR_NETWORK_SECTION_IP" Ip = 3,
        "VIR_NETWORK_SECTION_IP_DHCP_HOST" IpDhcpHost = 4,
        "VIR_NETWORK_SECTION_IP_DHCP_RANGE" IpDhcpRange = 5,
        "VIR_NETWORK_SECTION_FORWARD" Forward = 6,
        "VIR_NETWORK_SECTION_FORWARD_INTERFACE" ForwardInterface = 7,
        "VIR_NETWORK_SECTION_FORWARD_PF" ForwardPf = 8,
        "VIR_NETWORK_SECTION_PORTGROUP" Portgroup = 9,
        "VIR_NETWORK_SECTION_DNS_HOST" DnsHost = 10,
        "VIR_NETWORK_SECTION_DNS_TXT" DnsTxt = 11,
        "VIR_NETWORK_SECTION_DNS_SRV" DnsSrv = 12,
    }

    /// How to change a part of a network.
    NetworkUpdateCommand "virNetworkUpdateCommand" {
        "VIR_NETWORK_UPDATE_COMMAND_NONE" None = 0,
        "VIR_NETWORK_UPDATE_COMMAND_MODIFY" Modify = 1,
        "VIR_NETWORK_UPDATE_COMMAND_DELETE" Delete = 2,
        "VIR_NETWORK_UPDATE_COMMAND_ADD_LAST" AddLast = 3,
        "VIR_NETWORK_UPDATE_COMMAND_ADD_FIRST" AddFirst = 4,
    }

    /// What happened to a device of the host.
    NodeDeviceEventLifecycleType "virNodeDeviceEventLifecycleType" {
        "VIR_NODE_DEVICE_EVENT_CREATED" Created = 0,
        "VIR_NODE_DEVICE_EVENT_DELETED" Deleted = 1,
        "VIR_NODE_DEVICE_EVENT_DEFINED" Defined = 2,
        "VIR_NODE_DEVICE_EVENT_UNDEFINED" Undefined = 3,
    }

    /// Kinds of host device events.
    NodeDeviceEventId "virNodeDeviceEventID" {
        "VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE" Lifecycle = 0,
        "VIR_NODE_DEVICE_EVENT_ID_UPDATE" Update = 1,
    }

    /// What happened to a secret.
    SecretEventLifecycleType "virSecretEventLifecycleType" {
        "VIR_SECRET_EVENT_DEFINED" Defined = 0,
        "VIR_SECRET_EVENT_UNDEFINED" Undefined = 1,
    }

    /// Kinds of secret events.
    SecretEventId "virSecretEventID" {
        "VIR_SECRET_EVENT_ID_LIFECYCLE" Lifecycle = 0,
        "VIR_SECRET_EVENT_ID_VALUE_CHANGED" ValueChanged = 1,
    }

    /// What a secret is for.
    SecretUsageType "virSecretUsageType" {
        "VIR_SECRET_USAGE_TYPE_NONE" None = 0,
        "VIR_SECRET_USAGE_TYPE_VOLUME" Volume = 1,
        "VIR_SECRET_USAGE_TYPE_CEPH" Ceph = 2,
        "VIR_SECRET_USAGE_TYPE_ISCSI" Iscsi = 3,
        "VIR_SECRET_USAGE_TYPE_TLS" Tls = 4,
        "VIR_SECRET_USAGE_TYPE_VTPM" Vtpm = 5,
    }
}
