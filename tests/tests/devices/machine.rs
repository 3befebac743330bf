//! A machine in the making, and its boot.

use std::fs::File;

use e2e::{Daemon, Dialogue, domain};
use ferrovirt::XmlOptions;

use crate::document::Document;
use crate::guest::Guest;

/// A machine in the making.
pub(crate) struct Machine {
    kind: &'static str,
    devices: String,
    platform: String,
    vcpus: u32,
    memory_mib: u32,
    images: Vec<(u64, String)>,
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
        }
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
    pub(crate) async fn boot(mut self) -> (Guest, Document) {
        let daemon = Daemon::start();
        for (mib, xml) in std::mem::take(&mut self.images) {
            let path = daemon.root().join(format!("{mib}.img"));
            let image = File::create(&path).expect("an image");
            image.set_len(mib << 20).expect("room for an image");
            self.devices.push_str(&format!(
                "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{}'/>{xml}</disk>",
                path.display()
            ));
        }
        let xml = domain("d")
            .machine(self.kind)
            .boots_guest(daemon.root())
            .device(&self.devices)
            .behaviour(&self.platform)
            .vcpus(self.vcpus)
            .memory_mib(self.memory_mib)
            .xml();
        let host = ferrovirt::open(&daemon.uri()).await.expect("the daemon");
        let vm = host.create_domain(&xml).await.expect("a machine");
        let document = vm.xml(XmlOptions::default()).await.expect("its document");
        let mut console = Dialogue::open_device(&vm, Some("serial0")).await;
        console.greeted().await;
        (Guest::new(daemon, console).await, Document::new(document))
    }
}
