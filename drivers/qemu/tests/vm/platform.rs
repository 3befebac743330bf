//! What the guest as a whole needs of the host: variables for its firmware, files for its memory.
#![allow(clippy::panic, reason = "a test says what it needs")]

use crate::support::{Host, code, domain, raw_image};
use protocol::error::Code;
use protocol::flags::{DomainCreateFlags, DomainXmlFlags};
use protocol::remote as wire;

/// UEFI firmware for guests, unpacked where `cargo xtask guest` leaves it.
fn firmware(file: &str) -> String {
    let guest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/guest");
    let path = format!("{guest}/firmware/unpacked/usr/share/OVMF/{file}");
    let there = std::fs::canonicalize(&path);
    let there = there.unwrap_or_else(|_| panic!("{path} is missing: run `cargo xtask guest`"));
    there.to_string_lossy().into_owned()
}

fn with_firmware(name: &str) -> String {
    let os = format!(
        "<loader readonly='yes' type='pflash'>{}</loader><nvram template='{}'/></os>",
        firmware("OVMF_CODE_4M.fd"),
        firmware("OVMF_VARS_4M.fd"),
    );
    domain(name)
        .replace("</os>", &os)
        .replace("machine='pc'", "machine='q35'")
        .replace("<devices>", "<features><acpi/></features><devices>")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn firmware_gets_variables_at_its_first_start_and_keeps_them() {
    let host = Host::new().await;
    let client = host.client().await;
    let dom = client.define(&with_firmware("u")).await;
    assert_eq!(host.variables("u"), None);
    client.start(&dom).await;
    client.destroy(&dom).await;
    let fresh = host.variables("u").unwrap();
    assert!(fresh.len() > 0x1_0000, "{}", fresh.len());

    host.write_variables("u", &vec![0xff; fresh.len()]);
    client.start(&dom).await;
    client.destroy(&dom).await;
    assert_ne!(host.variables("u").unwrap(), fresh);

    let reset = wire::DomainCreateWithFlagsArgs {
        dom: dom.clone(),
        flags: DomainCreateFlags::START_RESET_NVRAM | DomainCreateFlags::START_PAUSED,
    };
    client
        .call::<wire::DomainCreateWithFlags>(reset)
        .await
        .unwrap();
    assert_eq!(host.variables("u").unwrap(), fresh);
    client.destroy(&dom).await;
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn firmware_without_a_template_is_named() {
    let host = Host::new().await;
    let client = host.client().await;
    let loader = "<loader readonly='yes' type='pflash'>/no/code</loader>";
    let text = domain("n").replace(
        "</os>",
        &format!("{loader}</os><features><acpi/></features>"),
    );
    let dom = client.define(&text).await;
    let start = client.call::<wire::DomainCreate>(wire::DomainCreateArgs { dom });
    let failed = start.await;
    assert_eq!(code(&failed), Code::OperationFailed);
    assert!(format!("{failed:?}").contains("/no/code"), "{failed:?}");
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_in_files_has_a_directory_while_the_guest_runs() {
    let host = Host::new().await;
    let client = host.client().await;
    let backing = "<memoryBacking><source type='file'/><access mode='shared'/>\
        </memoryBacking><vcpu>";
    let text = domain("f").replacen("<vcpu>", backing, 1);
    let dom = client.create(&text, DomainCreateFlags::START_PAUSED).await;
    let memory = format!("{}-f", dom.id);
    assert!(host.leftovers().contains(&memory), "{:?}", host.leftovers());
    let live = client.xml(&dom, DomainXmlFlags::empty()).await;
    assert!(live.contains("<source type='file'/>"), "{live}");
    let maps = host.process_file("f", "maps");
    assert!(maps.contains(&memory), "{maps}");
    client.destroy(&dom).await;
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transient_disk_leaves_its_image_as_it_is() {
    let host = Host::new().await;
    let client = host.client().await;
    let folder = tempfile::tempdir().unwrap();
    let image = folder.path().join("disk.img");
    raw_image(&image);
    let disk = format!(
        "<disk type='file'><driver type='raw'/><source file='{}'/><target dev='vda' bus='virtio'/>\
         <transient shareBacking='yes'/></disk></devices>",
        image.display()
    );
    let first = client
        .define(&domain("a").replace("</devices>", &disk))
        .await;
    let second = client
        .define(&domain("b").replace("</devices>", &disk))
        .await;
    client.start(&first).await;
    // The image is shared: each has an overlay of its own.
    client.start(&second).await;
    let live = client.xml(&first, DomainXmlFlags::empty()).await;
    assert!(live.contains("disk.img.TRANSIENT-a' index='2'/>"), "{live}");
    let overlay = folder.path().join("disk.img.TRANSIENT-b");
    assert!(overlay.exists());
    client.destroy(&first).await;
    client.destroy(&second).await;
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(host.leftovers(), Vec::<String>::new());

    raw_image(&overlay);
    let again = client.call::<wire::DomainCreate>(wire::DomainCreateArgs { dom: second });
    let refused = again.await;
    assert_eq!(code(&refused), Code::OperationUnsupported);
    assert!(overlay.exists(), "it may be another's");
}
