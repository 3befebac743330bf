//! A machine in the making, and its boot.

use std::fs::File;
use std::path::Path;

use e2e::{Daemon, Dialogue, domain};
use ferrovirt::XmlOptions;

use crate::document::Document;
use crate::families::Family;
use crate::guest::Guest;
use crate::servers::Server;

/// A machine in the making.
pub(crate) struct Machine {
    kind: &'static str,
    devices: String,
    platform: String,
    vcpus: u32,
    memory_mib: u32,
    images: Vec<(u64, String)>,
    families: &'static [Family],
    /// What serves devices from outside.
    beside: fn(&Path) -> Vec<Server>,
}

impl Machine {
    pub(crate) fn new(kind: &'static str) -> Self {
        Self {
            kind,
            devices: String::new(),
            platform: String::new(),
            vcpus: 1,
            memory_mib: 224,
            images: Vec::new(),
            families: &[],
            beside: |_| Vec::new(),
        }
    }

    /// With the devices of a table; it boots the kernel with drivers of real hardware.
    pub(crate) fn families(mut self, families: &'static [Family]) -> Self {
        self.families = families;
        self
    }

    /// With programs that run beside it, started on the daemon's folder.
    pub(crate) fn beside(mut self, start: fn(&Path) -> Vec<Server>) -> Self {
        self.beside = start;
        self
    }

    pub(crate) fn device(mut self, xml: &str) -> Self {
        self.devices.push_str(xml);
        self
    }

    /// A disk of so many MiB, by which the guest's disks are told apart.
    pub(crate) fn disk(mut self, mib: u64, xml: &str) -> Self {
        self.images.push((mib, xml.to_owned()));
        self
    }

    pub(crate) fn platform(mut self, xml: &str) -> Self {
        self.platform.push_str(xml);
        self
    }

    pub(crate) fn vcpus(mut self, count: u32) -> Self {
        self.vcpus = count;
        self
    }

    pub(crate) fn memory_mib(mut self, mib: u32) -> Self {
        self.memory_mib = mib;
        self
    }

    /// Boots it; what the guest sees, and the document of the running machine.
    pub(crate) async fn boot(self) -> (Guest, Document) {
        let daemon = Daemon::start();
        let servers = (self.beside)(daemon.root());
        let xml = self.xml(daemon.root());
        let host = ferrovirt::open(&daemon.uri()).await.expect("the daemon");
        let vm = host.create_domain(&xml).await.expect("a machine");
        let document = vm.xml(XmlOptions::default()).await.expect("its document");
        let mut console = Dialogue::open_device(&vm, Some("serial0")).await;
        console.greeted().await;
        let mut guest = Guest::new(daemon, servers, console).await;
        guest.settle(self.families).await;
        (guest, Document::new(document))
    }

    /// The document, with its images made below a folder.
    pub(crate) fn xml(&self, root: &Path) -> String {
        let images = self.images.iter().map(|(mib, xml)| {
            let path = image(root, &format!("{mib}.img"), *mib);
            format!(
                "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{path}'/>{xml}</disk>"
            )
        });
        let families = self.families.iter().enumerate();
        let families = families.map(|(at, family)| {
            let mut xml = family.xml.replace("ROOT", &root.to_string_lossy());
            for (word, mib) in [("IMAGE", 1), ("MEMORY", 128)] {
                if xml.contains(word) {
                    xml = xml.replace(word, &image(root, &format!("family{at}.img"), mib));
                }
            }
            xml
        });
        let devices: String = images.chain(families).collect();
        let machine = domain("d").machine(self.kind);
        let machine = match self.families {
            [] => machine.boots_guest(root),
            _ => machine.boots_hardware_guest(root),
        };
        machine
            .device(&self.devices)
            .device(&devices)
            .behaviour(&self.platform)
            .vcpus(self.vcpus)
            .memory_mib(self.memory_mib)
            .xml()
    }
}

/// An empty image of so many MiB.
fn image(root: &Path, name: &str, mib: u64) -> String {
    let path = root.join(name);
    let image = File::create(&path).expect("an image");
    image.set_len(mib << 20).expect("room for an image");
    path.to_string_lossy().into_owned()
}
