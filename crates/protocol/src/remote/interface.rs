//! Interfaces of the host.

use crate::{
    flags::{ConnectListAllInterfacesFlags, InterfaceDefineFlags, InterfaceXmlFlags, NoFlags},
    limits,
    procedure::procedures,
    remote::NonnullInterface,
};

procedures! {
    Remote;

    /// How many interfaces of the host are active.
    126 ConnectNumOfInterfaces "CONNECT_NUM_OF_INTERFACES"
        as virConnectNumOfInterfaces (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Interface, Getattr)),
            rules: &[connect(SearchInterfaces)],
        )
        ret ConnectNumOfInterfacesRet { num: i32 };

    /// Names of the host's active interfaces.
    127 ConnectListInterfaces "CONNECT_LIST_INTERFACES"
        as virConnectListInterfaces (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Interface, Getattr)),
            rules: &[connect(SearchInterfaces)],
        )
        args ConnectListInterfacesArgs { maxnames: i32 }
        ret ConnectListInterfacesRet {
            #[xdr(max = limits::INTERFACE_LIST_MAX)] names: Vec<String>,
        };

    /// Finds an interface by its name.
    128 InterfaceLookupByName "INTERFACE_LOOKUP_BY_NAME"
        as virInterfaceLookupByName (
            priority: High,
            read_only: Allowed,
            rules: &[interface(Getattr)],
        )
        args InterfaceLookupByNameArgs { name: String }
        ret InterfaceLookupByNameRet { iface: NonnullInterface };

    /// Finds an interface by its MAC address.
    129 InterfaceLookupByMacString "INTERFACE_LOOKUP_BY_MAC_STRING"
        as virInterfaceLookupByMACString (
            priority: High,
            read_only: Allowed,
            rules: &[interface(Getattr)],
        )
        args InterfaceLookupByMacStringArgs { mac: String }
        ret InterfaceLookupByMacStringRet { iface: NonnullInterface };

    /// An interface's configuration as XML.
    130 InterfaceGetXmlDesc "INTERFACE_GET_XML_DESC"
        as virInterfaceGetXMLDesc (read_only: Allowed, rules: &[interface(Read)])
        args InterfaceGetXmlDescArgs { iface: NonnullInterface, flags: InterfaceXmlFlags }
        ret InterfaceGetXmlDescRet { xml: String };

    /// Defines an interface, or changes its definition.
    131 InterfaceDefineXml "INTERFACE_DEFINE_XML"
        as virInterfaceDefineXML (priority: High, rules: &[interface(Write), interface(Save)])
        args InterfaceDefineXmlArgs { xml: String, flags: InterfaceDefineFlags }
        ret InterfaceDefineXmlRet { iface: NonnullInterface };

    /// Forgets an interface's definition.
    132 InterfaceUndefine "INTERFACE_UNDEFINE"
        as virInterfaceUndefine (priority: High, rules: &[interface(Delete)])
        args InterfaceUndefineArgs { iface: NonnullInterface };

    /// Brings an interface up.
    133 InterfaceCreate "INTERFACE_CREATE" as virInterfaceCreate (rules: &[interface(Start)])
        args InterfaceCreateArgs { iface: NonnullInterface, flags: NoFlags };

    /// Takes an interface down.
    134 InterfaceDestroy "INTERFACE_DESTROY"
        as virInterfaceDestroy (priority: High, rules: &[interface(Stop)])
        args InterfaceDestroyArgs { iface: NonnullInterface, flags: NoFlags };

    /// How many defined interfaces are not active.
    137 ConnectNumOfDefinedInterfaces "CONNECT_NUM_OF_DEFINED_INTERFACES"
        as virConnectNumOfDefinedInterfaces (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Interface, Getattr)),
            rules: &[connect(SearchInterfaces)],
        )
        ret ConnectNumOfDefinedInterfacesRet { num: i32 };

    /// Names of the defined interfaces that are not active.
    138 ConnectListDefinedInterfaces "CONNECT_LIST_DEFINED_INTERFACES"
        as virConnectListDefinedInterfaces (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Interface, Getattr)),
            rules: &[connect(SearchInterfaces)],
        )
        args ConnectListDefinedInterfacesArgs { maxnames: i32 }
        ret ConnectListDefinedInterfacesRet {
            #[xdr(max = limits::INTERFACE_LIST_MAX)] names: Vec<String>,
        };

    /// Whether an interface is active.
    156 InterfaceIsActive "INTERFACE_IS_ACTIVE"
        as virInterfaceIsActive (priority: High, read_only: Allowed, rules: &[interface(Read)])
        args InterfaceIsActiveArgs { iface: NonnullInterface }
        ret InterfaceIsActiveRet { active: i32 };

    /// Starts a transaction of changes to the host's interfaces.
    220 InterfaceChangeBegin "INTERFACE_CHANGE_BEGIN"
        as virInterfaceChangeBegin (rules: &[connect(InterfaceTransaction)])
        args InterfaceChangeBeginArgs { flags: NoFlags };

    /// Keeps the changes of the transaction.
    221 InterfaceChangeCommit "INTERFACE_CHANGE_COMMIT"
        as virInterfaceChangeCommit (rules: &[connect(InterfaceTransaction)])
        args InterfaceChangeCommitArgs { flags: NoFlags };

    /// Undoes the changes of the transaction.
    222 InterfaceChangeRollback "INTERFACE_CHANGE_ROLLBACK"
        as virInterfaceChangeRollback (rules: &[connect(InterfaceTransaction)])
        args InterfaceChangeRollbackArgs { flags: NoFlags };

    /// All interfaces that pass the filters.
    284 ConnectListAllInterfaces "CONNECT_LIST_ALL_INTERFACES"
        as virConnectListAllInterfaces (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Interface, Getattr)),
            rules: &[connect(SearchInterfaces)],
        )
        args ConnectListAllInterfacesArgs {
            need_results: i32,
            flags: ConnectListAllInterfacesFlags,
        }
        ret ConnectListAllInterfacesRet {
            #[xdr(max = limits::INTERFACE_LIST_MAX)] ifaces: Vec<NonnullInterface>,
            ret: u32,
        };
}
