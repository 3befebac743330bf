//! Guests of other architectures, with the emulators and the guest that `cargo xtask guest` makes; without them the tests
//! say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "this is part of a test"
)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use protocol::enums::DomainState;
use protocol::flags::DomainCreateFlags;
use protocol::remote as wire;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::time::timeout;

use crate::support::Host;

/// No emulated processor takes so long to boot.
const BOOT: Duration = Duration::from_secs(240);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_arm_guest_boots_outlives_the_driver_and_obeys_the_power_button() {
    let emulator = made("emulators/arm/unpacked/usr/bin/qemu-system-aarch64");
    let (kernel, initrd) = (made("arm64/vmlinuz"), made("arm64/initrd.cpio"));
    let firmware = "emulators/qemu-efi-aarch64/unpacked/usr/share/AAVMF";
    let code = made(&format!("{firmware}/AAVMF_CODE.fd"));
    let variables = made(&format!("{firmware}/AAVMF_VARS.fd"));
    let files = (emulator, kernel, initrd, code, variables);
    let (Some(emulator), Some(kernel), Some(initrd), Some(code), Some(variables)) = files else {
        println!("skipped: cargo xtask guest has made no guest of ARM");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("console");
    let xml = format!(
        "<domain type='qemu'><name>arm</name><memory unit='MiB'>256</memory><vcpu>1</vcpu>\
         <os><type arch='aarch64' machine='virt'>hvm</type>\
         <loader readonly='yes' type='pflash'>{}</loader><nvram template='{}'/><kernel>{}</kernel>\
         <initrd>{}</initrd><cmdline>console=ttyAMA0 quiet</cmdline></os>\
         <features><acpi/></features>\
         <cpu mode='custom' match='exact'><model>cortex-a57</model></cpu>\
         <devices><emulator>{}</emulator>\
         <controller type='usb' model='qemu-xhci'/><input type='tablet' bus='usb'/>\
         <rng model='virtio'><backend model='builtin'/></rng><memballoon model='virtio'/>{}\
         </devices></domain>",
        code.display(),
        variables.display(),
        kernel.display(),
        initrd.display(),
        emulator.display(),
        serial(&socket),
    );
    let mut host = Host::new().await;
    let client = host.client().await;
    let dom = client.create(&xml, DomainCreateFlags::START_PAUSED).await;
    let mut console = Console::connect(&socket).await;
    client.resume(&dom).await;
    console.wait_for("Ferrovirt guest ready: Linux").await;

    console.say("devices\n").await;
    let told = console.wait_for("ok").await;
    // The controller of USB, the balloon, and what gives random numbers.
    for device in ["0x1b36 0x000d", "0x1af4 0x1045", "0x1af4 0x1044"] {
        assert!(told.contains(device), "no {device}: {told}");
    }

    client.close();
    host.abandon();
    host.reopen().await;
    let client = host.client().await;
    let events = client.lifecycle_events().await;
    let dom = client.lookup("arm").await;
    assert_eq!(client.state(&dom).await.0, DomainState::Running);
    let args = wire::DomainShutdownArgs { dom };
    client.call::<wire::DomainShutdown>(args).await.unwrap();
    // Stopped, because the guest shut down.
    events.take_until((5, 0)).await;
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_riscv_guest_runs_its_firmware_until_it_is_destroyed() {
    let emulator = made("emulators/riscv/unpacked/usr/bin/qemu-system-riscv64");
    let firmware =
        made("emulators/opensbi/unpacked/usr/lib/riscv64-linux-gnu/opensbi/generic/fw_dynamic.bin");
    let (Some(emulator), Some(firmware)) = (emulator, firmware) else {
        println!("skipped: cargo xtask guest has unpacked no emulator of RISC-V");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("console");
    let xml = format!(
        "<domain type='qemu'><name>riscv</name><memory unit='MiB'>128</memory><vcpu>2</vcpu>\
         <os><type arch='riscv64' machine='virt'>hvm</type><loader type='rom'>{}</loader></os>\
         <devices><emulator>{}</emulator>{}</devices></domain>",
        firmware.display(),
        emulator.display(),
        serial(&socket),
    );
    let host = Host::new().await;
    let client = host.client().await;
    let dom = client.create(&xml, DomainCreateFlags::START_PAUSED).await;
    let mut console = Console::connect(&socket).await;
    client.resume(&dom).await;
    let told = console.wait_for("Boot HART ISA").await;
    assert!(told.contains("Platform HART Count       : 2"), "{told}");
    client.destroy(&dom).await;
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

/// A file that `cargo xtask guest` has made.
fn made(relative: &str) -> Option<PathBuf> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/guest");
    let path = place.join(relative).canonicalize().ok()?;
    path.is_file().then_some(path)
}

fn serial(socket: &Path) -> String {
    format!(
        "<serial type='unix'><source mode='bind' path='{}'/></serial>",
        socket.display()
    )
}

/// The guest's first serial port.
struct Console(UnixStream);

impl Console {
    async fn connect(socket: &Path) -> Self {
        Self(UnixStream::connect(socket).await.unwrap())
    }

    /// What the guest says until and including these words.
    async fn wait_for(&mut self, words: &str) -> String {
        let mut said = Vec::new();
        let read = async {
            while !String::from_utf8_lossy(&said).contains(words) {
                let byte = self.0.read_u8().await.expect("the guest still speaks");
                said.push(byte);
            }
        };
        let waited = timeout(BOOT, read).await;
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(waited.is_ok(), "no '{words}' in: {said}");
        said
    }

    async fn say(&mut self, words: &str) {
        self.0.write_all(words.as_bytes()).await.unwrap();
    }
}
