//! The host's network interfaces.

use protocol::error::{Code, Origin};
use protocol::flags::{
    ConnectListAllInterfacesFlags, InterfaceDefineFlags, InterfaceXmlFlags, NoFlags,
};
use protocol::remote::*;
use rpc::client::Connection;

use crate::world::*;

async fn lookup_interface(client: &Connection, name: &str) -> NonnullInterface {
    let args = InterfaceLookupByNameArgs { name: name.into() };
    ok::<InterfaceLookupByName>(client, args).await.iface
}

async fn define_interface(client: &Connection, name: &str, inner: &str) -> NonnullInterface {
    let args = InterfaceDefineXmlArgs {
        xml: format!("<interface type='ethernet' name='{name}'>{inner}</interface>"),
        flags: InterfaceDefineFlags::empty(),
    };
    ok::<InterfaceDefineXml>(client, args).await.iface
}

async fn names(client: &Connection) -> Vec<String> {
    let args = ConnectListAllInterfacesArgs {
        need_results: 1,
        flags: ConnectListAllInterfacesFlags::empty(),
    };
    let listed = ok::<ConnectListAllInterfaces>(client, args).await.ifaces;
    listed.into_iter().map(|it| it.name).collect()
}

#[tokio::test]
async fn the_default_interface_reads_as_libvirts() {
    let client = open(&driver()).await;
    let iface = lookup_interface(&client, "eth1").await;
    let args = InterfaceGetXmlDescArgs {
        iface,
        flags: InterfaceXmlFlags::empty(),
    };
    let text = ok::<InterfaceGetXmlDesc>(&client, args).await.xml;
    let expected = include_str!("../../src/default/interface.xml");
    assert_eq!(text.trim(), expected.trim());
}

#[tokio::test]
async fn an_interface_is_brought_up_and_down_once() {
    let client = open(&driver()).await;
    let iface = lookup_interface(&client, "eth1").await;
    let down = InterfaceDestroyArgs {
        iface: iface.clone(),
        flags: NoFlags,
    };
    ok::<InterfaceDestroy>(&client, down.clone()).await;
    let (invalid, test) = (Code::OperationInvalid, Origin::Test);
    refused::<InterfaceDestroy>(&client, down, invalid, test, "'eth1' is not up").await;
    let up = InterfaceCreateArgs {
        iface,
        flags: NoFlags,
    };
    ok::<InterfaceCreate>(&client, up.clone()).await;
    refused::<InterfaceCreate>(&client, up, invalid, test, "up already").await;
}

#[tokio::test]
async fn changes_are_kept_or_taken_back_as_a_whole() {
    let client = open(&driver()).await;
    let (invalid, test) = (Code::OperationInvalid, Origin::Test);
    let commit = InterfaceChangeCommitArgs { flags: NoFlags };
    refused::<InterfaceChangeCommit>(&client, commit.clone(), invalid, test, "none to commit")
        .await;
    let begin = InterfaceChangeBeginArgs { flags: NoFlags };
    ok::<InterfaceChangeBegin>(&client, begin.clone()).await;
    refused::<InterfaceChangeBegin>(&client, begin.clone(), invalid, test, "already").await;
    define_interface(&client, "eth2", "").await;
    let iface = lookup_interface(&client, "eth1").await;
    ok::<InterfaceUndefine>(&client, InterfaceUndefineArgs { iface }).await;
    assert_eq!(names(&client).await, ["eth2"]);
    let roll_back = InterfaceChangeRollbackArgs { flags: NoFlags };
    ok::<InterfaceChangeRollback>(&client, roll_back.clone()).await;
    assert_eq!(names(&client).await, ["eth1"]);
    ok::<InterfaceChangeBegin>(&client, begin).await;
    define_interface(&client, "eth2", "").await;
    ok::<InterfaceChangeCommit>(&client, commit).await;
    assert_eq!(names(&client).await, ["eth1", "eth2"]);
    refused::<InterfaceChangeRollback>(&client, roll_back, invalid, test, "roll back").await;
}

#[tokio::test]
async fn a_mac_address_finds_one_interface_or_none() {
    let client = open(&driver()).await;
    let by_mac = |mac: &str| InterfaceLookupByMacStringArgs { mac: mac.into() };
    let args = by_mac("AA:BB:CC:DD:EE:FF");
    let found = ok::<InterfaceLookupByMacString>(&client, args.clone()).await;
    assert_eq!(found.iface.name, "eth1");
    let (none, test) = (Code::NoInterface, Origin::Test);
    let unknown = by_mac("52:54:00:00:00:01");
    refused::<InterfaceLookupByMacString>(&client, unknown, none, test, "matching mac").await;
    define_interface(&client, "eth2", "<mac address='aa:bb:cc:dd:ee:ff'/>").await;
    let several = Code::MultipleInterfaces;
    refused::<InterfaceLookupByMacString>(&client, args, several, test, "").await;
}
