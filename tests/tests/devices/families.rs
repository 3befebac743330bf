//! The devices of the machines that boot a kernel with drivers of real hardware: what the document says of each, and
//! what the guest must show of it besides its place and its number, which are held against the document for all.
//!
//! In a document `IMAGE` stands for a new image of one MiB, `MEMORY` for one of 128, `ROOT` for the daemon's folder. A line of the guest is given
//! by its pieces, in order, with `…` for what is between them.

/// A device.
pub(crate) struct Family {
    /// As it stands in the document.
    pub(crate) xml: &'static str,
    /// The guest's lines, one each.
    pub(crate) sees: &'static [&'static str],
}

const fn family(xml: &'static str, sees: &'static [&'static str]) -> Family {
    Family { xml, sees }
}

macro_rules! disk {
    ($bus:literal, $target:literal, $serial:literal, $rest:literal) => {
        concat!(
            "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='IMAGE'/><target dev='",
            $target, "' bus='", $bus, "'/><serial>", $serial, "</serial>", $rest, "</disk>"
        )
    };
}

/// A controller with one disk, both known by the model.
macro_rules! scsi {
    ($index:literal, $model:literal, $target:literal) => {
        concat!(
            "<controller type='scsi' index='", $index, "' model='", $model, "'/>",
            "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='IMAGE'/><target dev='",
            $target, "' bus='scsi'/><serial>", $model, "</serial><address type='drive' controller='", $index,
            "' bus='0' target='1' unit='0'/></disk>"
        )
    };
}

macro_rules! card {
    ($model:literal, $mac:literal) => {
        concat!(
            "<interface type='user'><mac address='52:54:00:00:00:",
            $mac,
            "'/><model type='",
            $model,
            "'/></interface>"
        )
    };
}

/// Disks on every bus of a conventional machine, and what hangs on its ISA bus.
pub(crate) const DISKS: &[Family] = &[
    // One disk on each kind of SCSI controller: the addresses say which.
    family(
        concat!(
            "<controller type='scsi' index='0' model='lsilogic'/>",
            disk!(
                "scsi",
                "sda",
                "lsilogic",
                "<address type='drive' controller='0' bus='0' target='0' unit='1'/>"
            )
        ),
        &["pci … driver sym53c8xx", "block sd… serial lsilogic"],
    ),
    // Its driver finds disks by their world-wide names.
    family(
        concat!(
            "<controller type='scsi' index='1' model='lsisas1068'/>",
            disk!(
                "scsi",
                "sdb",
                "lsisas1068",
                "<wwn>5000c50015ea71ad</wwn><address type='drive' controller='1' bus='0' target='1' unit='0'/>"
            )
        ),
        &["pci … driver mptsas", "block sd… serial lsisas1068"],
    ),
    family(
        scsi!("2", "lsisas1078", "sdc"),
        &["pci … driver megaraid_sas", "block sd… serial lsisas1078"],
    ),
    family(
        scsi!("3", "vmpvscsi", "sdd"),
        &["pci … driver vmw_pvscsi", "block sd… serial vmpvscsi"],
    ),
    family(
        scsi!("4", "am53c974", "sde"),
        &["pci … driver am53c974", "block sd… serial am53c974"],
    ),
    family(
        scsi!("5", "dc390", "sdf"),
        &["pci … driver am53c974", "block sd… serial dc390"],
    ),
    // The board's own controllers.
    family(disk!("ide", "hda", "ide", ""), &["block sd… serial ide"]),
    family(
        "<disk type='file' device='cdrom'><target dev='hdb' bus='ide'/></disk>",
        &["scsi … type 5 QEMU … DVD-ROM", "block sr0 … removable"],
    ),
    family(
        "<disk type='file' device='floppy'><target dev='fda' bus='fdc'/></disk>",
        &["acpi PNP0700", "block fd0"],
    ),
    family(
        disk!("sata", "sdg", "sata", ""),
        &["pci … driver ahci", "block sd… serial sata"],
    ),
    // What hangs on the ISA bus.
    family(
        "<serial type='null'><target type='isa-serial'/></serial>",
        &["serial ttyS1 port 0x2F8"],
    ),
    family("<parallel type='null'/>", &["acpi PNP0400"]),
    family(
        "<watchdog model='ib700' action='none'/>",
        &["misc watchdog"],
    ),
    family("<panic model='isa'/>", &["acpi QEMU0001"]),
    family(
        "<tpm model='tpm-tis'><backend type='emulator' version='2.0'/></tpm>",
        &["tpm tpm0 version 2"],
    ),
    family(
        "<input type='mouse' bus='ps2'/><input type='keyboard' bus='ps2'/>",
        &[
            "input … AT Translated Set 2 keyboard",
            "input … Explorer Mouse",
        ],
    ),
];

/// USB of every age with a device each, and sound.
pub(crate) const USB: &[Family] = &[
    family(
        "<controller type='usb' index='0' model='piix3-uhci'/>\
         <input type='mouse' bus='usb'><address type='usb' bus='0' port='1'/></input>",
        &[
            "pci … driver uhci_hcd",
            "usb … 0627:0001 … QEMU USB Mouse",
            "input … QEMU USB Mouse",
        ],
    ),
    family(
        "<controller type='usb' index='1' model='piix4-uhci'/>\
         <input type='keyboard' bus='usb'><address type='usb' bus='1' port='1'/></input>",
        &[
            "pci … driver uhci_hcd",
            "usb … 0627:0001 … QEMU USB Keyboard",
            "input … QEMU USB Keyboard",
        ],
    ),
    family(
        "<controller type='usb' index='2' model='pci-ohci'/>\
         <serial type='file'><source path='/dev/null'/><target type='usb-serial'/><address type='usb' bus='2' port='1'/></serial>",
        &[
            "pci … driver ohci-pci",
            "usb … 0403:6001",
            "serial ttyUSB0 at usb",
        ],
    ),
    family(
        concat!(
            "<controller type='usb' index='3' model='ehci'/>",
            disk!(
                "usb",
                "sdh",
                "usb",
                "<address type='usb' bus='3' port='1'/>"
            ),
        ),
        &[
            "pci … driver ehci-pci",
            "usb … 46f4:0001 speed 480 … serial usb",
            "scsi … type 0 QEMU",
        ],
    ),
    family(
        "<controller type='usb' index='4' model='ich9-ehci1'/>\
         <controller type='usb' index='4' model='ich9-uhci1'><master startport='0'/></controller>\
         <controller type='usb' index='4' model='ich9-uhci2'><master startport='2'/></controller>\
         <controller type='usb' index='4' model='ich9-uhci3'><master startport='4'/></controller>\
         <input type='tablet' bus='usb'><address type='usb' bus='4' port='3'/></input>",
        &[
            "pci … 8086:293a … driver ehci-pci",
            "usb … QEMU USB Tablet",
            "input … QEMU USB Tablet",
        ],
    ),
    family(
        "<controller type='usb' index='5' model='nec-xhci'/>\
         <sound model='usb'><address type='usb' bus='5' port='1'/></sound>",
        &[
            "pci … 1033:0194 … driver xhci_hcd",
            "usb … 46f4:0002",
            "sound card",
        ],
    ),
    // The address of the guest's end of a USB card begins with 40 (QEMU: hw/usb/dev-network).
    family(
        "<controller type='usb' index='6' model='qemu-xhci'/>\
         <hub type='usb'><address type='usb' bus='6' port='1'/></hub>\
         <interface type='user'><mac address='52:54:00:00:01:00'/><model type='usb-net'/>\
         <address type='usb' bus='6' port='1.1'/></interface>",
        &[
            "pci … 1b36:000d … driver xhci_hcd",
            "usb … 0409:55aa",
            "usb … 0525:a4a2",
            "net … 40:54:00:00:01:00",
        ],
    ),
    family(
        "<smartcard mode='passthrough' type='tcp'><source mode='bind' host='127.0.0.1' service='0'/>\
         <protocol type='raw'/></smartcard>",
        &["usb … 08e6:4433"],
    ),
    // It shows only what is plugged into the other end.
    family(
        "<redirdev bus='usb' type='tcp'><source mode='bind' host='127.0.0.1' service='0'/><protocol type='raw'/></redirdev>",
        &[],
    ),
    // Sound. A card on the ISA bus cannot be found, and nobody tells this kernel to look.
    family("<sound model='sb16'/>", &[]),
    family(
        "<sound model='es1370'/>",
        &["pci … driver snd_ens1370", "sound card"],
    ),
    family(
        "<sound model='ac97'/>",
        &["pci … driver snd_intel8x0", "sound card"],
    ),
    family(
        "<sound model='ich6'><codec type='micro'/></sound>",
        &["pci … driver snd_hda_intel", "sound card"],
    ),
];

/// Network cards, and what else there is of conventional PCI.
pub(crate) const CARDS: &[Family] = &[
    family(
        card!("e1000", "01"),
        &["pci … 8086:100e … driver e1000", "net … 52:54:00:00:00:01"],
    ),
    family(
        card!("e1000-82544gc", "02"),
        &["pci … 8086:100c … driver e1000", "net … 52:54:00:00:00:02"],
    ),
    family(
        card!("e1000-82545em", "03"),
        &["pci … 8086:100f … driver e1000", "net … 52:54:00:00:00:03"],
    ),
    family(
        card!("rtl8139", "04"),
        &["pci … driver 8139cp", "net … 52:54:00:00:00:04"],
    ),
    family(
        card!("pcnet", "05"),
        &["pci … driver pcnet32", "net … 52:54:00:00:00:05"],
    ),
    family(
        card!("ne2k_pci", "06"),
        &["pci … driver ne2k-pci", "net … 52:54:00:00:00:06"],
    ),
    family(
        card!("vmxnet3", "07"),
        &["pci … driver vmxnet3", "net … 52:54:00:00:00:07"],
    ),
    family(
        card!("tulip", "08"),
        &["pci … driver tulip", "net … 52:54:00:00:00:08"],
    ),
    family(
        card!("i82550", "10"),
        &["pci … 8086:1209 … driver e100", "net … 52:54:00:00:00:10"],
    ),
    family(
        card!("i82551", "11"),
        &["pci … 8086:1209 … driver e100", "net … 52:54:00:00:00:11"],
    ),
    family(
        card!("i82557a", "12"),
        &["pci … 8086:1229 … driver e100", "net … 52:54:00:00:00:12"],
    ),
    family(
        card!("i82557b", "13"),
        &["pci … 8086:1229 … driver e100", "net … 52:54:00:00:00:13"],
    ),
    family(
        card!("i82557c", "14"),
        &["pci … 8086:1229 … driver e100", "net … 52:54:00:00:00:14"],
    ),
    family(
        card!("i82558a", "15"),
        &["pci … 8086:1229 … driver e100", "net … 52:54:00:00:00:15"],
    ),
    family(
        card!("i82558b", "16"),
        &["pci … 8086:1229 … driver e100", "net … 52:54:00:00:00:16"],
    ),
    family(
        card!("i82559a", "17"),
        &["pci … 8086:1229 … driver e100", "net … 52:54:00:00:00:17"],
    ),
    family(
        card!("i82559b", "18"),
        &["pci … 8086:1229 … driver e100", "net … 52:54:00:00:00:18"],
    ),
    family(
        card!("i82559c", "19"),
        &["pci … 8086:1229 … driver e100", "net … 52:54:00:00:00:19"],
    ),
    family(
        card!("i82559er", "1a"),
        &["pci … 8086:1209 … driver e100", "net … 52:54:00:00:00:1a"],
    ),
    family(
        card!("i82562", "1b"),
        &["pci … 8086:1209 … driver e100", "net … 52:54:00:00:00:1b"],
    ),
    family(
        card!("i82801", "1c"),
        &["pci … 8086:2449 … driver e100", "net … 52:54:00:00:00:1c"],
    ),
    // And the rest.
    family(
        "<serial type='null'><target type='pci-serial'/></serial>",
        &["pci … 1b36:0002 … driver serial"],
    ),
    family(
        "<graphics type='vnc'><listen type='none'/></graphics><video><model type='cirrus'/></video>",
        &["pci … 1013:00b8 class 030000"],
    ),
    family(
        "<shmem name='plain'><model type='ivshmem-plain'/><size unit='M'>1</size></shmem>",
        &["pci … 1af4:1110"],
    ),
    family(
        "<controller type='pci' index='1' model='pci-expander-bus'><target busNr='180'/></controller>\
         <interface type='user'><mac address='52:54:00:00:01:00'/><model type='virtio'/>\
         <address type='pci' bus='0x01' slot='0x01' function='0x0'/></interface>",
        &[
            "pci … 1b36:0009",
            "pci 0000:b5:01.0 1af4:1000",
            "net … 52:54:00:00:01:00",
        ],
    ),
    family(
        "<filesystem type='mount' accessmode='mapped'><source dir='ROOT'/><target dir='shared'/></filesystem>",
        &["virtio … type 9 … driver 9pnet_virtio tag shared"],
    ),
];

/// The cards of PCI Express, and what needs its board.
pub(crate) const EXPRESS: &[Family] = &[
    // Bridges of every kind.
    family(
        "<controller type='pci' index='1' model='pcie-root-port'/>",
        &["pci … 1b36:000c … driver pcieport"],
    ),
    family(
        "<controller type='pci' index='2' model='pcie-root-port'><model name='ioh3420'/></controller>",
        &["pci … 8086:3420 … driver pcieport"],
    ),
    family(
        "<controller type='pci' index='3' model='pcie-switch-upstream-port'>\
         <address type='pci' bus='0x01' slot='0x00' function='0x0'/></controller>",
        &["pci … 104c:8232 … driver pcieport"],
    ),
    family(
        "<controller type='pci' index='4' model='pcie-switch-downstream-port'>\
         <address type='pci' bus='0x03' slot='0x00' function='0x0'/></controller>",
        &["pci … 104c:8233 … driver pcieport"],
    ),
    family(
        "<controller type='pci' index='5' model='dmi-to-pci-bridge'/>",
        &["pci … 8086:244e"],
    ),
    family(
        "<controller type='pci' index='6' model='pci-bridge'>\
         <address type='pci' bus='0x05' slot='0x01' function='0x0'/></controller>",
        &["pci … 1b36:0001"],
    ),
    family(
        "<controller type='pci' index='7' model='pcie-to-pci-bridge'/>",
        &["pci … 1b36:000e"],
    ),
    family(
        "<controller type='pci' index='8' model='pcie-expander-bus'><target busNr='180'/></controller>",
        &["pci … 1b36:000b"],
    ),
    family(
        "<controller type='pci' index='9' model='pcie-root-port'>\
         <address type='pci' bus='0x08' slot='0x00' function='0x0'/></controller>",
        &["pci 0000:b4:00.0 1b36:000c … driver pcieport"],
    ),
    // Cards that tell by where they hang that the bridges work.
    family(
        "<interface type='user'><mac address='52:54:00:00:00:01'/><model type='igb'/>\
         <address type='pci' bus='0x04' slot='0x00' function='0x0'/></interface>",
        &["pci … 8086:10c9 … driver igb", "net … 52:54:00:00:00:01"],
    ),
    family(
        "<interface type='user'><mac address='52:54:00:00:00:02'/><model type='e1000e'/>\
         <address type='pci' bus='0x09' slot='0x00' function='0x0'/></interface>",
        &["pci … 8086:10d3 … driver e1000e", "net … 52:54:00:00:00:02"],
    ),
    family(
        "<interface type='user'><mac address='52:54:00:00:00:03'/><model type='e1000'/>\
         <address type='pci' bus='0x06' slot='0x01' function='0x0'/></interface>",
        &["pci … 8086:100e … driver e1000", "net … 52:54:00:00:00:03"],
    ),
    // virtio of each generation.
    family(
        "<interface type='user'><mac address='52:54:00:00:00:04'/><model type='virtio-transitional'/></interface>",
        &[
            "virtio … type 1 … driver virtio_net",
            "net … 52:54:00:00:00:04",
        ],
    ),
    family(
        "<interface type='user'><mac address='52:54:00:00:00:05'/><model type='virtio-non-transitional'/></interface>",
        &[
            "virtio … type 1 … driver virtio_net",
            "net … 52:54:00:00:00:05",
        ],
    ),
    family(
        "<disk type='file' device='disk' model='virtio-transitional'><driver name='qemu' type='raw'/>\
         <source file='IMAGE'/><target dev='vda' bus='virtio'/><serial>old</serial></disk>",
        &["block vd… serial old"],
    ),
    family(
        "<disk type='file' device='disk' model='virtio-non-transitional'><driver name='qemu' type='raw'/>\
         <source file='IMAGE'/><target dev='vdb' bus='virtio'/><serial>new</serial></disk>",
        &["block vd… serial new"],
    ),
    family(
        "<controller type='scsi' index='0' model='virtio-non-transitional'/>\
         <disk type='file' device='cdrom'><target dev='sda' bus='scsi'/></disk>",
        &["virtio … type 8 … driver virtio_scsi", "block sr"],
    ),
    family(
        "<controller type='virtio-serial' index='0' model='virtio-transitional'/>",
        &["virtio … type 3 … driver virtio_console"],
    ),
    family(
        "<controller type='virtio-serial' index='1' model='virtio-non-transitional'/>\
         <channel type='unix'><target type='virtio' name='second'/>\
         <address type='virtio-serial' controller='1' bus='0' port='1'/></channel>",
        &["virtio … type 3 … driver virtio_console", "port … second"],
    ),
    family(
        "<rng model='virtio-non-transitional'><backend model='builtin'/></rng>",
        &["virtio … type 4 … driver virtio_rng"],
    ),
    family(
        "<memballoon model='virtio-non-transitional'/>",
        &["virtio … type 5 … driver virtio_balloon"],
    ),
    family(
        "<filesystem type='mount' accessmode='mapped' model='virtio-transitional'><source dir='ROOT'/>\
         <target dir='shared'/></filesystem>",
        &["virtio … type 9 … driver 9pnet_virtio tag shared"],
    ),
    family(
        "<input type='tablet' bus='virtio'/>",
        &["input … QEMU Virtio Tablet"],
    ),
    family(
        "<crypto model='virtio' type='qemu'><backend model='builtin' queues='1'/></crypto>",
        &["virtio … type 20"],
    ),
    family("<sound model='virtio'/>", &["virtio … type 25"]),
    family(
        "<graphics type='vnc'><listen type='none'/></graphics>\
         <video><model type='vmvga' heads='1' primary='yes'/></video><video><model type='virtio' heads='1'/></video>",
        &[
            "pci … 15ad:0405 class 030000",
            "pci … 1af4:1050 class 038000",
            "virtio … type 16",
        ],
    ),
];

/// What needs the board of PCI Express, and memory of every kind.
pub(crate) const BOARD: &[Family] = &[
    family(
        "<disk type='file' device='floppy'><target dev='fda' bus='fdc'/></disk>",
        &["acpi PNP0700", "block fd0"],
    ),
    family(
        "<graphics type='vnc'><listen type='none'/></graphics><video><model type='bochs'/></video>",
        &["pci … 1234:1111 class 038000"],
    ),
    family(
        "<sound model='ich9'><codec type='output'/></sound>",
        &["pci … 8086:293e … driver snd_hda_intel", "sound card"],
    ),
    family(
        "<watchdog model='itco' action='none'/>",
        &["watchdog … iTCO_wdt"],
    ),
    family(
        "<watchdog model='i6300esb' action='none'/>",
        &["pci … driver i6300ESB timer", "watchdog … i6300ESB timer"],
    ),
    family(
        "<panic model='pvpanic'/>",
        &["pci … 1b36:0011 … driver pvpanic-pci"],
    ),
    family(
        "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>",
        &["acpi MSFT0101", "tpm tpm0 version 2"],
    ),
    family(
        "<pstore backend='acpi-erst'><size unit='KiB'>64</size></pstore>",
        &["table ERST"],
    ),
    family("<iommu model='intel'/>", &["table DMAR"]),
    family(
        "<shmem name='bell'><model type='ivshmem-doorbell'/><server path='ROOT/ivshmem'/><msi vectors='2'/></shmem>",
        &["pci … 1af4:1110"],
    ),
    // Memory of every kind, in the cell of the machine.
    // The memory itself shows in the size of the guest's.
    family(
        "<memory model='dimm'><target><size unit='MiB'>128</size><node>0</node></target></memory>",
        &[],
    ),
    family(
        "<memory model='nvdimm'><source><path>MEMORY</path></source><target><size unit='MiB'>128</size><node>0</node>\
         <label><size unit='KiB'>128</size></label></target></memory>",
        &["table NFIT", "nvdimm"],
    ),
    family(
        "<memory model='virtio-mem'><target><size unit='MiB'>128</size><node>0</node><block unit='KiB'>2048</block>\
         <requested unit='MiB'>64</requested></target></memory>",
        &["virtio … type 24 … driver virtio_mem"],
    ),
    family(
        "<memory model='virtio-pmem' access='shared'><source><path>MEMORY</path></source>\
         <target><size unit='MiB'>128</size></target></memory>",
        &["virtio … type 27 … driver virtio_pmem", "block pmem"],
    ),
];

/// What cannot be beside the others: disks that another program serves, and the other IOMMU.
pub(crate) const SERVED: &[Family] = &[
    family(
        "<controller type='scsi' index='0' model='virtio-transitional'/>",
        &["virtio … type 8 … driver virtio_scsi"],
    ),
    family(
        "<rng model='virtio-transitional'><backend model='random'>/dev/urandom</backend></rng>",
        &["virtio … type 4 … driver virtio_rng"],
    ),
    family(
        "<memballoon model='virtio-transitional'/>",
        &["virtio … type 5 … driver virtio_balloon"],
    ),
    family(
        "<filesystem type='mount' accessmode='mapped' model='virtio-non-transitional'><source dir='ROOT'/>\
         <target dir='shared'/></filesystem>",
        &["virtio … type 9 … driver 9pnet_virtio tag shared"],
    ),
    family(
        "<iommu model='virtio'/>",
        &["table VIOT", "virtio … type 23"],
    ),
    family(
        "<disk type='vhostuser' device='disk'><driver name='qemu' type='raw'/>\
         <source type='unix' path='ROOT/vhost-user-blk'/><target dev='vda' bus='virtio'/></disk>",
        &["virtio … type 2 … driver virtio_blk"],
    ),
    family(
        "<disk type='network' device='disk'><driver name='qemu' type='raw'/><source protocol='nbd' name='nbd'>\
         <host transport='unix' socket='ROOT/nbd'/></source><target dev='vdb' bus='virtio'/>\
         <serial>network</serial></disk>",
        &["block vd… serial network"],
    ),
    family(
        "<graphics type='vnc'><listen type='none'/></graphics><video><model type='virtio'/></video>",
        &["virtio … type 16", "pci … 1af4:1050 class 030000"],
    ),
];
