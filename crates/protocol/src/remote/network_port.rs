//! Ports of networks.

use crate::{
    flags::{NetworkPortCreateFlags, NoFlags},
    limits,
    procedure::procedures,
    remote::{NonnullNetwork, NonnullNetworkPort},
    typed_param::TypedParam,
};

procedures! {
    Remote;

    /// All ports of a network.
    404 NetworkListAllPorts "NETWORK_LIST_ALL_PORTS"
        as virNetworkListAllPorts (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::NetworkPort, Getattr)),
            rules: &[network(SearchPorts)],
        )
        args NetworkListAllPortsArgs { network: NonnullNetwork, need_results: i32, flags: NoFlags }
        ret NetworkListAllPortsRet {
            #[xdr(max = limits::NETWORK_PORT_LIST_MAX)] ports: Vec<NonnullNetworkPort>,
            ret: u32,
        };

    /// Finds a port of a network by its UUID.
    405 NetworkPortLookupByUuid "NETWORK_PORT_LOOKUP_BY_UUID"
        as virNetworkPortLookupByUUID (
            priority: High,
            read_only: Allowed,
            rules: &[network_port(Getattr)],
        )
        args NetworkPortLookupByUuidArgs { network: NonnullNetwork, uuid: [u8; 16] }
        ret NetworkPortLookupByUuidRet { port: NonnullNetworkPort };

    /// Creates a port of a network.
    406 NetworkPortCreateXml "NETWORK_PORT_CREATE_XML"
        as virNetworkPortCreateXML (rules: &[network_port(Create)])
        args NetworkPortCreateXmlArgs {
            network: NonnullNetwork,
            xml: String,
            flags: NetworkPortCreateFlags,
        }
        ret NetworkPortCreateXmlRet { port: NonnullNetworkPort };

    /// A port's bandwidth parameters.
    407 NetworkPortGetParameters "NETWORK_PORT_GET_PARAMETERS"
        as virNetworkPortGetParameters (read_only: Allowed, rules: &[network_port(Read)])
        args NetworkPortGetParametersArgs {
            port: NonnullNetworkPort,
            nparams: i32,
            flags: NoFlags,
        }
        ret NetworkPortGetParametersRet {
            #[xdr(max = limits::NETWORK_PORT_PARAMETERS_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };

    /// Changes a port's bandwidth parameters.
    408 NetworkPortSetParameters "NETWORK_PORT_SET_PARAMETERS"
        as virNetworkPortSetParameters (rules: &[network_port(Write)])
        args NetworkPortSetParametersArgs {
            port: NonnullNetworkPort,
            #[xdr(max = limits::NETWORK_PORT_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: NoFlags,
        };

    /// A port's description as XML.
    409 NetworkPortGetXmlDesc "NETWORK_PORT_GET_XML_DESC"
        as virNetworkPortGetXMLDesc (read_only: Allowed, rules: &[network_port(Read)])
        args NetworkPortGetXmlDescArgs { port: NonnullNetworkPort, flags: NoFlags }
        ret NetworkPortGetXmlDescRet { xml: String };

    /// Deletes a port of a network.
    410 NetworkPortDelete "NETWORK_PORT_DELETE"
        as virNetworkPortDelete (rules: &[network_port(Delete)])
        args NetworkPortDeleteArgs { port: NonnullNetworkPort, flags: NoFlags };
}
