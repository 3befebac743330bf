//! The domain documents that the tests define.

use std::path::Path;

use crate::guest::{Guest, guest_in, hardware_guest_in};

/// A domain document in the making.
#[derive(Debug, Clone)]
pub struct DomainXml {
    name: String,
    machine: String,
    memory_mib: u32,
    vcpus: u32,
    os: String,
    devices: String,
    behaviour: String,
}

/// A small domain for TCG with nothing to boot from: enough for all that does not need a guest.
#[must_use]
pub fn domain(name: &str) -> DomainXml {
    DomainXml {
        name: name.to_owned(),
        machine: "pc".to_owned(),
        memory_mib: 32,
        vcpus: 1,
        os: String::new(),
        devices: String::new(),
        behaviour: String::new(),
    }
}

/// QEMU 10.0 aborts in one of twenty boots where it emulates several processors by a thread each
/// (`iotlb_to_section: Assertion`), and in others the guest's timers stop. Where it counts instructions, one thread
/// runs them all.
const ONE_THREAD: &str = "<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\
    <qemu:arg value='-icount'/><qemu:arg value='shift=auto'/></qemu:commandline>";

impl DomainXml {
    /// On another machine type than `pc`.
    #[must_use]
    pub fn machine(mut self, machine: &str) -> Self {
        machine.clone_into(&mut self.machine);
        self
    }

    /// Boots the test guest, which greets and listens on its first serial port; from copies of its
    /// files in `folder`.
    #[must_use]
    pub fn boots_guest(self, folder: &Path) -> Self {
        self.boots(&guest_in(folder))
    }

    /// Boots the test guest with a kernel that has drivers of real hardware.
    #[must_use]
    pub fn boots_hardware_guest(self, folder: &Path) -> Self {
        self.boots(&hardware_guest_in(folder))
    }

    fn boots(mut self, guest: &Guest) -> Self {
        let Guest { kernel, initrd } = guest;
        // Without KVM a microvm has no clock that the kernel could measure its processors' by.
        let clock = match self.machine.as_str() {
            "microvm" => " tsc_early_khz=2000000",
            _ => "",
        };
        self.memory_mib = 192;
        self.os = format!(
            "<kernel>{}</kernel><initrd>{}</initrd><cmdline>console=ttyS0 quiet{clock}</cmdline>",
            kernel.display(),
            initrd.display()
        );
        self.device("<serial type='pty'/>")
            .behaviour("<features><acpi/></features>")
    }

    /// With so much memory.
    #[must_use]
    pub fn memory_mib(mut self, mib: u32) -> Self {
        self.memory_mib = mib;
        self
    }

    /// With so many processors.
    #[must_use]
    pub fn vcpus(mut self, count: u32) -> Self {
        self.vcpus = count;
        self
    }

    /// With one more device.
    #[must_use]
    pub fn device(mut self, xml: &str) -> Self {
        self.devices.push_str(xml);
        self
    }

    /// With further elements below `<domain>`.
    #[must_use]
    pub fn behaviour(mut self, xml: &str) -> Self {
        self.behaviour.push_str(xml);
        self
    }

    /// The document's text.
    #[must_use]
    pub fn xml(&self) -> String {
        let Self {
            name,
            machine,
            memory_mib,
            vcpus,
            os,
            devices,
            behaviour,
        } = self;
        let one_thread = if *vcpus > 1 { ONE_THREAD } else { "" };
        format!(
            "<domain type='qemu'><name>{name}</name><memory unit='MiB'>{memory_mib}</memory>\
             <vcpu>{vcpus}</vcpu><os><type arch='x86_64' machine='{machine}'>hvm</type>{os}</os>\
             {behaviour}<devices>{devices}</devices>{one_thread}</domain>"
        )
    }
}
