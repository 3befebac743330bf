//! Virtual networks.

use protocol::error::{Code, Origin};
use protocol::flags::{ConnectListAllNetworksFlags, NetworkXmlFlags};
use protocol::remote::*;
use rpc::client::{Connection, Incoming};

use crate::world::*;

const DOCUMENT: &str = "<network><name>lab</name><bridge name='virbr7'/></network>";

async fn lookup_network(client: &Connection, name: &str) -> NonnullNetwork {
    ok::<NetworkLookupByName>(
        client,
        NetworkLookupByNameArgs {
            name: name.to_owned(),
        },
    )
    .await
    .net
}

#[tokio::test]
async fn the_default_network_reads_as_libvirts() {
    let client = open(&driver()).await;
    let net = lookup_network(&client, "default").await;
    let args = NetworkGetXmlDescArgs {
        net: net.clone(),
        flags: NetworkXmlFlags::empty(),
    };
    let text = ok::<NetworkGetXmlDesc>(&client, args).await.xml;
    assert_eq!(
        text.trim(),
        include_str!("../../src/default/network.xml").trim()
    );
    let args = NetworkGetBridgeNameArgs { net };
    assert_eq!(
        ok::<NetworkGetBridgeName>(&client, args).await.name,
        "virbr0"
    );
}

#[tokio::test]
async fn a_network_goes_through_all_its_states() {
    let client = open(&driver()).await;
    let mut events = client.events();
    let args = ConnectNetworkEventRegisterAnyArgs {
        event_id: 0,
        net: None,
    };
    ok::<ConnectNetworkEventRegisterAny>(&client, args).await;
    let net = ok::<NetworkDefineXml>(
        &client,
        NetworkDefineXmlArgs {
            xml: DOCUMENT.into(),
        },
    )
    .await
    .net;
    ok::<NetworkCreate>(&client, NetworkCreateArgs { net: net.clone() }).await;
    let (invalid, test) = (Code::OperationInvalid, Origin::Test);
    let args = NetworkCreateArgs { net: net.clone() };
    refused::<NetworkCreate>(&client, args, invalid, test, "already active").await;
    let args = NetworkSetAutostartArgs {
        net: net.clone(),
        autostart: 1,
    };
    ok::<NetworkSetAutostart>(&client, args).await;
    ok::<NetworkDestroy>(&client, NetworkDestroyArgs { net: net.clone() }).await;
    let args = NetworkDestroyArgs { net: net.clone() };
    refused::<NetworkDestroy>(&client, args, invalid, test, "network 'lab' is not active").await;
    ok::<NetworkUndefine>(&client, NetworkUndefineArgs { net: net.clone() }).await;
    let args = NetworkIsActiveArgs { net };
    let gone = "Network not found: no network with matching uuid";
    refused::<NetworkIsActive>(&client, args, Code::NoNetwork, test, gone).await;
    for expected in [0, 2, 3, 1] {
        let Some(Incoming::Event(event)) = events.recv().await else {
            panic!("no event")
        };
        let message: NetworkEventLifecycleMsg = xdr::from_bytes(&event.payload).unwrap();
        assert_eq!(
            (message.event, message.net.name.as_str()),
            (expected, "lab")
        );
    }
}

#[tokio::test]
async fn a_transient_network_is_gone_when_it_stops() {
    let client = open(&driver()).await;
    let net = ok::<NetworkCreateXml>(
        &client,
        NetworkCreateXmlArgs {
            xml: DOCUMENT.into(),
        },
    )
    .await
    .net;
    let args = NetworkSetAutostartArgs {
        net: net.clone(),
        autostart: 1,
    };
    let (invalid, test) = (Code::OperationInvalid, Origin::Test);
    refused::<NetworkSetAutostart>(&client, args, invalid, test, "transient").await;
    let flags = ConnectListAllNetworksFlags::TRANSIENT;
    let args = ConnectListAllNetworksArgs {
        need_results: 1,
        flags,
    };
    assert_eq!(
        ok::<ConnectListAllNetworks>(&client, args.clone())
            .await
            .nets,
        std::slice::from_ref(&net)
    );
    ok::<NetworkDestroy>(&client, NetworkDestroyArgs { net }).await;
    assert_eq!(ok::<ConnectListAllNetworks>(&client, args).await.ret, 0);
}

#[tokio::test]
async fn names_are_unique() {
    let client = open(&driver()).await;
    let xml = DOCUMENT.replace("lab", "default");
    let taken = "network 'default' already exists with uuid dd8fe884-";
    let args = NetworkDefineXmlArgs { xml };
    let (failed, network) = (Code::OperationFailed, Origin::Network);
    refused::<NetworkDefineXml>(&client, args, failed, network, taken).await;
}
