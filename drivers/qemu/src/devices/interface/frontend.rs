//! The card that the guest sees.

use documents::domain::{Interface, InterfaceDriver, TeamingKind, TxMode};
use serde::Serialize;

use super::Facts;
use crate::devices::seat::{Guest, Seat, Transition, Virtio};

/// The card that the guest sees.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) struct Device {
    driver: String,
    #[serde(flatten)]
    virtio: Virtio,
    #[serde(skip_serializing_if = "Option::is_none")]
    tx: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ioeventfd: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_idx: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    csum: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gso: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_tso4: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_tso6: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_ecn: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_ufo: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mrg_rxbuf: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_csum: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_tso4: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_tso6: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_ecn: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_ufo: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mq: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vectors: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rx_queue_size: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tx_queue_size: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rss: Option<bool>,
    #[serde(rename = "hash", skip_serializing_if = "Option::is_none")]
    rss_hash_report: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_mtu: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failover: Option<bool>,
    netdev: String,
    id: String,
    mac: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bootindex: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rombar: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    romfile: Option<String>,
    #[serde(flatten)]
    seat: Seat,
}

/// The card in front of the back-end of the interface `alias`.
pub(super) fn device(
    interface: &Interface,
    guest: &Guest<'_>,
    facts: &Facts<'_>,
    alias: String,
) -> Device {
    let model = interface.model.as_deref().unwrap_or("virtio");
    let virtio = model.starts_with("virtio");
    let options = interface.driver.as_deref().filter(|_| virtio);
    let teaming = interface.teaming.as_ref().and_then(|team| team.kind);
    let mac = interface.mac.as_ref();
    let rom = interface.info.rom.clone().unwrap_or_default();
    Device {
        driver: driver(model, interface, guest),
        host_mtu: interface.mtu.filter(|_| virtio),
        failover: (teaming == Some(TeamingKind::Persistent)).then_some(true),
        netdev: format!("host{alias}"),
        id: alias,
        mac: mac.map(|mac| mac.address.to_string()).unwrap_or_default(),
        bootindex: facts.boot,
        rombar: rom.bar.map(u32::from),
        romfile: match rom.enabled {
            Some(false) => Some(String::new()),
            _ => rom.file,
        },
        seat: guest.seat(&interface.info),
        ..virtio_device(&options.cloned().unwrap_or_default())
    }
}

/// QEMU's device for a model of card.
fn driver(model: &str, interface: &Interface, guest: &Guest<'_>) -> String {
    let virtio = |transition| guest.virtio_driver("net", &interface.info, transition);
    match model {
        "virtio" => virtio(Transition::Either),
        "virtio-transitional" => virtio(Transition::Transitional),
        "virtio-non-transitional" => virtio(Transition::NonTransitional),
        other => other.to_owned(),
    }
}

/// What can be said of a virtio card alone.
fn virtio_device(options: &InterfaceDriver) -> Device {
    let host = options.host.clone().unwrap_or_default();
    let offloads = options.guest.clone().unwrap_or_default();
    let queues = options.queues.filter(|queues| *queues > 1);
    Device {
        virtio: Virtio::new(&options.virtio),
        tx: options.txmode.map(|mode| match mode {
            TxMode::Iothread => "bh",
            TxMode::Timer => "timer",
        }),
        ioeventfd: options.ioeventfd,
        event_idx: options.event_idx,
        csum: host.csum,
        gso: host.gso,
        host_tso4: host.tso4,
        host_tso6: host.tso6,
        host_ecn: host.ecn,
        host_ufo: host.ufo,
        mrg_rxbuf: host.mrg_rxbuf,
        guest_csum: offloads.csum,
        guest_tso4: offloads.tso4,
        guest_tso6: offloads.tso6,
        guest_ecn: offloads.ecn,
        guest_ufo: offloads.ufo,
        mq: queues.map(|_| true),
        // Two for each queue pair, one for the control queue, one for changes of the configuration.
        vectors: queues.map(|queues| queues.saturating_mul(2).saturating_add(2)),
        rx_queue_size: options.rx_queue_size,
        tx_queue_size: options.tx_queue_size,
        rss: options.rss,
        rss_hash_report: options.rss_hash_report,
        ..Device::default()
    }
}
