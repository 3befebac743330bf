//! Devices that need more than QEMU: what is started, opened and made for them, and what becomes of it.
#![allow(clippy::print_stdout, reason = "a test says why it is skipped")]

use crate::support::{Host, code, domain};
use process::Program;
use protocol::error::Code;
use protocol::flags::{DomainUndefineFlagsValues, DomainXmlFlags};
use protocol::remote as wire;

const UUID: &str = "7a1c2d3e-0000-4000-8000-00000000c0de";

fn with(name: &str, devices: &str) -> String {
    let uuid = format!("<uuid>{UUID}</uuid><memory");
    domain(name)
        .replacen("<memory", &uuid, 1)
        .replace("</devices>", &format!("{devices}</devices>"))
}

/// Whether the emulator of TPMs can be started here.
fn has_swtpm() -> bool {
    let there = Program::Swtpm.locate().is_ok();
    if !there {
        println!("skipped: swtpm is not installed");
    }
    there
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emulated_tpm_keeps_its_state_as_long_as_its_domain_is_defined() {
    if !has_swtpm() {
        return;
    }
    let host = Host::new().await;
    let client = host.client().await;
    let tpm = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>";
    let dom = client.define(&with("t", tpm)).await;
    client.start(&dom).await;
    assert!(!host.tpm(UUID).is_empty());
    client.destroy(&dom).await;
    assert!(!host.tpm(UUID).is_empty());
    // The same TPM again.
    client.start(&dom).await;
    client.destroy(&dom).await;
    let keep = wire::DomainUndefineFlagsArgs {
        dom,
        flags: DomainUndefineFlagsValues::KEEP_TPM,
    };
    client
        .call::<wire::DomainUndefineFlags>(keep)
        .await
        .unwrap();
    assert!(!host.tpm(UUID).is_empty());
    let dom = client.define(&with("t", tpm)).await;
    client.undefine(&dom).await;
    assert_eq!(host.tpm(UUID), Vec::<String>::new());
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tpm_of_a_start_that_fails_leaves_nothing() {
    if !has_swtpm() {
        return;
    }
    let host = Host::new().await;
    let client = host.client().await;
    let devices = "<tpm model='tpm-tis'><backend type='emulator' version='2.0'/></tpm>\
        <parallel type='dev'><source path='/no/such/port'/></parallel>";
    let dom = client.define(&with("f", devices)).await;
    let start = client.call::<wire::DomainCreate>(wire::DomainCreateArgs { dom });
    assert_eq!(code(&start.await), Code::InternalError);
    assert_eq!(host.tpm(UUID), Vec::<String>::new());
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shared_memory_in_a_slot_has_a_file_while_the_guest_runs() {
    let host = Host::new().await;
    let client = host.client().await;
    let memory = "<memory model='dimm' access='shared'>\
        <target><size unit='MiB'>16</size></target></memory>";
    let slots = "<maxMemory slots='2' unit='MiB'>512</maxMemory><memory unit='MiB'>48</memory>";
    let text = with("m", memory)
        .replace("<memory unit='MiB'>32</memory>", slots)
        .replace("<devices>", "<features><acpi/></features><devices>");
    let dom = client.define(&text).await;
    client.start(&dom).await;
    let live = client.xml(&dom, DomainXmlFlags::empty()).await;
    assert!(live.contains("<alias name='dimm0'/>"), "{live}");
    client.destroy(&dom).await;
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_the_host_lacks_is_named() {
    let host = Host::new().await;
    let client = host.client().await;
    let stick = "<hostdev mode='subsystem' type='usb'>\
        <source><vendor id='0xffff'/><product id='0xfffe'/></source></hostdev>";
    let dom = client.define(&with("u", stick)).await;
    let start = client.call::<wire::DomainCreate>(wire::DomainCreateArgs { dom });
    let failed = start.await;
    assert_eq!(code(&failed), Code::InternalError);
    assert!(format!("{failed:?}").contains("ffff:fffe"), "{failed:?}");
    assert_eq!(host.leftovers(), Vec::<String>::new());
}
