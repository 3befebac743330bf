//! Virtual networks.

use ferrovirt::flags::ConnectListAllNetworksFlags;

use crate::open;

const DOCUMENT: &str = "<network><name>lab</name><bridge name='lab0'/>\
     <forward mode='nat'/><ip address='10.7.0.1' netmask='255.255.255.0'/></network>";

#[tokio::test]
async fn a_network_is_defined_started_and_forgotten() {
    let host = open().await;
    let network = host.define_network(DOCUMENT).await.expect("defined");
    assert_eq!(network.name(), "lab");
    assert!(!network.is_active().await.expect("an answer"));
    network.start().await.expect("up");
    assert!(network.is_active().await.expect("an answer"));
    assert!(network.is_persistent().await.expect("an answer"));
    assert_eq!(network.bridge_name().await.expect("a bridge"), "lab0");
    network.set_autostart(true).await.expect("set");
    assert!(network.autostart().await.expect("an answer"));
    let found = host.lookup_network_by_uuid(network.uuid()).await;
    assert_eq!(found.expect("by UUID"), network);
    network.destroy().await.expect("down");
    network.undefine().await.expect("forgotten");
    let error = host.lookup_network("lab").await.expect_err("forgotten");
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn a_transient_network_ends_when_it_stops() {
    let host = open().await;
    let document = DOCUMENT.replace("lab", "passing").replace("10.7", "10.8");
    let network = host.create_network(&document).await.expect("up");
    assert!(!network.is_persistent().await.expect("an answer"));
    network.destroy().await.expect("down");
    let all = ConnectListAllNetworksFlags::empty();
    let all = host.list_all_networks(all).await.expect("a list");
    assert!(!all.contains(&network));
    assert!(all.iter().any(|network| network.name() == "default"));
}
