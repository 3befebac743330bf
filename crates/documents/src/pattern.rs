//! The patterns of values that libvirt's schemas know, by what they are called there or mean.
//!
//! Strict mode holds a value against its pattern; the plain parser takes more. Source of the facts:
//! libvirt's `basictypes.rng`, `domaincommon.rng` and `storagecommon.rng`, level 11.3.0.

use xml::Pattern;

macro_rules! patterns {
    (@pattern $words:literal, $regex:expr) => { Pattern::new($words, $regex) };
    (@pattern $words:literal, $regex:expr, $least:literal, $greatest:literal) => {
        Pattern::or_number($words, $regex, $least, $greatest)
    };
    ($($(#[$doc:meta])* $name:ident = $words:literal, $regex:expr $(, $least:literal..=$greatest:literal)?;)*) => {
        $($(#[$doc])* pub static $name: Pattern = patterns!(@pattern $words, $regex $(, $least, $greatest)?);)*

        /// All of them.
        #[cfg(test)]
        const ALL: &[&Pattern] = &[$(&$name),*];
    };
}

/// A number of an IPv4 address.
macro_rules! octet {
    () => {
        "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
    };
}
macro_rules! ipv4 {
    () => {
        concat!("(", octet!(), r"\.){3}", octet!())
    };
}
/// An IPv6 address, by where its run of zeros is.
macro_rules! ipv6 {
    () => {
        concat!(
            "([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}",
            "|([0-9A-Fa-f]{1,4}:){1,7}:",
            "|([0-9A-Fa-f]{1,4}:){6}:[0-9A-Fa-f]{1,4}",
            "|([0-9A-Fa-f]{1,4}:){5}(:[0-9A-Fa-f]{1,4}){1,2}",
            "|([0-9A-Fa-f]{1,4}:){4}(:[0-9A-Fa-f]{1,4}){1,3}",
            "|([0-9A-Fa-f]{1,4}:){3}(:[0-9A-Fa-f]{1,4}){1,4}",
            "|([0-9A-Fa-f]{1,4}:){2}(:[0-9A-Fa-f]{1,4}){1,5}",
            "|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}",
            "|:(:[0-9A-Fa-f]{1,4}){1,7}|::",
            "|([0-9A-Fa-f]{1,4}:){6}",
            ipv4!(),
            "|([0-9A-Fa-f]{1,4}:){0,5}:",
            ipv4!(),
            "|::([0-9A-Fa-f]{1,4}:){0,5}",
            ipv4!()
        )
    };
}

/// A variable of a filter, maybe with the number of an item.
macro_rules! variable {
    ($($or:expr)?) => {
        concat!(r"[$][ ]*[a-zA-Z0-9_]+(\[[ ]*@?[0-9]+[ ]*\])?[ ]*", $("|", $or)?)
    };
}
macro_rules! loose_ipv4 {
    () => {
        r"([0-2]?[0-9]?[0-9]\.){3}[0-2]?[0-9]?[0-9]"
    };
}

patterns! {
    /// The whole path of a file, of Unix or of Windows.
    ABSOLUTE_PATH = "an absolute path", r"(/|[a-zA-Z]:\\).+";
    /// The whole path of a directory.
    DIRECTORY = "an absolute path", r"/.*|[a-zA-Z]:\\.+";
    /// A device by its path, or by its name.
    DEVICE_PATH = "a device's path", r"(/|[a-zA-Z]:\\).+|[a-zA-Z0-9_.\-\\:/]+";
    /// A file by its path, or `[store] file` of ESX.
    SOURCE_FILE = "an absolute path", r"(/|[a-zA-Z]:\\).+|\[[^\]]+\] .+";
    /// A network device.
    DEVICE_NAME = "a device's name", r"[a-zA-Z0-9_.\-\\:/]+";
    /// A bridge; Xen's may have spaces and be empty.
    BRIDGE_NAME = "a bridge's name", r"[a-zA-Z0-9_.\-\\:/ ]*";
    /// Numbers of CPUs or nodes, with ranges and exceptions.
    CPU_SET = "a list of numbers such as 0-3,^2", r"([0-9]+(-[0-9]+)?|\^[0-9]+)(,([0-9]+(-[0-9]+)?|\^[0-9]+))*";
    /// The unit of a size.
    UNIT = "a unit such as KiB", "[bB]([yY][tT][eE][sS]?)?|[kKmMgGtTpPeE]([iI]?[bB])?";
    /// What the guest may see of a disk's name.
    DISK_NAME = "a name such as vda, sda, hda or fda", "(ioemu:)?(fd|hd|sd|vd|xvd|ubd)[a-zA-Z0-9_]+";
    /// A disk by what the guest may see of its name, or by its image.
    DISK_OR_PATH = "a name such as vda, or an absolute path", r"(ioemu:)?(fd|hd|sd|vd|xvd|ubd)[a-zA-Z0-9_]+|(/|[a-zA-Z]:\\).+";
    /// A target of vhost-scsi.
    NAA = "naa. and 16 digits", r"naa\.[0-9a-fA-F]{16}";
    /// A world wide name.
    WWN = "a world wide name of 16 digits", "(0x)?[0-9a-fA-F]{16}";
    /// Text on one line.
    LINE = "a line of text", r"[^\n]+";
    /// A storage pool.
    POOL_NAME = "a name without a slash", r"[^/\n]+";
    /// A file, not a path.
    FILE_NAME = "a name without a slash", "[^/]+";
    /// Shared memory.
    SHMEM_NAME = "a name without a slash", "[^/]*";
    /// A version of a format.
    VERSION = "a version such as 1.1", r"[0-9]+\.[0-9]+";
    /// Seconds since 1970, with a fraction.
    TIMESTAMP = "seconds such as 1700000000.5", r"[0-9]+(\.[0-9]{0,9})?";
    /// A disk's serial number.
    SERIAL = "letters, digits, spaces and _.+-", r"[A-Za-z0-9_.+\- ]+";
    /// A disk's product.
    PRODUCT = "at most 40 printable characters", "[ -~]{0,40}";
    /// A disk's vendor.
    VENDOR = "at most 8 printable characters", "[ -~]{0,8}";
    /// An application's mark for Fibre Channel.
    APPLICATION = "1 to 128 printable characters", "[ -~]{1,128}";
    /// What a guest reads as its CPU's vendor.
    VENDOR_ID = "12 characters without a comma", "[^,]{12}";
    /// What a guest reads as its hypervisor's vendor.
    HYPERV_VENDOR = "at most 12 characters without a comma", "[^,]{0,12}";
    /// What s390 loads.
    LOAD_PARAMETER = "1 to 8 letters, digits, dots or spaces", r"[a-zA-Z0-9.\s]{1,8}";
    /// A feature of a CPU.
    FEATURE_NAME = "a feature's name", r"[a-zA-Z0-9\-_.]+";
    /// A device's alias.
    ALIAS = "letters, digits and _-.", r"[a-zA-Z0-9_\-.]+";
    /// A device's model.
    MODEL_NAME = "letters, digits and _-", r"[a-zA-Z0-9\-_]+";
    /// Many a name.
    NAME = "letters, digits and _+-", r"[a-zA-Z0-9_+\-]+";
    /// A time zone.
    TIME_ZONE = "a time zone", r"[a-zA-Z0-9_.+\-/]+";
    /// The value of a filter's parameter.
    FILTER_VALUE = "letters, digits and _.:", "[a-zA-Z0-9_.:]+";
    /// The name of a filter's parameter.
    VARIABLE = "letters, digits and _", "[a-zA-Z0-9_]+";
    /// The name of a variable of the environment.
    ENVIRONMENT = "a variable's name", "[a-zA-Z_]+[a-zA-Z0-9_]*";
    /// Any text but none.
    NOT_EMPTY = "a text", ".+";
    /// A checkpoint.
    CHECKPOINT_NAME = "letters, digits and _-., not beginning with a dot", r"[a-zA-Z0-9_\-][a-zA-Z0-9_\-.]*";
    /// A name of XML without a colon.
    NC_NAME = "letters, digits and _-., beginning with a letter or _", "[a-zA-Z_\u{c0}-\u{2fff}][a-zA-Z0-9_.\\-\u{c0}-\u{2fff}]*";
    /// The chain of a filter's rules.
    FILTER_CHAIN = "'root', or a protocol such as ipv4 and up to nine letters", r"root|(mac|stp|arp)[a-zA-Z0-9_.:\-]{0,9}|(vlan|rarp|ipv4|ipv6)[a-zA-Z0-9_.:\-]{0,8}";
    /// The priority of a filter's chain or rule.
    FILTER_PRIORITY = "a number from -1000 to 1000", "", -1000..=1000;
    /// No, in words of C.
    FALSE = "'false' or 0", "[Ff][Aa][Ll][Ss][Ee]|0";
    /// A hardware address of a filter.
    FILTER_MAC = "a MAC address or $VARIABLE", variable!("([a-fA-F0-9]{1,2}:){5}[a-fA-F0-9]{1,2}");
    /// An IPv4 address of a filter.
    FILTER_IP = "an IPv4 address or $VARIABLE", variable!(loose_ipv4!());
    /// An IPv6 address of a filter.
    FILTER_IP6 = "an IPv6 address or $VARIABLE", variable!(concat!("([a-fA-F0-9]{0,4}:){2,7}([a-fA-F0-9]*)(", loose_ipv4!(), ")?"));
    /// A mask of IPv4 of a filter.
    FILTER_MASK = "a number of bits up to 32, a mask or $VARIABLE", variable!(loose_ipv4!()), 0..=32;
    /// A mask of IPv6 of a filter.
    FILTER_MASK6 = "a number of bits up to 128, a mask or $VARIABLE", variable!("([a-fA-F0-9]{0,4}:){2,7}([a-fA-F0-9]*)"), 0..=128;
    /// A class of service of a filter.
    FILTER_DSCP = "a number up to 63 or $VARIABLE", variable!("0x([0-3][0-9a-fA-F]|[0-9a-fA-F])"), 0..=63;
    /// A protocol of Ethernet.
    FILTER_PROTOCOL_ID = "a protocol such as ipv4, its number from 0x600 to 0xffff, or $VARIABLE", variable!("0x([6-9a-fA-F][0-9a-fA-F]{2}|[0-9a-fA-F]{4})|arp|rarp|ipv4|ipv6|vlan"), 1536..=65535;
    /// A tag of a VLAN, of a filter.
    FILTER_VLAN = "a number up to 4095 or $VARIABLE", variable!("0x([0-9a-fA-F]{1,3})"), 0..=4095;
    /// A number of 16 bits, of a filter.
    FILTER_U16 = "a number up to 65535 or $VARIABLE", variable!("0x[0-9a-fA-F]{1,4}"), 0..=65535;
    /// A number of 32 bits, of a filter.
    FILTER_COST = "a number up to 4294967295 or $VARIABLE", variable!("0x[0-9a-fA-F]{1,8}"), 0..=4294967295;
    /// What a message of ARP is.
    FILTER_ARP_OPCODE = "a name such as Request, a number up to 65535, or $VARIABLE", variable!("[Rr]eply|[Rr]equest|[Rr]equest_[Rr]everse|[Rr]eply_[Rr]everse|DRARP_[Rr]equest|DRARP_[Rr]eply|DRARP_[Ee]rror|InARP_[Rr]equest|ARP_NAK"), 0..=65535;
    /// A protocol over IP.
    FILTER_IP_PROTOCOL = "a protocol such as tcp, its number up to 255, or $VARIABLE", variable!("0x[0-9a-fA-F]{1,2}|tcp|udp|udplite|esp|ah|icmp|igmp|sctp|icmpv6"), 0..=255;
    /// States of a connection.
    FILTER_STATE = "NONE, or a list of NEW, ESTABLISHED, RELATED, INVALID", "(NEW|ESTABLISHED|RELATED|INVALID)(,(NEW|ESTABLISHED|RELATED|INVALID))*|NONE";
    /// A set of addresses in the kernel.
    FILTER_IPSET = "up to 31 letters, digits, spaces and _.:-+, or $VARIABLE", variable!(r"[a-zA-Z0-9_.:\-+ ]{1,31}");
    /// Whose addresses are looked up in a set.
    FILTER_IPSET_FLAGS = "up to six of src and dst", "([Ss][Rr][Cc]|[Dd][Ss][Tt])(,([Ss][Rr][Cc]|[Dd][Ss][Tt])){0,5}";
    /// Flags of TCP.
    TCP_FLAGS = "two lists of flags such as SYN,ACK/SYN", "((SYN|ACK|URG|PSH|FIN|RST)(,(SYN|ACK|URG|PSH|FIN|RST))*|ALL|NONE)/((SYN|ACK|URG|PSH|FIN|RST)(,(SYN|ACK|URG|PSH|FIN|RST))*|ALL|NONE)";
    /// A path from the root.
    ROOTED = "an absolute path", "/.*";
    /// A volume.
    VOLUME_NAME = "a name without a slash, neither . nor ..", r"[^/.][^/]*|\.[^/.][^/]*|\.\.[^/]+";
    /// A device of a pool.
    POOL_DEVICE = "an absolute path, a name or a qualified name of iSCSI", r"(/|[a-zA-Z]:\\).+|[a-zA-Z0-9_+\-]+|iqn\.[0-9]{4}-(0[1-9]|1[0-2])\.[a-zA-Z0-9.\-]+(:.+)?";
    /// A qualified name of iSCSI.
    IQN = "a qualified name of iSCSI", r"iqn\.[0-9]{4}-(0[1-9]|1[0-2])\.[a-zA-Z0-9.\-]+(:.+)?";
    /// A user or group by its number.
    OWNER = "a number, or -1 for nobody in particular", "", -1..=4294967295;
    /// A port, or any.
    PORT = "a port up to 65535, or -1", "", -1..=65535;
    /// A number of 16 bits.
    SHORT = "a number up to 65535", "", 0..=65535;
    /// Bits of a network's mask.
    PREFIX = "a number of bits up to 128", "", 0..=128;
    /// A zone of the firewall.
    ZONE = "letters, digits and _-", r"[a-zA-Z0-9_\-]+";
    /// An identity of DHCPv6.
    DUID = "a DHCPv6 identity such as 00:03:00:01:52:54:00:12:34:56", "0{1,2}:0?1:0{1,2}:0?[a-fA-F1-9](:[a-fA-F0-9]{1,2}){4}(:[a-fA-F0-9]{1,2}){6,8}|0{1,2}:0?2(:[a-fA-F0-9]{1,2}){4}(:[a-fA-F0-9]{1,2}){1,124}|0{1,2}:0?3:0{1,2}:0?[a-fA-F1-9](:[a-fA-F0-9]{1,2}){6,8}|0{1,2}:0?4(:[a-fA-F0-9]{1,2}){16}";
    /// An IPv6 address.
    IPV6 = "an IPv6 address", ipv6!();
    /// A MAC address.
    MAC = "a MAC address", "[a-fA-F0-9]{2}(:[a-fA-F0-9]{2}){5}";
    /// A class of PCI.
    PCI_CLASS = "0x and six hexadecimal digits", "0x[0-9a-fA-F]{6}";
    /// What a network card does.
    NET_FEATURE = "letters and -_", r"[a-zA-Z\-_]+";
    /// A node of the host.
    NODE_PATH = "an absolute path", r"/[a-zA-Z0-9_+\-/%]+";
    /// A value of vital product data.
    VPD_VALUE = "at most 255 characters", ".{0,255}";
    /// A vendor's field of vital product data.
    VPD_VENDOR = "a digit or capital letter", "[0-9A-Z]";
    /// A system's field of vital product data.
    VPD_SYSTEM = "a digit or capital letter but A", "[0-9B-Z]";
    /// A speed of PCI Express.
    PCI_SPEED = "a number such as 2.5", "[0-9]+(.[0-9]+)?";
    /// A channel subsystem of s390.
    CCW_CSSID = "a number up to 0xfe", "0x[0-9a-eA-E][0-9a-fA-F]?|0x[fF][0-9a-eA-E]?", 0..=254;
    /// A subchannel set of s390.
    CCW_SSID = "a number up to 3", "(0x)?[0-3]";
    /// A device of a channel of s390.
    CCW_DEVNO = "a number up to 0xffff", "0x[0-9a-fA-F]{1,4}", 0..=65535;
    /// A domain of a crypto card of s390.
    AP_DOMAIN = "a number up to 255, or 0x and up to four hexadecimal digits", "0x[0-9a-fA-F]{1,4}", 0..=255;
    /// A tag of a VLAN.
    VLAN_TAG = "a tag up to 4095", "", 0..=4095;
    /// A delay in seconds.
    SECONDS = "seconds such as 1.5", r"\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)";
    /// A number without a sign.
    DIGITS = "a whole number without a sign", "[0-9]+";
    /// Bits of a mask of IPv4.
    PREFIX4 = "a number of bits up to 32", "", 0..=32;
    /// KiB a second.
    SPEED = "a number from 1 to 18014398509481984", "", 1..=18014398509481984;
    /// KiB that may come at once.
    BURST = "a number from 1 to 4294967295", "", 1..=4294967295;
    /// A number of 24 bits.
    THREE_BYTES = "a number up to 16777215", "0x[0-9a-fA-F]{1,6}", 0..=16777215;
    /// A profile that a switch knows.
    PROFILE_ID = "at most 39 characters", "(.|\n){0,39}";
    /// A share of the host's disks.
    WEIGHT = "a weight from 100 to 1000", "", 100..=1000;
    /// Microseconds of a period.
    CPU_PERIOD = "microseconds from 1000 to 1000000", "", 1000..=1000000;
    /// Microseconds of a quota.
    CPU_QUOTA = "microseconds up to 17592186044415, or -1 for no limit", "", -1..=17592186044415;
    /// A number of 32 bits.
    UINT = "a number up to 4294967295", "", 0..=4294967295;
    /// A number that is not zero.
    POSITIVE = "a number from 1", "", 1..=9223372036854775807;
    /// A mode of new files.
    CREATE_MODE = "an octal mode up to 777", "0[0-7]{3}|[0-7]{1,3}";
    /// A distance of NUMA cells.
    NUMA_DISTANCE = "a distance from 10 to 255", "", 10..=255;
    /// Milliseconds until a BIOS starts anew.
    REBOOT_TIMEOUT = "milliseconds up to 32767, or -1 for never", "", -1..=32767;
    /// How many CPUs.
    CPU_COUNT = "a number from 1 to 65535", "", 1..=65535;
    /// A byte.
    BYTE = "a number up to 255", "0x[0-9a-fA-F]{1,2}", 0..=255;
    /// Any text.
    ANY = "a text", "(.|\\n)*";
    /// Any number.
    INTEGER = "a number", "[+-]?[0-9]+";
    /// A number of 32 bits in decimal or hexadecimal digits.
    WORD = "a number up to 4294967295", "(0x)?[0-9a-fA-F]{1,8}", 0..=4294967295;
    /// The target of a drive's address.
    DRIVE_TARGET = "a target of up to two digits", "[0-9]{1,2}";
    /// A bus of a SCSI adapter.
    SCSI_BUS = "one or two digits", "[0-9]{1,2}";
    /// A target on that.
    SCSI_TARGET = "up to ten digits", "[0-9]{1,10}";
    /// A unit of that.
    SCSI_UNIT = "up to twenty digits", "[0-9]{1,20}";
    /// A bus of USB, or a device on it.
    USB_PLACE = "up to three hexadecimal digits", "(0x)?[0-9a-fA-F]{1,3}";
    /// A port of USB, with those of the hubs before it.
    USB_PORT = "numbers such as 1.2", r"((0x)?[0-9a-fA-F]{1,3}\.){0,3}(0x)?[0-9a-fA-F]{1,3}";
    /// A class of USB, or any.
    USB_CLASS = "a class of two hexadecimal digits, or -1", "(0x)?[0-9a-fA-F]{1,2}|-1";
    /// A vendor or product of USB, or any.
    USB_ID = "four hexadecimal digits, or -1", "(0x)?[0-9a-fA-F]{1,4}|-1";
    /// A version of USB, or any.
    USB_VERSION = "a version such as 2.00, or -1", "-1|[0-9]{1,2}.[0-9]{1,2}";
    /// Seconds.
    ADJUSTMENT = "a whole number", r"(-|\+)?[0-9]+";
    /// Seconds, or none any more.
    CLOCK_ADJUSTMENT = "a whole number or 'reset'", r"(-|\+)?[0-9]+|reset";
    /// A profile of a TPM.
    PROFILE_NAME = "letters, digits and .-:", r"[A-Za-z0-9.\-:]+";
    /// A cookie.
    COOKIE_NAME = "a cookie's name", r"[!#$%&'*+\-.0-9A-Z^_`a-z|~]+";
    /// What a cookie holds.
    COOKIE_VALUE = "a cookie's value", r#""?[!#$%&'()*+\-./0-9:>=<?@A-Z^_`\[\]a-z|~]+"?"#;
    /// A machine type.
    MACHINE = "a machine's name", r"[a-zA-Z0-9_.\-]+";
    /// The address of one network device.
    UNICAST_MAC = "a MAC address that is no group's, such as 52:54:00:12:34:56", "[a-fA-F0-9][02468aAcCeE](:[a-fA-F0-9]{2}){5}";
    /// An interrupt of ISA.
    ISA_IRQ = "0x and one hexadecimal digit", "0x[a-fA-F0-9]";
    /// A port of ISA.
    ISA_PORT = "0x and up to four hexadecimal digits", "0x[a-fA-F0-9]{1,4}";
    /// A PCI bus.
    PCI_BUS = "a bus from 0 to 0xff", "(0x)?[0-9a-fA-F]{1,2}", 0..=255;
    /// A slot of a PCI bus.
    PCI_SLOT = "a slot from 0 to 0x1f", "(0x)?[01]?[0-9a-fA-F]", 0..=31;
    /// A function of a PCI device.
    PCI_FUNCTION = "a function from 0 to 7", "(0x)?[0-7]";
    /// A UUID, with dashes or without.
    UUID = "a UUID", r"[a-fA-F0-9]{32}|[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}";
    /// A hexadecimal number.
    HEX = "a hexadecimal number in small letters", "(0x)?[0-9a-f]+";
    /// An IPv4 address.
    IPV4 = "an IPv4 address", ipv4!();
    /// An IPv4 or IPv6 address.
    IP = "an IP address", concat!(ipv4!(), "|", ipv6!());
    /// A name of DNS.
    DNS_NAME = "letters, digits, dots and dashes", r"[a-zA-Z0-9.\-]+";
    /// An IP address or a host's name.
    HOST = "an IP address or a host's name", concat!(r"[a-zA-Z0-9.\-]+|", ipv6!());
    /// An architecture.
    ARCHITECTURE = "an architecture such as x86_64", "aarch64|alpha|armv[67]l|cris|i686|ia64|lm32|loongarch64|m68k|microblaze(el)?|mips(64)?(el)?|openrisc|parisc(64)?|ppc(64(le)?|emb)?|riscv(32|64)|s390x?|sh4(eb)?|sparc(64)?|unicore32|x86_64|xtensa(eb)?";
    /// A model of a controller.
    CONTROLLER_MODEL = "a controller's model", "am53c974|auto|buslogic|dc390|dmi-to-pci-bridge|ehci|ibmvscsi|ich6|ich9-(ehci1|uhci[123])|lsilogic|lsisas10(68|78)|ncr53c90|nec-xhci|none|pci-(bridge|expander-bus|ohci|root)|pcie-(expander-bus|root|root-port|switch-(down|up)stream-port|to-pci-bridge)|piix[34](-uhci)?|qemu-xhci|qusb[12]|virtio(-scsi|-(non-)?transitional)?|vmpvscsi|vt82c686b-uhci";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_sound() {
        for pattern in ALL {
            assert!(pattern.is_sound(), "{}", pattern.regex);
        }
    }

    #[test]
    fn addresses_are_told_from_names() {
        for good in [
            "::",
            "::1",
            "fe80::1",
            "1:2:3:4:5:6:7:8",
            "::ffff:10.0.0.1",
            "10.0.0.255",
        ] {
            assert!(IP.matches(good), "{good}");
        }
        for bad in ["", "256.1.1.1", "1.2.3", "fe80:::1", "host", "1:2:3"] {
            assert!(!IP.matches(bad), "{bad}");
        }
        assert!(HOST.matches("a.example.org") && !HOST.matches("a b"));
    }
}
