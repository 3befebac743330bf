//! The devices of the host.

use protocol::error::{Code, Origin};
use protocol::flags::{
    ConnectListAllNodeDeviceFlags as Flags, NoFlags, NodeDeviceCreateXmlFlags, NodeDeviceXmlFlags,
    StoragePoolCreateFlags,
};
use protocol::remote::*;
use rpc::client::{Connection, Incoming};

use crate::world::*;

async fn names(client: &Connection, flags: Flags) -> Vec<String> {
    let args = ConnectListAllNodeDevicesArgs {
        need_results: 1,
        flags,
    };
    let listed = ok::<ConnectListAllNodeDevices>(client, args).await.devices;
    listed.into_iter().map(|it| it.name).collect()
}

fn vport(parent: &str) -> NodeDeviceCreateXmlArgs {
    NodeDeviceCreateXmlArgs {
        xml_desc: format!(
            "<device>{parent}<capability type='scsi_host'><capability type='fc_host'>\
             <wwnn>2000000012340000</wwnn><wwpn>1000000012340000</wwpn>\
             </capability></capability></device>"
        ),
        flags: NodeDeviceCreateXmlFlags::empty(),
    }
}

#[tokio::test]
async fn the_default_devices_read_as_libvirts() {
    let client = open(&driver()).await;
    let mut text = String::new();
    for name in names(&client, Flags::empty()).await {
        let args = NodeDeviceGetXmlDescArgs {
            name,
            flags: NodeDeviceXmlFlags::empty(),
        };
        text.push_str(&ok::<NodeDeviceGetXmlDesc>(&client, args).await.xml);
    }
    let expected = include_str!("../../src/default/node_devices.xml");
    assert_eq!(text.trim(), expected.trim());
}

#[tokio::test]
async fn devices_are_listed_by_what_they_are() {
    let client = open(&driver()).await;
    let both = ["scsi_host1", "scsi_host2"];
    assert_eq!(names(&client, Flags::CAP_VPORTS).await, both);
    assert_eq!(names(&client, Flags::CAP_SYSTEM).await, ["computer"]);
    assert!(names(&client, Flags::CAP_NET).await.is_empty());
    assert!(names(&client, Flags::INACTIVE).await.is_empty());
    let args = NodeListDevicesArgs {
        cap: Some("vports".into()),
        maxnames: 9,
        flags: NoFlags,
    };
    assert_eq!(ok::<NodeListDevices>(&client, args).await.names, both);
    let args = NodeDeviceListCapsArgs {
        name: "scsi_host1".into(),
        maxnames: 9,
    };
    assert_eq!(
        ok::<NodeDeviceListCaps>(&client, args).await.names,
        ["scsi_host"]
    );
}

#[tokio::test]
async fn virtual_ports_come_and_go() {
    let client = open(&driver()).await;
    let mut events = client.events();
    let args = ConnectNodeDeviceEventRegisterAnyArgs {
        event_id: 0,
        dev: None,
    };
    ok::<ConnectNodeDeviceEventRegisterAny>(&client, args).await;
    let args = vport("<parent>scsi_host2</parent>");
    let made = ok::<NodeDeviceCreateXml>(&client, args).await.dev;
    assert_eq!(made.name, "scsi_host12");
    let args = NodeDeviceGetParentArgs {
        name: made.name.clone(),
    };
    let parent = ok::<NodeDeviceGetParent>(&client, args).await.parent_name;
    assert_eq!(parent.as_deref(), Some("scsi_host2"));
    let args = NodeDeviceDestroyArgs { name: made.name };
    ok::<NodeDeviceDestroy>(&client, args.clone()).await;
    let (none, test) = (Code::NoNodeDevice, Origin::Test);
    refused::<NodeDeviceDestroy>(&client, args, none, test, "'scsi_host12'").await;
    for expected in [0, 1] {
        let Some(Incoming::Event(event)) = events.recv().await else {
            panic!("no event")
        };
        let message: NodeDeviceEventLifecycleMsg = xdr::from_bytes(&event.payload).unwrap();
        assert_eq!(
            (message.event, message.dev.name.as_str()),
            (expected, "scsi_host12")
        );
    }
}

#[tokio::test]
async fn a_port_needs_an_adapter_that_has_ports() {
    let client = open(&driver()).await;
    let (internal, nodedev) = (Code::InternalError, Origin::Nodedev);
    for (parent, code, phrase) in [
        ("<parent>nosuch</parent>", internal, "Could not find parent"),
        (
            "<parent>computer</parent>",
            internal,
            "not capable of vport",
        ),
        ("<parent wwnn='2000000012341234'/>", Code::XmlError, "both"),
        (
            "<parent fabric_wwn='1'/>",
            internal,
            "Could not find parent",
        ),
    ] {
        refused::<NodeDeviceCreateXml>(&client, vport(parent), code, nodedev, phrase).await;
    }
    let args = NodeDeviceDestroyArgs {
        name: "computer".into(),
    };
    refused::<NodeDeviceDestroy>(&client, args, internal, nodedev, "fibre channel").await;
}

#[tokio::test]
async fn a_pool_on_a_virtual_port_makes_and_removes_it() {
    let client = open(&driver()).await;
    let args = StoragePoolCreateXmlArgs {
        xml: "<pool type='scsi'><name>fc</name><source><adapter type='fc_host' \
              wwnn='2000000012340000' wwpn='1000000012340000'/></source>\
              <target><path>/dev/disk/by-path</path></target></pool>"
            .into(),
        flags: StoragePoolCreateFlags::empty(),
    };
    let pool = ok::<StoragePoolCreateXml>(&client, args).await.pool;
    let hosts = Flags::CAP_SCSI_HOST;
    assert!(
        names(&client, hosts)
            .await
            .contains(&"scsi_host12".to_owned())
    );
    ok::<StoragePoolDestroy>(&client, StoragePoolDestroyArgs { pool }).await;
    assert!(
        !names(&client, hosts)
            .await
            .contains(&"scsi_host12".to_owned())
    );
}
