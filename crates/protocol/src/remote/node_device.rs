//! Devices of the host.

use crate::{
    enums::NodeDeviceEventId,
    flags::{
        ConnectListAllNodeDeviceFlags, NoFlags, NodeDeviceCreateXmlFlags, NodeDeviceDefineXmlFlags,
        NodeDeviceUpdateFlags, NodeDeviceXmlFlags,
    },
    limits,
    procedure::{events, procedures},
    remote::NonnullNodeDevice,
};

procedures! {
    Remote;

    /// How many devices of the host have a capability.
    111 NodeNumOfDevices "NODE_NUM_OF_DEVICES"
        as virNodeNumOfDevices (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::NodeDevice, Getattr)),
            rules: &[connect(SearchNodeDevices)],
        )
        args NodeNumOfDevicesArgs { cap: Option<String>, flags: NoFlags }
        ret NodeNumOfDevicesRet { num: i32 };

    /// Names of the host's devices that have a capability.
    112 NodeListDevices "NODE_LIST_DEVICES"
        as virNodeListDevices (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::NodeDevice, Getattr)),
            rules: &[connect(SearchNodeDevices)],
        )
        args NodeListDevicesArgs { cap: Option<String>, maxnames: i32, flags: NoFlags }
        ret NodeListDevicesRet { #[xdr(max = limits::NODE_DEVICE_LIST_MAX)] names: Vec<String> };

    /// Finds a device of the host by its name.
    113 NodeDeviceLookupByName "NODE_DEVICE_LOOKUP_BY_NAME"
        as virNodeDeviceLookupByName (
            priority: High,
            read_only: Allowed,
            rules: &[node_device(Getattr)],
        )
        args NodeDeviceLookupByNameArgs { name: String }
        ret NodeDeviceLookupByNameRet { dev: NonnullNodeDevice };

    /// A host device's description as XML.
    114 NodeDeviceGetXmlDesc "NODE_DEVICE_GET_XML_DESC"
        as virNodeDeviceGetXMLDesc (read_only: Allowed, rules: &[node_device(Read)])
        args NodeDeviceGetXmlDescArgs { name: String, flags: NodeDeviceXmlFlags }
        ret NodeDeviceGetXmlDescRet { xml: String };

    /// The device that a device hangs on.
    115 NodeDeviceGetParent "NODE_DEVICE_GET_PARENT"
        as virNodeDeviceGetParent (priority: High, read_only: Allowed, rules: &[node_device(Read)])
        args NodeDeviceGetParentArgs { name: String }
        ret NodeDeviceGetParentRet { #[xdr(name = "parentName")] parent_name: Option<String> };

    /// How many capabilities a device has.
    116 NodeDeviceNumOfCaps "NODE_DEVICE_NUM_OF_CAPS"
        as virNodeDeviceNumOfCaps (priority: High, read_only: Allowed, rules: &[node_device(Read)])
        args NodeDeviceNumOfCapsArgs { name: String }
        ret NodeDeviceNumOfCapsRet { num: i32 };

    /// Names of a device's capabilities.
    117 NodeDeviceListCaps "NODE_DEVICE_LIST_CAPS"
        as virNodeDeviceListCaps (priority: High, read_only: Allowed, rules: &[node_device(Read)])
        args NodeDeviceListCapsArgs { name: String, maxnames: i32 }
        ret NodeDeviceListCapsRet {
            #[xdr(max = limits::NODE_DEVICE_CAPS_LIST_MAX)] names: Vec<String>,
        };

    /// Takes a device from its host driver, to give it to a domain.
    118 NodeDeviceDettach "NODE_DEVICE_DETTACH"
        as virNodeDeviceDettach (rules: &[node_device(Detach)])
        args NodeDeviceDettachArgs { name: String };

    /// Gives a device back to its host driver.
    119 NodeDeviceReAttach "NODE_DEVICE_RE_ATTACH"
        as virNodeDeviceReAttach (rules: &[node_device(Detach)])
        args NodeDeviceReAttachArgs { name: String };

    /// Resets a device of the host.
    120 NodeDeviceReset "NODE_DEVICE_RESET" as virNodeDeviceReset (rules: &[node_device(Detach)])
        args NodeDeviceResetArgs { name: String };

    /// Creates a device from its XML, as a virtual port or a mediated device.
    123 NodeDeviceCreateXml "NODE_DEVICE_CREATE_XML"
        as virNodeDeviceCreateXML (rules: &[node_device(Write), node_device(Start)])
        args NodeDeviceCreateXmlArgs { xml_desc: String, flags: NodeDeviceCreateXmlFlags }
        ret NodeDeviceCreateXmlRet { dev: NonnullNodeDevice };

    /// Removes a device that was created.
    124 NodeDeviceDestroy "NODE_DEVICE_DESTROY"
        as virNodeDeviceDestroy (priority: High, rules: &[node_device(Stop)])
        args NodeDeviceDestroyArgs { name: String };

    /// All devices of the host that pass the filters.
    285 ConnectListAllNodeDevices "CONNECT_LIST_ALL_NODE_DEVICES"
        as virConnectListAllNodeDevices (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::NodeDevice, Getattr)),
            rules: &[connect(SearchNodeDevices)],
        )
        args ConnectListAllNodeDevicesArgs {
            need_results: i32,
            flags: ConnectListAllNodeDeviceFlags,
        }
        ret ConnectListAllNodeDevicesRet {
            #[xdr(max = limits::NODE_DEVICE_LIST_MAX)] devices: Vec<NonnullNodeDevice>,
            ret: u32,
        };

    /// Finds a SCSI host adapter by its world wide names.
    297 NodeDeviceLookupScsiHostByWwn "NODE_DEVICE_LOOKUP_SCSI_HOST_BY_WWN"
        as virNodeDeviceLookupSCSIHostByWWN (
            priority: High,
            read_only: Allowed,
            rules: &[node_device(Getattr)],
        )
        args NodeDeviceLookupScsiHostByWwnArgs { wwnn: String, wwpn: String, flags: NoFlags }
        ret NodeDeviceLookupScsiHostByWwnRet { dev: NonnullNodeDevice };

    /// Takes a device from its host driver, with a choice of the driver for passing it on.
    301 NodeDeviceDetachFlags "NODE_DEVICE_DETACH_FLAGS"
        as virNodeDeviceDetachFlags (rules: &[node_device(Detach)])
        args NodeDeviceDetachFlagsArgs {
            name: String,
            #[xdr(name = "driverName")] driver_name: Option<String>,
            flags: NoFlags,
        };

    /// Asks for one kind of host device events.
    374 ConnectNodeDeviceEventRegisterAny "CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY"
        as virConnectNodeDeviceEventRegisterAny (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::NodeDevice, Getattr)),
            rules: &[connect(SearchNodeDevices)],
        )
        args ConnectNodeDeviceEventRegisterAnyArgs {
            #[xdr(name = "eventID")] event_id: i32,
            dev: Option<NonnullNodeDevice>,
        }
        ret ConnectNodeDeviceEventRegisterAnyRet { #[xdr(name = "callbackID")] callback_id: i32 };

    /// Ends what `ConnectNodeDeviceEventRegisterAny` began.
    375 ConnectNodeDeviceEventDeregisterAny "CONNECT_NODE_DEVICE_EVENT_DEREGISTER_ANY"
        as virConnectNodeDeviceEventDeregisterAny (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Read)],
        )
        args ConnectNodeDeviceEventDeregisterAnyArgs {
            #[xdr(name = "callbackID")] callback_id: i32,
        };

    /// Defines a device of the host, as a mediated device.
    428 NodeDeviceDefineXml "NODE_DEVICE_DEFINE_XML"
        as virNodeDeviceDefineXML (rules: &[node_device(Write), node_device(Save)])
        args NodeDeviceDefineXmlArgs { xml_desc: String, flags: NodeDeviceDefineXmlFlags }
        ret NodeDeviceDefineXmlRet { dev: NonnullNodeDevice };

    /// Forgets a host device's definition.
    429 NodeDeviceUndefine "NODE_DEVICE_UNDEFINE"
        as virNodeDeviceUndefine (priority: High, rules: &[node_device(Delete)])
        args NodeDeviceUndefineArgs { name: String, flags: NoFlags };

    /// Creates a defined device of the host.
    430 NodeDeviceCreate "NODE_DEVICE_CREATE"
        as virNodeDeviceCreate (priority: High, rules: &[node_device(Start)])
        args NodeDeviceCreateArgs { name: String, flags: NoFlags };

    /// Whether a device of the host starts with it.
    433 NodeDeviceGetAutostart "NODE_DEVICE_GET_AUTOSTART"
        as virNodeDeviceGetAutostart (
            priority: High,
            read_only: Allowed,
            rules: &[node_device(Read)],
        )
        args NodeDeviceGetAutostartArgs { name: String }
        ret NodeDeviceGetAutostartRet { autostart: i32 };

    /// Sets whether a device of the host starts with it.
    434 NodeDeviceSetAutostart "NODE_DEVICE_SET_AUTOSTART"
        as virNodeDeviceSetAutostart (priority: High, rules: &[node_device(Write)])
        args NodeDeviceSetAutostartArgs { name: String, autostart: i32 };

    /// Whether a device of the host is defined.
    435 NodeDeviceIsPersistent "NODE_DEVICE_IS_PERSISTENT"
        as virNodeDeviceIsPersistent (
            priority: High,
            read_only: Allowed,
            rules: &[node_device(Read)],
        )
        args NodeDeviceIsPersistentArgs { name: String }
        ret NodeDeviceIsPersistentRet { persistent: i32 };

    /// Whether a device of the host is active.
    436 NodeDeviceIsActive "NODE_DEVICE_IS_ACTIVE"
        as virNodeDeviceIsActive (priority: High, read_only: Allowed, rules: &[node_device(Read)])
        args NodeDeviceIsActiveArgs { name: String }
        ret NodeDeviceIsActiveRet { active: i32 };

    /// Changes a device of the host, live, in its definition, or both.
    447 NodeDeviceUpdate "NODE_DEVICE_UPDATE"
        as virNodeDeviceUpdate (
            priority: High,
            rules: &[
                node_device(Write),
                node_device(Save).when_none(
                    NodeDeviceUpdateFlags::CONFIG.bits() | NodeDeviceUpdateFlags::LIVE.bits(),
                ),
                node_device(Save).when_all(NodeDeviceUpdateFlags::CONFIG.bits()),
            ],
        )
        args NodeDeviceUpdateArgs { name: String, xml_desc: String, flags: NodeDeviceUpdateFlags }
        judged by |args| args.flags.bits();
}

events! {
    Remote;

    /// A device of the host appeared, went, was defined ….
    376 NodeDeviceEventLifecycle "NODE_DEVICE_EVENT_LIFECYCLE" (
        id: Some((Object::NodeDevice, NodeDeviceEventId::Lifecycle.value())),
    )
        msg NodeDeviceEventLifecycleMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dev: NonnullNodeDevice,
            event: i32,
            detail: i32,
        };

    /// A device of the host changed.
    377 NodeDeviceEventUpdate "NODE_DEVICE_EVENT_UPDATE" (
        id: Some((Object::NodeDevice, NodeDeviceEventId::Update.value())),
    )
        msg NodeDeviceEventUpdateMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dev: NonnullNodeDevice,
        };
}
