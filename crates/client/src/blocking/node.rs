//! What belongs to the host, blocking: its network interfaces and devices.

use protocol::flags::{InterfaceXmlFlags, NodeDeviceXmlFlags};

use super::twins::twins;

twins! {
    /// A network interface of the host.
    Interface of crate::Interface;
    gets {
        fn name() -> &str;
        fn mac() -> &str;
    }
    waits {
        fn xml(flags: InterfaceXmlFlags) -> String;
        fn is_active() -> bool;
    }
}

twins! {
    /// A device of the host.
    NodeDevice of crate::NodeDevice;
    gets {
        fn name() -> &str;
    }
    waits {
        fn xml(flags: NodeDeviceXmlFlags) -> String;
    }
}
